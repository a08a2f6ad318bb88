"""What a locustfile calls: a workload becomes a Locust user class, and Locust's session is ours to serve."""

import os
import secrets
import sys
from pathlib import Path
from typing import Any

from gevent.monkey import is_module_patched
from locust import User, constant, events, task
from locust.env import Environment
from locust.runners import MasterRunner, WorkerRunner

from hubbub.errors import HubbubError
from hubbub.locust_bridge.director import Director
from hubbub.locust_bridge.guard import TOKEN_VARIABLE as WEB_TOKEN
from hubbub.locust_bridge.guard import Guard, is_loopback, token_problem
from hubbub.locust_bridge.joining import TOKEN_VARIABLE as JOIN_TOKEN
from hubbub.locust_bridge.joining import require_token
from hubbub.locust_bridge.loop_thread import LoopThread
from hubbub.locust_bridge.player import Player
from hubbub.locust_bridge.rows import By
from hubbub.locust_bridge.web import Pages
from hubbub.locust_bridge.wishes import add_options, results_folder, shown_host
from hubbub.specs.workload import LoadedWorkload, load_workload

_A_LONG_TIME_S = 1_000_000.0
_USAGE = 2


def rehearse(workload: str | Path, *, rows: By = "persona") -> type[User]:
    """A Locust user class whose users are this workload's customers; assign it to a name in the locustfile.

    With an arrival process customers come by the clock and Locust's users are the most that are held at once (one
    user, the default, stands for the workload's `max_open`). With `process: closed` each user is one open conversation.
    `rows` names Locust's rows by persona or by intent. A mistake in the workload, or a process that Locust was told not
    to patch, ends Locust with exit code 2.
    """
    _require_patched()
    try:
        loaded = load_workload(Path(workload))
    except HubbubError as error:
        print(f"hubbub: {error}", file=sys.stderr)
        sys.exit(error.exit_code)

    class Customers(User):
        """A seat in the house: the conversations are held elsewhere."""

        wait_time = constant(_A_LONG_TIME_S)
        host = shown_host(loaded)

        @task
        def sit(self) -> None:
            """Be there."""

    require_token(_join_token())
    events.init_command_line_parser.add_listener(lambda parser, **_: add_options(parser, loaded))
    events.init.add_listener(lambda environment, **_: _serve(environment, loaded, Customers.__name__, rows))
    return Customers


def _require_patched() -> None:
    """Unpatched, a master of Locust waits for its workers for ever without a word."""
    if not is_module_patched("socket"):
        print("hubbub: Locust has not patched this process: unset LOCUST_SKIP_MONKEY_PATCH", file=sys.stderr)
        sys.exit(_USAGE)


def _serve(environment: Environment, loaded: LoadedWorkload, user_class: str, rows: By) -> None:
    options: Any = environment.parsed_options
    thread = LoopThread()
    if not isinstance(environment.runner, WorkerRunner):
        _take_over(options, environment, loaded)
        director = Director(environment, thread, loaded, user_class)
        if environment.web_ui is not None:
            Pages(environment, director, _guard(options), results_folder(options).absolute())
    if not isinstance(environment.runner, MasterRunner):
        Player(environment, thread, rows)


def _guard(options: Any) -> Guard:
    """Beyond this machine a token is needed, or a login that the locustfile's author has seen to."""
    if is_loopback(options.web_host) or options.web_login:
        return Guard(elsewhere=not is_loopback(options.web_host))
    token = os.environ.get(WEB_TOKEN, "")
    problem = token_problem(token)
    if problem:
        host = options.web_host or "every address"
        print(f"hubbub: {WEB_TOKEN} {problem}, and the page would be served on {host}", file=sys.stderr)
        sys.exit(_USAGE)
    return Guard(token)


def _join_token() -> str:
    """The token that workers and master share. Processes of one command share one that nobody else ever sees."""
    forked = any(word.startswith("--processes") for word in sys.argv) or "LOCUST_PROCESSES" in os.environ
    return os.environ.get(JOIN_TOKEN, "") or (secrets.token_hex(32) if forked else "")


def _take_over(options: Any, environment: Environment, loaded: LoadedWorkload) -> None:
    """Locust's own options as ours: a run time is a duration, and users without a number are the workload's."""
    if options.run_time:
        options.duration, options.run_time = float(options.run_time), None
    seats = loaded.workload.arrivals.open
    if options.num_users is None and seats is not None:
        options.num_users = seats + sum(one.fixed_count for one in environment.user_classes)
    if options.spawn_rate is None and options.num_users is not None:
        options.spawn_rate = min(100.0, float(options.num_users))
