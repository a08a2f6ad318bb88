"""Checks of one's own are loaded by name, judged beside ours, and cannot cost a run."""

from pathlib import Path

import pytest

from hubbub.checks import judge
from hubbub.checks.own import load_checks
from hubbub.errors import UnknownName, UsageError
from tests.checks.telling import said, story

MINE = '''
from hubbub.checks import check

@check
def callback(story):
    """Nobody may promise to call back."""
    for turn, text in story.spoken:
        if "call you back" in text:
            yield story.finding("callback", turn.turn, "promised to call back")

def raises(story):
    raise ValueError("no luck")

def odd(story):
    return ["nothing of ours"]

number = 7
'''


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    (tmp_path / "mine.py").write_text(MINE)
    return tmp_path


def found(mine: Path, name: str, reply: str) -> list[tuple[str, str]]:
    (check,) = load_checks([f"mine.py:{name}"], mine)
    return [(f.check, f.verdict) for f in judge(story(said("a", reply)), (check,))]


def test_a_check_of_ones_own_finds_what_it_looks_for_and_nothing_else(mine: Path) -> None:
    assert found(mine, "callback", "The shop closes before we can call you back.") == [("callback", "failed")]
    assert found(mine, "callback", "Your parcel left today.") == []


@pytest.mark.parametrize("name", ["raises", "odd"])
def test_one_that_fails_is_unsure_and_says_why(mine: Path, name: str) -> None:
    assert found(mine, name, "Your parcel left today.") == [(name, "unsure")]


def test_what_is_not_there_or_no_function_is_refused_before_anything_runs(mine: Path) -> None:
    with pytest.raises(UnknownName, match="did you mean callback"):
        load_checks(["mine.py:calback"], mine)
    with pytest.raises(UsageError, match="not a function"):
        load_checks(["mine.py:number"], mine)
