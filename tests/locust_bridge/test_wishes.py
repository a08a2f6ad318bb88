"""What a user asks for in fields, and what comes of it."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from hubbub.errors import UsageError
from hubbub.locust_bridge.wishes import mix_text, read_wishes, wanted
from hubbub.specs.shipped import demo_workload
from hubbub.specs.workload import LoadedWorkload, load_workload


@pytest.fixture(scope="module")
def demo() -> LoadedWorkload:
    return load_workload(Path(demo_workload()))


def test_empty_fields_leave_the_workload_as_it_is(demo: LoadedWorkload) -> None:
    assert wanted(demo, read_wishes(dict.fromkeys(("arrival_rate", "mix", "seed", "duration", "speed"), ""))) == demo


def test_the_fields_as_they_are_first_shown_change_nothing(demo: LoadedWorkload) -> None:
    shown = {"mix": mix_text(demo), "seed": "7", "duration": "60.0", "speed": "20"}
    assert wanted(demo, read_wishes(shown)) == demo


def test_a_mix_of_fine_weights_brings_the_customers_that_the_file_brings(demo: LoadedWorkload) -> None:
    fine = replace(demo, personas=tuple((persona, (n + 1) / 7) for n, (persona, _) in enumerate(demo.personas)))
    assert wanted(fine, read_wishes({"mix": mix_text(fine)})) == fine


def test_each_field_is_heard(demo: LoadedWorkload) -> None:
    fields = {"arrival_rate": "2.5", "mix": "wants-a-person=3, broken-blender", "seed": "9", "duration": "30"}
    asked = wanted(demo, read_wishes(fields))
    assert asked.workload.arrivals.process == "poisson"
    assert asked.workload.arrivals.rate_per_s == 2.5
    assert [(p.persona, weight) for p, weight in asked.personas] == [("broken-blender", 1), ("wants-a-person", 3)]
    assert (asked.workload.seed, asked.workload.duration_s) == (9, 30)


def test_locusts_run_time_is_the_duration() -> None:
    assert read_wishes({"run_time": 120, "duration": 60.0}).duration_s == 120


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("arrival_rate", "many", "arrival rate: 'many' is not a number"),
        ("arrival_rate", "-1", "arrival rate: -1 is not above 0"),
        ("arrival_rate", "nan", "arrival rate: nan"),
        ("arrival_rate", "inf", "arrival rate: inf"),
        ("seed", "1.5", "seed: '1.5' is not a whole number"),
        ("duration", "0", "duration: 0 is not above 0"),
        ("mix", "a=b", "mix: 'b' is not a number"),
        ("mix", "a=", "mix: 'a=' is not a persona and its weight"),
        ("mix", "nobody=1", "mix: the workload has no persona 'nobody'"),
        ("duration", "3", "leave nothing to judge"),
    ],
)
def test_a_wrong_field_is_named(demo: LoadedWorkload, field: str, value: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        wanted(demo, read_wishes({field: value}))
