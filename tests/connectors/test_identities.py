"""Names for customers of messaging platforms: nobody's, unlike each other, and telling whose process they are of."""

import re

import pytest

from hubbub.connectors.identities import NUMBERS, OURS, phone_of, place_of, place_of_phone, place_of_ulid, ulid_of


def test_every_number_is_one_that_is_kept_for_fiction():
    phones = {phone_of(place) for place in range(NUMBERS)}
    assert len(phones) > 65_000
    assert all(re.fullmatch(r"\+1[2-9][0-8]\d55501\d\d", phone) for phone in phones)
    assert OURS not in phones
    assert not any(phone[3:5] == "11" or phone[2:5] in ("800", "888") for phone in phones)


@pytest.mark.parametrize("workers", [1, 2, 3, 7])
def test_a_name_tells_the_process_that_holds_its_conversation(workers):
    for number in (0, 1, 5, 69_000, 123_456, 999_999):
        place = place_of(number, workers)
        assert place % workers == number % workers
        assert place_of_ulid(ulid_of(f"key {number}", place)) == place
        assert place_of_phone(phone_of(place)) == place_of_phone(phone_of(place)[1:]) == place


def test_names_differ_by_key_and_look_as_they_should():
    one, other = ulid_of("run-1", 7), ulid_of("run-2", 7)
    assert one != other
    assert all(re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{26}", name) for name in (one, other))


@pytest.mark.parametrize(
    "name", ["", "x", "+4915112345678", "+19995550101", "12025559101", "1202555010x", "１２０２５５５０１０１"]
)
def test_other_peoples_numbers_are_none_of_ours(name):
    assert place_of_phone(name) is None
    assert place_of_ulid(name) is None
