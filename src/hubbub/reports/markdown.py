"""A run as GitHub-style markdown, for a job summary or a comment."""

import re
from collections.abc import Iterator

from hubbub.model import Summary, Verdict
from hubbub.reports.plain import plain
from hubbub.reports.tables import Table, headline, tables

_SPECIAL = re.compile(r"([\\`*\[\]<#|~@&]|:(?=//)|(?<=www)\.|(?<![^\W_])_|_(?![^\W_]))", re.IGNORECASE)


def markdown(summary: Summary, verdict: Verdict) -> str:
    """The report: verdict first, then a table of each kind."""
    return "\n".join(_lines(summary, verdict)) + "\n"


def _lines(summary: Summary, verdict: Verdict) -> Iterator[str]:
    yield f"## hubbub: {verdict.verdict}"
    yield ""
    yield escape(headline(summary))
    yield ""
    for reason in verdict.reasons:
        yield f"- {escape(plain(reason))}"
    for table in tables(summary, verdict):
        yield ""
        yield f"### {table.title}"
        yield ""
        yield from _table(table)


def _table(table: Table) -> Iterator[str]:
    yield _row(table.head)
    words = table.title == "Generator"
    yield "|" + "|".join(" --- " if words or at < table.left else " ---: " for at in range(len(table.head))) + "|"
    for row in table.rows:
        yield _row(row)
    if table.note:
        yield ""
        yield escape(table.note)


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(escape(cell) for cell in cells) + " |"


def escape(text: str) -> str:
    """Text that markdown shows as it is: no links, no mentions, no HTML, no table cells of its own."""
    return _SPECIAL.sub(r"\\\1", text)
