"""Numbers that name their customer."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hubbub.customers.permutation import (
    capacity,
    fill,
    free_places,
    index_of,
    number_of,
    permutation,
    unique_fill,
)


@settings(max_examples=30)
@given(st.integers(1, 600), st.integers(0, 2**63))
def test_a_permutation_meets_every_number_once_and_comes_back(size, seed):
    shuffled = permutation(seed, "p", size)
    images = [shuffled.forward(n) for n in range(size)]
    assert sorted(images) == list(range(size))
    assert all(shuffled.backward(image) == n for n, image in enumerate(images))


def test_another_seed_shuffles_otherwise():
    one, other = (permutation(seed, "A-#####", 100_000) for seed in (1, 2))
    assert [one.forward(n) for n in range(50)] != [other.forward(n) for n in range(50)]


def test_neighbours_do_not_get_neighbouring_values():
    shuffled = permutation(7, "p", 100_000)
    gaps = [abs(shuffled.forward(n) - shuffled.forward(n + 1)) for n in range(500)]
    assert sum(gap < 1000 for gap in gaps) < 30


@pytest.mark.parametrize(("pattern", "size"), [("A-#####", 10**5), ("??", 676), ("x", 1), ("#?", 260)])
def test_capacity_counts_the_texts_of_a_pattern(pattern, size):
    assert capacity(pattern) == size
    assert free_places(pattern) == sum(c in "#?" for c in pattern)


@given(st.integers(0, 259_999))
def test_a_filled_pattern_tells_its_index(index):
    assert index_of("K?-####", fill("K?-####", index)) == index


@pytest.mark.parametrize("text", ["A-1234", "B-12345", "A-1234x", "A-123456", ""])
def test_a_text_that_is_not_the_patterns_has_no_index(text):
    assert index_of("A-#####", text) is None


@pytest.mark.parametrize("start", [0, 17, 99_990, 10**9])
def test_any_run_of_conversations_as_long_as_the_pattern_allows_gets_different_values(start):
    values = {unique_fill("A-###", 7, number) for number in range(start, start + 1000)}
    assert len(values) == 1000


def test_slots_of_one_customer_that_share_a_pattern_never_meet():
    values = [unique_fill("######", 7, n, ordinal=k, of=2) for n in range(5000) for k in range(2)]
    assert len(set(values)) == len(values)


@given(st.integers(0, 10**7), st.integers(0, 1))
def test_a_value_leads_back_to_its_number(number, ordinal):
    remainder, period = number_of("A-#####", 7, unique_fill("A-#####", 7, number, ordinal=ordinal, of=2), of=2)
    assert number % period == remainder
