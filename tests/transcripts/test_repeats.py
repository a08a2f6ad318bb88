"""What stands in a log more than once: rows, conversations, names and customers."""

import pytest

from tests.transcripts.logs import ASK, lines


def test_a_row_that_stands_twice_is_read_once_and_told(read):
    row = {"conversation": "c", "time": "2026-03-01T10:00:01Z", "sender": "customer", "text": "hello"}
    log = read("log.jsonl", lines(row, row, {**row, "time": "2026-03-01T10:00:09Z"}))
    assert [m.text for m in log.transcripts[0].messages] == ["hello", "hello"]
    assert log.notes == ("1 rows that stand in the log more than once were read once",)


@pytest.mark.parametrize("time", [{}, {"time": "2026-03-01 10:15"}])
def test_without_times_to_the_second_a_customer_may_say_a_thing_twice(read, time: dict):
    row = {"conversation": "c", "sender": "customer", "text": "hello", **time}
    assert len(read("log.jsonl", lines(row, row)).transcripts[0].messages) == 2


def test_a_conversation_that_stands_twice_to_the_second_is_read_once_and_told(read):
    def twice(*times: float) -> str:
        said = [{"role": "user", "content": "hi", "time": at} for at in times]
        return lines(*[{"id": "a", "messages": said}] * 2)

    once = read("log.jsonl", twice(60, 61))
    assert ([t.name for t in once.transcripts], once.notes) == (
        ["a"], ("1 rows that stand in the log more than once were read once",))  # fmt: skip
    assert len(read("log.jsonl", twice(60, 120)).transcripts) == 2, "who knows minutes alone may tell of two"


def test_no_conversation_is_lost_to_another_of_its_name(read):
    said = [[{"role": "user", "content": word}] for word in ("one", "two", "three", "four")]
    named = [{"id": name, "messages": one} for name, one in zip(("a", "a-3", "a", "log-5"), said, strict=True)]
    log = read("log.jsonl", lines({**ASK, "conversation": "a"}, *named, {"messages": said[0]}))
    assert len({t.name for t in log.transcripts}) == len(log.transcripts) == 6


def test_who_came_twice_is_known_by_number_or_by_name(read):
    row = {"sender": "customer", "text": "hi", "customer_id": 7}
    agent = {"sender": "agent", "text": "hello", "customer_id": 1}
    log = read(
        "log.jsonl", lines({"conversation": "a", **agent}, {"conversation": "a", **row}, {"conversation": "b", **row})
    )
    assert [one.who for one in log.transcripts] == ["7", "7"]
    named = read("log.jsonl", lines({"conversation": "a", "sender": "Ann Lee", "text": "hi"}), customers=("*",))
    assert named.transcripts[0].who == "Ann Lee"
    plain = read("log.jsonl", lines({"conversation": "a", "author": "customer", "text": "hi"}))
    assert plain.transcripts[0].who == ""
