"""What customers come for: openings that share a telling word are one matter, named by their two commonest."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from unicodedata import normalize

from hubbub.learning.names import little_words
from hubbub.learning.observed import Observed, words_in
from hubbub.learning.purposes import purpose_of

OTHER = "something_else"
_LEAST_SHARE = 0.01  # of the conversations: a rarer matter is none of its own
_WORD = re.compile(r"[a-z]+")
_GENERIC = frozenset(
    _WORD.findall(
        "need want help please know check like get got would could can make give tell find see use using used "
        "new one two ask question order ordered regarding concerning sir madam hello able try trying tried "
        "issue problem thing things something anything looking look may also much many due long short time "
        "day days today yes okay kindly "
    )
)
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa"})
_PLAIN_ENDING = re.compile(r"(?:ies|s|ing|ed)$")


def matters(conversations: Sequence[Observed], k: int, most: int, language: str = "en") -> dict[str, str]:
    """The matter of each conversation, by the conversation's name. At most `most` matters beside something else."""
    surfaces: dict[str, Counter[str]] = {}
    openings = {one.name: _telling(opening_of(one), surfaces, language) for one in conversations}
    least = max(k, round(_LEAST_SHARE * len(conversations)), 2)
    left = {name: words for name, words in openings.items() if words}
    found: dict[str, str] = {}
    while left and len(set(found.values())) < most:
        counts = Counter(word for words in left.values() for word in words)
        word, n = max(counts.items(), key=lambda pair: (pair[1], pair[0]))
        if n < least:
            break
        about = [name for name, words in left.items() if word in words]
        stems = _named(word, (openings[name] for name in about), k)
        matter = "_".join(surfaces[stem].most_common(1)[0][0] for stem in stems)
        matter = matter if matter not in found.values() else f"{matter}_{len(set(found.values()))}"
        found.update(dict.fromkeys(about, matter))
        left = {name: words for name, words in left.items() if name not in found}
    return {one.name: found.get(one.name, OTHER) for one in conversations}


def opening_of(conversation: Observed) -> str:
    """The first message that is more than a greeting, scrubbed; empty where there is none."""
    opened = (s.text for s in conversation.spoken if s.purpose in ("told", "detail") and not s.private)
    return next(opened, "")


def shares(of: Mapping[str, str]) -> dict[str, float]:
    """The share of conversations on each matter, the commonest first."""
    counts = Counter(of.values())
    return {matter: n / len(of) for matter, n in counts.most_common()}


def _telling(text: str, surfaces: dict[str, Counter[str]], language: str) -> frozenset[str]:
    """The stems that show what an opening is about; `surfaces` learns what words they were."""
    found = set()
    dull = little_words(language) | _GENERIC
    for word in (_plainly(word) for word in words_in(text) if word not in dull and not _civil(word, language)):
        if len(word) > 2 and word.isascii() and word.isalpha() and word not in dull:
            stem = _stem(word)
            surfaces.setdefault(stem, Counter())[word] += 1
            found.add(stem)
    return frozenset(found - _GENERIC)


def _civil(word: str, language: str) -> bool:
    return language != "en" and purpose_of(word, (), opened=True, language=language) != "detail"


def _plainly(word: str) -> str:
    """A word in the letters that a matter may be named by."""
    return normalize("NFKD", word.translate(_SPELT_OUT)).encode("ascii", "ignore").decode()


def _stem(word: str) -> str:
    return _PLAIN_ENDING.sub("y" if word.endswith("ies") else "", word) if len(word) > 4 else word


def _named(word: str, openings: Iterable[frozenset[str]], k: int) -> tuple[str, ...]:
    """The word, and the one that stands beside it most often if at least `k` customers put it there."""
    beside = Counter(other for words in openings for other in words if other != word)
    other, n = beside.most_common(1)[0] if beside else ("", 0)
    return (word, other) if n >= k else (word,)
