"""What a customer does next, decided purely: a stack of things to say and to learn, after Schatzmann's agenda (2007).

A reply is first taken in (what was learnt, asked, refused, and what it does to the mood); then the first rule of a
ladder that has an answer decides. The rules are in replies.py, the moves out of turn in whims.py.
"""

from msgspec.structs import replace

from hubbub.chance import substream
from hubbub.customers import mood
from hubbub.customers.choosing import as_menu, offered, typed, wearies
from hubbub.customers.curiosity import PRICES, answered_unasked, is_answer, kinds_of
from hubbub.customers.customer import AGENDA, Customer, moment
from hubbub.customers.lacking import HAVE_TWO_NAMES, known_as
from hubbub.customers.mind import Mind as Mind
from hubbub.customers.mind import Step as Step
from hubbub.customers.mind import counted, goal_of, leave, pending, say
from hubbub.customers.openings import again, begin
from hubbub.customers.replies import RULES, give_up
from hubbub.customers.whims import ask_human
from hubbub.model import AgentAct, Claim, Heard, Persona

_LEAVES_AFTER_FAILURE = (0.06, 0.25, 0.5, 0.8)  # chance of leaving at the first, second, ... failure in a row (A)


def start(customer: Customer) -> Step:
    """The first message."""
    return begin(customer, substream(customer.key, moment(0, AGENDA)))


def next_move(customer: Customer, mind: Mind, heard: Heard, waited_s: float) -> Step:
    """What to do after a reply that took `waited_s` seconds.

    After a Wait that ended in silence, `heard` has no acts. Pure: the same arguments give the same step.
    """
    chance = substream(customer.key, moment(mind.turn, AGENDA) + (mind.silences << 40))
    heard = _as_known(customer, heard)
    if heard.beside and mind.opened and not mind.answered and not mind.done:
        heard = replace(heard, acts=_NOT_ANSWERED, asked=(), claims=())
    if heard.choices:
        heard = as_menu(heard)
    mind = _take_in(customer, mind, heard, waited_s)
    for rule in RULES:
        step = rule(customer, mind, heard, chance)
        if step is not None:
            return typed(customer, step) if mind.menu.open else step
    raise AssertionError("the last rule always answers")


def _as_known(customer: Customer, heard: Heard) -> Heard:
    """The reply with what it asks for under the names that this customer knows it by."""
    if HAVE_TWO_NAMES.isdisjoint(heard.asked):
        return heard
    return replace(heard, asked=tuple(dict.fromkeys([known_as(customer, slot) for slot in heard.asked])))


def after_failure(customer: Customer, mind: Mind, failure: str, waited_s: float) -> Step:
    """What to do after a turn that failed with an infra class: say it again, ask whether anyone is there, or leave."""
    chance = substream(customer.key, moment(mind.turn, AGENDA))
    failures = mind.failures + 1
    mind = replace(mind, failures=failures, frustration=mood.felt_failure(customer, mind, waited_s))
    if mind.done and not mind.agenda:
        return leave(mind, "resolved", "had what it came for when the line failed")
    odds = _LEAVES_AFTER_FAILURE[min(failures, len(_LEAVES_AFTER_FAILURE)) - 1]
    if mood.gives_up(customer, mind) or chance.happens(odds):
        return give_up(mind, f"gave up after {failure}", chance)
    if failures > 1 and mood.may_ask_human(customer, mind) and chance.happens(0.15 + 0.3 * mind.frustration):
        return ask_human(mind, about="failure")
    if failures > 1 and chance.happens(0.4):
        return say(mind, "complain", about="failure")
    if mind.opened and chance.happens(0.3):
        return say(mind, "nudge", about="nudge-1")
    return _once_more(customer, mind)


def _once_more(customer: Customer, mind: Mind) -> Step:
    if not mind.opened:
        return say(mind, "smalltalk", about="greeting")
    told, about = again(mind.last, goal_of(customer, mind).intent)
    return say(mind, "rephrase", told, about)


def _take_in(customer: Customer, mind: Mind, heard: Heard, waited_s: float) -> Mind:
    """The mind after hearing a reply, before deciding."""
    acts, slots = heard.acts, heard.asked
    if not acts:
        return mind
    if heard.choices or mind.menu.choices:
        mind = offered(mind, heard)
    sound = (acts, slots, heard.chars)
    learned = _learned(customer.persona, mind, heard) if heard.claims or "inform" in acts else ()
    before = [slot for slot, _ in mind.asked if slot in slots] if slots else []
    reasked = any(slot in mind.told or slot not in customer.knows for slot in before)
    fresh = len(before) < len(slots)
    echo = mind.echo + 1 if sound == mind.sound else 0
    felt = mood.felt(
        customer,
        mind,
        acts,
        waited_s,
        reasked=reasked,
        echoed=echo > 0 or wearies(mind),
        progress=fresh or bool(learned),
    )
    return replace(
        mind,
        echo=echo,
        sound=sound,
        frustration=felt,
        learned=(*mind.learned, *learned) if learned else mind.learned,
        agenda=tuple([i for i in mind.agenda if i[0] != "ask" or i[1] not in learned]) if learned else mind.agenda,
        asked=counted(mind.asked, slots),
        put=counted(mind.put, answered_unasked(heard)) if heard.claims and mind.opened else mind.put,
        puzzled=mind.puzzled + 1 if "fallback" in acts or "unknown" in acts else 0,
        refusals=mind.refusals + ("refuse" in acts or "notify_failure" in acts),
        informed=mind.informed + _informs(mind, acts),
        answered=mind.answered or (mind.opened and not pending(mind, "tell") and is_answer(heard)),
        done=mind.done or "notify_success" in acts,
        failures=0,
    )


def _informs(mind: Mind, acts: tuple[AgentAct, ...]) -> bool:
    """Whether a reply told something; who is asked what else there is, once all is told, may take it for dealt with."""
    if "inform" in acts or "notify_success" in acts:
        return True
    if mind.menu.open and "req_more" in acts and mind.opened:
        return _NO_ANSWER.isdisjoint(acts)
    return "req_more" in acts and mind.opened and not pending(mind, "tell") and _NO_ANSWER.isdisjoint(acts)


_NOT_ANSWERED: tuple[AgentAct, ...] = ("fallback",)  # what answers another question has not understood ours
_NO_ANSWER = frozenset(("fallback", "unknown", "wait", "refuse", "notify_failure", "request"))
_SENT = frozenset(("card", "sim", "order", "parcel", "replacement", "arrival"))  # when they come is their delivery
_IN_WORDS = frozenset(("enum", "bool"))  # kinds that hearing makes no claim of; a question of no known kind has both


def _learned(persona: Persona, mind: Mind, heard: Heard) -> tuple[str, ...]:
    """The questions on the agenda that a reply answers, also when they were not put yet."""
    asks = [name for kind, name in mind.agenda if kind == "ask"]
    return tuple(
        [
            name
            for name in asks
            if (heard.claims and any(_answers(persona, mind, name, claim) for claim in heard.claims))
            or _is_told(persona, mind, name, heard)
        ]
    )


def _is_told(persona: Persona, mind: Mind, ask: str, heard: Heard) -> bool:
    """Whether words answer a question that was just put, and that no number, time or amount alone would answer."""
    if mind.last is None or mind.last.act != "ask" or mind.last.about != ask or "inform" not in heard.acts:
        return False
    return _NO_ANSWER.isdisjoint(heard.acts) and not _IN_WORDS.isdisjoint(kinds_of(persona, ask))


def _answers(persona: Persona, mind: Mind, ask: str, claim: Claim) -> bool:
    """Whether a claim is about what was asked, or at least of its kind and about nothing else."""
    if claim.about == "delivery" and not _SENT.isdisjoint(ask.split("_")):
        return claim.kind in kinds_of(persona, ask)
    if claim.about in PRICES and ask.rpartition("_")[2] in PRICES:
        return claim.kind in kinds_of(persona, ask)  # what it costs, whatever that is called
    if claim.about and claim.about != ask and claim.about not in ask.split("_"):
        just_put = mind.last is not None and mind.last.about == ask
        return just_put and claim.kind in kinds_of(persona, ask)
    return claim.kind in kinds_of(persona, ask)
