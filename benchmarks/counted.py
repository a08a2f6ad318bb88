"""Is every conversation counted at quit? Runs of Locust with two workers, one after the other, each held to its books.

python -m benchmarks.counted --runs 10
"""

import argparse
import csv
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from hubbub.journal import read_folder
from hubbub.model import Conversation, Summary, Turn

_LOCUSTFILE = """\
from pathlib import Path
from hubbub.locust_bridge import rehearse
Customers = rehearse(Path(__file__).parent / "sixty.yaml")
"""
_PERSONA = """\
persona: tracker
goal: {intent: track_order, tells: [order_id]}
knows: {order_id: {pattern: "A-#####"}}
"""
_WORKLOAD = """\
workload: sixty
agent: {connector: openai-chat, embedded: {service_s: 0.03, tokens_per_s: 2000}, escalation: openai-tools}
customers: {from: tracker.yaml}
arrivals: {process: constant, rate_per_s: 30}
duration_s: 2
drain_s: 60
speed: 50
budget: {late_p99_s: 9, loop_lag_p99_s: 9}
"""


class Count(msgspec.Struct, frozen=True):
    """What each book says of one run."""

    exit_code: int
    cut_off: int  # by our own end, which Locust's table leaves out
    conversations: dict[str, int]
    turns: dict[str, int]

    @property
    def agree(self) -> bool:
        """Whether all books say the same, and the run ended in order."""
        return (
            not self.exit_code
            and not self.cut_off
            and len({*self.turns.values()}) == 1
            and {*self.conversations.values()} == {60}
        )


def on_a_port_of_its_own() -> dict[str, str]:
    """An environment in which Locust's processes meet at a port that nobody else here uses."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    return os.environ | {"LOCUST_MASTER_BIND_PORT": port, "LOCUST_MASTER_NODE_PORT": port}


def counted(house: Path) -> Count:
    """Hold one run and count it in every book."""
    words = [sys.executable, "-m", "locust", "-f", "sixty.py", "--headless", "--processes", "2", "--csv", "t"]
    ran = subprocess.run(words, cwd=house, capture_output=True, check=False, timeout=180, env=on_a_port_of_its_own())
    folder = max((house / "results").iterdir(), key=lambda path: path.stat().st_mtime_ns)
    summary = msgspec.json.decode((folder / "summary.json").read_bytes(), type=Summary)
    records = list(read_folder(folder))
    rows = list(csv.DictReader((house / "t_stats.csv").read_text().splitlines()))
    return Count(
        exit_code=ran.returncode,
        cut_off=sum(isinstance(record, Conversation) and record.ending == "cut_off" for record in records),
        conversations={
            "journal": sum(isinstance(record, Conversation) for record in records),
            "summary": summary.conversations,
            "locust": sum(int(row["Request Count"]) for row in rows if row["Type"] == "conversation"),
        },
        turns={
            "journal": sum(isinstance(record, Turn) for record in records),
            "summary": summary.turns,
            "locust": next(int(row["Request Count"]) for row in rows if row["Name"] == "Aggregated"),
            "agent": len((folder / "agent-truth.jsonl").read_bytes().splitlines()),
        },
    )


def runs(number: int) -> Iterator[Count]:
    """So many runs, in a house that is made for them."""
    with tempfile.TemporaryDirectory() as name:
        house = Path(name)
        (house / "sixty.py").write_text(_LOCUSTFILE)
        (house / "sixty.yaml").write_text(_WORKLOAD)
        (house / "tracker.yaml").write_text(_PERSONA)
        for _ in range(number):
            yield counted(house)


def main() -> None:
    """Print a line a run; exit code 1 when a book disagrees."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=10)
    agreed = 0
    wanted = parser.parse_args().runs
    for at, count in enumerate(runs(wanted), 1):
        agreed += count.agree
        books = f"conversations {count.conversations}  turns {count.turns}"
        print(f"{at:2} exit {count.exit_code}  cut off {count.cut_off}  {books}", flush=True)
    print(f"{agreed} of {wanted} runs agree in every book")
    sys.exit(agreed != wanted)


if __name__ == "__main__":
    main()
