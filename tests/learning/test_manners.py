"""Habits are found in a log as they were put there, and those of people stay where it shows nothing."""

import pytest

from hubbub.customers.habits import PEOPLE
from hubbub.learning.manners import fit_habits, mix_of
from hubbub.learning.observed import Observed, observe
from hubbub.transcripts.values import Message, Transcript


def log(*said: tuple[str, ...]) -> tuple[Observed, ...]:
    return observe(
        [Transcript(f"c{n}", 1, tuple(Message("customer", t) for t in texts)) for n, texts in enumerate(said)], 2
    )


def test_shares_are_of_people_and_not_of_messages() -> None:
    writer = ("my kettle leaks", "it is new", "it was dear", "it drips")
    found = fit_habits(log(writer, ("My kettle leaks.",), ("My kettle leaks.",), ("My kettle leaks!",)))
    assert (found.lower, found.bare) == (0.25, 0.25)


def test_a_habit_that_could_not_show_is_that_of_people() -> None:
    found = fit_habits(log(("42",), ("17",)))
    assert (found.lower, found.bare, found.unquoted) == (PEOPLE.lower, PEOPLE.bare, PEOPLE.unquoted)
    assert fit_habits(log(("I can't see it",), ("i cant see it",))).unquoted == 0.5


def test_who_greets_first_thanks_and_parts_is_counted() -> None:
    found = fit_habits(log(("hi", "my kettle leaks", "thanks"), ("my kettle leaks", "bye")))
    assert (found.greets, found.thanks, found.says_bye) == (0.5, 0.5, 1.0)


def test_every_habit_is_a_chance_whatever_the_log() -> None:
    for said in (("yes",) * 9, ("no",) * 9, ("thanks",) * 9, ("bye",) * 9, ("hi",) * 9):
        found = fit_habits(log(said))
        chances = (found.lower, found.greets, *found.notes, found.declines, found.thanks, found.says_bye)
        assert all(0 <= one <= 1 for one in chances if one is not None), said


def test_the_mix_is_of_messages_and_of_nothing_it_is_nothing() -> None:
    assert mix_of(log(("hi", "my kettle leaks", "thanks", "thanks"))) == pytest.approx(
        {"thank": 0.5, "greet": 0.25, "detail": 0.25}
    )
    assert mix_of(()) == {}
