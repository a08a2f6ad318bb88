"""Workers who join a run that is under way leave it as it is, and take part in the next."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from locust_bridge_sessions import START, accounted, asked, results, seats_taken, started_in, turns_in

from benchmarks.ports import free_port

pytestmark = pytest.mark.slow
SEATS = 6


def test_a_late_worker_changes_no_share_and_no_seat_and_joins_the_next_run(
    house: Path, locust: Callable[..., subprocess.Popen], until: Callable[..., None], write: Callable[..., None]
) -> None:
    write(arrivals=f"{{process: closed, open: {SEATS}}}", duration=240, speed=100)
    port, web_port = (str(free_port()) for _ in range(2))
    master = locust("--master", "--web-port", web_port, "--master-bind-port", port, "--enable-rebalancing")
    url = f"http://127.0.0.1:{web_port}"

    def workers() -> int:
        try:
            return asked(url, "/worker-count")[1]["worker_count"]
        except OSError:
            return 0

    for number in (1, 2):
        locust("--worker", "--master-port", port)
        until(lambda number=number: workers() == number)
    start = START | {"user_count": str(SEATS), "spawn_rate": str(SEATS)}
    assert asked(url, "/swarm", start)[1]["success"]
    until(lambda: (house / "results").is_dir() and turns_in(results(house)) > 20)
    folder = results(house)
    locust("--worker", "--master-port", port)
    until(lambda: workers() == 3)
    joined_s, turns = max(due_s for *_, due_s in started_in(folder)), turns_in(folder)
    until(lambda: turns_in(folder) > turns + 60)
    assert asked(url, "/stop", {})[0] == 200
    until(lambda: (folder / "verdict.json").exists())
    assert accounted(folder)
    assert sorted(path.name for path in folder.glob("journal.*")) == ["journal.0.jsonl", "journal.1.jsonl"]
    assert {number % 2 for number, _, _ in started_in(folder)} == {0, 1}
    assert max(seats_taken(folder)) == max(seats_taken(folder, joined_s)) == SEATS

    until(lambda: asked(url, "/stats/requests")[1]["state"] == "stopped")
    assert asked(url, "/swarm", start | {"duration": "3"})[1]["success"]
    until(lambda: len(list((house / "results").iterdir())) == 2)
    until(lambda: (results(house, at=1) / "verdict.json").exists())
    assert len(list(results(house, at=1).glob("journal.*.jsonl"))) == 3
    assert accounted(results(house, at=1))
    assert master.poll() is None
