"""What every agent says is heard in every language as everybody would: `everyday/*.txt`, act | slot | sentence."""

from pathlib import Path

import pytest

from hubbub.customers.hearing import Ear

SLOTS = (
    *("order_id", "email", "postcode", "name", "phone", "account_number", "date", "item", "booking_id", "address"),
    *("date_of_birth", "problem"),
)
HUMAN = {"handoff", "offer_handoff"}
LISTS = sorted((Path(__file__).parent / "everyday").glob("*.txt"))
SAID = [
    (path.stem, *(cell.strip() for cell in line.split("|", 2)))
    for path in LISTS
    for line in path.read_text("utf-8").splitlines()
]


def test_every_language_that_has_a_lexicon_has_its_list() -> None:
    assert [path.stem for path in LISTS] == ["de", "es", "fr", "hi", "it", "ja", "nl", "pt", "sv"]
    assert all(len([said for said in SAID if said[0] == path.stem]) >= 60 for path in LISTS)


@pytest.mark.parametrize(("language", "act", "slot", "sentence"), SAID)
def test_it_is_heard(language: str, act: str, slot: str, sentence: str) -> None:
    heard = Ear(language, {}, SLOTS).hear(sentence)
    assert act in heard.acts
    assert not slot or slot in heard.asked
    assert act in HUMAN or HUMAN.isdisjoint(heard.acts)
