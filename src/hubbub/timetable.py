"""Who is due next: a run's arrivals numbered from 0, which may be revised while the run is under way.

Every process of a run numbers all arrivals alike and holds its own share of them. A revision takes effect at one
agreed second, so the processes still agree after it.
"""

from collections.abc import Callable, Iterator
from typing import cast

from msgspec import Struct

from hubbub.arrivals import Arrival, Process, labels, span_s
from hubbub.chance import stream
from hubbub.model import Arrivals
from hubbub.registry import load


class Revision(Struct, frozen=True):
    """From second `at_s` of the run on, customers arrive so, and are of this mix. None and empty mean: as before."""

    at_s: float
    arrivals: Arrivals | None = None
    mix: dict[str, float] = {}


class Timetable:
    """The arrivals of a run, one after the other. `due` is the next one; it has passed when `advance` was called.

    `remix` is told of each revised mix, with the number from which on it holds, before that number is due.
    """

    def __init__(
        self, arrivals: Arrivals, duration_s: float, seed: int, remix: Callable[[int, dict[str, float]], object]
    ) -> None:
        self.number = 0
        self.due: Arrival | None = None
        self.end_s = span_s(arrivals, duration_s)  # when the last customer can come
        self._duration_s = duration_s
        self._seed = seed
        self._remix = remix
        self._revisions: list[Revision] = []
        self._legs = self._stages = self._labels = 0
        self._begin_s = 0.0
        self._passed_s = -1.0
        self._coming: Iterator[Arrival] = iter(())
        self._begin(arrivals, 0.0)

    def advance(self) -> None:
        """Go on to the next arrival."""
        assert self.due is not None, "nobody is due"
        self._passed_s = self.due.due_s
        self.number += 1
        self._next()

    def revise(self, revision: Revision) -> bool:
        """Change what comes from a second on. False, and no change, when that second has passed already."""
        latest_s = self._revisions[-1].at_s if self._revisions else max(self._passed_s, self._begin_s)
        if revision.at_s <= latest_s:
            return False
        self._revisions.append(revision)
        if revision.arrivals is not None:
            self.end_s = self._duration_s
        self._turn_over()
        return True

    def _begin(self, arrivals: Arrivals, at_s: float) -> None:
        process = cast(Process, load("arrivals", arrivals.process))
        key = ("arrivals",) if not self._legs else ("arrivals", self._legs)
        self._begin_s = at_s
        self._stages += self._labels
        self._labels = len(labels(arrivals))
        self._coming = process(arrivals, max(0.0, self._duration_s - at_s), stream(self._seed, *key))
        self._legs += 1
        self._next()

    def _next(self) -> None:
        arrival = next(self._coming, None)
        if arrival is None:
            self.due = None
        else:
            self.due = Arrival(self._begin_s + arrival.due_s, self._stages + arrival.stage)
        self._turn_over()

    def _turn_over(self) -> None:
        """Where the next arrival lies behind a revision, it does not come; what comes is as revised."""
        if self._revisions and (self.due is None or self.due.due_s >= self._revisions[0].at_s):
            revision = self._revisions.pop(0)
            if revision.mix:
                self._remix(self.number, revision.mix)
            if revision.arrivals is not None:
                self._begin(revision.arrivals, revision.at_s)
            else:
                self._go_on()

    def _go_on(self) -> None:
        """The same process under new stages: what comes before a revision and what after it is told apart."""
        self._stages += self._labels
        if self.due is not None:
            self.due = Arrival(self.due.due_s, self.due.stage + self._labels)
        self._turn_over()
