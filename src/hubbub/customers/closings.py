"""How a customer winds up once it has what it came for: a question more, an acknowledgement, "nothing else", goodbye.

The chances are fitted so that messages per conversation and the order of acts come near MultiDoGO's; see realism/.
"""

from msgspec.structs import replace

from hubbub.chance import Stream
from hubbub.customers.contacts import CONTACT, unsaid
from hubbub.customers.curiosity import is_query, wonder
from hubbub.customers.customer import Customer
from hubbub.customers.habits import Habits
from hubbub.customers.mind import Mind, Step, count, counted, goal_of, leave, say, wait
from hubbub.customers.pack import habits_of
from hubbub.model import Heard, Say

_TALKS = {"blunt": 0.65, "formal": 0.95, "polite": 1.1, "chatty": 1.25}  # factor on what need not be said
_AWAY_S = (172_800.0, 0.6)  # median and log-sd of the days until it comes back (A)
_SOON, _EARLY = 7, 1.4  # who is served in fewer messages than this stays longer: counts vary less than chance would
_STEPS = ("contact", "noted", "more", "check", "noted", "contact", "more", "noted")
_AT_A_LOSS = frozenset(("fallback", "unknown"))  # who makes nothing of a nod or an idle question is thanked and left
_TELLS = frozenset(("inform", "notify_success"))  # there is something in it to nod to
_INVITES = frozenset(("req_more", "request", "confirm", "offer"))  # wants an answer, which a nod is not
_CONTENT = "got what it came for"


def wind_up(customer: Customer, mind: Mind, heard: Heard, chance: Stream) -> Step:
    """The next step towards goodbye, or the goodbye itself."""
    if mind.later == "will":
        return wait(replace(mind, later="away"), round(chance.lognormal(*_AWAY_S)))
    at_the_end = mind.closing >= len(_STEPS)
    if at_the_end and (later := _back_later(customer, mind, chance)):
        return later
    habits = habits_of(customer.persona)
    if "goodbye" in heard.acts:
        return leave(mind, "resolved", _CONTENT, _parting(habits, habits.thanks_last, chance, _after(mind)))
    nodded = mind.last is not None and mind.last.about == "noted"
    invited = not _INVITES.isdisjoint(heard.acts)
    bare = invited and _TELLS.isdisjoint(heard.acts)
    talks = _TALKS.get(customer.persona.manner.register, 1.0) * (_EARLY if mind.turn < _SOON else 1.0)
    lost = mind.closing > 0 and not _AT_A_LOSS.isdisjoint(heard.acts)
    baffled = "fallback" in heard.acts
    while mind.closing < len(_STEPS) and not mind.echo and not lost:
        step = _STEPS[mind.closing]
        mind = replace(mind, closing=mind.closing + 1)
        if step == "noted" and (nodded or bare or baffled):
            continue  # nobody nods to what was said to a nod, nor to a question, nor to who has not understood
        if step == CONTACT and ("request" in heard.acts or baffled or is_query(goal_of(customer, mind).intent)):
            continue  # what is wanted is something else, or nothing is to come
        if chance.happens(talks * _odds(habits, mind, step)):
            taken = _taken(customer, mind, heard, step, chance)
            if taken is not None:
                return taken
    if mind.closing <= len(_STEPS) and invited and chance.happens(habits.declines):
        return say(replace(mind, closing=len(_STEPS) + 1), "deny", about="more")
    if not at_the_end and (later := _back_later(customer, mind, chance)):
        return later
    return leave(mind, "resolved", _CONTENT, _parting(habits, habits.thanks, chance))


def _back_later(customer: Customer, mind: Mind, chance: Stream) -> Step | None:
    """The thanks of who comes back days later; decided once, before it parts."""
    if mind.later != "no" or not chance.happens(customer.persona.moves.follow_up):
        return None
    return say(replace(mind, later="will"), "thank", about="done")


def _parting(habits: Habits, thanks: float, chance: Stream, about: str = "done") -> Say | None:
    """The last words, if there are any."""
    if chance.happens(thanks):
        return Say("thank", about=about)
    return Say("bye") if chance.happens(habits.says_bye) else None


def _after(mind: Mind) -> str:
    """What the thanks after the agent's goodbye are about: a word only, from who has thanked and parted already."""
    return "last" if mind.last is not None and mind.last.act in ("thank", "deny") else "done"


def come_back(mind: Mind) -> Step | None:
    """Days later, in the same session: what became of it?"""
    return say(replace(mind, later="back"), "ask", about="back") if mind.later == "away" else None


def _odds(habits: Habits, mind: Mind, step: str) -> float:
    later = mind.closing > _STEPS.index("check")
    if step == CONTACT:
        return habits.contacts[later]
    if step == "more":
        return habits.asks_more[later]
    return habits.notes[later] if step == "noted" else habits.checks


def _taken(customer: Customer, mind: Mind, heard: Heard, step: str, chance: Stream) -> Step | None:
    """A step, said; None when there is nothing left to say of its kind."""
    if step == "noted":
        return say(mind, "thank" if chance.happens(habits_of(customer.persona).grateful) else "confirm", about="noted")
    if step == CONTACT:
        ways = unsaid(customer, mind, chance)
        return say(mind, "inform", ways, CONTACT) if ways else None
    about = wonder(customer, mind, heard, chance) if step == "more" else _doubtful(customer, mind)
    return say(replace(mind, put=counted(mind.put, (about,))), "ask", about=about) if about else None


def _doubtful(customer: Customer, mind: Mind) -> str:
    """The matter that may not really be done: asked once, and not of a question, which is answered or not."""
    intent = goal_of(customer, mind).intent
    return "" if is_query(intent) or count(mind.put, intent) else intent
