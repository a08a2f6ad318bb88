"""What a planted fault is, and how one is registered.

To add one, write a function of a Scene and a Draft (and the seconds given after its name, if any) that returns the
spoilt draft, or None when there is nothing to spoil; put `@fault(name, failure_class)` above it. The first line of its
docstring is what the command's help shows. It is drawn, timed and logged by those who call it.
"""

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from hubbub.reference_agent.draft import Draft, Scene
from hubbub.reference_agent.memory import Memory

Spoil = Callable[[Scene, Draft, float], Draft | None]
Distort = Callable[[Scene, Memory, float], Memory | None]


class Fault(Struct, frozen=True):
    """A way to go wrong. `spoil` changes the reply; `distort` the memory that the reply is decided from.

    `failure_class` is what it should be found as (empty: it only costs time), `also` what it may rightly be found as
    besides. A lasting fault, once it has fired in a session, goes on for as long as the session does.
    """

    name: str
    failure_class: str
    summary: str
    seconds: float  # its default, where it takes time
    once: bool = False
    lasting: bool = False
    also: tuple[str, ...] = ()
    again: bool = False  # it spoils second deliveries, and no others
    spoil: Spoil | None = None
    distort: Distort | None = None


FAULTS: dict[str, Fault] = {}


def fault(
    name: str,
    failure_class: str,
    *,
    also: tuple[str, ...] = (),
    seconds: float = 0.0,
    once: bool = False,
    lasting: bool = False,
    again: bool = False,
) -> Callable[[Spoil], Spoil]:
    """Register a function that spoils replies."""

    def register(spoil: Spoil) -> Spoil:
        summary = (spoil.__doc__ or "").strip()
        FAULTS[name] = Fault(name, failure_class, summary, seconds, once, lasting, also, again, spoil=spoil)
        return spoil

    return register


def memory_fault(name: str, failure_class: str, *, also: tuple[str, ...] = ()) -> Callable[[Distort], Distort]:
    """Register a function that distorts what the agent remembers before it decides."""

    def register(distort: Distort) -> Distort:
        FAULTS[name] = Fault(name, failure_class, (distort.__doc__ or "").strip(), 0.0, also=also, distort=distort)
        return distort

    return register


def said(draft: Draft, words: str, note: str = "") -> Draft:
    """The draft with other words; what is decided stays."""
    decision = draft.decision
    memory = replace(decision.memory, last_reply=words)
    return replace(draft, decision=replace(decision, reply=words, memory=memory), note=note)


def added(draft: Draft, sentence: str, note: str = "") -> Draft:
    """The draft with a sentence more."""
    return said(draft, f"{draft.decision.reply} {sentence}".strip(), note)


def kept_back(draft: Draft, words: str) -> Draft:
    """The same turn without its escalation."""
    memory = replace(draft.decision.memory, escalated=False, last_reply=words)
    decision = replace(draft.decision, reply=words, memory=memory, kind="apologised", escalation=None, asked=())
    return replace(draft, decision=decision, transfers=False)


def plain_turn(draft: Draft) -> bool:
    """A turn of ordinary talk: no hand-over, no goodbye, and words to say."""
    decision = draft.decision
    return not decision.memory.escalated and not decision.memory.ended and bool(decision.reply)
