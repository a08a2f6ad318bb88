"""From counts to figures: every metric of a tally, with its interval."""

from math import ceil, isinf
from typing import Literal

from hubbub.errors import FAILURES
from hubbub.model import Matrix, Metric
from hubbub.stats import intervals
from hubbub.stats.alike import Alike, Parts, design_effect
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
        f"{stem}_p{percent}_s": quantile(getattr(tally, histogram), percent / 100, PER_S, tally.alike.get(histogram))
        for stem, (histogram, percents) in QUANTILES.items()
        for percent in percents
    }
    found["first_text_mean_s"] = _mean(tally.first_text, tally.text_parts, tally.alike["first_text"].conversations)
    found["turns_to_human_p50"] = quantile(tally.human_turn, 0.5, 1)
    found.update(_shares(tally))
    found.update(_counts(tally))
    odd, told = deviating(tally.answers, usual(tally.answers) if common is None else common)
    found["inconsistent_answer"] = count(odd, tally.conversations)
    found["inconsistent_answer_rate"] = share(odd, told)
    unsupported, claims = tally.claims.get("unsupported", 0), sum(tally.claims.values())
    found["unsupported_claim_rate"] = _share_of_turns(unsupported, claims, tally.unsupported_parts, tally.conversations)
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


def share(part: int, whole: int, effect: float = 1.0) -> Metric:
    """A share with Wilson's interval, for as many samples as `whole` is worth by its design effect."""
    if not whole:
        return Metric(None, None, None, 0, "share", "share")
    low, high = intervals.wilson(part / effect, whole / effect)
    return Metric(part / whole, low, high, whole, "share", "share", effect)


def _share_of_turns(part: int, whole: int, parts: Parts, conversations: int) -> Metric:
    """A share of what comes several times in a conversation: its turns, replies or claims."""
    ratio = part / whole if whole else 0.0
    return share(part, whole, design_effect(parts.spread(ratio), whole * ratio * (1 - ratio), conversations))


def count(number: int, samples: int) -> Metric:
    """A count, exact, over this many turns or conversations."""
    return Metric(float(number), float(number), float(number), samples, "count", "count")


def _shares(tally: Tally) -> dict[str, Metric]:
    must = tally.must_escalated + tally.must_not_escalated
    must_not = tally.mustnot_escalated + tally.mustnot_not_escalated
    in_need = tally.must_escalated + tally.may_escalated
    return {
        "failed_turn_rate": _share_of_turns(tally.failed, tally.turns, tally.failed_parts, tally.conversations),
        "unknown_rate": _share_of_turns(tally.unknown, tally.heard, tally.unknown_parts, tally.conversations),
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
        "turns_per_s": _rate(tally.turns, span_s, tally.failed_parts.whole_squares / max(1, tally.turns)),
        "conversations_per_s": _rate(tally.conversations, span_s),
    }
    found.update({name: count(tally.failures.get(name, 0), tally.turns) for name in TURN_CLASSES})
    found.update({name: count(tally.findings.get(name, 0), tally.conversations) for name in CONVERSATION_CLASSES})
    return found


def quantile(histogram: Histogram, q: float, unit: int, alike: Alike | None = None) -> Metric:
    """A quantile and the samples that bound it, whatever the distribution.

    The ranks are those of as many independent samples as these are worth, stretched over all that there are.
    """
    name: Literal["s", "count"] = "s" if unit == PER_S else "count"
    samples = histogram.samples
    if not samples:
        return Metric(None, None, None, 0, name, "quantile")
    rank = rank_of(q, samples)
    effect = alike.effect_at(histogram.at_ranks((rank,))[0][0]) if alike else 1.0
    low, high = _stretched(intervals.quantile_ranks(int(samples / effect), q), samples, effect)
    ranks = (low or 1, rank, high or samples)
    bottom, middle, top = histogram.at_ranks(ranks)
    return Metric(
        value=(middle[0] + middle[1]) / 2 / unit,
        low=bottom[0] / unit if low else 0.0,
        high=top[1] / unit if high else None,
        samples=samples,
        unit=name,
        kind="quantile",
        design_effect=effect,
    )


def _stretched(ranks: tuple[int | None, int | None], samples: int, effect: float) -> tuple[int | None, int | None]:
    """Ranks among as many samples as these are worth, as ranks among all of them, to the outer side."""
    low, high = ranks
    stretch = samples / int(samples / effect)
    return low and max(1, int(low * stretch)), high and min(samples, ceil(high * stretch))


def _mean(histogram: Histogram, parts: Parts, conversations: int) -> Metric:
    samples = histogram.samples
    if not samples:
        return Metric(None, None, None, 0, "s", "mean")
    total, squares = histogram.sums()
    effect = design_effect(parts.spread(total / samples), squares - total * total / samples, conversations)
    low, high = intervals.mean(total, squares, samples, effect)
    bounds = (None if isinf(low) else max(0.0, low) / PER_S, None if isinf(high) else high / PER_S)
    return Metric(total / samples / PER_S, *bounds, samples, "s", "mean", effect)


def _rate(number: int, span_s: float, effect: float = 1.0) -> Metric:
    """Events per second. What comes in groups varies more, by `effect`: the groups' mean size, weighted by size."""
    if not number or span_s <= 0:
        return Metric(None, None, None, number, "per_s", "mean")
    effect = max(1.0, effect)
    low, high = (bound * effect for bound in intervals.poisson(number / effect))
    return Metric(number / span_s, low / span_s, high / span_s, number, "per_s", "mean", effect)
