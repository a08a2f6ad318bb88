"""The scoreboard itself, and a small board with floors; the whole one is `python -m benchmarks.judge`."""

import pytest

from benchmarks.judge import NEVER, try_clean, try_fault
from benchmarks.judging.board import Board
from benchmarks.judging.escalations import TextOnly, cells
from benchmarks.judging.held import hold
from benchmarks.judging.oracle import allowed, due, found
from hubbub.errors import FAILURES
from hubbub.model import Delivery
from hubbub.reference_agent.faults import FAULTS

TAKES_MANY = {"inconsistent_answer"}  # what most were told shows only among more than a small board holds
FLOOR = 0.95  # of recall and of precision: with the twenty conversations that show a fault here, one may be misjudged


def test_every_class_that_an_agent_can_cause_has_a_fault():
    theirs = {name for name, f in FAILURES.items() if f.layer != "generator"}
    outside = {
        "connect_refused",
        "dns",
        "tls",
        "connect_timeout",
        "agent_error",
    }  # where no agent is, or its protocol's
    of_time = {"deadline_missed", "affinity_lost", "slow_recovery"}  # seen over many turns, and not planted by name
    of_platforms = {"forced_escalation"}  # the reference agent alone is behind none
    assert theirs - outside - of_time - of_platforms == {fault.failure_class for fault in FAULTS.values()} - {""}


def test_what_is_planted_is_due_and_what_is_not_is_not():
    planted = hold(("escalates-everything",), 40, 3)
    clean = hold((), 40, 3)
    assert sum("needless_escalation" in due(case) for case in planted) > 15
    assert sum("needless_escalation" in due(case) for case in clean) < 5


def test_a_board_counts_what_is_missed_and_what_is_false():
    (case, *_) = (case for case in hold(("answers-empty",), 20, 3) if "empty" in due(case))
    board = Board()
    board.add([case], "answers-empty")
    assert (board.right["empty"], board.recall("empty"), board.precision("empty")) == (1, 1.0, 1.0)
    blind = type(case)(case.persona, case.turns, case.ended, (), case.truth, case.knows, case.strangers)
    board.add([blind], "answers-empty")
    assert board.missed["empty"] == 1
    assert board.recall("empty") == 0.5
    innocent = type(case)(case.persona, case.turns, case.ended, case.findings, (), case.knows, case.strangers)
    board.add([innocent], "none")
    assert board.false["empty"] == 1
    assert "empty" not in allowed(innocent)
    assert "empty" in found(innocent)


@pytest.mark.slow
def test_planted_faults_are_found_and_hardly_anything_else():
    board = Board()
    for fault in FAULTS.values():
        if fault.failure_class:
            try_fault(board, fault, least=20, batch=80)
    clean = try_clean(board, 600, batch=300)
    for name in board.classes:
        recall, precision = board.recall(name), board.precision(name)
        if name not in TAKES_MANY and board.right[name] + board.missed[name] >= 10:
            assert recall is None or recall >= FLOOR, f"{name}: recall {recall}, missed {board.missed[name]}"
            assert precision is None or precision >= FLOOR, f"{name}: precision {precision}, false {board.false[name]}"
    assert sum(clean.false.values()) <= 0.005 * clean.conversations, clean.false
    assert not set(clean.false) & set(NEVER)


def test_an_escalation_with_structure_is_always_seen():
    counted = cells(hold((), 60, 77, "unseen"))
    assert counted.right > 5
    assert (counted.false, counted.missed) == (0, 0)


def test_what_is_delivered_twice_is_done_twice_only_by_who_does_not_know_it_again():
    probe = Delivery(twice=0.5, swapped=0.3)
    honest, doubling = (hold(faults, 60, 3, delivery=probe) for faults in ((), ("acts-twice",)))
    copies = [(case.turns[turn.copy_of - 1], turn) for case in honest for turn in case.turns if turn.copy_of]
    assert len(copies) > 40
    assert {first.texts == copy.texts for first, copy in copies} == {True, False}  # again, and ahead
    assert not any("double_effect" in found(case) for case in honest)
    due_in = [case for case in doubling if "double_effect" in due(case)]
    assert len(due_in) > 10
    assert all("double_effect" in found(case) for case in due_in)


def test_what_only_the_other_delivery_shows_is_no_empty_promise():
    cases = hold(("acts-twice",), 150, 19, delivery=Delivery(twice=0.4, swapped=0.6))
    copies = [turn for case in cases for turn in case.turns if turn.copy_of]
    assert {turn.outcome for turn in copies} == {"ok"}  # each was heard out, though the customer may have gone
    overtook = [
        case for case in cases if any(turn.copy_of and turn.reply and turn.reply.signals for turn in case.turns)
    ]
    assert len(overtook) > 10
    assert not any({"phantom_handoff", "false_promise", "missing_disclosure"} & found(case) for case in cases)


def test_words_alone_leave_no_structure_to_see():
    cases = hold((), 40, 77, "plain", TextOnly)
    assert not any(turn.reply.tools or turn.reply.signals for case in cases for turn in case.turns if turn.reply)
    counted = cells(cases)
    assert counted.right > 5
    assert counted.false + counted.missed <= 1
