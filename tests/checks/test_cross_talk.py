"""A token in the wrong conversation is found, whoever is live, and nothing else is."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hubbub.checks.cross_talk import Elsewhere, LiveTokens, leak
from hubbub.customers.population import Population
from hubbub.model import Goal, Persona, Source


def crowd(size: int) -> LiveTokens:
    tokens = LiveTokens()
    for number in range(size):
        tokens.enter(number, (f"A-{number:05}", f"who{number}@example.com"))
    return tokens


def test_another_customers_order_number_is_found_and_names_its_owner() -> None:
    assert crowd(10).foreign("Your order (A-00007) ships today.", 3, ("A-00003",)) == ("A-00007", 7)


def test_an_address_at_the_end_of_a_sentence_is_found_whatever_its_case() -> None:
    assert crowd(10).foreign("Sent to WHO7@example.com.", 3, ()) == ("WHO7@example.com", 7)


def test_a_value_is_found_where_no_space_parts_words() -> None:
    assert crowd(10).foreign("ご注文A-00007は発送済みです。", 3, ("A-00003",)) == ("A-00007", 7)
    assert crowd(10).foreign("確認メールをwho7@example.comに送りました。", 3, ()) == ("who7@example.com", 7)
    assert crowd(10).foreign("ご注文A-00003は発送済みです。", 3, ("A-00003",)) is None


def test_a_value_of_letters_alone_is_found_among_values_that_hold_digits() -> None:
    tokens = crowd(10)
    tokens.enter(10, ("QXVRTZ",))
    assert tokens.foreign("Your code is qxvrtz.", 3, ()) == ("qxvrtz", 10)
    assert tokens.foreign("It is on A-00007-.", 3, ()) == ("A-00007", 7)


def test_ones_own_values_are_no_leak() -> None:
    assert crowd(10).foreign("Order A-00003, who3@example.com", 3, ("A-00003", "who3@example.com")) is None


def test_a_value_that_nobody_has_is_no_leak() -> None:
    assert crowd(10).foreign("Order A-99999 and 30 days and $12.50", 3, ()) is None


def test_who_left_a_moment_ago_is_still_looked_for_but_not_for_ever() -> None:
    tokens = crowd(3)
    tokens.leave(1, ("A-00001",))
    assert tokens.foreign("A-00001", 2, ()) == ("A-00001", 1)
    for number in range(10_000, 15_000):
        tokens.enter(number, (f"A-{number}",))
        tokens.leave(number, (f"A-{number}",))
    assert tokens.foreign("A-00001", 2, ()) is None


def test_the_search_does_not_grow_with_the_crowd() -> None:
    text = "Thanks for waiting! Order A-77777 left on 2026-03-01 and reaches you within 3-5 days, at 12 Elm Road. " * 2

    def cost_s(tokens: LiveTokens) -> float:
        best = 1.0
        for _ in range(5):
            began = time.process_time()
            for _ in range(300):
                tokens.foreign(text, 3, ())
            best = min(best, time.process_time() - began)
        return best

    assert cost_s(crowd(50_000)) < 30 * cost_s(crowd(10))  # a search through the crowd would take 5,000 times as long


def test_the_finding_says_what_and_whose() -> None:
    finding = leak(3, 2, "A-00007", 7)
    assert (finding.check, finding.verdict, finding.turn) == ("cross_talk", "failed", 2)
    assert "A-00007" in finding.reason
    assert "7" in finding.reason


PEOPLE = Population(
    [
        (Persona(persona="a", goal=Goal(intent="x"), knows={"order_id": Source(pattern="A-#####")}), 1.0),
        (Persona(persona="b", goal=Goal(intent="x"), knows={"email": Source(faker="email")}), 1.0),
    ],
    seed=3,
)


@pytest.fixture(scope="module")
def second_of_two() -> LiveTokens:
    """The table of the process that holds the odd numbers up to 400."""
    tokens = LiveTokens(Elsewhere(PEOPLE.token_shape(), PEOPLE.owner_of))
    for number in range(1, 400, 2):
        tokens.enter(number, PEOPLE.draw(number).tokens)
    return tokens


def test_a_value_of_a_customer_of_another_process_names_its_owner(second_of_two: LiveTokens) -> None:
    for victim in (0, 2, 398):
        (token,) = PEOPLE.draw(victim).tokens
        found = second_of_two.foreign(f"I have {token} here.", 5, PEOPLE.draw(5).tokens)
        assert found is not None
        assert found[1] == victim


def test_ones_own_value_or_that_of_nobody_who_can_be_live_is_no_leak(second_of_two: LiveTokens) -> None:
    own = PEOPLE.draw(5).tokens
    assert second_of_two.foreign(f"Your {own[0]}.", 5, own) is None
    for text in ("A-1234", "part B-12345", "2026-03-01", "help@example.com", "on 12345 items"):
        assert second_of_two.foreign(text, 5, own) is None
    far = next(n for n in range(90_000, 90_100) if PEOPLE.draw(n).tokens[0].startswith("A-"))
    assert second_of_two.foreign(PEOPLE.draw(far).tokens[0], 5, own) is None


def test_without_other_processes_nothing_is_looked_for_elsewhere() -> None:
    tokens = LiveTokens()
    tokens.enter(1, PEOPLE.draw(1).tokens)
    assert tokens.foreign(PEOPLE.draw(2).tokens[0], 1, ()) is None


@settings(max_examples=50)
@given(st.text(alphabet='ab7_@+.- ,\n"#\x00é', max_size=60))
def test_whatever_stands_around_a_token_it_is_found(text: str) -> None:
    words = re.findall(r"[\w@+.-]{4,}\w", text)
    tokens = LiveTokens()
    tokens.enter(1, tuple(words))
    assert tokens.foreign(text, 2, ()) == ((words[0], 1) if words else None)
    assert tokens.foreign(text, 1, ()) is None
