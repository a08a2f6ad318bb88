"""What one sentence of a reply does, worked out once: agents repeat themselves, and differ mostly in their numbers."""

import re
from functools import cached_property, lru_cache

from hubbub.customers.hearing.claims import bind, find_claims, find_worded, may_link
from hubbub.customers.hearing.clauses import halves, lowered, without_numbers
from hubbub.customers.hearing.devanagari import in_latin
from hubbub.customers.hearing.grammar import BIT, COURTEOUS, DURATIONS, GUARDED, GUESSED, POLITE, Grammar
from hubbub.customers.hearing.memory import Memory
from hubbub.customers.hearing.weights import SURELY, Verdict, Weights, weights_of
from hubbub.model import Claim, Signal, SignalState

LISTS = DURATIONS << 1  # lines after it list what it asks for or tells
KEYED = DURATIONS << 6  # holds what may be an option of a menu, or a key for one

# acts and other bits; signals; clauses, and how many of them were understood; requests, in lower case; claims;
# the sentence itself where it is short enough to be an item of a list; and how far it counts beside others.
Effect = tuple[int, tuple[Signal, ...], int, float, tuple[str, ...], tuple[Claim, ...], str, int]
Deed = tuple[int, int]  # of an effect its acts and other bits, and how far it counts

_REMEMBERED = 4096  # sentences, of each language
_REPLIES_REMEMBERED = 1024  # what their sentences do, of each language
_LISTED_WORDS = 8  # a longer line is no item of a list of what is asked for
_REASON_CHARS = 160
_KIND_WORDS = 3  # in so few, rules that found only politeness are believed: "okay" is no success
_MARKS = ".!?。\"')] \t\n"
_STOPS = frozenset(".!?。")
_MARGIN = " \t,\"'()¿¡、「」"
_BRACKETS = str.maketrans('[]()"', "     ")
_WORD = re.compile(r"[^\W\d_]+")
_PICTURES = re.compile(r"^[^\w\x00-\x7f]+\W*")  # rules look at how a clause begins
_STATED = re.compile(r"[0-9/](?<!\w/)")  # without one, only numbers as words and bare domains state a value
_HEXADECIMAL = re.compile(r"\b([a-f]{2})[a-f]+0\b")  # before the first digit of a reference stand ever other letters
_KEYS = re.compile(
    r"[0-9A-Z|/\]\"](?:(?<= [|/]) |(?<=[\]\"])|(?<![\w.,:/-][0-9A-Z])(?:(?<=[0-9])(?![\w:%/-])|(?<=[A-Z])[A-Z]{1,11}\b"
    r"|(?<=[A-Z])\)))"
)
_TRIED_CHARS = 400  # rules look no further
_REQUEST, _INFORM, _HANDOFF = BIT["request"], BIT["inform"], BIT["handoff"]
_ACTS = POLITE - 1
CORE = _ACTS & ~COURTEOUS
_HANDED = _HANDOFF | BIT["offer_handoff"]
_LIKE_DEMANDS = BIT["wait"] | BIT["confirm"] | _INFORM | _REQUEST  # what words alone take a demand for
_IN_THE_WAY = BIT["refuse"] | BIT["notify_failure"]
_MACHINE = re.compile(r"\b(?:automated|virtual|digital|artificial|ai|a\.i\.|chat ?bot|bot|machine)\b")


class Sentences:
    """Reads sentences of one language, and remembers them."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self._known: Memory[Effect] = Memory(_REMEMBERED)  # sentences as they were written
        self._shapes: Memory[Effect] = Memory(_REMEMBERED)  # sentences with any number: all but their claims
        self._kind_words = [(word, BIT[act]) for word, act in grammar.lexicon.kind_words]
        self.known = self._known.lately
        self.counted = lru_cache(_REPLIES_REMEMBERED)(self._counted)

    @cached_property
    def _weights(self) -> Weights | None:
        path = self.grammar.lexicon.weights
        return None if path is None else weights_of(path)

    def read(self, sentence: str) -> Effect:
        """What a sentence, written with its marks, does."""
        effect = self._known.get(sentence)
        if effect is None:
            effect = self._first(sentence)
            self._known.note(sentence, effect)
        return effect

    def forget(self) -> None:
        """As if no sentence had been read."""
        self._known.forget()
        self._shapes.forget()

    def _first(self, sentence: str) -> Effect:
        low = lowered(sentence)
        stated = _STATED.search(low) is not None
        effect = self._shape(low) if stated else self._turning(low)
        if _KEYS.search(sentence) is not None:
            effect = (effect[0] | KEYED, *effect[1:])
        if stated or effect[0] & DURATIONS or may_link(low):
            claims = self.claims(sentence, low, bool(effect[0] & DURATIONS))
            if claims:
                return (*effect[:5], claims, *effect[6:])
        return effect

    def _shape(self, low: str) -> Effect:
        """The effect of a sentence that holds numbers: of all that differ in them alone."""
        shape = without_numbers(low)
        effect = self._shapes.get(shape)
        if effect is None:
            shape = _HEXADECIMAL.sub(r"\1c0", shape)
            effect = self._shapes.get(shape)
        if effect is None:
            effect = self._turning(shape)
            self._shapes.note(shape, effect)
        return self._turning(low) if effect[1] else effect  # what a signal quotes is what was said

    def _turning(self, low: str) -> Effect:
        """The effect of a sentence; where it says what cannot be done, and who is called in for it, of both its parts.

        "I can't change that, but I can get somebody who can": a sentence does one thing, but for this.
        """
        whole, turn = self.analyse(low, []), self.grammar.lexicon.turn
        found = turn.search(low) if turn is not None and whole[0] & (_HANDED | _IN_THE_WAY) else None
        if found is None:
            return whole
        first, second = self.analyse(low[: found.start()] + ".", []), self.analyse(low[found.end() :], [])
        if not first[0] & _IN_THE_WAY or not second[0] & _HANDED or second[0] & (GUESSED | GUARDED):
            return whole
        if whole[0] & _HANDED and first[0] & BIT["refuse"] and found["against"] is None:
            return whole  # why somebody is called in
        return (first[0] | second[0], first[1] + second[1], first[2] + second[2], first[3] + second[3],
                first[4] + second[4], (), "", max(first[7], second[7]))  # fmt: skip

    def analyse(self, low: str, heard: list[tuple[int, int]]) -> Effect:
        """The effect, claims apart, of a sentence in lower case. Clauses that touch a span of `heard` are left out."""
        weights = self._weights
        if weights is None:
            return self._ruled(low, heard)[0]
        weighed = None if heard else weights.weigh(low)
        likely = -1 if weighed is None else weights.likely(weighed)
        effect, states, texts = self._ruled(low, heard, likely)
        if heard:
            weighed = weights.weigh(", ".join(texts))
        if weighed is None or not effect[2]:
            return effect
        if not states and _MACHINE.search(low):  # hands nobody over: "you are chatting with a virtual assistant"
            effect = (effect[0] | GUARDED, *effect[1:])
        kind = sum(bit for word, bit in self._kind_words if word in low)
        verdict = weights.judge(weighed, effect[0] | kind, states)
        if (verdict[2] < 1.0 or not verdict[0] & _ACTS & ~_LIKE_DEMANDS) and self._demands(low):
            verdict = (verdict[0] & ~_LIKE_DEMANDS | _REQUEST, (), 1.0, SURELY)
        if verdict[0] & _HANDOFF and self._awaits_consent(low):
            verdict = (verdict[0] & ~_HANDOFF | BIT["offer_handoff"], ("offered",), *verdict[2:])
        return self._weighed(effect, verdict, texts, kind)

    def _awaits_consent(self, low: str) -> bool:
        """Whether what a sentence promises comes only if the customer says so."""
        awaits, settled = self.grammar.lexicon.on_consent, self.grammar.lexicon.settled
        low = low[:_TRIED_CHARS]
        return awaits is not None and awaits.search(low) is not None and (settled is None or not settled.search(low))

    def _demands(self, low: str) -> bool:
        """Whether a sentence asks by saying what is needed: what for, as in "to look that up", is not what it does."""
        demand = self.grammar.lexicon.demand
        return demand is not None and demand.match(low) is not None

    def ruled(self, low: str) -> tuple[int, tuple[SignalState, ...]]:
        """The acts and other bits, and the states of a hand-off, that rules alone find in a sentence in lower case."""
        effect, states, _ = self._ruled(low, [])
        return effect[0], states

    def _ruled(
        self, low: str, heard: list[tuple[int, int]], likely: int = -1
    ) -> tuple[Effect, tuple[SignalState, ...], list[str]]:
        """What rules find in a sentence, and its clauses. Rules of acts that are not `likely` are not tried."""
        lexicon = self.grammar.lexicon
        body = low.rstrip(_MARKS)
        mark = low[len(body) :].strip()
        if "[" in body or '"' in body or "(" in body:
            body = " ".join(body.replace("] [", "; ").translate(_BRACKETS).split())
        if lexicon.respelt is not None:
            body = lexicon.respelt[0].sub(lexicon.respelt[1], body)
        acts, clauses, words, understood = 0, 0, 0, 0.0
        signals: list[Signal] = []
        requests: list[str] = []
        texts: list[str] = []
        conditional = False
        for start, end in halves(body, lexicon):
            text = body[start:end].strip(_MARGIN)
            if text and not text[0].isascii():
                text = _PICTURES.sub("", text)
            if not text or (heard and any(a < end and start < b for a, b in heard)):
                continue
            asks = "?" in mark and (end == len(body) or lexicon.inverted.match(text) is not None)
            asks = asks or (mark in ("", "。") and lexicon.unmarked.match(text) is not None)
            does, states, sure, conditional, count = self.grammar.read(text, asks, conditional, likely)
            acts |= does & DURATIONS
            if not count:
                continue
            acts |= does
            clauses += 1
            words += count
            understood += sure
            texts.append(text)
            signals += [self.signal(state, text) for state in states]
            if does & _REQUEST:
                requests.append(text)
                acts = acts | LISTS if lexicon.listing.search(text) else acts & ~LISTS
        item = body if words <= _LISTED_WORDS and mark[:1] not in _STOPS else ""
        effect = acts, tuple(signals), clauses, understood, tuple(requests), (), item, SURELY
        return effect, tuple(dict.fromkeys(s.state for s in signals)), texts

    def _weighed(self, effect: Effect, verdict: Verdict, texts: list[str], kind: int) -> Effect:
        """The effect of a sentence whose words were judged; of what rules found stays what they alone can tell.

        `kind`: acts of courtesy that it does in any case.
        """
        does, signs, clauses, _, requests, _, item, _ = effect
        acts, states, sure, worth = verdict
        if does & POLITE and not does & _ACTS and (acts == _INFORM or sum(map(_words, texts)) <= _KIND_WORDS):
            acts = 0  # kind words, and nothing else
        said = {sign.state: sign for sign in signs}
        signals = tuple(said.get(state) or self.signal(state, ", ".join(texts)) for state in states)
        if not acts & _REQUEST:
            requests = ()
        elif not requests:
            requests = tuple(texts)
        lists = LISTS if self.grammar.lexicon.listing.search((requests or texts)[-1]) else 0
        lists |= GUESSED if sure < 1.0 else 0
        acts |= kind | lists | does & (DURATIONS | POLITE)
        return acts, signals, clauses, sure * clauses, requests, (), item, worth

    def _counted(self, deeds: tuple[Deed, ...]) -> tuple[bool, ...]:
        """Which sentences of a reply say something of their own beside the others; empty where nothing is left out."""
        core = [does & CORE for does, _ in deeds]
        if core.count(0) > len(deeds) - 2:
            return ()
        once = twice = 0  # what any of them does, and what more than one does
        for does, _ in deeds:
            twice |= once & does
            once |= does
        last = len(deeds) - 1
        found = []
        for at, (deed, act) in enumerate(zip(deeds, core, strict=True)):
            others = (once & ~deed[0] | twice) & _ACTS
            found.append(not act or bool(act & (_HANDED | others)) or self.counts(deed, others, at == 0, at == last))
        return tuple(found) if any(act and counts for act, counts in zip(core, found, strict=True)) else ()

    def counts(self, deed: Deed, others: int, opens: bool, closes: bool) -> bool:
        """Whether a sentence says something of its own beside others of its reply that do `others` (bits of acts).

        `opens` and `closes`: whether it is the first and the last of them.
        """
        does, worth = deed
        weights = self._weights
        if worth == SURELY or weights is None:
            return not does & GUESSED
        return worth + weights.bias(does & CORE, others, opens, closes) >= 0

    def signal(self, state: SignalState, where: str) -> Signal:
        """The evidence of a hand-off that stands in a clause, with the team it names."""
        team = self.grammar.lexicon.queue.search(where) if state != "failed" else None
        return Signal(state, "text", team.group(1) if team is not None else "", where[:_REASON_CHARS])

    def claims(self, plain: str, low: str, durations: bool) -> tuple[Claim, ...]:
        """The values that a sentence states. `durations`: a number written as a word may be among them."""
        forms = self.grammar.lexicon.claims
        claims: list[Claim] = []
        for start, end in halves(low, self.grammar.lexicon):
            text = low[start:end]
            found = find_claims(plain[start:end], text, forms)
            if durations:
                found += find_worded(plain[start:end], text, forms)
            if found:
                claims += bind(found, text, forms)
        return tuple(claims)


class MixedSentences(Sentences):
    """Reads sentences of a language that its speakers mix with another, each by the grammar of the one that it is in.

    A sentence is the language's own that holds one of its own words. Devanagari is read as if typed in Latin letters.
    """

    def __init__(self, grammar: Grammar, other: Sentences) -> None:
        super().__init__(grammar)
        self._other = other

    def analyse(self, low: str, heard: list[tuple[int, int]]) -> Effect:
        """The effect, claims apart, of a sentence in lower case, in whichever of the two languages it is."""
        return super().analyse(low, heard) if self._is_own(low) else self._other.analyse(low, heard)

    def counts(self, deed: Deed, others: int, opens: bool, closes: bool) -> bool:
        """Whether a sentence says something of its own beside others: one in its own language always does."""
        return self._other.counts(deed, others, opens, closes)

    def _first(self, sentence: str) -> Effect:
        sentence = sentence if sentence.isascii() else in_latin(sentence)
        return super()._first(sentence) if self._is_own(lowered(sentence)) else self._other.read(sentence)

    def _is_own(self, low: str) -> bool:
        return not self.grammar.lexicon.own_words.isdisjoint(_WORD.findall(low))


def _words(text: str) -> int:
    return text.count(" ") + 1
