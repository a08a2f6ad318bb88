"""A run, judged, straight from records: what `read_evidence` gives, without a folder."""

from collections.abc import Iterable, Sequence

from hubbub.gates import Gate, judge, parse_gate
from hubbub.model import Record
from hubbub.reports.chronicle import Chronicle
from hubbub.reports.evidence import Evidence
from hubbub.runs.manifest import Manifest
from hubbub.runs.verdict import Judged
from hubbub.stats.fold import Fold


def evidence_of(records: Iterable[Record], gates: Sequence[str] = (), **manifest: object) -> Evidence:
    """Fold and judge these records."""
    fold, chronicle = Fold(), Chronicle()
    for record in records:
        fold.add(record)
        chronicle.add(record)
    summary = fold.summary()
    parsed = tuple(gate for text in gates if isinstance(gate := parse_gate(text), Gate))
    assert len(parsed) == len(gates)
    fields = {"workload": summary.workload, "seed": summary.seed, "gates": tuple(gates), **manifest}
    told = Manifest(**fields)  # type: ignore[arg-type]
    return Evidence(Judged(told, parsed, summary, judge(summary, parsed), fold.tallies), chronicle)
