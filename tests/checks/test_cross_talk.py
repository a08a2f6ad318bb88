"""A token in the wrong conversation is found, whoever is live, and nothing else is."""

import time

from hubbub.checks.cross_talk import LiveTokens, leak


def crowd(size: int) -> LiveTokens:
    tokens = LiveTokens()
    for number in range(size):
        tokens.enter(number, (f"A-{number:05}", f"who{number}@example.com"))
    return tokens


def test_another_customers_order_number_is_found_and_names_its_owner() -> None:
    assert crowd(10).foreign("Your order (A-00007) ships today.", 3, ("A-00003",)) == ("A-00007", 7)


def test_an_address_at_the_end_of_a_sentence_is_found_whatever_its_case() -> None:
    assert crowd(10).foreign("Sent to WHO7@example.com.", 3, ()) == ("WHO7@example.com", 7)


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

    assert cost_s(crowd(50_000)) < 3 * cost_s(crowd(10)) + 1e-3


def test_the_finding_says_what_and_whose() -> None:
    finding = leak(3, 2, "A-00007", 7)
    assert (finding.check, finding.verdict, finding.turn) == ("cross_talk", "failed", 2)
    assert "A-00007" in finding.reason
    assert "7" in finding.reason
