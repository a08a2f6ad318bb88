"""What is printed finds its way, wherever a shell has led it to."""

import io
import subprocess
import sys
from pathlib import Path

import pytest

from hubbub.cli.outputs import fit_to_print
from tests.made import write_run

PRINTS = ("show", "RUN", "3", "--json"), ("report", "RUN", "--json"), ("report", "RUN")


def ran(tmp_path: Path, words: tuple[str, ...], leading: str) -> subprocess.CompletedProcess[bytes]:
    """A command in a shell that leads its outputs somewhere."""
    run = write_run(tmp_path / "peak-7", [], held=20, workers=1)
    told = [str(run) if word == "RUN" else word for word in words]
    shell = ("sh", "-c", f'exec "$@" {leading}', "sh", sys.executable, "-m", "hubbub")
    return subprocess.run((*shell, *told), capture_output=True, check=False)


@pytest.mark.parametrize("words", PRINTS)
def test_a_closed_output_is_one_that_nobody_reads(tmp_path: Path, words: tuple[str, ...]) -> None:
    ended = ran(tmp_path, words, ">&- <&-")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"", b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
def test_a_full_disk_under_what_is_printed_is_no_broken_gate(tmp_path: Path) -> None:
    ended = ran(tmp_path, PRINTS[0], ">/dev/full")
    assert ended.returncode == 3
    assert ended.stderr == b"hubbub: what it prints could not be written: No space left on device\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
@pytest.mark.parametrize(
    ("words", "code"), [(("run", "nosuch.yaml"), 2), (("findings", "nosuch"), 2), (("nosuch",), 3)]
)
def test_where_not_a_word_can_be_said_the_exit_code_tells_it(tmp_path: Path, words: tuple[str, ...], code: int) -> None:
    assert ran(tmp_path, words, ">/dev/full 2>&1").returncode == code


@pytest.mark.parametrize(
    ("encoding", "printed"),
    [("ascii", rb"gr\xfc\xdfe \u2192"), ("latin-1", b"gr\xfc\xdfe \\u2192"), ("utf-8", "grüße →".encode())],
)
def test_what_an_alphabet_lacks_is_spelt_out(encoding: str, printed: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(out, encoding=encoding))
    fit_to_print()
    print("grüße →", end="", flush=True)
    assert out.getvalue() == printed


def test_a_path_that_is_no_text_is_printed_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(out, encoding="utf-8"))
    fit_to_print()
    print(Path(b"caf\xe9".decode("utf-8", "surrogateescape")), end="", flush=True)
    assert out.getvalue() == b"caf\xe9"
