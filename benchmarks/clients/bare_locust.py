"""A bare Locust loop: FastHttpUsers posting prepared bytes, headless, in one process.

python -m benchmarks.clients.bare_locust URL TURNS OPEN
"""

import sys
from itertools import cycle
from urllib.parse import urlsplit

from gevent.event import Event
from locust import FastHttpUser, constant, task
from locust.env import Environment
from locust.exception import StopUser

from benchmarks.clients.figures import Figures, Meter, tell
from benchmarks.ground.bodies import requests

_HEADERS = {"Content-Type": "application/json"}


def drive(url: str, turns: int, at_once: int) -> Figures:
    """Post `turns` requests by `at_once` users; the clock starts with the first request."""
    bodies = cycle(body.decode() for body in requests(stream=False))
    left = iter(range(turns))
    where = urlsplit(url)
    started: list[Meter] = []
    stopped: list[FastHttpUser] = []
    done = Event()

    class Customer(FastHttpUser):
        host = f"{where.scheme}://{where.netloc}"
        wait_time = constant(0)

        @task
        def say(self) -> None:
            if not started:
                started.append(Meter())
            if next(left, None) is None:
                stopped.append(self)
                if len(stopped) == at_once:
                    done.set()
                raise StopUser
            self.client.post(where.path, data=next(bodies), headers=_HEADERS)

    environment = Environment(user_classes=[Customer])
    runner = environment.create_local_runner()
    runner.start(at_once, spawn_rate=at_once)
    done.wait()
    total = environment.stats.total
    figures = started[0].read("locust", total.num_requests, total.num_failures)
    runner.quit()
    return figures


if __name__ == "__main__":
    url, turns, at_once = sys.argv[1:]
    tell(drive(url, int(turns), int(at_once)))
