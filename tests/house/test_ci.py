"""The action and the snippets for CI are what their servers read, and what they run is there."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from hubbub.registry import BUILT_IN

ROOT = Path(__file__).parents[2]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text())
PAGE = (ROOT / "docs" / "ci.md").read_text()
STEPS = [step for step in ACTION["runs"]["steps"] if "run" in step]


def test_every_input_of_the_action_is_described_used_and_on_the_page() -> None:
    text = str(ACTION["runs"])
    for name, about in ACTION["inputs"].items():
        assert about["description"].endswith(".")
        assert f"inputs.{name}" in text
        assert f"| `{name}` |" in PAGE
    for name, about in ACTION["outputs"].items():
        assert about["value"] == f"${{{{ steps.run.outputs.{name} }}}}"
        assert f"`{name}`" in PAGE
    assert "required" in ACTION["inputs"]["workload"]


@pytest.mark.parametrize("step", STEPS, ids=[step["name"] for step in STEPS])
def test_a_step_is_a_good_script_that_no_input_can_break_out_of(step: dict[str, Any]) -> None:
    assert step["shell"] == "bash"
    assert "${{" not in step["run"], "inputs go through the environment, so that they stay words"
    assert subprocess.run(["bash", "-n"], input=step["run"], text=True, check=False).returncode == 0


def test_what_is_run_is_there() -> None:
    scripts = "\n".join([*(step["run"] for step in STEPS), PAGE])
    commands = re.findall(r"(?:bin/hubbub\"?|^hubbub|- hubbub) (\w+)", scripts, re.MULTILINE)
    assert {"run", "check", "compare"} <= set(commands) <= set(BUILT_IN["command"])


@pytest.mark.parametrize("code", [0, 1, 5])
@pytest.mark.parametrize("unsure_passes", ["true", "false"])
def test_the_step_that_runs_ends_as_the_run_did_and_says_where_it_is(
    code: int, unsure_passes: str, tmp_path: Path
) -> None:
    """With a `hubbub` that leaves a folder and this exit code."""
    ended = _held(tmp_path, f'mkdir -p "$6/w-1" && echo done >"$6/w-1/summary.md"; exit {code}', unsure_passes)
    assert ended == (0 if code == 5 and unsure_passes == "true" else code)
    assert (tmp_path / "out").read_text() == f"run={tmp_path}/re sults/w-1\nexit-code={code}\n"
    assert (tmp_path / "told").read_text() == "done\n"


@pytest.mark.parametrize("lies_there", [True, False], ids=["beside the base", "where nothing is"])
def test_a_run_that_did_not_begin_is_told_as_such_and_not_as_the_one_before(lies_there: bool, tmp_path: Path) -> None:
    base = tmp_path / "re sults" / "base"
    if lies_there:
        base.mkdir(parents=True)
        (base / "summary.md").write_text("of the base\n")
    assert _held(tmp_path, "sleep 0.1; exit 4", "false") == 4
    assert (tmp_path / "out").read_text() == "run=\nexit-code=4\n"
    assert not (tmp_path / "told").exists()


def _held(folder: Path, does: str, unsure_passes: str) -> int:
    """The exit code of the step, run as GitHub runs it, with a `hubbub` that does this."""
    script = next(step["run"] for step in STEPS if step.get("id") == "run")
    tool = folder / "hubbub" / "bin" / "hubbub"
    tool.parent.mkdir(parents=True)
    tool.write_text(f"#!/bin/sh\n{does}\n")
    tool.chmod(0o755)
    env = {"RUNNER_TEMP": str(folder), "GITHUB_OUTPUT": str(folder / "out"), "PATH": "/usr/bin:/bin",
           "GITHUB_STEP_SUMMARY": str(folder / "told"), "WORKLOAD": "a b.yaml", "PROCESSES": "2",
           "RESULTS": str(folder / "re sults"), "UNSURE_PASSES": unsure_passes}  # fmt: skip
    bash = shutil.which("bash")
    assert bash
    return subprocess.run([bash, "-eo", "pipefail", "-c", script], env=env, check=False).returncode


def test_the_snippets_are_yaml() -> None:
    for block in re.findall(r"^```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL):
        assert yaml.safe_load(block)
