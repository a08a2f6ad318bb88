"""Locust's own ways: shapes of load, tasks beside ours, and the locustfiles that are shipped."""

import csv
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from locust_bridge_sessions import PATIENCE_S, accounted, results, seats_taken, started_in

from hubbub.journal import read_folder
from hubbub.model import Conversation

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
Locust = Callable[..., subprocess.Popen]
SHAPE = """
from locust import LoadTestShape


class Steps(LoadTestShape):
    def tick(self):
        at_s = self.get_run_time()
        return (3, 10) if at_s < 5 else (9, 10) if at_s < 10 else None
"""


def test_a_shape_says_how_many_conversations_are_open_and_when_the_run_ends(
    house: Path, locust: Locust, write: Callable[..., None]
) -> None:
    write(arrivals="{process: closed, open: 1}", duration=60, speed=100)
    (house / "small.py").write_text((house / "small.py").read_text() + SHAPE)
    session = locust("--headless", "--processes", "2")
    assert session.wait(PATIENCE_S) == 130, session.said()  # it ended before the workload's time
    folder = results(house)
    assert accounted(folder)
    taken = seats_taken(folder)
    few = taken[: next(at for at, seats in enumerate(taken) if seats > 3)]
    assert (max(few), max(taken)) == (3, 9)
    assert max(due_s for _, _, due_s in started_in(folder)) < 30


def test_a_shapes_users_are_the_most_who_are_held_at_once(
    house: Path, locust: Locust, write: Callable[..., None]
) -> None:
    write(arrivals="{process: constant, rate_per_s: 40}", duration=7, speed=100)
    (house / "small.py").write_text((house / "small.py").read_text() + SHAPE)
    session = locust("--headless")
    session.wait(PATIENCE_S)
    folder = results(house)
    assert accounted(folder)
    assert max(seats_taken(folder)) <= 9
    assert len(started_in(folder)) == 280, "customers come by the clock; who finds no seat is written down as dropped"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Path]:
    """The shipped locustfiles with their workloads, for seconds instead of minutes, and an agent where they look."""
    for folder in ("locustfiles", "personas", "workloads"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    words = [sys.executable, "-m", "hubbub", "agent", "--port", "0", "--announce", "--service-s", "0.03"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as agent:
        assert agent.stdout is not None
        url = json.loads(agent.stdout.readline())["url_openai"]
        for workload in (tmp_path / "workloads").glob("*.yaml"):
            text = re.sub(r"(?m)^(duration_s|drain_s|speed): .*\n", "", workload.read_text())
            text = re.sub(r"(?m)^warm_up_s: .*$", "warm_up_s: 0\nduration_s: 8\ndrain_s: 3\nspeed: 200", text)
            text = re.sub(r"(?m)^gates:\n(  - .*\n)*", "", text)
            workload.write_text(text.replace("http://127.0.0.1:8080/v1/chat/completions", url))
        yield tmp_path
        agent.terminate()


def ended_in(folder: Path) -> int:
    return sum(isinstance(r, Conversation) and r.ending != "cut_off" for r in read_folder(folder))


def longer(desk: Path, duration_s: int) -> None:
    for workload in (desk / "workloads").glob("*.yaml"):
        workload.write_text(re.sub(r"(?m)^duration_s: .*$", f"duration_s: {duration_s}", workload.read_text()))


@pytest.mark.parametrize("name", sorted(path.stem for path in (ROOT / "locustfiles").glob("*.py")))
def test_a_shipped_locustfile_is_short_and_runs(name: str, desk: Path, house: Path, locust: Locust) -> None:
    """One that holds a number open holds nobody in seconds that bring it no processor: it is given more of them then.

    Those by the clock hold whom they missed afterwards.
    """
    assert len((ROOT / "locustfiles" / f"{name}.py").read_text().splitlines()) < 30
    file = str(desk / "locustfiles" / f"{name}.py")
    for at, duration_s in enumerate((8, 40, 200)):
        longer(desk, duration_s)
        session = locust("--headless", "--csv", "t", file=file)
        code = session.wait(PATIENCE_S)
        assert code in (0, 3), session.said()  # 3: this machine may be too busy to judge by
        folder = results(house, at)
        assert accounted(folder)
        if code == 0 or ended_in(folder):
            break
    assert started_in(folder)
    rows = {(row["Type"], row["Name"]) for row in csv.DictReader((house / "t_stats.csv").read_text().splitlines())}
    assert {kind for kind, _ in rows} >= {"web-chat", "conversation"}
    assert (("watch", "clock") in rows) == (name == "soak"), "a task of one's own runs beside ours"
