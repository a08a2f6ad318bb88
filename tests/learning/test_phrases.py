"""What only one customer said is never kept as it was said, and what is put together is made of what several said."""

from itertools import pairwise

from hubbub.learning.chain import HIDDEN
from hubbub.learning.phrases import Said, mine

COMMON = [
    Said(f"c{n}", "open", text) for n, text in enumerate(["i want my money back"] * 4 + ["where is my parcel"] * 3)
]
OWN = [
    Said("a", "open", "i want my parcel back"),
    Said("b", "open", "where is my money now dear friend"),
    Said("c", "open", f"{HIDDEN} took my parcel"),
]


def test_a_phrase_of_enough_customers_is_kept_and_one_customers_is_not():
    found = mine([*COMMON, *OWN], k=2)["open"]
    assert found.phrases["i want my money back"] >= 4
    assert not {one.text for one in OWN} & found.phrases.keys()
    assert found.kept + found.composed + found.left_out == len(COMMON) + len(OWN)


def test_one_customer_who_repeats_itself_is_still_one():
    said = [Said("same", "open", "only i say this")] * 9
    assert mine(said, k=2)["open"].phrases == {}


def test_every_pair_of_words_in_a_composed_phrase_was_said_by_enough_customers():
    said = [Said(f"c{n}", "x", f"{a} likes {b}") for n, (a, b) in enumerate(_pairs())]
    users: dict[tuple[str, str], set[str]] = {}
    for one in said:
        for pair in pairwise(one.text.split()):
            users.setdefault(pair, set()).add(one.customer)
    composed = mine(said, k=3)["x"].phrases.keys() - {one.text for one in said}
    assert composed
    for text in composed:
        assert all(len(users[pair]) >= 3 for pair in pairwise(text.split()))


def _pairs() -> list[tuple[str, str]]:
    who = ["she", "he", "everybody", "nobody", "mother"]
    return [(a, b) for a in who for b in (*who, "tea")]


def test_a_hidden_word_is_never_said():
    hidden = [Said(one.customer, one.kind, f"{one.text} {HIDDEN} thing", private=True) for one in COMMON]
    phrases = mine([*COMMON, *OWN, *hidden], k=2)["open"].phrases
    assert phrases
    assert not any(HIDDEN in text for text in phrases)


def test_places_stay_in_what_is_put_together():
    said = [Said(f"c{n}", "told", f"{lead} {{name}}") for n, lead in enumerate(["my name is", "name is", "i am"] * 3)]
    said.append(Said("z", "told", "well my name is {name}"))
    phrases = mine(said, k=2)["told"].phrases
    assert len(phrases) >= 3
    assert all(text.count("{name}") == 1 for text in phrases)


def test_what_one_customer_said_in_one_kind_is_not_put_together_in_another_of_its_kin():
    told = ["the parcel is late", "the jacket is late", "the parcel is lost"] * 2
    said = [Said(f"c{n}", "detail/parcels", text) for n, text in enumerate(told)]
    alone = Said("z", "detail/jackets", "the jacket is lost")
    others = [Said(f"o{n}", "detail/parcels", f"the {HIDDEN} is {HIDDEN}", private=True) for n in range(40)]
    found = mine([*said, alone, *others], k=2)["detail/parcels"]
    assert found.composed == len(others)
    assert alone.text not in found.phrases


def test_the_same_seed_mines_the_same():
    assert mine([*COMMON, *OWN], k=2, seed=4) == mine([*COMMON, *OWN], k=2, seed=4)
