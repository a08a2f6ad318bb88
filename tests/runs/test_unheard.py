"""A run whose progress nobody can be told goes on to its end: its results are its files."""

import os
import signal
import subprocess
from functools import partial
from pathlib import Path

import pytest

from hubbub.journal import read_folder, verify
from hubbub.model import Closed
from tests.runs.test_run import HUBBUB, PATIENCE_S, accounted, house, results, wait_for_turns, write

__all__ = ["house"]
LONG_ENOUGH_S = 3.0  # a process that is given up is killed after 2 s


@pytest.mark.slow
@pytest.mark.parametrize("gone", [True, False])
def test_a_reader_who_has_gone_and_a_full_disk_cost_no_conversation(house: Path, gone: bool) -> None:
    if not gone and not Path("/dev/full").exists():
        pytest.skip("this system has no disk that is always full")
    write(house, rate=4, duration=LONG_ENOUGH_S, gates="cross_talk == 0")
    with Path("/dev/null" if gone else "/dev/full").open("wb") as full:
        out = subprocess.PIPE if gone else full
        with subprocess.Popen((*HUBBUB, "run", "small.yaml"), cwd=house, stdout=out, stderr=subprocess.PIPE) as ours:
            assert ours.stderr is not None
            if ours.stdout is not None:
                ours.stdout.close()
            said = ours.stderr.read().decode()
    assert ours.wait(PATIENCE_S) == (141 if gone else 3)
    assert said == ("" if gone else "hubbub: what it prints could not be written: No space left on device\n")
    assert not verify(results(house)).unended
    assert accounted(results(house))
    assert (results(house) / "report.html").exists()


@pytest.mark.slow
@pytest.mark.parametrize("nohup", [False, True])
def test_a_terminal_that_is_closed_ends_a_run_as_ctrl_c_does_unless_it_is_to_outlive_it(
    house: Path, nohup: bool
) -> None:
    """The terminal tells all processes of the run, and not only once."""
    write(house, rate=20, duration=LONG_ENOUGH_S if nohup else 300)
    heeds = partial(signal.signal, signal.SIGHUP, signal.SIG_IGN if nohup else signal.SIG_DFL)
    words = (*HUBBUB, "run", "small.yaml", "--quiet", "--processes", "2")
    with subprocess.Popen(words, cwd=house, stderr=subprocess.PIPE, start_new_session=True, preexec_fn=heeds) as ours:
        wait_for_turns(house)
        os.killpg(ours.pid, signal.SIGHUP)
        os.killpg(ours.pid, signal.SIGHUP)
        said = ours.communicate(timeout=PATIENCE_S)[1]
    assert ours.returncode == (0 if nohup else 130), said
    assert accounted(results(house))
    assert {r.interrupted for r in read_folder(results(house)) if isinstance(r, Closed)} == {not nohup}
    assert (results(house) / "report.html").exists()


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_who_interrupts_a_run_by_closing_its_terminal_interrupted_it_all_the_same(
    house: Path, number: signal.Signals
) -> None:
    """The summary can be printed nowhere then: that alone would be exit code 3."""
    write(house, rate=20, duration=300)
    window, terminal = os.openpty()
    words = (*HUBBUB, "run", "small.yaml", "--quiet", "--processes", "2")
    heeds = partial(signal.signal, number, signal.SIG_DFL)  # whatever started the tests may have let it be ignored
    with subprocess.Popen(
        words, cwd=house, stdout=terminal, stderr=terminal, start_new_session=True, preexec_fn=heeds
    ) as ours:
        os.close(terminal)
        wait_for_turns(house)
        os.close(window)
        ours.send_signal(number)
        try:
            assert ours.wait(PATIENCE_S) == 130
        finally:
            ours.kill()
    assert accounted(results(house))
    assert (results(house) / "report.html").exists()
