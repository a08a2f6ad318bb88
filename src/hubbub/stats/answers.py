"""Whether all customers are told the same: the answers given for a fact, and who was told another than most."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

Told = tuple[str, tuple[tuple[str, str], ...]]  # a persona, and what one conversation was told: fact and value
Usual = Mapping[tuple[str, str], str]  # persona and fact to the answer that most of its customers were given
_ENOUGH = 5  # answers to one question from which on there is a usual one
_NUMBER = r"\d+(?:\.\d+)?(?:e[-+]\d+)?"
_SPAN = re.compile(rf"({_NUMBER})(?:-({_NUMBER}))? ([a-z]+)")  # as claims are spelt: a value, or a range, and its kind
_MINUTES = {"days": 1440.0, "hours": 60.0, "minutes": 1.0}


def told(persona: str, answers: Mapping[str, str]) -> Told:
    """What one conversation was told, so that equal ones can be counted together."""
    return persona, tuple(sorted(answers.items()))


def usual(counts: Mapping[Told, int]) -> Usual:
    """The commonest answer to each question of each persona's; of equally common ones the first by spelling."""
    answers: dict[tuple[str, str], dict[str, int]] = {}
    for (persona, given), count in counts.items():
        for fact, value in given:
            values = answers.setdefault((persona, fact), {})
            values[value] = values.get(value, 0) + count
    return {
        question: min(values, key=lambda value: (-values[value], value))
        for question, values in answers.items()
        if sum(values.values()) >= _ENOUGH
    }


def deviations(persona: str, answers: Iterable[tuple[str, str]], common: Usual) -> tuple[tuple[str, str, str], ...]:
    """Of one conversation's answers those that the usual ones deny: fact, what was said, what most were told.

    "5 days" and "3-5 days" can both be true, so neither denies the other.
    """
    return tuple(
        (fact, value, common[persona, fact])
        for fact, value in answers
        if (persona, fact) in common and not agree(value, common[persona, fact])
    )


@lru_cache(maxsize=4096)
def agree(one: str, other: str) -> bool:
    """Whether two answers can both be true: equal ones, and ranges of one kind that overlap."""
    first, second = _SPAN.fullmatch(one), _SPAN.fullmatch(other)
    if one == other or first is None or second is None:
        return one == other
    kinds = first[3], second[3]
    if kinds[0] != kinds[1] and not _MINUTES.keys() >= {*kinds}:
        return False
    low, high = _ends(first)
    other_low, other_high = _ends(second)
    return low <= other_high and other_low <= high


def _ends(span: re.Match[str]) -> tuple[float, float]:
    unit = _MINUTES.get(span[3], 1.0)
    return float(span[1]) * unit, float(span[2] or span[1]) * unit


def deviating(counts: Mapping[Told, int], common: Usual) -> tuple[int, int]:
    """How many conversations were told something unusual, of how many that asked what has a usual answer."""
    judged = {one: count for one, count in counts.items() if any((one[0], fact) in common for fact, _ in one[1])}
    odd = sum(count for one, count in judged.items() if deviations(*one, common))
    return odd, sum(judged.values())
