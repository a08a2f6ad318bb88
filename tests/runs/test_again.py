"""A conversation that is held again is held by the same customer."""

import asyncio
from pathlib import Path

import pytest
from rehearsal import a_persona, a_workload

from hubbub.errors import UsageError
from hubbub.model import Arrivals, Dropped, Record
from hubbub.runs.again import customer_of, hold_again
from hubbub.runs.findings import conversation_of, was_due
from hubbub.runs.plan import Plan, Weighted, write_plan
from hubbub.timetable import Revision
from tests.made import closed, header, write_journal, write_run

PEOPLE = tuple(Weighted(a_persona(persona=name), 1.0) for name in ("one", "other"))
EVEN = a_workload(arrivals=Arrivals(process="constant", rate_per_s=2.0), duration_s=60.0)


def test_a_customer_who_came_after_the_mix_was_changed_is_of_the_changed_mix() -> None:
    plain = Plan("run", EVEN, PEOPLE, "", 1, "")
    changed = Plan("run", EVEN, PEOPLE, "", 1, "", (Revision(4.0, mix={"other": 1.0}),))
    assert [customer_of(changed, n) for n in range(8)] == [customer_of(plain, n) for n in range(8)]
    assert {customer_of(plain, n).persona.persona for n in range(8, 40)} == {"one", "other"}
    assert {customer_of(changed, n).persona.persona for n in range(8, 40)} == {"other"}


def test_a_number_beyond_the_run_is_refused_before_anything_is_held(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", held=12)
    write_plan(folder, Plan("run", EVEN, PEOPLE, "http://127.0.0.1:9/", 1, ""))
    told: list[Record] = []
    for number in (12, 4_000, -1):
        with pytest.raises(UsageError, match=f"no conversation {number} in .*; they are numbered from 0 to 11"):
            asyncio.run(hold_again(folder, number, told.append))
    assert not told


def test_a_customer_who_was_dropped_can_be_held_again_and_shown_as_never_held(tmp_path: Path) -> None:
    dropped = (header(), Dropped(0, 0.5, "max_open"), closed(0, scheduled=1, dropped=1))
    write_journal(tmp_path / "journal.0.jsonl", dropped)
    was_due(tmp_path, 0)
    with pytest.raises(UsageError, match=r"conversation 0 was due and never held: dropped \(max_open\)"):
        conversation_of(tmp_path, 0)
