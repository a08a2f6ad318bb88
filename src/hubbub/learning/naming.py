"""What the numbers of a log are called: by what the agent had just asked for. Any agent can ask for them by that."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from hubbub.customers.hearing.ear import Ear
from hubbub.learning.scrubbing import NUMBER, Scrubbed, base_of, renamed

_KNOWN = (  # names by which hearing knows what is asked for
    *("order_id", "account_id", "booking_id", "policy_number", "tracking_number", "serial_number", "meter_number"),
    *("meter_reading", "card_last4", "postcode"),
)
_FEWEST, _SHARE = 3, 0.6  # times that it was told to who asked for that, and of all times that it was told to who asked
_QUESTIONS = 3000  # that are listened to
_UNNAMED = (f"{NUMBER}_", "code_")


def names_of_numbers(answers: Iterable[tuple[str, Scrubbed | None]], language: str) -> dict[str, str]:
    """The names of those numbers that have one, given what was asked and what was answered to it."""
    ear = Ear(language, {}, _KNOWN)
    asked_in = lru_cache(_QUESTIONS)(lambda question: ear.hear(question).asked)
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for question, said in answers:
        numbers = {base_of(slot) for slot in said.slots if slot.startswith(_UNNAMED)} if said and question else set()
        if len(numbers) != 1:
            continue
        asked = [slot for slot in asked_in(question) if slot in _KNOWN]
        if len(asked) == 1:
            votes[numbers.pop()][asked[0]] += 1
    return {number: names[0] for number, found in votes.items() if (names := _agreed(found))}


def _agreed(found: Counter[str]) -> tuple[str, ...]:
    name, n = found.most_common(1)[0]
    return (name,) if n >= _FEWEST and n >= _SHARE * found.total() else ()


def by_name(said: Scrubbed | None, names: Mapping[str, str]) -> Scrubbed | None:
    """A message whose numbers go by their names."""
    if said is None or not any(base_of(slot) in names for slot in said.slots):
        return said
    return renamed(said, [names.get(base_of(slot), base_of(slot)) for slot in said.slots])
