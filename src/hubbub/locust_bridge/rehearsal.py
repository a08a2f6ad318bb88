"""What a locustfile calls: a workload becomes a Locust user class, and Locust's session is ours to serve."""

import sys
from pathlib import Path
from typing import Any

from locust import User, constant, events, task
from locust.env import Environment
from locust.runners import MasterRunner, WorkerRunner

from hubbub.errors import HubbubError
from hubbub.locust_bridge.director import Director
from hubbub.locust_bridge.loop_thread import LoopThread
from hubbub.locust_bridge.player import Player
from hubbub.locust_bridge.rows import By
from hubbub.locust_bridge.wishes import add_options
from hubbub.specs.workload import LoadedWorkload, load_workload

_A_LONG_TIME_S = 1_000_000.0


def rehearse(workload: str | Path, *, rows: By = "persona") -> type[User]:
    """A Locust user class whose users are this workload's customers; assign it to a name in the locustfile.

    With an arrival process customers come by the clock and Locust's users are the most that are held at once (one
    user, the default, stands for the workload's `max_open`). With `process: closed` each user is one open conversation.
    `rows` names Locust's rows by persona or by intent. A mistake in the workload ends Locust with exit code 2.
    """
    try:
        loaded = load_workload(Path(workload))
    except HubbubError as error:
        print(f"hubbub: {error}", file=sys.stderr)
        sys.exit(error.exit_code)

    class Customers(User):
        """A seat in the house: the conversations are held elsewhere."""

        wait_time = constant(_A_LONG_TIME_S)
        host = loaded.workload.agent.url

        @task
        def sit(self) -> None:
            """Be there."""

    events.init_command_line_parser.add_listener(lambda parser, **_: add_options(parser, loaded))
    events.init.add_listener(lambda environment, **_: _serve(environment, loaded, Customers.__name__, rows))
    return Customers


def _serve(environment: Environment, loaded: LoadedWorkload, user_class: str, rows: By) -> None:
    options: Any = environment.parsed_options
    thread = LoopThread()
    if not isinstance(environment.runner, WorkerRunner):
        _take_over(options, loaded)
        Director(environment, thread, loaded)
    if not isinstance(environment.runner, MasterRunner):
        Player(environment, thread, user_class, rows)


def _take_over(options: Any, loaded: LoadedWorkload) -> None:
    """Locust's own options as ours: a run time is a duration, and users without a number are the workload's."""
    if options.run_time:
        options.duration, options.run_time = float(options.run_time), None
    seats = loaded.workload.arrivals.open
    if options.num_users is None and seats is not None:
        options.num_users = seats
    if options.spawn_rate is None and options.num_users is not None:
        options.spawn_rate = min(100.0, float(options.num_users))
