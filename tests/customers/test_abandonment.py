"""Under an agent that is too slow, customers leave as the persona's patience says: held on the jumping clock."""

import pytest

from hubbub.customers.mood import SILENT_SHARE
from hubbub.model import Arrivals, Patience
from hubbub.realism.measures import exponential_distance
from tests.rehearsal import a_persona, a_workload

MEAN_S = 40.0
CROWD = a_workload(arrivals=Arrivals(process="constant", rate_per_s=150.0), duration_s=10.0)


async def never(clock, caller, said):
    await clock.sleep_until(1e9)
    raise AssertionError("nobody waits that long")


@pytest.fixture
def left(rehearse):
    return rehearse(never, CROWD, (a_persona(patience=Patience(wait_s=MEAN_S)),))


def test_the_curve_of_those_who_leave_is_the_personas_hazard(left):
    waits = [turn.over_s - turn.sent_s for turn in left.turns if turn.turn == 1]
    assert len(waits) == 1500
    assert exponential_distance(waits, MEAN_S) <= 0.05
    assert exponential_distance([1.3 * wait for wait in waits], MEAN_S) > 0.05  # a wrong mean would be seen


def test_half_ask_whether_anyone_is_there_and_most_go_without_a_word(left):
    assert {one.ending for one in left.ended} == {"abandoned"}
    last_words = sum(turn.act == "complain" for turn in left.turns)
    assert last_words / 1500 == pytest.approx(1 - SILENT_SHARE, abs=0.04)
    nudged = {turn.number for turn in left.turns if turn.act == "nudge"}
    assert 0.4 < len(nudged) / 1500 < 0.6  # as likely to come first as leaving is
