"""The docs name everything that there is, and what they show is what happens."""

import doctest
import re
import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from hubbub.cli import main
from hubbub.errors import FAILURES
from hubbub.gates import METRICS
from hubbub.registry import BUILT_IN

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
TEXT = "\n".join(page.read_text() for page in PAGES)
QUOTED = set(re.findall(r"`([^`\n]+)`", TEXT))
RUN_HERE = re.compile(r"^(?:\.venv/bin/)?hubbub (--version|--help|-h|check|schema|\w+ --help)\b")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


class Block(NamedTuple):
    """A fenced block: where it is, what it says, and the file that the words before it say to write, if any."""

    where: str
    text: str
    file: str


def blocks(language: str) -> Iterator[Block]:
    for page in PAGES:
        text = page.read_text()
        for block in FENCE.finditer(text):
            if block.group(1) == language:
                before = text[: block.start()].rstrip().rpartition("\n")[2]
                named = re.search(r"`([\w/.-]+\.yaml)`:$", before)
                line = text.count("\n", 0, block.start()) + 1
                yield Block(f"{page.relative_to(ROOT)}:{line}", block.group(2), named.group(1) if named else "")


def commands() -> Iterator[tuple[str, str, str]]:
    """Each command of a console block that runs in no time: where it is, its words, what it is shown to print."""
    for block in blocks("console"):
        for part in re.split(r"^\$ (?!echo \$\?)", block.text, flags=re.MULTILINE)[1:]:
            words, _, shown = part.partition("\n")
            if RUN_HERE.match(words) and not re.search(r"[|<>;&]", words):
                yield block.where, words, shown


SPECS = [block for block in blocks("yaml") if re.search(r"^(persona|workload): ", block.text, re.MULTILINE)]


def run(words: list[str], monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(sys, "argv", ["hubbub", *words])
    monkeypatch.setattr(sys.modules["__main__"], "__package__", None)  # else `python -m pytest` is in the usage line
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a reader who has the repository and has written every file that the docs say to write."""
    for name in ("personas", "workloads"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for block in SPECS:
        if block.file:
            (tmp_path / block.file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / block.file).write_text(block.text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("command", BUILT_IN["command"])
def test_every_command_is_in_the_docs(command: str) -> None:
    assert re.search(rf"\bhubbub {command}\b", TEXT), f"docs/ says nothing of `hubbub {command}`"


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind in BUILT_IN if kind != "command" for name in BUILT_IN[kind]]
)
def test_every_built_in_name_is_in_the_docs(kind: str, name: str) -> None:
    assert name in QUOTED, f"docs/ says nothing of the {kind} `{name}`"


@pytest.mark.parametrize("metric", METRICS)
def test_every_gate_metric_is_in_the_docs(metric: str) -> None:
    assert metric in QUOTED, f"docs/ says nothing of the metric `{metric}`"


@pytest.mark.parametrize("failure", FAILURES)
def test_every_failure_class_is_in_the_docs(failure: str) -> None:
    assert failure in QUOTED, f"docs/ says nothing of the failure class `{failure}`"


@pytest.mark.parametrize("code", [0, 1, 2, 3, 4, 5, 130])
def test_every_exit_code_is_in_the_docs(code: int) -> None:
    page = ROOT / "docs" / "exit-codes.md"
    assert re.search(rf"^\| *`?{code}`? *\|", page.read_text(), re.MULTILINE), f"no row for {code}"


@pytest.mark.parametrize("block", SPECS, ids=[block.where for block in SPECS])
@pytest.mark.usefixtures("reader")
def test_a_shown_file_is_a_good_file(
    block: Block, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = Path("workloads" if "\nworkload: " in f"\n{block.text}" else "personas/retail") / "shown.yaml"
    file.write_text(block.text)
    assert run(["check", str(file)], monkeypatch) == 0, f"{block.where}\n{''.join(capsys.readouterr())}"


@pytest.mark.parametrize(("where", "words", "shown"), list(commands()))
@pytest.mark.usefixtures("reader")
def test_a_shown_command_does_what_is_shown(
    where: str, words: str, shown: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(shlex.split(words)[1:], monkeypatch)
    printed = "".join(capsys.readouterr())
    wanted, _, status = shown.partition("$ echo $?\n")
    assert code == int(status or 0), f"{where}: {words}\n{printed}"
    if wanted.strip():
        checker = doctest.OutputChecker()
        example = doctest.Example("", wanted)
        assert checker.check_output(wanted, printed, OPTIONS), checker.output_difference(example, printed, OPTIONS)
