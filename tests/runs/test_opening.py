"""A folder for each run, whatever stands where it should be made."""

from pathlib import Path

import pytest

from hubbub.errors import NotWritten, UsageError
from hubbub.runs.manifest import read_manifest
from hubbub.runs.opening import new_folder, open_run
from hubbub.specs.workload import load_workload
from tests.disks import full_disk

WORKLOAD = """\
workload: peak
agent: {connector: http-json, embedded: {}}
customers: {from: people}
arrivals: {process: constant, rate_per_s: 1}
duration_s: 60
"""


def test_runs_of_one_second_have_a_folder_each(tmp_path: Path) -> None:
    folders = {new_folder(tmp_path / "deep" / "results", "peak", 7) for _ in range(5)}
    assert len(folders) == 5
    assert all(folder.is_dir() for folder in folders)


async def test_an_embedded_agent_that_ended_before_its_run_is_noted_for_the_verdict(tmp_path: Path) -> None:
    (tmp_path / "people").mkdir()
    (tmp_path / "people" / "one.yaml").write_text("persona: one\ngoal: {intent: track_order}\n")
    (tmp_path / "peak.yaml").write_text(WORKLOAD)
    noted = []
    for killed in (False, True):
        opened = await open_run(load_workload(tmp_path / "peak.yaml"), tmp_path / "results", 1)
        assert opened.agent is not None
        if killed:
            await opened.agent.kill()
        await opened.close()
        noted.append(read_manifest(opened.folder).agent_ended)
    assert noted == ["", "was killed by SIGKILL"]


@pytest.mark.parametrize("what", ["a file", "a link to nothing"])
def test_results_that_are_no_folder_are_named(tmp_path: Path, what: str) -> None:
    results = tmp_path / "results"
    if what == "a file":
        results.write_text("")
    else:
        results.symlink_to(tmp_path / "gone" / "results")
    with pytest.raises(UsageError, match=r"results: it is there, and no folder"):
        new_folder(results, "peak", 7)


async def test_a_disk_that_takes_no_plan_is_named_and_no_folder_is_left(tmp_path: Path) -> None:
    (tmp_path / "people").mkdir()
    for name in ("one", "two"):
        text = f"persona: {name}\nsummary: {'x' * 3000}\ngoal: {{intent: track_order}}\n"
        (tmp_path / "people" / f"{name}.yaml").write_text(text)
    (tmp_path / "peak.yaml").write_text(WORKLOAD)
    loaded = load_workload(tmp_path / "peak.yaml")
    with full_disk(), pytest.raises(NotWritten, match=r"plan.json could not be written"):
        await open_run(loaded, tmp_path / "results", 1)
    assert not list((tmp_path / "results").iterdir())
