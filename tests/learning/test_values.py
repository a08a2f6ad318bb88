"""Made-up values look like those of the log, and are nobody's."""

import re

from hubbub.learning.observed import observe
from hubbub.learning.values import sources
from hubbub.model import Source
from hubbub.transcripts.values import Message, Transcript


def _sources(*texts: str) -> dict[str, Source]:
    said = [Transcript(f"c{n}", 1, (Message("customer", text),)) for n, text in enumerate(texts)]
    return sources(observe(said, 2), 2, "en-US")


def _known(*texts: str) -> dict[str, tuple[str, ...]]:
    return {slot: source.one_of or () for slot, source in _sources(*texts).items()}


def test_phones_are_parted_as_in_the_log_and_ring_nowhere():
    phones = _known("call 212 867 5309", "call 212 867 5310", "my number is 2128675311")["phone"]
    shapes = {re.sub(r"\d", "#", phone) for phone in phones}
    assert shapes == {"### ### ####", "##########"}
    assert all(re.fullmatch(r"\d{3}55501\d\d", phone.replace(" ", "")) for phone in phones)


def test_phones_longer_than_any_of_the_country_stay_as_the_country_writes_them():
    phones = _known("call +44 20 7946 0958", "call +44 20 7946 0959")["phone"]
    assert all("555" in phone for phone in phones)


def test_a_share_of_the_addresses_goes_on_to_the_town():
    street, whole = "12 Ocean Drive", "1249 Washington Street Springfield MA 20199"
    addresses = _known(*[street] * 3, *[whole] * 3)["address"]
    assert 0.3 < sum("," in address for address in addresses) / len(addresses) < 0.7


def test_times_are_written_as_in_the_log():
    assert "9 am" in _known("at 10 am", "at 3 pm")["time"]
    assert "9:30" in _known("at 10:15", "at 15:40")["time"]


def test_a_number_sign_is_no_digit_of_the_number():
    assert _sources("order #998877", "order #112233", "order 445566")["digits_6"].pattern == "######"


def test_a_letter_that_is_two_in_lower_case_is_one_place():
    (source,) = _sources("it is 12345\u0130A here", "it is 99345\u0130A here").values()
    assert source.pattern == "#####??"
