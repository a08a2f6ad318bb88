"""One clause in, what it does out: only rules whose cue words occur are tried, in the pack's order."""

from typing import get_args

from hubbub.customers.hearing.lexicon import Lexicon, Marks, Rule
from hubbub.model import AgentAct, SignalState

_SIGNS = frozenset('.,:;!?"()[]{}<>/\\|*_=+~^&%$#@')
# a table of all of ASCII: signs that a table lacks cost an error each
_PUNCTUATION = "".join(" " if sign in _SIGNS else sign for sign in map(chr, range(128)))
_KEPT = 4096  # sets of likely acts, and the rules for them
_TRIED_CHARS = 400  # of one clause: rules look no further, so that their time is bounded

BIT: dict[AgentAct, int] = {act: 1 << place for place, act in enumerate(get_args(AgentAct))}
POLITE = 1 << len(BIT)  # words that are polite and say nothing
_TO_PEOPLE = BIT["handoff"] | BIT["offer_handoff"]  # what guards guard
COURTEOUS = BIT["greet"] | BIT["thank"] | BIT["apologise"] | BIT["goodbye"]
DURATIONS = POLITE << 1  # a word that a number written as a word may stand before
GUARDED = DURATIONS << 2  # speaks of people, but a guard says that it hands nobody over
CERTAIN: dict[AgentAct, int] = {  # what rules say that no words outweigh
    "handoff": DURATIONS << 4,
    "inform": DURATIONS << 5,
}
GUESSED = DURATIONS << 3  # no act was likely enough, and the nearest was taken

# acts and other bits, states of a hand-off, how far understood, whether what follows is conditional, words.
# Understood is 1 for a rule, .6 for the shape of a statement or politeness, else 0.
Reading = tuple[int, tuple[SignalState, ...], float, bool, int]


class Grammar:
    """A pack's rules, indexed by cue word. A set of rules is an integer with one bit per rule."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        rules = lexicon.rules
        size = len(rules)
        self._size = size
        self._cues: dict[str, int] = {}
        self._always = 0  # rules without cues, and in the upper half those without needs
        for place, rule in enumerate(rules):
            self._index(rule.cues, 1 << place)
            self._index(rule.needs, 1 << place + size)
            if rule.bars:
                self._index(rule.bars, 1 << place + 2 * size)
        self._conditional, self._subordinate, self._durations = (1 << 3 * size + i for i in range(3))
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
        self._finders = tuple(r.pattern.match if r.opens else r.pattern.search for r in rules)
        self._views = tuple((r.scope == "main") + 2 * r.marked for r in rules)
        self._for: dict[int, int] = {}
        self._stateful = sum(1 << i for i, r in enumerate(rules) if r.state is not None)

    def _index(self, cues: frozenset[str], bit: int) -> None:
        for cue in cues:
            self._cues[cue] = self._cues.get(cue, 0) | bit
        if not cues:
            self._always |= bit

    def _bits_for(self, question: bool, conditional: bool) -> int:
        allowed = {"always", "question" if question else "statement"} | ({"conditional"} if conditional else set())
        return sum(1 << place for place, rule in enumerate(self.lexicon.rules) if rule.when in allowed)

    def read(self, text: str, question: bool, conditional: bool, likely: int = -1) -> Reading:
        """What a clause does. `conditional`: an earlier clause of its sentence made it depend on something.

        `likely`: the bits of the acts that it may do. Rules of others are not tried.
        """
        whole = text if len(text) <= _TRIED_CHARS else text[:_TRIED_CHARS]
        words = whole.translate(_PUNCTUATION).split()
        cues, bits = self._cues, self._always
        for word in words:
            if word in cues:
                bits |= cues[word]
        if bits & self._conditional and not conditional:
            conditional = self.lexicon.conditional.search(f" {whole}") is not None
        acts = DURATIONS if bits & self._durations else 0
        todo = bits & bits >> self._size & ~(bits >> 2 * self._size) & self._when[question, conditional]
        if likely != -1:
            todo &= self._for.get(likely) or self._rules_for(likely)
        if not todo:
            silent = bits == self._always and not any(map(str.isalnum, whole))
            return acts, (), 0.0, conditional, 0 if silent else len(words)
        states: list[SignalState] = []
        understood = 0.0
        for rule in self._matched(whole, todo, bool(bits & self._subordinate)):
            if rule.kind == "guard":
                acts |= GUARDED
                continue
            acts |= POLITE if rule.act is None else BIT[rule.act]
            acts |= CERTAIN[rule.act] if rule.certain and rule.act is not None else 0
            if rule.state is not None:
                states.append(rule.state)
            if understood < 1.0:
                understood = 0.6 if rule.weak or rule.act is None else 1.0
        return acts, tuple(states), understood, conditional, len(words)

    def _rules_for(self, likely: int) -> int:
        """The rules that speak of an act of `likely`, and those of none that matter to them."""
        chosen = 0
        for place, rule in enumerate(self.lexicon.rules):
            acts = _TO_PEOPLE if rule.kind == "guard" else -1 if rule.act is None else BIT[rule.act]
            chosen |= (rule.certain or acts & likely != 0) << place
        if len(self._for) < _KEPT:
            self._for[likely] = chosen
        return chosen

    def _matched(self, whole: str, todo: int, subordinate: bool) -> list[Rule]:
        """The rules of `todo` that the clause follows."""
        rules, finders, views = self.lexicon.rules, self._finders, self._views
        shown = [f" {whole}", "", "", ""]
        matched: list[Rule] = []
        while todo:
            bit = todo & -todo
            todo ^= bit
            place = bit.bit_length() - 1
            view = views[place]
            found = finders[place](shown[view] or self._show(shown, view, subordinate))
            if found is None:
                continue
            rule = rules[place]
            matched.append(rule)
            if rule.kind == "core":
                break
            if rule.kind == "guard":
                todo &= ~self._stateful
            elif rule.kind == "courtesy":
                left = f"{shown[0][: found.start()]} {shown[0][found.end() :]}".strip(" ,")
                shown = [f" {left}", "", "", ""]
        return matched

    def _show(self, shown: list[str], view: int, subordinate: bool) -> str:
        """The clause as some rules read it: 1 without subordinate clauses, 2 marked, 3 both."""
        if view == 1:
            text = self._main(shown[0]) if subordinate else shown[0]
        elif view == 2:
            text = marked(shown[0], self.lexicon.marks)
        else:
            text = shown[2] or self._show(shown, 2, False)
            text = self._main(text) if subordinate else text
        shown[view] = text
        return text

    def _main(self, text: str) -> str:
        main = self.lexicon.subordinate.sub(" ", text).strip(" ,")
        return f" {main}" if main else text


def marked(text: str, marks: Marks | None) -> str:
    """The clause with people, and ways of moving to them, as signs."""
    if marks is None:
        return text
    forms = marks.forms
    text = marks.people.sub(lambda m: " HUMAN" if m.group(1) is None else " SOMEONE", text)
    return marks.moves.sub(
        lambda m: " SPEAK" if m.lastgroup == "speak" else f" {forms[m.group().split(None, 1)[0]]}", text
    )
