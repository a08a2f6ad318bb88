"""What a customer does with a menu: takes the option that serves it, by key or by name, or says that none does."""

from zlib import crc32

from msgspec import Struct
from msgspec.structs import replace

from hubbub.chance import Stream, substream
from hubbub.customers import mood
from hubbub.customers.customer import AGENDA, Customer, moment
from hubbub.customers.mind import Menu, Mind, Step, count, counted, goal_of, leave, pending, say, without
from hubbub.customers.openings import given, needs_human, open_goal, pause_before, shows, turned_to
from hubbub.customers.options import SERVES, fitness, names
from hubbub.model import MATTER, AgentAct, Choice, Heard, Leads, Say

TYPED = "#"  # begins what a message is about that types an option
_WEARY = 3  # times that a menu comes before it wearies (A)
_TRIED = 0.5  # what an option that was picked before is worth less, each time (A)
_FREELY = {"chatty": 0.2, "plain": 0.12, "polite": 0.12, "formal": 0.12, "blunt": 0.06}  # write in their own words (A)
_BY_NAME = 0.12  # of those who answer a menu that asks for keys type an option's name (A)
_AT_ONCE = {"explicit_request": 0.95, "safety": 0.5, "identity_fraud": 0.4, "vulnerable": 0.3}  # want a human (A)
_IN_VAIN = 0.6  # the same once another option led nowhere (A)
_NOTHING_ELSE = 0.6  # of those who are served say so by an option that a menu has for it (A)
_MOST_BACK = 2  # times that it goes back to a menu, or takes the option for all else
_FED_UP = 0.5  # frustration from which a human is picked before anything else
_LONG_LABEL = 40  # characters of a name that nobody types
_MOST_DESCRIBED = 3  # times that the matter is told to who asks what it is
_ANSWERS: dict[str, tuple[Leads, ...]] = {
    "confirm": ("yes",),
    "accept_human": ("yes", "human"),
    "deny": ("no",),
    "decline_human": ("no",),
}
_REQUESTED: tuple[AgentAct, ...] = ("request",)


class _Picked(Struct, frozen=True):
    """An option, and what for."""

    choice: Choice
    human: bool = False
    slot: str = ""


def as_menu(heard: Heard) -> Heard:
    """The reply, taken for a question where what it seems to tell are options."""
    if not _labelled(heard.choices):
        return heard
    if "req_more" in heard.acts and "request" in heard.acts and not heard.asked:  # it asks for an option, and no more
        return replace(heard, acts=tuple([act for act in heard.acts if act != "request"]))
    asks = heard.confidence < 1.0 or "request" in heard.acts
    if "inform" not in heard.acts or not asks or heard.claims:
        return heard
    return replace(heard, acts=tuple(sorted({*heard.acts, *_REQUESTED} - {"inform"})))


def offered(mind: Mind, heard: Heard) -> Mind:
    """The mind after a reply that offers a menu, or comes after one that did."""
    menu = mind.menu
    if _labelled(heard.choices):
        seen = counted(menu.seen, (_name(heard.choices),))
        return replace(mind, menu=replace(menu, choices=heard.choices, open=True, seen=seen))
    recalled = menu.open and ("fallback" in heard.acts or bool(heard.choices))
    return mind if recalled == menu.open else replace(mind, menu=replace(menu, open=recalled))


def wearies(mind: Mind) -> bool:
    """Whether the menu that just came has come too often."""
    menu = mind.menu
    return menu.open and not mind.done and count(menu.seen, _name(menu.choices)) >= _WEARY


def choose(customer: Customer, mind: Mind, heard: Heard, chance: Stream) -> Step | None:
    """Take an option of the menu that is open; None where it has none for this customer, or asks for a yes or no."""
    menu = mind.menu
    if not menu.open:
        return None
    if any(choice.leads == "yes" for choice in menu.choices):
        return _yes_or_no(mind, heard)
    if mind.done:
        return _next_matter(customer, mind, chance) or _nothing_else(mind, heard, chance)
    if _writes_freely(customer, mind, heard):
        return _in_words(customer, mind, chance)
    if mind.informed and _only_ends(menu):
        return _at_the_end(customer, mind, heard, chance)
    picked = _pick(customer, mind, heard, chance)
    if picked is not None:
        return _take(customer, mind, picked, chance)
    wants_human = shows(customer) == "explicit_request" and needs_human(customer) is not None
    return None if heard.asked or wants_human or not _matters(menu) else _none_fits(customer, mind)


def say_at_last(customer: Customer, mind: Mind, heard: Heard, chance: Stream) -> Step | None:
    """Say in words what only an option has stood for, to who asks for that, or for more than a datum."""
    menu = mind.menu
    if not menu.unsaid or menu.open or mind.done or mind.informed or heard.asked not in ((), (MATTER,)):
        return None
    return _in_words(customer, mind, chance) if "request" in heard.acts else None


def describe(customer: Customer, mind: Mind, heard: Heard, chance: Stream) -> Step | None:
    """Say again what it is about to who asks for that; not without end."""
    if heard.asked != (MATTER,) or MATTER in customer.knows:
        return None
    if count(mind.asked, MATTER) > _MOST_DESCRIBED:
        return say(mind, "complain", about="puzzled")
    return say(mind, "rephrase", about=goal_of(customer, mind).intent)


def typed(customer: Customer, step: Step) -> Step:
    """A yes or no as the menu wants it: by its key, where it has one."""
    move = step.move
    if not isinstance(move, Say) or move.about.startswith(TYPED):
        return step
    kinds = _ANSWERS.get(move.act, ())
    choice = next((c for kind in kinds for c in step.mind.menu.choices if c.leads == kind and c.key), None)
    if choice is None or _habit(customer) < _FREELY.get(customer.persona.manner.register, 0.1):
        return step
    words = replace(move, about=f"{TYPED}{choice.key}")
    return Step(replace(step.mind, last=words), words)


# -- which ------------------------------------------------------------------------------------------------------------


def _pick(customer: Customer, mind: Mind, heard: Heard, chance: Stream) -> _Picked | None:
    menu = mind.menu
    human = _leading(menu, "human")
    if human is not None and _wants_human(customer, mind, chance):
        return _Picked(human, human=True)
    for slot in (*heard.asked, *goal_of(customer, mind).tells):
        if slot in customer.knows and (same := _naming(menu, customer.knows[slot])) is not None:
            return _Picked(same, slot=slot)
    other = _leading(menu, "other")
    if heard.asked:
        return None if other is None or count(menu.picked, other.label) >= _MOST_BACK else _Picked(other)
    if not _matters(menu) and human is None and other is None:
        back = _leading(menu, "back")
        goes_back = back is not None and "fallback" in heard.acts and count(menu.picked, back.label) < _MOST_BACK
        return _Picked(back) if back is not None and goes_back else None
    if not _matters(menu):
        return None if human is None or not mood.accepts_human(customer, mind, chance) else _Picked(human, human=True)
    best = _fitting(customer, mind)
    if best is not None:
        return _Picked(best)
    if _of_taste(heard, menu):
        return _Picked(chance.choice(_matters(menu)))
    for choice in (other, _leading(menu, "back")):
        if choice is not None and count(menu.picked, choice.label) < _MOST_BACK:
            return _Picked(choice)
    if human is not None and mood.may_ask_human(customer, mind):
        return _Picked(human, human=True)
    return None


def _wants_human(customer: Customer, mind: Mind, chance: Stream) -> bool:
    """Whether a human is what it wants of this menu, whatever else is on it."""
    trigger = needs_human(customer)
    if trigger is not None:
        odds = _IN_VAIN if mind.menu.picked else _AT_ONCE.get(trigger, 0.0)
        if mind.human == "asked" or chance.happens(odds):
            return True
    weary = mind.frustration > _FED_UP or wearies(mind)
    return weary and mood.may_ask_human(customer, mind) and chance.happens(0.25 + 0.6 * mind.frustration)


def _fitting(customer: Customer, mind: Mind) -> Choice | None:
    """The option that serves the goal in hand best, if any does; the first of several."""
    goal, menu = goal_of(customer, mind), mind.menu
    question = pending(mind, "ask")
    question = question if mind.informed or count(mind.put, question) else ""
    rated = [
        (fitness(customer, goal, choice.label, question) - _TRIED * count(menu.picked, choice.label), -n, choice)
        for n, choice in enumerate(menu.choices)
        if not choice.leads
    ]
    best = max(rated, key=lambda rate: rate[:2], default=None)
    return best[2] if best is not None and best[0] >= SERVES else None


def _of_taste(heard: Heard, menu: Menu) -> bool:
    """Whether the options are times, prices or offers, of which anybody takes one or another."""
    numbers = sum(any(sign.isdigit() for sign in choice.label) for choice in menu.choices)
    return "offer" in heard.acts or 2 * numbers > len(menu.choices)


def _only_ends(menu: Menu) -> bool:
    """Whether all that can be chosen is to end it, or to begin again."""
    return all(choice.leads in ("no", "back") for choice in menu.choices)


def _naming(menu: Menu, value: str) -> Choice | None:
    return next((choice for choice in menu.choices if not choice.leads and names(value, choice.label)), None)


def _leading(menu: Menu, kind: Leads) -> Choice | None:
    return next((choice for choice in menu.choices if choice.leads == kind), None)


def _matters(menu: Menu) -> tuple[Choice, ...]:
    """The options that are about something."""
    return tuple(choice for choice in menu.choices if not choice.leads)


# -- how --------------------------------------------------------------------------------------------------------------


def _take(customer: Customer, mind: Mind, picked: _Picked, chance: Stream) -> Step:
    """Type an option: that is all that was said of the goal, where nothing was before."""
    choice, menu = picked.choice, mind.menu
    unsaid = menu.unsaid
    if not mind.opened:
        mind, unsaid = turned_to(customer, mind, 0), True
    if picked.slot:
        mind = without(replace(mind, told=tuple(dict.fromkeys((*mind.told, picked.slot)))), "tell", picked.slot)
    if picked.human:
        mind = replace(mind, human="asked", human_asks=mind.human_asks + 1)
        if pending(mind, "reason") == "explicit_request":
            mind = given(mind, "explicit_request")
    menu = replace(menu, picked=counted(menu.picked, (choice.label,)), unsaid=unsaid)
    text = _text(customer, mind, choice)
    return say(replace(mind, menu=menu), "accept_human" if picked.human else "choose", about=f"{TYPED}{text}")


def _text(customer: Customer, mind: Mind, choice: Choice) -> str:
    """The key of an option or its name, as is this customer's way."""
    if not choice.key:
        return choice.label
    by_name = 1.0 - _habit(customer) < _BY_NAME and len(choice.label) <= _LONG_LABEL
    return choice.label if by_name and not count(mind.menu.picked, choice.label) else choice.key


def _yes_or_no(mind: Mind, heard: Heard) -> Step | None:
    """The option for what was said in other words, where those were not understood."""
    last = mind.last
    if "fallback" not in heard.acts or last is None or last.about.startswith(TYPED):
        return None
    choice = next((c for kind in _ANSWERS.get(last.act, ()) for c in mind.menu.choices if c.leads == kind), None)
    return None if choice is None else say(mind, last.act, last.told, f"{TYPED}{choice.key or choice.label}")


def _writes_freely(customer: Customer, mind: Mind, heard: Heard) -> bool:
    """Whether it says what it came for instead; not where its own words were not understood, nor twice."""
    if mind.opened or "fallback" in heard.acts or count(mind.menu.seen, _name(mind.menu.choices)) > 1:
        return False
    return _habit(customer) < _FREELY.get(customer.persona.manner.register, 0.1)


def _habit(customer: Customer) -> float:
    """Where a customer stands among people in answering menus, from 0 to 1; the same for each menu."""
    return substream(customer.key, moment(-1, AGENDA) + (crc32(b"menus") << 16)).uniform()


def _none_fits(customer: Customer, mind: Mind) -> Step:
    """Say that no option fits, and what it is about."""
    if not mind.opened:
        mind = turned_to(customer, mind, 0)
    mind = replace(mind, menu=replace(mind.menu, unsaid=False))
    return say(mind, "deny", about="option")


def _in_words(customer: Customer, mind: Mind, chance: Stream) -> Step:
    """Say what it came for."""
    mind = replace(mind, menu=replace(mind.menu, unsaid=False))
    return open_goal(customer, mind, mind.goal, chance)


def _next_matter(customer: Customer, mind: Mind, chance: Stream) -> Step | None:
    """The option for the next goal, once the one in hand is reached."""
    if not mind.goals_left or pending(mind, "ask") or pause_before(customer.persona.then[mind.goals_left[0] - 1]):
        return None
    turned = turned_to(customer, mind, mind.goals_left[0])
    best = _fitting(customer, turned)
    if best is None:
        return None
    return _take(customer, replace(turned, menu=replace(turned.menu, unsaid=True)), _Picked(best), chance)


def _nothing_else(mind: Mind, heard: Heard, chance: Stream) -> Step | None:
    """The option that ends it, from who is served; at the latest when other words for that were not understood."""
    if pending(mind, "ask") or mind.goals_left:
        return None
    return _ended(mind) if "fallback" in heard.acts or chance.happens(_NOTHING_ELSE) else None


def _ended(mind: Mind) -> Step | None:
    ends = _leading(mind.menu, "no")
    if ends is None:
        return None
    return leave(mind, "resolved", "got what it came for", Say("deny", about=f"{TYPED}{ends.key or ends.label}"))


def _at_the_end(customer: Customer, mind: Mind, heard: Heard, chance: Stream) -> Step | None:
    """Who was told what becomes of it ends it; who needs a human, or has a question left, goes back to the menu.

    At the latest when it was not understood what else was said.
    """
    if "fallback" not in heard.acts and not chance.happens(_NOTHING_ELSE):
        return None
    back, left = _leading(mind.menu, "back"), pending(mind, "ask")
    if back is not None and count(mind.menu.picked, back.label) < (1 if left else _MOST_BACK * _needs_one(customer)):
        return _take(customer, mind, _Picked(back), chance)
    if _needs_one(customer) and "fallback" not in heard.acts:
        return None
    agenda = tuple([item for item in mind.agenda if item[0] != "ask"])
    mind = replace(mind, agenda=agenda, done=True)
    return _ended(mind) if not mind.goals_left else None


def _needs_one(customer: Customer) -> bool:
    """Whether it must reach a human."""
    return needs_human(customer) is not None


def _labelled(choices: tuple[Choice, ...]) -> bool:
    return bool(choices) and bool(choices[0].label)


def _name(choices: tuple[Choice, ...]) -> str:
    """What a menu is counted under."""
    return "|".join([choice.label for choice in choices])
