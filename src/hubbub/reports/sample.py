"""Which conversations a report shows whole: those with findings or failed turns up to a cap, and some by chance.

What is drawn depends on the run's seed and the conversations' numbers alone, not on the order of records.
"""

from heapq import heappush, heappushpop
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from hubbub.chance import key, substream
from hubbub.model import UNFAILED, Conversation, Finding, Turn

MOST_FLAWED = 300  # conversations with a finding or a failed turn
MOST_BY_CLASS = 12  # of each class at least, so that a rare one is not crowded out
MOST_BY_CHANCE = 100  # of all conversations
LONGEST_TEXT = 2_000  # characters of a message that are shown
_CUT = "\u2026 ({:,} more characters)"
_PURPOSE = 1


class Shown(Struct, frozen=True):
    """One conversation, whole but for overlong messages. `classes` are its failed turns' and its findings'."""

    conversation: Conversation
    turns: tuple[Turn, ...]
    findings: tuple[Finding, ...]
    classes: tuple[str, ...]

    @property
    def number(self) -> int:
        """The conversation's number."""
        return self.conversation.number


class _Lowest:
    """The conversations of the lowest ranks: a fair draw, and the same whatever the order they come in."""

    __slots__ = ("heap", "most")

    def __init__(self, most: int) -> None:
        self.most = most
        self.heap: list[tuple[int, int, Shown]] = []

    def wants(self, rank: int) -> bool:
        return len(self.heap) < self.most or -self.heap[0][0] > rank

    def add(self, rank: int, shown: Shown) -> None:
        entry = (-rank, shown.number, shown)
        if len(self.heap) < self.most:
            heappush(self.heap, entry)
        else:
            heappushpop(self.heap, entry)


class Sample:
    """Takes records as they were written, and keeps what is open and what was drawn. Warm-up is not drawn."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}  # conversations by class
        self.flawed = 0
        self.conversations = 0
        self._base = 0
        self._open: dict[int, tuple[list[Turn], list[Finding]]] = {}
        self._by_chance = _Lowest(MOST_BY_CHANCE)
        self._flawed = _Lowest(MOST_FLAWED)
        self._by_class: dict[str, _Lowest] = {}

    def seed(self, seed: int) -> None:
        """The run's seed decides what is drawn."""
        self._base = key(seed, "report")

    def add_started(self, number: int) -> None:
        """A conversation begins."""
        self._open[number] = ([], [])

    def forget(self, number: int) -> None:
        """A conversation was taken back."""
        self._open.pop(number, None)

    def is_open(self, number: int) -> bool:
        """Whether it has begun and not ended."""
        return number in self._open

    def add_turn(self, turn: Turn) -> None:
        """Keep a turn until its conversation ends."""
        kept = self._open.get(turn.number)
        if kept is not None:
            kept[0].append(shortened(turn))

    def add_finding(self, finding: Finding) -> None:
        """Keep a finding until its conversation ends."""
        kept = self._open.get(finding.number)
        if kept is not None:
            kept[1].append(finding)

    def add_conversation(self, ended: Conversation) -> None:
        """Draw, or let go."""
        turns, findings = self._open.pop(ended.number, ([], []))
        if ended.warm_up:
            return
        self.conversations += 1
        classes = {f.check for f in findings if f.verdict in ("failed", "unsure")}
        classes.update(turn.outcome for turn in turns if turn.outcome not in UNFAILED)
        self.flawed += bool(classes)
        rank = substream(self._base, ended.number * 2 + _PURPOSE).bits()
        pools = [self._by_chance, self._flawed] if classes else [self._by_chance]
        for name in classes:
            self.counts[name] = self.counts.get(name, 0) + 1
            pools.append(self._by_class.setdefault(name, _Lowest(MOST_BY_CLASS)))
        wanting = [pool for pool in pools if pool.wants(rank)]
        if wanting:
            shown = Shown(ended, tuple(turns), tuple(findings), tuple(sorted(classes)))
            for pool in wanting:
                pool.add(rank, shown)

    def drawn(self) -> tuple[Shown, ...]:
        """Every conversation to show, by number."""
        pools = (self._by_chance, self._flawed, *self._by_class.values())
        every = {number: shown for _, number, shown in chain.from_iterable(pool.heap for pool in pools)}
        return tuple(every[number] for number in sorted(every))


def shortened(turn: Turn) -> Turn:
    """The turn without what no page can show: the tail of a huge message. What was left out is said."""
    reply = turn.reply
    if reply is not None and len(reply.text) > LONGEST_TEXT:
        turn = replace(turn, reply=replace(reply, text=_shortened(reply.text)))
    if any(len(text) > LONGEST_TEXT for text in turn.texts):
        turn = replace(turn, texts=tuple(_shortened(text) for text in turn.texts))
    return turn


def _shortened(text: str) -> str:
    over = len(text) - LONGEST_TEXT
    return text if over <= 0 else text[:LONGEST_TEXT] + _CUT.format(over)
