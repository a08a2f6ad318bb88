"""What deploy/ says is valid, and its commands do what it says, here as plain processes."""

import json
import re
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from locust_bridge_sessions import accounted, results

from benchmarks.ports import free_port

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
PODS = {
    document["metadata"]["name"]: document["spec"]["template"]["spec"]["containers"][0]
    for document in yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text())
    if document["kind"] == "Deployment"
}
LINTERS = {
    "hadolint": ("Dockerfile",),
    "check-jsonschema": ("--builtin-schema", "vendor.compose-spec", "compose.yaml"),
    "kubernetes-validate": ("--strict", "kubernetes.yaml"),
}
WEB, JOIN = "a web token for the test", "a join token for the test"


@pytest.mark.foreign
@pytest.mark.slow
@pytest.mark.parametrize("linter", LINTERS)
def test_the_files_keep_their_formats(linter: str) -> None:
    program = shutil.which(linter)
    if program is None:
        pytest.skip(f"no {linter} here: scripts/setup --foreign gets it")
    ran = subprocess.run([program, *LINTERS[linter]], cwd=DEPLOY, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_compose_and_kubernetes_run_the_same_commands() -> None:
    assert PODS["agent"]["args"] == COMPOSE["agent"]["command"]
    assert PODS["hubbub-master"]["args"] == COMPOSE["master"]["command"]
    assert [w if w != "hubbub-master" else "master" for w in PODS["hubbub-worker"]["args"]] == COMPOSE["worker"][
        "command"
    ]


def test_tokens_come_from_secrets_and_nobody_is_root_nor_runs_a_strangers_image() -> None:
    for name, pod in PODS.items():
        assert (pod["image"], pod["imagePullPolicy"]) == ("hubbub", "IfNotPresent"), name
        assert all("secretKeyRef" in variable["valueFrom"] for variable in pod.get("env", [])), name
        assert pod["securityContext"]["allowPrivilegeEscalation"] is False
    assert not re.search(r"TOKEN:\s*['\"]?\w+$", (DEPLOY / "compose.yaml").read_text(), re.MULTILINE)
    assert "\nUSER 10001\n" in (DEPLOY / "Dockerfile").read_text()


def test_the_image_has_every_file_that_its_locustfile_needs() -> None:
    text = (DEPLOY / "Dockerfile").read_text()
    for name in re.findall(r"^COPY (.*) \S+$", text, re.MULTILINE):
        assert all((ROOT / source).exists() for source in name.split()), name
    assert "/app/deploy/desk.py" in text


@pytest.fixture
def agent(house: Path) -> Iterator[str]:
    words = [w if w != "8080" else "0" for w in COMPOSE["agent"]["command"]]
    words[words.index("0.0.0.0")] = "127.0.0.1"
    process = subprocess.Popen(
        [sys.executable, "-m", "hubbub", *words, "--announce"], stdout=subprocess.PIPE, text=True, cwd=house
    )
    assert process.stdout is not None
    yield json.loads(process.stdout.readline())["url_openai"]
    process.terminate()
    process.communicate()


@pytest.mark.slow
def test_the_commands_hold_a_run_whose_journals_reach_the_master(
    house: Path, agent: str, locust: Callable[..., object], until: Callable[..., None]
) -> None:
    shutil.copytree(ROOT / "personas", house / "personas")
    (house / "deploy").mkdir()
    (house / "deploy" / "desk.py").write_text((DEPLOY / "desk.py").read_text())
    workload = (DEPLOY / "desk.yaml").read_text().replace("warm_up_s: 10", "warm_up_s: 1")
    (house / "deploy" / "desk.yaml").write_text(workload.replace("http://agent:8080/v1/chat/completions", agent))

    def start(service: str, *more: str, **tokens: str) -> object:
        words = [w if w != "master" else "127.0.0.1" for w in COMPOSE[service]["command"]]
        words = [w if w != "0.0.0.0" else "127.0.0.1" for w in words]
        return locust(*words, *more, file="deploy/desk.py", **tokens)

    port, web_port = (str(free_port()) for _ in range(2))
    ours = {"HUBBUB_JOIN_TOKEN": JOIN}
    master = start("master", "--web-port", web_port, "--master-bind-port", port, HUBBUB_WEB_TOKEN=WEB, **ours)
    for number in range(2):
        start("worker", "--master-port", port, "--results", f"worker-{number}", **ours)
    rogue = start("worker", "--master-port", port, "--results", "rogue", HUBBUB_JOIN_TOKEN="a guess at the token")

    def ask(path: str, data: str | None = None) -> dict:
        asked = urllib.request.Request(f"http://127.0.0.1:{web_port}{path}", data=data.encode() if data else None)
        asked.add_header("Authorization", f"Bearer {WEB}")
        with urllib.request.urlopen(asked) as answer:
            return json.load(answer)

    def workers() -> int:
        try:
            return ask("/worker-count")["worker_count"]
        except OSError:
            return 0

    until(lambda: workers() == 2)
    assert ask("/swarm", "user_count=2&spawn_rate=2&arrival_rate=12&duration=6&speed=400")["success"]
    until(lambda: (house / "results").is_dir() and (results(house) / "verdict.json").exists())
    folder = results(house)
    assert sorted(path.name for path in folder.glob("journal.*")) == ["journal.0.jsonl", "journal.1.jsonl"]
    assert accounted(folder)
    own = {path.read_bytes() for number in range(2) for path in (house / f"worker-{number}").glob("*/journal.*")}
    assert own == {path.read_bytes() for path in folder.glob("journal.*")}, "they arrived as they were written"
    assert workers() == 2
    assert not (house / "rogue").exists()
    until(lambda: "refused: a connection without the join token" in master.said())
    assert rogue.poll() is None, "it still knocks"
    for said in house.glob("out.*.txt"):
        assert WEB not in said.read_text()
        assert JOIN not in said.read_text()
