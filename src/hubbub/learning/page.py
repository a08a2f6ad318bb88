"""What was learnt, for readers: on a terminal, and as one self-contained page with the distributions drawn."""

from base64 import b64encode
from hashlib import sha256
from math import isnan

from jinja2 import Environment, PackageLoader, StrictUndefined
from msgspec import Struct
from rich.console import Console
from rich.text import Text

from hubbub.learning.fit import Distribution, Fit
from hubbub.learning.learnt import Learnt
from hubbub.learning.risk import Risk
from hubbub.reports.plain import plain
from hubbub.reports.tables import Table
from hubbub.reports.terminal import print_table

_WIDTH, _HEIGHT = 560, 200
_GOOD, _FAIR = 0.1, 0.2
_pages = Environment(
    loader=PackageLoader("hubbub.learning", "."),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


class Drawing(Struct, frozen=True):
    """A distribution as two lines, of the log and of ours: points of an SVG, and the figures under them."""

    title: str
    caption: str
    log: str
    held: str
    ticks: tuple[tuple[float, str], ...]


def tables(learnt: Learnt, fit: Fit, risk: Risk) -> tuple[Table, ...]:
    """All figures."""
    return (_fits(learnt, fit), _mix(fit), _matters(learnt), _risk(learnt, risk))


def _fits(learnt: Learnt, fit: Fit) -> Table:
    rows = [(one.name, _median(one.log), _median(one.held), f"{one.ks:.3f}") for one in fit.distributions]
    rows += [("what messages are for", "", "", f"{fit.mix_distance:.3f}")]
    if learnt.bursts:
        mean = sum(size * share for size, share in enumerate(learnt.bursts, 1))
        rows.append(("messages in a turn (mean)", f"{mean:.2f}", "", "by construction"))
    if learnt.rhythm:
        rhythm = learnt.rhythm
        gaps = "too few" if isnan(rhythm.ks) else f"{rhythm.ks:.3f}"
        rows.append(("gaps between arrivals, busiest hour", f"{1 / rhythm.busiest_per_s:.3g}", "", gaps))
        rows.append(("dispersion per minute (independent: 1)", f"{rhythm.dispersion:.2f}", "", ""))
    note = f"distance: Kolmogorov and Smirnov's; {fit.conversations} conversations held with an agent that listens"
    if learnt.bursts:
        note += f"; turns of 1, 2, ... messages: {', '.join(f'{share:.3f}' for share in learnt.bursts)}"
    if learnt.pace and learnt.pace.grain_s > 1:
        note += f"; the log's times are whole {learnt.pace.grain_s:.0f} s, and so are ours beside them"
    tones = tuple(_tone(row[3]) for row in rows)
    return Table("Fit", ("of", "log, median", "ours", "distance"), tuple(rows), 1, tones, note)


def _mix(fit: Fit) -> Table:
    rows = tuple((name, f"{log:.1%}", f"{ours:.1%}") for name, (log, ours) in fit.mix.items())
    return Table("What messages are for", ("purpose", "log", "ours"), rows, 1)


def _matters(learnt: Learnt) -> Table:
    found = list(learnt.matters.values())
    rows = tuple(
        (plain(matter), f"{found.count(matter) / len(found):.1%}", str(sum(s.matter == matter for s in learnt.stories)))
        for matter in sorted(set(found), key=lambda matter: (-found.count(matter), matter))
    )
    return Table("What customers come for", ("matter", "share", "personas"), rows, 1)


def _risk(learnt: Learnt, risk: Risk) -> Table:
    rows = (
        ("messages of customers in the log", f"{risk.messages:,}"),
        ("values taken out of them", f"{risk.values:,}"),
        (f"kept word for word, as {learnt.wishes.k} customers or more said so", f"{risk.verbatim:,}"),
        ("replaced by phrases put together from pieces", f"{risk.composed:,}"),
        ("left out", f"{risk.left_out:,}"),
        ("not read on: they speak of a password or the like", f"{risk.secrets:,}"),
        ("phrases written", f"{risk.phrases:,}"),
        ("of these doubtful: read review.txt before you share the pack", f"{risk.doubtful:.2%}"),
    )
    return Table("What is written, and what it could give away", ("", "count"), rows, 1)


def _median(values: tuple[float, ...]) -> str:
    return f"{sorted(values)[len(values) // 2]:.3g}"


def _tone(distance: str) -> str:
    if not distance[:1].isdigit():
        return ""
    return "pass" if float(distance) <= _GOOD else "unsure" if float(distance) <= _FAIR else "fail"


def show_learnt(console: Console, learnt: Learnt, fit: Fit, risk: Risk) -> None:
    """Print the figures."""
    for table in tables(learnt, fit, risk):
        print_table(console, table)
        console.print()
    console.print(Text(f"{len(learnt.observed):,} conversations, {len(learnt.stories)} personas", "bold"))


def learnt_page(title: str, learnt: Learnt, fit: Fit, risk: Risk) -> str:
    """The page. Its policy allows its own style sheet, by hash, and nothing else."""
    style = _pages.get_template("learnt.css").render()
    return _pages.get_template("learnt.html").render(
        style=style,
        style_hash=b64encode(sha256(style.encode()).digest()).decode(),
        title=plain(title),
        tables=tables(learnt, fit, risk),
        drawings=[_drawing(one) for one in fit.distributions],
        hours=_bars(fit.hours),
        width=_WIDTH,
        height=_HEIGHT,
    )


def _drawing(one: Distribution) -> Drawing:
    """Both distributions as the share of values up to each, out to where 98 % of them lie."""
    high = max(_upto(one.log), _upto(one.held)) or 1.0
    ticks = tuple((_WIDTH * at / 4, f"{high * at / 4:.3g}") for at in range(5))
    caption = f"{one.unit}; distance {one.ks:.3f}"
    return Drawing(one.name, caption, _line(one.log, high), _line(one.held, high), ticks)


def _upto(values: tuple[float, ...]) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.98))]


def _line(values: tuple[float, ...], high: float) -> str:
    ordered = sorted(values)
    points = ((min(value, high) / high * _WIDTH, (at + 1) / len(ordered)) for at, value in enumerate(ordered))
    return " ".join(f"{x:.1f},{_HEIGHT * (1 - share):.1f}" for x, share in points)


def _bars(hours: tuple[float, ...]) -> list[tuple[float, float, float, float]]:
    """Bars of the hours: x, y, width, height."""
    if not hours:
        return []
    wide, high = _WIDTH / len(hours), max(hours)
    return [
        (at * wide, _HEIGHT * (1 - share / high), wide - 2, _HEIGHT * share / high) for at, share in enumerate(hours)
    ]
