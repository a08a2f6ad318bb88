"""What every report of a run is made from, read from its folder in one pass."""

from pathlib import Path

from msgspec import Struct

from hubbub.model import Summary, Verdict
from hubbub.reports.chronicle import Chronicle
from hubbub.runs.verdict import Judged, judge_records


class Evidence(Struct, frozen=True):
    """A run, judged, and what only the page tells."""

    judged: Judged
    chronicle: Chronicle

    @property
    def summary(self) -> Summary:
        """The run in figures."""
        return self.judged.summary

    @property
    def verdict(self) -> Verdict:
        """Whether it held."""
        return self.judged.verdict


def read_evidence(folder: Path) -> Evidence:
    """Read, fold and judge a run. Raises UsageError for no such run, JournalError for a damaged journal."""
    chronicle = Chronicle()
    judged = judge_records(folder, chronicle.add)
    return Evidence(judged, chronicle)
