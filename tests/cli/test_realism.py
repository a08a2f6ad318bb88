"""`hubbub realism` prints what was measured, and says what it cannot read."""

from pathlib import Path

from click.testing import CliRunner

from hubbub.cli.realism import command
from hubbub.errors import UsageError


def test_the_table_has_our_figures_and_the_goals() -> None:
    done = CliRunner().invoke(command, ["--conversations", "50", "--markdown"])
    assert done.exit_code == 0, done.output
    row = next(line for line in done.output.splitlines() if "messages per conversation" in line)
    ours = float(row.split("|")[2])
    assert 5 < ours < 11
    assert "AUC, style" not in done.output


def test_a_corpus_that_cannot_be_read_is_an_error_that_says_why(tmp_path: Path) -> None:
    chats = tmp_path / "chats.jsonl"
    chats.write_text("{oops\n")
    done = CliRunner().invoke(command, ["--against", str(chats)])
    assert isinstance(done.exception, UsageError)
    assert "chats.jsonl:1" in str(done.exception)


def test_a_second_corpus_alone_is_a_mistake(tmp_path: Path) -> None:
    chats = tmp_path / "chats.csv"
    chats.write_text("text\nhi\n")
    assert CliRunner().invoke(command, ["--second", str(chats)]).exit_code == 2
