"""Drawing customers: by number alone, each with tokens of its own."""

from collections import Counter

import pytest

from hubbub.customers.population import PACE_SIGMA, Population, is_phrase, is_remark
from hubbub.errors import UsageError
from hubbub.model import Manner, Moves, Source
from tests.customers.people import crowd, customer, persona, shipped


@pytest.fixture(scope="module")
def everybody():
    return Population([(p, 1.0) for p in shipped().values()], 7)


def test_the_order_of_drawing_changes_nobody(everybody):
    forwards = [everybody.draw(n) for n in range(60)]
    other = Population([(p, 1.0) for p in shipped().values()], 7)
    backwards = [other.draw(n) for n in reversed(range(60))]
    assert forwards == backwards[::-1]


def test_another_seed_brings_other_people():
    assert customer(0, seed=1).knows != customer(0, seed=2).knows


def test_tokens_are_unique_over_twenty_thousand_customers(everybody):
    tokens = [token for n in range(20_000) for token in everybody.draw(n).tokens]
    assert len(set(tokens)) == len(tokens) > 15_000


def test_personas_that_share_a_pattern_share_no_value():
    one, other = persona(persona="one"), persona(persona="other")
    population = Population([(one, 1.0), (other, 1.0)], 7)
    ids = [population.draw(n).knows["order_id"] for n in range(5000)]
    assert len(set(ids)) == 5000


def test_a_token_leads_back_to_its_owner(everybody):
    for number in (0, 17, 4321):
        for token in everybody.draw(number).tokens:
            assert everybody.owner_of(token, 5000) == number


def test_a_token_of_nobody_has_no_owner(everybody):
    assert everybody.owner_of("A-ABCDE", 5000) is None
    assert everybody.owner_of("somebody@else.example.com", 5000) is None


def test_four_bare_digits_are_no_token_as_they_could_be_a_year():
    who = customer(knows={"card_last4": Source(pattern="####"), "account": Source(pattern="######")})
    assert who.tokens == (who.knows["account"],)


def test_personas_come_by_their_weights():
    population = Population([(persona(persona="rare"), 1.0), (persona(persona="often"), 9.0)], 7)
    seen = Counter(population.draw(n).persona.persona for n in range(3000))
    assert 0.08 < seen["rare"] / 3000 < 0.12


@pytest.mark.parametrize("mix", [[], [(persona(), 0.0)]])
def test_an_empty_population_is_refused(mix):
    with pytest.raises(UsageError):
        Population(mix, 7)


def test_habits_of_writing_have_the_shares_of_real_customers():
    people = crowd(4000)
    assert abs(sum(c.style.lower for c in people) / 4000 - 0.32) < 0.025
    assert abs(sum(c.style.bare for c in people) / 4000 - 0.73) < 0.025


def test_a_formal_persona_is_seldom_careless():
    people = crowd(1000, manner=Manner(register="formal"))
    assert sum(c.style.lower for c in people) < 130


def test_tempo_varies_round_one():
    paces = sorted(c.pace for c in crowd(3000))
    assert abs(paces[1500] - 1.0) < 0.03
    assert abs(paces[2523] / paces[1500] - 1 - PACE_SIGMA) < 0.05  # the 84th percentile of a lognormal


def test_second_values_exist_only_for_those_who_may_use_them_and_never_of_a_token():
    steady, fickle = customer(1), customer(1, moves=Moves(change_mind=0.5))
    assert steady.others == {}
    assert set(fickle.others) == {"item"}
    assert fickle.others["item"] != fickle.knows["item"]


@pytest.mark.parametrize(
    ("value", "remark"),
    [
        ("nobody has used it since", True),
        ("I'm moving because of my job", True),
        ("Ida Maria van Loo", False),
        ("12 Oak Street, New York", False),
        ("kettle", False),
    ],
)
def test_a_remark_is_told_from_a_datum(value, remark):
    assert is_phrase(value) is remark


def test_a_mix_that_is_changed_on_the_way_holds_from_its_number_on_and_changes_nobody_before():
    one, other = persona(persona="one"), persona(persona="other")
    changed, left_alone = (Population([(one, 1.0), (other, 1.0)], 7) for _ in range(2))
    changed.remix(100, {"other": 3.0})
    assert [changed.draw(n) for n in range(100)] == [left_alone.draw(n) for n in range(100)]
    assert {changed.draw(n).persona.persona for n in range(100, 200)} == {"other"}
    token = changed.draw(150).tokens[0]
    assert changed.owner_of(token, 200) == 150, "other processes draw the same"


@pytest.mark.parametrize("mix", [{"nobody": 1.0}, {}, {"one": 0.0}])
def test_a_mix_of_nobody_is_no_mix(mix):
    with pytest.raises(UsageError, match="of these personas: one"):
        Population([(persona(persona="one"), 1.0)], 7).remix(3, mix)


def test_a_second_name_is_somebody_elses_and_a_first_name_called_so_the_customers_own():
    fakers = {"name": "name", "first_name": "first_name", "child": "first_name", "payee": "name"}
    kind = persona(knows={slot: Source(faker=faker) for slot, faker in fakers.items()})
    for number in range(20):
        who = Population([(kind, 1.0)], 7).draw(number)
        assert who.knows["name"] == who.name
        assert who.knows["first_name"] == who.name.partition(" ")[0]
        assert who.knows["payee"] != who.name
        assert who.knows["payee"].count(" ") == 1
    assert any(Population([(kind, 1.0)], 7).draw(n).knows["child"] not in who.name for n in range(5))


def test_a_name_in_two_parts_is_one_persons():
    kind = persona(knows={"vorname": Source(faker="first_name"), "nachname": Source(faker="last_name")})
    who = Population([(kind, 1.0)], 7).draw(3)
    assert f"{who.knows['vorname']} {who.knows['nachname']}" == who.name


@pytest.mark.parametrize(("slot", "remark"), [("address", False), ("detail", True)])
def test_an_address_is_a_datum_also_where_it_begins_small(slot, remark):
    assert is_remark(slot, "calle de la Luna 12, Madrid") is remark
