"""Names find what they stand for, and say what is near when they do not."""

from pathlib import Path

import pytest

from hubbub.errors import UnknownName, UsageError
from hubbub.registry import BUILT_IN, check_name, load, names, near


@pytest.mark.parametrize("kind", list(BUILT_IN))
def test_every_built_in_name_can_be_loaded(kind: str) -> None:
    for name in names(kind):
        assert callable(load(kind, name))


def test_an_unknown_name_says_what_is_near_and_what_there_is() -> None:
    with pytest.raises(UnknownName, match=r"'poison' \(did you mean poisson\?\); there are: constant"):
        load("arrivals", "poison")


def test_a_name_that_lacks_its_unit_is_near() -> None:
    assert near("rate", ("process", "rate_per_s")) == " (did you mean rate_per_s?)"
    assert near("rat", ("process", "rate_per_s")) == ""


def test_nothing_near_is_no_hint() -> None:
    assert near("zebra", ("constant", "poisson")) == ""


def test_a_function_in_a_file_beside_the_spec_is_found(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("def twice(x):\n    return 2 * x\n")
    twice = load("arrivals", "mine.py:twice", tmp_path)
    assert callable(twice)
    assert twice(21) == 42


def test_a_file_that_is_missing_or_lacks_the_name_is_said(tmp_path: Path) -> None:
    assert "there is no file" in (check_name("arrivals", "gone.py:f", tmp_path) or "")
    (tmp_path / "mine.py").write_text("def spikes():\n    ...\n")
    with pytest.raises(UnknownName, match=r"has no spike \(did you mean spikes\?\)"):
        load("arrivals", "mine.py:spike", tmp_path)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x = 1\n\nraise ValueError('not today')\n", r"mine\.py:3: ValueError: not today"),
        ("x = 1\nasync spikes = 2\n", r"mine\.py:2: SyntaxError: "),
        ("import there_is_no_such_module\n", r"mine\.py:1: ModuleNotFoundError: "),
    ],
)
def test_a_file_that_fails_when_it_is_loaded_is_told_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "mine.py").write_text(text)
    with pytest.raises(UsageError, match=told):
        load("arrivals", "mine.py:spikes", tmp_path)
