"""One clause in, what it does out: only rules whose cue words occur are tried, in the pack's order."""

import re

from msgspec import Struct

from hubbub.customers.hearing.clauses import Clause
from hubbub.customers.hearing.lexicon import Lexicon, Rule
from hubbub.model import AgentAct, SignalState

_WORDS = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_TRIED_CHARS = 400  # of one clause: rules look no further, so that their time is bounded


class Reading(Struct):
    """What one clause does. `understood` is 1 for a rule, .6 for the shape of a statement or politeness, else 0."""

    acts: list[AgentAct]
    states: list[SignalState]
    requesting: bool
    polite: bool
    understood: float
    durations: bool  # holds a word that a number written as a word may stand before
    conditional: bool
    words: int


class Grammar:
    """A pack's rules, indexed by cue word. A set of rules is an integer with one bit per rule."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.rules = lexicon.rules
        size = len(lexicon.rules)
        self._size = size
        self._cues: dict[str, int] = {}
        self._always = 0  # rules without cues, and in the upper half those without needs
        for place, rule in enumerate(lexicon.rules):
            self._index(rule.cues, 1 << place)
            self._index(rule.needs, 1 << place + size)
        self._conditional, self._subordinate, self._durations = (1 << 2 * size + i for i in range(3))
        for cues, bit in (
            (lexicon.conditional_cues, self._conditional),
            (lexicon.subordinate_cues, self._subordinate),
            (lexicon.claims.worded_cues, self._durations),
        ):
            self._index(cues, bit)
        self._when = {
            (question, conditional): self._bits_for(question, conditional)
            for question in (False, True)
            for conditional in (False, True)
        }
        self._finders = tuple(r.pattern.match if r.opens else r.pattern.search for r in lexicon.rules)
        self._stateful = sum(1 << i for i, r in enumerate(lexicon.rules) if r.state is not None)

    def _index(self, cues: frozenset[str], bit: int) -> None:
        for cue in cues:
            self._cues[cue] = self._cues.get(cue, 0) | bit
        if not cues:
            self._always |= bit

    def _bits_for(self, question: bool, conditional: bool) -> int:
        allowed = {"always", "question" if question else "statement"} | ({"conditional"} if conditional else set())
        return sum(1 << place for place, rule in enumerate(self.rules) if rule.when in allowed)

    def read(self, clause: Clause, conditional: bool) -> Reading:
        """What the clause does. `conditional`: an earlier clause of its sentence made it depend on something."""
        whole = clause.text if len(clause.text) <= _TRIED_CHARS else clause.text[:_TRIED_CHARS]
        words = _WORDS.findall(whole)
        cues, bits = self._cues, self._always
        for word in words:
            if word in cues:
                bits |= cues[word]
        if bits & self._conditional and not conditional:
            conditional = self.lexicon.conditional.search(whole) is not None
        reading = Reading([], [], False, False, 0.0, bool(bits & self._durations), conditional, len(words))
        todo = bits & bits >> self._size & self._when[clause.question, conditional]
        if todo:
            self._try(whole, todo, bool(bits & self._subordinate), reading)
        return reading

    def _try(self, whole: str, todo: int, subordinate: bool, reading: Reading) -> None:
        main = self.lexicon.subordinate.sub("", whole) or whole if subordinate else whole
        rules, finders = self.rules, self._finders
        while todo:
            bit = todo & -todo
            todo ^= bit
            place = bit.bit_length() - 1
            rule = rules[place]
            found = finders[place](main if rule.scope == "main" else whole)
            if found is None:
                continue
            self._note(rule, reading)
            if rule.kind == "core":
                return
            if rule.kind == "guard":
                todo &= ~self._stateful
            elif rule.kind == "courtesy":
                whole = f"{whole[: found.start()]}{whole[found.end() :]}".strip(" ,")
                main = self.lexicon.subordinate.sub("", whole) or whole if subordinate else whole

    @staticmethod
    def _note(rule: Rule, reading: Reading) -> None:
        if rule.act is None:
            if rule.kind != "guard":
                reading.polite = True
                reading.understood = max(reading.understood, 0.6)
            return
        reading.acts.append(rule.act)
        if rule.state is not None:
            reading.states.append(rule.state)
        if rule.act == "request":
            reading.requesting = True
        reading.understood = max(reading.understood, 0.6 if rule.weak else 1.0)
