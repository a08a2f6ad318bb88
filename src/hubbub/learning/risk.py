"""What could still give somebody away in what is written: figures, and the phrases that a person should read."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from msgspec import Struct

from hubbub.learning.learnt import Learnt
from hubbub.learning.names import CAPITALS_FOR_ALL, known_names, ordinary_words
from hubbub.learning.observed import words_in
from hubbub.learning.pools import LIKE

_FEW = 20  # customers: what so many use is hardly anybody's own
_DIGITS = re.compile(r"\d{4,}")
_SIGNS = re.compile(r"@|https?:|www\.")
_CAPITAL = re.compile(r"(?<=[a-z,;] )(?!I\b)[A-Z][a-z]+")


class Doubt(Struct, frozen=True):
    """A phrase that is written out and could name or find somebody, and why it is doubted."""

    phrase: str
    reason: str


class Risk(Struct, frozen=True):
    """How much is written out, and how much of it is doubtful."""

    phrases: int
    messages: int  # in the log
    verbatim: int  # of them, those whose words stand in the pack because k customers or more used them
    composed: int  # those that a composed phrase stands for
    left_out: int
    secrets: int  # messages that were not read on, as they speak of a password or the like
    values: int  # values taken out
    doubts: tuple[Doubt, ...]

    @property
    def doubtful(self) -> float:
        """The share of the phrases that are doubted."""
        return len({doubt.phrase for doubt in self.doubts}) / max(1, self.phrases)


def weigh(learnt: Learnt) -> Risk:
    """The risk of what was learnt."""
    phrases = {text for sort, one in learnt.pools.mined.items() if not sort.startswith(LIKE) for text in one.phrases}
    spoken = [spoken for one in learnt.observed for spoken in one.spoken]
    kept, composed, left_out = learnt.pools.sizes
    language = learnt.wishes.language
    few, names = _used_by_few(learnt), known_names() - ordinary_words(language)
    return Risk(
        phrases=len(phrases),
        messages=len(spoken),
        verbatim=kept,
        composed=composed,
        left_out=left_out,
        secrets=sum(spoken.secret for spoken in spoken),
        values=sum(len(spoken.values) for spoken in spoken),
        doubts=tuple(doubt for phrase in sorted(phrases) for doubt in _doubts(phrase, few, names, language)),
    )


def _used_by_few(learnt: Learnt) -> dict[str, int]:
    """Words that the shipped grammar does not know and few customers used, with how many."""
    used: dict[str, set[str]] = defaultdict(set)
    for one in learnt.observed:
        used[one.customer] |= {word for spoken in one.spoken for word in words_in(spoken.text)}
    users = Counter(word for words in used.values() for word in words)
    return {word: n for word, n in users.items() if n < _FEW and word not in ordinary_words(learnt.wishes.language)}


def _doubts(phrase: str, few: Mapping[str, int], names: AbstractSet[str], language: str) -> Iterator[Doubt]:
    if _DIGITS.search(phrase):
        yield Doubt(phrase, "a number of four digits or more")
    if _SIGNS.search(phrase):
        yield Doubt(phrase, "looks like an address of the net")
    if language not in CAPITALS_FOR_ALL and (capital := _CAPITAL.search(phrase)):
        yield Doubt(phrase, f"{capital[0]!r} has a capital within a sentence")
    named = next((word for word in words_in(phrase) if word in names), None)
    if named:
        yield Doubt(phrase, f"{named!r} is also a name")
    rarest = min((word for word in words_in(phrase) if word in few), key=few.__getitem__, default=None)
    if rarest:
        yield Doubt(phrase, f"only {few[rarest]} customers use {rarest!r}")
