"""Settings taken apart, with every mistake told at once."""

from typing import Literal

import pytest

from hubbub.connectors.options import Options
from hubbub.errors import UsageError


def test_settings_are_taken_with_their_kinds_and_defaults():
    options = Options({"stream": False, "names": ["a"], "inner": {"path": "$.x"}})
    assert options.take("stream", bool, True) is False
    assert options.take("names", tuple[str, ...], ()) == ("a",)
    assert options.take("absent", int, 5) == 5
    assert options.choose("mode", Literal["a", "b"], "b") == "b"
    assert options.inner("inner").path("path").find({"x": 1}) == [1]
    assert options.path("nowhere") is None
    options.finish()


def test_every_mistake_is_told_with_its_place():
    options = Options({"stream": "yes", "mode": "c", "strem": 1, "inner": {"pth": "$", "path": "x"}}, "here")
    options.take("stream", bool, True)
    options.choose("mode", Literal["a", "b"], "b")
    options.inner("inner").path("path")
    with pytest.raises(UsageError) as caught:
        options.finish(("elsewhere: wrong",))
    lines = str(caught.value).splitlines()[1:]
    assert [line.strip().partition(": ")[0] for line in lines] == [
        "elsewhere", "here.stream", "here.mode", "here.strem", "here.inner.path", "here.inner.pth"
    ]  # fmt: skip
    assert "did you mean stream?" in lines[3]
    assert "did you mean path?" in lines[5]


def test_a_place_is_a_path_or_one_that_holds_a_value():
    options = Options({"done": "$.end", "ended": {"path": "$.ev", "equals": "bye"}, "error": {"equals": 1}, "odd": 3})
    assert [options.place(name)[1] for name in ("done", "ended", "error", "odd")] == [None, "bye", 1, None]
    assert options.problems() == [
        "agent.options.odd: expected `str | object`, got `int`",
        "agent.options.error.path: say where it shows in the answer",
    ]


def test_an_inner_map_that_is_none_is_a_mistake():
    options = Options({"inner": 3})
    options.inner("inner").path("path")
    with pytest.raises(UsageError, match="inner: expected `object`"):
        options.finish()
