"""What a log of conversations says, whatever it was written as."""

from typing import Literal

from msgspec import Struct

from hubbub.model import EscalationExpectation, ToolCall

Sender = Literal["customer", "agent", "person", "tool"]


class Message(Struct, frozen=True):
    """One message; a `person` is a human colleague of the agent's.

    `at_s` is in seconds since 1970, None where the log has no times. A tool's answer has the tool's name as `tools`,
    where the log gives it.
    """

    sender: Sender
    text: str
    at_s: float | None = None
    tools: tuple[ToolCall, ...] = ()
    trace: str = ""
    failed: bool = False  # of a tool's answer: the call came to nothing


class Labels(Struct, frozen=True):
    """What is known of a conversation besides its words: what was expected of it, and how the log says it went."""

    persona: str = ""
    expected: EscalationExpectation | None = None
    escalated: bool | None = None  # the log's own word on whether a human was called
    resolved: bool | None = None  # and on whether it reached its goal
    queue: str = ""
    knows: dict[str, str] = {}  # the customer's own values, by slot


class Transcript(Struct, frozen=True):
    """One conversation. `whole` is False where the log has only the customer's side of it.

    `task` is what it is called without the trial or the number that tells it from others of the same name; `who` the
    customer, by name or number, where the log says so: one may have come more than once.
    """

    name: str
    line: int
    messages: tuple[Message, ...]
    labels: Labels = Labels()
    whole: bool = True
    task: str = ""
    who: str = ""


class Skipped(Struct, frozen=True):
    """A row that could not be used, and why."""

    file: str
    line: int
    problem: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.problem}"
