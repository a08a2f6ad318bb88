"""Everything learnt from a log, as values: what `writing` writes and `fit` holds against the log."""

from collections.abc import Callable, Sequence
from typing import get_type_hints

import msgspec
from msgspec import Struct

from hubbub.customers.habits import Habits
from hubbub.errors import UsageError
from hubbub.learning import laws
from hubbub.learning.manners import fit_habits, mix_of
from hubbub.learning.observed import Observed, observe
from hubbub.learning.pools import Pools, pools
from hubbub.learning.scrubbing import base_of
from hubbub.learning.stories import Story, stories
from hubbub.learning.topics import matters
from hubbub.learning.values import sources
from hubbub.model import Persona, Source
from hubbub.transcripts.values import Transcript

FEWEST = 20  # conversations; fewer show nobody's habits but their own


class Wishes(Struct, frozen=True):
    """What the user may choose: customers that must share a phrase, matters to tell apart, seed of what is composed."""

    k: int = 2
    matters: int = 24
    locale: str = "en-US"
    industry: str = "retail"
    seed: int = 1

    @property
    def language(self) -> str:
        """The locale's language."""
        return self.locale.partition("-")[0]


class Learnt(Struct, frozen=True):
    """What was learnt. `observed` is the log itself, for measuring; everything else holds nobody's words."""

    wishes: Wishes
    observed: tuple[Observed, ...]
    matters: dict[str, str]
    pools: Pools
    stories: tuple[Story, ...]
    sources: dict[str, Source]
    habits: Habits
    mix: dict[str, float]
    turns: tuple[float, float]  # messages per conversation: median and log-sd
    asks_human: float  # share of messages
    pace: laws.Pace | None
    bursts: tuple[float, ...]
    rhythm: laws.Rhythm | None


def _check(wishes: Wishes) -> None:
    """A locale that no persona may have would be a mistake in every file that is written."""
    try:
        msgspec.convert(wishes.locale, get_type_hints(Persona, include_extras=True)["locale"])
    except msgspec.ValidationError:
        raise UsageError(f"the locale {wishes.locale!r} is not a language and region, such as en-US") from None


def learn(transcripts: Sequence[Transcript], wishes: Wishes, tell: Callable[[str], None] = lambda _: None) -> Learnt:
    """Learn from a log, telling each step.

    Raises UsageError when it is too small, nothing in it may be kept, or no persona may have what is wished for.
    """
    _check(wishes)
    if len(transcripts) < FEWEST:
        raise UsageError(f"only {len(transcripts)} conversations: {FEWEST} are needed to learn anything from")
    language = wishes.language
    tell("taking out values and names")
    observed = observe(transcripts, wishes.k, language)
    tell("telling matters apart")
    of = matters(observed, wishes.k, wishes.matters, language)
    tell("putting phrases together")
    found = pools(observed, of, wishes.k, wishes.seed, language)
    if not any(one.phrases for one in found.mined.values()):
        raise UsageError(f"no {wishes.k} customers said the same thing even once: nothing can be kept of this log")
    known = sources(observed, wishes.k, wishes.locale)

    def tellable(slots: tuple[str, ...]) -> bool:
        return {base_of(slot) for slot in slots} <= known.keys() and bool(found.telling(slots))

    tell("fitting pace, turns and arrivals")
    mix = mix_of(observed)
    return Learnt(
        wishes=wishes,
        observed=observed,
        matters=of,
        pools=found,
        stories=stories(observed, of, tellable),
        sources=known,
        habits=fit_habits(observed),
        mix=mix,
        turns=laws.fit_lognormal([float(len(one.spoken)) for one in observed]),
        asks_human=mix.get("ask_human", 0.0),
        pace=laws.fit_pace([pause for one in observed for pause in one.pauses]),
        bursts=laws.fit_bursts(observed),
        rhythm=laws.fit_rhythm(observed),
    )
