"""A manifest comes back as it was written, and a damaged one is a clear mistake."""

from pathlib import Path

import pytest

from hubbub.errors import UsageError
from hubbub.gates import parse_gate
from hubbub.model import Budget
from hubbub.runs.manifest import Manifest, read_manifest, write_manifest
from hubbub.runs.verdict import judge_run
from tests.made import write_run


def test_it_comes_back_as_it_was_written(tmp_path: Path) -> None:
    manifest = Manifest(
        workload="peak",
        seed=7,
        gates=("turns > 1",),
        budget=Budget(late_p99_s=0.5),
        versions={"python": "3.13", "hubbub": "1"},
        machine={"cpus": 2},
        sources={"peak.yaml": "00"},
        spec="workload: peak\n",
    )
    write_manifest(tmp_path, manifest)
    assert read_manifest(tmp_path) == manifest


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": 9, "workload": "x", "seed": 1}', "\udcff"])
def test_a_damaged_one_is_a_clear_mistake(tmp_path: Path, content: str) -> None:
    (tmp_path / "manifest.json").write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(UsageError, match=r"manifest\.json"):
        read_manifest(tmp_path)


@pytest.mark.parametrize(
    ("gate", "why"),
    [
        ("failed_turn_rate <= 0", "95 % within"),
        ("missed_escalation_rate <= 0 %", "no number would tell"),
        ("escalation_recall >= 100 %", "95 % within"),
        ("weather <= 4", "this version of Hubbub has no metric 'weather'"),
    ],
)
def test_a_gate_that_nobody_would_be_let_write_today_keeps_no_old_run_from_being_reported(
    tmp_path: Path, gate: str, why: str
) -> None:
    assert isinstance(parse_gate(gate), str), "it is refused in a workload"
    folder = write_run(tmp_path / "run", [gate, "turn_p95_s <= 20"])
    _, verdict = judge_run(folder)
    old, kept = verdict.gates
    assert (old.gate, kept.verdict) == (gate, "pass")
    assert old.verdict in ("unsure", "fail")
    assert why in old.reason


def test_a_gate_that_is_none_is_a_damaged_manifest(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", ["weather permitting"])
    with pytest.raises(UsageError, match=r"manifest\.json: 'weather permitting' is not a gate"):
        judge_run(folder)


def test_the_manifests_budget_is_the_one_that_is_held(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run")
    assert judge_run(folder)[1].verdict == "pass"
    write_manifest(folder, Manifest(workload="peak", seed=7, budget=Budget(late_p99_s=0.0001)))
    assert judge_run(folder)[1].verdict == "invalid"
