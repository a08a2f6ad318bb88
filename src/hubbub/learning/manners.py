"""What a log shows of how its customers write, greet, nod and part: habits, as shares of people or chances."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from hubbub.customers.habits import PEOPLE, Habits
from hubbub.learning.observed import Observed

_MOSTLY = 0.8  # of the messages in which a habit could show
_UNQUOTED = re.compile(r"\b(?:dont|im|ive|cant|didnt|doesnt|isnt|wont|thats|whats|id|ill)\b", re.IGNORECASE)
_QUOTED = re.compile(r"\b[a-z]+['\u2019](?:t|m|ve|s|d|ll|re)\b", re.IGNORECASE)


def fit_habits(conversations: Sequence[Observed]) -> Habits:
    """The habits of a log's customers. Where nothing shows, those of people in general stay.

    How often they nod and decline is fitted for an agent that confirms once and asks once whether there is more.
    """
    per = _per_conversation(conversations)
    nods, thanks = max(0.0, per["affirm"] - 1.0), min(1.0, per["thank"])
    return Habits(
        lower=_share(conversations, _starts_lower, PEOPLE.lower),
        bare=_share(conversations, _ends_bare, PEOPLE.bare),
        unquoted=_share(conversations, _leaves_out_quotes, PEOPLE.unquoted),
        short=0.0,  # the phrases bring their own abbreviations
        greets=_neat(_mean(one.spoken[0].purpose == "greet" for one in conversations if one.spoken)),
        asks_more=(0.0, 0.0),  # further questions are among the details
        notes=(_neat(min(0.95, nods)), _neat(min(0.95, max(0.0, nods - 0.95)))),
        checks=0.0,
        declines=_neat(min(0.98, per["negate"])),
        thanks=_neat(thanks),
        thanks_last=_neat(thanks),
        says_bye=_neat(min(1.0, per["bye"] / max(0.05, 1.0 - thanks))),
    )


def mix_of(conversations: Sequence[Observed]) -> dict[str, float]:
    """The share of messages of each purpose."""
    counts = Counter(str(spoken.purpose) for one in conversations for spoken in one.spoken)
    total = sum(counts.values())
    return {purpose: n / total for purpose, n in counts.most_common()}


def _per_conversation(conversations: Sequence[Observed]) -> dict[str, float]:
    counts = Counter(str(spoken.purpose) for one in conversations for spoken in one.spoken)
    return {name: counts[name] / len(conversations) for name in ("affirm", "negate", "thank", "bye")}


def _share(conversations: Sequence[Observed], shows: Callable[[str], bool | None], otherwise: float) -> float:
    """The share of customers who mostly have a habit, of those in whose messages it could show."""
    having = [_has(shows, one) for one in conversations]
    told = [has for has in having if has is not None]
    return _neat(_mean(told)) if told else otherwise


def _has(shows: Callable[[str], bool | None], one: Observed) -> bool | None:
    seen = [shown for spoken in one.spoken if (shown := shows(spoken.original)) is not None]
    return _mean(seen) >= _MOSTLY if seen else None


def _starts_lower(text: str) -> bool | None:
    return text[0].islower() if text[:1].isalpha() else None


def _ends_bare(text: str) -> bool | None:
    return text[-1:] not in ".!?\u2026" if len(text) > 3 else None


def _leaves_out_quotes(text: str) -> bool | None:
    if _UNQUOTED.search(text):
        return True
    return False if _QUOTED.search(text) else None


def _mean(values: Iterable[bool]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0


def _neat(value: float) -> float:
    return round(value, 3)
