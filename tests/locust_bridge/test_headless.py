"""Whole sessions of Locust without its page: the same folder, verdict and exit code as `hubbub run`."""

import csv
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from locust_bridge_sessions import PATIENCE_S, accounted, agent_saw, counted_turns, results, started_in, turns_in

from benchmarks.ports import free_port

pytestmark = pytest.mark.slow
Locust = Callable[..., subprocess.Popen]


def test_a_session_ends_by_itself_with_the_folder_and_code_of_a_run(house: Path, locust: Locust) -> None:
    session = locust("--headless", "--csv", "t", "--html", "t.html", "--json-file", "t")
    assert session.wait(PATIENCE_S) == 0, session.said()
    folder = results(house)
    names = {path.name for path in folder.iterdir()}
    assert names >= {"manifest.json", "plan.json", "journal.0.jsonl", "summary.json", "verdict.json", "report.html"}
    assert accounted(folder)
    assert (house / "t.html").exists()
    assert (house / "t.json").exists()
    ran = subprocess.run(
        [sys.executable, "-m", "hubbub", "run", "small.yaml"], cwd=house, check=False, timeout=PATIENCE_S
    )
    assert ran.returncode == 0
    assert started_in(folder) == started_in(results(house, at=1)), "the same customers as `hubbub run` holds"


def test_locusts_table_the_journal_and_the_agent_count_the_same_turns(house: Path, locust: Locust) -> None:
    session = locust("--headless", "--processes", "2", "--csv", "t")
    assert session.wait(PATIENCE_S) == 0, session.said()
    folder = results(house)
    rows = list(csv.DictReader((house / "t_stats.csv").read_text().splitlines()))
    total = next(row for row in rows if row["Name"] == "Aggregated")
    conversations = sum(int(row["Request Count"]) for row in rows if row["Type"] == "conversation")
    summary = msgspec.json.decode((folder / "summary.json").read_bytes())
    assert agent_saw(folder) == turns_in(folder)
    assert int(total["Request Count"]) == counted_turns(folder) == summary["turns"]
    assert conversations == summary["conversations"] - summary["endings"].get("cut_off", 0)
    assert summary["conversations"] == len(started_in(folder))


def test_what_is_held_does_not_depend_on_the_number_of_processes(house: Path, locust: Locust) -> None:
    for at, words in enumerate(((), ("--processes", "2"), ("--processes", "3"))):
        assert locust("--headless", *words).wait(PATIENCE_S) == 0
        assert started_in(results(house, at=at)) == started_in(results(house))
        assert len(list(results(house, at=at).glob("journal.*.jsonl"))) == max(at + 1, 1)


def test_a_broken_gate_is_exit_code_1(house: Path, locust: Locust, write: Callable[..., None]) -> None:
    write(gates="turn_p95_s <= 0.001")
    session = locust("--headless")
    assert session.wait(PATIENCE_S) == 1, session.said()


def test_an_agent_that_is_not_there_is_exit_code_4(house: Path, locust: Locust, write: Callable[..., None]) -> None:
    write(agent='{connector: openai-chat, url: "http://127.0.0.1:9/v1"}')
    session = locust("--headless")
    assert session.wait(PATIENCE_S) == 4, session.said()
    assert "refused the connection" in session.said()


def test_a_mistake_in_the_workload_is_exit_code_2(house: Path, locust: Locust) -> None:
    (house / "small.yaml").write_text("workload: small\n")
    session = locust("--headless")
    assert session.wait(PATIENCE_S) == 2
    assert "small.yaml:1" in session.said()


def test_sigterm_leaves_a_partial_report_and_exit_code_130(
    house: Path, locust: Locust, write: Callable[..., None], until: Callable[..., None]
) -> None:
    write(duration=60)
    session = locust("--headless", "--processes", "2")
    until(lambda: (house / "results").is_dir() and turns_in(results(house)) > 20)
    session.send_signal(signal.SIGTERM)
    assert session.wait(PATIENCE_S) == 130, session.said()
    folder = results(house)
    assert accounted(folder)
    assert (folder / "verdict.json").exists()


def test_a_killed_worker_is_named_and_the_run_invalid(
    house: Path, locust: Locust, write: Callable[..., None], until: Callable[..., None]
) -> None:
    write(duration=15)
    session = locust("--headless", "--processes", "2")
    until(lambda: (house / "results").is_dir() and turns_in(results(house)) > 20)
    children = Path(f"/proc/{session.pid}/task/{session.pid}/children").read_text().split()
    workers = [int(pid) for pid in children if "locust" in Path(f"/proc/{pid}/cmdline").read_text()]
    os.kill(workers[0], signal.SIGKILL)
    assert session.wait(PATIENCE_S) == 3, session.said()
    folder = results(house)
    verdict = msgspec.json.decode((folder / "verdict.json").read_bytes())
    assert verdict["verdict"] == "invalid"
    assert any("worker_lost" in reason and "mod 2" in reason for reason in verdict["reasons"])
    assert "Lost: worker" in session.said()


def test_without_a_master_a_worker_ends_its_load_and_closes_its_journal(
    house: Path, locust: Locust, write: Callable[..., None], until: Callable[..., None]
) -> None:
    write(duration=60)
    port = str(free_port())
    master = locust("--master", "--headless", "--expect-workers", "1", "--master-bind-port", port)
    worker = locust("--worker", "--master-port", port)
    until(lambda: (house / "results").is_dir() and turns_in(results(house)) > 20)
    master.kill()
    assert worker.wait(PATIENCE_S) == 3, worker.said()
    folder = results(house)
    assert accounted(folder), "the worker closed its journal"


def test_a_process_that_locust_must_not_patch_says_so_and_ends(locust: Locust) -> None:
    session = locust("--headless", "--processes", "2", LOCUST_SKIP_MONKEY_PATCH="1")
    assert session.wait(PATIENCE_S) == 2
    assert "unset LOCUST_SKIP_MONKEY_PATCH" in session.said()
