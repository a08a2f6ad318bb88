"""A run as one self-contained web page: no scripts, no requests, and nothing in it that is not escaped."""

from base64 import b64encode
from hashlib import sha256

from jinja2 import Environment, PackageLoader, StrictUndefined

from hubbub.model import Summary, Verdict
from hubbub.reports.plain import plain
from hubbub.reports.tables import headline, tables

_pages = Environment(
    loader=PackageLoader("hubbub.reports", "."),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(summary: Summary, verdict: Verdict) -> str:
    """The page. Its policy allows its own style sheet, by hash, and nothing else."""
    style = _pages.get_template("report.css").render()
    return _pages.get_template("report.html").render(
        style=style,
        style_hash=b64encode(sha256(style.encode()).digest()).decode(),
        title=plain(summary.workload),
        headline=headline(summary),
        verdict=verdict.verdict,
        reasons=[plain(reason) for reason in verdict.reasons],
        interrupted=summary.interrupted,
        tables=tables(summary, verdict),
    )
