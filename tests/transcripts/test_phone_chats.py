"""Chats as a phone exports them."""

from pathlib import Path

import pytest

from hubbub.transcripts.columns import Columns, Senders
from hubbub.transcripts.phone_chats import is_phone_chat, messages_exported, who_answers
from hubbub.transcripts.reading import read_log

ANDROID = """\
13/03/2026, 09:15 - Messages and calls are end-to-end encrypted. No one outside of this chat can read them.
13/03/2026, 09:15 - Rosa Quill: my boiler leaks
and it is cold: very
13/03/2026, 09:16 - Warm Homes: Which number, please?
13/03/2026, 09:17 - Rosa Quill: <Media omitted>
13/03/2026, 09:18 - Rosa Quill: K-1
15/03/2026, 08:00 - Rosa Quill: it leaks again
"""
IPHONE = (
    "\u200e[13.03.26, 09:15:02] Warm Homes: \u200eMessages and calls are end-to-end encrypted.\r\n"
    "[13.03.26, 09:15:04] Rosa Quill: my boiler leaks\r\nand it is cold\r\n"
    "[13.03.26, 09:16:00] Warm Homes: Which number, please?\r\n"
    "\u200e[13.03.26, 09:17:00] Rosa Quill: \u200eimage omitted\r\n"
)


def test_a_line_without_a_time_goes_on_and_what_the_program_says_is_left_out():
    assert is_phone_chat(ANDROID)
    found = list(messages_exported(ANDROID, "rosa"))
    assert [(line, one["sender"], one["text"]) for line, one in found[:3]] == [
        (2, "Rosa Quill", "my boiler leaks\nand it is cold: very"),
        (4, "Warm Homes", "Which number, please?"),
        (6, "Rosa Quill", "K-1"),
    ]


def test_who_writes_after_half_a_day_begins_another_conversation():
    assert [one["conversation"] for _, one in messages_exported(ANDROID, "rosa")] == ["rosa-1"] * 3 + ["rosa-2"]


def test_an_iphones_brackets_and_marks_are_read():
    found = [one for _, one in messages_exported(IPHONE, "rosa")]
    assert [one["text"] for one in found] == ["my boiler leaks\nand it is cold", "Which number, please?"]


@pytest.mark.parametrize("written", ["3/13/26, 9:15\u202fAM", "13.03.26, 09:15", "2026-03-13, 09:15"])
def test_times_of_several_countries(written: str, tmp_path: Path):
    text = "".join(f"{written} - {who}: hi\n" for who in ("Rosa", "Warm Homes", "Rosa"))
    (tmp_path / "chat.txt").write_text(text)
    log = read_log(tmp_path / "chat.txt", Columns(), Senders(("*",), ("Warm Homes",)))
    assert {message.at_s for message in log.transcripts[0].messages} == {1773393300.0}


def test_a_folder_of_chats_is_one_log_and_who_speaks_in_all_is_the_agent(tmp_path: Path):
    for name in ("Ann", "Bert", "Cem", "Dora"):
        (tmp_path / f"WhatsApp Chat with {name}.txt").write_text(ANDROID.replace("Rosa Quill", name))
    log = read_log(tmp_path, Columns(), Senders())
    assert len(log.transcripts) == 8
    assert [m.sender for m in log.transcripts[0].messages] == ["customer", "agent", "customer"]
    assert {transcript.who for transcript in log.transcripts} == {"Ann", "Bert", "Cem", "Dora"}
    assert any("'Warm Homes' speaks in most chats" in note for note in log.notes)


def test_nobody_is_taken_for_the_agent_where_it_is_not_clear():
    assert who_answers([("1", "Ann"), ("1", "Bert"), ("2", "Ann"), ("2", "Bert"), ("3", "Ann"), ("3", "Bert")]) == ""
    assert who_answers([("1", "Ann"), ("1", "Firm")]) == ""
