"""A conversation that is held again is held by the same customer."""

from rehearsal import a_persona, a_workload

from hubbub.model import Arrivals
from hubbub.runs.again import customer_of
from hubbub.runs.plan import Plan, Weighted
from hubbub.timetable import Revision

PEOPLE = tuple(Weighted(a_persona(persona=name), 1.0) for name in ("one", "other"))
EVEN = a_workload(arrivals=Arrivals(process="constant", rate_per_s=2.0), duration_s=60.0)


def test_a_customer_who_came_after_the_mix_was_changed_is_of_the_changed_mix() -> None:
    plain = Plan("run", EVEN, PEOPLE, "", 1, "")
    changed = Plan("run", EVEN, PEOPLE, "", 1, "", (Revision(4.0, mix={"other": 1.0}),))
    assert [customer_of(changed, n) for n in range(8)] == [customer_of(plain, n) for n in range(8)]
    assert {customer_of(plain, n).persona.persona for n in range(8, 40)} == {"one", "other"}
    assert {customer_of(changed, n).persona.persona for n in range(8, 40)} == {"other"}
