"""What a running generator tells about itself: small, sent between processes, and put together there."""

from collections.abc import Iterable

from msgspec import Struct


class Live(Struct, frozen=True):
    """A snapshot of one process, or of several together; warm-up included. Counts are since the start.

    `recent_*` are the latencies of the last few hundred answered turns, from the intended moment, in seconds.
    """

    scheduled: int = 0
    started: int = 0
    ended: int = 0
    dropped: int = 0
    turns: int = 0
    right: int = 0  # escalation decisions as the persona wants them
    wrong: int = 0
    failures: dict[str, int] = {}  # failed turns by class
    findings: dict[str, int] = {}  # conversations by failed check
    recent_first_text_s: tuple[float, ...] = ()
    recent_turn_s: tuple[float, ...] = ()
    loop_lag_s: float = 0.0  # the last second's worst
    late_p99_s: float = 0.0
    cpu_share: float = 0.0  # of one core; of several processes, the busiest

    @property
    def open(self) -> int:
        """Conversations that are held now."""
        return self.started - self.ended


def recent_quantile(recent_s: tuple[float, ...], q: float) -> float | None:
    """A quantile of recent latencies, in seconds; None when there are none."""
    if not recent_s:
        return None
    return sorted(recent_s)[min(len(recent_s) - 1, int(q * len(recent_s)))]


def together(lives: Iterable[Live]) -> Live:
    """Several processes as one."""
    whole = tuple(lives)
    return Live(
        scheduled=sum(one.scheduled for one in whole),
        started=sum(one.started for one in whole),
        ended=sum(one.ended for one in whole),
        dropped=sum(one.dropped for one in whole),
        turns=sum(one.turns for one in whole),
        right=sum(one.right for one in whole),
        wrong=sum(one.wrong for one in whole),
        failures=added(one.failures for one in whole),
        findings=added(one.findings for one in whole),
        recent_first_text_s=tuple(s for one in whole for s in one.recent_first_text_s),
        recent_turn_s=tuple(s for one in whole for s in one.recent_turn_s),
        loop_lag_s=max((one.loop_lag_s for one in whole), default=0.0),
        late_p99_s=max((one.late_p99_s for one in whole), default=0.0),
        cpu_share=max((one.cpu_share for one in whole), default=0.0),
    )


def added(counts: Iterable[dict[str, int]]) -> dict[str, int]:
    """Counts by name, added up."""
    whole: dict[str, int] = {}
    for one in counts:
        for name, number in one.items():
            whole[name] = whole.get(name, 0) + number
    return whole
