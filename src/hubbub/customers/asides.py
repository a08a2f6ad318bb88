"""What customers say beside the matter: a word before an answer, and details of what happened, as people tell them."""

from hubbub.customers.grammar import options_of
from hubbub.customers.mind import goal_of
from hubbub.customers.openings import shows
from hubbub.customers.voice import NOTHING, Voice
from hubbub.model import Trigger

_ASIDES = {"plain": 0.85, "polite": 0.85, "blunt": 0.75, "chatty": 0.95, "formal": 0.75}  # (A)
GRAVE: tuple[Trigger, ...] = ("safety", "identity_fraud", "sentiment", "vulnerable")  # nobody chats about a trip then
_DETAILS = (4.5, 3.0, 2.5)  # of those who tell of their matter, tell one thing, two, or a story of up to four (A)
_STORY = 4
_LATER = 0.06  # factor on it for who has said what it came for, and where a language has none for openings (A)
_PREFACES = 0.24  # (A)
_YES = 0.5  # of those who are asked what else there is and have a question, say yes first (A)


def preface(voice: Voice, about: str = "any") -> list[str]:
    """Now and then a word before the answer, or one to what was heard before the question."""
    if about == "any" and "found" in voice.pack.acts.get("preface", NOTHING) and _looked_up(voice):
        about = "found"
    if about not in voice.pack.acts.get("preface", NOTHING) or voice.terse:
        return []
    if not voice.chance.happens(_YES if about == "more" else _PREFACES):
        return []
    return [voice.act("preface", about)]


def aside(voice: Voice) -> list[str]:
    """Now and then something that is of no use to the agent, as people tell it."""
    asides = voice.pack.acts.get("aside", NOTHING)
    about = "open" if voice.say.act == "open" and "open" in asides else "any"
    if about == "any" and "found" in asides and _looked_up(voice):
        about = "found"
    odds = _ASIDES[voice.customer.persona.manner.register] * (1.0 if about == "open" else _LATER)
    idle = not voice.terse
    intent = goal_of(voice.customer, voice.mind).intent
    if shows(voice.customer) in GRAVE:
        about, idle = "grave", idle and about == "open" and "grave" in asides
    elif about == "open" and intent in asides and not goal_of(voice.customer, voice.mind).says:
        about = intent
    if not asides or not idle or not voice.chance.happens(odds):
        return []
    if about != intent:
        return [voice.act("aside", about)]
    count = voice.chance.weighted((1, 2, 4), _DETAILS)
    kinds = options_of(asides[about])
    drawn = {id(kind): kind for kind in [voice.chance.choice(kinds) for _ in range(count)]}  # a weight is a repetition
    details = [voice.put(kind) for kind in drawn.values()]
    return details if count < _STORY else [voice.pack.stops[0].join(details)]


def _looked_up(voice: Voice) -> bool:
    """Whether something is told that one has to look for: nobody finds their own name in a drawer."""
    return any(slot.endswith(("_id", "number", "reference")) for slot in voice.say.told)
