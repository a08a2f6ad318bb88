"""The docs name everything that there is, and the files they show are good ones; their commands: tests/docs."""

import re
import shutil
import sys
from pathlib import Path

import pytest

from hubbub.cli import main
from hubbub.errors import FAILURES
from hubbub.gates import METRICS
from hubbub.registry import BUILT_IN
from tests.docs.blocks import PAGES, ROOT, SHELLS, Block, blocks, commands

SPARED = 5  # blocks that no test runs; one more is a decision, so the number changes with the block
TEXT = "\n".join(page.read_text() for page in PAGES)
QUOTED = set(re.findall(r"`([^`\n]+)`", TEXT))
SPECS = [
    block
    for page in PAGES
    for block in blocks(page)
    if block.language == "yaml" and re.search(r"^(persona|workload): ", block.text, re.MULTILINE)
]


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


def test_every_command_block_can_be_run_or_says_why_not_and_those_are_counted() -> None:
    some = [block for page in PAGES for block in blocks(page) if block.language in SHELLS or block.not_run]
    spared = [block for block in some if block.not_run]
    told = "\n".join(f"{block.where}: {block.not_run}" for block in spared)
    assert all(commands(block) for block in some if block.is_run)
    assert all(block.language in SHELLS and len(block.not_run.split()) >= 4 for block in spared), told
    assert len(spared) == SPARED, f"tests/docs runs what docs/ shows, but for these; is each meant?\n{told}"


def test_every_page_stands_in_the_sites_contents() -> None:
    contents = (ROOT / "mkdocs.yml").read_text()
    pages = (page.relative_to(ROOT / "docs") for page in (ROOT / "docs").rglob("*.md"))
    assert not [str(page) for page in pages if page.parts[0] != "decisions" and f": {page}\n" not in contents]
