"""How a customer winds up once it has what it came for: a question more, an acknowledgement, "nothing else", goodbye.

The chances are fitted so that messages per conversation and the order of acts come near MultiDoGO's; see realism/.
"""

from msgspec.structs import replace

from hubbub.chance import Stream
from hubbub.customers.customer import Customer
from hubbub.customers.mind import Mind, Step, counted, goal_of, leave, say, wait
from hubbub.model import Heard, Say

_ASKS_MORE = (0.55, 0.2)  # a first and a second question of curiosity
_CHECKS = 0.2  # asks whether it is really done
_NOTES = (0.95, 0.9)  # acknowledges an answer, and the one after
_DECLINES_MORE = 0.93  # of those asked whether there is anything else, with words of its own before the thanks
_THANKS, _SAYS_BYE = 0.78, 0.5
_TALKS = {"blunt": 0.65, "formal": 0.95, "polite": 1.1, "chatty": 1.25}  # factor on what need not be said
_AWAY_S = (172_800.0, 0.6)  # median and log-sd of the days until it comes back (A)
_SOON, _EARLY = 5, 1.3  # who is served in fewer messages than this stays longer: counts vary less than chance would
_STEPS = ("more", "noted", "check", "more", "noted")


def wind_up(customer: Customer, mind: Mind, heard: Heard, chance: Stream) -> Step:
    """The next step towards goodbye, or the goodbye itself."""
    if mind.later == "will":
        return wait(replace(mind, later="away"), round(chance.lognormal(*_AWAY_S)))
    if mind.later == "no" and mind.closing >= len(_STEPS) and chance.happens(customer.persona.moves.follow_up):
        return say(replace(mind, later="will"), "thank", about="done")
    if "goodbye" in heard.acts:
        return leave(mind, "resolved", "got what it came for", Say("bye") if chance.happens(_SAYS_BYE) else None)
    talks = _TALKS.get(customer.persona.manner.register, 1.0) * (_EARLY if mind.turn < _SOON else 1.0)
    while mind.closing < len(_STEPS) and not mind.echo:
        step = _STEPS[mind.closing]
        mind = replace(mind, closing=mind.closing + 1)
        if chance.happens(talks * _odds(mind, step)):
            return _taken(customer, mind, step)
    if mind.closing <= len(_STEPS) and "req_more" in heard.acts and chance.happens(_DECLINES_MORE):
        return say(replace(mind, closing=len(_STEPS) + 1), "deny", about="more")
    if chance.happens(_THANKS):
        return leave(mind, "resolved", "got what it came for", Say("thank", about="done"))
    return leave(mind, "resolved", "got what it came for", Say("bye") if chance.happens(_SAYS_BYE) else None)


def come_back(mind: Mind) -> Step | None:
    """Days later, in the same session: what became of it?"""
    return say(replace(mind, later="back"), "ask", about="back") if mind.later == "away" else None


def _odds(mind: Mind, step: str) -> float:
    later = mind.closing > len(_STEPS) - 2
    if step == "more":
        return _ASKS_MORE[later]
    return _NOTES[later] if step == "noted" else _CHECKS


def _taken(customer: Customer, mind: Mind, step: str) -> Step:
    if step == "noted":
        return say(mind, "confirm", about="noted")
    about = "more" if step == "more" else goal_of(customer, mind).intent
    return say(replace(mind, put=counted(mind.put, (about,))), "ask", about=about)
