"""A comparison of two runs as one self-contained web page: no script, and the style sheet of a run's page."""

from hubbub.model import Comparison
from hubbub.reports.comparison import comparison_tables, headline
from hubbub.reports.page.templates import TEMPLATES, own, policy
from hubbub.reports.plain import plain

_WORDS = {"pass": "No worse", "fail": "Worse", "unsure": "Cannot tell yet", "invalid": "Not comparable"}
_MEANING = {
    "pass": "Nothing is worse beyond the tolerance for sure.",
    "fail": "A measure is surely worse beyond the tolerance, or a gate that held is broken.",
    "unsure": "A gate\u2019s measure looks worse, and too few conversations say so. Longer runs would tell.",
    "invalid": "These runs were not held under the same load, or one of them cannot be judged by.",
}


_MOST_SAID = 6  # of what is worse; all of it is in the tables


def _said(comparison: Comparison) -> list[str]:
    """What stands at the top. Why runs cannot be compared stands nowhere else, and is told whole."""
    if comparison.verdict == "pass":
        return []
    said = [plain(reason, 300) for reason in comparison.reasons]
    if comparison.verdict == "invalid" or len(said) <= _MOST_SAID:
        return said
    return [*said[:_MOST_SAID], f"And {len(said) - _MOST_SAID} more, in the tables below."]


def comparison_page(comparison: Comparison) -> str:
    """The page."""
    style = own("report.css")
    return TEMPLATES.get_template("comparison.html").render(
        style=style,
        policy=policy((style,)),
        verdict=comparison.verdict,
        word=_WORDS[comparison.verdict],
        meaning=_MEANING[comparison.verdict],
        headline=headline(comparison),
        title=f"{plain(comparison.base, 80)} \u2192 {plain(comparison.candidate, 80)}",
        reasons=_said(comparison),
        warnings=[plain(warning, 300) for warning in comparison.warnings],
        tables=comparison_tables(comparison),
    )
