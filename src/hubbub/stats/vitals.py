"""Was the generator fit to judge? Its lateness, lag, drops and accidents, held against the budget."""

from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from hubbub.model import Budget, Closed, Dropped, Fitness, Header, Health, Turn
from hubbub.stats.histogram import PER_S, Histogram

CLOCK_STEP_S = 0.5  # a wall clock that moves more than this against the steady one was set
_LAG_Q = 0.99
_DISK_FULL = "disk_full"
_NOT_TO_BE_UNDERSTOOD = ("empty", "wrong_language")  # findings on replies that nobody could understand


class Vitals:
    """What the records of all workers say about ourselves. Warm-up is left out of lateness and lag."""

    def __init__(self) -> None:
        self.headers: list[Header] = []
        self.closed: list[Closed] = []
        self._closed_workers: set[int] = set()
        self.late = Histogram()  # how late turns were sent, in microseconds
        self.accidents: dict[str, int] = {}  # turns and conversations that failed by our doing, by class
        self.strays = 0  # records of conversations that never started
        self.dropped = 0
        self._stopped = 0  # of them because the run was interrupted, which is no fault
        self.fresh_retries = 0
        self.last_health: Health | None = None
        self._lag_max_s: list[float] = []
        self._lag_mean_s: list[float] = []
        self._step_s = 0.0
        self._cpu_share = 0.0
        self._rss: dict[int, int] = {}  # the most memory, by worker
        self._incidents: dict[str, set[int]] = {}  # workers by class

    def add_health(self, health: Health, warm_up_s: float) -> None:
        """Take in a worker's second."""
        self.last_health = health
        for incident in health.incidents:
            self._incidents.setdefault(incident, set()).update(header.worker for header in self.headers[-1:])
        worker = len(self.headers)
        self._rss[worker] = max(self._rss.get(worker, 0), health.rss_bytes)
        if abs(health.clock_step_s) > abs(self._step_s):
            self._step_s = health.clock_step_s
        if health.at_s > warm_up_s:
            self._lag_max_s.append(health.loop_lag_max_s)
            self._lag_mean_s.append(health.loop_lag_mean_s)
            self._cpu_share = max(self._cpu_share, health.cpu_share)

    def add_closed(self, closed: Closed) -> None:
        """Take in the end of the journal that is being read."""
        self.closed.append(closed)
        self._closed_workers |= {header.worker for header in self.headers[-1:]}

    def voice(self) -> dict[str, int]:
        """What became of the messages that a voice was asked to word, over all workers."""
        total: Counter[str] = Counter()
        for closed in self.closed:
            total.update(closed.voice)
        return dict(sorted(total.items()))

    def add_turn(self, turn: Turn) -> None:
        """Take in how late a turn was sent."""
        self.late.record_s(turn.sent_s - turn.due_s)
        if turn.fresh_retries:
            self.fresh_retries += turn.fresh_retries

    def add_dropped(self, dropped: Dropped) -> None:
        """Take in a customer who was not held."""
        self.dropped += 1
        self._stopped += dropped.reason == "stopped"

    def accident(self, failure: str) -> None:
        """Count a turn or conversation that failed by our doing."""
        self.accidents[failure] = self.accidents.get(failure, 0) + 1

    def fitness(
        self, budget: Budget, started: int, ended: int, unknown: tuple[int, int], found: Mapping[str, int]
    ) -> Fitness:
        """The account, and what in it voids the run. `unknown` is replies not understood, of how many.

        `found` are the conversations in which each check failed: some say why nothing was understood.
        """
        scheduled = max(started + self.dropped, sum(closed.scheduled for closed in self.closed))
        late = sum(closed.late for closed in self.closed)
        fitness = Fitness(
            late_p99_s=(self.late.quantile(0.99) or 0.0) / PER_S,
            late_max_s=max(self.late.counts, default=0) / PER_S,
            loop_lag_p99_s=lag_quantile(self._lag_max_s, self._lag_mean_s, _LAG_Q),
            scheduled=scheduled,
            sent=scheduled - late - self.dropped,
            late=late,
            dropped=self.dropped,
            unfinished=started - ended,
            unknown_rate=unknown[0] / unknown[1] if unknown[1] else 0.0,
            fresh_retries=self.fresh_retries,
            cpu_share_max=self._cpu_share,
            rss_bytes_max=sum(self._rss.values()),
        )
        return replace(fitness, problems=tuple(self._problems(fitness, budget, found)))

    def _problems(self, fitness: Fitness, budget: Budget, found: Mapping[str, int]) -> Iterator[str]:
        yield from _over_budget(fitness, budget, found)
        missed = fitness.dropped - self._stopped
        if missed > budget.dropped_rate * fitness.scheduled:
            yield f"dropped: {missed} of {fitness.scheduled} arrivals; allowed {budget.dropped_rate:.2%}"
        if abs(self._step_s) > CLOCK_STEP_S:
            yield f"clock_step: the clock was set by {self._step_s:+.3f} s during the run"
        yield from self._ends_missing(fitness.unfinished)
        for name in sorted({*self.accidents, *self._incidents} - {_DISK_FULL}):
            turns = self.accidents.get(name, 0)
            yield f"{name}: {turns} turns failed by our own doing" if turns else f"{name}: it happened to us"
        if self.strays:
            yield f"own_error: {self.strays} records belong to no conversation that started"

    def _ends_missing(self, unfinished: int) -> Iterator[str]:
        """What became of journals that have no end, or not all ends of their conversations."""
        full = self._incidents.get(_DISK_FULL, set())
        if full:
            yield f"{_DISK_FULL}: the journal could not be written; {unfinished} unfinished{self._shares(full)}"
        workers = max((header.workers for header in self.headers), default=1)
        lost = workers - len(self.closed) - len(full - self._closed_workers)
        if lost > 0:
            shares = self._shares(set(range(workers)) - self._closed_workers - full)
            yield f"worker_lost: {lost} of our processes did not close their journal; {unfinished} unfinished{shares}"
        elif unfinished and not full:
            yield f"worker_lost: {unfinished} conversations have no end in a closed journal"

    def _shares(self, lost: set[int]) -> str:
        """Which customers were those of these processes, where there were others."""
        workers = max((header.workers for header in self.headers), default=1)
        whose = (f"worker {one}, conversations k with k mod {workers} = {one}" for one in sorted(lost))
        return "; lost: " + "; ".join(whose) if workers > 1 and lost else ""


def _over_budget(fitness: Fitness, budget: Budget, found: Mapping[str, int]) -> Iterator[str]:
    if fitness.late_p99_s > budget.late_p99_s:
        yield f"late_send: the 99th percentile is {fitness.late_p99_s:.3f} s late; allowed {budget.late_p99_s:g} s"
    if fitness.loop_lag_p99_s > budget.loop_lag_p99_s:
        yield f"loop_lag: the 99th percentile is {fitness.loop_lag_p99_s:.3f} s; allowed {budget.loop_lag_p99_s:g} s"
    if fitness.unknown_rate > budget.unknown_rate:
        why = ", ".join(f"{name} in {found[name]} conversations" for name in _NOT_TO_BE_UNDERSTOOD if found.get(name))
        yield (
            f"unknown: {fitness.unknown_rate:.1%} of replies were not understood; allowed {budget.unknown_rate:.0%}"
            f"{f' ({why}: the agent, or where its text is looked for)' if why else ''}"
        )


def lag_quantile(worst_s: list[float], mean_s: list[float], q: float) -> float:
    """The lag that a random moment exceeds with chance 1 - q, from the worst and the mean of every second.

    A loop that stands still for w seconds makes the moments within it late by up to w, evenly; so a second whose worst
    is w has max(0, w - x) seconds later than x. Never less than that quantile of the means.
    """
    if not worst_s:
        return 0.0
    allowed_s = (1 - q) * len(worst_s)
    above_s, lag_s = 0.0, 0.0
    for number, w in enumerate(sorted(worst_s, reverse=True), 1):
        # with x between this worst and the next, `number` seconds reach above it
        above_s += w
        lag_s = max(lag_s, (above_s - allowed_s) / number)
    by_mean = sorted(mean_s)[min(len(mean_s) - 1, int(q * len(mean_s)))]
    return max(by_mean, lag_s)
