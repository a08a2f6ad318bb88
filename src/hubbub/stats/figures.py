"""From counts to figures: every metric of a tally, with its interval."""

from math import isinf
from typing import Literal

from hubbub.errors import FAILURES
from hubbub.model import Matrix, Metric
from hubbub.stats import intervals
from hubbub.stats.answers import Usual, deviating, usual
from hubbub.stats.histogram import PER_S, Histogram, rank_of
from hubbub.stats.tally import Tally

QUANTILES: dict[str, tuple[str, tuple[int, ...]]] = {  # metric's stem: the tally's histogram, and percentiles
    "first_byte": ("first_byte", (50, 95, 99)),
    "first_text": ("first_text", (50, 90, 95, 99)),
    "turn": ("turn", (50, 90, 95, 99)),
    "service_first_text": ("service_first_text", (50, 90, 95, 99)),
    "service_turn": ("service_turn", (50, 90, 95, 99)),
    "conversation": ("lasted", (50, 95)),
    "seconds_to_human": ("human", (50, 95)),
}
TURN_CLASSES = tuple(n for n, f in FAILURES.items() if f.layer == "infra" and f.counted == "turns")
CONVERSATION_CLASSES = tuple(n for n, f in FAILURES.items() if f.counted == "conversations")
SLICED = (  # what is also told by stage and by persona
    *("turns", "turns_per_s", "conversations_per_s", "failed_turn_rate", "unknown_rate"),
    *("first_text_p50_s", "first_text_p95_s", "first_text_p99_s", "turn_p50_s", "turn_p95_s", "turn_p99_s"),
    *("escalation_rate", "escalation_precision", "escalation_recall", "needless_escalation_rate"),
    *("missed_escalation_rate", "late_escalation_rate"),
    *("resolution_rate", "abandonment_rate", "agent_failed_rate", "cut_off_rate", "cross_talk"),
    *("inconsistent_answer_rate", "unsupported_claim_rate"),
)


def figures(tally: Tally, common: Usual | None = None) -> dict[str, Metric]:
    """Every metric that a tally gives; those without samples have no value.

    `common` holds the usual answers of the whole run, which those of a part are held against.
    """
    found = {
        f"{stem}_p{percent}_s": _quantile(getattr(tally, histogram), percent / 100, PER_S)
        for stem, (histogram, percents) in QUANTILES.items()
        for percent in percents
    }
    found["first_text_mean_s"] = _mean(tally.first_text)
    found["turns_to_human_p50"] = _quantile(tally.human_turn, 0.5, 1)
    found.update(_shares(tally))
    found.update(_counts(tally))
    odd, told = deviating(tally.answers, usual(tally.answers) if common is None else common)
    found["inconsistent_answer"] = count(odd, tally.conversations)
    found["inconsistent_answer_rate"] = share(odd, told)
    found["unsupported_claim_rate"] = share(tally.claims.get("unsupported", 0), sum(tally.claims.values()))
    return found


def matrix(tally: Tally) -> Matrix:
    """Escalation, expected against done."""
    return Matrix(
        tally.must_escalated,
        tally.must_not_escalated,
        tally.mustnot_escalated,
        tally.mustnot_not_escalated,
        tally.may_escalated,
        tally.may_not_escalated,
        tally.late,
    )


def share(part: int, whole: int) -> Metric:
    """A share with Wilson's interval."""
    if not whole:
        return Metric(None, None, None, 0, "share", "share")
    low, high = intervals.wilson(part, whole)
    return Metric(part / whole, low, high, whole, "share", "share")


def count(number: int, samples: int) -> Metric:
    """A count, exact, over this many turns or conversations."""
    return Metric(float(number), float(number), float(number), samples, "count", "count")


def _shares(tally: Tally) -> dict[str, Metric]:
    must = tally.must_escalated + tally.must_not_escalated
    must_not = tally.mustnot_escalated + tally.mustnot_not_escalated
    in_need = tally.must_escalated + tally.may_escalated
    return {
        "failed_turn_rate": share(tally.failed, tally.turns),
        "unknown_rate": share(tally.unknown, tally.heard),
        "escalation_precision": share(tally.must_escalated, tally.must_escalated + tally.mustnot_escalated),
        "escalation_recall": share(tally.must_escalated, must),
        "missed_escalation_rate": share(tally.must_not_escalated, must),
        "needless_escalation_rate": share(tally.mustnot_escalated, must_not),
        "late_escalation_rate": share(tally.late, in_need),
        "escalation_rate": share(tally.escalated, tally.own),
        "resolution_rate": share(tally.resolved, tally.resolvable),
        "abandonment_rate": share(tally.endings.get("abandoned", 0), tally.own),
        "agent_failed_rate": share(tally.endings.get("agent_failed", 0), tally.own),
        "cut_off_rate": share(tally.endings.get("cut_off", 0), tally.conversations),
    }


def _counts(tally: Tally) -> dict[str, Metric]:
    span_s = 0.0 if tally.begun_s is None else tally.over_s - tally.begun_s
    found = {
        "turns": count(tally.turns, tally.turns),
        "conversations": count(tally.conversations, tally.conversations),
        "turns_per_s": _rate(tally.turns, span_s),
        "conversations_per_s": _rate(tally.conversations, span_s),
    }
    found.update({name: count(tally.failures.get(name, 0), tally.turns) for name in TURN_CLASSES})
    found.update({name: count(tally.findings.get(name, 0), tally.conversations) for name in CONVERSATION_CLASSES})
    return found


def _quantile(histogram: Histogram, q: float, unit: int) -> Metric:
    name: Literal["s", "count"] = "s" if unit == PER_S else "count"
    samples = histogram.samples
    if not samples:
        return Metric(None, None, None, 0, name, "quantile")
    low, high = intervals.quantile_ranks(samples, q)
    ranks = (low or 1, rank_of(q, samples), high or samples)
    bottom, middle, top = histogram.at_ranks(ranks)
    return Metric(
        value=(middle[0] + middle[1]) / 2 / unit,
        low=bottom[0] / unit if low else 0.0,
        high=top[1] / unit if high else None,
        samples=samples,
        unit=name,
        kind="quantile",
    )


def _mean(histogram: Histogram) -> Metric:
    samples = histogram.samples
    if not samples:
        return Metric(None, None, None, 0, "s", "mean")
    total, squares = histogram.sums()
    low, high = intervals.mean(total, squares, samples)
    bounds = (None if isinf(low) else max(0.0, low) / PER_S, None if isinf(high) else high / PER_S)
    return Metric(total / samples / PER_S, *bounds, samples, "s", "mean")


def _rate(number: int, span_s: float) -> Metric:
    if not number or span_s <= 0:
        return Metric(None, None, None, number, "per_s", "mean")
    low, high = intervals.poisson(number)
    return Metric(number / span_s, low / span_s, high / span_s, number, "per_s", "mean")
