"""Who came is held against who was asked for: a persona, channel or language that never came is named."""

from hubbub.model import Closed
from hubbub.reports.page.population import coverage
from hubbub.reports.tables import Table
from hubbub.runs.manifest import Invited
from tests.made import PERSONAS, header, whole_run
from tests.reports.evidence import evidence_of

ASKED = (
    *(Invited(name, 1.0, "web-chat", "en-US") for name in PERSONAS),
    Invited("kaputter-mixer", 1.0, "sms", "de-DE"),
)


def tables(*invited: Invited, held: int = 200) -> dict[str, Table]:
    return {table.title: table for table in coverage(evidence_of(whole_run(held), invited=invited))}


def test_a_persona_that_never_came_has_a_row_and_is_named() -> None:
    people = tables(*ASKED)["Personas"]
    (row,) = [row for row in people.rows if row[0] == "kaputter-mixer"]
    assert row[:6] == ("kaputter-mixer", "sms", "de-DE", "25 %", "0", "0 %")
    assert people.tones[people.rows.index(row)] == "unsure"
    assert people.note.startswith("Never came: kaputter-mixer.")


def test_all_who_were_asked_for_and_came_leave_no_note() -> None:
    people = tables(*ASKED[:3])["Personas"]
    assert {row[0] for row in people.rows} == set(PERSONAS)
    assert people.note == ""
    assert set(people.tones) == {""}


def test_channels_and_languages_are_counted_as_asked_for_and_as_they_came() -> None:
    told = tables(*ASKED)
    assert [row[:3] for row in told["Channels"].rows] == [("sms", "1", "25 %"), ("web-chat", "3", "75 %")]
    assert [row[3:] for row in told["Languages"].rows] == [("0", "0 %"), ("190", "100 %")]
    assert told["Languages"].tones == ("unsure", "")


def test_a_run_that_asked_for_nobody_by_name_tells_who_came() -> None:
    told = tables()
    assert {row[0] for row in told["Personas"].rows} == set(PERSONAS)
    assert "Channels" not in told


def test_nobody_at_all_is_a_table_of_those_who_never_came() -> None:
    (people, *_) = coverage(evidence_of([header(), Closed(1.0, 0, 0, 0, 0, 0)], invited=ASKED))
    assert len(people.rows) == 4
    assert all(row[4] == "0" for row in people.rows)
