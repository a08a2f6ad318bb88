"""The page that publishes how well hearing works: scores and confusion matrices, written between two marks."""

from collections.abc import Mapping
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "hearing.md"
OPENS, CLOSES = "<!-- figures: written by python -m benchmarks.hearing --write-docs -->", "<!-- end of figures -->"
_SHORT = {
    "notify_failure": "failure",
    "notify_success": "success",
    "offer_handoff": "hand-off offer",
    "req_more": "more?",
    "apologise": "sorry",
}


def table(head: list[str], rows: list[list[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def matrix(hits: Mapping[str, int], confusion: Mapping[tuple[str, str], int]) -> str:
    """Labelled acts down, heard acts across. What was missed stands under what was heard instead, or under nothing."""
    acts = sorted({*hits, *(a for pair in confusion for a in pair)} - {"-"})
    names = [_SHORT.get(a, a) for a in acts]
    rows = []
    for act, name in zip([*acts, "-"], [*names, "nothing"], strict=True):
        counts = [hits.get(act, 0) if act == other else confusion.get((act, other), 0) for other in [*acts, "-"]]
        rows.append([f"**{name}**", *(str(c) if c else "" for c in counts)])
    return table(["labelled \\ heard", *names, "nothing"], rows)


def with_figures(page: str, figures: str) -> str:
    """The page with the figures in their place. Raises ValueError where the page has no place for them."""
    before, opens, rest = page.partition(OPENS)
    _, closes, after = rest.partition(CLOSES)
    if not opens or not closes:
        raise ValueError(f"the page lacks {OPENS!r} or {CLOSES!r}")
    return f"{before}{OPENS}\n\n{figures}\n\n{CLOSES}{after}"
