"""How one customer puts one decision: what fills the places of a phrase, made when a phrase asks for it."""

from collections.abc import Callable
from zlib import crc32

from hubbub.chance import Stream, substream
from hubbub.customers.contacts import UNASKED
from hubbub.customers.curiosity import PRICES
from hubbub.customers.customer import WORDING, Customer, moment
from hubbub.customers.grammar import Node, expand, tidied, turned
from hubbub.customers.mind import Mind, goal_of, value
from hubbub.customers.noise import fence, roughen, unfence
from hubbub.customers.openings import reason_in
from hubbub.customers.own_words import TERSE
from hubbub.customers.pack import Pack, Phrases, pack, verb_and_rest, ways_to_put, words_of
from hubbub.customers.population import is_remark
from hubbub.customers.sayings import canary, denied
from hubbub.model import Say

REST = "\x03"  # in an opening: what is told along goes here, so that thanks and regards come last
NOTHING: Phrases = {}


class Voice(dict[str, "str | Node"]):
    """What fills the places of a phrase, made when a phrase asks for it."""

    def __init__(self, customer: Customer, mind: Mind, say: Say, chance: Stream) -> None:
        super().__init__()
        self.customer, self.mind, self.say, self.chance = customer, mind, say, chance
        self.pack: Pack = pack(customer.language, customer.formal)
        self.terse = customer.style.terse
        self.named = ""  # the slot whose name is wanted
        self.subject, self.reason = reason_in(say.about)

    def __missing__(self, place: str) -> "str | Node":
        if place in _PLACES:
            return _PLACES[place](self)
        if place in self.pack.acts.get("own", NOTHING):
            return self.put_of_its_own(place)
        return fence(value(self.customer, self.mind, place))

    def put(self, node: Node) -> str:
        """A phrase as text, not tidied yet."""
        return expand(node, self.chance, self)

    def put_of_its_own(self, place: str) -> str:
        """A circumstance of this customer's, such as a relative: drawn once, and the same in all it says."""
        steady = substream(self.customer.key, moment(-1, WORDING) + (crc32(place.encode()) << 16))
        return expand(self.pack.acts["own"][place], steady, self)

    def act(self, act: str, about: str) -> str:
        """A phrase for an act, by what it is about."""
        phrases = self.pack.acts[act]
        key = about if about in phrases else "any"
        return self.put(phrases.get(key + TERSE, phrases[key]) if self.terse else phrases[key])

    def goal(self, told: tuple[str, ...] = (), *, bare: bool = False) -> str:
        """A sentence for the goal, which may mention values told along; `bare` is without what opens a chat."""
        intent = self.subject if self.say.act == "open" and self.subject else goal_of(self.customer, self.mind).intent
        persona = self.customer.persona
        if own := next(
            (goal.says for goal in (persona.goal, *persona.then) if goal.intent == intent and goal.says), ()
        ):
            return self.in_turn(own)
        ways, weights = ways_to_put(
            self.pack.language, intent, frozenset(told), self.customer.formal, self.terse or bare
        )
        way = self.chance.weighted(ways, weights)
        self["verb"], self["words"] = verb_and_rest(self.pack.language, intent)
        self[way.place] = self.chance.choice(way.options)
        sentence = self.put(way.frame)
        del self[way.place]  # a slot that is told along has a noun of its own
        return sentence

    def in_turn(self, own: tuple[str, ...], count: int | None = None) -> str:
        """One of the author's ways to put it: another than a turn ago, or than the time before, where it is counted."""
        return own[(self.customer.key + (self.mind.turn if count is None else count)) % len(own)]

    def why(self) -> str:
        """Why a human is needed."""
        persona = self.customer.persona
        if persona.expect.escalation is not None and persona.expect.escalation.says:
            return self.in_turn(persona.expect.escalation.says, self.mind.reasons or self.mind.turn)
        node = self.pack.reason(self.reason, persona.industry, again=self.mind.reasons > 1)
        return self.put(turned(node, self.customer.key + self.mind.reasons))

    def slot(self, slot: str, form: str = "say") -> str:
        """A clause that tells a slot; the bare value is one to who was asked for it."""
        text = value(self.customer, self.mind, slot)
        if (self.terse and self.say.act != "open" and self.subject != UNASKED) or is_remark(slot, text):
            return fence(text)
        self["value"], before, self.named = fence(text), self.named, slot
        clause = self.put(self.pack.slot(slot)[form])
        del self["value"]  # the next clause may be about another slot
        self.named = before
        return clause

    def finished(self, text: str) -> str:
        """A message as this customer writes it; spoken words are left as they are."""
        text = tidied(text)
        for found, becomes in self.pack.elided:
            if found.search(text) is not None:  # as it seldom is; a template is costly to look at
                text = found.sub(becomes, text)
        if self.customer.persona.channel == "voice":
            return unfence(text)
        return roughen(text, self.customer.style, self.pack, self.chance)


def _noun(voice: Voice) -> str:
    """What a slot is called: by the pack, else by the author."""
    slot = voice.named or voice.subject
    own = voice.pack.slot(slot).get("noun")
    return voice.put(own) if own is not None else words_of(slot)


def _with_article(form: str) -> Callable[[Voice], str]:
    """A slot's name with what stands before it, in one of the forms that the language has."""
    return lambda voice: voice.put(voice.pack.slot(voice.named or voice.subject)[form])


def _told(voice: Voice) -> str:
    """All values told, in one clause after another."""
    first = "inline" if voice.subject == UNASKED else "say"
    clauses = [voice.slot(slot, first if n == 0 else "inline") for n, slot in enumerate(voice.say.told)]
    return voice.pack.joints[0].join(clauses)


def _short_goal(voice: Voice) -> str:
    return voice.goal()


def _claim(voice: Voice) -> str:
    fact = voice.customer.persona.facts[voice.subject]
    voice["noun"], voice["value"] = words_of(voice.subject), denied(fact, voice.pack, voice.chance, voice.subject)
    return voice.put(_of_fact(voice)["claim"])


def fact(voice: Voice) -> str:
    """The question on the agenda that a message puts."""
    known = voice.customer.persona.facts.get(voice.subject)
    if known is not None and known.asked:
        return voice.in_turn(known.asked)
    voice["noun"] = words_of(voice.subject)
    return voice.put(_of_fact(voice)["question"])


def _of_fact(voice: Voice) -> Phrases:
    """The phrases for a fact; for one that the pack does not know, those for what it is: a time, a price, anything."""
    facts, name = voice.pack.facts, voice.subject
    fact = voice.customer.persona.facts.get(name)
    kind = "_any"
    if name.rpartition("_")[2] in _MONEY or (fact is not None and fact.money is not None):
        kind = "_price"
    elif name.rpartition("_")[2] in _TIMES or (fact is not None and (fact.days or fact.hours or fact.minutes)):
        kind = "_time"
    return facts.get(name) or facts.get(kind) or facts["_any"]


_MONEY = PRICES | {"amount"}
_TIMES = frozenset(("eta", "window", "notice", "deadline", "duration", "period"))


def _value(voice: Voice) -> str:
    return fence(value(voice.customer, voice.mind, voice.say.told[0]))


_PLACES: dict[str, Callable[[Voice], str]] = {
    "rest": lambda _: REST,
    "goal": lambda voice: voice.goal(voice.say.told),
    "topic": lambda voice: voice.act("topic", goal_of(voice.customer, voice.mind).intent),
    "matter": lambda voice: voice.act("matter", goal_of(voice.customer, voice.mind).intent),
    "short_goal": _short_goal,
    "bare_goal": lambda voice: voice.goal(voice.say.told, bare=True),
    "told": _told,
    "a_noun": _with_article("a_noun"),
    "my_noun": _with_article("my_noun"),
    "noun": _noun,
    "claim": _claim,
    "fact": fact,
    "value": _value,
    "reason": Voice.why,
    "canary": lambda voice: fence(canary(voice.customer)),
}
