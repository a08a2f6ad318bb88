"""How a customer begins: what goes on the agenda for a goal, and how much of it the first message tells."""

from typing import get_args

from msgspec.structs import replace

from hubbub.chance import Stream
from hubbub.customers.customer import Customer
from hubbub.customers.mind import Item, Mind, Step, goal_of, say, wait
from hubbub.customers.pack import habits_of
from hubbub.customers.population import is_remark
from hubbub.model import Goal, Say, Trigger

GREETS_FIRST = {
    "plain": 0.85,
    "polite": 0.88,
    "blunt": 0.6,
    "chatty": 0.9,
    "formal": 0.8,
}  # M: MultiDoGO has .82 (A: split)
_HASTES = {"safety": 0.25, "identity_fraud": 0.35, "sentiment": 0.5}  # factor on it for who has no time to greet (A)
REASON_FIRST = 0.65  # of those who need a human show why in their first message; the others a turn later (A)
_DAY_S = 86_400.0
TELLS_ONE_FIRST = 0.1  # of those who tell one thing per message begin with the first (A)


def needs_human(customer: Customer) -> Trigger | None:
    """Why this customer must reach a human; None when it need not."""
    expected = customer.persona.expect.escalation
    return expected.trigger if expected is not None and expected.decision == "must" else None


def shows(customer: Customer) -> Trigger | None:
    """The reason for a human that this customer's words show, whether one must come or may."""
    expected = customer.persona.expect.escalation
    return expected.trigger if expected is not None and expected.decision != "must_not" else None


_TRIGGERS = frozenset(get_args(Trigger))


def begin(customer: Customer, chance: Stream) -> Step:
    """The first message: a bare greeting now and then, mostly the goal."""
    reason = shows(customer)
    agenda: tuple[Item, ...] = (("reason", reason),) if reason else ()
    mind = Mind(agenda=agenda, goals_left=tuple(range(len(customer.persona.then) + 1)))
    own = habits_of(customer.persona).greets
    greets = GREETS_FIRST[customer.persona.manner.register] if own is None else own
    if chance.happens(greets * _HASTES.get(reason or "", 1.0)):
        return say(replace(mind, spare=1), "smalltalk", about="greeting")
    return open_goal(customer, mind, 0, chance)


def open_goal(customer: Customer, mind: Mind, goal: int, chance: Stream) -> Step:
    """Bring up a goal: its tells and asks go on top of the agenda, and some are said at once."""
    mind = turned_to(customer, mind, goal)
    wanted = goal_of(customer, mind)
    about, mind = _with_reason(mind, wanted.intent, chance)
    return say(mind, "open", _first_tells(customer, mind, wanted, chance), about)


def next_goal(customer: Customer, mind: Mind, chance: Stream) -> Step:
    """The next goal: at once, or after the time that it lets pass, over a new line where it names a channel."""
    goal = customer.persona.then[mind.goals_left[0] - 1]
    pause_s = pause_before(goal)
    if pause_s is None:
        return open_goal(customer, mind, mind.goals_left[0], chance)
    return wait(replace(mind, later="between"), pause_s, goal.channel)


def pause_before(goal: Goal) -> float | None:
    """Seconds that a customer stays away before a goal; None where it brings it up at once."""
    if goal.after_days is not None:
        return goal.after_days * _DAY_S
    return 0.0 if goal.after_s is None and goal.channel is not None else goal.after_s


def resume(customer: Customer, mind: Mind, chance: Stream) -> Step:
    """Come back with the next goal, calm again. The same matter is taken up where it was left, not told anew."""
    mind = replace(mind, later="no", frustration=0.0, spare=mind.turn, promises=0, human="unasked")
    goal = mind.goals_left[0]
    if customer.persona.then[goal - 1].intent != goal_of(customer, mind).intent:
        return open_goal(customer, mind, goal, chance)
    return say(turned_to(customer, mind, goal), "ask", about="resumed")


def turned_to(customer: Customer, mind: Mind, goal: int) -> Mind:
    """The mind with a goal in hand, and all that belongs to it on the agenda."""
    left = tuple(g for g in mind.goals_left if g != goal)
    mind = replace(mind, goal=goal, goals_left=left, opened=True, answered=False, done=False, informed=0, closing=0)
    return replace(mind, agenda=(*_reason(mind), *_items(customer, mind, goal_of(customer, mind)), *_rest(mind)))


def reason_in(about: str) -> tuple[str, str]:
    """Split what a message is about into its subject and the reason for a human that it also gives, if any.

    An intent may hold a slash of its own: only a trigger's name behind the last one is a reason.
    """
    subject, slash, reason = about.rpartition("/")
    return (subject, reason) if slash and reason in _TRIGGERS else (about, "")


def _items(customer: Customer, mind: Mind, goal: Goal) -> tuple[Item, ...]:
    tells: tuple[Item, ...] = tuple(("tell", s) for s in goal.tells if s in customer.knows and s not in mind.told)
    asks: tuple[Item, ...] = tuple(("ask", fact) for fact in goal.asks if fact not in mind.learned)
    return (*tells, *asks)


def _reason(mind: Mind) -> tuple[Item, ...]:
    return tuple(item for item in mind.agenda if item[0] == "reason")


def _rest(mind: Mind) -> tuple[Item, ...]:
    return tuple(item for item in mind.agenda if item[0] != "reason")


def _with_reason(mind: Mind, intent: str, chance: Stream) -> tuple[str, Mind]:
    """Give the reason for a human along with the goal, or keep it for the next turn."""
    reason = next((name for kind, name in mind.agenda if kind == "reason"), "")
    if not reason or not chance.happens(REASON_FIRST):
        return intent, mind
    return f"{intent}/{reason}", given(mind, reason)


def given(mind: Mind, reason: str) -> Mind:
    """The mind once the reason for a human has been given; asking for one outright counts as asking."""
    asks = reason == "explicit_request"
    return replace(
        mind,
        agenda=_rest(mind),
        reasons=mind.reasons + 1,
        human="asked" if asks else mind.human,
        human_asks=mind.human_asks + asks,
    )


def _first_tells(customer: Customer, mind: Mind, goal: Goal, chance: Stream) -> tuple[str, ...]:
    """What the opening tells: by disclosure, and what is a remark rather than a datum unless only answers are given."""
    slots = tuple(name for kind, name in mind.agenda if kind == "tell" and name in goal.tells)
    remarks = tuple(slot for slot in slots if is_remark(slot, customer.knows[slot]))
    data = tuple(slot for slot in slots if slot not in remarks)
    disclosure = customer.persona.manner.disclosure
    if disclosure == "all_at_once":
        return (*data, *remarks)
    if disclosure == "when_asked":
        return ()
    first = data[:1] if disclosure == "one_per_message" and chance.happens(TELLS_ONE_FIRST) else ()
    return (*first, *remarks)


def again(last: Say | None, intent: str) -> tuple[tuple[str, ...], str]:
    """What to say once more: what the last message told and was about."""
    return (last.told, reason_in(last.about)[0] or intent) if last is not None else ((), intent)
