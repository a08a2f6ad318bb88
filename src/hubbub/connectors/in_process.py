"""An agent that is a function of ours: no sockets, so that it runs on the jumping clock."""

from collections.abc import Awaitable, Callable

from hubbub.connectors.protocol import Caller, Connector, Session, Watch
from hubbub.errors import ExchangeFailed
from hubbub.model import Reply

Answering = Callable[[Caller, tuple[str, ...], Watch], Awaitable[Reply]]


def in_process(answer: Answering, blind: tuple[str, ...] = ()) -> Connector:
    """A connector that calls `answer(caller, texts, watch)` for each turn.

    It may tell the watch of what comes when; what it returns counts as having come by then. An ExchangeFailed that it
    raises is the turn's failure; any other error is own_error.
    """
    return _InProcess(answer, blind)


class _InProcess:
    def __init__(self, answer: Answering, blind: tuple[str, ...]) -> None:
        self.answer = answer
        self.blind = blind

    def session(self, caller: Caller) -> Session:
        return _Session(self.answer, caller)

    async def close(self) -> None:
        """There is nothing to release."""


class _Session:
    __slots__ = ("_answer", "_caller")

    def __init__(self, answer: Answering, caller: Caller) -> None:
        self._answer = answer
        self._caller = caller

    async def say(self, texts: tuple[str, ...], watch: Watch) -> Reply:
        try:
            reply = await self._answer(self._caller, texts, watch)
        except ExchangeFailed:
            raise
        except Exception as error:  # the agent is a user's function, and may raise anything
            raise ExchangeFailed("own_error", f"{type(error).__name__}: {error}") from error
        watch.byte()
        watch.event()
        if reply.text:
            watch.text()
        return reply

    async def close(self) -> None:
        """There is nothing to hang up."""
