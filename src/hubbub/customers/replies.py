"""How a customer answers a reply: a ladder of rules, of which the first that has an answer decides."""

from collections.abc import Callable

from msgspec.structs import replace

from hubbub.chance import Stream
from hubbub.customers import mood
from hubbub.customers.choosing import choose, describe, say_at_last
from hubbub.customers.closings import come_back, wind_up
from hubbub.customers.contacts import CONTACT, OFFERED, UNASKED, with_name
from hubbub.customers.curiosity import is_query
from hubbub.customers.customer import Customer
from hubbub.customers.lacking import reference_of, untold_number
from hubbub.customers.mind import Mind, Step, count, counted, goal_of, leave, pending, say, wait, without
from hubbub.customers.openings import again, given, needs_human, next_goal, open_goal, resume, shows
from hubbub.customers.pack import habits_of
from hubbub.customers.population import is_remark
from hubbub.customers.whims import ask_human, whim
from hubbub.model import Heard, Say

Rule = Callable[[Customer, Mind, Heard, Stream], Step | None]
_MOST_PUTS = 3  # times a question is put before it is dropped
_MOST_DENIED = 2  # times that one thing is denied
_MOST_REASONS = 5
_MOST_AGAIN = 2  # times that the goal is put again while nothing comes of it
_AGAIN = "again"  # what they are counted under
_THANKS_FOR_HUMAN = 0.6  # of those who are handed over (A)
_INSISTS = {"explicit_request": 0.8, "safety": 0.45, "identity_fraud": 0.45, "vulnerable": 0.35}  # per turn (A)
_INSISTS_ELSE = 0.3
_TOLD = frozenset(("inform", "notify_success", "goodbye"))  # beside which a refusal is not the whole reply
_CONSENTS = frozenset(("confirm", "plainly", OFFERED))  # what a yes is about
_BUSY = frozenset(("request", "notify_success", "notify_failure", "refuse", "confirm", "offer", "offer_handoff"))


def _handed_over(customer: Customer, mind: Mind, heard: Heard, chance: Stream) -> Step | None:
    if not heard.signals or not any(signal.state in ("initiated", "confirmed") for signal in heard.signals):
        return None
    parting = Say("thank", about="handoff") if chance.happens(_THANKS_FOR_HUMAN) else None
    return leave(mind, "escalated", "was handed to a human", parting)


def _promised(customer: Customer, mind: Mind, heard: Heard, chance: Stream) -> Step | None:
    """A human is said to come: wait for one; told so again, take the agent's word and stop."""
    if "handoff" not in heard.acts and not (heard.signals and any(s.state == "promised" for s in heard.signals)):
        return None
    mind = replace(mind, human="promised", promises=mind.promises + 1)
    if mind.promises > 1:
        return leave(mind, "escalated", "was promised a human")
    return wait(mind, round(chance.lognormal(20.0, 0.4), 3))


def _fed_up(customer: Customer, mind: Mind, heard: Heard, chance: Stream) -> Step | None:
    if not mood.gives_up(customer, mind):
        return None
    if not heard.acts and (mind.human == "promised" or mind.later == "between"):
        return None  # a human may still come; and who stayed away has not been waiting
    owes = any(kind != "tell" for kind, _ in mind.agenda)  # what nobody asked for need not be told any more
    if mind.done and not owes and not heard.asked and not mind.goals_left:
        return None
    return give_up(mind, "ran out of patience", chance)


def give_up(mind: Mind, reason: str, chance: Stream) -> Step:
    """Leave without having reached the goal, mostly in silence."""
    parting = None if mood.leaves_silently(chance) else Say("complain", about="leaving")
    return leave(mind, "abandoned", reason, parting)


def _silence(customer: Customer, mind: Mind, heard: Heard, chance: Stream) -> Step | None:
    """The wait is over and nothing came."""
    if heard.acts:
        return None
    if mind.later == "between":
        return resume(customer, mind, chance)
    back = come_back(mind)
    if back is not None:
        return back
    return say(replace(mind, nudges=mind.nudges + 1), "nudge", about=f"nudge-{mind.nudges + 1}")


def _goal_unsaid(customer: Customer, mind: Mind, heard: Heard, chance: Stream) -> Step | None:
    return None if mind.opened else open_goal(customer, mind, 0, chance)


def _correct_slip(customer: Customer, mind: Mind, heard: Heard, chance: Stream) -> Step | None:
    if not mind.slip:
        return None
    slot = mind.slip
    swapped = tuple(other for other in mind.swapped if other != slot)
    return say(replace(mind, slip="", swapped=swapped), "correct", (slot,), slot)


def _human_offered(customer: Customer, mind: Mind, heard: Heard, chance: Stream) -> Step | None:
    if "offer_handoff" not in heard.acts:
        return None
    if mood.accepts_human(customer, mind, chance):
        return say(replace(mind, human="asked"), "accept_human", about="handoff")
    about = "more" if mind.done else goal_of(customer, mind).intent
    return say(replace(mind, human="declined"), "deny" if mind.done else "decline_human", about=about)


def _give_reason(customer: Customer, mind: Mind, heard: Heard, chance: Stream) -> Step | None:
    """Say why a human is needed, if that has not been said; again now and then while none comes."""
    reason = shows(customer)
    if reason is None or mind.human == "promised":
        return None
    if not pending(mind, "reason"):
        if needs_human(customer) is None:
            return None
        odds = _INSISTS.get(reason, _INSISTS_ELSE) * (0.5 if heard.asked and reason != "explicit_request" else 1.0)
        asked_for_a_yes = "confirm" in heard.acts and mind.reasons > 0 and reason != "explicit_request"
        if mind.done or asked_for_a_yes or mind.reasons > _MOST_REASONS or not chance.happens(odds):
            return None
    told = _owned(customer, heard.asked)
    if reason == "explicit_request":
        return say(given(mind, reason), "ask_human", about=reason)
    if mind.reasons and mind.frustration > 0.45 and chance.happens(0.5):
        return ask_human(mind, about=reason)
    return say(given(mind, reason), "complain" if reason == "sentiment" else "inform", told, f"/{reason}")


def _act_on_whim(customer: Customer, mind: Mind, heard: Heard, chance: Stream) -> Step | None:
    return None if mind.done else whim(customer, mind, chance)


def _put_off(customer: Customer, mind: Mind, heard: Heard, chance: Stream) -> Step | None:
    if "wait" not in heard.acts or heard.asked or not _BUSY.isdisjoint(heard.acts):
        return None
    return wait(mind, round(chance.lognormal(15.0, 0.5), 3))


def _answer(customer: Customer, mind: Mind, heard: Heard, chance: Stream) -> Step | None:
    """Tell what was asked for, as much as is this customer's way; what it has not, it says it has not."""
    if not heard.asked:
        return None
    owned = _owned(customer, heard.asked)
    if not owned:
        return _lack(customer, mind, heard.asked[0], chance)
    lacking = "" if len(owned) == len(heard.asked) else _first_lacked(customer, heard.asked)
    if lacking and (other := reference_of(customer, lacking)) and other not in mind.told:
        owned = (other, *owned)
    told = _measured(customer, owned, mind, chance)
    again_asked = [slot for slot in told if slot in mind.told and count(mind.asked, slot) > 1]
    if again_asked and chance.happens(0.3 + 0.5 * mind.frustration):
        return say(mind, "complain", told, again_asked[0])
    whole = not lacking and len(told) == len(owned)  # who keeps something back that was asked for adds nothing to it
    return tell(customer, mind, with_name(customer, mind, told, chance) if whole else told, lacking, chance)


def _lack(customer: Customer, mind: Mind, slot: str, chance: Stream) -> Step | None:
    """Say that it has no such thing, twice at most; who is still asked wants somebody who listens, or starts again.

    Who has another number to be found by gives that one along the first time.
    """
    if count(mind.asked, slot) == 1 and (other := reference_of(customer, slot)):
        return say(mind, "inform", (other,), slot)
    if count(mind.asked, slot) <= _MOST_DENIED:
        return say(mind, "deny", about=slot)
    if mood.may_ask_human(customer, mind) and chance.happens(0.2 + 0.6 * mind.frustration):
        return ask_human(mind, about="puzzled")
    return None


def _owned(customer: Customer, slots: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([slot for slot in slots if slot in customer.knows]))


def _first_lacked(customer: Customer, slots: tuple[str, ...]) -> str:
    return next((slot for slot in slots if slot not in customer.knows), "")


def _measured(customer: Customer, slots: tuple[str, ...], mind: Mind, chance: Stream) -> tuple[str, ...]:
    """How many of the slots asked for are told in one message."""
    if len(slots) < 2 or customer.persona.manner.disclosure != "one_per_message":
        return slots
    untold = tuple(slot for slot in slots if slot not in mind.told) or slots
    return untold[: 1 + chance.happens(0.35)]


def tell(customer: Customer, mind: Mind, slots: tuple[str, ...], about: str, chance: Stream) -> Step:
    """Tell slots, perhaps with a slip that is corrected in the next message. `about` may be a slot that it lacks."""
    others, known = customer.others, (*mind.told, *mind.swapped)
    slips = [slot for slot in slots if slot in others and slot not in known] if others else []
    if slips and chance.happens(customer.persona.moves.correct):
        mind = replace(mind, slip=slips[0], swapped=(*mind.swapped, slips[0]))
    return say(mind, "inform", slots, about)


def _confirm(customer: Customer, mind: Mind, heard: Heard, chance: Stream) -> Step | None:
    if "confirm" not in heard.acts:
        return None
    again_asked = mind.last is not None and mind.last.act == "confirm"
    return say(mind, "confirm", about="plainly" if again_asked else "confirm")


def _finish(customer: Customer, mind: Mind, heard: Heard, chance: Stream) -> Step | None:
    """The goal in hand is reached: what is still to be asked, the next goal, or goodbye."""
    if not mind.done or _untimely(mind, heard):
        return None
    question = pending(mind, "ask")
    if question and count(mind.put, question) < _MOST_PUTS:
        return _put(mind, question)
    if mind.goals_left:
        return next_goal(customer, mind, chance)
    return wind_up(customer, mind, heard, chance)


def _untimely(mind: Mind, heard: Heard) -> bool:
    """Whether it is no time for thanks: something is refused after all, or what it just answered was not understood."""
    last = mind.last
    told = last is not None and last.act == "inform" and bool(last.told) and last.about != CONTACT
    answered = told or (last is not None and last.about in _CONSENTS)
    return ("fallback" in heard.acts and answered) or ("refuse" in heard.acts and _TOLD.isdisjoint(heard.acts))


def _put(mind: Mind, question: str) -> Step:
    return say(replace(mind, put=counted(mind.put, (question,))), "ask", about=question)


def _refused(customer: Customer, mind: Mind, heard: Heard, chance: Stream) -> Step | None:
    """Argue, ask for a human, or take no for an answer, by mood."""
    if "refuse" not in heard.acts and "notify_failure" not in heard.acts:
        return None
    if mood.may_ask_human(customer, mind) and chance.happens(0.1 + 0.5 * mind.frustration):
        return ask_human(mind, about="refusal")
    if chance.happens(0.15 * (mind.refusals - 1)):
        return leave(mind, "abandoned", "took no for an answer", Say("bye"))
    owed = pending(mind, "tell")
    if owed and "request" in heard.acts and chance.happens(0.5):
        return tell(customer, mind, (owed,), "", chance)
    return say(mind, "complain", about="refusal")


def _not_understood(customer: Customer, mind: Mind, heard: Heard, chance: Stream) -> Step | None:
    """Say it in other words; after that, lose patience."""
    if not mind.puzzled:
        return None
    if mind.puzzled > 2 and mood.may_ask_human(customer, mind) and chance.happens(0.25 + 0.5 * mind.frustration):
        return ask_human(mind, about="puzzled")
    if mind.puzzled > 1 and chance.happens(0.3):
        return say(mind, "complain", about="puzzled")
    told, about = again(mind.last, goal_of(customer, mind).intent)
    if heard.beside:
        return say(mind, "rephrase", (), goal_of(customer, mind).intent)
    if about == goal_of(customer, mind).intent and mind.last is not None and mind.last.act == "ask":
        if count(mind.put, about) >= _MOST_PUTS:
            return _at_an_end(customer, mind, chance)
        return _put(mind, about)  # whether it is done, once more: not what it came for
    data = tuple(slot for slot in told if not is_remark(slot, customer.knows.get(slot, "")))  # remarks are made once
    return say(mind, "rephrase", data, about)


def _offered(customer: Customer, mind: Mind, heard: Heard, chance: Stream) -> Step | None:
    if "offer" not in heard.acts:
        return None
    owed = pending(mind, "tell")
    return tell(customer, mind, (owed,), OFFERED, chance) if owed else say(mind, "confirm", about=OFFERED)


def _go_on(customer: Customer, mind: Mind, heard: Heard, chance: Stream) -> Step | None:
    """Say the next thing on the agenda; when a slot was asked for that nobody could name, say what there is to say."""
    owed, question = pending(mind, "tell"), pending(mind, "ask")
    if mind.informed and "req_more" in heard.acts and "request" not in heard.acts:
        owed = ""  # it was dealt with without
    wanted = "request" in heard.acts and not heard.asked
    if wanted and mind.last is not None and _unheard(mind.last):
        return say(mind, "rephrase", (), goal_of(customer, mind).intent)
    invited = "request" in heard.acts or "req_more" in heard.acts
    reticent = customer.persona.manner.disclosure == "when_asked"
    if owed and (invited or not question) and not (reticent and not invited and question):
        return tell(customer, mind, (owed,), "" if "request" in heard.acts else UNASKED, chance)
    number = untold_number(customer, mind) if wanted else ""
    if number:  # something is wanted, whatever it is called
        return tell(customer, mind, (number,), "", chance)
    if question and count(mind.put, question) < _MOST_PUTS:
        return _put(mind, question)
    if question:
        return _go_on(customer, without(mind, "ask", question), heard, chance)
    return None


def _unheard(last: Say) -> bool:
    """Whether somebody who asks on after this, and for no datum, wants to know what it is about."""
    return last.act in ("rephrase", "ask_human") or (last.act == "inform" and last.about.startswith("/"))


def _sum_up(customer: Customer, mind: Mind, heard: Heard, chance: Stream) -> Step:
    """Nothing is left to say: content, or not sure that it is done, or back to the beginning."""
    goal = goal_of(customer, mind)
    settled = all(ask in mind.learned or count(mind.put, ask) >= _MOST_PUTS for ask in goal.asks)
    told = count(mind.put, goal.intent) > 0 or (is_query(goal.intent) and mind.answered)
    checked = told or not habits_of(customer.persona).checks
    content = mind.informed > 0 and (settled if goal.asks else checked)
    if content:
        return _finish(customer, replace(mind, done=True), heard, chance) or leave(mind, "resolved", "was told")
    if mind.informed and not mind.refusals and count(mind.put, goal.intent) == 0:
        return _put(mind, goal.intent)
    if "goodbye" in heard.acts:
        return leave(mind, "abandoned", "was sent away")
    if mind.refusals and "request" not in heard.acts:
        return _at_an_end(customer, mind, chance, "refusal")
    mind = replace(mind, put=counted(mind.put, (_AGAIN,)))
    if count(mind.put, _AGAIN) > _MOST_AGAIN:
        return _at_an_end(customer, mind, chance)
    return say(mind, "rephrase", _once_more(customer, mind, heard), goal.intent)


def _once_more(customer: Customer, mind: Mind, heard: Heard) -> tuple[str, ...]:
    """What is told along when the goal is put again: the first thing, once. Who comes back is asked for it again."""
    if count(mind.put, _AGAIN) > 1:
        return ()
    owed = goal_of(customer, mind).tells or (mind.told if "request" in heard.acts else ())
    return tuple(s for s in owed if s in customer.knows)[:1]


def _at_an_end(customer: Customer, mind: Mind, chance: Stream, about: str = "puzzled") -> Step:
    """All was said, and said again, and nothing came of it: protest, ask for a human, or go."""
    if mood.may_ask_human(customer, mind) and chance.happens(0.4):
        return ask_human(mind, about=about)
    if mind.last is not None and mind.last.act == "complain":
        return give_up(mind, "got nowhere", chance)
    return say(mind, "complain", about=about)


RULES: tuple[Rule, ...] = (
    _handed_over,
    _promised,
    _fed_up,
    _silence,
    choose,
    _goal_unsaid,
    _correct_slip,
    _human_offered,
    say_at_last,
    _give_reason,
    _act_on_whim,
    _put_off,
    describe,
    _answer,
    _confirm,
    _finish,
    _refused,
    _not_understood,
    _offered,
    _go_on,
    _sum_up,
)
