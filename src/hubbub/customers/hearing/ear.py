"""The ladder: structured signals, the persona's own patterns, the act grammar, and `unknown` where all are silent."""

import re
from collections.abc import Mapping
from typing import get_args

from hubbub.customers.hearing.claims import CLAIMS_KEPT, LINK_MARKS, bound, find_claims, find_worded
from hubbub.customers.hearing.clauses import Clause, cut, lowered, plain_text
from hubbub.customers.hearing.english import ENGLISH
from hubbub.customers.hearing.grammar import Grammar, Reading
from hubbub.customers.hearing.lexicon import Lexicon
from hubbub.customers.hearing.slots import SlotFinder
from hubbub.errors import UsageError
from hubbub.model import AgentAct, Claim, Heard, Signal, SignalState

GRAMMARS: dict[str, Grammar] = {"en": Grammar(ENGLISH)}
_ACT_OF_STATE: dict[SignalState, AgentAct] = {
    "offered": "offer_handoff",
    "promised": "handoff",
    "initiated": "handoff",
    "confirmed": "handoff",
    "failed": "notify_failure",
}
_STATE_OF_ACT: dict[AgentAct, SignalState] = {"offer_handoff": "offered", "handoff": "initiated"}
_LISTED_WORDS = 8  # a longer line is no item of a list of what is asked for
_REASON_CHARS = 160
_STATED = re.compile(r"[0-9/](?<!\w/)")  # without one, only numbers as words and bare domains state a value


class Ear:
    """How one persona understands replies. Build it once per persona; `hear` keeps nothing between calls.

    `language` is a language code or locale; one without a pack is heard as English. `expects` maps acts to regular
    expressions (letter case ignored); a clause that one of them touches is not read by the grammar. `slots` are the
    names that can be asked for. Raises UsageError for an unknown act or a pattern that does not compile.
    """

    def __init__(self, language: str, expects: Mapping[str, tuple[str, ...]], slots: tuple[str, ...]) -> None:
        self._grammar = GRAMMARS.get(language.partition("-")[0].lower(), GRAMMARS["en"])
        self._expects = [(_act(name), _pattern(name, p)) for name, patterns in expects.items() for p in patterns]
        self._slots = SlotFinder(self._grammar.lexicon, slots)

    def hear(self, text: str, signals: tuple[Signal, ...] = ()) -> Heard:
        """The reply as understood. Of one longer than 6,000 characters the first 4,000 and last 2,000 are examined."""
        plain = plain_text(text)
        low = lowered(plain)
        heard = _Hearing(self._grammar.lexicon, plain, low)
        for signal in signals:
            heard.acts.add(_ACT_OF_STATE[signal.state])
        taken = [(act, m.span()) for act, p in self._expects if (m := p.search(plain)) is not None]
        for act, (start, end) in taken:
            heard.expect(act, plain[start:end])
        conditional = False
        for clause in cut(low, self._grammar.lexicon):
            if clause.opens_sentence:
                conditional = False
            if taken and any(start < clause.end and clause.start < end for _, (start, end) in taken):
                heard.claim(clause, durations=True)
                continue
            reading = self._grammar.read(clause.text, clause.question, conditional)
            conditional = reading.conditional
            heard.take(clause, reading, self._slots)
        return heard.close(signals, len(text))


class _Hearing:
    """What one reply has yielded so far."""

    def __init__(self, lexicon: Lexicon, plain: str, low: str) -> None:
        self.lexicon = lexicon
        self.plain = plain
        self.low = low
        self.acts: set[AgentAct] = set()
        self.signals: list[Signal] = []
        self.asked: dict[str, None] = {}
        self.claims: list[Claim] = []
        self.understood = 0.0
        self.clauses = 0
        self.polite = False
        self.listing = False
        self.stated = _STATED.search(low) is not None or any(d in low for d in LINK_MARKS)

    def expect(self, act: AgentAct, found: str) -> None:
        self.acts.add(act)
        self.clauses += 1
        self.understood += 1.0
        if act in _STATE_OF_ACT:
            self._signal(_STATE_OF_ACT[act], found.lower())

    def take(self, clause: Clause, reading: Reading, slots: SlotFinder) -> None:
        self.claim(clause, reading.durations)
        if self.listing and clause.opens_line and reading.words <= _LISTED_WORDS and not clause.stopped:
            self.asked.update(dict.fromkeys(slots.asked(clause.text)))
            return
        if reading.words == 0:
            return
        self.listing = self.listing and not clause.opens_line
        for state in reading.states:
            self._signal(state, clause.text)
        self.acts.update(reading.acts)
        self.polite = self.polite or reading.polite
        self.clauses += 1
        self.understood += reading.understood
        if "request" in reading.acts:
            self.asked.update(dict.fromkeys(slots.asked(clause.text)))
            self.listing = self.lexicon.listing.search(clause.text) is not None

    def claim(self, clause: Clause, durations: bool) -> None:
        """Notes the values that the clause states."""
        if not (self.stated or durations) or len(self.claims) >= CLAIMS_KEPT:
            return
        low = self.low[clause.start : clause.end]
        forms = self.lexicon.claims
        found = find_claims(self.plain[clause.start : clause.end], low, forms)
        if durations:
            found += find_worded(self.plain[clause.start : clause.end], low, forms)
        self.claims += [bound(claim, at, low, forms) for at, claim in found]

    def _signal(self, state: SignalState, where: str) -> None:
        team = self.lexicon.queue.search(where) if state != "failed" else None
        queue = team.group(1) if team is not None else ""
        self.signals.append(Signal(state, "text", queue, where[:_REASON_CHARS]))

    def close(self, structured: tuple[Signal, ...], chars: int) -> Heard:
        self._settle()
        if not self.acts and not self.asked:
            return Heard(("unknown",), (), tuple(self.claims), structured, 0.0, chars)
        sure = self.understood / self.clauses if self.clauses else 1.0
        return Heard(
            tuple(sorted(self.acts or {"request"})),
            tuple(self.asked),
            tuple(self.claims),
            (*structured, *self.signals),
            1.0 if structured else round(sure, 3),
            chars,
        )

    def _settle(self) -> None:
        """What several clauses mean together."""
        states = {s.state for s in self.signals}
        if "failed" in states and "initiated" in states:  # all are busy, and here is your place in the queue
            self.signals = [s for s in self.signals if s.state != "failed"]
            self.acts.discard("notify_failure")
        if "fallback" in self.acts and not self.asked:  # what follows asks for, or explains, other words
            self.acts -= {"request", "inform"}
        if not self.acts and (self.polite or self.claims):
            self.acts.add("inform")


def _act(name: str) -> AgentAct:
    for act in get_args(AgentAct):
        if act == name:
            known: AgentAct = act
            return known
    raise UsageError(f"expects: {name!r} is no act of an agent; known are {', '.join(get_args(AgentAct))}")


def _pattern(name: str, pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise UsageError(f"expects: {name}: {pattern!r} is no regular expression: {error}") from error
