"""What docs/ says of commands, metrics, classes and keys is what the program knows of them now."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from hubbub.registry import BUILT_IN
from tests.docs.blocks import PAGES, ROOT


def the_writer() -> ModuleType:
    """docs/reference.py, which is a program and no part of a package."""
    spec = importlib.util.spec_from_file_location("reference", ROOT / "docs" / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


REFERENCE = the_writer()
MADE = [page for page in PAGES if "<!-- made: " in page.read_text()]


@pytest.mark.parametrize("page", MADE, ids=[page.name for page in MADE])
def test_a_made_part_is_as_it_would_be_made_now(page: Path) -> None:
    assert REFERENCE.renewed(page.read_text()) == page.read_text(), "scripts/fix writes it anew"


def test_every_part_that_is_made_stands_somewhere() -> None:
    text = "\n".join(page.read_text() for page in MADE)
    assert set(re.findall(r"<!-- made: ([\w -]+) -->", text)) == set(REFERENCE.PARTS)


def test_every_command_and_each_of_its_options_is_there() -> None:
    told = REFERENCE.commands()
    assert re.findall(r"^## hubbub (\w+)$", told, re.MULTILINE) == [
        name for name in REFERENCE.SUMMARIES if name in BUILT_IN["command"]
    ]
    assert "| `--tolerance" in told.partition("## hubbub compare\n")[2]


def test_a_key_names_its_type_limits_and_default() -> None:
    rows = [line for line in REFERENCE.keys("workload").splitlines() if line.startswith("| `max_turns`")]
    assert rows == ["| `max_turns` | integer, from 1 to 1,000 | `40` | Turns at which a conversation is ended. |"]
    assert "| `agent` (needed) | [AgentSpec](#agentspec) |" in REFERENCE.keys("workload")


def test_a_change_of_the_program_is_noticed() -> None:
    page = "<!-- made: failures infra -->\n| old |\n<!-- end -->"
    assert "connect_refused" in REFERENCE.renewed(page)
    with pytest.raises(KeyError):
        REFERENCE.renewed("<!-- made: nothing -->\n<!-- end -->")
