"""One run as its director sees it: who takes part, who is ready, who has closed, who was lost."""

import time

import gevent
from gevent.event import Event
from locust.env import Environment
from locust.runners import STATE_MISSING, MasterRunner
from msgspec.structs import replace

from hubbub.locust_bridge.show import Show
from hubbub.runs.opening import Opened
from hubbub.runs.plan import write_plan
from hubbub.timetable import Revision

_LOOK_EVERY_S = 0.1


class Staging:
    """A run under way. `members` are Locust's names of the processes, each with its worker's number."""

    def __init__(self, environment: Environment, opened: Opened, members: dict[str, int]) -> None:
        self.opened = opened
        self.members = members
        self.ready: set[str] = set()
        self.closed: set[str] = set()
        self.lost: set[str] = set()
        self.problems: list[str] = []
        self.code = 0  # of the first process with a problem
        self.start = 0.0
        self.stopping = False  # all are told to end
        self.over = Event()
        self.show = Show(opened.plan.run_id, len(members))
        self._environment = environment

    @property
    def at_s(self) -> float:
        """Seconds since the run's start; 0 before it."""
        return max(0.0, time.monotonic() - self.start) if self.start else 0.0

    @property
    def left_s(self) -> float:
        """Seconds until no more customers arrive."""
        return self.opened.plan.workload.duration_s - self.at_s

    def note_problem(self, problem: str, code: int) -> None:
        """Keep what a process could not do, and the exit code of the first."""
        self.problems.append(problem)
        self.code = self.code or code

    def revise(self, revision: Revision) -> None:
        """Keep a change of the load in the run's plan, so that its customers can be drawn again."""
        plan = self.opened.plan
        plan = replace(plan, revisions=(*plan.revisions, revision))
        write_plan(self.opened.folder, plan)
        self.opened = replace(self.opened, plan=plan)

    def is_mine(self, client: str, run_id: object) -> bool:
        """Whether a message is from a member, and of this run."""
        return client in self.members and run_id == self.opened.plan.run_id

    def wait_for(self, done: set[str], within_s: float) -> bool:
        """Wait until every member is done or lost; False when that took too long."""
        end = time.monotonic() + within_s
        while not self.members.keys() <= done | self.lost:
            if time.monotonic() > end:
                return False
            self.look_for_lost()
            gevent.sleep(_LOOK_EVERY_S)
        return True

    def look_for_lost(self) -> list[str]:
        """Note members whom Locust no longer hears of, and say what was theirs."""
        runner = self._environment.runner
        if not isinstance(runner, MasterRunner):
            return []
        gone = {
            client
            for client in self.members.keys() - self.closed - self.lost
            if client not in runner.clients or runner.clients[client].state == STATE_MISSING
        }
        self.lost |= gone
        told = [self.share_of(client) for client in sorted(gone)]
        self.show.lost += told
        return told

    def share_of(self, client: str) -> str:
        """A member, and which conversations are its own."""
        worker, workers = self.members[client], len(self.members)
        return f"worker {worker} of {workers} ({client}): conversations k with k mod {workers} = {worker}"
