"""Claims about who is due next, and about revisions on the way."""

from hubbub.arrivals import constant
from hubbub.chance import stream
from hubbub.model import Arrivals, Stage
from hubbub.timetable import Revision, Timetable

EVEN = Arrivals(process="constant", rate_per_s=2.0)
STAGED = Arrivals(process="stages", stages=(Stage(for_s=3, rate_per_s=2), Stage(for_s=4, rate_per_s=4)))


def timetable(arrivals: Arrivals, duration_s: float, seed: int) -> Timetable:
    """One whose mix nobody follows."""
    return Timetable(arrivals, duration_s, seed, lambda number, mix: None)


def left(table: Timetable) -> list[tuple[int, float]]:
    """Everyone who is still to come."""
    coming = []
    while table.due is not None:
        coming.append((table.number, round(table.due.due_s, 9)))
        table.advance()
    return coming


def test_without_a_revision_it_is_the_process_numbered() -> None:
    planned = [round(a.due_s, 9) for a in constant(EVEN, 10.0, stream(1, "arrivals"))]
    assert left(timetable(EVEN, 10.0, 1)) == list(enumerate(planned))


def test_stages_that_end_before_the_run_end_the_arrivals() -> None:
    assert timetable(STAGED, 60.0, 1).end_s == 7.0


def test_from_its_second_on_customers_come_as_revised_and_numbers_go_on() -> None:
    table = timetable(EVEN, 10.0, 1)
    assert table.revise(Revision(4.0, Arrivals(process="constant", rate_per_s=10.0)))
    coming = left(table)
    assert [number for number, _ in coming] == list(range(8 + 60))
    assert [due for _, due in coming if due < 4.0] == [k / 2 for k in range(8)]
    assert coming[8][1] == 4.0
    assert coming[-1][1] == 9.9


def test_processes_agree_wherever_they_were_when_they_heard_of_it() -> None:
    revision = Revision(6.5, Arrivals(process="poisson", rate_per_s=5.0))
    early, late = timetable(STAGED, 30.0, 3), timetable(STAGED, 30.0, 3)
    early.revise(revision)
    passed = []
    while late.due is not None and late.due.due_s < 5.0:
        passed.append((late.number, round(late.due.due_s, 9)))
        late.advance()
    assert late.revise(revision)
    assert passed + left(late) == left(early)


def test_a_quiet_time_is_revised_too() -> None:
    table = timetable(Arrivals(process="constant", rate_per_s=0.1), 100.0, 1)
    table.advance()
    assert table.due is not None
    assert table.due.due_s == 10.0
    assert table.revise(Revision(2.0, EVEN))
    assert table.due.due_s == 2.0


def test_after_the_last_arrival_a_revision_still_brings_more() -> None:
    table = timetable(STAGED, 60.0, 1)
    left(table)
    assert table.due is None
    assert table.revise(Revision(20.0, EVEN))
    assert table.end_s == 60.0
    assert len(left(table)) == 80


def test_what_has_passed_is_not_revised() -> None:
    table = timetable(EVEN, 10.0, 1)
    for _ in range(9):
        table.advance()
    assert not table.revise(Revision(4.0, EVEN))
    assert left(table)[-1] == (19, 9.5)


def test_stages_of_a_revision_are_told_apart_from_those_planned() -> None:
    table = timetable(STAGED, 60.0, 1)
    table.revise(Revision(5.0, STAGED))
    stages = []
    while table.due is not None:
        stages.append(table.due.stage)
        table.advance()
    assert sorted(set(stages)) == [0, 1, 2, 3]


def test_a_revised_mix_changes_nobodys_hour_and_holds_from_the_first_number_behind_it() -> None:
    told: list[tuple[int, dict[str, float]]] = []
    table = Timetable(EVEN, 10.0, 1, lambda number, mix: told.append((number, mix)))
    assert table.revise(Revision(4.0, mix={"one": 2.0}))
    assert table.revise(Revision(6.2, mix={"other": 1.0}))
    assert left(table) == left(timetable(EVEN, 10.0, 1))
    assert told == [(8, {"one": 2.0}), (13, {"other": 1.0})]


def test_a_revised_mix_is_a_stage_of_its_own() -> None:
    table = timetable(STAGED, 60.0, 1)
    table.revise(Revision(2.0, mix={"one": 1.0}))
    stages = []
    while table.due is not None:
        stages.append((table.due.stage, table.due.due_s < 2.0))
        table.advance()
    assert sorted(set(stages)) == [(0, True), (2, False), (3, False)]
