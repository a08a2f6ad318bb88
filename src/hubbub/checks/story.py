"""What a check sees: one conversation, whole."""

from collections.abc import Callable, Iterator
from functools import cached_property

from msgspec import Struct

from hubbub.checks.claims import Weighed, weigh
from hubbub.checks.copies import shown
from hubbub.model import Conversation, EscalationExpectation, Finding, JudgementName, Persona, Turn, Unasked


class Story(Struct, frozen=True, dict=True):
    """A conversation as the client saw it, and what its persona expects. `blind` is what the endpoint cannot show.

    `knows` and `others` are the customer's values by slot, and second values that it may have told instead. `canary` is
    the word that an injection asked for. `shows` is what the workload says that every reply of this agent shows.
    `leaks` are the turns in which another customer's value was found. `unasked` is what came while no turn waited.
    `copies` are the other deliveries of the delivery probe; those of the same words are not among the turns.
    """

    persona: Persona
    turns: tuple[Turn, ...]
    ending: Conversation
    blind: tuple[str, ...] = ()
    knows: dict[str, str] = {}
    others: dict[str, str] = {}
    canary: str = ""
    shows: tuple[str, ...] = ()
    leaks: tuple[int, ...] = ()
    copies: tuple[Turn, ...] = ()
    unasked: tuple[Unasked, ...] = ()

    @property
    def expected(self) -> EscalationExpectation | None:
        """The persona's word on escalation."""
        return self.persona.expect.escalation

    @property
    def in_english(self) -> bool:
        """Whether the customer writes English, which is what the rules that read sentences were made for."""
        return self.persona.locale.partition("-")[0] == "en"

    @property
    def answered(self) -> int:
        """Turns that got a whole reply."""
        return len(self.replied)

    @cached_property
    def replied(self) -> tuple[Turn, ...]:
        """Turns that got a whole reply, in the order in which they were sent."""
        turns = [turn for turn in self.turns if turn.outcome == "ok"]
        if [turn for turn in turns if turn.overlap]:
            turns.sort(key=lambda turn: turn.turn)
        return tuple(turns)

    @cached_property
    def shown(self) -> tuple[Turn, ...]:
        """The same and all that failed, with second deliveries of the same words, each as part of its turn."""
        known = {turn.turn for turn in self.turns}
        return shown((*self.turns, *(copy for copy in self.copies if copy.turn not in known)))

    @cached_property
    def spoken(self) -> tuple[tuple[Turn, str], ...]:
        """The same turns with the text of the reply in lower case, those without text left out."""
        return tuple([(turn, turn.reply.text.lower()) for turn in self.replied if turn.reply and turn.reply.text])

    @cached_property
    def doubled(self) -> tuple[tuple[Turn, str], ...]:
        """Pairs like those of `spoken`, of the replies to second deliveries, which the customer never saw."""
        known = {turn.turn for turn in self.turns}
        copies = (copy for copy in self.copies if copy.turn not in known and copy.outcome == "ok")
        return tuple((copy, copy.reply.text.lower()) for copy in copies if copy.reply and copy.reply.text)

    @cached_property
    def unhanded(self) -> tuple[tuple[Turn, str], ...]:
        """Those of `spoken` up to a hand-off. What is said while a human is on the way may well be said again."""
        handed = self.ending.escalated_turn
        if handed is None:
            return self.spoken
        return tuple((turn, text) for turn, text in self.spoken if turn.turn <= handed)

    @cached_property
    def claims(self) -> tuple[Weighed, ...]:
        """What the replies state, each held against the persona's facts."""
        return weigh(self.persona, self.replied)

    def finding(self, check: str, turn: int, reason: str, *, unsure: bool = False) -> Finding:
        """A finding about this conversation."""
        verdict: JudgementName = "unsure" if unsure else "failed"
        return Finding(self.ending.number, check, verdict, turn, reason)

    def unseen(self, check: str, turn: int, reason: str) -> Finding:
        """A finding that this could not be seen here."""
        return Finding(self.ending.number, check, "not_observable", turn, reason)


Check = Callable[[Story], Iterator[Finding]]
