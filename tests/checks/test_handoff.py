"""The hand-off is told, reachable, rightly routed, and carries what the human needs."""

import pytest

from hubbub.checks.handoff import handed, routing, same_queue, silent, trapped
from hubbub.model import EscalationExpectation, Expectation, Persona, Signal, Source
from tests.checks.telling import a_persona, fails, found, said, story

CALL = (Signal("initiated", "tool", "billing", "double charge", '{"order": "A-12345", "queue": "billing"}'),)


def expecting(decision: str = "must", **more: object) -> Persona:
    wanted = EscalationExpectation(decision=decision, **more)  # type: ignore[arg-type]
    return a_persona(expect=Expectation(escalation=wanted), knows={"order_id": Source(), "name": Source()})


def called(reply: str, signals: tuple[Signal, ...] = CALL, persona: Persona | None = None, **more: object):
    first = said("A-12345, Ann", "I see.", told=("order_id", "name"))
    return story(first, said("help", reply, reply_signals=signals), persona=persona, **more)


def test_a_hand_off_without_a_word_of_it_is_silent() -> None:
    assert fails(silent, called("All right.")) == [2]
    assert fails(silent, called("")) == [2]


@pytest.mark.parametrize("reply", ["I'm transferring you to a colleague.", "Our billing team takes it from here."])
def test_a_hand_off_that_is_spoken_of_is_not(reply: str) -> None:
    assert fails(silent, called(reply)) == []


def test_words_in_a_language_we_do_not_weigh_are_words() -> None:
    assert fails(silent, called("Alles klar.", persona=a_persona(locale="de-DE"))) == []
    assert fails(silent, called("", persona=a_persona(locale="de-DE"))) == [2]


def asked(*replies: str, act: str = "ask_human", persona: Persona | None = None) -> list[int]:
    return fails(trapped, story(*(said("a human", reply, act) for reply in replies), persona=persona))


def test_asking_three_times_in_vain_is_a_trap() -> None:
    assert asked("Let me help.", "What is it about?", "I can help.") == [3]
    assert asked("One moment.", "What is it about?", act="accept_human") == [2]


def test_asking_twice_or_being_offered_one_or_not_needing_one_is_none() -> None:
    assert asked("Let me help.", "What is it about?") == []
    assert asked("Let me help.", "I can connect you with a colleague if you like.", "What is it about?", "Yes?") == []
    assert asked("No.", "No.", "I am connecting you with a human colleague now.") == []
    assert asked("No.", "No.", "No.", persona=expecting("must_not")) == []


def test_another_queue_is_wrong_and_another_name_for_it_is_not() -> None:
    assert fails(routing, called("Transferring you.", persona=expecting(queue="fraud"))) == [2]
    assert fails(routing, called("Transferring you.", persona=expecting(queue="Billing Team"))) == []
    assert fails(routing, called("Transferring you.", persona=expecting())) == []
    assert not same_queue("team", "billing team")


def test_a_queue_that_does_not_show_is_not_observable_and_one_in_words_is_unsure() -> None:
    bare = (Signal("initiated", "field"),)
    assert found(routing, called("Ok.", bare, expecting(queue="x"))) == [("wrong_queue", "not_observable", 2)]
    words = called(
        "I'm transferring you to our billing team now.", (), expecting(queue="x"), blind=("phantom_handoff",)
    )
    assert found(routing, words) == [("wrong_queue", "unsure", 2)]


def test_a_hand_off_lacks_what_was_told_and_is_not_in_it() -> None:
    both = expecting(handed=("order_id", "name"))
    knows = {"order_id": "A-12345", "name": "Ann Lee"}
    assert fails(handed, called("Transferring.", persona=both, knows=knows)) == [2]
    assert "name" in next(handed(called("Transferring.", persona=both, knows=knows))).reason


def test_what_is_in_it_in_any_spelling_or_was_never_told_is_not_lacking() -> None:
    one = expecting(handed=("order_id",))
    assert fails(handed, called("Transferring.", persona=one, knows={"order_id": "a 12345"})) == []
    never_told = story(said("help", "Transferring.", reply_signals=CALL), persona=one, knows={"order_id": "B-1"})
    assert fails(handed, never_told) == []


def test_a_hand_off_that_does_not_show_what_it_carries_is_not_observable() -> None:
    told = called("Ok.", (Signal("initiated", "field"),), expecting(handed=("order_id",)))
    assert found(handed, told) == [("context_not_handed", "not_observable", 2)]


def test_where_we_do_not_understand_the_language_nobody_is_trapped() -> None:
    assert asked("Gern.", "Xyzzy.", "Plugh.", persona=a_persona(locale="fi-FI")) == []
