"""What replies and waiting do to a customer: frustration from 0 (calm) to 1 (furious), and where patience ends.

The increments are assumptions, in the order that studies of chat service agree on: being failed and being refused weigh
most, being asked twice next, waiting by how long it was. Effects: patience shrinks to half at full frustration, a human
is asked for sooner, and words grow shorter.
"""

from collections.abc import Iterator
from math import exp

from msgspec.structs import replace

from hubbub.chance import Stream, substream
from hubbub.customers.customer import WAITING, Customer, moment
from hubbub.customers.mind import Mind
from hubbub.customers.pack import tempo_of
from hubbub.model import AgentAct, Impulse, Leave, LeaveEnding, Say

SILENT_SHARE = 0.71  # of those who give up: they just stop. L: Castellanos 2025, 71.3 %
FAILED = 0.25  # the turn failed
REFUSED = 0.20  # refuse, notify_failure
LOOPED = 0.18  # the same reply again
REASKED = 0.15  # asked for what was told
PUZZLED = 0.12  # fallback: the agent did not understand
UNCLEAR = 0.10  # unknown: the customer did not understand
WAITED = 0.15  # per mean patience spent waiting for the reply, at most twice that
PUT_OFF = 0.03  # wait
SOOTHED = -0.04  # apologise
PROGRESS = -0.06  # something was learnt, or a new question shows that the agent listens
SUCCESS = -0.30  # notify_success
NUDGED = 0.05  # had to ask whether anyone is there
_TEMPER = {"blunt": 1.3, "polite": 0.8, "formal": 0.9}
_SHRINKS_BY = 0.5  # share of patience lost at full frustration
_MOST_NUDGES = 3
_NUDGES_FROM_S, _NUDGES_FROM_SHARE = 12.0, 0.1  # nobody asks sooner whether anyone is there, nor before this share (A)
_LEAST_S = 1.8  # nobody gives up sooner than this after sending, or a fast agent would be charged with it ...
_LEAST_SHARE = 0.03  # ... nor sooner than this share of the mean, which bounds the distance to the exponential law
_SAYS_NOTHING_BEFORE_S = 15.0  # nobody complains of having waited for less (A)
_ASK_INSTEAD = 0.25  # share of later nudges that ask for a human


def felt(
    customer: Customer,
    mind: Mind,
    acts: tuple[AgentAct, ...],
    waited_s: float,
    *,
    reasked: bool,
    echoed: bool,
    progress: bool,
) -> float:
    """Frustration after a reply of these acts that took `waited_s` seconds.

    `reasked`: it asked for what was told; `echoed`: it sounded like the one before; `progress`: it helps.
    """
    change = min(2.0, waited_s / _mean_wait_s(customer, mind)) * WAITED
    for act in acts:
        change += _BY_ACT.get(act, 0.0)
    change += REASKED * reasked + LOOPED * echoed + PROGRESS * progress
    return _moved(customer, mind, change)


_BY_ACT: dict[AgentAct, float] = {
    "refuse": REFUSED,
    "notify_failure": REFUSED,
    "fallback": PUZZLED,
    "unknown": UNCLEAR,
    "wait": PUT_OFF,
    "apologise": SOOTHED,
    "notify_success": SUCCESS,
}


def felt_failure(customer: Customer, mind: Mind, waited_s: float) -> float:
    """Frustration after a turn that failed."""
    return _moved(customer, mind, FAILED + min(2.0, waited_s / _mean_wait_s(customer, mind)) * WAITED)


def _moved(customer: Customer, mind: Mind, change: float) -> float:
    temper = _TEMPER.get(customer.persona.manner.register, 1.0) if change > 0 else 1.0
    return round(min(1.0, max(0.0, mind.frustration + change * temper)), 4)


def shrunk(frustration: float) -> float:
    """The share of patience that is left at a frustration."""
    return 1.0 - _SHRINKS_BY * frustration


def gives_up(customer: Customer, mind: Mind) -> bool:
    """Whether the turns it had in it are spent."""
    return mind.turn - mind.spare >= max(1.0, customer.patience_turns * shrunk(mind.frustration))


def leaves_silently(chance: Stream) -> bool:
    """Whether one who gives up just stops."""
    return chance.happens(SILENT_SHARE)


def impulses(customer: Customer, mind: Mind) -> tuple[Impulse, ...]:
    """What the customer does while the reply to its last message is missing, earliest first; ends in leaving.

    Leaving is exponential with the persona's `wait_s` or the channel's mean, shrunk by frustration: a calm customer's
    patience is that law, but for the moment that even giving up takes. Nudges come as a Poisson process before it,
    three at most, but for the moment in which a reply may well be on its way. Who has parted, or only nodded once it
    was served, waits for nothing: it stops without a word. Deterministic per turn.
    """
    return tuple(coming(customer, mind))


def still_s(customer: Customer, mind: Mind) -> float:
    """Seconds after a message in which no customer does any of it: a reply that comes so soon needs no impulses."""
    return _least_s(_mean_wait_s(customer, mind) * shrunk(mind.frustration))


def _least_s(mean_s: float) -> float:
    return min(_LEAST_S, _LEAST_SHARE * mean_s)


def coming(customer: Customer, mind: Mind) -> Iterator[Impulse]:
    """The impulses one by one, for who may not need them all."""
    chance = substream(customer.key, moment(mind.turn, WAITING))
    mean = _mean_wait_s(customer, mind) * shrunk(mind.frustration)
    least_s = _least_s(mean)
    leave_s = least_s + chance.exponential(mean - least_s)
    if _waits_for_nothing(mind):
        ending: LeaveEnding = "resolved" if mind.done else "abandoned"
        yield Impulse(leave_s, Leave(ending, "had said its last when no reply came"))
        return
    every_s = mean / tempo_of(customer.persona).nudges
    at_s = min(_NUDGES_FROM_S, _NUDGES_FROM_SHARE * mean) + chance.exponential(every_s)
    for earlier in range(_MOST_NUDGES):
        if at_s >= leave_s:
            break
        yield Impulse(at_s, _nudge(customer, mind, earlier, chance))
        at_s += chance.exponential(every_s)
    parting = Say("complain", about="waiting") if _says_so(leave_s - least_s, mean - least_s, chance) else None
    yield Impulse(leave_s, Leave("abandoned", "waited too long for a reply", parting))


def _says_so(waited_s: float, mean_s: float, chance: Stream) -> bool:
    """Whether one who waited says so on leaving: nobody after a moment, and so others more often, to the same share."""
    if waited_s < _SAYS_NOTHING_BEFORE_S:
        return False
    return chance.happens(min(1.0, (1.0 - SILENT_SHARE) * exp(_SAYS_NOTHING_BEFORE_S / mean_s)))


def _waits_for_nothing(mind: Mind) -> bool:
    """Whether the last message was a goodbye, or thanks or a nod from one who is served."""
    last = mind.last
    if last is None:
        return False
    nods = last.act == "thank" or last.about in ("noted", "more")
    return last.act == "bye" or (nods and (mind.done or last.about == "handoff"))


def after_impulse(mind: Mind, impulse: Impulse) -> Mind:
    """The mind after it nudged or asked for a human while waiting."""
    if isinstance(impulse.move, Leave):
        return mind
    asks = impulse.move.act == "ask_human"
    return replace(
        mind,
        nudges=mind.nudges + 1,
        frustration=round(min(1.0, mind.frustration + NUDGED), 4),
        human="asked" if asks else mind.human,
        human_asks=mind.human_asks + asks,
    )


def _nudge(customer: Customer, mind: Mind, earlier: int, chance: Stream) -> Say:
    if earlier and may_ask_human(customer, mind) and chance.happens(_ASK_INSTEAD):
        return Say("ask_human", about="waiting")
    return Say("nudge", about=f"nudge-{earlier + 1}")


def may_ask_human(customer: Customer, mind: Mind) -> bool:
    """Whether mood alone makes this customer ask for a human.

    One whose need a machine can meet asks only when thoroughly fed up, or a hand-off would no longer be needless.
    """
    expected = customer.persona.expect.escalation
    if expected is None or expected.decision != "must_not":
        return True
    return mind.frustration > 0.8 and customer.persona.moves.ask_for_human > 0


def accepts_human(customer: Customer, mind: Mind, chance: Stream) -> bool:
    """Whether it takes a human that is offered."""
    expected = customer.persona.expect.escalation
    decision = expected.decision if expected is not None else "may"
    if decision == "must" or mind.human == "asked":
        return True
    return chance.happens(0.45 + 0.5 * mind.frustration if decision == "may" else mind.frustration - 0.4)


def _mean_wait_s(customer: Customer, mind: Mind) -> float:
    own = customer.persona.patience.wait_s
    if own is not None:
        return own
    tempo = tempo_of(customer.persona)
    return tempo.first_wait_s if mind.turn <= 1 else tempo.wait_s
