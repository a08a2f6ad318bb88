"""Whether all customers are told the same: the answers given for a fact, and who was told another than most."""

from collections.abc import Iterable, Mapping

Told = tuple[str, tuple[tuple[str, str], ...]]  # a persona, and what one conversation was told: fact and value
Usual = Mapping[tuple[str, str], str]  # persona and fact to the answer that most of its customers were given
_ENOUGH = 5  # answers to one question from which on there is a usual one


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
    """Of one conversation's answers those that are not the usual ones: fact, what was said, what most were told."""
    return tuple(
        (fact, value, common[persona, fact])
        for fact, value in answers
        if (persona, fact) in common and common[persona, fact] != value
    )


def deviating(counts: Mapping[Told, int], common: Usual) -> tuple[int, int]:
    """How many conversations were told something unusual, of how many that asked what has a usual answer."""
    judged = {one: count for one, count in counts.items() if any((one[0], fact) in common for fact, _ in one[1])}
    odd = sum(count for one, count in judged.items() if deviations(*one, common))
    return odd, sum(judged.values())
