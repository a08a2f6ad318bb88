"""`report`, `recover` and `verify`, as a user meets them: words printed, and exit codes."""

import json
import sys
from pathlib import Path

import pytest

from hubbub.cli import main
from tests.made import write_run

Printed = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_run(tmp_path / "peak-7", ["turn_p95_s <= 10", "cross_talk == 0"], held=80, workers=2)


def hubbub(monkeypatch: pytest.MonkeyPatch, *words: str | Path) -> int:
    monkeypatch.setattr(sys, "argv", ["hubbub", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


def kill(folder: Path) -> None:
    """What is left when worker 1 is killed in the middle of a write."""
    path = folder / "journal.1.jsonl"
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])


def test_a_run_is_reported_from_its_folder(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed) -> None:
    assert hubbub(monkeypatch, "report", folder) == 0
    assert "Verdict: pass" in capsys.readouterr().out
    assert (folder / "report.html").is_file()


def test_it_is_reported_as_json(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert hubbub(monkeypatch, "report", folder, "--json") == 0
    told = json.loads(capfdbinary.readouterr().out)
    assert told["verdict"]["verdict"] == "pass"
    assert told["summary"]["workers"] == 2


def test_reported_twice_it_is_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def files() -> dict[str, bytes]:
        hubbub(monkeypatch, "report", folder)
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    assert files() == files()


def test_a_lost_worker_makes_the_report_invalid(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed) -> None:
    kill(folder)
    assert hubbub(monkeypatch, "report", folder) == 3
    assert "worker_lost" in capsys.readouterr().out


def test_a_whole_run_is_verified(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed) -> None:
    assert hubbub(monkeypatch, "verify", folder) == 0
    assert "as it was written" in capsys.readouterr().out


def test_a_change_is_told_with_its_place(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed) -> None:
    path = folder / "journal.0.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    lines[4] = lines[4].replace(b"order", b"ardor")
    path.write_bytes(b"".join(lines))
    assert hubbub(monkeypatch, "verify", folder) == 3
    assert "damage   journal.0.jsonl:5: the record does not match its CRC" in capsys.readouterr().out
    assert hubbub(monkeypatch, "report", folder) == 3
    assert "journal.0.jsonl:5" in capsys.readouterr().err


def test_a_killed_run_is_recovered_verified_and_recovered_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    kill(folder)
    assert hubbub(monkeypatch, "verify", folder) == 5
    assert "torn" in capsys.readouterr().out
    assert hubbub(monkeypatch, "recover", folder) == 0
    first = capsys.readouterr().out
    assert "its worker was lost" in first
    account = json.loads((folder / "recovered.json").read_text())["account"]
    assert account["started"] == account["ended"] + account["unfinished"]
    assert hubbub(monkeypatch, "recover", folder) == 0
    assert capsys.readouterr().out == first
    assert hubbub(monkeypatch, "verify", folder) == 5
    assert "torn" not in capsys.readouterr().out


@pytest.mark.parametrize("spoilt", ["missing", "swapped", "doubled"])
def test_damage_that_only_the_seals_show_is_neither_mended_nor_reported(
    spoilt: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    path = folder / "journal.0.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    lines[4:6] = {"missing": lines[4:5], "swapped": lines[5:3:-1], "doubled": lines[4:6] + lines[5:6]}[spoilt]
    path.write_bytes(b"".join(lines))
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert hubbub(monkeypatch, "recover", folder) == 3
    assert "that is damage, not a torn end" in capsys.readouterr().err
    for words in (("report",), ("report", "--csv"), ("findings",)):
        assert hubbub(monkeypatch, words[0], folder, *words[1:]) == 3
        assert "`hubbub verify` shows all that is wrong" in capsys.readouterr().err
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_a_run_whose_end_is_cut_off_between_two_batches_is_reported_as_one_that_lost_a_worker(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    path = folder / "journal.1.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    seals = [at for at, line in enumerate(lines) if b'"type":"seal"' in line]
    assert len(seals) > 2
    path.write_bytes(b"".join(lines[: seals[-2] + 1]))
    assert hubbub(monkeypatch, "report", folder) == 3
    assert "worker_lost" in capsys.readouterr().out


@pytest.mark.parametrize("words", [("report",), ("report", "--json"), ("report", "--csv")])
def test_a_disk_that_takes_no_report_is_told_beside_the_figures(
    words: tuple[str, ...], folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "report.html").mkdir()
    assert hubbub(monkeypatch, words[0], folder, *words[1:]) == 3
    out, err = capfd.readouterr()
    assert "pass" in out
    assert "report.html could not be written" in err
    assert "Traceback" not in err


def test_what_the_machine_refuses_is_no_traceback_and_no_broken_gate(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    (folder / "recovered.json").mkdir()
    assert hubbub(monkeypatch, "recover", folder) == 3
    assert "Is a directory" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["report", "recover", "verify"])
def test_no_such_run_is_a_mistake_of_usage(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    assert hubbub(monkeypatch, command, tmp_path / "gone") == 2
    assert "there is no results folder" in capsys.readouterr().err
    assert hubbub(monkeypatch, command, tmp_path) == 2
