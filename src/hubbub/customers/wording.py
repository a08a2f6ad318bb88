"""The grammar voice: what a customer decided to say, in its words. Pure; the words come from a language pack."""

from collections.abc import Callable
from zlib import crc32

from hubbub.chance import Stream, substream
from hubbub.customers.contacts import CONTACT, OFFERED, UNASKED
from hubbub.customers.curiosity import WONDERS, is_query
from hubbub.customers.customer import WORDING, Customer, moment
from hubbub.customers.grammar import Node, expand, tidied, turned
from hubbub.customers.lacking import PRIVATE
from hubbub.customers.mind import Mind, count, goal_of, value
from hubbub.customers.noise import fence, roughen, unfence
from hubbub.customers.openings import needs_human, reason_in, shows
from hubbub.customers.own_words import TERSE
from hubbub.customers.pack import Pack, Phrases, pack, tempo_of, told_together, verb_and_rest, ways_to_put, words_of
from hubbub.customers.population import is_remark
from hubbub.customers.sayings import canary, denied
from hubbub.model import Say, Trigger

_ASIDES = {"plain": 0.9, "polite": 0.9, "blunt": 0.8, "chatty": 0.97, "formal": 0.8}  # (A)
_GRAVE: tuple[Trigger, ...] = ("safety", "identity_fraud", "sentiment", "vulnerable")  # nobody chats about a trip then
_LATER = 0.06  # factor on it for who has said what it came for, and where a language has none for openings (A)
_PREFACES = 0.16  # (A)
_REST = "\x03"  # in an opening: what is told along goes here, so that thanks and regards come last
_NOTHING: Phrases = {}
_OF_NO_GOAL = frozenset((*WONDERS, "back", "resumed"))  # what may be asked beside what it came for
_SAYS_BYE_TOO = 0.5  # of those who thank at the end (A)
_COOL = 0.3  # frustration from which nobody is praised (A)
_UPSET = 0.5  # frustration from which a human is asked for in other words


def word(customer: Customer, mind: Mind, say: Say) -> tuple[str, ...]:
    """The messages for a decision: one, or a burst. Every value told is in them as it is.

    `mind` is the mind after the decision. The same arguments give the same words.
    """
    salt = crc32(f"{say.act}{say.about}".encode()) << 16
    voice = _Voice(customer, mind, say, substream(customer.key, moment(mind.turn, WORDING) + salt))
    parts = _PARTS.get(say.act, _plain)(voice)
    return tuple([voice.finished(text) for text in _in_messages(customer, parts, voice.chance)])


class _Voice(dict[str, "str | Node"]):
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
        if place in self.pack.acts.get("own", _NOTHING):
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


def _noun(voice: _Voice) -> str:
    """What a slot is called: by the pack, else by the author."""
    slot = voice.named or voice.subject
    own = voice.pack.slot(slot).get("noun")
    return voice.put(own) if own is not None else words_of(slot)


def _with_article(form: str) -> Callable[[_Voice], str]:
    """A slot's name with what stands before it, in one of the forms that the language has."""
    return lambda voice: voice.put(voice.pack.slot(voice.named or voice.subject)[form])


def _told(voice: _Voice) -> str:
    """All values told, in one clause after another."""
    first = "inline" if voice.subject == UNASKED else "say"
    clauses = [voice.slot(slot, first if n == 0 else "inline") for n, slot in enumerate(voice.say.told)]
    return voice.pack.joints[0].join(clauses)


def _short_goal(voice: _Voice) -> str:
    return voice.goal()


def _claim(voice: _Voice) -> str:
    fact = voice.customer.persona.facts[voice.subject]
    voice["noun"], voice["value"] = words_of(voice.subject), denied(fact, voice.pack, voice.chance, voice.subject)
    return voice.put(_of_fact(voice)["claim"])


def _fact(voice: _Voice) -> str:
    fact = voice.customer.persona.facts.get(voice.subject)
    if fact is not None and fact.asked:
        return voice.in_turn(fact.asked)
    voice["noun"] = words_of(voice.subject)
    return voice.put(_of_fact(voice)["question"])


def _of_fact(voice: _Voice) -> Phrases:
    """The phrases for a fact; for one that the pack does not know, those for what it is: a time, a price, anything."""
    facts, name = voice.pack.facts, voice.subject
    fact = voice.customer.persona.facts.get(name)
    kind = "_any"
    if name.rpartition("_")[2] in _PRICES or (fact is not None and fact.money is not None):
        kind = "_price"
    elif name.rpartition("_")[2] in _TIMES or (fact is not None and (fact.days or fact.hours or fact.minutes)):
        kind = "_time"
    return facts.get(name) or facts.get(kind) or facts["_any"]


_PRICES = frozenset(("price", "fee", "cost", "amount", "charge"))
_TIMES = frozenset(("eta", "window", "notice", "deadline", "duration", "period"))


def _value(voice: _Voice) -> str:
    return fence(value(voice.customer, voice.mind, voice.say.told[0]))


_PLACES: dict[str, Callable[[_Voice], str]] = {
    "rest": lambda _: _REST,
    "goal": lambda voice: voice.goal(voice.say.told),
    "short_goal": _short_goal,
    "bare_goal": lambda voice: voice.goal(voice.say.told, bare=True),
    "told": _told,
    "a_noun": _with_article("a_noun"),
    "my_noun": _with_article("my_noun"),
    "noun": _noun,
    "claim": _claim,
    "fact": _fact,
    "value": _value,
    "reason": _Voice.why,
    "canary": lambda voice: fence(canary(voice.customer)),
}


# -- acts: each gives the parts of a message, which may become a burst ------------------------------------------------


def _plain(voice: _Voice) -> list[str]:
    return [voice.act(voice.say.act, voice.subject)]


def _open(voice: _Voice) -> list[str]:
    manner = voice.customer.persona.manner.register if voice.mind.turn <= 1 else "greeted"
    register = manner if voice.mind.goal == 0 else "next"
    opening = voice.act("open", register)
    reason = [voice.why()] if voice.reason else []
    opening, _, closing = opening.partition(_REST)
    told = _untold(voice, opening)
    if told and any(is_remark(slot, value(voice.customer, voice.mind, slot)) for slot in voice.say.told):
        within = [joint for joint in voice.pack.joints if voice.pack.stop not in joint] or voice.pack.joints
        opening, told = (
            voice.chance.choice(within).join([opening, *told]),
            [],
        )  # a remark is no message alone, and begins no sentence: its letters stay as they are
    *parts, last = [opening, *told, *reason, *([] if reason else _aside(voice))]
    return [*parts, f"{last}{closing}"]


def _preface(voice: _Voice, about: str = "any") -> list[str]:
    """Now and then a word before the answer, or one to what was heard before the question."""
    if about not in voice.pack.acts.get("preface", _NOTHING) or voice.terse or not voice.chance.happens(_PREFACES):
        return []
    return [voice.act("preface", about)]


def _aside(voice: _Voice) -> list[str]:
    """Now and then something that is of no use to the agent, as people tell it."""
    asides = voice.pack.acts.get("aside", _NOTHING)
    about = "open" if voice.say.act == "open" and "open" in asides else "any"
    if about == "any" and "found" in asides and _looked_up(voice):
        about = "found"
    odds = _ASIDES[voice.customer.persona.manner.register] * (1.0 if about == "open" else _LATER)
    idle = not voice.terse
    intent = goal_of(voice.customer, voice.mind).intent
    if shows(voice.customer) in _GRAVE:
        about, idle = "grave", idle and about == "open" and "grave" in asides
    elif about == "open" and intent in asides:
        about = intent
    return [voice.act("aside", about)] if asides and idle and voice.chance.happens(odds) else []


def _looked_up(voice: _Voice) -> bool:
    """Whether something is told that one has to look for: nobody finds their own name in a drawer."""
    return any(slot.endswith(("_id", "number", "reference")) for slot in voice.say.told)


def _untold(voice: _Voice, text: str) -> list[str]:
    """Clauses for the values that a text does not hold yet."""
    left = [slot for slot in voice.say.told if fence(value(voice.customer, voice.mind, slot)) not in text]
    clauses = [voice.slot(slot, "inline") for slot in left]
    return [voice.pack.joints[0].join(clauses)] if clauses else []


def _inform(voice: _Voice) -> list[str]:
    together = told_together(voice.say.told)
    takes_up = voice.subject == OFFERED and OFFERED in voice.pack.acts["confirm"]
    plain = voice.subject in ("", OFFERED) and not takes_up
    if together in voice.pack.acts["inform"] and plain and not voice.reason:
        return [voice.act("inform", together)]
    if voice.subject == CONTACT:
        return _reached(voice)
    parts: list[str] = []
    if voice.say.told:
        parts.append(voice.act("inform", "told" if voice.subject in ("", UNASKED, OFFERED) else "lacking"))
    if voice.reason:
        parts.append(_reason(voice))
    elif takes_up:
        parts = [voice.act("confirm", OFFERED), *parts]
    elif parts:
        parts = [*([] if voice.subject == UNASKED else _preface(voice)), *parts, *_aside(voice)]
    return parts or [voice.goal()]


def _reason(voice: _Voice) -> str:
    """Why a human is needed; once that was said, for some reasons in words of their own, never the same twice running.

    What happened is told once: who is asked its name and answers with the fire again is no person.
    """
    phrases, again = voice.pack.acts["inform"], f"reason_again_{voice.reason}"
    if voice.mind.reasons > 1 and again in phrases:
        return voice.put(turned(phrases[again], voice.customer.key + voice.mind.reasons))
    return voice.act("inform", "reason_again" if voice.mind.reasons > 1 and "reason_again" in phrases else "reason")


def _reached(voice: _Voice) -> list[str]:
    """How it can be reached, and what for where the pack has words for that."""
    voice.named = voice.say.told[0]
    own = f"{CONTACT}_{voice.named}"
    return [voice.act("inform", own if own in voice.pack.acts["inform"] else CONTACT)]


def _unhelped(voice: _Voice) -> bool:
    """Who came in a fury, or needed a human and got none, praises nobody, whatever became of it."""
    return shows(voice.customer) == "sentiment" or needs_human(voice.customer) is not None


def _deny(voice: _Voice) -> list[str]:
    if voice.subject == "more" and (_unhelped(voice) or voice.mind.frustration > _COOL):
        voice.terse = True
    if voice.subject in PRIVATE:
        return [voice.act("deny", "private")]
    return _plain(voice)


def _thank(voice: _Voice) -> list[str]:
    """Thanks, and now and then a goodbye of its own."""
    furious = shows(voice.customer) == "sentiment"
    cool = voice.mind.frustration > _COOL or (furious if voice.subject == "handoff" else _unhelped(voice))
    if cool and voice.subject != "handoff" and "curt" in voice.pack.acts["thank"]:
        return [voice.act("thank", "curt")]
    voice.terse = voice.terse or cool
    thanks = voice.act("thank", voice.subject)
    parts = voice.subject == "done" and not voice.terse and "also" in voice.pack.acts["bye"]
    goes = parts and voice.pack.own is None and "have a" not in thanks and voice.chance.happens(_SAYS_BYE_TOO)
    return [thanks, voice.act("bye", "also")] if goes else [thanks]


def _rephrase(voice: _Voice) -> list[str]:
    asks = voice.subject in goal_of(voice.customer, voice.mind).asks
    text = voice.act("rephrase", "fact" if asks else "any")
    return [text, *_untold(voice, text)]


def _ask(voice: _Voice) -> list[str]:
    goal = goal_of(voice.customer, voice.mind)
    if voice.subject in _OF_NO_GOAL:
        phrases, of_query = voice.pack.acts["ask"], f"{voice.subject}_query"
        about = of_query if of_query in phrases and is_query(goal.intent) else voice.subject
        heard = _preface(voice, "heard") if voice.subject in WONDERS else []
        return [*heard, voice.act("ask", about if about in phrases else "back")]
    if voice.subject == goal.intent and voice.subject not in goal.asks:
        about = "done_query" if is_query(goal.intent) and "done_query" in voice.pack.acts["ask"] else "done"
        return [voice.act("ask", about)]
    if count(voice.mind.put, voice.subject) > 1 and voice.mind.frustration > _UPSET:
        return [voice.put(voice.pack.acts["again"]["any"]), _fact(voice)]
    return [*_preface(voice, "heard"), voice.act("ask", "fact")]


def _complain(voice: _Voice) -> list[str]:
    if voice.reason:
        answer = [voice.act("inform", "told")] if voice.say.told else []
        return [*answer, voice.act("complain", "reason")]
    about = "told" if voice.say.told else voice.subject
    if about == "code" and about not in voice.pack.acts["complain"]:
        about = "pressure"
    return [voice.act("complain", about)]


def _ask_human(voice: _Voice) -> list[str]:
    mind = voice.mind
    upset = mind.frustration > _UPSET or (mind.human_asks > 1 and voice.chance.happens(0.4))
    return [voice.act("ask_human", "upset" if upset else "any")]


_PARTS: dict[str, Callable[[_Voice], list[str]]] = {
    "open": _open,
    "inform": _inform,
    "thank": _thank,
    "deny": _deny,
    "rephrase": _rephrase,
    "ask": _ask,
    "complain": _complain,
    "ask_human": _ask_human,
}


def _in_messages(customer: Customer, parts: list[str], chance: Stream) -> list[str]:
    """One message, or as many as this channel's customers make of one thought."""
    if len(parts) == 1:
        return parts
    tempo = tempo_of(customer.persona)
    if customer.style.bursts and chance.happens(_splits(tempo.bursts)):
        return parts
    joint = chance.choice(pack(customer.language).joints)
    return [joint.join(parts)]


def _splits(bursts: tuple[float, ...]) -> float:
    """Chance that parts become messages: higher than the share of bursts, as most messages have but one part."""
    return min(1.0, 3.0 * (1.0 - bursts[0] / sum(bursts)))
