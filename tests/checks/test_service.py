"""Deadlines, session affinity and recovery show over several turns."""

from hubbub.checks.service import affinity_lost, deadline_missed, slow_recovery
from hubbub.model import Expectation
from tests.checks.telling import a_persona, fails, said, story

QUICK = a_persona(expect=Expectation(reply_within_s=2.0))


def test_a_reply_after_the_deadline_is_late_and_one_within_is_not() -> None:
    late = said("a", "Hi.", due_s=10.0, first_text_s=12.5, done_s=13.0)
    assert fails(deadline_missed, story(late, persona=QUICK)) == [1]
    assert (
        fails(deadline_missed, story(said("a", "Hi.", due_s=10.0, first_text_s=11.9, done_s=13.0), persona=QUICK)) == []
    )
    assert fails(deadline_missed, story(late)) == []


def test_a_reply_that_never_came_is_late_unless_the_fault_is_ours() -> None:
    def missed(outcome: str) -> list[int]:
        return fails(deadline_missed, story(said("a", "", outcome=outcome, due_s=10.0, over_s=20.0), persona=QUICK))

    assert missed("total_timeout") == [1]
    assert missed("pool_wait") == missed("cut") == []


def test_a_session_that_changes_is_lost_and_one_that_is_named_late_is_not() -> None:
    names = ("", "s1", "s1", "s2")
    assert fails(affinity_lost, story(*(said("a", "Hi.", reply_session=name) for name in names))) == [4]
    assert fails(affinity_lost, story(*(said("a", "Hi.", reply_session=name) for name in names[:3]))) == []


def failing(*at_s: float, **more: object):
    return [said("a", "", outcome="http_5xx", due_s=s, over_s=s + 0.1, **more) for s in at_s]


def test_failing_for_half_a_minute_is_slow_recovery() -> None:
    assert fails(slow_recovery, story(*failing(10.0, 20.0, 45.0))) == [3]
    assert fails(slow_recovery, story(*failing(10.0, 20.0, 30.0))) == []
    assert fails(slow_recovery, story(*failing(10.0, 20.0), said("a", "Hi.", due_s=30.0), *failing(60.0))) == []


def test_failing_after_its_own_retry_after_is_slow_recovery() -> None:
    assert fails(slow_recovery, story(*failing(10.0, 16.0, retry_after_s=5.0))) == [2]
    assert fails(slow_recovery, story(*failing(10.0, 13.0, retry_after_s=5.0))) == []
