"""The calibration notices what is reported wrongly, and is at peace with what is reported right."""

import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from hubbub.model import Health, Record, Reply, Turn
from hubbub.reference_agent.truth import TrueTurn
from hubbub.verdicts.selfcheck import TURNS_EACH, Level, climb, compare


def told(count: int = 100, off_s: float = 0.0005, late_s: float = 0.001) -> tuple[list[Record], list[TrueTurn]]:
    """Turns a tenth of a second apart, each answered after 200 ms and whole after 350, reported `off_s` too slow."""
    records: list[Record] = [Health(5.0, 3, 0.002, 0.001, cpu_share=0.2)]
    truth = []
    for n in range(count):
        due = 3.0 + n / 10
        sent = due + late_s
        truth.append(
            TrueTurn(
                f"run-{n}", 1, 1000 + sent, 1000 + sent + 0.35, "whole", "x", first_s=1000 + sent + 0.2, trace=f"t{n}"
            )
        )
        records.append(
            Turn(
                number=n, turn=1, act="open", told=(), texts=("hi",), due_s=due, sent_s=sent,
                first_text_s=sent + 0.2 + off_s, done_s=sent + 0.35 + off_s, reply=Reply(text="x", trace=f"chat-t{n}"),
            )
        )  # fmt: skip
    return records, truth


def level(records: list[Record], truth: list[TrueTurn]) -> Level:
    return compare(10.0, 2.0, 10.0, records, truth)


def test_what_is_reported_right_is_honest() -> None:
    measured = level(*told())
    assert measured.honest, measured.problems
    assert measured.turns == 100
    assert measured.first_text_error_p50_s == pytest.approx(0.0005, abs=1e-6)
    assert measured.turns_each == 1.0


def test_a_median_that_is_off_is_not() -> None:
    assert "median off" in level(*told(off_s=0.004)).problems


def test_a_generator_that_sends_late_is_not() -> None:
    assert "sends late" in level(*told(late_s=0.03)).problems


def test_a_broken_reply_that_was_taken_for_whole_is_noticed() -> None:
    records, truth = told()
    truth[7] = replace(truth[7], ended="truncated")
    assert level(records, truth).problems == ("1 misjudged",)


def test_a_broken_reply_that_was_noticed_is_found_by_its_place() -> None:
    records, truth = told()
    truth[7] = replace(truth[7], ended="truncated")
    turn = records[8]
    assert isinstance(turn, Turn)
    records[8] = replace(turn, outcome="truncated", done_s=None, reply=Reply(text="x"))
    assert level(records, truth).honest


def test_a_turn_that_the_agent_never_saw_is_noticed() -> None:
    records, truth = told()
    del truth[7]
    assert level(records, truth).problems == ("1 unmatched",)


def test_few_turns_say_nothing() -> None:
    assert "only 9 turns" in level(*told(9)).problems


def climbed(rates: tuple[float, ...], bad: set[int]) -> tuple[list[float], list[float]]:
    """The rates held and the turns a conversation was thought to have, where levels of these places are not honest."""
    rated: list[float] = []
    thought: list[float] = []

    def held(rate: float, turns_each: float) -> Level:
        rated.append(rate)
        thought.append(turns_each)
        told = replace(level(*told_right), turns_each=float(len(rated)))
        return replace(told, problems=("median off",)) if len(rated) - 1 in bad else told

    told_right = told()
    for _ in climb(rates, held):
        pass
    return rated, thought


def test_a_level_that_was_disturbed_once_is_held_again_and_the_climb_goes_on() -> None:
    assert climbed((50, 25, 100), {1})[0] == [25, 50, 50, 100]


def test_a_level_that_is_not_honest_twice_ends_the_climb() -> None:
    assert climbed((25, 50, 100), {1, 2})[0] == [25, 50, 50]


def test_how_many_turns_a_conversation_has_is_taken_from_honest_levels_alone() -> None:
    assert climbed((25, 50, 100), {1})[1] == [TURNS_EACH, 1.0, 1.0, 3.0]


def test_turns_after_the_window_do_not_make_conversations_longer() -> None:
    records, truth = told(150)
    assert compare(10.0, 2.0, 10.0, records, truth).turns_each == 1.0
    stayed = [replace(r, turn=2) if isinstance(r, Turn) and r.due_s >= 12.0 else r for r in records]
    assert compare(10.0, 2.0, 10.0, stayed, truth).turns_each == 1.0


@pytest.mark.slow
def test_the_command_measures_a_level_on_this_machine(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "hubbub", "selfcheck", "--rate", "25", "--seconds", "4"]
    ran = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, timeout=240, check=False)
    assert ran.returncode in (0, 3), ran.stderr  # a busy machine may honestly say no
    assert "misjudged" not in ran.stdout
    assert "unmatched" not in ran.stdout
    assert "turns/s" in ran.stdout or "not measure" in ran.stdout
    assert "…" not in ran.stdout, "a table of 80 columns shows every figure whole"
