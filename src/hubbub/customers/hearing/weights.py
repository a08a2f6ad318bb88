"""How far the words of a sentence speak for each act: whole numbers fitted to labelled replies, and added up.

Rules know the phrasings that their authors thought of; words and pairs of words that were labelled thousands of times
say something of phrasings that nobody thought of, and so does its shape: the order of the words that carry a sentence
("I WILL MOVE YOU TO HUMAN"), whatever stands between them. A sentence has a score for each act (a logit, in whole
units), and what rules of the grammar say of it counts as one more word. `benchmarks/fit_hearing.py` fits the numbers.

A row of scores is one integer with a lane of 32 bits for each head, so that one addition adds them all. Whole numbers
make the sums the same on every machine.
"""

import zlib
from collections.abc import Container, Mapping
from functools import lru_cache
from itertools import pairwise
from math import sqrt
from pathlib import Path

import msgspec
from msgspec import Struct

from hubbub.customers.hearing.clauses import without_numbers
from hubbub.customers.hearing.grammar import BIT, CERTAIN, COURTEOUS, GUARDED
from hubbub.model import SignalState

UNIT = 16  # one logit
_LANE = 32
_MOST_WORDS = 60  # of one sentence: further ones add nothing, so that time is bounded
_FINE = 16  # square roots of lengths are taken in sixteenths
_SPACED = "".join("0" if c.isdigit() else c if c.isalpha() or c == "'" else " " for c in map(chr, range(128)))
_END_MARKS = ".!?\"')] \t\n:"
_ENDS = ("?", ":", "...", "!", ".")
_MOST_KEPT = 1024
_MARKED = ("*", "+")  # classes of people, and of ways to them
_REACH = 3 * UNIT
NAME = "Name"  # stands for all names of people; no word in lower case is like it
UNSEEN = "Unseen"
_TAILS = ("s", "ll", "d")
COUNTS = "counts"  # the head that says how far a sentence says something of its own beside others
SURELY = 1 << 20  # counts beside whatever is said
SHARE = 64  # what the head and the margin are multiplied by is in this many parts

# scores with the highest bit of a lane set where it is at its limit or over, the root of the sentence's length, and
# whether a word of it is about people or the way to them
Weighed = tuple[int, int, bool]
# acts as bits, states of a hand-off, how sure (1: a head is over its limit; .6: none is, and the nearest was taken),
# and how far it counts beside other sentences, in units
Verdict = tuple[int, tuple[SignalState, ...], float, int]


class Fitted(Struct, frozen=True):
    """What a file of weights holds. Scores are in units of 1/16 logit, in the order of `heads`.

    `heads` are acts, then the states `initiated`, `promised` and `failed`, which only say of what kind a hand-off is.
    `words` are words, pairs of them and pieces of shapes, one a line; `numbers` has one signed byte per head for each.
    `bases` hold what a sentence starts from, by `kind_of` it. A rule adds `own` to the head of what it says and `other`
    to the rest. `classes` are the words that make up shapes, each with what it is; of a contraction both parts.
    `names` are people's, one a line, all read as one word (`read_as`). `beside` says for each act when a sentence that
    does it counts beside others (`Weights.counts`); a further head, `counts`, is only for that.
    """

    heads: tuple[str, ...]
    words: str
    numbers: bytes
    bases: tuple[tuple[int, ...], ...]
    own: tuple[int, ...]
    other: tuple[int, ...]
    silent: tuple[int, ...]
    classes: dict[str, str]
    names: str = ""
    beside: tuple[tuple[int, ...], ...] = ()


def words_of(low: str) -> tuple[list[str], str]:
    """The words of a sentence in lower case, digits alike, and the mark that ends it."""
    body = low.rstrip(_END_MARKS)
    mark = low[len(body) :]
    return without_numbers(body).translate(_SPACED).split()[:_MOST_WORDS], _end_of(mark)


@lru_cache(256)
def _end_of(mark: str) -> str:
    return next((end for end in _ENDS if end in mark), "")


def read_as(word: str, names: Container[str]) -> str:
    """What a word without scores of its own is read as: a name, or a word never seen, with what is written to it."""
    stem, tail, rest = word.partition("'")
    if stem in names or (tail and rest in _TAILS):  # whoever "Fatou'll" is
        return f"{NAME}{tail}{rest}"
    return UNSEEN if stem.isalpha() else word


def pairs_of(words: list[str], end: str) -> list[str]:
    """Neighbours, both ends of the sentence among them, and how it opens and ends."""
    opening = words[0]
    return [*map(" ".join, pairwise(words)), f"^ {opening}", f"{words[-1]} ${end}",
            f"${end}", f"{opening} {end}", f"{' '.join(words[:2])} {end}"]  # fmt: skip


def shapes_of(words: list[str], end: str, classes: Mapping[str, str]) -> list[str]:
    """The classes of words in their order, by twos and by threes; words without one are passed over.

    And which of the marked classes (`*`, `+`) are not there.
    """
    class_of = classes.get
    line = " ".join([class_of(word, "") for word in words])
    found = ["<", *line.split(), end or ">"]
    rest = found[1:]
    absent = [mark for mark in _MARKED if mark not in line]
    return [
        *map("~".join, zip(found, rest, strict=False)),
        *map("~".join, zip(found, rest, rest[1:], strict=False)),
        *map("~~".join, zip(found, rest[1:], strict=False)),
        *map("~~".join, zip(found, rest[2:], strict=False)),
        *absent,
    ]


def kind_of(length: int, question: bool) -> int:
    """Which of the bases a sentence of so many words starts from."""
    return 3 * question + (length > 2) + (length > 5)


class Weights:
    """Judges sentences of one language by their words. What it remembers changes no answer."""

    def __init__(self, fitted: Fitted) -> None:
        lanes = len(fitted.heads)
        self._heads = fitted.heads
        self._classes = fitted.classes
        self._bits = [bit_of(head) for head in fitted.heads if head not in (*_STATES, COUNTS)]
        self._first_state = len(self._bits)
        self._shift = {bit: _LANE * lane for lane, bit in enumerate(self._bits)}
        self._last = _LANE * (lanes - 1)
        self._beside = dict(zip(self._bits, fitted.beside, strict=False))
        self._bias: dict[tuple[int, int, bool, bool], int] = {}
        self._reach = sum(_REACH << _LANE * lane for lane in range(lanes))
        self._high = sum(1 << _LANE * lane + _LANE - 1 for lane in range(lanes))
        self._bytes = lanes * _LANE // 8
        rows = (fitted.numbers[at : at + lanes] for at in range(0, len(fitted.numbers), lanes))
        self._numbers = dict(zip(fitted.words.split("\n"), map(_unpacked, rows), strict=True))
        self._names = frozenset(fitted.names.split("\n"))
        self._bases = [_packed(base) for base in fitted.bases]
        self._own, self._other, self._silent = fitted.own, fitted.other, fitted.silent
        self._roots = [round(_FINE * sqrt(max(1, length))) for length in range(_MOST_WORDS + 1)]
        self._evidence: dict[tuple[int, tuple[SignalState, ...], bool], int] = {}
        self._meant: dict[int, int] = {}

    def weigh(self, low: str) -> Weighed | None:
        """The scores of a sentence in lower case, by its words alone.

        None where most of its words were never seen, or where it has none.
        """
        words, end = words_of(low)
        if not words:
            return None
        row_of = self._numbers.get
        total = known = 0
        people = not _PEOPLE.isdisjoint(words)
        for at, word in enumerate(words):
            row = row_of(word)
            if row is None:
                words[at] = word = read_as(word, self._names)
                row = row_of(word)
                people = people or word.startswith(NAME)
                if row is None:
                    continue
            total += row
            known += word != UNSEEN
        if 2 * known < len(words):
            return None
        total += sum(filter(None, map(row_of, pairs_of(words, end))))
        total += sum(filter(None, map(row_of, shapes_of(words, end, self._classes))))
        root = self._roots[len(words)]
        scores = _FINE * total + root * self._bases[kind_of(len(words), end == "?")] + self._high
        return scores, root, people

    def likely(self, weighed: Weighed) -> int:
        """The acts that rules could still make heard, as bits: those within three logits of their limit.

        Hand-offs where none is so near: then the nearest will be taken, and guards may say that it cannot be one.
        """
        scores, root, _ = weighed
        return self._acts(scores + root * self._reach & self._high) or _HANDS_OVER

    def judge(self, weighed: Weighed, does: int, states: tuple[SignalState, ...]) -> Verdict:
        """What the sentence does. `does` and `states`: what rules said of it."""
        scores, root, people = weighed
        evidence = self._evidence.get((does, states, people))
        if evidence is None:
            evidence = self._weighed(does, states, people)
        scores += root * evidence
        acts = self._acts(scores & self._high)
        core = acts & ~COURTEOUS
        if acts and not core & (core - 1) and not acts & _OF_HANDOFFS:
            return acts, (), 1.0, self._counted(core, scores, root)
        lanes = memoryview(scores.to_bytes(self._bytes, "little")).cast("I")
        sure = 1.0
        if not acts:
            acts, sure = self._best(lanes, -1 if states or people else ~_HANDS_OVER), 0.6
        elif core & (core - 1):  # a sentence does one thing, unless rules find more
            acts &= COURTEOUS | self._best(lanes, core)
        return acts, self._states(acts, lanes), sure, self._counted(acts & ~COURTEOUS, scores, root)

    def _counted(self, act: int, scores: int, root: int) -> int:
        """How far a sentence counts beside others, in units, whatever they do."""
        row = self._beside.get(act)
        if row is None:
            return SURELY
        counts = (scores >> self._last & _WHOLE) - _ZERO
        margin = (scores >> self._shift[act] & _WHOLE) - _ZERO
        return int(row[0] * counts + row[1] * margin) // (SHARE * root) + row[2]

    def bias(self, act: int, others: int, opens: bool, closes: bool) -> int:
        """What the acts of other sentences, and its place in the reply, add to how far a sentence counts."""
        key = act, others, opens, closes
        found = self._bias.get(key)
        if found is None:
            row = self._beside.get(act, (0,) * (5 + len(self._bits)))
            found = row[3] * opens + row[4] * closes
            found += sum(by for bit, by in zip(self._bits, row[5:], strict=True) if others & bit)
            if len(self._bias) < _MOST_KEPT:
                self._bias[key] = found
        return found

    def _best(self, lanes: memoryview, among: int) -> int:
        """Of the acts `among` bits the one with the highest score, as its bit."""
        return max(((lane, bit) for lane, bit in zip(lanes, self._bits, strict=False) if bit & among))[1]

    def _states(self, acts: int, lanes: memoryview) -> tuple[SignalState, ...]:
        """The states of the hand-offs that are among the acts."""
        if not acts & _OF_HANDOFFS:
            return ()
        initiated, promised, failed = lanes[self._first_state : self._first_state + 3]
        states: list[SignalState] = []
        if acts & BIT["handoff"]:
            states.append("initiated" if initiated >= promised else "promised")
        if acts & BIT["offer_handoff"]:
            states.append("offered")
        if acts & BIT["notify_failure"] and failed >> _LANE - 1:
            states.append("failed")
        return tuple(states)

    def _acts(self, hits: int) -> int:
        """The acts whose lanes have their highest bit set."""
        acts = self._meant.get(hits)
        if acts is None:
            acts = sum(bit for lane, bit in enumerate(self._bits) if hits >> _LANE * lane + _LANE - 1 & 1)
            if len(self._meant) < _MOST_KEPT:
                self._meant[hits] = acts
        return acts

    def _weighed(self, does: int, states: tuple[SignalState, ...], people: bool) -> int:
        """What rules add to each head. Where a guard speaks, no words make a hand-off."""
        said = [self._says(head, does, states) for head in self._heads if head != COUNTS]
        if any(said):
            row = [own if yes else other for yes, own, other in zip(said, self._own, self._other, strict=True)]
        else:
            row = list(self._silent)
        if not states:
            less = _NEVER if does & GUARDED else 0 if people or does & _HANDS_OVER else _NOBODY
            row = [number + less * (head in _TO_PEOPLE) for head, number in zip(self._heads, row, strict=False)]
        for act, bit in CERTAIN.items():
            if does & bit:
                row = [number - _NEVER * (head == act) for head, number in zip(self._heads, row, strict=False)]
        evidence = _packed(tuple(row))
        if len(self._evidence) < _MOST_KEPT:
            self._evidence[does, states, people] = evidence
        return evidence

    @staticmethod
    def _says(head: str, does: int, states: tuple[SignalState, ...]) -> bool:
        return head in states if head in _STATES else bool(does & bit_of(head))


_ZERO = 1 << _LANE - 1  # in a lane, a score of nought
_WHOLE = (1 << _LANE) - 1
_RAISED = bytes((byte + 128) % 256 for byte in range(256))  # a signed byte as one from nought up
_STATES: tuple[SignalState, ...] = ("initiated", "promised", "failed")
_TO_PEOPLE = ("handoff", "offer_handoff")
_NEVER = -40 * UNIT
_NOBODY = -1 * UNIT  # what a hand-off loses where no word is about people or a way to them
_PEOPLE_WORDS = (
    "human humans person people someone somebody anyone agent agents advisor advisors adviser advisers colleague "
    "colleagues team teams team's specialist specialists representative representatives rep reps manager managers "
    "manager's supervisor supervisors operator operators staff employee employees member expert experts "
    "consultant consultants officer nurse doctor clinician pharmacist clerk desk department dept office crew "
    "professional technician technicians tech tech's engineer engineers lead handler senior folks dispatcher "
    "reception banker squad care analyst support upstairs gang boss boffin boffins claims billing worker "
    "committee board unit teammate chief shop owner tier hands transfer transferring transferred connect "
    "connecting connected pass passing passed forward forwarding forwarded escalate escalates escalated "
    "escalating escalation handover handoff hand handing handed route routing routed queue line call calls "
    "calling called callback ring phone reach contact contacts join joins joined joining put putting patch "
    "patching redirect redirecting takeover take takes taking over through live next assigned assign appointed "
    "bring bringing fetch fetching get getting send sending speak speaking talk touch chatting linking looping "
    "swapping moving giving given entered picked along she he they him her them who"
)
_PEOPLE = frozenset(_PEOPLE_WORDS.split())  # a hand-off, told or offered, has one of them
_HANDS_OVER = BIT["handoff"] | BIT["offer_handoff"]
_OF_HANDOFFS = BIT["handoff"] | BIT["offer_handoff"] | BIT["notify_failure"]


def bit_of(act: str) -> int:
    """The bit of an act."""
    return next(bit for name, bit in BIT.items() if name == act)


def _packed(row: tuple[int, ...]) -> int:
    return sum(number << _LANE * lane for lane, number in enumerate(row))


def _unpacked(row: bytes) -> int:
    """The lanes of a row of signed bytes, as one number."""
    lanes = bytearray(len(row) * _LANE // 8)
    lanes[:: _LANE // 8] = row.translate(_RAISED)
    return int.from_bytes(lanes, "little") - _raise(len(row))


@lru_cache
def _raise(lanes: int) -> int:
    return _packed((128,) * lanes)


@lru_cache
def weights_of(path: Path) -> Weights:
    """The weights of a file that `benchmarks/fit_hearing.py` wrote."""
    return Weights(msgspec.msgpack.decode(zlib.decompress(path.read_bytes()), type=Fitted))


def write_weights(path: Path, fitted: Fitted) -> None:
    """Writes a file of weights."""
    path.write_bytes(zlib.compress(msgspec.msgpack.encode(fitted), 9))
