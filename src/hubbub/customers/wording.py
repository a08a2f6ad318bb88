"""The grammar voice: what a customer decided to say, in its words. Pure; the words come from a language pack."""

from collections.abc import Callable
from zlib import crc32

from hubbub.chance import Stream, substream
from hubbub.customers.asides import GRAVE, aside, preface
from hubbub.customers.choosing import TYPED
from hubbub.customers.contacts import CONTACT, OFFERED, UNASKED
from hubbub.customers.curiosity import WONDERS, is_query
from hubbub.customers.customer import WORDING, Customer, moment
from hubbub.customers.grammar import turned
from hubbub.customers.lacking import PRIVATE
from hubbub.customers.mind import Mind, count, goal_of, value
from hubbub.customers.noise import fence
from hubbub.customers.openings import needs_human, shows
from hubbub.customers.pack import pack, tempo_of, told_together
from hubbub.customers.population import is_remark
from hubbub.customers.voice import NOTHING, REST, Voice, fact
from hubbub.model import Say

_OF_NO_GOAL = frozenset((*WONDERS, "back", "resumed"))  # what may be asked beside what it came for
_TAPPED_ON = ("web-chat", "whatsapp")  # where options are buttons
_TAPS = 0.8  # of those who choose a button's words tap on it (A)
_WORDED = 3  # characters from which what is typed of a menu is a word
_SAYS_BYE_TOO = 0.65  # of those who thank at the end (A)
_LONG = 60  # characters from which thoughts are not strung together with commas (A)
_COOL = 0.3  # frustration from which nobody is praised (A)
_UPSET = 0.5  # frustration from which a human is asked for in other words


def word(customer: Customer, mind: Mind, say: Say) -> tuple[str, ...]:
    """The messages for a decision: one, or a burst. Every value told is in them as it is.

    `mind` is the mind after the decision. The same arguments give the same words.
    """
    salt = crc32(f"{say.act}{say.about}".encode()) << 16
    voice = Voice(customer, mind, say, substream(customer.key, moment(mind.turn, WORDING) + salt))
    if say.about.startswith(TYPED):
        return (_typed(voice, say.about[len(TYPED) :]),)
    parts = _PARTS.get(say.act, _plain)(voice)
    return tuple([voice.finished(text) for text in _in_messages(customer, parts, voice.chance)])


# -- acts: each gives the parts of a message, which may become a burst ------------------------------------------------


def _plain(voice: Voice) -> list[str]:
    return [voice.act(voice.say.act, voice.subject)]


def _typed(voice: Voice, text: str) -> str:
    """An option of a menu: its key, or its name as it was read, or tapped on where such things are."""
    key = len(text) < _WORDED or text.isupper()
    tapped = not key and voice.customer.persona.channel in _TAPPED_ON and voice.chance.happens(_TAPS)
    if tapped:
        return text
    voice["value"] = fence(text.lower() if voice.customer.style.lower else text)
    return voice.finished(voice.act("choose", "key" if key else "label"))


def _open(voice: Voice) -> list[str]:
    manner = voice.customer.persona.manner.register if voice.mind.turn <= 1 else "greeted"
    register = manner if voice.mind.goal == 0 else "next"
    opening = voice.act("open", register)
    reason = [voice.why()] if voice.reason else []
    opening, _, closing = opening.partition(REST)
    told = _untold(voice, opening)
    if told and any(is_remark(slot, value(voice.customer, voice.mind, slot)) for slot in voice.say.told):
        within = [joint for joint in voice.pack.joints if voice.pack.stop not in joint] or voice.pack.joints
        opening, told = (
            voice.chance.choice(within).join([opening, *told]),
            [],
        )  # a remark is no message alone, and begins no sentence: its letters stay as they are
    *parts, last = [opening, *told, *reason, *([] if reason else aside(voice))]
    return [*parts, f"{last}{closing}"]


def _untold(voice: Voice, text: str) -> list[str]:
    """Clauses for the values that a text does not hold yet."""
    left = [slot for slot in voice.say.told if fence(value(voice.customer, voice.mind, slot)) not in text]
    clauses = [voice.slot(slot, "inline") for slot in left]
    return [voice.pack.joints[0].join(clauses)] if clauses else []


def _inform(voice: Voice) -> list[str]:
    together = told_together(voice.say.told)
    takes_up = voice.subject == OFFERED and OFFERED in voice.pack.acts["confirm"]
    plain = voice.subject in ("", OFFERED) and not takes_up
    if together in voice.pack.acts["inform"] and plain and not voice.reason:
        return [voice.act("inform", together)]
    if voice.subject == CONTACT:
        return _reached(voice)
    parts: list[str] = []
    if voice.say.told:
        parts.append(voice.act("inform", _way_to_tell(voice)))
    if voice.reason:
        parts.append(_reason(voice))
    elif takes_up:
        parts = [voice.act("confirm", OFFERED), *parts]
    elif parts:
        parts = [*(preface(voice) if voice.subject == "" else []), *parts, *aside(voice)]
    return parts or [voice.goal()]


def _way_to_tell(voice: Voice) -> str:
    """All of it, or what there is beside something that it lacks, or that it keeps to itself."""
    if voice.subject in ("", UNASKED, OFFERED):
        return "told"
    private = voice.subject in PRIVATE and "lacking_private" in voice.pack.acts["inform"]
    return "lacking_private" if private else "lacking"


def _reason(voice: Voice) -> str:
    """Why a human is needed; once that was said, for some reasons in words of their own, never the same twice running.

    What happened is told once: who is asked its name and answers with the fire again is no person.
    """
    phrases, again = voice.pack.acts["inform"], f"reason_again_{voice.reason}"
    if voice.mind.reasons > 1 and again in phrases:
        return voice.put(turned(phrases[again], voice.customer.key + voice.mind.reasons))
    return voice.act("inform", "reason_again" if voice.mind.reasons > 1 and "reason_again" in phrases else "reason")


def _reached(voice: Voice) -> list[str]:
    """How it can be reached, and what for where the pack has words for that."""
    voice.named = voice.say.told[0]
    own = f"{CONTACT}_{voice.named}"
    return [voice.act("inform", own if own in voice.pack.acts["inform"] else CONTACT)]


def _before_asking(voice: Voice) -> str:
    """What a word before a question is about: what was heard, or a yes to who asks what else there is."""
    invited = "req_more" in voice.mind.sound[0] and "more" in voice.pack.acts.get("preface", NOTHING)
    return "more" if invited else "heard"


def _is_cool(voice: Voice) -> bool:
    return _unhelped(voice) or voice.mind.frustration > _COOL


def _unhelped(voice: Voice) -> bool:
    """Who came in a fury, or needed a human and got none, praises nobody, whatever became of it."""
    return shows(voice.customer) == "sentiment" or needs_human(voice.customer) is not None


def _deny(voice: Voice) -> list[str]:
    if voice.subject == "more" and _is_cool(voice):
        voice.terse = True
    if voice.subject in PRIVATE:
        return [voice.act("deny", "private")]
    return _plain(voice)


def _thank(voice: Voice) -> list[str]:
    """Thanks, and now and then a goodbye of its own."""
    furious = shows(voice.customer) == "sentiment"
    cool = voice.mind.frustration > _COOL or (furious if voice.subject == "handoff" else _unhelped(voice))
    if cool and voice.subject != "handoff" and "curt" in voice.pack.acts["thank"]:
        goes = voice.subject != "noted" and "curt_last" in voice.pack.acts["thank"]
        return [voice.act("thank", "curt_last" if goes else "curt")]
    voice.terse = voice.terse or cool
    voice.terse = voice.terse or (voice.subject == "handoff" and shows(voice.customer) in GRAVE)
    thanks = voice.act("thank", voice.subject)
    parts = voice.subject == "done" and not voice.terse and "also" in voice.pack.acts["bye"]
    goes = parts and voice.pack.own is None and "have a" not in thanks and voice.chance.happens(_SAYS_BYE_TOO)
    return [thanks, voice.act("bye", "also")] if goes else [thanks]


def _bye(voice: Voice) -> list[str]:
    """A goodbye; a short one from who got nothing, who wishes nobody a nice day."""
    if _is_cool(voice) and "curt_last" in voice.pack.acts["thank"]:
        return [voice.act("thank", "curt_last")]
    return _plain(voice)


def _smalltalk(voice: Voice) -> list[str]:
    """A greeting, in its register where the pack has one for that."""
    return [voice.act("smalltalk", voice.customer.persona.manner.register)]


def _rephrase(voice: Voice) -> list[str]:
    asks = voice.subject in goal_of(voice.customer, voice.mind).asks
    text = voice.act("rephrase", "fact" if asks else "any")
    return [text, *_untold(voice, text)]


def _ask(voice: Voice) -> list[str]:
    goal = goal_of(voice.customer, voice.mind)
    if voice.subject in _OF_NO_GOAL:
        phrases, of_query = voice.pack.acts["ask"], f"{voice.subject}_query"
        about = of_query if of_query in phrases and is_query(goal.intent) else voice.subject
        heard = preface(voice, _before_asking(voice)) if voice.subject in WONDERS and not _is_cool(voice) else []
        return [*heard, voice.act("ask", about if about in phrases else "back")]
    if voice.subject == goal.intent and voice.subject not in goal.asks:
        about = "done_query" if is_query(goal.intent) and "done_query" in voice.pack.acts["ask"] else "done"
        return [voice.act("ask", about)]
    if count(voice.mind.put, voice.subject) > 1 and voice.mind.frustration > _UPSET:
        return [voice.put(voice.pack.acts["again"]["any"]), fact(voice)]
    return [*preface(voice, "heard"), voice.act("ask", "fact")]


def _complain(voice: Voice) -> list[str]:
    if voice.reason:
        answer = [voice.act("inform", "told")] if voice.say.told else []
        return [*answer, voice.act("complain", "reason")]
    about = "told" if voice.say.told else voice.subject
    if about == "code" and about not in voice.pack.acts["complain"]:
        about = "pressure"
    return [voice.act("complain", about)]


def _ask_human(voice: Voice) -> list[str]:
    mind = voice.mind
    upset = mind.frustration > _UPSET or (mind.human_asks > 1 and voice.chance.happens(0.4))
    return [voice.act("ask_human", "upset" if upset else "any")]


_PARTS: dict[str, Callable[[Voice], list[str]]] = {
    "open": _open,
    "inform": _inform,
    "smalltalk": _smalltalk,
    "bye": _bye,
    "thank": _thank,
    "deny": _deny,
    "rephrase": _rephrase,
    "ask": _ask,
    "choose": lambda voice: [voice.goal()],  # in words of its own
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
    words = pack(customer.language)
    joint = chance.choice(words.joints if sum(map(len, parts)) < _LONG else words.stops)
    return [joint.join(parts)]


def _splits(bursts: tuple[float, ...]) -> float:
    """Chance that parts become messages: higher than the share of bursts, as most messages have but one part."""
    return min(1.0, 1.9 * (1.0 - bursts[0] / sum(bursts)))
