"""`hubbub compare`: words in, tables, a page and an exit code out."""

import json
from pathlib import Path

import pytest

from hubbub.reports.page.comparison import comparison_page
from hubbub.runs.manifest import read_manifest, write_manifest
from hubbub.verdicts.comparison import Run, compare
from tests.cli.words import hubbub
from tests.made import write_run

Printed = pytest.CaptureFixture[str]
HOSTILE = "<script>alert(1)</script>\x1b[31m\u202eevil"


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    gates = ["turn_p95_s <= 10", "cross_talk == 0"]
    return write_run(tmp_path / "base-7", gates, held=80), write_run(tmp_path / "candidate-7", gates, held=80)


def test_it_is_told_on_a_terminal_with_the_verdict_last(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    assert hubbub(monkeypatch, "compare", *folders) == 0
    printed = capsys.readouterr().out
    assert "Gates" in printed
    assert printed.rstrip().splitlines()[-2] == "Verdict: pass"


def test_it_is_told_as_json_and_as_a_page_that_asks_for_nothing(
    folders: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    assert hubbub(monkeypatch, "compare", *folders, "--json", "--html", tmp_path / "c.html") == 0
    told = json.loads(capfdbinary.readouterr().out)
    assert (told["verdict"], told["format"]) == ("pass", 1)
    page = (tmp_path / "c.html").read_text()
    assert "default-src 'none'" in page
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "").replace("http_", "")


def test_hostile_words_stay_words(folders: tuple[Path, Path]) -> None:
    base, candidate = (Run.read(folder) for folder in folders)
    found = compare(base, candidate)
    page = comparison_page(type(found)(**{f: getattr(found, f) for f in found.__struct_fields__} | {
        "base": HOSTILE, "warnings": (HOSTILE,), "reasons": (HOSTILE,)}))  # fmt: skip
    assert "<script" not in page
    assert "\x1b" not in page
    assert "\u202e" not in page


def test_what_cannot_be_compared_ends_in_its_code(
    folders: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    manifest = read_manifest(folders[1])
    write_manifest(folders[1], type(manifest)(**{
        **{f: getattr(manifest, f) for f in manifest.__struct_fields__}, "workload": "other"}))  # fmt: skip
    assert hubbub(monkeypatch, "compare", *folders) == 3
    assert "the workloads differ: peak and other" in " ".join(capsys.readouterr().out.split())
    assert hubbub(monkeypatch, "compare", *folders, "--force") == 0
    assert hubbub(monkeypatch, "compare", folders[0], tmp_path / "gone") == 2
