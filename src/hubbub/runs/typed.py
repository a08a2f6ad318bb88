"""An agent whose words a person types: a line is a reply, and a few words in front of it do what agents do."""

import asyncio
import os
from collections import deque
from collections.abc import Callable
from threading import Thread

from hubbub.connectors.protocol import Caller, Session, Watch
from hubbub.model import Reply, Signal

HELP = "Type the agent's replies. /human [QUEUE] hands over to a human, /end [WORDS] closes; Ctrl-D hangs up."
_STDIN = 0
_HANDED = "I am handing you over to a colleague."


class Lines:
    """What is typed, line by line. Whoever waits when a line comes gets it; None is the end, and stays."""

    def __init__(self) -> None:
        self._typed: deque[str | None] = deque()
        self._next: asyncio.Future[str | None] | None = None
        self._over = False

    def put(self, line: str | None) -> None:
        """A line was typed."""
        self._over = line is None
        if self._next is not None:
            self._next.set_result(line)
            self._next = None
        else:
            self._typed.append(line)

    async def get(self) -> str | None:
        """The next line; several who wait at once get the same."""
        if self._typed:
            return self._typed.popleft()
        if self._over:
            return None
        if self._next is None:
            self._next = asyncio.get_running_loop().create_future()
        return await asyncio.shield(self._next)


def read_in_background(lines: Lines, read: Callable[[], bytes] = lambda: os.read(_STDIN, 65_536)) -> None:
    """Put what `read` gives into `lines` until it gives nothing. A thread that nobody waits for: it may stand still."""
    loop = asyncio.get_running_loop()

    def put(line: str | None) -> None:
        try:
            loop.call_soon_threadsafe(lines.put, line)
        except RuntimeError:  # the conversation is over, and its loop closed
            pass

    def keep_reading() -> None:
        begun = b""
        while data := read():
            *whole, begun = (begun + data).split(b"\n")
            for line in whole:
                put(line.decode("utf-8", "replace"))
        if begun:
            put(begun.decode("utf-8", "replace"))
        put(None)

    Thread(target=keep_reading, daemon=True).start()


class TypedAgent:
    """A connector in shape: what it answers is typed."""

    blind: tuple[str, ...] = ()

    def __init__(self, lines: Lines) -> None:
        self.lines = lines

    def session(self, caller: Caller) -> Session:
        """A line for one conversation."""
        return _Line(self.lines)

    async def close(self) -> None:
        """Nothing to release."""


class _Line:
    def __init__(self, lines: Lines) -> None:
        self._lines = lines

    async def say(self, texts: tuple[str, ...], watch: Watch) -> Reply:
        line = await self._lines.get()
        watch.byte()
        watch.event()
        watch.text()
        return reply_of(line)

    async def close(self) -> None:
        """Nothing to hang up."""


def reply_of(line: str | None) -> Reply:
    """What a typed line means."""
    if line is None:
        return Reply(completed_by="typed", ended=True)
    word, _, rest = line.strip().partition(" ")
    if word == "/human":
        signal = Signal("initiated", "control", queue=rest.strip())
        return Reply(text=_HANDED, completed_by="typed", signals=(signal,))
    if word == "/end":
        return Reply(text=rest.strip(), completed_by="typed", ended=True)
    return Reply(text=line.strip(), completed_by="typed")
