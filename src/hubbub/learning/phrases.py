"""Phrases that give nobody away: said by several customers word for word, or put together from pieces that were.

What only one customer said is never kept as it was said.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby

from msgspec import Struct

from hubbub.chance import Stream, stream
from hubbub.learning.chain import Chain, pieces_of
from hubbub.realism.features import FUNCTION_WORDS

_MOST_LEFT_OUT = 3  # words of a frame


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


def mine(said: Iterable[Said], k: int, seed: int = 1, little: frozenset[str] = FUNCTION_WORDS) -> dict[str, Mined]:
    """The phrases of every kind. `k` is how many customers must have used a phrase, or each piece of a new one.

    `little` are the words that make the frame of a sentence.
    Kinds that are named alike up to a slash are kin: where a kind lacks pieces, those of all its kin serve.
    """
    kinds = {kind: tuple(ones) for kind, ones in groupby(sorted(said, key=_kind), key=_kind)}
    kin = groupby(kinds, key=lambda kind: kind.partition("/")[0])
    every = [one for ones in kinds.values() for one in ones]
    alone = {one.text for one in every} - _common(every, k)
    return {
        kind: one
        for _, names in kin
        for kind, one in _of_kin({name: kinds[name] for name in names}, alone, k, seed, little)
    }


def _kind(one: Said) -> str:
    return one.kind


def _common(said: Iterable[Said], k: int) -> set[str]:
    """The texts that so many customers said."""
    users: dict[str, set[str]] = defaultdict(set)
    for one in said:
        if not one.private:
            users[one.text].add(one.customer)
    return {text for text, who in users.items() if len(who) >= k}


def _of_kin(
    kinds: Mapping[str, Sequence[Said]], alone: AbstractSet[str], k: int, seed: int, little: frozenset[str]
) -> Iterator[tuple[str, Mined]]:
    shared = pieces_of(_texts(one for said in kinds.values() for one in said), k)
    wide = Chain(shared, little)
    for kind, said in kinds.items():
        own = pieces_of(_texts(said), k)
        words = {word for piece in own for word in piece}
        near = {piece: n for piece, n in shared.items() if words.issuperset(piece)}
        common = _common(said, k)
        never = alone | ({one.text for one in said} - common)
        yield (
            kind,
            _mined(kind, said, common, never, (Chain(own, little), Chain(near, little), wide), stream(seed, kind)),
        )


def _texts(said: Iterable[Said]) -> Iterator[tuple[str, str]]:
    return ((one.customer, one.text) for one in said)


def _mined(
    kind: str, said: Sequence[Said], common: AbstractSet[str], never: AbstractSet[str], chains: Sequence[Chain],
    chance: Stream,
) -> Mined:  # fmt: skip
    phrases: Counter[str] = Counter()
    kept = left_out = 0
    for one in said:
        if one.text in common and not one.private:
            phrases[one.text] += 1
            kept += 1
            continue
        made = _put_together(one.text, chains, never, chance)
        if made is None:
            left_out += 1
        else:
            phrases[made] += 1
    return Mined(kind, dict(phrases), kept, len(said) - kept - left_out, left_out)


def _put_together(text: str, chains: Sequence[Chain], never: AbstractSet[str], chance: Stream) -> str | None:
    """A sentence to stand for one: along its frame by the first chain that can, else along most of it, else freely.

    The last chain, of words of other kinds, comes after all else: a boiler leaks, and a bill does not.
    """
    near, wide = chains[:-1], chains[-1:]
    for some in (near, wide):
        for without in range(_MOST_LEFT_OUT + 1):
            for chain in some:
                made = chain.along(text, never, chance, without)
                if made is not None:
                    return made
    return chains[0].freely(text, never, chance) or chains[-1].freely(text, never, chance)
