"""Repeats are counted exactly for small runs, and fairly for large ones."""

from hubbub.chance import stream
from hubbub.stats.prompts import Prompts


def spoken(prompts: Prompts, numbers: range) -> Prompts:
    for number in numbers:
        prompts.add(f"a text of more than twenty characters, number {number}")
    return prompts


def test_merging_counts_what_both_have_seen() -> None:
    one, two = spoken(Prompts(), range(100)), spoken(Prompts(), range(50, 150))
    one.merge(two)
    assert one.repeats() == (50, 200)


def test_a_large_run_is_sampled_and_its_rate_stays_right() -> None:
    prompts, chance = Prompts(), stream(1, "prompts")
    seen: set[int] = set()
    repeats = 0
    for number in range(150_000):
        told = chance.below(number + 1) if chance.happens(0.2) else number
        repeats += told in seen
        seen.add(told)
        prompts.add(f"a text of more than twenty characters, number {told}")
    again, total = prompts.repeats()
    assert total < 90_000
    assert abs(again / total - repeats / 150_000) < 0.01


def test_what_cannot_be_encoded_is_counted_all_the_same() -> None:
    prompts = Prompts()
    prompts.add("\ud800" * 30)
    prompts.add("\ud800" * 30)
    assert prompts.repeats() == (1, 2)
