"""What every report tells, as plain tables; the reporters only lay them out."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from hubbub.errors import FAILURES
from hubbub.gates import METRICS, show
from hubbub.model import Metric, Slice, Summary, Verdict
from hubbub.reports.plain import plain

MAIN = (
    *("first_text_p50_s", "first_text_p95_s", "first_text_p99_s", "turn_p50_s", "turn_p95_s", "turn_p99_s"),
    *("service_first_text_p95_s", "service_turn_p95_s", "conversation_p95_s"),
    *("failed_turn_rate", "resolution_rate", "abandonment_rate", "agent_failed_rate", "cut_off_rate"),
    *("escalation_recall", "escalation_precision", "needless_escalation_rate", "late_escalation_rate"),
    *("turns_to_human_p50", "seconds_to_human_p50_s", "turns_per_s", "conversations_per_s"),
    *("unknown_rate", "prompt_repeat_rate"),
)
_SURE = 0.01  # of a trend: many runs are looked at, and few alarms should be chance
_Columns = tuple[tuple[str, str], ...]  # a column's head, and its metric
_COMMON: _Columns = (("text p95", "first_text_p95_s"), ("turn p95", "turn_p95_s"), ("failed", "failed_turn_rate"))
_STAGE: _Columns = (
    ("turns/s", "turns_per_s"),
    *_COMMON,
    ("recall", "escalation_recall"),
    ("precise", "escalation_precision"),
    ("resolved", "resolution_rate"),
)
_PERSONA: _Columns = (
    *_COMMON,
    ("missed", "missed_escalation_rate"),
    ("needless", "needless_escalation_rate"),
    ("resolved", "resolution_rate"),
)


class Table(Struct, frozen=True):
    """Rows of text under a title. Columns after the first `left` ones hold figures; `tone` colours rows by verdict."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left: int = 1
    tones: tuple[str, ...] = ()  # per row: pass, fail, unsure, invalid or nothing
    note: str = ""


def tables(summary: Summary, verdict: Verdict) -> tuple[Table, ...]:
    """All tables of a run that have anything to tell, in the order to tell them."""
    every = (
        gates(verdict),
        figures(summary),
        escalations(summary),
        failures(summary),
        blind(summary),
        endings(summary),
        slices("By stage", "stage", summary.by_stage, _STAGE),
        slices("By persona", "persona", summary.by_persona, _PERSONA),
        unasked(summary),
        health(summary),
    )
    return tuple(table for table in every if table.rows)


def headline(summary: Summary) -> str:
    """The run in a line."""
    parts = [
        f"{plain(summary.workload)}, seed {summary.seed}",
        f"{summary.conversations:,} conversations",
        f"{summary.turns:,} turns",
        f"{summary.duration_s:,.0f} s",
    ]
    if summary.workers > 1:
        parts.append(f"{summary.workers} processes")
    if summary.speed != 1:
        parts.append(f"think time compressed {summary.speed:g}x")
    if summary.warm_up_conversations:
        parts.append(f"{summary.warm_up_conversations:,} more in warm-up left out")
    return ", ".join(parts)


def interval(metric: Metric) -> str:
    """The interval at 95 %, or nothing where the figure is exact."""
    if metric.value is None or metric.kind == "count":
        return ""
    low = "?" if metric.low is None else show(metric.low, metric.unit)
    high = "?" if metric.high is None else show(metric.high, metric.unit)
    return f"{low} to {high}"


def gates(verdict: Verdict) -> Table:
    """One row per gate: its verdict, figure, interval and samples."""
    rows = [
        (r.verdict, plain(r.gate), show(r.metric.value, r.metric.unit), interval(r.metric), f"{r.metric.samples:,}")
        for r in verdict.gates
    ]
    tones = tuple(r.verdict for r in verdict.gates)
    return Table("Gates", ("verdict", "gate", "value", "95 % interval", "samples"), tuple(rows), 2, tones)


def figures(summary: Summary) -> Table:
    """The main figures that have samples."""
    rows = [
        (name, show(metric.value, metric.unit), interval(metric), f"{metric.samples:,}")
        for name in MAIN
        if (metric := summary.metrics[name]).value is not None
    ]
    note = "latency counts from the moment a message was meant to be sent; service_* from when it was sent"
    return Table("Figures", ("metric", "value", "95 % interval", "samples"), tuple(rows), note=note)


def escalations(summary: Summary) -> Table:
    """Expected against done."""
    m = summary.escalation
    if not any((m.must_escalated, m.must_not_escalated, m.mustnot_escalated, m.mustnot_not_escalated)) and not (
        m.may_escalated or m.may_not_escalated
    ):
        return Table("Escalation", (), ())
    rows = (
        ("must", f"{m.must_escalated:,}", f"{m.must_not_escalated:,} missed"),
        ("must not", f"{m.mustnot_escalated:,} needless", f"{m.mustnot_not_escalated:,}"),
        ("may", f"{m.may_escalated:,}", f"{m.may_not_escalated:,}"),
    )
    worded = "phantom_handoff" in summary.blind
    note = f"{m.late:,} came late" + ("; judged from the text alone, as this endpoint shows no more" if worded else "")
    return Table("Escalation", ("a human was needed", "called", "not called"), rows, note=note + _under_load(summary))


def _under_load(summary: Summary) -> str:
    """Whether humans are called more often the higher the load, where that is sure."""
    found = summary.load_escalation
    if found is None or found.p >= _SURE:
        return ""
    way = "more" if found.z > 0 else "less"
    return f"; the agent escalates {way} the higher the load (trend over stages, p = {found.p:.2g})"


def failures(summary: Summary) -> Table:
    """What failed, by class: turns for the wire and the generator, conversations for checks."""
    rows = [_failure(name, number, "turn") for name, number in _by_size(summary.failures)]
    rows += [_failure(name, number, "conversation") for name, number in _by_size(summary.findings)]
    note = f"not observable here, neither passed nor failed: {', '.join(map(plain, summary.blind))}"
    return Table("Failures", ("class", "layer", "meaning", "count"), tuple(rows), 3, note=note if summary.blind else "")


def blind(summary: Summary) -> Table:
    """What this endpoint cannot show, where nothing failed that would say so beside it."""
    if not summary.blind or summary.failures or summary.findings:
        return Table("Not observable", (), ())
    rows = tuple((plain(name), FAILURES[name].meaning if name in FAILURES else "") for name in summary.blind)
    return Table("Not observable", ("class", "meaning"), rows, 2, note="neither passed nor failed")


def _failure(name: str, number: int, of: str) -> tuple[str, ...]:
    known = FAILURES.get(name)
    layer, meaning = (known.layer, known.meaning) if known else ("check", "A check of your own.")
    return plain(name), layer, meaning, f"{number:,} {of}{'' if number == 1 else 's'}"


def endings(summary: Summary) -> Table:
    """How conversations ended."""
    total = summary.conversations
    rows = [(name, f"{number:,}", show(number / total, "share")) for name, number in _by_size(summary.endings)]
    return Table("Endings", ("ending", "conversations", "share"), tuple(rows))


_UNASKED = {
    "late": "the conversation's turns were over",
    "duplicate": "the same words were said before in the conversation",
    "unmatched": "for nobody who is known here",
    "refused": "the platform does not accept it; the journal says why",
}


def unasked(summary: Summary) -> Table:
    """What the agent sent and no turn waited for."""
    rows = [(plain(kind), _UNASKED.get(kind, ""), f"{number:,}") for kind, number in _by_size(summary.unasked)]
    return Table("Sent by the agent, and waited for by no turn", ("kind", "meaning", "count"), tuple(rows), 2)


def slices(title: str, head: str, parts: Sequence[Slice], columns: _Columns) -> Table:
    """The main figures of each stage or persona."""
    rows = [(plain(part.label, 40), f"{part.conversations:,}", *_sliced(part, columns)) for part in parts]
    note = "recall and precise are of escalations" if columns is _STAGE else ""
    return Table(title, (head, "convs", *(label for label, _ in columns)), tuple(rows), note=note)


def _sliced(part: Slice, columns: _Columns) -> Iterable[str]:
    return (show(part.metrics[name].value, METRICS[name].unit).replace(" ", "") for _, name in columns)


def health(summary: Summary) -> Table:
    """Was the generator fit?"""
    f = summary.fitness
    rows = (
        ("arrivals", f"{f.scheduled:,} due = {f.sent:,} in time + {f.late:,} late + {f.dropped:,} dropped"),
        ("sent late by", f"p99 {_ms(f.late_p99_s)}, worst {_ms(f.late_max_s)}"),
        ("event loop lag", f"p99 {_ms(f.loop_lag_p99_s)}"),
        ("processor", f"{f.cpu_share_max * 100:.0f} % of a core at most"),
        ("memory", f"{f.rss_bytes_max / 1e6:,.0f} MB at most"),
        ("unfinished", f"{f.unfinished:,} conversations"),
        ("not understood", f"{show(f.unknown_rate, 'share')} of replies"),
        ("sent again", f"{f.fresh_retries:,} times on a fresh socket"),
        *(("worded by a voice", _voiced(summary.voice)) for _ in (1,) if summary.voice),
        *(("unfit", plain(problem)) for problem in f.problems),
    )
    tones = tuple("invalid" if name == "unfit" else "" for name, _ in rows)
    return Table("Generator", ("", ""), rows, 2, tones)


def _voiced(voice: dict[str, int]) -> str:
    """How many messages a voice worded, and why the grammar served for the others."""
    reasons = ", ".join(f"{n} {plain(name.partition(': ')[2])}" for name, n in sorted(voice.items()) if ": " in name)
    done = voice.get("worded", 0) + voice.get("cached", 0)
    by_grammar = sum(n for name, n in voice.items() if name.startswith("grammar: "))
    kept = f"; {by_grammar:,} by the grammar instead: {reasons}" if by_grammar else ""
    return f"{done:,} of {voice.get('asked', 0):,} messages ({voice.get('cached', 0):,} from the cache){kept}"


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:,.1f} ms"


def _by_size(counts: dict[str, int]) -> Iterable[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
