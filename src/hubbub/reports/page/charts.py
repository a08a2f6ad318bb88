"""What is drawn, as plotly's JSON. Colours are names such as `$fail`, which the page resolves for light and dark."""

from collections.abc import Iterable, Sequence
from typing import Any

from hubbub.model import Metric
from hubbub.reports.chronicle import Chronicle
from hubbub.reports.page.levels import Curve
from hubbub.reports.page.percentiles import Distribution
from hubbub.reports.plain import plain
from hubbub.reports.timeline import Span
from hubbub.stats.histogram import PER_S

Chart = dict[str, Any]  # {"data": [traces], "layout": {...}}, as plotly.js takes it
CLASS_COLOURS = ("$c1", "$c2", "$c3", "$c4", "$c5", "$c6", "$c7", "$c8")
_ROWS = ("arrivals per second", "open", "first text, s", "whole reply, s", "failed turns/s")
_ROW_HEIGHT, _AROUND = 154, 90  # pixels: of a row of the timeline with its gap, and of what stands around them
_QUANTILES = ((0.5, "p50", "$q1"), (0.95, "p95", "$q2"), (0.99, "p99", "$q3"))
_GAP = 0.045


def label(text: str) -> str:
    """Text for a chart: plotly reads `<` and `&` as its own mark-up."""
    return plain(text, 40).replace("&", "+").replace("<", "\u2039").replace(">", "\u203a")


def failed_classes(chronicle: Chronicle, until_s: float) -> tuple[str, ...]:
    """The classes of failed turns on the timeline, in the order of their colours."""
    return tuple(sorted({name for at_s, s in chronicle.timeline.spans() if at_s <= until_s for name in s.failures}))


def timeline(chronicle: Chronicle, until_s: float) -> Chart:
    """Arrivals, open conversations, latencies and failures, one under the other on one clock."""
    spans = [(at_s, span) for at_s, span in chronicle.timeline.spans() if at_s <= until_s]
    x = [at_s for at_s, _ in spans]
    width_s = chronicle.timeline.width_s
    data = [
        _line("due", x, [s.arrivals / width_s for _, s in spans], "$dim", 1, shape="hv"),
        _line("begun", x, [s.began / width_s for _, s in spans], "$accent", 1, shape="hv"),
        _line("open", x, [sum(s.open.values()) if s.open else None for _, s in spans], "$accent", 2, fill=True),
    ]
    for q, name, colour in _QUANTILES:
        data.append(_line(name, x, [_quantile(s, "first_text", q) for _, s in spans], colour, 3))
        data.append(_line(name, x, [_quantile(s, "turn", q) for _, s in spans], colour, 4))
    classes = failed_classes(chronicle, until_s)
    data += _failures(x, [span for _, span in spans], width_s, classes)
    rows = _ROWS if classes else _ROWS[:-1]
    layout: Chart = {
        "height": _AROUND + _ROW_HEIGHT * len(rows),
        "margin": {"l": 62, "r": 18, "t": 44, "b": 44},
        "bargap": 0,
        "barmode": "stack",
    }
    layout |= {"showlegend": False, "hovermode": "x unified", "hoversubplots": "axis"}
    layout["xaxis"] = {
        "title": {"text": "seconds since the start"},
        "anchor": f"y{len(rows)}",
        "range": [0, max(until_s, 1.0)],
    }
    tall = (1 - _GAP * (len(rows) - 1)) / len(rows)
    for at, title in enumerate(rows, 1):
        top = 1 - (at - 1) * (tall + _GAP)
        axis = {"domain": [max(0.0, top - tall), top], "title": {"text": title}, "rangemode": "tozero"}
        layout["yaxis" if at == 1 else f"yaxis{at}"] = axis
    layout["shapes"], layout["annotations"] = _marks(chronicle)
    return {"data": data, "layout": layout}


def _quantile(span: Span, name: str, q: float) -> float | None:
    value = getattr(span, name).quantile(q)
    return None if value is None else _neat(value / PER_S)


def _failures(x: list[float], spans: Sequence[Span], width_s: float, classes: Sequence[str]) -> Iterable[Chart]:
    for at, name in enumerate(classes):
        y = [span.failures.get(name, 0) / width_s for span in spans]
        colour = CLASS_COLOURS[at % len(CLASS_COLOURS)]
        yield {
            **{"type": "bar", "name": label(name), "x": x, "y": y, "yaxis": "y5", "width": width_s, "offset": 0},
            "marker": {"color": colour, "line": {"width": 0}},
        }


def _marks(chronicle: Chronicle) -> tuple[list[Chart], list[Chart]]:
    shapes: list[Chart] = []
    notes: list[Chart] = []
    header = chronicle.header
    if header and header.warm_up_s:
        box = {"type": "rect", "xref": "x", "yref": "paper", "x0": 0, "x1": header.warm_up_s, "y0": 0, "y1": 1}
        shapes.append({**box, "fillcolor": "$band", "line": {"width": 0}, "layer": "below"})
        notes.append(_note(0, "warm-up"))
    labels = header.stages if header else ()
    for number, stage in sorted(chronicle.stages.items()) if len(labels) > 1 else ():
        line = {
            "type": "line",
            "xref": "x",
            "yref": "paper",
            "x0": stage.first_s,
            "x1": stage.first_s,
            "y0": 0,
            "y1": 1,
        }
        shapes.append({**line, "line": {"color": "$dim", "width": 1, "dash": "dot"}})
        if number and number < len(labels):
            notes.append(_note(stage.first_s, label(labels[number]), lifted=bool(number % 2)))
    return shapes, notes


def _note(x: float, text: str, *, lifted: bool = False) -> Chart:
    """A label over a stretch; every other one is lifted, as short stages would overlap."""
    place = {"xref": "x", "yref": "paper", "x": x, "y": 1, "xanchor": "left", "yanchor": "bottom"}
    place["yshift"] = 14 if lifted else 0
    return {**place, "text": text, "showarrow": False, "font": {"size": 11, "color": "$dim"}}


def _line(
    name: str, x: list[float], y: list[Any], colour: str, row: int, *, shape: str = "linear", fill: bool = False
) -> Chart:
    trace: Chart = {"type": "scatter", "mode": "lines", "name": name, "x": x, "y": y}
    trace |= {"yaxis": "y" if row == 1 else f"y{row}", "line": {"color": colour, "width": 1.6, "shape": shape}}
    if fill:
        trace |= {"fill": "tozeroy", "fillcolor": "$fill"}
    return trace


def curve(one: Curve) -> Chart:
    """A measure against load, with its interval at each level."""
    scale = 100 if one.points[0][1].unit == "share" else 1
    points = sorted(one.points, key=lambda point: point[0].rate_per_s)
    y = [_neat((metric.value or 0) * scale) for _, metric in points]
    trace: Chart = {"type": "scatter", "mode": "lines+markers", "name": one.title, "y": y}
    trace["x"] = [_neat(level.rate_per_s) for level, _ in points]
    trace["line"] = {"color": "$accent", "width": 2}
    trace["marker"] = {"size": 8, "color": ["$fail" if _beyond(one, at) else "$accent" for at, _ in points]}
    up, down = zip(*(_whiskers(metric, scale) for _, metric in points), strict=True)
    trace["error_y"] = {"type": "data", "symmetric": False, "array": up, "arrayminus": down}
    trace["error_y"] |= {"color": "$whisker", "thickness": 1.4, "width": 4}
    axis: Chart = {"rangemode": "tozero", "ticksuffix": " %" if scale == 100 else " s", "nticks": 5}
    if scale == 100:
        top = max(8.0, min(103.0, 1.15 * max(v + u for v, u in zip(y, up, strict=True))))
        axis["range"] = [-0.03 * top, top]  # room for a point at nought
    layout = {"height": 210, "showlegend": False, "yaxis": axis, "xaxis": {"rangemode": "tozero", "ticksuffix": "/s"}}
    return {"data": [trace], "layout": {**layout, "margin": {"l": 52, "r": 12, "t": 8, "b": 24}}}


def _beyond(one: Curve, level: object) -> bool:
    return one.left is not None and level == one.left


def _whiskers(metric: Metric, scale: int) -> tuple[float, float]:
    value = metric.value or 0.0
    high = value if metric.high is None else metric.high
    low = value if metric.low is None else metric.low
    return _neat((high - value) * scale), _neat((value - low) * scale)


def percentiles(pair: Sequence[Distribution]) -> Chart:
    """Latency by percentile, the far tail spread out, as HdrHistogram's plots do."""
    # where the two agree, the thin one is seen on the thick one
    lines = ({"color": "$soft", "width": 6}, {"color": "$second", "width": 1.8})
    data = [
        {
            **{"type": "scatter", "mode": "lines", "name": one.name, "line": line},
            **{"x": [_neat(p.out_of) for p in one.points], "y": [_neat(p.value_s) for p in one.points]},
            "text": [p.label for p in one.points],
            "hovertemplate": "%{text}: %{y} s<extra>%{fullData.name}</extra>",
        }
        for one, line in zip(pair, lines, strict=True)
    ]
    ticks = [(2, "50 %"), (10, "90 %"), (100, "99 %"), (1e3, "99.9 %"), (1e4, "99.99 %"), (1e5, "99.999 %")]
    xaxis = {"type": "log", "tickvals": [at for at, _ in ticks], "ticktext": [text for _, text in ticks]}
    layout = {"height": 320, "margin": {"l": 52, "r": 12, "t": 10, "b": 34}, "xaxis": xaxis}
    layout |= {"yaxis": {"rangemode": "tozero", "ticksuffix": " s"}}
    layout |= {"legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"}}
    return {"data": data, "layout": layout}


def lag(chronicle: Chronicle) -> Chart:
    """How late we were ourselves."""
    spans = list(chronicle.timeline.spans())
    x = [at_s for at_s, _ in spans]
    data = [
        _line("event loop stood still", x, [_neat(s.lag_s * 1000) for _, s in spans], "$accent", 1),
        _line("sent late by", x, [_neat(s.late_s * 1000) for _, s in spans], "$second", 1),
    ]
    layout = {"height": 220, "margin": {"l": 56, "r": 12, "t": 10, "b": 40}}
    layout |= {"yaxis": {"rangemode": "tozero", "ticksuffix": " ms"}, "xaxis": {"ticksuffix": " s"}}
    layout |= {"legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"}}
    return {"data": data, "layout": layout}


def _neat(value: float) -> float:
    """Four figures: more cannot be seen, and would only make the page heavier."""
    return float(f"{value:.4g}")
