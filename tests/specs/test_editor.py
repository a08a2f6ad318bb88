"""An editor with the real YAML language server completes, explains and underlines our files. Over its own protocol."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from hubbub.specs.shelf import yaml_files
from hubbub.specs.shipped import shipped_dir

SERVER = shutil.which("yaml-language-server")
pytestmark = [
    pytest.mark.foreign,
    pytest.mark.skipif(SERVER is None, reason="no yaml-language-server on the path; scripts/setup --foreign gets it"),
]
ROOT = Path(__file__).parents[2]
PERSONA = "# yaml-language-server: $schema={schema}\npersona: a\ngoal: {{intent: b}}\n"
WORKLOAD = "# yaml-language-server: $schema={schema}\nworkload: a\n"


class Editor:
    """As much of an editor as it takes to ask."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._out, self._in = process.stdin, process.stdout
        self._asked = 0
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._flaws: dict[str, asyncio.Queue[list[dict[str, Any]]]] = {}
        self.listening = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        while head := await self._in.readuntil(b"\r\n\r\n"):
            length = int(head.lower().partition(b"content-length:")[2].split()[0])
            self._take(json.loads(await self._in.readexactly(length)))

    def _take(self, message: dict[str, Any]) -> None:
        method, number = message.get("method"), message.get("id")
        if method == "textDocument/publishDiagnostics":
            told = message["params"]
            self._flaws.setdefault(told["uri"], asyncio.Queue()).put_nowait(told["diagnostics"])
        elif method == "workspace/configuration":
            self._send({"id": number, "result": [{} for _ in message["params"]["items"]]})
        elif method is not None and number is not None:
            self._send({"id": number, "result": None})
        elif number in self._answers:
            self._answers.pop(number).set_result(message.get("result"))

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._out.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))

    def tell(self, method: str, **params: Any) -> None:
        self._send({"method": method, "params": params})

    async def ask(self, method: str, **params: Any) -> Any:
        self._asked += 1
        answer = self._answers[self._asked] = asyncio.get_running_loop().create_future()
        self._send({"id": self._asked, "method": method, "params": params})
        return await asyncio.wait_for(answer, 240)

    async def flaws(self, path: Path, text: str) -> list[str]:
        """What is underlined in a file with this text."""
        uri = path.as_uri()
        self._flaws[uri] = asyncio.Queue()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", textDocument=document)
        found = await asyncio.wait_for(self._flaws[uri].get(), 240)
        return [flaw["message"] for flaw in found]

    async def completions(self, path: Path, text: str) -> dict[str, str]:
        """What is offered at the end of the text, and what is said about it."""
        await self.flaws(path, text)
        lines = text.split("\n")
        at = {"line": len(lines) - 1, "character": len(lines[-1])}
        found = await self.ask("textDocument/completion", textDocument={"uri": path.as_uri()}, position=at)
        items = found["items"] if isinstance(found, dict) else found
        return {item["label"]: _words(item.get("documentation", "")) for item in items}

    async def hover(self, path: Path, text: str, word: str) -> str:
        """What is said of a word."""
        await self.flaws(path, text)
        before = text[: text.index(word) + 1].split("\n")
        at = {"line": len(before) - 1, "character": len(before[-1])}
        found = await self.ask("textDocument/hover", textDocument={"uri": path.as_uri()}, position=at)
        return _words(found["contents"]) if found else ""


def _words(said: Any) -> str:
    return str(said["value"] if isinstance(said, dict) else said)


@asynccontextmanager
async def editor() -> AsyncIterator[Editor]:
    assert SERVER
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(SERVER, "--stdio", stdin=pipe, stdout=pipe)
    writes = Editor(process)
    try:
        text = {"completion": {"completionItem": {"documentationFormat": ["markdown"]}}, "hover": {}}
        about = {"processId": None, "rootUri": ROOT.as_uri(), "capabilities": {"textDocument": text}}
        await writes.ask("initialize", **about)
        writes.tell("initialized")
        settings = {"validate": True, "completion": True, "hover": True, "schemaStore": {"enable": False}}
        writes.tell("workspace/didChangeConfiguration", settings={"yaml": settings})
        yield writes
    finally:
        writes.listening.cancel()
        process.kill()
        await process.wait()


def schema(name: str) -> str:
    return (shipped_dir("schema") / f"{name}.schema.json").as_uri()


async def test_no_shipped_file_is_underlined() -> None:
    files = [*yaml_files(shipped_dir("personas")), *yaml_files(shipped_dir("workloads"))]
    assert len(files) > 10
    async with editor() as writes:
        flaws = {file.name: await writes.flaws(file, file.read_text(encoding="utf-8")) for file in files}
    assert {name: found for name, found in flaws.items() if found} == {}


@pytest.mark.parametrize(
    ("kind", "added", "about"),
    [
        (PERSONA, "chanel: sms\n", "chanel"),
        (PERSONA, "channel: fax\n", "web-chat"),
        (PERSONA, "manner: {typos: 3}\n", "0.5"),
        (PERSONA, "expect: {escalation: {decision: never}}\n", "must_not"),
        (PERSONA, "knows: {x: {}}\n", ""),
        (WORKLOAD, "agent: {connector: x}\n", "customers"),
        (WORKLOAD, "duration_s: -1\n", "0"),
    ],
)
async def test_a_mistake_is_underlined_and_named(kind: str, added: str, about: str, tmp_path: Path) -> None:
    text = kind.format(schema=schema("persona" if kind == PERSONA else "workload")) + added
    async with editor() as writes:
        flaws = await writes.flaws(tmp_path / "x.yaml", text)
    assert any(about in flaw for flaw in flaws), flaws


async def test_keys_and_values_are_completed_with_what_they_mean(tmp_path: Path) -> None:
    text = PERSONA.format(schema=schema("persona"))
    async with editor() as writes:
        keys = await writes.completions(tmp_path / "keys.yaml", text)
        assert {"summary", "industry", "channel", "knows", "manner", "patience", "expect", "facts"} <= set(keys)
        assert "persona" not in keys
        assert "What the customer is on." in keys["channel"]
        channels = await writes.completions(tmp_path / "values.yaml", text + "channel: ")
        assert {"web-chat", "sms", "whatsapp", "email", "voice"} <= set(channels)
        inner = await writes.completions(tmp_path / "inner.yaml", text + "expect:\n  escalation:\n    ")
        assert {"decision", "trigger", "by_turn"} <= set(inner)
        workload = WORKLOAD.format(schema=schema("workload"))
        assert {"agent", "customers", "arrivals", "gates"} <= set(
            await writes.completions(tmp_path / "workload.yaml", workload)
        )


async def test_a_key_is_explained_where_it_stands(tmp_path: Path) -> None:
    text = PERSONA.format(schema=schema("persona")) + "patience: {turns: 3}\n"
    async with editor() as writes:
        said = await writes.hover(tmp_path / "hover.yaml", text, "turns")
    assert "before leaving" in said
