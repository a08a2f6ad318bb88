"""A small JSON path."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.connectors.json_path import BadPath, compile_path

DOCUMENT = {
    "reply": "hello",
    "none": None,
    "messages": [{"text": "a"}, {"text": "b"}, {"image": "c"}],
    "odd name": {"x-y": [[1, 2], [3, 4]]},
}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("$", [DOCUMENT]),
        ("$.reply", ["hello"]),
        ("$.none", [None]),
        ("$.messages[0].text", ["a"]),
        ("$.messages[-1].image", ["c"]),
        ("$.messages[*].text", ["a", "b"]),
        ("$['odd name'].x-y[1][0]", [3]),
        ('$["reply"]', ["hello"]),
        ("$['odd name'].*[*][-1]", [2, 4]),
        ("$.messages[7].text", []),
        ("$.messages[-4]", []),
        ("$.reply.text", []),
        ("$.reply[0]", []),
        ("$.absent[*].x", []),
    ],
)
def test_paths_find_what_is_there_and_nothing_else(path, found):
    compiled = compile_path(path)
    assert compiled.find(DOCUMENT) == found
    assert compiled.first(DOCUMENT) == (found[0] if found else None)


def test_a_list_may_be_the_root():
    assert compile_path("$[*].text").find([{"text": "a"}, {"text": "b"}]) == ["a", "b"]


def test_a_path_with_a_star_is_plural():
    assert compile_path("$.a[*]").plural
    assert not compile_path("$.a[0]").plural


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("reply", "starts with \\$"),
        ("", "starts with \\$"),
        ("$.", "at '\\.'"),
        ("$.a..b", "at '\\.\\.b'"),
        ("$.a[", "at '\\['"),
        ("$.a[x]", "at '\\[x\\]'"),
        ("$.a[1", "at '\\[1'"),
        ("$a", "at 'a'"),
        ("$.a b", "at ' b'"),
    ],
)
def test_a_bad_path_is_told_where_and_what_could_stand_there(path, why):
    with pytest.raises(BadPath, match=why):
        compile_path(path)


@given(st.text(max_size=20))
def test_any_text_is_a_path_or_a_bad_one(text):
    try:
        compile_path("$" + text).find(DOCUMENT)
    except BadPath:
        pass
