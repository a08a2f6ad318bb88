"""A process that holds conversations: it does what its director says, over Locust's own messages."""

import logging
import os
import time
from functools import partial
from pathlib import Path
from typing import Any, cast

import gevent
import msgspec
from gevent.event import Event
from gevent.queue import SimpleQueue
from locust.env import Environment
from locust.runners import WorkerRunner

from hubbub.engine import Share
from hubbub.errors import HubbubError, UsageError
from hubbub.health import raise_file_limit
from hubbub.locust_bridge.holding import Holding
from hubbub.locust_bridge.loop_thread import LoopThread, start_real_thread
from hubbub.locust_bridge.moments import Moment, here
from hubbub.locust_bridge.places import loopback
from hubbub.locust_bridge.rows import By, Rows
from hubbub.locust_bridge.sending import send_journal
from hubbub.locust_bridge.stories import Stories
from hubbub.locust_bridge.wishes import results_folder
from hubbub.model import Record
from hubbub.runs.loops import calm_collector
from hubbub.runs.plan import Plan, read_plan
from hubbub.runs.portion import JOURNAL
from hubbub.stats.board import Board
from hubbub.timetable import Revision

_LOOK_EVERY_S = 0.25
_BOARD_EVERY_S = 1.0
_MASTER_SILENT_S = 3.5
_STOPS_WITHIN_S = 30.0
_EXIT_LOST = 3
_log = logging.getLogger("hubbub")


class Player:
    """One process's part in the runs of a session."""

    def __init__(self, environment: Environment, thread: LoopThread, by: By) -> None:
        self._environment = environment
        self._runner = cast(Any, environment.runner)
        options = cast(Any, environment.parsed_options)
        self._results = results_folder(options).absolute()  # now: a master's options will replace these
        self._sends = bool(options.send_journals)
        self._thread = thread
        self._worker = 0
        self._by: By = by
        self._holding: Holding | None = None
        self._ended: bool | None = None  # once it was told to end: whether at once
        self._plan: Plan | None = None
        self._board = Board()
        self._stories = Stories()
        self._batches: SimpleQueue[list[Record]] = SimpleQueue()
        self._over = Event()
        self._over.set()
        self._capped, self._users = False, 0
        self._got: SimpleQueue[int] = SimpleQueue()
        self._filing = gevent.Greenlet()
        self._journal = Path()
        self._shared = False
        self._seats: tuple[int | None, int | None] = (None, None)
        for name in ("prepare", "start", "revise", "users", "stop", "got"):
            self._runner.register_message(f"hubbub_{name}", getattr(self, f"_on_{name}"))
        environment.events.test_stopping.add_listener(lambda **_: self.stop())
        environment.events.quitting.add_listener(self._on_quitting)
        if isinstance(self._runner, WorkerRunner):
            environment.events.report_to_master.add_listener(self._on_report)

    @property
    def busy(self) -> bool:
        """Whether a run is under way here."""
        return not self._over.is_set()

    def stop(self, *, at_once: bool = False) -> None:
        """End the run that is under way, if one is, and wait until its journal is closed."""
        if self.busy:
            self._end(at_once=at_once)
            self._over.wait(_STOPS_WITHIN_S)

    def _end(self, *, at_once: bool) -> None:
        """End what is held, or what is about to be."""
        self._ended = self._ended or at_once
        if self._holding is not None:
            self._thread.soon(partial(self._holding.stop, at_once=at_once))

    # -- what the director says ----------------------------------------------------------------------------------

    def _on_prepare(self, environment: Environment, msg: Any) -> None:
        self._over.clear()
        self._holding, self._ended = None, None
        gevent.spawn(self._prepare, msg.data)

    def _prepare(self, data: dict[str, Any]) -> None:
        plan = msgspec.json.decode(data["plan"], type=Plan)
        self._plan, self._seats = plan, (None, None)
        self._capped, self._users = bool(data["capped"]), int(data["users"])
        self._board, self._stories = Board(), Stories()
        self._worker = worker = int(data["worker"])
        try:
            check_reach(plan, str(data["loopback"]))
            folder = self._folder(Path(data["folder"]), plan)
            raise_file_limit()
            calm_collector()
            rows = Rows(self._environment, (c.persona for c in plan.customers), self._by)
            holding = Holding(plan, worker, folder, lambda batch: self._thread.tell(lambda: self._batches.put(batch)))
            self._thread.call(holding.make_ready(start_real_thread)).get()
        except HubbubError as error:
            self._over.set()
            self._send("ready", {"run": plan.run_id, "problem": str(error), "code": error.exit_code})
            return
        if self._ended is not None:  # stopped while it was being made ready
            self._thread.soon(partial(holding.stop, at_once=self._ended))
        self._holding = holding
        self._filing = gevent.spawn(self._file, rows)
        self._journal = folder / JOURNAL.format(worker=worker)
        self._send("ready", {"run": plan.run_id, "problem": "", "code": 0})

    def _on_start(self, environment: Environment, msg: Any) -> None:
        if self._holding is not None:
            gevent.spawn(self._hold, self._holding, here(msgspec.convert(msg.data["start"], Moment)))

    def _on_revise(self, environment: Environment, msg: Any) -> None:
        if self._holding is not None:
            gevent.spawn(self._revise, self._holding, msgspec.convert(msg.data["revision"], Revision))

    def _on_users(self, environment: Environment, msg: Any) -> None:
        self._capped, self._users = bool(msg.data["capped"]), int(msg.data["users"])

    def _on_stop(self, environment: Environment, msg: Any) -> None:
        if self.busy:
            self._end(at_once=bool(msg.data["at_once"]))

    def _on_got(self, environment: Environment, msg: Any) -> None:
        if self._plan is not None and msg.data["run"] == self._plan.run_id:
            self._got.put(int(msg.data["size"]))

    def _on_quitting(self, **_: Any) -> None:
        held = self.busy
        self.stop()
        if isinstance(self._runner, WorkerRunner) and self._environment.process_exit_code is None:
            self._environment.process_exit_code = _EXIT_LOST if held and self.busy else 0

    # -- a run ---------------------------------------------------------------------------------------------------

    def _folder(self, folder: Path, plan: Plan) -> Path:
        """The run's own folder where this process can see it; else one of that name among its own results."""
        try:
            if read_plan(folder).run_id == plan.run_id and not self._sends:
                self._shared = True
                return folder
        except (HubbubError, OSError):
            pass  # another machine's folder
        self._shared = False
        own = self._results / f"{plan.run_id}-worker-{os.getpid()}"
        try:
            own.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f"cannot write results to {own}: {error.strerror}") from None
        return own

    def _hold(self, holding: Holding, start: float) -> None:
        watching = gevent.spawn(self._watch, holding)
        problem, interrupted = "", False
        try:
            interrupted = self._thread.call(holding.hold(start)).get().interrupted
        except HubbubError as error:
            problem = str(error)
        watching.kill()
        self._batches.put([])  # the last: what came before it is filed when the greenlet ends
        self._filing.join()
        self._board = self._thread.call(holding.board()).get()
        self._tell()
        assert self._plan is not None
        run = {"run": self._plan.run_id}
        if not self._shared:
            problem = problem or send_journal(self._journal, lambda name, of: self._send(name, run | of), self._got)
        self._send("closed", {**run, "problem": problem, "interrupted": interrupted})
        self._over.set()

    def _file(self, rows: Rows) -> None:
        while batch := self._batches.get():
            rows.take(batch)
            self._stories.take(batch)

    def _revise(self, holding: Holding, revision: Revision) -> None:
        if not self._thread.call(holding.revise(revision)).get() and self.busy:
            assert self._plan is not None
            self._send("problem", {"run": self._plan.run_id, "problem": "a change of the load came too late here"})
            self._thread.soon(partial(holding.stop, at_once=True))  # who comes is not the same for all from here on

    def _watch(self, holding: Holding) -> None:
        """Seats follow Locust's users, the board goes out, and without a master nothing goes on."""
        next_board = time.monotonic()
        while True:
            self._reseat(holding)
            if time.monotonic() >= next_board:
                next_board += _BOARD_EVERY_S
                self._board = self._thread.call(holding.board()).get()
                if not isinstance(self._runner, WorkerRunner):
                    self._tell()
            if self._master_is_gone():
                _log.error("the master has not been heard of for %g s: the load ends here", _MASTER_SILENT_S)
                self._environment.process_exit_code = _EXIT_LOST
                self._thread.soon(partial(holding.stop, at_once=True))
                gevent.spawn(self._leave)
                return
            gevent.sleep(_LOOK_EVERY_S)

    def _leave(self) -> None:
        self._over.wait(_STOPS_WITHIN_S)
        self._runner.quit()

    def _master_is_gone(self) -> bool:
        heard = getattr(self._runner, "last_heartbeat_timestamp", None)
        return heard is not None and time.time() - heard > _MASTER_SILENT_S

    def _reseat(self, holding: Holding) -> None:
        """This worker's share of the users, whichever of Locust's workers sits them: some may have come later."""
        assert self._plan is not None
        users = Share(self._worker, self._plan.workers).of(self._users)
        closed = self._plan.workload.arrivals.process == "closed"
        seats = (None, users) if closed else (users if self._capped else None, None)
        if seats != self._seats:
            self._seats = seats
            self._thread.soon(partial(holding.resize, *seats))

    # -- what the director is told -------------------------------------------------------------------------------

    def _report(self) -> dict[str, Any]:
        assert self._plan is not None
        stories = self._stories.news()
        return {
            "run": self._plan.run_id,
            "board": msgspec.msgpack.encode(self._board),
            "stories": msgspec.msgpack.encode(stories),
        }

    def _on_report(self, client_id: str, data: dict[str, Any]) -> None:
        if self._plan is not None and self.busy:
            data["hubbub"] = self._report()

    def _tell(self) -> None:
        """Locust's rows and our board, now: Locust itself sends them every three seconds, and not at the very end."""
        if isinstance(self._runner, WorkerRunner):
            data: dict[str, Any] = {}
            self._environment.events.report_to_master.fire(client_id=self._runner.client_id, data=data)
            self._runner.send_message("stats", data)
        else:
            self._send("report", self._report())

    def _send(self, name: str, data: dict[str, Any]) -> None:
        self._runner.send_message(f"hubbub_{name}", data)


def check_reach(plan: Plan, loopback_of_agent: str) -> None:
    """An embedded agent listens on its own machine's 127.0.0.1; from elsewhere that address is somebody else."""
    if plan.workload.agent.embedded is not None and loopback_of_agent != loopback():
        raise UsageError(
            "this worker is on another machine, or in another container, than the embedded agent, and cannot reach its"
            " 127.0.0.1: serve the agent by `hubbub agent --expose`, and name its address as `agent: url:`"
        )
