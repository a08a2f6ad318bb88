"""What the command line says in a workload's place is held to what a workload may say."""

from math import inf, nan
from pathlib import Path

import pytest

from hubbub.errors import UsageError
from hubbub.runs.overrides import overridden
from hubbub.specs.workload import LoadedWorkload, load_workload

WORKLOAD = """\
workload: peak
agent: {connector: http-json, embedded: {}}
customers: {from: one.yaml}
arrivals: {process: constant, rate_per_s: 1}
duration_s: 60
warm_up_s: 5
"""


@pytest.fixture
def loaded(tmp_path: Path) -> LoadedWorkload:
    (tmp_path / "one.yaml").write_text("persona: one\ngoal: {intent: track_order}\n")
    (tmp_path / "peak.yaml").write_text(WORKLOAD)
    return load_workload(tmp_path / "peak.yaml")


def test_what_is_given_holds_and_what_is_not_stays(loaded: LoadedWorkload) -> None:
    given = overridden(loaded, seed=-3, speed=1000.0).workload
    assert (given.seed, given.speed, given.duration_s) == (-3, 1000.0, 60.0)


@pytest.mark.parametrize("speed", [0.0, -1.0, 1000.5, inf, nan])
def test_a_speed_that_no_workload_may_have_is_refused_before_anything_runs(
    loaded: LoadedWorkload, speed: float
) -> None:
    with pytest.raises(UsageError, match=r"^--speed .*: must be "):
        overridden(loaded, speed=speed)


@pytest.mark.parametrize("duration_s", [0.0, 604_801.0, inf, nan])
def test_and_so_is_a_duration(loaded: LoadedWorkload, duration_s: float) -> None:
    with pytest.raises(UsageError, match=r"^--duration-s .*: must be "):
        overridden(loaded, duration_s=duration_s)


def test_a_duration_within_the_warm_up_leaves_nothing_to_judge(loaded: LoadedWorkload) -> None:
    with pytest.raises(UsageError, match="4 s leave nothing to judge: warm-up takes 5 s"):
        overridden(loaded, duration_s=4.0)
