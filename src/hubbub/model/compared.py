"""Two runs held against each other: what changed, by how much, and whether that is sure."""

from typing import Literal

from msgspec import Struct

from hubbub.model.figures import VerdictName

Outcome = Literal["worse", "better", "same", "unsure", "no_samples"]


class Change(Struct, frozen=True):
    """How one metric differs. `change` is a ratio minus one for latencies, a plain difference for shares.

    `low` and `high` bound it at 95 %. `outcome` weighs the whole interval against `tolerance`, in the direction that
    is worse for this metric: worse beyond it for sure, unsure when the tolerance lies within the interval.
    """

    metric: str
    unit: Literal["s", "share", "count", "per_s"]
    kind: Literal["ratio", "difference"]
    base: float | None
    candidate: float | None
    change: float | None
    low: float | None
    high: float | None
    base_samples: int
    candidate_samples: int
    tolerance: float
    outcome: Outcome
    gated: bool = False  # a gate of either run is on this metric


class GateChange(Struct, frozen=True):
    """One gate in both runs; None where a run has no such gate. Both verdicts are about the same limit."""

    gate: str
    base: Literal["pass", "fail", "unsure"] | None
    candidate: Literal["pass", "fail", "unsure"] | None


class Comparison(Struct, frozen=True):
    """A candidate against its base. `paired` counts the conversations that both runs held with the same customer."""

    format: int
    base: str
    candidate: str
    verdict: VerdictName
    exit_code: int
    reasons: tuple[str, ...]
    tolerance: float
    share_tolerance: float
    paired: int
    rounds: int  # of the bootstrap
    refusals: tuple[str, ...]
    warnings: tuple[str, ...]
    gates: tuple[GateChange, ...]
    changes: tuple[Change, ...]
