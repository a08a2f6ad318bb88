"""Bodies with holes."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from hubbub.connectors.template import HOLES, Filling, compile_template

FILLING = Filling('say "hi"', ("say", '"hi"'), "s-1", "run-7", "sms", "de-DE", 7)


def _filled(body, filling=FILLING):
    problems = []
    document = msgspec.json.decode(compile_template(body, problems).fill(filling))
    assert problems == []
    return document


def test_a_string_that_is_one_hole_keeps_the_values_kind():
    assert _filled({"n": "$number", "m": "$messages", "t": "$message"}) == {
        "n": 7, "m": ["say", '"hi"'], "t": 'say "hi"'
    }  # fmt: skip


def test_text_around_a_hole_makes_it_text():
    assert _filled(["<$message>", "$channel/$locale", "id $number", "$messages!"]) == [
        '<say "hi">', "sms/de-DE", "id 7", 'say\n"hi"!'
    ]  # fmt: skip


def test_a_session_without_a_name_is_null_alone_and_nothing_in_text():
    unnamed = msgspec.structs.replace(FILLING, session=None)
    assert _filled({"a": "$session", "b": "s:$session"}, unnamed) == {"a": None, "b": "s:"}


def test_dollars_that_are_no_holes_stay():
    assert _filled(["$$message", "$5.00", "100$", "$$$number"]) == ["$message", "$5.00", "100$", "$7"]


def test_an_unknown_hole_is_a_problem_that_names_the_near_one():
    problems = []
    compile_template({"a": ["$sesion", "$zzz"]}, problems)
    assert "did you mean session?" in problems[0]
    assert "there is no $zzz" in problems[1]


def test_there_is_a_value_for_every_hole():
    assert _filled(["$" + hole for hole in HOLES])


_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text(st.characters(exclude_characters="$", codec="utf-8")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner),
    max_leaves=8,
)


@given(_VALUES)
def test_a_body_without_holes_goes_out_as_it_is(body):
    assert _filled(body) == body
