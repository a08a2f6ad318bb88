"""One clause in, what it does out: only rules whose cue words occur are tried, in the pack's order."""

from functools import lru_cache

from msgspec import Struct

from hubbub.customers.hearing.lexicon import Lexicon, Rule
from hubbub.model import AgentAct, SignalState

_PUNCTUATION = str.maketrans(dict.fromkeys('.,:;!?"()[]{}<>/\\|*_=+~^&%$#@', " "))
_TRIED_CHARS = 400  # of one clause: rules look no further, so that their time is bounded
_REMEMBERED = 4096  # clauses, of each language: agents repeat themselves


class Reading(Struct, frozen=True):
    """What one clause does. `understood` is 1 for a rule, .6 for the shape of a statement or politeness, else 0."""

    acts: tuple[AgentAct, ...]
    states: tuple[SignalState, ...]
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
        self.read = lru_cache(_REMEMBERED)(self._read)
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

    def _read(self, text: str, question: bool, conditional: bool) -> Reading:
        """What a clause does. `conditional`: an earlier clause of its sentence made it depend on something."""
        whole = text if len(text) <= _TRIED_CHARS else text[:_TRIED_CHARS]
        words = whole.translate(_PUNCTUATION).split()
        cues, bits = self._cues, self._always
        for word in words:
            if word in cues:
                bits |= cues[word]
        if bits & self._conditional and not conditional:
            conditional = self.lexicon.conditional.search(whole) is not None
        todo = bits & bits >> self._size & self._when[question, conditional]
        if not todo:
            silent = bits == self._always and not any(map(str.isalnum, whole))
            return Reading((), (), False, 0.0, bits & self._durations != 0, conditional, 0 if silent else len(words))
        acts: list[AgentAct] = []
        states: list[SignalState] = []
        polite, understood = False, 0.0
        for rule in self._matched(whole, todo, bool(bits & self._subordinate)):
            if rule.act is None:
                polite = True
            else:
                acts.append(rule.act)
            if rule.state is not None:
                states.append(rule.state)
            if understood < 1.0:
                understood = 0.6 if rule.weak or rule.act is None else 1.0
        durations = bits & self._durations != 0
        return Reading(tuple(acts), tuple(states), polite, understood, durations, conditional, len(words))

    def _matched(self, whole: str, todo: int, subordinate: bool) -> list[Rule]:
        """The rules of `todo` that the clause follows, guards apart."""
        hide = self.lexicon.subordinate.sub
        main = hide("", whole) or whole if subordinate else whole
        rules, finders = self.rules, self._finders
        matched: list[Rule] = []
        while todo:
            bit = todo & -todo
            todo ^= bit
            place = bit.bit_length() - 1
            rule = rules[place]
            found = finders[place](main if rule.scope == "main" else whole)
            if found is None:
                continue
            if rule.kind == "guard":
                todo &= ~self._stateful
                continue
            matched.append(rule)
            if rule.kind == "core":
                break
            if rule.kind == "courtesy":
                whole = f"{whole[: found.start()]}{whole[found.end() :]}".strip(" ,")
                main = hide("", whole) or whole if subordinate else whole
        return matched
