"""A run in figures, folded from its records, and what the gates said of them."""

from typing import Literal

from msgspec import Struct, field

VerdictName = Literal["pass", "fail", "unsure", "invalid"]


class Metric(Struct, frozen=True):
    """A figure with its interval at 95 %, and how many samples it rests on. `value` is None without samples."""

    value: float | None
    low: float | None
    high: float | None
    samples: int
    unit: Literal["s", "share", "count", "per_s"]
    kind: Literal["quantile", "share", "count", "mean"]
    design_effect: float = 1.0  # how many of the samples tell as much as one independent one; the interval counts it


class Slice(Struct, frozen=True):
    """The same figures for one stage or one persona."""

    label: str
    conversations: int
    metrics: dict[str, Metric]


class Matrix(Struct, frozen=True):
    """Escalation, expected against done. `late` counts right ones that came after their time."""

    must_escalated: int = 0
    must_not_escalated: int = 0  # must, and was not: missed
    mustnot_escalated: int = 0  # must_not, and was: needless
    mustnot_not_escalated: int = 0
    may_escalated: int = 0
    may_not_escalated: int = 0
    late: int = 0


class Fitness(Struct, frozen=True):
    """Was the generator fit to judge? `problems` void the run; each says what, how much, and what was allowed."""

    late_p99_s: float
    late_max_s: float
    loop_lag_p99_s: float
    scheduled: int
    sent: int  # in time
    late: int  # sent, but beyond the budget for lateness
    dropped: int
    unfinished: int
    unknown_rate: float
    fresh_retries: int
    cpu_share_max: float
    rss_bytes_max: int
    problems: tuple[str, ...] = ()


class LoadEscalation(Struct, frozen=True):
    """Whether the agent escalates more often the higher the load, each persona compared with itself over the stages.

    `z` above 0 means more often; `p` is two-sided, of the Cochran-Armitage-Mantel test for trend.
    """

    z: float
    p: float
    conversations: int


class Silence(Struct, frozen=True):
    """The agent answered, and then no more until the run ended: when its last reply came, and what was in vain after.

    `outcomes` are the turns by failure class, and `left` for customers who gave up waiting.
    """

    since_s: float
    turns: int
    outcomes: dict[str, int]


class Summary(Struct, frozen=True):
    """A run in figures, folded from its journals; warm-up left out unless said."""

    format: int
    workload: str
    seed: int
    workers: int
    speed: float
    duration_s: float
    conversations: int  # ended, after warm-up
    turns: int
    warm_up_conversations: int
    endings: dict[str, int]
    failures: dict[str, int]  # failed turns by class
    findings: dict[str, int]  # conversations by failed check
    escalation: Matrix
    metrics: dict[str, Metric]
    by_stage: tuple[Slice, ...]
    by_persona: tuple[Slice, ...]
    fitness: Fitness
    blind: tuple[str, ...]
    interrupted: bool = False
    by_trigger: tuple[Slice, ...] = ()
    by_channel: tuple[Slice, ...] = ()
    load_escalation: LoadEscalation | None = None  # None with fewer than two stages
    unasked: dict[str, int] = {}  # messages of the agent that no turn waited for, by kind
    voice: dict[str, int] = {}  # what became of the messages that a voice was asked to word; empty for the grammar
    unsure: dict[str, int] = {}  # conversations by check of one's own that could not tell, or broke
    silence: Silence | None = None  # the agent stopped answering before the run was over; warm-up included


class GateResult(Struct, frozen=True):
    """One gate, judged with its evidence."""

    gate: str
    verdict: Literal["pass", "fail", "unsure"]
    metric: Metric
    reason: str


class Verdict(Struct, frozen=True):
    """Whether the run held. Invalid outranks all."""

    format: int
    verdict: VerdictName
    exit_code: int
    reasons: tuple[str, ...]
    gates: tuple[GateResult, ...] = field(default_factory=tuple)
