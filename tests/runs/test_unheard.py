"""A run whose progress nobody can be told goes on to its end: its results are its files."""

import subprocess
from pathlib import Path

import pytest

from hubbub.journal import verify
from tests.runs.test_run import HUBBUB, PATIENCE_S, accounted, house, results, write

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
