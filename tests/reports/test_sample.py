"""Which conversations are shown: the flawed ones up to a cap, the rare among them always, and a fair draw."""

from collections.abc import Iterable
from random import Random

from hubbub.model import Conversation, Finding, Turn
from hubbub.reports.sample import LONGEST_TEXT, MOST_BY_CHANCE, MOST_FLAWED, Sample
from tests.made import ended, failed, turn

Told = tuple[int, list[Turn | Finding], Conversation]


def sampled(told: Iterable[Told], seed: int = 7) -> Sample:
    sample = Sample()
    sample.seed(seed)
    for number, records, ending in told:
        sample.add_started(number)
        for record in records:
            (sample.add_turn if isinstance(record, Turn) else sample.add_finding)(record)  # type: ignore[operator]
        sample.add_conversation(ending)
    return sample


def clean(number: int) -> Told:
    return number, [turn(number)], ended(number)


def flawed(number: int, check: str = "missed_escalation") -> Told:
    return number, [turn(number), Finding(number, check, "failed", 1, "so")], ended(number, failed_checks=(check,))


def test_all_that_are_flawed_are_shown_while_they_are_few() -> None:
    sample = sampled([clean(n) for n in range(2000)] + [flawed(n) for n in range(2000, 2100)])
    shown = sample.drawn()
    assert sum(bool(one.classes) for one in shown) == 100
    assert 0.8 * MOST_BY_CHANCE <= sum(not one.classes for one in shown) <= MOST_BY_CHANCE
    assert (sample.conversations, sample.flawed) == (2100, 100)


def test_there_is_a_cap_and_a_rare_class_is_within_it() -> None:
    sample = sampled([flawed(n) for n in range(3000)] + [flawed(3000, "cross_talk"), flawed(3001, "cross_talk")])
    shown = sample.drawn()
    assert len(shown) <= MOST_FLAWED + MOST_BY_CHANCE + 12
    assert {3000, 3001} <= {one.number for one in shown}
    assert sample.counts == {"missed_escalation": 3000, "cross_talk": 2}


def test_the_draw_does_not_hang_on_the_order_but_on_the_seed() -> None:
    told = [clean(n) for n in range(500)]
    shuffled = list(told)
    Random(3).shuffle(shuffled)
    numbers = [one.number for one in sampled(told).drawn()]
    assert numbers == [one.number for one in sampled(shuffled).drawn()]
    assert numbers != [one.number for one in sampled(told, seed=8).drawn()]


def test_a_failed_turn_makes_a_conversation_worth_showing() -> None:
    (shown,) = sampled([(1, [failed("http_429", 1)], ended(1))]).drawn()
    assert shown.classes == ("http_429",)


def test_a_customer_who_left_is_no_failure_of_a_turn() -> None:
    (shown,) = sampled([(1, [failed("left", 1)], ended(1))]).drawn()
    assert shown.classes == ()


def test_warm_up_is_not_shown() -> None:
    assert sampled([(1, [], ended(1, warm_up=True))]).drawn() == ()


def test_a_huge_message_is_cut_as_it_comes_in_and_says_so() -> None:
    huge = turn(1, texts=("x" * 1_000_000,))
    (shown,) = sampled([(1, [huge], ended(1))]).drawn()
    assert len(shown.turns[0].texts[0]) < LONGEST_TEXT + 40
    assert "998,000 more characters" in shown.turns[0].texts[0]
