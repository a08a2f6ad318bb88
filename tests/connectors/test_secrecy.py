"""A secret is hidden however it is written, whole or cut off, and nothing else is."""

import json
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hubbub.connectors.secrecy import Secrets

TOKEN = 'sk-live/7f"3a+very=secret'
written = pytest.mark.parametrize(
    "write", [str, lambda t: quote(t, safe=""), quote, quote_plus, lambda t: json.dumps(t)[1:-1]]
)


@written
def test_it_is_hidden_however_it_is_written(write):
    assert Secrets(TOKEN).hide(f"bad {write(TOKEN)}, and {write(TOKEN)}.") == "bad [secret], and [secret]."


@written
@pytest.mark.parametrize("kept", [8, 12, 20])
def test_the_beginning_that_a_cut_left_is_hidden_too(write, kept):
    cut = write(TOKEN)[:kept]
    assert Secrets(TOKEN).hide_cut(f"the answer begins: 'key {cut}'; delivered twice") == (
        "the answer begins: 'key [secret]'; delivered twice"
    )


@given(secret=st.text(min_size=4, max_size=40), before=st.text(max_size=20), after=st.text(max_size=20))
def test_no_text_keeps_a_secret(secret, before, after):
    assume(secret not in "[secret]" and secret[0] not in "[]" and secret[-1] not in "[]")
    hidden = Secrets(secret).hide_cut(before + secret + after)
    assert secret not in hidden.replace("[secret]", "\x00")


def test_one_that_begins_with_another_is_hidden_whole():
    secrets = Secrets("abcd")
    secrets.add("abcd-efgh")
    assert secrets.hide("abcd-efgh abcd") == "[secret] [secret]"


def test_others_do_not_learn_what_one_adds_later():
    first = Secrets("one-secret")
    second = first.and_also("two-secret")
    second.add("three-secret")
    assert first.hide("one-secret two-secret three-secret") == "[secret] two-secret three-secret"
    assert second.hide("one-secret two-secret three-secret") == "[secret] [secret] [secret]"


def test_what_is_too_short_to_be_one_is_left_and_no_secret_is_no_secret():
    assert Secrets("abc").hide("abc") == "abc"
    assert not Secrets("", "abc")
    assert Secrets("abcd")
    assert "abcd" not in repr(Secrets("abcd"))


def test_a_whole_text_keeps_what_only_begins_like_one():
    text = "Keys begin with sk-live/7f as a rule."
    assert Secrets(TOKEN).hide(text) is text
