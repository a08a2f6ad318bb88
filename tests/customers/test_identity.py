"""Names by locale, and contact details that belong to nobody."""

import re

import pytest

from hubbub.chance import stream
from hubbub.customers import identity
from hubbub.customers.population import Population
from hubbub.errors import UnknownName
from hubbub.model import Source
from tests.customers.people import customer, persona

MORE = ("en-CA", "es-ES", "it-IT", "pt-BR", "nl-NL", "hi-IN")  # without a range of their own, or with another's
LOCALES = (
    *("en-US", "en-GB", "en-AU", "de-DE", "fr-FR", "sv-SE", "ja-JP"),
    *(pytest.param(locale, marks=pytest.mark.slow) for locale in MORE),
)
RESERVED_PHONES = re.compile(
    r"\(\d{3}\) 555-01\d\d|\d{3}(?:-555-| 555 |555)01\d\d|\+1 \d{3} 555 01\d\d|07700 ?900 ?\d{3}"
    r"|\(0[2378]\) (?:5550|7010) \d{4}"
    r"|(?:030 23125|040 66969|069 90009|089 99998) \d{3}"
    r"|(?:01 99 00|02 61 91|03 53 01|04 65 71|05 36 49|06 39 98) \d\d \d\d|08-465 004 \d\d"
    r"|41[23] \d{3} \d{3}|300 0\d\d \d{4}|4[12]\d \d{3} \d{3}|\((?:11|21|31)\) 1\d{3}-\d{4}"  # ES, IT, PT, BR
    r"|06 0\d{3} \d{4}|090-0\d{3}-\d{4}|011 1\d{3} \d{4}"  # NL, JP, IN: begins as nobody's number does
)
RESERVED_DOMAIN = re.compile(r"(?:[\w-]+\.)*(?:example\.(?:com|org|net)|test)")
DETAILS = {
    "email": Source(faker="email"),
    "phone": Source(faker="phone_number"),
    "site": Source(faker="url"),
    "host": Source(faker="domain_name"),
    "card": Source(faker="credit_card_number"),
    "iban": Source(faker="iban"),
    "ssn": Source(faker="ssn"),
    "ip": Source(faker="ipv4"),
    "name": Source(faker="name"),
    "address": Source(faker="address"),
}
DRAWS = 300


def passes_luhn(digits: str) -> bool:
    doubled = [int(d) * (1 + n % 2) for n, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


@pytest.mark.parametrize("locale", LOCALES)
def test_contact_details_come_from_reserved_ranges_only(locale):
    population = Population([(persona(knows=DETAILS, locale=locale), 1.0)], 11)
    for number in range(DRAWS):
        knows = population.draw(number).knows
        assert RESERVED_PHONES.fullmatch(knows["phone"]), knows["phone"]
        assert RESERVED_DOMAIN.fullmatch(knows["email"].partition("@")[2]), knows["email"]
        assert RESERVED_DOMAIN.fullmatch(knows["host"])
        assert RESERVED_DOMAIN.fullmatch(knows["site"].split("/")[2])
        assert knows["card"] in identity.CARDS
        assert re.fullmatch(r"987-65-432\d", knows["ssn"])
        assert knows["ip"].rpartition(".")[0] in {"192.0.2", "198.51.100", "203.0.113"}


@pytest.mark.parametrize("locale", LOCALES)
def test_nothing_else_a_customer_knows_looks_like_a_way_to_reach_somebody(locale):
    population = Population([(persona(knows=DETAILS, locale=locale), 1.0)], 12)
    for number in range(DRAWS):
        knows = population.draw(number).knows
        for text in (knows["name"], knows["address"]):
            assert "@" not in text
            assert "http" not in text
            assert not re.search(r"\d{9,}", text)


def test_test_cards_have_a_valid_check_digit_as_an_agent_may_look():
    assert all(passes_luhn(card) for card in identity.CARDS)


def test_the_email_carries_the_customers_name():
    who = customer(3)
    assert who.knows["email"].startswith(who.name.split()[0].lower())


def test_a_japanese_name_is_spelt_in_latin_letters_before_the_sign():
    population = Population([(persona(knows=DETAILS, locale="ja-JP"), 1.0)], 11)
    mails = [population.draw(number).knows["email"].partition("@")[0] for number in range(50)]
    assert all(re.fullmatch(r"[a-z]+\.[a-z]+(?:\d{5}|\.[a-z]+)", mail) for mail in mails), mails


@pytest.mark.parametrize(("locale", "first", "last"), [("ja-JP", "太郎", "山田"), ("en-US", "山田", "太郎")])
def test_a_first_name_is_the_first_where_the_family_name_leads(locale, first, last):
    assert identity.drawn("first_name", locale, "山田 太郎", stream(1)) == first
    assert identity.drawn("last_name", locale, "山田 太郎", stream(1)) == last


@pytest.mark.parametrize(("name", "slug"), [("Zoë O'Neil", "zoe.o"), ("山田 太郎", "customer"), ("Ann", "ann")])
def test_a_name_becomes_the_part_before_the_sign(name, slug):
    assert identity.slug(name) == slug


def test_a_locale_that_faker_has_not_is_served_by_its_language():
    assert identity.generator("de-LU").person(stream(1))
    assert identity.generator("xx").person(stream(1))


def test_a_misspelt_provider_is_named_before_anything_runs():
    with pytest.raises(UnknownName, match="did you mean postcode"):
        Population([(persona(knows={"postcode": Source(faker="postcod")}), 1.0)], 7)


@pytest.mark.parametrize("provider", ["credit_card_full", "profile"])
def test_providers_that_would_mix_in_unreserved_values_are_refused(provider):
    assert identity.problem(provider, "en-US")


@pytest.mark.parametrize(("locale", "country"), [("en-GB", "GB"), ("en", "US"), ("ja", "JP"), ("de", "DE")])
def test_a_locale_without_region_means_its_languages_usual_one(locale, country):
    assert identity.country(locale) == country
