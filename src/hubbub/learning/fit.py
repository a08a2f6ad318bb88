"""How well what was learnt fits: conversations held with it, beside the log, one distribution after another."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from msgspec import Struct

from hubbub.learning.laws import LONGEST_PAUSE_S, in_grains
from hubbub.learning.learnt import Learnt
from hubbub.learning.purposes import purpose_of
from hubbub.learning.scrubbing import scrub
from hubbub.realism.dialogue import Dialogue, delays_of, texts_of
from hubbub.realism.measures import distance
from hubbub.realism.rehearsed import rehearse
from hubbub.specs.workload import load_workload

_CONVERSATIONS = 400


class Distribution(Struct, frozen=True):
    """Values of the log and of the held conversations; `ks` is Kolmogorov and Smirnov's distance, 0 the same."""

    name: str
    unit: str
    log: tuple[float, ...]
    held: tuple[float, ...]
    ks: float


class Fit(Struct, frozen=True):
    """Everything that is held against the log. `mix` are the shares of messages by purpose, of the log and of ours."""

    conversations: int
    distributions: tuple[Distribution, ...]
    mix: dict[str, tuple[float, float]]
    hours: tuple[float, ...]  # share of conversations by hour of the day, UTC; empty without times

    @property
    def mix_distance(self) -> float:
        """Half the sum of the differences of shares: 0 the same, 1 nothing in common."""
        return sum(abs(log - held) for log, held in self.mix.values()) / 2


def hold_against(learnt: Learnt, workload: Path) -> Fit:
    """Hold conversations with the written files and compare them with the log. Raises SpecError if they are unsound."""
    loaded = load_workload(workload)
    held = rehearse(loaded.workload, loaded.personas, _CONVERSATIONS, learnt.wishes.seed, listening=True)
    said = [spoken.original for one in learnt.observed for spoken in one.spoken]
    pauses = [pause.seconds for one in learnt.observed for pause in one.pauses if pause.seconds <= LONGEST_PAUSE_S]
    pairs: tuple[tuple[str, str, Sequence[float], Sequence[float]], ...] = (
        ("length of a message", "characters", [len(t) for t in said], [len(t) for t in texts_of(held)]),
        ("messages in a conversation", "messages", [len(one.spoken) for one in learnt.observed], _counts(held)),
        ("time to answer", "seconds", pauses, _by_the_logs_clock(learnt, delays_of(held))),
    )
    return Fit(
        conversations=len(held),
        distributions=tuple(
            Distribution(name, unit, _some(log), _some(ours), distance(log, ours))
            for name, unit, log, ours in pairs
            if len(log) > 1 and ours
        ),
        mix=_mix(learnt, held),
        hours=learnt.rhythm.per_hour if learnt.rhythm else (),
    )


def _by_the_logs_clock(learnt: Learnt, delays: Sequence[float]) -> list[float]:
    """Delays as the log would have them: many know no seconds."""
    grain_s = learnt.pace.grain_s if learnt.pace else 0.0
    phases = np.random.default_rng(learnt.wishes.seed).random(len(delays))
    return [float(delay) for delay in in_grains(np.asarray(delays), grain_s, phases)]


def _counts(held: Sequence[Dialogue]) -> list[float]:
    return [float(len(one.texts)) for one in held if one.whole]


def _some(values: Sequence[float], most: int = 200) -> tuple[float, ...]:
    """Quantiles that are enough for a drawing."""
    ordered = sorted(float(value) for value in values)
    if len(ordered) <= most:
        return tuple(ordered)
    return tuple(ordered[(2 * at + 1) * len(ordered) // (2 * most)] for at in range(most))


def _mix(learnt: Learnt, held: Sequence[Dialogue]) -> dict[str, tuple[float, float]]:
    ours: Counter[str] = Counter()
    language = learnt.wishes.language
    for dialogue in held:
        opened = False
        for text in dialogue.texts:
            found = scrub(text, language=language)
            purpose = (
                "detail" if found is None else purpose_of(found.text, found.slots, opened=opened, language=language)
            )
            opened = opened or purpose in ("told", "detail")
            ours[purpose] += 1
    total = max(1, ours.total())
    names = dict.fromkeys((*learnt.mix, *ours))
    return {name: (learnt.mix.get(name, 0.0), ours[name] / total) for name in names}
