"""An agent that answers no more is told from one that often fails, and from one that one customer has trouble with."""

from collections.abc import Iterable, Iterator
from itertools import count

from hubbub.chance import stream
from hubbub.model import Silence, Turn
from hubbub.stats.silence import Ending
from tests.made import failed, turn


def refused(sent_s: float, number: int, outcome: str = "connect_refused") -> Turn:
    return failed(outcome, number, due_s=sent_s, sent_s=sent_s, over_s=sent_s + 0.1)


def silence(turns: Iterable[Turn]) -> Silence | None:
    ending = Ending()
    for one in turns:
        if one.outcome == "ok" and one.done_s is not None:
            ending.answered(one.done_s)
        else:
            ending.in_vain(one)
    return ending.silence()


def answered(*seconds: int) -> list[Turn]:
    return [turn(second, due_s=second, sent_s=second, done_s=second + 0.5) for second in seconds]


def test_an_agent_that_dies_is_silent_from_its_last_reply_on() -> None:
    dead = [refused(10 + at, at) for at in range(6)]
    assert silence([*answered(*range(10)), *dead]) == Silence(9.5, 6, {"connect_refused": 6})


def test_the_order_in_which_processes_are_read_is_no_matter() -> None:
    turns = [*answered(*range(10)), *(refused(4 + at, at) for at in range(12)), refused(12.2, 3, "left")]
    told = silence(turns)
    assert told == silence(reversed(turns))
    assert told == Silence(9.5, 7, {"connect_refused": 6, "left": 1})


def test_what_was_sent_before_the_last_reply_says_nothing() -> None:
    assert silence([*answered(*range(10), 30), *(refused(10 + at, at) for at in range(6))]) is None


def test_a_few_turns_in_vain_may_be_bad_luck() -> None:
    assert silence([*answered(*range(10)), *(refused(10 + at, at) for at in range(4))]) is None


def test_two_customers_troubles_are_not_the_agents_silence() -> None:
    assert silence([*answered(*range(10)), *(refused(10 + at, at % 2) for at in range(9))]) is None


def test_an_agent_that_failed_as_long_before_and_came_back_is_not_given_up() -> None:
    outage = [refused(10 + at, at) for at in range(5)]
    after = [refused(30 + at, at) for at in range(10)]
    assert silence([*answered(*range(10), 20), *outage, *after]) is None
    assert silence([*answered(*range(10), 20), *outage, *after, refused(40, 1)]) is not None


def at_random(run: int, failing: float, rate_per_s: float) -> Iterator[Turn]:
    """A minute of an agent whose turns fail by chance, three to a customer."""
    chance, at_s = stream("silence", run), 0.0
    for number in count():
        at_s += chance.exponential(1 / rate_per_s)
        if at_s > 60:
            return
        fails = chance.happens(failing)
        yield refused(at_s, number // 3) if fails else turn(number // 3, sent_s=at_s, done_s=at_s + 0.3)


def test_an_agent_that_fails_by_chance_is_not_given_up() -> None:
    assert not any(silence(at_random(run, 0.5, 2.0)) for run in range(100))
    assert sum(silence(at_random(run, 0.8, 2.0)) is not None for run in range(100)) <= 2


def test_the_last_words_of_a_log_waited_for_no_reply() -> None:
    thanks = [failed("left", at, due_s=10 + at, sent_s=10 + at, over_s=None) for at in range(12)]
    assert silence([*answered(*range(10)), *thanks]) is None


def test_an_agent_that_never_answered_has_not_stopped() -> None:
    assert silence(refused(at, at) for at in range(20)) is None
    assert silence([]) is None
