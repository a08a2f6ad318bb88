"""Devanagari, as it is typed in Latin letters."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.customers.hearing.devanagari import in_latin

TYPED = {
    "आपका": "aapka",
    "करना": "karna",
    "सकता": "sakta",
    "समझ": "samajh",
    "एक": "ek",
    "न": "na",
    "नहीं": "nahin",
    "जन्म": "janm",
    "संभव": "sambhav",
    "बताइए": "bataiye",
    "जाएगा": "jayega",
    "जोड़": "jod",
    "कृपया": "kripya",
    "फिर": "fir",
    "ऑर्डर": "order",
    "५००": "500",
}


@pytest.mark.parametrize("written", TYPED)
def test_a_word_is_spelt_as_it_is_typed(written: str) -> None:
    assert in_latin(normalize("NFKC", written)) == TYPED[written]


def test_what_is_no_devanagari_stays_as_it_is() -> None:
    text = "Your order A-48213 is ₹1,250 – ok? 👍 日本語"
    assert in_latin(text) == text


def test_a_sentence_ends_where_its_stroke_stands() -> None:
    assert in_latin("हो गया।") == "ho gaya."


@given(st.text(alphabet=st.characters(min_codepoint=0x900, max_codepoint=0x97F)))
def test_no_sign_of_the_script_is_left_over(text: str) -> None:
    assert in_latin(text).isascii()
