import re
from pathlib import Path

from hubbub.cli.agent import command
from hubbub.reference_agent.faults import FAULTS
from hubbub.reference_agent.planting import MEASURES
from hubbub.reference_agent.policy import QUEUES
from hubbub.reference_agent.truth import TrueTurn

PAGE = (Path(__file__).parents[2] / "docs" / "reference-agent.md").read_text()


def _rows(heading: str) -> set[str]:
    table = PAGE.split(f"| {heading} |")[1].split("\n\n")[0]
    return set(re.findall(r"^\| ([\w-]+) \|", table, re.M)) - {"---"}


def test_the_page_lists_exactly_what_there_is():
    assert _rows("fault") == set(FAULTS)
    assert _rows("measure") == set(MEASURES)
    assert _rows("reason") == set(QUEUES)


def test_the_page_names_every_field_of_the_truth_log():
    assert all(f"`{name}`" in PAGE for name in TrueTurn.__struct_fields__ if name != "ended")


def test_the_page_names_the_options():
    named = {o for p in command.params for o in p.opts if o != "--help"}
    assert {o for o in named if o not in PAGE} <= {"--seed"}
