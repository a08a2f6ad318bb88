"""What a persona may draw from Faker."""

import pytest
from faker.config import AVAILABLE_LOCALES

from hubbub.customers import identity
from hubbub.specs.faker_names import _providers, locale_problem, problem_with
from hubbub.tongues import names_locale


@pytest.mark.parametrize("locale", ["en-US", "de-DE", "ja-JP", "hi-IN"])
def test_what_passes_here_can_be_drawn_when_customers_are_made(locale: str):
    every = {*_providers(locale.replace("-", "_")), *_providers(names_locale(locale, AVAILABLE_LOCALES))}
    passed = [name for name in sorted(every) if problem_with(name, locale) is None]
    assert len(passed) > 100
    assert [name for name in passed if identity.problem(name, locale)] == []


def test_who_writes_hindi_in_latin_letters_draws_what_faker_has_for_english_in_india():
    assert problem_with("union_territory", "hi-IN") is None
    assert problem_with("union_territory", "hi-IN") == identity.problem("union_territory", "hi-IN")
    assert (problem_with("itin", "hi-IN") or "").startswith("Faker has no provider 'itin' for hi-IN")


@pytest.mark.parametrize("name", ["name", "first_name", "city", "postcode", "phone_number", "email", "company", "iban"])
def test_the_providers_that_people_use_pass(name: str):
    assert problem_with(name, "en-US") is None


@pytest.mark.parametrize(
    "name", ["binary", "profile", "enum", "pydict", "uri_path", "seed_instance", "generator", "nme"]
)
def test_what_is_no_text_or_no_provider_does_not(name: str):
    assert problem_with(name, "en-US")


def test_locales_are_written_with_a_dash():
    assert locale_problem("pt-BR") is None
    assert locale_problem("pt-ZZ") == "Faker has no names for the locale 'pt-ZZ' (did you mean pt-PT?)"
