"""Phrases that give nobody away: said by several customers word for word, or put together from pieces that were.

A piece is three words in a row. What only one customer said is never kept as it was said.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import groupby

from msgspec import Struct

from hubbub.chance import Stream, stream
from hubbub.realism.features import style

START, END, HIDDEN = "\x02", "\x03", "\x00"  # hidden: a word that may not be used
_TRIES = 32  # sentences put together for one that is replaced; the most alike is taken
_LOOSE = 0.85  # of the words are chosen by the one before alone
Run = tuple[str, str, str]
Following = dict[tuple[str, ...], tuple[list[str], list[int]]]  # after these words: words, and how often up to each


class Said(Struct, frozen=True):
    """A scrubbed message: by whom, and what kind of thing it says (an act, or the slots in it)."""

    customer: str
    kind: str
    text: str
    private: bool = False  # may not be said as it is; something like it stands for it


class Mined(Struct, frozen=True):
    """Phrases of a kind with how often they are to be said, and what became of the messages they stand for."""

    kind: str
    phrases: dict[str, int]
    kept: int  # messages whose words several customers used
    composed: int  # messages replaced by others, put together
    left_out: int  # messages that nothing could be put together for


def mine(said: Iterable[Said], k: int, seed: int = 1) -> dict[str, Mined]:
    """The phrases of every kind. `k` is how many customers must have used a phrase, or each piece of a new one."""
    by_kind = groupby(sorted(said, key=lambda one: one.kind), key=lambda one: one.kind)
    return {kind: _mined(kind, tuple(ones), k, stream(seed, kind)) for kind, ones in by_kind}


def _mined(kind: str, said: Sequence[Said], k: int, chance: Stream) -> Mined:
    users: dict[str, set[str]] = defaultdict(set)
    for one in said:
        if not one.private:
            users[one.text].add(one.customer)
    common = {text for text, who in users.items() if len(who) >= k}
    chain = Chain(said, k)
    never = {one.text for one in said} - common
    phrases: Counter[str] = Counter()
    kept = left_out = 0
    for one in said:
        if one.text in common and not one.private:
            phrases[one.text] += 1
            kept += 1
            continue
        made = chain.like(one.text, never, chance)
        if made is None:
            left_out += 1
        else:
            phrases[made] += 1
    return Mined(kind, dict(phrases), kept, len(said) - kept - left_out, left_out)


class Chain:
    """Which word follows which two, as far as at least `k` customers said so."""

    def __init__(self, said: Iterable[Said], k: int) -> None:
        users: dict[Run, set[str]] = defaultdict(set)
        counts: Counter[Run] = Counter()
        for one in said:
            for run in _runs(one.text):
                users[run].add(one.customer)
                counts[run] += 1
        self._next: Following = {}
        self._loosely: Following = {}
        for run, n in counts.items():
            if len(users[run]) >= k:
                _add(self._next, run[:2], run[2], n)
        pairs: Counter[tuple[str, str]] = Counter()
        pair_users: dict[tuple[str, str], set[str]] = defaultdict(set)
        for run, n in counts.items():
            pairs[run[1:]] += n
            pair_users[run[1:]] |= users[run]
        for (first, then), n in pairs.items():
            if len(pair_users[first, then]) >= k:
                _add(self._loosely, (first,), then, n)

    def like(self, text: str, never: Collection[str], chance: Stream) -> str | None:
        """A sentence put like `text`, as long, with the same places, and none of `never`; None if none is found."""
        places = sorted(word for word in text.split() if word[0] == "{")
        put = style(text)
        best, nearest = None, -1.0
        for _ in range(_TRIES):
            made = self._walk(chance, 2 * len(text) + 12)
            if made is None or made in never or sorted(w for w in made.split() if w[0] == "{") != places:
                continue
            likeness = _alike(put, style(made)) - abs(len(made) - len(text)) / (len(made) + len(text))
            if likeness > nearest:
                best, nearest = made, likeness
        return best

    def _walk(self, chance: Stream, longest: int) -> str | None:
        words = [START, START]
        size = 0
        while True:
            following = self._next.get((words[-2], words[-1]))
            if following is None or (len(words) > 2 and chance.happens(_LOOSE)):
                following = self._loosely.get((words[-1],))
            if following is None or size > longest:
                return None
            options, upto = following
            word = options[bisect_right(upto, chance.below(upto[-1]))]
            if word == END:
                return " ".join(words[2:])
            words.append(word)
            size += len(word) + 1


def _add(to: Following, before: tuple[str, ...], word: str, n: int) -> None:
    words, upto = to.setdefault(before, ([], []))
    words.append(word)
    upto.append(n + (upto[-1] if upto else 0))


def _alike(one: Counter[str], other: Counter[str]) -> float:
    """The share of runs of function words that two texts have in common: 0 none, 1 all."""
    return (one & other).total() / max(1, (one | other).total())


def _runs(text: str) -> Iterable[Run]:
    words = [START, START, *text.split(), END]
    return (run for run in zip(words, words[1:], words[2:], strict=False) if HIDDEN not in "".join(run))
