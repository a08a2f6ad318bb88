"""What a check sees: one conversation, whole."""

from collections.abc import Callable, Iterator

from msgspec import Struct

from hubbub.model import Conversation, EscalationExpectation, Finding, Persona, Turn


class Story(Struct, frozen=True):
    """A conversation as the client saw it, and what its persona expects. `blind` is what the endpoint cannot show."""

    persona: Persona
    turns: tuple[Turn, ...]
    ending: Conversation
    blind: tuple[str, ...] = ()

    @property
    def expected(self) -> EscalationExpectation | None:
        """The persona's word on escalation."""
        return self.persona.expect.escalation

    @property
    def answered(self) -> int:
        """Turns that got a whole reply."""
        return sum(1 for turn in self.turns if turn.outcome == "ok")

    def finding(self, check: str, turn: int, reason: str, *, unsure: bool = False) -> Finding:
        """A finding about this conversation."""
        return Finding(self.ending.number, check, "unsure" if unsure else "failed", turn, reason)


Check = Callable[[Story], Iterator[Finding]]
