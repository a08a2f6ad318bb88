"""A run at a glance while it runs: counts, the escalation matrix and whole histograms, which merge exactly."""

from collections.abc import Iterable

from msgspec import Struct

from hubbub.model import Matrix
from hubbub.stats.figures import matrix
from hubbub.stats.histogram import PER_S, Histogram
from hubbub.stats.live import Live, added, together
from hubbub.stats.tally import Tally


class PersonaCounts(Struct, frozen=True):
    """How one persona's conversations went. `resolvable` and `own` leave out those that were cut off."""

    conversations: int = 0
    own: int = 0
    resolvable: int = 0
    resolved: int = 0
    escalated: int = 0
    abandoned: int = 0
    findings: int = 0  # failed checks


class Board(Struct, frozen=True):
    """One process's state, or that of several together; warm-up included. Histograms are in microseconds."""

    live: Live = Live()
    endings: dict[str, int] = {}
    escalation: Matrix = Matrix()
    personas: dict[str, PersonaCounts] = {}
    first_text: dict[int, int] = {}
    turn: dict[int, int] = {}
    heard: int = 0
    unknown: int = 0

    @property
    def whole(self) -> PersonaCounts:
        """All personas together."""
        return _sum(self.personas.values())


def board_of(live: Live, tallies: Iterable[tuple[str, Tally]]) -> Board:
    """A board from a process's figures and its tallies, each with its persona."""
    personas: dict[str, PersonaCounts] = {}
    whole = Tally()
    for persona, tally in tallies:
        personas[persona] = _sum((personas.get(persona, PersonaCounts()), _counts(tally)))
        whole.merge(tally)
    return Board(
        live=live,
        endings=whole.endings,
        escalation=matrix(whole),
        personas=personas,
        first_text=whole.first_text.counts,
        turn=whole.turn.counts,
        heard=whole.heard,
        unknown=whole.unknown,
    )


def merged(boards: Iterable[Board]) -> Board:
    """Several processes as one. Histograms and counts add up exactly."""
    whole = tuple(boards)
    personas: dict[str, PersonaCounts] = {}
    for board in whole:
        for name, counts in board.personas.items():
            personas[name] = _sum((personas.get(name, PersonaCounts()), counts))
    return Board(
        live=together(board.live for board in whole),
        endings=added(board.endings for board in whole),
        escalation=_sum_matrix([board.escalation for board in whole]),
        personas=dict(sorted(personas.items())),
        first_text=_sum_counts(board.first_text for board in whole),
        turn=_sum_counts(board.turn for board in whole),
        heard=sum(board.heard for board in whole),
        unknown=sum(board.unknown for board in whole),
    )


def quantile_s(counts: dict[int, int], q: float) -> float | None:
    """A quantile of a histogram's counts, in seconds; None without samples."""
    histogram = Histogram()
    histogram.counts = counts
    value = histogram.quantile(q)
    return None if value is None else value / PER_S


def since(now: dict[int, int], before: dict[int, int]) -> dict[int, int]:
    """What a histogram gained between two moments."""
    return {bucket: more for bucket, count in now.items() if (more := count - before.get(bucket, 0)) > 0}


def _counts(tally: Tally) -> PersonaCounts:
    return PersonaCounts(
        conversations=tally.conversations,
        own=tally.own,
        resolvable=tally.resolvable,
        resolved=tally.resolved,
        escalated=tally.escalated,
        abandoned=tally.endings.get("abandoned", 0),
        findings=sum(tally.findings.values()),
    )


def _sum(parts: Iterable[PersonaCounts]) -> PersonaCounts:
    whole = tuple(parts)
    return PersonaCounts(*(sum(getattr(one, name) for one in whole) for name in PersonaCounts.__struct_fields__))


def _sum_matrix(parts: list[Matrix]) -> Matrix:
    return Matrix(*(sum(getattr(one, name) for one in parts) for name in Matrix.__struct_fields__))


def _sum_counts(parts: Iterable[dict[int, int]]) -> dict[int, int]:
    whole = Histogram()
    for counts in parts:
        one = Histogram()
        one.counts = counts
        whole.merge(one)
    return whole.counts
