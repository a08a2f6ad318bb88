"""Agent frameworks as servers, each with the scripted agent in it; started on a free port and ended again."""

import contextlib
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.foreign.servers import PLACE, Foreign, Missing, Start, await_answer, running, version_of
from benchmarks.ports import free_port

AGENTS = Path(__file__).with_name("agents")
_BIN = {"frameworks": PLACE / "frameworks" / "bin", "litellm": PLACE / "litellm" / "bin", "": PLACE / "bin"}
_ALONE = {
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",  # else it asks the Internet what models cost
    "LITELLM_DANGEROUSLY_PERMIT_WEAK_OR_UNSET_MASTER_KEY": "true",  # it listens on 127.0.0.1 only
    "LANGSMITH_TRACING": "false",
}


def _bin(place: str, program: str) -> Path:
    found = _BIN[place] / program
    if not found.exists():
        raise Missing(f"there is no {found.relative_to(PLACE.parent)}: run scripts/setup --foreign")
    return found


def _agents(folder: Path) -> Path:
    """The agents' files where their servers may leave files of their own beside them."""
    place = folder / "agents"
    if not place.exists():
        shutil.copytree(AGENTS, place, ignore=shutil.ignore_patterns("__pycache__"))
    return place


def _server(name: str, package: str, place: str, words: Sequence[str], *, inside: str = "", path: str = "/") -> Start:
    """A server by its command's words, of which PORT is the port; it is ready when `path` is answered."""

    @contextlib.contextmanager
    def start(folder: Path) -> Iterator[Foreign]:
        program, port = _bin(place, words[0]), free_port()
        version = version_of(package, _bin(place, "python"))
        command: list[str | Path] = [program, *(str(port) if word == "PORT" else word for word in words[1:])]
        beside, log = _agents(folder) / inside, folder / f"{name}.log"
        with running(command, port, log, cwd=beside, env={**os.environ, **_ALONE}) as base:
            await_answer(base + path)
            yield Foreign(package, version, base, "scripted")

    return start


a2a = _server("a2a", "a2a-sdk", "", ["python", "a2a_server.py", "PORT"], path="/.well-known/agent-card.json")
ag_ui = _server("ag-ui", "ag-ui-protocol", "", ["python", "agui_server.py", "PORT"])
adk = _server(
    "adk", "google-adk", "frameworks", ["adk", "api_server", "--host", "127.0.0.1", "--port", "PORT", "."],
    inside="adk", path="/list-apps",
)  # fmt: skip
langgraph = _server(
    "langgraph", "langgraph-api", "frameworks",
    ["langgraph", "dev", "--no-browser", "--no-reload", "--host", "127.0.0.1", "--port", "PORT",
     "--n-jobs-per-worker", "8"],
    inside="langgraph", path="/ok",
)  # fmt: skip
litellm = _server(
    "litellm", "litellm", "litellm",
    ["litellm", "--config", "litellm.yaml", "--host", "127.0.0.1", "--port", "PORT", "--telemetry", "False"],
    path="/health/liveliness",
)  # fmt: skip
