"""The reference agent as a process of its own, started for a run and ended with it."""

import asyncio
import contextlib
import signal
import sys
from pathlib import Path

import msgspec
from msgspec.structs import asdict
from yarl import URL

from hubbub.errors import AgentUnreachable
from hubbub.model import EmbeddedAgent
from hubbub.specs.faces import PATH_OF

_STARTS_WITHIN_S = 90.0  # half a second on an idle machine
_STOPS_WITHIN_S = 30.0
TRUTH = "agent-truth.jsonl"


class Announcement(msgspec.Struct, frozen=True):
    """What the agent says when it listens."""

    url_openai: str
    url_json: str
    port: int
    pid: int


class EmbeddedProcess:
    """A running reference agent."""

    def __init__(self, process: asyncio.subprocess.Process, announcement: Announcement) -> None:
        self._process = process
        self.announcement = announcement

    def url(self, connector: str) -> str:
        """Where this connector finds it."""
        path = PATH_OF.get(connector)
        if path is None:
            return self.announcement.url_openai
        return str(URL(self.announcement.url_openai).with_path(path))

    @property
    def ended(self) -> str:
        """How it ended by itself, or was ended by others; empty while it is there."""
        code = self._process.returncode
        if code is None:
            return ""
        return f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"

    async def stop(self) -> None:
        """End it, and wait until it has written its log."""
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.terminate()
        try:
            await asyncio.wait_for(self._process.wait(), _STOPS_WITHIN_S)
        except TimeoutError:
            await self.kill()

    async def kill(self) -> None:
        """End it at once."""
        await _kill(self._process)


_ONE_OF = {"industries": "industry"}


def words_of(agent: EmbeddedAgent, truth: Path | None) -> list[str]:
    """The agent's settings as its command's options, which bear their names."""
    words: list[str] = []
    for name, setting in asdict(agent).items():
        if isinstance(setting, tuple):  # faults, languages, industries: an option each
            one_of = "--" + _ONE_OF.get(name, name.removesuffix("s"))
            words += [word for one in setting for word in (one_of, one)]
        elif setting is not None:
            words += ["--" + name.replace("_", "-"), str(setting)]
    return words if truth is None else [*words, "--truth", str(truth)]


async def start_embedded(agent: EmbeddedAgent, truth: Path | None) -> EmbeddedProcess:
    """Start the agent on a free port, its own log of truth going to a file. It ends when this process does.

    Raises AgentUnreachable when it does not start.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "hubbub", "agent", "--port", "0", "--announce", "--with-parent", *words_of(agent, truth),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        start_new_session=True,  # a terminal's Ctrl-C must not end the agent before its customers
    )  # fmt: skip
    assert process.stdout is not None
    try:
        line = await asyncio.wait_for(process.stdout.readline(), _STARTS_WITHIN_S)
        return EmbeddedProcess(process, msgspec.json.decode(line, type=Announcement))
    except BaseException as error:  # also when cancelled: it goes on its way once nothing is left
        if not (isinstance(error, msgspec.MsgspecError) and await gone(process)):
            await _kill(process)
        if isinstance(error, TimeoutError | msgspec.MsgspecError):
            raise AgentUnreachable("the embedded agent did not start; what it said stands above") from None
        raise


async def gone(process: asyncio.subprocess.Process, within_s: float = 2.0) -> bool:
    """Whether a process that says no more has left by itself.

    To kill one that is leaving takes its exit code from asyncio's waiter, which complains of that on stderr.
    """
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(process.wait(), within_s)
    return process.returncode is not None


async def _kill(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
