"""One list of Pythons, wherever they are named."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
CLASSIFIED = {kind.rpartition(" ")[2] for kind in PROJECT["classifiers"] if " :: Python :: 3." in kind}


def test_the_oldest_is_the_one_that_is_required() -> None:
    oldest = min(CLASSIFIED, key=lambda version: int(version.partition(".")[2]))
    assert PROJECT["requires-python"] == f">={oldest}"


def test_setup_looks_for_each() -> None:
    assert set(re.findall(r"\bpython(3\.\d+)", (ROOT / "scripts/setup").read_text())) == CLASSIFIED


def test_development_says_when_each_was_seen_green() -> None:
    rows = re.findall(
        r"^\| (3\.\d+)\.\d+ .*\| 20\d\d-\d\d-\d\d \|", (ROOT / "docs/development.md").read_text(), re.MULTILINE
    )
    assert set(rows) == CLASSIFIED
