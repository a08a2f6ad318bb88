"""A run's reports as files beside its journal. From one journal they come out the same, byte for byte."""

from pathlib import Path

from msgspec.json import encode, format

from hubbub.reports.evidence import Evidence
from hubbub.reports.junit import junit
from hubbub.reports.markdown import markdown
from hubbub.reports.page.document import page
from hubbub.written import write_whole


def as_json(value: object) -> bytes:
    """A value as indented JSON, its keys in their own order, ending in a newline."""
    return format(encode(value), indent=2) + b"\n"


def write_reports(folder: Path, evidence: Evidence) -> None:
    """Write summary.json, verdict.json, junit.xml, summary.md and report.html; each is whole or not there at all.

    Raises NotWritten where the disk takes no more.
    """
    summary, verdict = evidence.summary, evidence.verdict
    write_whole(folder / "summary.json", as_json(summary))
    write_whole(folder / "verdict.json", as_json(verdict))
    write_whole(folder / "junit.xml", junit(summary, verdict))
    write_whole(folder / "summary.md", markdown(summary, verdict).encode())
    write_whole(folder / "report.html", page(evidence).encode())
