"""A run as one self-contained web page: it asks for nothing, and runs nothing but its own two scripts.

The policy in its head allows those scripts and its style sheet by the hashes of their bytes, and nothing else. Data is
JSON in elements that are never run. From one journal the page comes out the same, byte for byte.
"""

from functools import cache
from gzip import decompress
from importlib.resources import files
from typing import Any

from msgspec import Struct
from msgspec.json import encode

from hubbub.gates import show
from hubbub.reports import tables
from hubbub.reports.evidence import Evidence
from hubbub.reports.page import charts, first_screen, sections
from hubbub.reports.page.levels import curves, gates_by_level, levels
from hubbub.reports.page.percentiles import TABLED, latencies
from hubbub.reports.page.population import coverage
from hubbub.reports.page.templates import TEMPLATES, own, policy
from hubbub.reports.page.timetable import lag_table, stretches, timetable
from hubbub.reports.page.transcripts import Entry, in_script, transcripts
from hubbub.reports.plain import plain
from hubbub.reports.sample import LONGEST_TEXT, MOST_BY_CHANCE, MOST_BY_CLASS, MOST_FLAWED
from hubbub.stats.slices import merged

_PLOTLY = "plotly-basic.min.js.gz"


class PageData(Struct, frozen=True):
    """What the page's script reads."""

    charts: dict[str, charts.Chart]
    conversations: tuple[Entry, ...]


def page(evidence: Evidence) -> str:
    """The whole page."""
    labels = evidence.chronicle.header.stages if evidence.chronicle.header else ()
    shown = transcripts(evidence.chronicle.sample.drawn(), labels)
    told = _told(evidence)
    drawn = told.pop("charts")
    style, script = own("report.css"), own("charts.js") + own("viewer.js")
    return TEMPLATES.get_template("report.html").render(
        **told,
        **_of_the_sample(evidence, shown.entries, shown.left_out),
        style=style,
        script=script,
        plotly=_plotly(),
        # plotly makes an empty style element and fills it rule by rule, which needs the hash of nothing
        policy=policy((style, ""), (_plotly(), script)),
        data=in_script(encode(PageData(drawn, shown.entries))),
        conversations=shown.lines,
    )


@cache
def _plotly() -> str:
    packed = files("hubbub.reports.page").joinpath("vendored", _PLOTLY).read_bytes()
    return decompress(packed).decode().replace("</script", "<\\/script")


def _told(evidence: Evidence) -> dict[str, Any]:
    """Everything but the transcripts, by the names that the template knows."""
    summary, verdict, gates = evidence.summary, evidence.verdict, evidence.judged.gates
    every = levels(evidence)
    rows, drawn = gates_by_level(every, gates), curves(every, gates)
    pairs = latencies(merged(evidence.judged.tallies.values()))
    over_time = stretches(evidence.chronicle, summary.duration_s)
    failed = charts.failed_classes(evidence.chronicle, summary.duration_s)
    found: dict[str, charts.Chart] = {"timeline": charts.timeline(evidence.chronicle, summary.duration_s)}
    found |= {f"curve-{at}": charts.curve(curve) for at, curve in enumerate(drawn)} if len(every) > 1 else {}
    found |= {f"latency-{at}": charts.percentiles(pair) for at, (_, pair) in enumerate(pairs)}
    found["lag"] = charts.lag(evidence.chronicle)
    return {
        **{"charts": found, "summary": summary, "verdict": verdict.verdict, "title": plain(summary.workload)},
        **{"word": first_screen.WORDS[verdict.verdict], "meaning": first_screen.meaning(verdict)},
        **{"headline": tables.headline(summary), "reasons": [plain(reason) for reason in verdict.reasons]},
        "leads": first_screen.leads(verdict, rows, every),
        "tiles": sections.tiles(summary, gates, verdict),
        "gates": sections.gate_lines(gates, verdict, rows),
        **{"levels": every, "rows": rows, "curves": drawn, "latencies": pairs, "tabled": TABLED},
        **{"failed_classes": failed, "colours": len(charts.CLASS_COLOURS)},
        **{"timetable": timetable(over_time), "lag_table": lag_table(over_time)},
        "curve_tables": [sections.curve_table(curve.title, curve.points) for curve in drawn],
        "escalation": tables.escalations(summary),
        "by_trigger": sections.escalation_table(evidence.chronicle),
        "figures": tables.figures(summary),
        "endings": tables.endings(summary),
        "health": tables.health(summary),
        "coverage": coverage(evidence),
        "manifest": evidence.judged.manifest,
        "spec": "\n".join(plain(line, 1000) for line in evidence.judged.manifest.spec.splitlines()),
        **{"plain": plain, "show": show, "rate": sections.rate},
    }


def _of_the_sample(evidence: Evidence, entries: tuple[Entry, ...], left_out: int) -> dict[str, Any]:
    sample = evidence.chronicle.sample
    return {
        "failures": sections.failure_lines(evidence, ((entry.number, entry.classes) for entry in entries)),
        "shown": len(entries),
        "shown_flawed": sum(bool(entry.classes) for entry in entries),
        **{"held": sample.conversations, "flawed": sample.flawed, "left_out": left_out},
        **{"most_flawed": MOST_FLAWED, "most_by_class": MOST_BY_CLASS, "most_by_chance": MOST_BY_CHANCE},
        "longest_text": LONGEST_TEXT,
    }
