import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.reference_agent.brain import _READER as READER
from hubbub.reference_agent.reading import gram, stem


def test_typing_errors_are_mended_to_known_words():
    assert READER.read("i want a refudn for my brokn blendr").words == (
        "i", "want", "a", "refund", "for", "my", "broken", "blender",
    )  # fmt: skip


def test_a_common_word_misspelt_is_not_taken_for_a_cue():
    assert READER.read("i need smoe help, it caught fier").words == (
        "i",
        "need",
        "some",
        "help",
        "it",
        "caught",
        "fire",
    )


def test_common_words_near_a_known_one_are_left_alone():
    assert READER.read("my older border, there where it stays").words == (
        "my", "older", "border", "there", "where", "it", "stays",
    )  # fmt: skip


def test_forms_of_a_word_share_a_stem():
    assert {stem(w) for w in ("charge", "charged", "charges", "charging")} == {"charg"}
    assert stem("cancelled") == stem("cancel")
    assert stem("address") == "address"


def test_phrases_are_found_through_the_words_that_carry_nothing():
    assert gram("where order") in READER.read("where is my order").grams


def test_clauses_are_read_apart():
    assert READER.read("not a bot? I want help, now").clauses == ("not a bot", "i want help", "now")


def test_a_question_is_known_by_its_mark_or_its_first_word():
    assert READER.read("you there?").question
    assert READER.read("when does it come").question
    assert not READER.read("it came today").question


@given(st.text())
def test_any_text_can_be_read(text: str):
    assert READER.read(text).raw is not None


@pytest.mark.parametrize(
    "said", ["spoke", "doing", "cash", "closed", "frame", "insured", "explore", "stock", "style", "lots", "terribly"]
)
def test_a_common_word_is_no_slip_of_an_alarming_one(said: str):
    assert READER.mend(said) == said


@pytest.mark.parametrize("said", ["week", "year", "option", "hour"])
def test_the_singular_of_a_known_word_is_no_slip(said: str):
    assert READER.mend(said) == said
