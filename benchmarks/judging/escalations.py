"""Was a human called? What Hubbub says of it against the agent's own word, with structure and from words alone."""

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from benchmarks.judging.held import Case
from benchmarks.judging.oracle import delivered
from hubbub.connectors.protocol import Caller, Session, Watch
from hubbub.model import Reply
from hubbub.reference_agent.in_process import AgentInProcess
from hubbub.stats.intervals import wilson

_REACHED = ("initiated", "confirmed")


class TextOnly:
    """A connector whose endpoint shows nothing but the words of its replies."""

    blind: tuple[str, ...] = ("phantom_handoff",)

    def __init__(self, inner: AgentInProcess) -> None:
        self._inner = inner

    def session(self, caller: Caller) -> Session:
        """A line whose replies have lost their structure."""
        return _Words(self._inner.session(caller))

    async def close(self) -> None:
        """Nothing to release."""


class _Words:
    def __init__(self, line: Session) -> None:
        self._line = line

    async def say(self, texts: tuple[str, ...], watch: Watch) -> Reply:
        """The reply's words."""
        reply = await self._line.say(texts, watch)
        return replace(reply, signals=(), tools=(), completed_by="finish_reason=stop")

    async def close(self) -> None:
        """Hang up."""
        await self._line.close()


class Cells(Struct):
    """Escalations that were seen rightly, seen and not there, there and not seen; and conversations without one."""

    right: int = 0
    false: int = 0
    missed: int = 0
    none: int = 0

    def __str__(self) -> str:
        return (
            f"{self.right} seen, {self.missed} not seen, {self.false} seen where there was none, {self.none} without: "
            f"recall {_share(self.right, self.right + self.missed)}, "
            f"precision {_share(self.right, self.right + self.false)}"
        )


def cells(cases: Iterable[Case]) -> Cells:
    """Count every conversation into one cell."""
    counted = Cells()
    for case in cases:
        was = any(true.transferred for _, true in delivered(case))
        seen = case.ended.escalated in _REACHED
        counted.right += was and seen
        counted.false += seen and not was
        counted.missed += was and not seen
        counted.none += not was and not seen
    return counted


def _share(part: int, whole: int) -> str:
    if not whole:
        return "-"
    low, high = wilson(part, whole)
    return f"{part / whole:.4f} [{low:.4f}, {high:.4f}]"
