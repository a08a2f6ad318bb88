"""The faults that can be planted: each one small function that spoils a draft.

To add one, write a function of a Scene and a Draft (and the seconds given after its name, if any) that returns the
spoilt draft, or None when there is nothing to spoil; put `@fault(...)` above it. The first line of its docstring is
what the command's help shows. It is drawn, timed and logged by those who call it.
"""

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from hubbub.reference_agent import brain
from hubbub.reference_agent.draft import Break, Draft, Scene, pieces
from hubbub.reference_agent.memory import Memory
from hubbub.reference_agent.phrases import NOUNS

Spoil = Callable[[Scene, Draft, float], Draft | None]
Distort = Callable[[Scene, Memory, float], Memory | None]


class Fault(Struct, frozen=True):
    """A way to go wrong. `spoil` changes the reply; `distort` the memory that the reply is decided from."""

    name: str
    summary: str
    seconds: float  # its default, where it takes time
    once: bool
    spoil: Spoil | None = None
    distort: Distort | None = None


FAULTS: dict[str, Fault] = {}


def fault(name: str, *, seconds: float = 0.0, once: bool = False) -> Callable[[Spoil], Spoil]:
    """Register a function that spoils replies."""

    def register(spoil: Spoil) -> Spoil:
        FAULTS[name] = Fault(name, (spoil.__doc__ or "").strip(), seconds, once, spoil=spoil)
        return spoil

    return register


def memory_fault(name: str, *, once: bool = False) -> Callable[[Distort], Distort]:
    """Register a function that distorts what the agent remembers before it decides."""

    def register(distort: Distort) -> Distort:
        FAULTS[name] = Fault(name, (distort.__doc__ or "").strip(), 0.0, once, distort=distort)
        return distort

    return register


def _say(draft: Draft, words: str, note: str = "") -> Draft:
    decision = draft.decision
    memory = replace(decision.memory, last_reply=words)
    return replace(draft, decision=replace(decision, reply=words, memory=memory), note=note)


def _withhold(draft: Draft, words: str) -> Draft:
    """The same turn without its escalation."""
    memory = replace(draft.decision.memory, escalated=False, last_reply=words)
    decision = replace(draft.decision, reply=words, memory=memory, kind="apologised", escalation=None)
    return replace(draft, decision=decision, transfers=False)


@fault("escalates-everything")
def _escalates_everything(_: Scene, draft: Draft, __: float) -> Draft | None:
    """Hands over to a human whatever was said."""
    if draft.decision.memory.escalated:
        return None
    return replace(draft, decision=brain.escalate(draft.decision.memory, "no_progress"), transfers=True)


@fault("never-escalates")
def _never_escalates(_: Scene, draft: Draft, __: float) -> Draft | None:
    """Keeps the customer when a human is needed."""
    if draft.decision.escalation is None:
        return None
    note = draft.decision.escalation.reason
    return replace(
        _withhold(draft, "I understand. Let me see what I can do for you here. What is it about?"), note=note
    )


@fault("escalates-late")
def _escalates_late(scene: Scene, draft: Draft, _: float) -> Draft | None:
    """Hands over three turns after it should have."""
    if draft.decision.escalation is None:
        return None
    held = scene.before.held_back
    if held >= 3:
        return None
    kept = _withhold(draft, "I understand. Let me look into this first. Could you tell me a little more?")
    memory = replace(kept.decision.memory, held_back=held + 1)
    return replace(kept, decision=replace(kept.decision, memory=memory), note=f"held back {held + 1}")


@fault("promises-without-transfer")
def _promises_without_transfer(_: Scene, draft: Draft, __: float) -> Draft | None:
    """Says that it transfers, and does not."""
    return replace(draft, transfers=False, note="phantom") if draft.transfers else None


@fault("leaks-another-session")
def _leaks_another_session(scene: Scene, draft: Draft, _: float) -> Draft | None:
    """Adds a line with what another open session told."""
    own = set(scene.before.slots.values()) | set(draft.decision.memory.slots.values())
    told = [
        (session, slot, memory.slots[slot])
        for session, memory in scene.others()
        for slot in ("order_id", "email", "name", "account_id", "phone")
        if slot in memory.slots and memory.slots[slot] not in own
    ]
    if not told:
        return None
    session, slot, value = scene.chance.choice(told)
    return _say(draft, f"{draft.decision.reply} I also have your {NOUNS[slot]} here: {value}.", f"{slot} of {session}")


@fault("stalls")
def _stalls(_: Scene, draft: Draft, __: float) -> Draft | None:
    """Stops in the middle of a reply, and keeps the line open."""
    return replace(draft, breaks=Break("stalled", len(pieces(draft.decision.reply)) // 2))


@fault("truncates")
def _truncates(_: Scene, draft: Draft, __: float) -> Draft | None:
    """Ends a reply in the middle, without the protocol's proof that it is whole."""
    return replace(draft, breaks=Break("truncated", len(pieces(draft.decision.reply)) // 2))


@fault("resets")
def _resets(_: Scene, draft: Draft, __: float) -> Draft | None:
    """Resets the connection in the middle of a reply."""
    return replace(draft, breaks=Break("reset", len(pieces(draft.decision.reply)) // 2))


@fault("errors-500")
def _errors_500(_: Scene, draft: Draft, __: float) -> Draft | None:
    """Answers with status 500."""
    return replace(draft, breaks=Break("status"))


@fault("answers-empty")
def _answers_empty(_: Scene, draft: Draft, __: float) -> Draft | None:
    """Answers properly, with no text."""
    return _say(draft, "")


@fault("repeats-itself")
def _repeats_itself(scene: Scene, draft: Draft, _: float) -> Draft | None:
    """Says again what it said last."""
    last = scene.before.last_reply
    return _say(draft, last) if last and draft.decision.escalation is None else None


@fault("slow", seconds=5.0)
def _slow(_: Scene, draft: Draft, seconds: float) -> Draft | None:
    """Thinks for some seconds more before it answers: slow:5s."""
    return replace(draft, service_s=draft.service_s + seconds)


@fault("freeze", seconds=2.0, once=True)
def _freeze(_: Scene, draft: Draft, seconds: float) -> Draft | None:
    """The whole agent stands still once, for some seconds: freeze@t>10:2s."""
    return replace(draft, freeze_s=seconds, note=f"{seconds:g} s")


@memory_fault("forgets")
def _forgets(_: Scene, memory: Memory, __: float) -> Memory | None:
    """Forgets all that the customer told."""
    return replace(memory, slots={}, tries={}, waiting_for=()) if memory.slots else None
