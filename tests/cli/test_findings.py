"""`findings` and `show`, as a user meets them: what is listed, filtered, refused, and printed whole."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hubbub.cli import main
from hubbub.model import Finding, Record, Reply, Started
from tests.made import closed, ended, header, turn, write_journal

Printed = pytest.CaptureFixture[str]


def records(called: int = 4) -> Iterator[Record]:
    """Forty conversations in two stages; the last odd ones fail, the first `called` are escalated, two answer oddly."""
    yield header(stages=("1/s", "4/s"), blind=("false_promise",))
    for number in range(40):
        stage, persona = number // 20, "kettle" if number % 2 else "parcel"
        yield Started(number, persona, 1.0 + number, stage)
        yield turn(number, texts=("where is it",), reply=Reply(text="[red]It left.[/red]"), due_s=1.0 + number)
        checks: tuple[str, ...] = ()
        if number >= 30 and number % 2:
            yield Finding(number, "trapped", "failed", 1, "asked for a human 3 times")
            checks = ("trapped",)
        if number == 2:
            yield Finding(number, "wrong_queue", "not_observable", 1, "the hand-off does not show its queue")
        fields = {"persona": persona, "stage": stage, "due_s": 1.0 + number, "failed_checks": checks}
        answers = {"eta": "9 days" if number in (4, 6) else "3-5 days"}
        yield ended(number, **fields, answers=answers, escalated="confirmed" if number < called else None)
    yield closed(40)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "run").mkdir()
    write_journal(tmp_path / "run" / "journal.0.jsonl", records())
    return tmp_path / "run"


def hubbub(monkeypatch: pytest.MonkeyPatch, *words: object) -> int:
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(sys, "argv", ["hubbub", *map(str, words)])
    with pytest.raises(SystemExit) as over:
        main()
    return int(over.value.code or 0)


def test_findings_say_how_often_for_whom_from_which_stage_on_and_where(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    assert hubbub(monkeypatch, "findings", folder) == 0
    told = capsys.readouterr().out
    (row,) = (line for line in told.splitlines() if line.lstrip().startswith("trapped"))
    assert row.split() == ["trapped", "5", "12.50%", "5.5%", "to", "26.1%", "0.0%", "25.0%", "25.0%", "kettle"]
    assert "31 turn 1   trapped  kettle, stage 2" in told
    assert "asked for a human 3 times" in told
    assert "Not observable here: false_promise" in told


def test_answers_unlike_most_are_found_among_them(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    hubbub(monkeypatch, "findings", folder, "--class", "inconsistent_answer")
    told = capsys.readouterr().out
    assert "was told 9 days for eta; most customers were told 3-5 days" in told
    assert "trapped" not in told


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        (("--persona", "kettle"), [31, 33, 35, 37, 39]),
        (("--stage", "1"), [4, 6]),
        (("--class", "trapped", "--stage", "1"), []),
        (("--verdict", "not_observable"), [2]),
        (("--verdict", "all"), [2, 4, 6, 31, 33, 35, 37, 39]),
    ],
)
def test_findings_are_narrowed_down(
    words: tuple[str, ...],
    numbers: list[int],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    hubbub(monkeypatch, "findings", folder, *words, "--json")
    assert [json.loads(line)["number"] for line in capfdbinary.readouterr().out.splitlines()] == numbers


def test_a_class_that_did_not_occur_is_named_with_what_is_near(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    assert hubbub(monkeypatch, "findings", folder, "--class", "traped") == 2
    assert "did you mean trapped?" in capsys.readouterr().err


def test_two_runs_with_the_same_customers_are_paired(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    (tmp_path / "loaded").mkdir()
    write_journal(tmp_path / "loaded" / "journal.0.jsonl", records(called=14))
    assert hubbub(monkeypatch, "findings", folder, "--beside", tmp_path / "loaded") == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "Of 40 customers in both runs, 10 were handed to a human only in the second and 0 only in the first" in told
    assert "the second escalates more" in told


def test_runs_with_other_customers_are_not_paired(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    (tmp_path / "other").mkdir()
    held = [header(), Started(0, "stranger", 1.0), ended(0, persona="stranger"), closed(1)]
    write_journal(tmp_path / "other" / "journal.0.jsonl", held)
    assert hubbub(monkeypatch, "findings", folder, "--beside", tmp_path / "other") == 2
    assert "different customers" in capsys.readouterr().err


def test_a_conversation_is_shown_whole_with_its_findings(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    assert hubbub(monkeypatch, "show", folder, 31) == 0
    told = capsys.readouterr().out
    for words in ("Conversation 31, kettle, stage 2", "where is it", "[red]It left.[/red]", "trapped at turn 1"):
        assert words in told
    hubbub(monkeypatch, "show", folder, 4)
    assert "inconsistent_answer" in capsys.readouterr().out


def test_a_conversation_that_is_not_there_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    assert hubbub(monkeypatch, "show", folder, 40) == 2
    assert "numbered from 0 to 39" in capsys.readouterr().err
