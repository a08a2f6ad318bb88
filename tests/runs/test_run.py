"""Whole runs: real processes, real sockets, real signals. Nothing is lost, and the exit code says how it went."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import msgspec
import psutil
import pytest

from hubbub.journal import read, read_folder, recover, verify
from hubbub.model import Closed, Conversation, Dropped, Started, Turn

PATIENCE_S = 240  # with a process that is on its way: a busy machine takes ten times as long as an idle one
HUBBUB = (sys.executable, "-m", "hubbub")
PERSONA = """\
persona: tracker
goal: {intent: track_order, tells: [order_id]}
knows: {order_id: {pattern: "A-#####"}}
expect: {escalation: {decision: must_not}, resolves: true}
patience: {turns: 30, wait_s: 3600}
"""
WORKLOAD = """\
workload: small
agent: {{connector: {connector}, {agent}}}
customers: {{from: tracker.yaml}}
arrivals: {{process: poisson, rate_per_s: {rate}}}
duration_s: {duration}
drain_s: {drain}
speed: 100
gates: [{gates}]
budget: {{late_p99_s: 9, loop_lag_p99_s: 9}}
"""
EMBEDDED = "embedded: {service_s: 0.03, tokens_per_s: 2000}, escalation: openai-tools"
OFTEN_SILENT = (
    "embedded: {service_s: 0.03, tokens_per_s: 2000, faults: ['never-answers:0.3']}, "
    "timeouts: {first_text_s: 900, turn_s: 900}"
)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    (tmp_path / "tracker.yaml").write_text(PERSONA)
    return tmp_path


def write(
    house: Path,
    *,
    rate: float = 30,
    duration: float = 1.0,
    drain: float = 3,
    gates: str = "",
    agent: str = EMBEDDED,
    connector: str = "openai-chat",
) -> Path:
    path = house / "small.yaml"
    path.write_text(
        WORKLOAD.format(rate=rate, duration=duration, drain=drain, gates=gates, agent=agent, connector=connector)
    )
    return path


def hubbub(house: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*HUBBUB, *words], cwd=house, capture_output=True, text=True, timeout=PATIENCE_S, check=False)


def results(house: Path) -> Path:
    return next((house / "results").iterdir())


def accounted(folder: Path) -> bool:
    records = list(read_folder(folder))
    started = sorted(r.number for r in records if isinstance(r, Started))
    ended = sorted(r.number for r in records if isinstance(r, (Conversation, Dropped)))
    return started == ended and len(set(started)) == len(started)


def test_a_run_ends_in_a_verdict_and_leaves_everything_needed_to_judge_it_again(house: Path) -> None:
    write(house, gates="failed_turn_rate <= 0.5, cross_talk == 0")
    ran = hubbub(house, "run", "small.yaml")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "Verdict: pass" in ran.stdout
    folder = results(house)
    names = {path.name for path in folder.iterdir()}
    assert names >= {
        "manifest.json", "plan.json", "journal.0.jsonl", "summary.json", "verdict.json", "report.html", "junit.xml",
    }  # fmt: skip
    assert accounted(folder)
    verified = verify(folder)
    assert not verified.damage
    assert not verified.unended
    again = hubbub(house, "report", str(folder))
    assert again.returncode == 0
    assert "Verdict: pass" in again.stdout


def test_two_processes_share_the_conversations_of_one(house: Path) -> None:
    write(house, rate=20)
    assert hubbub(house, "run", "small.yaml", "--processes", "2").returncode == 0
    folder = results(house)
    for worker in (0, 1):
        numbers = {r.number for r in read(folder / f"journal.{worker}.jsonl") if isinstance(r, Started)}
        assert numbers
        assert {n % 2 for n in numbers} == {worker}
    assert accounted(folder)


def test_a_gate_that_fails_is_exit_code_1(house: Path) -> None:
    write(house, gates="turn_p50_s <= 0.000001")
    ran = hubbub(house, "run", "small.yaml", "--quiet")
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "Verdict: fail" in ran.stdout


def test_a_mistake_in_a_file_is_exit_code_2_with_its_place_and_nothing_is_run(house: Path) -> None:
    write(house, gates="turn_p55_s <= 1")
    ran = hubbub(house, "run", "small.yaml")
    assert ran.returncode == 2
    assert "small.yaml:8:" in ran.stderr
    assert "turn_p55_s" in ran.stderr
    assert "did you mean" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert not (house / "results").exists()


def test_an_agent_that_is_not_there_is_exit_code_4_before_any_load(house: Path) -> None:
    write(house, agent='url: "http://127.0.0.1:9/v1/chat/completions"')
    ran = hubbub(house, "run", "small.yaml")
    assert ran.returncode == 4
    assert "connect_refused" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_host_beyond_this_machine_is_refused_unless_it_is_listed(house: Path) -> None:
    write(house, agent='url: "http://agent.example.com/chat"')
    ran = hubbub(house, "run", "small.yaml")
    assert ran.returncode == 2
    assert "allow_hosts" in ran.stderr


def test_a_conversation_can_be_held_again_with_the_same_customer(house: Path) -> None:
    write(house)
    hubbub(house, "run", "small.yaml", "--quiet")
    folder = results(house)
    first = next(r for r in read_folder(folder) if isinstance(r, Turn) and r.number == 3 and r.turn == 1)
    again = hubbub(house, "replay", str(folder), "3", "--speed", "1000")
    assert again.returncode == 0, again.stderr
    assert first.texts[0][:30] in again.stdout


# -- signals -----------------------------------------------------------------------------------------------------


@pytest.fixture
def begin(house: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Begin a run of two processes, and wait for turns of both."""
    with ExitStack() as ends:
        yield lambda **how: ends.enter_context(begun(house, **how))


@contextmanager
def begun(house: Path, **how: Any) -> Iterator[subprocess.Popen[str]]:
    write(house, rate=100, duration=300, **how)
    process = subprocess.Popen(
        [*HUBBUB, "run", "small.yaml", "--processes", "2"],
        cwd=house,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        wait_for_turns(house)
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def running(begin: Callable[..., subprocess.Popen[str]]) -> subprocess.Popen[str]:
    return begin()


def wait_for_turns(house: Path) -> None:
    """Until both workers have written turns."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        journals = list((house / "results").glob("*/journal.*.jsonl"))
        if len(journals) == 2 and all(b'"turn"' in journal.read_bytes() for journal in journals):
            return
        time.sleep(0.05)
    raise AssertionError("no turns")


def wait_for_the_last_customer(house: Path) -> None:
    """Until nobody comes any more, of a hundred in a second."""
    came, before = 0, -1
    while came != before:
        time.sleep(1)
        came, before = sum(isinstance(r, Started) for r in read_folder(results(house))), came


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_drains_reports_what_it_has_and_ends_with_130(
    house: Path, running: subprocess.Popen[str], number: signal.Signals
) -> None:
    running.send_signal(number)
    out, err = running.communicate(timeout=PATIENCE_S)
    assert running.returncode == 130, out + err
    folder = results(house)
    assert accounted(folder)
    assert all(r.interrupted for r in read_folder(folder) if isinstance(r, Closed))
    assert (folder / "report.html").exists()
    assert "Verdict" in out


@pytest.mark.slow
def test_a_second_interrupt_ends_it_at_once_and_the_journal_is_whole(
    house: Path, begin: Callable[..., subprocess.Popen[str]]
) -> None:
    """With conversations that no drain would see ended: they would be waited for longer than this test waits."""
    running = begin(drain=3600, agent=OFTEN_SILENT)
    running.send_signal(signal.SIGINT)
    wait_for_the_last_customer(house)
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=PATIENCE_S)
    assert running.returncode == 130
    assert accounted(results(house))
    assert any(r.ending == "cut_off" for r in read_folder(results(house)) if isinstance(r, Conversation))


@pytest.mark.slow
def test_a_killed_worker_makes_the_run_invalid_and_the_rest_is_kept(
    house: Path, running: subprocess.Popen[str]
) -> None:
    workers = [child for child in psutil.Process(running.pid).children() if "hubbub.runs.worker" in child.cmdline()]
    workers[0].kill()
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=PATIENCE_S)
    assert "worker_lost" in out, out + err
    verdict = msgspec.json.decode((results(house) / "verdict.json").read_bytes())
    assert verdict["verdict"] == "invalid"


@pytest.mark.slow
def test_after_a_kill_every_conversation_is_accounted_for(house: Path, running: subprocess.Popen[str]) -> None:
    running.kill()
    running.wait(timeout=PATIENCE_S)
    folder = results(house)
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline and not all(
        b'"closed"' in journal.read_bytes() for journal in folder.glob("journal.*.jsonl")
    ):
        time.sleep(0.05)
    recovered = recover(folder)
    account = recovered.account
    assert account.started == account.ended + account.unfinished
    assert account.started > 0
    assert running.stderr is not None
    assert "Traceback" not in running.stderr.read()  # of workers that had nobody left to tell


@pytest.mark.slow
def test_an_embedded_agent_that_died_on_the_way_is_told_and_is_no_pass_without_gates(house: Path) -> None:
    write(house, rate=10, duration=20)
    words = (*HUBBUB, "run", "small.yaml", "--quiet", "--processes", "2")
    with subprocess.Popen(words, cwd=house, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as ours:
        wait_for_turns(house)
        agent = next(one for one in psutil.Process(ours.pid).children() if "agent" in one.cmdline())
        agent.kill()
        shown, said = ours.communicate(timeout=PATIENCE_S)
    assert ours.returncode == 1
    assert "the agent stopped answering: its last reply came at" in shown
    assert "the embedded agent was killed by SIGKILL before the run was over" in " ".join(shown.split())
    assert "the embedded agent was killed by SIGKILL before the run was over" in said
