"""Which Faker providers a persona can draw from. Apart, because importing Faker takes half a second."""

from datetime import date, time
from decimal import Decimal
from functools import cache
from inspect import Parameter, Signature, signature
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from faker import Faker
from faker.config import AVAILABLE_LOCALES

from hubbub.registry import near
from hubbub.tongues import names_locale

_NEVER_DRAWN = ("credit_card_full", "invalid_ssn", "uri_page", "uri_path")  # could name a real person's, or a real site
_CALLED = {  # what people write for a provider that is called otherwise
    **dict.fromkeys(("phone", "telephone", "mobile", "phonenumber", "tel"), "phone_number"),
    **dict.fromkeys(("mail", "e-mail", "e_mail", "email_address"), "email"),
    **dict.fromkeys(("zip", "zip_code", "plz", "postal_code"), "postcode"),
    **dict.fromkeys(("full_name", "fullname", "person"), "name"),
    **dict.fromkeys(("birthday", "birthdate", "dob"), "date_of_birth"),
    **dict.fromkeys(("street", "address_line"), "street_address"),
}
_TEXTUAL = (str, int, float, Decimal, date, time)  # what reads as one value when it is said


@cache
def problem_with(provider: str, locale: str) -> str | None:
    """What keeps a provider from naming a value in this locale (`en-US`); None when nothing does."""
    providers = _providers(names_locale(locale, AVAILABLE_LOCALES))
    if provider not in providers:
        usual = _CALLED.get(provider.lower(), "")
        hint = f" (did you mean {usual}?)" if usual in providers else near(provider[:64], providers)
        return f"Faker has no provider {provider[:60]!r} for {locale}{hint}"
    if provider in _NEVER_DRAWN:
        return f"the provider {provider!r} is not drawn from, for what it gives could be somebody's"
    form = signature(providers[provider])
    if any(_is_needed(parameter) for parameter in form.parameters.values()):
        return f"the provider {provider!r} needs settings, which a persona cannot give"
    return None if _is_textual(form.return_annotation) else f"the provider {provider!r} does not give one piece of text"


@cache
def locale_problem(locale: str) -> str | None:
    """What is wrong with a locale (`en-US`), for Faker; None when nothing is."""
    known = [name.replace("_", "-") for name in AVAILABLE_LOCALES]
    if locale in known:
        return None
    return f"Faker has no names for the locale {locale!r}{near(locale, known)}"


@cache
def _providers(locale: str) -> dict[str, Any]:
    generator = Faker(locale).factories[0]
    found: dict[str, Any] = {}
    for provider in reversed(generator.providers):
        found.update((name, getattr(provider, name)) for name in dir(provider) if name[0] != "_")
    return {name: thing for name, thing in found.items() if callable(thing) and not isinstance(thing, type)}


def _is_needed(parameter: Parameter) -> bool:
    return parameter.default is Parameter.empty and parameter.kind not in (
        Parameter.VAR_POSITIONAL,
        Parameter.VAR_KEYWORD,
    )


def _is_textual(annotation: Any) -> bool:
    if annotation is Signature.empty:
        return True
    if get_origin(annotation) in (Union, UnionType):
        return any(_is_textual(part) for part in get_args(annotation))
    if get_origin(annotation) is Literal:
        return True
    return isinstance(annotation, type) and issubclass(annotation, _TEXTUAL)
