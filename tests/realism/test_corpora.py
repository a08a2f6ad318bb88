"""Corpora are read as their owners keep them, and what cannot be read is said with its line."""

import gzip

import pytest

from hubbub.errors import UsageError
from hubbub.realism.corpora import read_corpus
from hubbub.realism.dialogue import Dialogue
from hubbub.transcripts.columns import Senders


def read(tmp_path, name, text):
    path = tmp_path / name
    path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
    return read_corpus(path)


def test_a_line_may_be_a_conversation_with_its_intents(tmp_path):
    line = '{"id": "x", "turns": [[0, "hi", ["openinggreeting"]], [2, "where is it", ["tracking"]], [4, "ok"]]}'
    assert read(tmp_path, "c.jsonl.gz", line) == (
        Dialogue(("hi", "where is it", "ok"), ("greet", "request_task", "ood")),
    )


def test_a_line_may_be_a_message_and_agents_are_left_out(tmp_path):
    lines = "\n".join(
        f'{{"conversation": "{c}", "sender": "{who}", "text": "{text}"}}'
        for c, who, text in (
            ("a", "customer", "hi"),
            ("a", "agent", "hello"),
            ("a", "customer", "bye"),
            ("b", "user", "yo"),
        )
    )
    assert [d.texts for d in read(tmp_path, "c.jsonl", lines)] == [("hi", "bye"), ("yo",)]


def test_a_row_of_a_table_is_a_message_and_without_a_conversation_one_of_its_own(tmp_path):
    assert [d.texts for d in read(tmp_path, "c.csv", "text,intent\nmy card is lost,x\nhello,y\n")] == [
        ("my card is lost",),
        ("hello",),
    ]


@pytest.mark.parametrize(
    ("name", "text", "word"),
    [
        ("c.jsonl", "{broken\n", "c.jsonl:1: not JSON"),
        ("c.csv", "colour,size\nred,2\n", "no text: there is no .*; there is colour, size"),
        ("c.csv", "id,sender,text\n1,Jo,hi\n", "c.csv:2: unknown sender 'Jo'"),
        ("c.jsonl", "", "no customer's message"),
        ("c.jsonl.gz", "", "no customer's message"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path, name, text, word):
    with pytest.raises(UsageError, match=word):
        read(tmp_path, name, text)


def test_a_file_that_is_no_archive_is_an_error_of_ours(tmp_path):
    path = tmp_path / "c.jsonl.gz"
    path.write_bytes(gzip.compress(b"plain")[:10] + b"\xff" * 20)
    with pytest.raises(UsageError, match="cannot be read"):
        read_corpus(path)


def test_rows_that_make_no_sense_are_told_and_left_out(tmp_path):
    path, told = tmp_path / "c.jsonl", []
    path.write_text('{"text": "hi"}\n{broken\n')
    assert [d.texts for d in read_corpus(path, tell=told.append)] == [("hi",)]
    assert [skipped.line for skipped in told] == [2]


def test_a_log_that_judge_and_learn_read_is_a_corpus_with_its_delays(tmp_path):
    rows = ("2026-03-02T10:15:00Z;Ines;hi", "2026-03-02T10:15:05Z;Bot;yes?", "2026-03-02T10:15:15Z;Ines;my card")
    text = "Ticket ID;Created at;Author;Message\n" + "".join(f"7;{row}\n" for row in rows)
    (tmp_path / "c.csv").write_text(text)
    (found,) = read_corpus(tmp_path / "c.csv", senders=Senders(customers=("*",)))
    assert (found.texts, found.delays_s) == (("hi", "my card"), (10.0,))


def test_a_chat_with_its_other_side_is_a_corpus(tmp_path):
    chat = '{"messages": [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "yes?"}]}'
    assert [d.texts for d in read(tmp_path, "c.jsonl", chat)] == [("hi",)]


def test_rows_of_conversations_that_were_held_at_a_time_are_put_together(tmp_path):
    rows = '{"id": "a", "text": "hi"}\n{"id": "b", "text": "yo"}\n{"id": "a", "text": "my card"}\n{"text": "alone"}\n'
    assert [d.texts for d in read(tmp_path, "c.jsonl", rows)] == [("hi", "my card"), ("yo",), ("alone",)]


def test_a_row_that_is_no_conversation_among_those_that_are_is_told(tmp_path):
    path, told = tmp_path / "c.jsonl", []
    path.write_text('{"turns": ["hi", "bye"]}\n{"text": "hi"}\n{broken\n')
    assert [d.texts for d in read_corpus(path, tell=told.append)] == [("hi", "bye")]
    assert [skipped.line for skipped in told] == [2, 3]
