"""A run's reports as files beside its journal. From one journal they come out the same, byte for byte."""

from contextlib import suppress
from pathlib import Path

from msgspec.json import encode, format

from hubbub.errors import NotWritten
from hubbub.reports.evidence import Evidence
from hubbub.reports.junit import junit
from hubbub.reports.markdown import markdown
from hubbub.reports.page.document import page


def as_json(value: object) -> bytes:
    """A value as indented JSON, its keys in their own order, ending in a newline."""
    return format(encode(value), indent=2) + b"\n"


def write_reports(folder: Path, evidence: Evidence) -> None:
    """Write summary.json, verdict.json, junit.xml, summary.md and report.html; each is whole or not there at all.

    Raises NotWritten where the disk takes no more.
    """
    summary, verdict = evidence.summary, evidence.verdict
    _write(folder / "summary.json", as_json(summary))
    _write(folder / "verdict.json", as_json(verdict))
    _write(folder / "junit.xml", junit(summary, verdict))
    _write(folder / "summary.md", markdown(summary, verdict).encode())
    _write(folder / "report.html", page(evidence).encode())


def _write(path: Path, content: bytes) -> None:
    beside = path.with_name(path.name + ".new")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise NotWritten(f"{path} could not be written: {error.strerror}") from None
