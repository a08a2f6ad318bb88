"""CPU per turn, of Hubbub and of bare loops that do less, in interleaved rounds on one ground.

python -m benchmarks.turns json      non-streamed: hubbub, aiohttp, locust
python -m benchmarks.turns burst     64 events in one packet: hubbub, aiohttp
python -m benchmarks.turns packet    16 events in one packet
python -m benchmarks.turns paced     first text after 200 ms, 16 events at 10 ms
"""

import argparse
import platform
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from statistics import median

import msgspec

from benchmarks.clients.figures import Figures
from benchmarks.ground.raw import BURST_EVENTS, PACED_EVENTS
from benchmarks.ground.servers import ground

ROOT = Path(__file__).parents[1]
SCENES = {"json": 0, "burst": BURST_EVENTS, "packet": PACED_EVENTS, "paced": PACED_EVENTS}
CLIENTS = ("hubbub", "aiohttp", "locust")


def round_of(client: str, scene: str, url: str, turns: int, at_once: int) -> Figures:
    """One client's run, in a process of its own."""
    stream = bool(SCENES[scene])
    module = "benchmarks.clients.hubbub" if client == "hubbub" else f"benchmarks.clients.bare_{client}"
    words = [sys.executable, "-m", module, f"{url}/{scene}", str(turns), str(at_once), *(["stream"] if stream else [])]
    ran = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise SystemExit(f"{client} failed:\n{ran.stderr}")
    figures = msgspec.json.decode(ran.stdout.splitlines()[-1], type=Figures)
    if figures.failed:
        raise SystemExit(f"{client}: {figures.failed} of {figures.turns} turns failed")
    return figures


def clients_for(scene: str, asked: Sequence[str]) -> list[str]:
    """Those asked for that can do the scene: Locust does not stream."""
    there = [c for c in asked if c != "hubbub" or find_spec("benchmarks.clients.hubbub")]
    return [c for c in there if c != "locust" or not SCENES[scene]]


def spread(values: Sequence[float], digits: int = 3) -> str:
    """The median, and the least and the most."""
    return f"{median(values):.{digits}f} ({min(values):.{digits}f}-{max(values):.{digits}f})"


def table(scene: str, rounds: list[list[Figures]]) -> str:
    """One row a client; ratios are taken within a round, then their median."""
    lines = ["client     turns  CPU-s per 1,000 turns  turns per CPU-s  RSS MB  the first's cost / this one's, paired"]
    for column in zip(*rounds, strict=True):
        cost = spread([figures.ms_per_turn for figures in column])
        ratio = spread(
            [row[0].ms_per_turn / figures.ms_per_turn for figures, row in zip(column, rounds, strict=True)], 2
        )
        rate = median(figures.turns / figures.cpu_s for figures in column)
        turns = median(figures.turns for figures in column)
        rss_mb = max(figures.rss_mb for figures in column)
        events = f"  {rate * SCENES[scene]:,.0f} events per CPU-s" if SCENES[scene] else ""
        lines.append(f"{column[0].client:9} {turns:6.0f}  {cost:21}  {rate:15,.0f}  {rss_mb:6.1f}  {ratio}{events}")
    return "\n".join(lines)


def main() -> None:
    """Run the rounds and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scene", choices=SCENES)
    parser.add_argument("--clients", default=",".join(CLIENTS))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--turns", type=int, default=4000, help="turns in a round, of each client")
    parser.add_argument("--open", type=int, default=50, help="exchanges open at once")
    asked = parser.parse_args()
    clients = clients_for(asked.scene, asked.clients.split(","))
    with ground(stream=bool(SCENES[asked.scene])) as (url, server):
        rounds = [
            [round_of(client, asked.scene, url, asked.turns, asked.open) for client in clients]
            for _ in range(asked.rounds)
        ]
    versions = ", ".join(f"{name} {version(name)}" for name in ("hubbub", "aiohttp", "uvloop", "locust"))
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, Python {platform.python_version()}, {versions}")
    print(f"{asked.scene} on {server}; {asked.rounds} interleaved rounds, {asked.open} open; median (min-max)")
    print(table(asked.scene, rounds))


if __name__ == "__main__":
    main()
