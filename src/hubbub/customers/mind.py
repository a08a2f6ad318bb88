"""What a customer has in mind: the whole state between two turns, and the ways it moves on. Small, frozen."""

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from hubbub.customers.customer import Customer
from hubbub.model import Act, AgentAct, Channel, Choice, Goal, Leave, LeaveEnding, Move, Say, Wait

ItemKind = Literal["reason", "tell", "ask"]
Item = tuple[ItemKind, str]  # something still to be said: why a human is needed, a slot, a question
Sound = tuple[tuple[AgentAct, ...], tuple[str, ...], int]  # acts, slots asked for, characters
Counts = tuple[tuple[str, int], ...]
Later = Literal["no", "will", "away", "back", "between"]
Human = Literal["unasked", "asked", "declined", "promised"]


class Menu(Struct, frozen=True):
    """What an agent has offered to choose from."""

    choices: tuple[Choice, ...] = ()  # the options that came last
    open: bool = False  # they came with the last reply, or that one did not understand what was answered to them
    seen: Counts = ()  # how often each menu came, under its labels
    picked: Counts = ()  # how often each option was picked, under its label
    unsaid: bool = False  # an option stands for the goal in hand, of which no word was said yet


class Mind(Struct, frozen=True):
    """Where the customer stands."""

    turn: int = 0  # messages decided on so far
    opened: bool = False  # has said what it came for
    goal: int = 0  # 0 is the persona's `goal`, 1 and up are `then`
    goals_left: tuple[int, ...] = ()
    agenda: tuple[Item, ...] = ()  # what is still to be said, next one first
    told: tuple[str, ...] = ()
    learned: tuple[str, ...] = ()
    asked: Counts = ()  # how often the agent asked for each slot
    put: Counts = ()  # how often the customer put each question
    swapped: tuple[str, ...] = ()  # slots whose second value is meant now
    slip: str = ""  # the slot just told wrongly, to be corrected
    used: tuple[Act, ...] = ()  # moves made that are made once
    last: Say | None = None
    frustration: float = 0.0  # 0 calm to 1 furious
    human: Human = "unasked"
    human_asks: int = 0
    reasons: int = 0  # how often the reason for a human was given
    promises: int = 0  # how often a human was promised and did not come
    puzzled: int = 0  # replies in a row that were not understood, on either side
    failures: int = 0  # turns in a row that failed
    refusals: int = 0
    silences: int = 0  # waits in a row
    nudges: int = 0
    informed: int = 0  # replies that told something
    answered: bool = False  # was told something about it, once all was told that had to be
    done: bool = False  # the goal in hand is reached
    spare: int = 0  # messages that asked nothing of the agent: they do not count as turns without success
    closing: int = 0  # steps taken towards goodbye since the goal was reached
    later: Later = "no"  # whether it comes back days later; `between` two goals of which the second lets time pass
    echo: int = 0  # how often in a row the agent sounded the same
    sound: Sound = ((), (), 0)  # what the last reply sounded like
    menu: Menu = Menu()


class Step(Struct, frozen=True):
    """A decision, and the mind after it."""

    mind: Mind
    move: Move


def count(counts: Counts, name: str) -> int:
    """How often `name` was counted."""
    for known, times in counts:
        if known == name:
            return times
    return 0


def counted(counts: Counts, names: tuple[str, ...]) -> Counts:
    """The counts with one more for each name."""
    if not names:
        return counts
    merged = dict(counts)
    for name in names:
        merged[name] = merged.get(name, 0) + 1
    return tuple(merged.items())


def goal_of(customer: Customer, mind: Mind) -> Goal:
    """The goal in hand."""
    persona = customer.persona
    return persona.goal if mind.goal == 0 else persona.then[mind.goal - 1]


def value(customer: Customer, mind: Mind, slot: str) -> str:
    """What the customer says when it tells a slot now: usually what it knows, or its second value after a change."""
    if slot in mind.swapped and slot in customer.others:
        return customer.others[slot]
    return customer.knows[slot]


def say(mind: Mind, act: Act, told: tuple[str, ...] = (), about: str = "") -> Step:
    """Send a message; what it tells leaves the agenda."""
    words = Say(act, told, about)
    agenda = tuple([i for i in mind.agenda if i[0] != "tell" or i[1] not in told]) if told else mind.agenda
    known = tuple(dict.fromkeys((*mind.told, *told))) if told else mind.told
    return Step(replace(mind, turn=mind.turn + 1, agenda=agenda, told=known, last=words, silences=0), words)


def wait(mind: Mind, for_s: float, channel: Channel | None = None) -> Step:
    """Say nothing for a while; then go on, on another channel where one is given."""
    return Step(replace(mind, silences=mind.silences + 1), Wait(for_s, channel))


def leave(mind: Mind, ending: LeaveEnding, reason: str, parting: Say | None = None) -> Step:
    """Stop here, perhaps with last words."""
    if parting is None:
        return Step(mind, Leave(ending, reason, None))
    return Step(replace(mind, turn=mind.turn + 1, last=parting), Leave(ending, reason, parting))


def pending(mind: Mind, kind: ItemKind) -> str:
    """The next thing of a kind that is still to be said; empty when there is none."""
    for known, name in mind.agenda:
        if known == kind:
            return name
    return ""


def without(mind: Mind, kind: ItemKind, name: str) -> Mind:
    """The mind with one thing less to say."""
    return replace(mind, agenda=tuple(item for item in mind.agenda if item != (kind, name)))
