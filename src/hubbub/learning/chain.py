"""Sentences put together from pieces that several customers said: along the frame of another sentence, or freely.

A piece is two or three words in a row. A frame is a sentence's little words in their order, with a gap for each other.
"""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import cache

from hubbub.chance import Stream
from hubbub.realism.features import FUNCTION_WORDS, style

START, END, HIDDEN = "\x02", "\x03", "\x00"  # hidden: a word that may not be used
_TRIES = 32  # sentences put together freely for one that is replaced; the most alike is taken
_ALONG = 8  # the same along its frame; the nearest in length is taken
_PARTS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+|[^\w\s]")
_LOOSE = 0.85  # of the words are chosen by the one before alone
Piece = tuple[str, ...]
Frame = tuple[str, ...]  # shapes, the last of them END
Words = tuple[list[str], list[int]]  # words, and how often each was said, summed up to it


def pieces_of(said: Iterable[tuple[str, str]], k: int) -> Counter[Piece]:
    """How often each piece was said, of those that at least `k` customers said. `said` are customers with a text."""
    users: dict[Piece, set[str]] = defaultdict(set)
    counts: Counter[Piece] = Counter()
    for customer, text in said:
        for run in _runs(text):
            for piece in (run, run[1:]):
                users[piece].add(customer)
                counts[piece] += 1
    return Counter({piece: n for piece, n in counts.items() if len(users[piece]) >= k})


class Chain:
    """Which word may follow which one or two: by the pieces that it is made of."""

    def __init__(self, pieces: Mapping[Piece, int], little: frozenset[str] = FUNCTION_WORDS) -> None:
        self._little = little
        self._following: dict[Piece, dict[str, Words]] = defaultdict(dict)  # by shape, and by "" for any
        self._before: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._fit: dict[Frame, frozenset[str]] = {(END,): frozenset((END,))}
        for piece, n in pieces.items():
            for shape in (shape_of(piece[-1], little), ""):
                words, upto = self._following[piece[:-1]].setdefault(shape, ([], []))
                words.append(piece[-1])
                upto.append(n + (upto[-1] if upto else 0))
            self._before[piece[-1]][shape_of(piece[-2], little)].add(piece[-2])

    def along(self, text: str, never: AbstractSet[str], chance: Stream, without: int = 0) -> str | None:
        """A sentence with the very frame of `text`, near its length, and none of `never`; None if none is found.

        `without` leaves out so many little words or gaps of the frame that stand together.
        """
        whole = (*(shape_of(word, self._little) for word in text.split()), END)
        for frame in _shortened(whole, without, chance):
            if START in self._fitting((START, *frame)):
                made = [self._filled(frame, chance) for _ in range(_ALONG)]
                fit = (one for one in made if one not in never and self._anew(one, text))
                near = min(fit, key=lambda one: abs(len(one) - len(text)), default=None)
                if near is not None:
                    return near
        return None

    def freely(self, text: str, never: AbstractSet[str], chance: Stream) -> str | None:
        """The most alike to `text` of some that begin and end as customers' do, with the same places; None if none."""
        places = _places(text)
        put = style(text)
        best, nearest = None, -1.0
        for _ in range(_TRIES):
            made = self._walk(chance, 2 * len(text) + 12)
            if made is None or made in never or _places(made) != places or not self._anew(made, text):
                continue
            likeness = _alike(put, style(made)) - abs(len(made) - len(text)) / (len(made) + len(text))
            if likeness > nearest:
                best, nearest = made, likeness
        return best

    def _anew(self, made: str, text: str) -> bool:
        """Whether at least half of what fills the gaps is other than in `text`: nobody's sentence but for a word."""
        ours, theirs = (Counter(word for word in one.split() if self._is_gap(word)) for one in (made, text))
        return 2 * (ours & theirs).total() <= ours.total()

    def _is_gap(self, word: str) -> bool:
        shape = shape_of(word, self._little)
        return "_" in shape or "#" in shape

    def _fitting(self, frame: Frame) -> frozenset[str]:
        """The words that can stand first in a frame such that all of it can be filled."""
        if frame not in self._fit:
            after = self._fitting(frame[1:])
            self._fit[frame] = frozenset().union(*(self._before[word].get(frame[0], ()) for word in after))
        return self._fit[frame]

    def _filled(self, frame: Frame, chance: Stream) -> str:
        words = [START, START]
        for at, shape in enumerate(frame):
            fitting = self._fitting(frame[at:])
            closely = None if chance.happens(_LOOSE) else self._among((words[-2], words[-1]), shape, fitting)
            options, upto = closely or self._among((words[-1],), shape, fitting) or ([END], [1])
            words.append(options[bisect_right(upto, chance.below(upto[-1]))])
        return " ".join(words[2:-1])

    def _among(self, before: Piece, shape: str, fitting: Collection[str]) -> Words | None:
        words, upto = self._following.get(before, {}).get(shape, ([], []))
        kept: Words = ([], [])
        for word, start, end in zip(words, (0, *upto), upto, strict=False):
            if word in fitting:
                kept[0].append(word)
                kept[1].append(end - start + (kept[1][-1] if kept[1] else 0))
        return kept if kept[0] else None

    def _walk(self, chance: Stream, longest: int) -> str | None:
        words = [START, START]
        size = 0
        while size <= longest:
            following = None if chance.happens(_LOOSE) else self._following.get((words[-2], words[-1]))
            following = following or self._following.get((words[-1],))
            if following is None:
                return None
            options, upto = following[""]
            words.append(options[bisect_right(upto, chance.below(upto[-1]))])
            if words[-1] == END:
                return " ".join(words[2:-1])
            size += len(words[-1]) + 1
        return None


@cache
def shape_of(word: str, little: frozenset[str] = FUNCTION_WORDS) -> str:
    """What a word is in a frame: itself if it is little, a place or an end; else a gap, with the marks beside it."""
    if word[0] in "{" + START + END:
        return word
    return " ".join(_masked(part, little) for part in _PARTS.findall(word.lower().replace(HIDDEN, "hidden")))


def _masked(part: str, little: frozenset[str]) -> str:
    if part in little or not part[0].isalnum():
        return part
    return "#" if part[0].isdigit() else part if len(part) == 1 else "_"


def _shortened(frame: Frame, by: int, chance: Stream) -> Iterable[Frame]:
    """A frame without so many of its words, wherever these are no places, from anywhere on."""
    many = len(frame) - by
    if not by or many < 2:
        return () if by else (frame,)
    first = chance.below(many)
    cuts = ((first + at) % many for at in range(many))
    return ((*frame[:at], *frame[at + by :]) for at in cuts if not any(s[0] == "{" for s in frame[at : at + by]))


def _places(text: str) -> list[str]:
    return sorted(word for word in text.split() if word[0] == "{")


def _alike(one: Counter[str], other: Counter[str]) -> float:
    """The share of runs of function words that two texts have in common: 0 none, 1 all."""
    return (one & other).total() / max(1, (one | other).total())


def _runs(text: str) -> Iterable[tuple[str, str, str]]:
    words = [START, START, *text.split(), END]
    return (run for run in zip(words, words[1:], words[2:], strict=False) if HIDDEN not in "".join(run))
