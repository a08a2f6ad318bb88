"""Empty replies and loops are found, and what only looks like them is not."""

from hubbub.checks.replies import empty, loop
from hubbub.checks.story import Story
from hubbub.model import Conversation, Goal, Persona, Reply, Signal, Turn


def told(*pairs: tuple[str, str], signals: tuple[Signal, ...] = (), outcome: str = "ok") -> Story:
    turns = tuple(
        Turn(
            number=1, turn=i, act="inform", told=(), texts=(said,), due_s=0, sent_s=0, outcome=outcome,
            reply=Reply(text=reply, signals=signals),
        )
        for i, (said, reply) in enumerate(pairs, 1)
    )  # fmt: skip
    ending = Conversation(
        number=1, persona="p", ending="resolved", reason="", turns=len(turns), due_s=0, started_s=0, ended_s=1
    )
    return Story(Persona(persona="p", goal=Goal(intent="x")), turns, ending)


def test_a_whole_reply_without_a_word_is_empty() -> None:
    assert [(f.check, f.turn) for f in empty(told(("hi", "hello"), ("why", "  \n")))] == [("empty", 2)]


def test_a_reply_that_only_calls_a_human_is_not_empty() -> None:
    assert not list(empty(told(("help", ""), signals=(Signal("initiated", "tool"),))))


def test_a_failed_turn_is_not_empty_too() -> None:
    assert not list(empty(told(("hi", ""), outcome="truncated")))


def test_the_same_words_three_times_running_are_a_loop() -> None:
    again = "Please give me your order number."
    assert [f.turn for f in loop(told(("a", again), ("b", again.upper()), ("c", again)))] == [3]


def test_twice_is_no_loop_nor_is_the_same_answer_to_the_same_question() -> None:
    assert not list(loop(told(("a", "x"), ("b", "x"), ("c", "y"), ("d", "x"))))
    assert not list(loop(told(("a", "x"), ("a", "x"), ("a", "x"))))
