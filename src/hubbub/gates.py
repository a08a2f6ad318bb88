"""Limits that a run must keep, and how they are judged: with an interval, and unsure when that is all one can say."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import get_close_matches
from math import isfinite
from typing import Literal

from msgspec import Struct

from hubbub.errors import FAILURES
from hubbub.model import Gate, GateResult, Metric, Summary, Verdict, VerdictName
from hubbub.stats.sufficiency import enough

FORMAT = 1  # of verdict.json
Unit = Literal["s", "share", "count", "per_s"]
Kind = Literal["quantile", "share", "count", "mean"]
Direction = Literal["lower", "higher", "neither"]
_GATE = re.compile(
    r"\s*([A-Za-z_][\w.-]*)\s*(<=|>=|==|=<|=>|<|>|=|≤|≥)\s*([-+]?[\d.]+(?:[eE][-+]?\d+)?)\s*(%|ms|s)?\s*"
)
_SPELT: dict[str, Literal["<=", ">=", "==", "<", ">"]] = {
    **{"<=": "<=", "=<": "<=", "≤": "<=", ">=": ">=", "=>": ">=", "≥": ">="},
    **{"<": "<", ">": ">", "==": "==", "=": "=="},
}
_QUANTILE = re.compile(r"_p(\d+)(?:_s)?$")
_SCALE = {"": 1.0, "s": 1.0, "ms": 0.001, "%": 0.01}
_NEVER_CONNECTED = frozenset({"connect_refused", "dns", "tls", "connect_timeout"})
_NO_EYES = "none would have been found (docs/checks.md says what it takes)"
_PART = "the run was interrupted: these are the figures of a part of it"
_GAVE_UP = "customers who left first"
_CLEARLY = 0.9  # of the samples
_EXIT: dict[VerdictName, int] = {"pass": 0, "fail": 1, "invalid": 3, "unsure": 5}


class MetricInfo(Struct, frozen=True):
    """What a metric is: its unit, how it is computed, which way is better, and what it means."""

    unit: Unit
    kind: Kind
    better: Direction
    meaning: str


def _latencies() -> Iterator[tuple[str, MetricInfo]]:
    families = (
        ("first_byte", (50, 95, 99), "seconds from the intended sending to the first byte of the reply"),
        ("first_text", (50, 90, 95, 99), "seconds from the intended sending to the first visible text"),
        ("turn", (50, 90, 95, 99), "seconds from the intended sending to the whole reply"),
        ("service_first_text", (50, 90, 95, 99), "seconds from the actual sending to the first visible text"),
        ("service_turn", (50, 90, 95, 99), "seconds from the actual sending to the whole reply"),
        (
            "conversation",
            (50, 95),
            "seconds from a customer's arrival to the conversation's end; cut off ones left out",
        ),
        ("seconds_to_human", (50, 95), "seconds into the conversation until a human was called, where one was"),
    )
    for stem, percents, meaning in families:
        for percent in percents:
            what = f"{percent}th percentile of {meaning}"
            yield f"{stem}_p{percent}_s", MetricInfo("s", "quantile", "lower", what)


def _classes() -> Iterator[tuple[str, MetricInfo]]:
    of = {"turns": "turns that failed: ", "conversations": "conversations: "}
    for name, failure in FAILURES.items():
        if failure.layer != "generator":
            meaning = f"{of[failure.counted]}{failure.meaning[0].lower()}{failure.meaning[1:].rstrip('.')}"
            yield name, MetricInfo("count", "count", "lower", meaning)


def _share(better: Direction, meaning: str) -> MetricInfo:
    return MetricInfo("share", "share", better, meaning)


METRICS: Mapping[str, MetricInfo] = {
    **dict(_latencies()),
    "first_text_mean_s": MetricInfo("s", "mean", "lower", "mean seconds from intended sending to first visible text"),
    "failed_turn_rate": _share("lower", "turns that failed by an infra class, of all turns"),
    "escalation_recall": _share("higher", "customers who needed a human and got one, of those who needed one"),
    "escalation_precision": _share("higher", "customers who needed a human, of the escalated ones whose need is plain"),
    "missed_escalation_rate": _share("lower", "customers who needed a human and got none, of those who needed one"),
    "needless_escalation_rate": _share("lower", "customers who needed no human and got one, of those who needed none"),
    "late_escalation_rate": _share("lower", "right escalations that came after their time, of all right escalations"),
    "escalation_rate": _share("neither", "conversations in which a human was called, of those not cut off"),
    "resolution_rate": _share("higher", "conversations that ended resolved, of those that the agent could resolve"),
    "abandonment_rate": _share("lower", "conversations that the customer left in displeasure, of those not cut off"),
    "agent_failed_rate": _share("lower", "conversations that ended in a failure of the agent, of those not cut off"),
    "cut_off_rate": _share("lower", "conversations still open when the run ended, of all that ended"),
    "unknown_rate": _share("lower", "replies that our customers did not understand, of all replies"),
    "inconsistent_answer_rate": _share("lower", "conversations told another answer than most, of those told any"),
    "unsupported_claim_rate": _share(
        "lower", "claims that no fact of the persona speaks for or against, of all claims"
    ),
    "prompt_repeat_rate": _share("neither", "customers' texts of over 20 characters that had been sent before"),
    "turns_to_human_p50": MetricInfo("count", "quantile", "lower", "median turn at which a human was called"),
    "turns_per_s": MetricInfo("per_s", "mean", "higher", "turns per second, warm-up left out"),
    "conversations_per_s": MetricInfo("per_s", "mean", "higher", "conversations ended per second, warm-up left out"),
    "turns": MetricInfo("count", "count", "higher", "turns that say something about the agent"),
    "conversations": MetricInfo("count", "count", "higher", "conversations that ended"),
    "dropped": MetricInfo("count", "count", "lower", "customers who were due and were never held, by our own doing"),
    **dict(_classes()),
}


_OWN = "check."  # before the name of a check of one's own
_NO_METRIC = Metric(None, None, None, 0, "count", "count")  # of a gate from another version
_OWN_CHECK = MetricInfo("count", "count", "lower", "conversations in which a check of your own failed")


def parse_gate(text: str) -> Gate | str:
    """A gate from its text, such as `turn_p95_s <= 4` or `escalation_recall >= 95 %`; or what is wrong with it."""
    match = _GATE.fullmatch(text)
    gate = recorded_gate(text)
    if match is None or isinstance(gate, str):
        return gate
    metric, suffix = gate.metric, match[4] or ""
    info = _OWN_CHECK if own_check(metric) else METRICS.get(metric)
    if info is None:
        close = get_close_matches(metric, METRICS, n=1, cutoff=0.6)
        hint = f" (did you mean {close[0]}?)" if close else "; docs/gates-and-metrics.md lists them all"
        return f"unknown metric {metric!r}{hint}"
    if suffix and (suffix == "%") != (info.unit == "share"):
        return f"{metric} is not measured in {suffix}"
    if suffix in ("s", "ms") and info.unit != "s":
        return f"{metric} is not measured in {suffix}"
    return _impossible(metric, info, gate.op, gate.limit) or gate


def recorded_gate(text: str) -> Gate | str:
    """A gate that a run was held with, or why it is none. It was checked then, by the rules of that day: whether such
    a gate would be let through today, and whether its metric is still there, is no matter here."""
    match = _GATE.fullmatch(text)
    if match is None:
        return f"{text!r} is not a gate; write a metric, one of <= >= < > ==, and a number: turn_p95_s <= 4"
    metric, op, number, suffix = match[1], match[2], match[3], match[4] or ""
    try:
        limit = float(number) * _SCALE[suffix]
    except ValueError:
        return f"{number!r} is not a number"
    return Gate(" ".join(text.split()), metric, _SPELT[op], round(limit, 12))


def own_check(metric: str) -> str:
    """The name of the check of one's own that a metric such as `check.promises_callback` counts; empty for others."""
    return metric.removeprefix(_OWN) if metric.startswith(_OWN) else ""


def unknown_check(gate: Gate, checks: Collection[str]) -> str:
    """What is wrong with a gate that counts a check of one's own which is not among these (`file.py:name`), if so."""
    name = own_check(gate.metric)
    names = [check.rpartition(":")[2] for check in checks]
    if not name or name in names:
        return ""
    close = get_close_matches(name, names, n=1, cutoff=0.6)
    hint = f" (did you mean {_OWN}{close[0]}?)" if close else f"; there are: {', '.join(names)}" if names else ""
    return f"no check {name!r} is listed under `checks`{hint}"


def _impossible(metric: str, info: MetricInfo, op: str, limit: float) -> str:
    if not isfinite(limit) or limit < 0:
        return f"the limit {limit:g} can never matter: {metric} is not negative, and finite"
    if info.unit == "share" and limit > 1:
        return f"{metric} is a share between 0 and 1; write {limit / 100:g} or {limit:g} % for {limit:g} per cent"
    if op == "==" and info.kind != "count":
        return f"{metric} is an estimate and never exactly a number; use <= or >="
    if (op == "<" and limit == 0) or (op == ">" and limit == 1 and info.unit == "share"):
        return f"no run can keep {metric} {op} {limit:g}"
    if info.unit == "share" and ((op == "<=" and limit == 0) or (op == ">=" and limit == 1)):
        little = "<= 1 %" if limit == 0 else ">= 99 %"
        return f"no number of samples makes sure of {metric} {op} {limit:.0%}; allow a little, such as {little}"
    return ""


def judge(summary: Summary, gates: Sequence[Gate], agent_ended: str = "") -> Verdict:
    """Judge a run. A gate passes when its whole interval keeps the limit, fails when its whole interval breaks it.

    Invalid outranks all: a generator that was unfit has nothing to say. A cross_talk finding fails a run, gate or not,
    and so does an agent that answered nothing, or nothing any more, and an embedded one that `agent_ended` says it of.
    """
    results = tuple(_judged(gate, summary) for gate in gates)
    name, reasons = _verdict(summary, results, agent_ended)
    code = _EXIT[name]
    if name == "invalid" and _unreachable(summary):
        code = 4
    if summary.interrupted:
        reasons = (*reasons, _PART)
        code = 130
    return Verdict(FORMAT, name, code, reasons, results)


def _verdict(
    summary: Summary, results: tuple[GateResult, ...], agent_ended: str
) -> tuple[VerdictName, tuple[str, ...]]:
    if _unreachable(summary):
        return "invalid", ("the agent was never reached: not one turn was answered", *summary.fitness.problems)
    if summary.fitness.problems:
        return "invalid", summary.fitness.problems
    if not summary.conversations or not summary.turns:
        kind = "conversation ended" if not summary.conversations else "turn was held"
        return "invalid", (f"not one {kind} after warm-up: there is nothing to judge",)
    leaks = summary.findings.get("cross_talk", 0)
    failed = [f"{r.gate}: {r.reason}" for r in results if r.verdict == "fail"]
    if leaks:
        failed.insert(0, f"cross_talk: {leaks} conversations held what belongs to another live customer; one is enough")
    if mute := _unanswered(summary):
        failed.insert(0, mute)
    if agent_ended:
        failed.insert(0, f"the embedded agent {agent_ended} before the run was over")
    if failed:
        return "fail", tuple(failed)
    unsure = tuple(f"{r.gate}: {r.reason}" for r in results if r.verdict == "unsure")
    if unsure:
        return "unsure", unsure
    return "pass", ("every gate holds" if results else "the generator was fit, and there were no gates to keep",)


def beyond_gates(verdict: Verdict) -> tuple[str, ...]:
    """Why a run failed that would have failed without its gates: a leak, an agent that answered nothing or is gone."""
    of_gates = {f"{result.gate}: {result.reason}" for result in verdict.gates} | {_PART}
    return tuple(reason for reason in verdict.reasons if verdict.verdict == "fail" and reason not in of_gates)


def _unanswered(summary: Summary) -> str:
    """How the agent left its customers without replies: all of them, or all from some moment on; empty if it did not.

    Fails a run without a gate. Nothing is said of a run in which it was not even reached.
    """
    silence = summary.silence
    if silence is not None:
        after = f"not one of {silence.turns:,} turns after it was answered: {_most_often(silence.outcomes)}"
        return f"the agent stopped answering: its last reply came at {silence.since_s:.1f} s, and {after}"
    if summary.turns and not summary.metrics["unknown_rate"].samples:  # of replies, whatever was understood of them
        return f"not one of {summary.turns:,} turns was answered: {_most_often(summary.failures)}"
    return ""


def _most_often(failures: Mapping[str, int]) -> str:
    often = sorted(failures.items(), key=lambda one: (-one[1], one[0]))
    told = (f"{_GAVE_UP if name == 'left' else name} {number:,}" for name, number in often[:3] if number)
    return ", ".join(told) or "the customers left first"


def _unreachable(summary: Summary) -> bool:
    """Every turn of the run failed before a connection stood, those of the warm-up too."""
    if summary.silence is not None:
        return False
    never = sum(number for name, number in summary.failures.items() if name in _NEVER_CONNECTED)
    return never > 0 and never == summary.turns


def _judged(gate: Gate, summary: Summary) -> GateResult:
    name = own_check(gate.metric)
    if not name:
        metric = summary.metrics.get(gate.metric, _NO_METRIC)
        if metric is _NO_METRIC:
            return GateResult(gate.text, "unsure", metric, f"this version of Hubbub has no metric {gate.metric!r}")
        if gate.metric in summary.blind and not metric.value:
            return GateResult(gate.text, "unsure", metric, f"{gate.metric} is not observable here: {_NO_EYES}")
        return judge_gate(gate, metric)
    held, open_ones = summary.conversations, summary.unsure.get(name, 0)
    metric = Metric(float(summary.findings.get(name, 0)) if held else None, None, None, held, "count", "count")
    result = judge_gate(gate, metric)
    if result.verdict != "pass" or not open_ones:
        return result
    return GateResult(gate.text, "unsure", metric, f"{result.reason}, and {open_ones} could not be told (unsure)")


def judge_gate(gate: Gate, metric: Metric) -> GateResult:
    """One gate against its figure."""
    if metric.value is None or not metric.samples:
        return GateResult(gate.text, "unsure", metric, f"there are no samples of it; {_would_tell(gate, metric)}")
    if metric.kind == "count":
        kept = _keeps(metric.value, gate)
        return GateResult(gate.text, "pass" if kept else "fail", metric, f"counted {metric.value:g}")
    low, high = metric.low, metric.high
    shown = f"{show(metric.value, metric.unit)}, 95 % within [{_bound(low, metric)}, {_bound(high, metric)}]"
    worst, best = (high, low) if gate.op in ("<=", "<") else (low, high)
    if worst is not None and _keeps(worst, gate):
        return GateResult(gate.text, "pass", metric, shown)
    if best is not None and not _keeps(best, gate):
        return GateResult(gate.text, "fail", metric, shown)
    why = "too few samples to tell" if worst is None else "the limit lies within"
    return GateResult(
        gate.text, "unsure", metric, f"{shown}: {why} ({_told_samples(metric)}; {_would_tell(gate, metric)})"
    )


def _would_tell(gate: Gate, metric: Metric) -> str:
    """How many samples would do, as the figure stands."""
    named = _QUANTILE.search(gate.metric)
    q = int(named[1]) / 100 if named and metric.kind == "quantile" else None
    needed = enough(metric, gate.limit, q, below=gate.op in ("<=", "<"))
    if needed is None:
        on_it = metric.value is not None and metric.kind != "count"
        return "no number would tell, as it lies on the limit" if on_it else "a run has to bring some"
    return f"{'at least' if needed.least else 'about'} {needed.samples:,} would tell"


def _told_samples(metric: Metric) -> str:
    """How many samples, and how many independent ones they are worth where that is clearly fewer."""
    worth = metric.samples / metric.design_effect
    alike = f", worth {worth:,.0f} as turns of a conversation are alike" if worth < metric.samples * _CLEARLY else ""
    return f"{metric.samples:,} samples{alike}"


def _keeps(value: float, gate: Gate) -> bool:
    limit = gate.limit
    return {
        "<=": value <= limit,
        ">=": value >= limit,
        "==": value == limit,
        "<": value < limit,
        ">": value > limit,
    }[gate.op]


def _bound(value: float | None, metric: Metric) -> str:
    return "?" if value is None else show(value, metric.unit)


def show(value: float | None, unit: Unit) -> str:
    """A figure for a reader: seconds and rates to three figures, shares in per cent."""
    if value is None:
        return "-"
    if unit == "share":
        return f"{value * 100:.3g} %" if value < 0.9995 or value == 1 else f"{value * 100:.2f} %"
    if unit == "count":
        return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"
    text = f"{value:.3g}" if value < 1000 else f"{value:,.0f}"
    return f"{text} s" if unit == "s" else f"{text}/s"
