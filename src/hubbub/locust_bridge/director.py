"""The process that conducts runs: it opens them, gives all workers one start, waits for the last word, and judges."""

import logging
import sys
from typing import Any, cast

import gevent
import msgspec
from locust.env import Environment
from locust.runners import MasterRunner
from rich.console import Console

from hubbub.errors import HubbubError
from hubbub.locust_bridge.loop_thread import LoopThread
from hubbub.locust_bridge.moments import in_s
from hubbub.locust_bridge.places import loopback
from hubbub.locust_bridge.sending import Collected
from hubbub.locust_bridge.show import FRAME_S, Show
from hubbub.locust_bridge.staging import Staging
from hubbub.locust_bridge.stories import Told
from hubbub.locust_bridge.wishes import at_rate, read_wishes, results_folder, wanted
from hubbub.reports.evidence import Evidence, read_evidence
from hubbub.reports.files import write_reports
from hubbub.reports.terminal import show
from hubbub.runs.opening import open_run
from hubbub.runs.plan import Plan
from hubbub.runs.portion import JOURNAL
from hubbub.specs.workload import LoadedWorkload
from hubbub.stats.board import Board
from hubbub.timetable import Revision

_READY_WITHIN_S = 90.0  # half a second on an idle machine
_SETTLE_S = 0.5
_CALLED_OFF_WITHIN_S = 5.0
_GRACE_S = 30.0  # what workers get beyond the planned end to close their journals and send them
_ABOUT_TO_END_S = 5.0  # a stop that comes this close to the planned end is the planned end
_REVISED_IN_S = 2.0  # long enough for all workers to hear of it before it takes effect
_EXIT_INVALID = 3
_log = logging.getLogger("hubbub")


class Director:
    """What conducts the runs of a session: one at a time, each with a results folder and a verdict."""

    def __init__(self, environment: Environment, thread: LoopThread, loaded: LoadedWorkload, user_class: str) -> None:
        self.loaded = loaded
        self.show: Show | None = None  # the run that is under way, or the last one
        self.problem = ""  # why the last run could not begin
        self.rate: float | None = None  # the arrival rate that was wished for last
        self.mix: dict[str, float] = {}  # and the mix
        self._environment = environment
        self._options = cast(Any, environment.parsed_options)
        self._runner = cast(Any, environment.runner)
        self._thread = thread
        self._user_class = user_class  # of the seats
        self._run: Staging | None = None
        self._starting = False
        for name in ("ready", "report", "problem", "journal", "closed"):
            self._runner.register_message(f"hubbub_{name}", getattr(self, f"_on_{name}"))
        environment.events.test_start.add_listener(self._on_test_start)
        environment.events.test_stopping.add_listener(lambda **_: self.stop())
        environment.events.quitting.add_listener(lambda **_: self.stop())
        if isinstance(self._runner, MasterRunner):
            environment.events.worker_report.add_listener(self._on_worker_report)

    @property
    def busy(self) -> bool:
        """Whether a run is under way, or about to be."""
        return self._starting or (self._run is not None and not self._run.over.is_set())

    def stop(self) -> None:
        """End the run that is under way, if one is, and wait for its verdict. Near its planned end it takes that."""
        while self._starting:
            gevent.sleep(0.05)
        run = self._run
        if run is None or run.over.is_set():
            return
        if run.left_s > _ABOUT_TO_END_S:
            run.stopping = True
            self._say("stop", {"at_once": False})
        run.over.wait(run.opened.plan.workload.drain_s + 2 * _GRACE_S)

    def revise(self, rate: float | None, mix: dict[str, float]) -> str:
        """Let customers come at this rate, of this mix, from a moment in the near future on.

        None and empty leave it. Returns why that cannot be, else nothing.
        """
        run = self._run
        if run is None or not run.start or run.over.is_set():
            return "there is no run to change"
        rate, mix = None if rate == self.rate else rate, {} if mix == self.mix else mix
        if rate is None and not mix:
            return ""
        problem = _against(run.opened.plan, mix)
        if problem:
            return problem
        arrivals = None if rate is None else at_rate(rate)
        revision = Revision(round(run.at_s + _REVISED_IN_S, 3), arrivals, mix)
        run.revise(revision)
        self.rate, self.mix = rate or self.rate, mix or self.mix
        self._say("revise", {"revision": msgspec.to_builtins(revision)})
        return ""

    # -- a run ---------------------------------------------------------------------------------------------------

    def _on_test_start(self, **_: Any) -> None:
        if not self.busy:
            self._starting = True
            gevent.spawn(self._conduct)

    def _conduct(self) -> None:
        code, self.problem, run = _EXIT_INVALID, "", None
        try:
            run = self._open()
            self._starting = False
            code = self._see_through(run)
        except HubbubError as error:
            code = error.exit_code
            self.problem = f"{error}{f' {error.remedy}' if error.remedy else ''}"
            _log.error("%s", self.problem)
        finally:
            self._starting = False
            self._environment.process_exit_code = code
            if run is not None:
                run.over.set()
            self._end_test()

    def _see_through(self, run: Staging) -> int:
        """Hold a run and judge it, or say why it could not begin; returns the exit code."""
        try:
            held = self._hold(run)
        finally:
            self._thread.call(run.opened.close()).get()
        if held:
            return self._judge(run)
        self.problem = run.show.verdict = f"could not begin: {'; '.join(run.problems)}"
        return run.code

    def _open(self) -> Staging:
        wishes = read_wishes(vars(self._options))
        workload = wanted(self.loaded, wishes)
        self.rate = wishes.arrival_rate
        self.mix = {persona.persona: weight for persona, weight in workload.personas}
        members = {"local": 0}
        if isinstance(self._runner, MasterRunner):
            clients = self._runner.clients
            members = {c.id: i for i, c in enumerate(clients.ready + clients.spawning + clients.running)}
        folder, probe = results_folder(self._options).absolute(), not getattr(self._options, "no_probe", False)
        opened = self._thread.call(open_run(workload, folder, len(members), probe=probe)).get()
        run = self._run = Staging(self._environment, opened, members)
        self.show = run.show
        return run

    def _hold(self, run: Staging) -> bool:
        """Ready, start, and wait for the last word. False when the run could not begin."""
        seats = self._seats
        if not self._make_ready(run, seats):
            return False
        begin = in_s(_SETTLE_S)
        run.start = begin.steady
        self._say("start", {"start": msgspec.to_builtins(begin)})
        _log.info("Run %s: %d workers", run.opened.plan.run_id, len(run.members))
        watching = gevent.spawn(self._watch, run, seats)
        workload = run.opened.plan.workload
        if not run.wait_for(run.closed, workload.duration_s + workload.drain_s + _GRACE_S):
            run.stopping = True
            self._say("stop", {"at_once": True})
            run.wait_for(run.closed, _GRACE_S)
        watching.kill()
        run.show.frame(run.at_s)
        return True

    def _make_ready(self, run: Staging, seats: dict[str, int]) -> bool:
        common = {
            "plan": msgspec.json.encode(run.opened.plan),
            "folder": str(run.opened.folder),
            "loopback": loopback(),
            **seats,
        }
        for client, worker in run.members.items():
            self._say("prepare", {**common, "worker": worker}, client)
        if not run.wait_for(run.ready, _READY_WITHIN_S):
            run.note_problem("not every worker became ready", _EXIT_INVALID)
        if run.problems:
            self._call_off(run)
        return not run.problems

    def _call_off(self, run: Staging) -> None:
        """Whoever is ready closes its journal without having held anything."""
        run.stopping = True
        self._say("stop", {"at_once": True})
        self._say("start", {"start": msgspec.to_builtins(in_s(0))})
        run.wait_for(run.closed, _CALLED_OFF_WITHIN_S)

    def _watch(self, run: Staging, seats: dict[str, int]) -> None:
        """Frames for the charts, news of the lost, and changes of users and rate."""
        next_frame_s = FRAME_S
        while True:
            gevent.sleep(0.5)
            if run.at_s >= next_frame_s:
                next_frame_s += FRAME_S
                run.show.frame(run.at_s)
            if self._seats != seats:
                seats = self._seats
                self._say("users", seats)

    @property
    def _seats(self) -> dict[str, int]:
        """How many users sit there, in all processes, and whether they cap the open conversations.

        One user, Locust's default, stands for the whole house.
        """
        runner = self._runner
        there = runner.reported_user_classes_count if isinstance(runner, MasterRunner) else runner.user_classes_count
        capped = runner.target_user_count > len(runner.user_classes)
        return {"users": there.get(self._user_class, 0), "capped": int(capped)}

    def _judge(self, run: Staging) -> int:
        for lost in sorted(run.show.lost):
            _log.error("Lost: %s", lost)
        evidence = self._evidence(run)
        summary, verdict = evidence.summary, evidence.verdict
        write_reports(run.opened.folder, evidence)
        run.show.verdict = f"{verdict.verdict}: {'; '.join((*run.problems, *verdict.reasons))}"
        show(Console(highlight=False), summary, verdict, run.opened.folder)
        sys.stdout.flush()
        return run.code or verdict.exit_code

    def _evidence(self, run: Staging) -> Evidence:
        """From the journals, in a thread: Locust's heartbeats must not wait for it."""
        judging: Evidence = gevent.get_hub().threadpool.apply(read_evidence, (run.opened.folder,))
        return judging

    def _end_test(self) -> None:
        """The run is over, and so is Locust's test; without a page to look at, Locust too."""
        if self._options.headless:
            gevent.spawn(self._runner.quit)
        else:
            gevent.spawn(self._runner.stop)

    # -- what the players tell -----------------------------------------------------------------------------------

    def _member(self, msg: Any) -> Staging | None:
        run = self._run
        return run if run is not None and run.is_mine(msg.node_id, msg.data.get("run")) else None

    def _on_ready(self, environment: Environment, msg: Any) -> None:
        if (run := self._member(msg)) is not None:
            if msg.data["problem"]:
                self._note(run, msg.node_id, str(msg.data["problem"]), int(msg.data["code"]))
                run.closed.add(msg.node_id)  # it has not begun
            run.ready.add(msg.node_id)

    def _on_problem(self, environment: Environment, msg: Any) -> None:
        if (run := self._member(msg)) is not None:
            self._note(run, msg.node_id, str(msg.data["problem"]), _EXIT_INVALID)

    def _on_report(self, environment: Environment, msg: Any) -> None:
        self._take(msg.node_id, msg.data)

    def _on_worker_report(self, client_id: str, data: dict[str, Any]) -> None:
        if isinstance(report := data.get("hubbub"), dict):
            self._take(client_id, report)

    def _take(self, client: str, report: dict[str, Any]) -> None:
        run = self._run
        if run is not None and run.is_mine(client, report.get("run")):
            board = msgspec.msgpack.decode(report["board"], type=Board)
            run.show.report(client, board, msgspec.msgpack.decode(report["stories"], type=tuple[Told, ...]))

    def _on_journal(self, environment: Environment, msg: Any) -> None:
        if (run := self._member(msg)) is not None:
            name = JOURNAL.format(worker=run.members[msg.node_id])
            size = Collected(run.opened.folder).add(name, int(msg.data["offset"]), bytes(msg.data["bytes"]))
            self._say("got", {"run": msg.data["run"], "size": size}, msg.node_id)

    def _on_closed(self, environment: Environment, msg: Any) -> None:
        if (run := self._member(msg)) is not None:
            if msg.data["problem"]:
                self._note(run, msg.node_id, str(msg.data["problem"]), _EXIT_INVALID)
            elif msg.data["interrupted"] and not run.stopping:  # someone ended that process, and it did so in order
                run.show.lost.append(f"{run.share_of(msg.node_id)}, from second {run.at_s:.0f} on")
            run.closed.add(msg.node_id)

    def _note(self, run: Staging, client: str, problem: str, code: int) -> None:
        _log.error("%s: %s", client, problem)
        run.note_problem(f"worker {run.members[client]}: {problem}", code)

    def _say(self, name: str, data: dict[str, Any], client: str | None = None) -> None:
        run = self._run
        for member in [client] if client else list(run.members if run is not None else ()):
            self._runner.send_message(f"hubbub_{name}", data, member)


def _against(plan: Plan, mix: dict[str, float]) -> str:
    """What speaks against a change of a run's load; empty when nothing does."""
    if plan.workload.arrivals.process == "closed":
        return "with `process: closed` the next customer comes when one leaves: change the number of users"
    strangers = mix.keys() - {persona.persona for persona, _ in plan.personas}
    return f"mix: {min(strangers)} is not of this run: stop it and start another" if strangers else ""
