"""Workers who join a run that is under way leave it as it is, and take part in the next."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from locust_bridge_sessions import START, accounted, asked, results, seats_taken, started_in, turns_in

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]
SEATS, PORT, WEB_PORT = 6, "15575", "18200"


def test_a_late_worker_changes_no_share_and_no_seat_and_joins_the_next_run(
    house: Path, locust: Callable[..., subprocess.Popen], until: Callable[..., None], write: Callable[..., None]
) -> None:
    write(arrivals=f"{{process: closed, open: {SEATS}}}", duration=14, speed=100)
    master = locust("--master", "--web-port", WEB_PORT, "--master-bind-port", PORT, "--enable-rebalancing")
    url = f"http://127.0.0.1:{WEB_PORT}"

    def workers() -> int:
        try:
            return asked(url, "/worker-count")[1]["worker_count"]
        except OSError:
            return 0

    for number in (1, 2):
        locust("--worker", "--master-port", PORT)
        until(lambda number=number: workers() == number)
    start = START | {"user_count": str(SEATS), "spawn_rate": str(SEATS)}
    assert asked(url, "/swarm", start)[1]["success"]
    until(lambda: (house / "results").is_dir() and turns_in(results(house)) > 20)
    at_s = asked(url, "/hubbub/state")[1]["frames"][-1:] or [{"at_s": 3.0}]
    locust("--worker", "--master-port", PORT)
    until(lambda: workers() == 3)
    until(lambda: (results(house) / "verdict.json").exists())
    folder = results(house)
    assert accounted(folder)
    assert sorted(path.name for path in folder.glob("journal.*")) == ["journal.0.jsonl", "journal.1.jsonl"]
    assert {number % 2 for number, _, _ in started_in(folder)} == {0, 1}
    for since_s in (at_s[0]["at_s"], 11.5):  # between one customer and the next a seat is empty for a moment
        assert max(seats_taken(folder, since_s + tenths / 10) for tenths in range(20)) == SEATS

    until(lambda: asked(url, "/stats/requests")[1]["state"] == "stopped")
    assert asked(url, "/swarm", start | {"duration": "3"})[1]["success"]
    until(lambda: len(list((house / "results").iterdir())) == 2)
    until(lambda: (results(house, at=1) / "verdict.json").exists())
    assert len(list(results(house, at=1).glob("journal.*.jsonl"))) == 3
    assert accounted(results(house, at=1))
    assert master.poll() is None
