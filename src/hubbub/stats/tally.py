"""What is counted of a set of conversations: latencies, failures, endings and escalations. Merges exactly."""

from hubbub.model import Conversation, Turn
from hubbub.stats.alike import MISSING, Alike, Gathered, Parts
from hubbub.stats.answers import Told, told
from hubbub.stats.histogram import Histogram

GIVEN_UP = frozenset({"first_text_timeout", "stall", "total_timeout", "left"})  # waited for, and never whole
_HISTOGRAMS = (
    "first_byte",
    "first_text",
    "turn",
    "service_first_text",
    "service_turn",
    "lasted",
    "human_turn",
    "human",
)
LATENCIES = _HISTOGRAMS[:5]  # of turns, so that several come from one conversation
_PARTS = ("failed_parts", "unknown_parts", "unsupported_parts", "text_parts")
_NUMBERS = (
    *("turns", "failed", "heard", "unknown", "conversations", "own", "escalated", "resolvable", "resolved"),
    *("must_escalated", "must_not_escalated", "mustnot_escalated", "mustnot_not_escalated"),
    *("may_escalated", "may_not_escalated", "late"),
)


class Tally:
    """Counts over the conversations of one persona in one stage, or over several such."""

    __slots__ = ("alike", "answers", "begun_s", "claims", "endings", "failures", "findings", "over_s",
                 *_HISTOGRAMS, *_NUMBERS, *_PARTS)  # fmt: skip

    # latencies from the intended moment, in microseconds; `service_*` from the moment of sending
    first_byte: Histogram
    first_text: Histogram
    turn: Histogram
    service_first_text: Histogram
    service_turn: Histogram
    lasted: Histogram  # conversations that were not cut off
    human_turn: Histogram  # the turn at which a human was called
    human: Histogram  # how long into the conversation that was
    # how the same are shared out among conversations
    failed_parts: Parts
    unknown_parts: Parts
    unsupported_parts: Parts  # of claims
    text_parts: Parts  # microseconds to the first text, over the turns that had one
    turns: int  # that say something about the agent
    failed: int
    heard: int  # replies listened to
    unknown: int  # of them not understood
    conversations: int  # ended
    own: int  # of them ended by the customer or the agent, not cut off by us
    escalated: int
    resolvable: int  # not cut off, and within the agent's reach by the persona's word
    resolved: int
    must_escalated: int
    must_not_escalated: int
    mustnot_escalated: int
    mustnot_not_escalated: int
    may_escalated: int
    may_not_escalated: int
    late: int

    def __init__(self) -> None:
        for name in _HISTOGRAMS:
            setattr(self, name, Histogram())
        for name in _NUMBERS:
            setattr(self, name, 0)
        for name in _PARTS:
            setattr(self, name, Parts())
        self.alike = {name: Alike() for name in LATENCIES}
        self.endings: dict[str, int] = {}
        self.failures: dict[str, int] = {}
        self.findings: dict[str, int] = {}
        self.claims: dict[str, int] = {}  # by verdict
        self.answers: dict[Told, int] = {}  # conversations by what they were told
        self.begun_s: float | None = None  # the first intended moment
        self.over_s = 0.0  # the last moment of anything counted

    def add_turn(self, turn: Turn, gathered: Gathered | None = None) -> None:
        """Count a turn that says something about the agent: answered, failed by it, or waited for in vain.

        `gathered` takes what `add_gathered` will need of its conversation.
        """
        into = Gathered() if gathered is None else gathered
        self.turns += 1
        into.turns += 1
        outcome, due_s = turn.outcome, turn.due_s
        if self.begun_s is None or due_s < self.begun_s:
            self.begun_s = due_s
        if turn.over_s is not None and turn.over_s > self.over_s:
            self.over_s = turn.over_s
        if outcome == "ok":
            self._add_answered(turn, due_s, into)
        elif outcome in GIVEN_UP:
            self._add_given_up(turn, into)
        if outcome not in ("ok", "left"):
            self.failed += 1
            into.failed += 1
            self.failures[outcome] = self.failures.get(outcome, 0) + 1

    def _add_answered(self, turn: Turn, due_s: float, into: Gathered) -> None:
        byte = MISSING if turn.first_byte_s is None else self.first_byte.record_s(turn.first_byte_s - due_s)
        self._add_waits(turn, turn.first_text_s, turn.done_s, byte, into)
        if turn.heard is not None:
            unknown = turn.heard.acts == ("unknown",)
            self.heard += 1
            into.heard += 1
            self.unknown += unknown
            into.unknown += unknown

    def _add_given_up(self, turn: Turn, into: Gathered) -> None:
        """A turn given up on counts with the time waited: leaving it out would make a slow agent look quick."""
        over_s = turn.over_s
        if over_s is not None:
            self._add_waits(turn, over_s if turn.first_text_s is None else turn.first_text_s, over_s, MISSING, into)

    def _add_waits(self, turn: Turn, text_s: float | None, done_s: float | None, byte: int, into: Gathered) -> None:
        """The waits for the first text and for the whole, from the intended moment and from the moment of sending."""
        due_s, sent_s = turn.due_s, turn.sent_s
        text = service_text = whole = service_whole = MISSING
        if text_s is not None:
            text = self.first_text.record_s(text_s - due_s)
            service_text = self.service_first_text.record_s(text_s - sent_s)
            into.texts += 1
            into.text_us += text
        if done_s is not None:
            whole = self.turn.record_s(done_s - due_s)
            service_whole = self.service_turn.record_s(done_s - sent_s)
        into.buckets.extend((byte, text, whole, service_text, service_whole))

    def add_gathered(self, gathered: Gathered) -> None:
        """Count the turns of one conversation as one: all of them, once it has ended."""
        buckets = gathered.buckets.tolist()
        whole = MISSING not in buckets
        for at, alike in enumerate(self.alike.values()):
            values = buckets[at :: len(LATENCIES)]
            alike.add(values if whole else [bucket for bucket in values if bucket != MISSING])
        self.failed_parts.add(gathered.failed, gathered.turns)
        self.unknown_parts.add(gathered.unknown, gathered.heard)
        self.text_parts.add(gathered.text_us, gathered.texts)

    def add_conversation(self, ended: Conversation) -> None:
        """Count an ending, and what it says about escalation."""
        self.conversations += 1
        self.endings[ended.ending] = self.endings.get(ended.ending, 0) + 1
        self.over_s = max(self.over_s, ended.ended_s)
        for check in ended.failed_checks:
            self.findings[check] = self.findings.get(check, 0) + 1
        for verdict, number in ended.claims.items():
            self.claims[verdict] = self.claims.get(verdict, 0) + number
        if ended.claims:
            self.unsupported_parts.add(ended.claims.get("unsupported", 0), sum(ended.claims.values()))
        if ended.answers:
            given = told(ended.persona, ended.answers)
            self.answers[given] = self.answers.get(given, 0) + 1
        escalated = ended.escalated in ("initiated", "confirmed")
        if ended.ending != "cut_off":
            self.own += 1
            if ended.ended_s > ended.due_s:  # a log without times says nothing of how long it took
                self.lasted.record_s(ended.ended_s - ended.due_s)
            self.escalated += escalated
            if ended.resolves if ended.resolves is not None else ended.expected != "must":
                self.resolvable += 1
                self.resolved += ended.ending == "resolved"
        if escalated and ended.escalated_turn is not None:
            self.human_turn.record(ended.escalated_turn)
        if escalated and ended.escalated_after_s is not None:
            self.human.record_s(ended.escalated_after_s)
        if ended.judged and ended.expected is not None:
            self._add_decision(ended, escalated)

    def _add_decision(self, ended: Conversation, escalated: bool) -> None:
        if ended.expected == "must":
            self.must_escalated += escalated
            self.must_not_escalated += not escalated
        elif ended.expected == "must_not":
            self.mustnot_escalated += escalated
            self.mustnot_not_escalated += not escalated
        else:
            self.may_escalated += escalated
            self.may_not_escalated += not escalated
        self.late += escalated and "late_escalation" in ended.failed_checks

    def merge(self, other: "Tally") -> None:
        """Add another's counts, exactly."""
        for name in (*_HISTOGRAMS, *_PARTS):
            getattr(self, name).merge(getattr(other, name))
        for name, alike in self.alike.items():
            alike.merge(other.alike[name])
        for name in _NUMBERS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("endings", "failures", "findings", "claims", "answers"):
            mine = getattr(self, name)
            for key, count in getattr(other, name).items():
                mine[key] = mine.get(key, 0) + count
        if other.begun_s is not None:
            self.begun_s = other.begun_s if self.begun_s is None else min(self.begun_s, other.begun_s)
        self.over_s = max(self.over_s, other.over_s)
