"""Which faults are planted, how often, and under which conditions: `NAME[:probability][@load>N][:SECONDSs]`."""

import re
from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from hubbub.chance import Stream, stream
from hubbub.errors import UsageError
from hubbub.reference_agent.draft import Draft, Scene
from hubbub.reference_agent.faults import FAULTS, Fault
from hubbub.reference_agent.memory import Memory
from hubbub.reference_agent.truth import Fired
from hubbub.registry import near

Measure = Literal["load", "open", "queue", "turn", "t"]
MEASURES: Mapping[str, str] = {
    "load": "turns worked on or waiting",
    "open": "open sessions",
    "queue": "turns waiting for a worker",
    "turn": "turns of this session",
    "t": "seconds since the agent's first turn",
}
_PART = re.compile(r":(?P<value>[^:@]+)|@(?P<measure>[^:@>]+)>(?P<above>[^:@]+)")
_GRAMMAR = "NAME[:probability][@load>N][:SECONDSs], such as leaks-another-session:0.02@open>50 or freeze@t>10:2s"


class Planted(Struct, frozen=True):
    """A fault with its probability per turn, the seconds it takes, and what must be exceeded for it to fire."""

    fault: Fault
    probability: float
    seconds: float
    above: tuple[tuple[str, float], ...] = ()


def parse(text: str) -> Planted:
    """A fault as written in a workload or after `--fault`. Raises UsageError that says what is wrong."""
    name = re.split("[:@]", text, maxsplit=1)[0].strip()
    if name not in FAULTS:
        raise UsageError(f"unknown fault {name!r}{near(name, FAULTS)}; there are: {', '.join(sorted(FAULTS))}")
    planted = Planted(FAULTS[name], 1.0, FAULTS[name].seconds)
    rest = text.strip()[len(name) :]
    position = 0
    while position < len(rest):
        part = _PART.match(rest, position)
        if part is None:
            raise UsageError(f"fault {text!r}: {rest[position:]!r} is not understood; write {_GRAMMAR}")
        planted = _with_part(text, planted, part)
        position = part.end()
    return planted


def _with_part(text: str, planted: Planted, part: re.Match[str]) -> Planted:
    if part["measure"]:
        if part["measure"] not in MEASURES:
            raise UsageError(f"fault {text!r}: unknown measure {part['measure']!r}{near(part['measure'], MEASURES)}; "
                             f"there are: {', '.join(MEASURES)}")  # fmt: skip
        return replace(planted, above=(*planted.above, (part["measure"], _number(text, part["above"]))))
    if part["value"].endswith("s"):
        if planted.fault.seconds == 0:
            raise UsageError(f"fault {text!r}: {planted.fault.name} takes no seconds")
        return replace(planted, seconds=_number(text, part["value"][:-1]))
    probability = _number(text, part["value"])
    if probability > 1:
        raise UsageError(f"fault {text!r}: a probability is between 0 and 1, not {part['value']}")
    return replace(planted, probability=probability)


def _number(text: str, digits: str) -> float:
    if not re.fullmatch(r"\d+(\.\d+)?|\.\d+", digits.strip()):
        raise UsageError(f"fault {text!r}: {digits!r} is not a number; write {_GRAMMAR}")
    return float(digits)


class Plot:
    """The planted faults of one agent, drawn anew at each turn from chance that depends on seed, session and turn."""

    def __init__(self, texts: Iterable[str], seed: int) -> None:
        self._planted = tuple(parse(text) for text in texts)
        self._seed = seed
        self._spent: set[int] = set()

    def __bool__(self) -> bool:
        return bool(self._planted)

    def chance(self, session: str, turn: int) -> Stream:
        """The stream that a turn's faults are drawn from."""
        return stream(self._seed, session, turn, "faults")

    def distort(self, scene: Scene, memory: Memory) -> tuple[Memory, tuple[Fired, ...]]:
        """What is remembered, after the faults of memory."""
        fired: tuple[Fired, ...] = ()
        for planted in self._drawn(scene, of_memory=True):
            assert planted.fault.distort is not None
            changed = planted.fault.distort(scene, memory, planted.seconds)
            if changed is not None:
                memory, fired = changed, (*fired, Fired(planted.fault.name, "", planted.fault.failure_class))
        return memory, fired

    def spoil(self, scene: Scene, draft: Draft) -> tuple[Draft, tuple[Fired, ...]]:
        """The draft, after the faults of replies; each works on what the one before left."""
        fired: tuple[Fired, ...] = ()
        for planted in self._drawn(scene, of_memory=False):
            assert planted.fault.spoil is not None
            spoilt = planted.fault.spoil(scene, replace(draft, note=""), planted.seconds)
            if spoilt is not None:
                draft = _lasting(spoilt, planted.fault)
                fired += (Fired(planted.fault.name, spoilt.note, planted.fault.failure_class),)
        return draft, fired

    def _drawn(self, scene: Scene, *, of_memory: bool) -> list[Planted]:
        drawn = []
        for place, planted in enumerate(self._planted):
            if (planted.fault.distort is not None) != of_memory or place in self._spent:
                continue
            if planted.fault.again != scene.again:
                continue
            begun = planted.fault.name in scene.before.lasting
            if not begun and not all(getattr(scene, measure) > above for measure, above in planted.above):
                continue
            if scene.chance.happens(planted.probability) or begun:
                drawn.append(planted)
                if planted.fault.once:
                    self._spent.add(place)
        return drawn


def _lasting(draft: Draft, fault: Fault) -> Draft:
    """The draft of a fault that fired: one that lasts is remembered."""
    memory = draft.decision.memory
    if not fault.lasting or fault.name in memory.lasting:
        return draft
    memory = replace(memory, lasting=(*memory.lasting, fault.name))
    return replace(draft, decision=replace(draft.decision, memory=memory))
