import pytest

from hubbub.errors import UsageError
from hubbub.reference_agent.faults import FAULTS
from hubbub.reference_agent.planting import parse


def test_a_fault_is_written_with_probability_conditions_and_seconds():
    planted = parse("freeze:0.5@t>10@load>3:2.5s")
    assert planted.fault is FAULTS["freeze"]
    assert (planted.probability, planted.seconds) == (0.5, 2.5)
    assert planted.above == (("t", 10.0), ("load", 3.0))


def test_a_bare_name_always_fires():
    assert parse("stalls").probability == 1
    assert parse("stalls").above == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("stals", "did you mean stalls?"),
        ("stalls:2", "between 0 and 1"),
        ("stalls:often", "not a number"),
        ("stalls:0.1@lod>5", "did you mean load?"),
        ("stalls@load", "not understood"),
        ("stalls@load>many", "not a number"),
        ("stalls:2s", "takes no seconds"),
        ("stalls:nan", "not a number"),
        ("", "unknown fault"),
    ],
)
def test_a_mistake_is_named(text: str, says: str):
    with pytest.raises(UsageError, match=says.replace("?", r"\?")):
        parse(text)


def test_every_fault_says_what_it_does():
    assert all(f.summary and (f.spoil is None) != (f.distort is None) for f in FAULTS.values())
