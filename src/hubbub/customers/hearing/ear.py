"""The ladder: structured signals, the persona's own patterns, the act grammar, and `unknown` where all are silent."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import get_args

from hubbub.customers.hearing.claims import CLAIMS_KEPT
from hubbub.customers.hearing.clauses import lowered, plain_text, sentences
from hubbub.customers.hearing.english import ENGLISH
from hubbub.customers.hearing.english_matters import another_matter
from hubbub.customers.hearing.grammar import BIT, POLITE, Grammar
from hubbub.customers.hearing.lists import listed, without_act
from hubbub.customers.hearing.memory import Memory
from hubbub.customers.hearing.menus import Menus, MenuWords
from hubbub.customers.hearing.sentences import KEYED, Effect, MixedSentences, Sentences
from hubbub.customers.hearing.slots import SlotFinder, unowned
from hubbub.customers.hearing.weights import SURELY
from hubbub.customers.hearing.written import has_lexicon, written_lexicon
from hubbub.errors import UsageError
from hubbub.model import AgentAct, Choice, Claim, Heard, Signal, SignalState
from hubbub.tongues import foreign_tongue

LANGUAGES: dict[str, Sentences] = {"en": Sentences(Grammar(ENGLISH))}
_ACT_OF_STATE: dict[SignalState, AgentAct] = {
    "offered": "offer_handoff",
    "promised": "handoff",
    "initiated": "handoff",
    "confirmed": "handoff",
    "failed": "notify_failure",
}
_STATE_OF_ACT: dict[AgentAct, SignalState] = {"offer_handoff": "offered", "handoff": "initiated"}
_REQUESTS_REMEMBERED = 512  # of each persona
_ACTS = POLITE - 1  # the bits of acts
_SHAPE = 0.6  # understood no better than this, on average of its clauses, only the shape of a reply was
_SURE = 0.75  # as well understood as this, on average of its clauses, a reply is in the customer's language
_INFORM, _REQUEST, _FALLBACK = BIT["inform"], BIT["request"], BIT["fallback"]
_DEALS = BIT["inform"] | BIT["notify_success"] | BIT["notify_failure"]
_OFFERED = BIT["offer_handoff"]
_CHOOSING = _REQUEST | _OFFERED | _FALLBACK | BIT["offer"] | BIT["confirm"] | BIT["req_more"]  # beside these are menus
_FAILURE, _HANDOFF, _WAIT = BIT["notify_failure"], BIT["handoff"], BIT["wait"]


def reader_of(language: str) -> Sentences:
    """Who reads the sentences of a language, made when first wanted; English for a language without a lexicon."""
    if language not in LANGUAGES and has_lexicon(language):
        grammar = Grammar(written_lexicon(language))
        mixed = grammar.lexicon.own_words
        LANGUAGES[language] = MixedSentences(grammar, LANGUAGES["en"]) if mixed else Sentences(grammar)
    return LANGUAGES.get(language, LANGUAGES["en"])


class Ear:
    """How one persona understands replies. Build it once per persona; what it remembers changes no answer.

    `language` is a language code or locale; one without a pack is heard as English. `expects` maps acts to regular
    expressions (letter case ignored); a clause that one of them touches is not read by the grammar. `slots` are the
    names that can be asked for; `lacking` are those that are listened for where none of them is named. `matters` are
    what the persona comes with, of english_matters.py: English replies that deal with others are beside the point.
    Raises UsageError for an unknown act or a pattern that does not compile.
    """

    def __init__(
        self,
        language: str,
        expects: Mapping[str, tuple[str, ...]],
        slots: tuple[str, ...],
        lacking: tuple[str, ...] = (),
        matters: frozenset[str] = frozenset(),
    ) -> None:
        self._language = language.partition("-")[0].lower()
        self._sentences = reader_of(self._language)
        self._lexicon = self._sentences.grammar.lexicon
        self._expects = [(_act(name), _pattern(name, p)) for name, patterns in expects.items() for p in patterns]
        self._slots = SlotFinder(self._lexicon, slots)
        self._lacking = SlotFinder(self._lexicon, unowned(self._lexicon, lacking, slots))
        self._matters = matters if self._language == "en" else frozenset()
        self._menus = None if self._lexicon.menu is None else _menus_of(self._lexicon.menu)
        self._asked: Memory[tuple[str, ...]] = Memory(_REQUESTS_REMEMBERED)

    def hear(self, text: str, signals: tuple[Signal, ...] = ()) -> Heard:
        """The reply as understood. Of one longer than 6,000 characters the first 4,000 and last 2,000 are examined."""
        plain = plain_text(text)
        effects = self._expected(plain) if self._expects else self._read(plain)
        told = [effect for effect, _ in effects] if len(effects) < 2 else self._counting(listed(effects))
        acts, clauses, understood = 0, 0, 0.0
        asked: tuple[str, ...] = ()
        claims: tuple[Claim, ...] = ()
        evidence: tuple[Signal, ...] = ()
        for does, signs, count, sure, requests, values, _, _ in told:
            acts |= does
            clauses += count
            understood += sure
            if values:
                claims += values
            if signs:
                evidence += signs
            for request in requests:
                asked += self._slots_in(request)
        if evidence:
            acts, evidence = _settled(acts, evidence)
        for signal in signals:
            acts |= BIT[_ACT_OF_STATE[signal.state]]
        if acts & _FALLBACK and not asked:  # what follows asks for, or explains, other words
            acts &= ~(_REQUEST | _INFORM)
        if acts & _HANDOFF:  # who is asked to hold is being handed over
            acts &= ~_WAIT
        choices: tuple[Choice, ...] = ()
        if (acts & _CHOOSING or understood < clauses) and (acts & KEYED or "\n" in plain):
            choices, asked = self._offered(text, acts, asked)
        if not acts & _ACTS and (acts & POLITE or claims):
            acts |= _INFORM
        foreign = foreign_tongue(plain, self._language) if understood < _SURE * clauses or not acts & _ACTS else ""
        if foreign and not evidence and understood <= _SHAPE * clauses and self._lexicon.weights is None:
            acts, asked = 0, ()  # that another language's sentence has the shape of a statement tells nothing
        if not acts & _ACTS and not asked:
            return Heard(("unknown",), (), claims[:CLAIMS_KEPT], signals, 0.0, len(text), foreign, choices=choices)
        return Heard(
            _names(acts & _ACTS) or ("request",),
            tuple(dict.fromkeys(asked)) if len(asked) > 1 else asked,
            claims[:CLAIMS_KEPT] if len(claims) > CLAIMS_KEPT else claims,
            (*signals, *evidence) if evidence else signals,
            1.0 if signals or understood == clauses else round(understood / clauses, 3),
            len(text),
            foreign,
            bool(acts & _DEALS and self._matters) and another_matter(plain, self._matters),
            choices,
        )

    def _offered(self, text: str, acts: int, asked: tuple[str, ...]) -> tuple[tuple[Choice, ...], tuple[str, ...]]:
        """The options that a reply offers, and what it asks for: no option asks for anything, whatever it names."""
        choices = () if self._menus is None else self._menus.choices(text)
        if self._menus is None or not choices or not choices[0].label:
            return choices, asked
        if len(choices) == 1 and acts & _OFFERED and not choices[0].leads:
            choices = (Choice(choices[0].label, choices[0].key, "human"),)
        if asked:
            before = [effect[4] for effect, _ in self._read(plain_text(self._menus.heading(text)))]
            asked = tuple([slot for requests in before for request in requests for slot in self._slots_in(request)])
        return choices, asked

    def _counting(self, effects: list[Effect]) -> list[Effect]:
        """The effects, of those that say nothing of their own beside others only what is polite or claimed."""
        counted = self._sentences.counted(tuple([(effect[0], effect[7]) for effect in effects]))
        if not counted:
            return effects
        return [effect if counts else without_act(effect) for effect, counts in zip(effects, counted, strict=True)]

    def _read(self, plain: str) -> list[tuple[Effect, bool]]:
        """What each sentence does, and whether it opens a line."""
        known, read = self._sentences.known, self._sentences.read
        return [
            (known(plain[start:end]) or read(plain[start:end]), opens_line)
            for start, end, opens_line in sentences(plain, self._lexicon)
        ]

    def _expected(self, plain: str) -> list[tuple[Effect, bool]]:
        """The same where the persona's own patterns come first: clauses that one of them touches are theirs."""
        found = [(act, m.span()) for act, p in self._expects if (m := p.search(plain)) is not None]
        if not found:
            return self._read(plain)
        effects = [(self._own(act, plain[start:end]), False) for act, (start, end) in found]
        for start, end, opens_line in sentences(plain, self._lexicon):
            touched = [(a - start, b - start) for _, (a, b) in found if a < end and start < b]
            sentence = plain[start:end]
            effect = self._sentences.read(sentence)
            if touched:
                claims = effect[5]
                effect = (*self._sentences.analyse(lowered(sentence), touched)[:5], claims, "", SURELY)
            effects.append((effect, opens_line))
        return effects

    def _own(self, act: AgentAct, found: str) -> Effect:
        state = _STATE_OF_ACT.get(act)
        signals = () if state is None else (self._sentences.signal(state, found.lower()),)
        return BIT[act], signals, 1, 1.0, (), (), "", SURELY

    def _slots_in(self, request: str) -> tuple[str, ...]:
        """The slots that a request names."""
        slots = self._asked.get(request)
        if slots is None:
            slots = tuple(self._slots.asked(request) or self._lacking.asked(request))
            self._asked.note(request, slots)
        return slots


def _settled(acts: int, evidence: tuple[Signal, ...]) -> tuple[int, tuple[Signal, ...]]:
    """What several clauses mean together: all are busy, and here is your place in the queue."""
    states = {s.state for s in evidence}
    if "failed" in states and "initiated" in states:
        return acts & ~_FAILURE, tuple(s for s in evidence if s.state != "failed")
    return acts, evidence


@lru_cache
def _menus_of(words: MenuWords) -> Menus:
    return Menus(words)


@lru_cache(4096)
def _names(acts: int) -> tuple[AgentAct, ...]:
    """The acts of a set of bits, sorted."""
    return tuple(sorted(act for act, bit in BIT.items() if acts & bit))


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
