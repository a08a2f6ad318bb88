"""Agents on the real SDKs of messaging platforms, each started with the address at which Hubbub plays the platform."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from benchmarks.foreign.servers import Foreign, Start, foreign_python, running, version_of
from benchmarks.ports import free_port

_AGENTS = Path(__file__).with_name("agents")
_SECRET, _KEY = "hook-0f-the-platform", "key-0f-the-project"
_LIMITS = {"first_text_s": 300, "gap_s": 300, "turn_s": 600}


def _agent(connector: str, port: int, path: str, **more: Any) -> dict[str, Any]:
    return {"connector": connector, "url": f"http://127.0.0.1:{port}{path}", "timeouts": _LIMITS, **more}


@contextlib.contextmanager
def sinch(folder: Path) -> Iterator[Foreign]:
    """An agent on the package sinch: it verifies signatures, fetches tokens, and sends by the Conversation API.

    It refuses every third message when it comes first, so that it must be delivered again.
    """
    version, port, inbound = version_of("sinch"), free_port(), free_port()
    environ = {"SINCH_SECRET": _SECRET, "SINCH_KEY_SECRET": _KEY, "REFUSES": "3"}
    options = {"key_secret_env": "SINCH_KEY_SECRET", "receipts": ["DELIVERED", "READ"], "redelivery_s": 0.2}
    agent = _agent(
        "sinch", port, "/webhook", auth={"secret_env": "SINCH_SECRET"}, inbound={"port": inbound}, options=options
    )
    words: list[str | Path] = [foreign_python(), _AGENTS / "sinch_agent.py", str(port), f"http://127.0.0.1:{inbound}"]
    with running(words, port, folder / "sinch.log", env=os.environ | environ) as base:
        yield Foreign("sinch-sdk", version, base, "", agent=agent, environ=environ)


def twilio(how: str) -> Start:
    """An agent on the package twilio: it validates requests, and answers in TwiML or by the REST API."""

    @contextlib.contextmanager
    def start(folder: Path) -> Iterator[Foreign]:
        version, port, inbound = version_of("twilio"), free_port(), free_port()
        environ = {"TWILIO_TOKEN": _SECRET}
        agent = _agent("twilio-messaging", port, "/sms", auth={"secret_env": "TWILIO_TOKEN"}, inbound={"port": inbound})
        program, platform = _AGENTS / "twilio_agent.py", f"http://127.0.0.1:{inbound}"
        words: list[str | Path] = [foreign_python(), program, str(port), platform, how]
        with running(words, port, folder / "twilio.log", env=os.environ | environ) as base:
            yield Foreign(f"twilio-sdk-{how}", version, base, "", agent=agent, environ=environ)

    return start


@contextlib.contextmanager
def bot_framework(folder: Path) -> Iterator[Foreign]:
    """An agent on Microsoft's hosting package for aiohttp."""
    package, port = "microsoft-agents-hosting-aiohttp", free_port()
    version = version_of(package)
    words: list[str | Path] = [foreign_python(), _AGENTS / "bot_framework_agent.py", str(port)]
    with running(words, port, folder / "bot_framework.log", env=dict(os.environ)) as base:
        yield Foreign(package, version, base, "", agent=_agent("bot-framework", port, "/api/messages"))


def scripted(start: Start) -> Start:
    """The same agent, saying what the script of 20 turns has every agent say."""

    @contextlib.contextmanager
    def started(folder: Path) -> Iterator[Foreign]:
        os.environ["SCRIPTED"] = "yes"  # for the process that is started
        try:
            with start(folder) as server:
                quick = {**server.agent.get("options", {}), "quiet_s": 0.6} if "inbound" in server.agent else {}
                yield replace(server, agent={**server.agent, "options": quick})
        finally:
            del os.environ["SCRIPTED"]

    return started
