"""What a customer knows: names by locale, and contact details only from ranges that belong to nobody.

Reserved ranges: NANP 555-0100..0199 (ATIS-0300115), Ofcom's numbers for drama, ACMA's, ARCEP's, Bundesnetzagentur's and
PTS's likewise. Spain, Italy, Portugal, Brazil, the Netherlands, Japan and India have set none aside: there a number has
the right length and begins in a way that the national plan assigns to nobody (of 3,000 drawn from each pattern,
libphonenumber 9.0.43 called none valid). Any other country gets a NANP one, written internationally. Domains: RFC 2606,
RFC 6761.
Addresses on the net: RFC 5737 and RFC 3849. Cards: the test numbers that payment providers publish. IBANs: the examples
of the IBAN registry. US social security numbers: 987-65-4320..4329, set aside for advertisements.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from random import Random

from faker.config import AVAILABLE_LOCALES
from faker.factory import Factory

from hubbub.chance import Stream
from hubbub.customers.mailbox import mailbox
from hubbub.customers.permutation import fill
from hubbub.errors import UnknownName
from hubbub.registry import near
from hubbub.tongues import names_locale

CARDS = (
    "4242424242424242",
    "4111111111111111",
    "4000056655665556",
    "5555555555554444",
    "5105105105105100",
    "378282246310005",
    "6011111111111117",
    "3530111333300000",
)
_IBANS = {"GB": "GB29NWBK60161331926819", "DE": "DE89370400440532013000", "FR": "FR1420041010050500013M02606"}
_NANP_AREAS = ("202", "206", "212", "303", "305", "312", "404", "415", "503", "512", "602", "617", "702", "713", "919")
_CANADIAN = ("416", "514", "604", "403", "613")
_BARE = 3  # who types a number without spaces and brackets, to one who does not: 1,323 to 393 in MultiDoGO


def _typed(areas: tuple[str, ...]) -> tuple[str, ...]:
    """Numbers of the North American plan as people type them."""
    spaced = tuple(form.format(area) for area in areas for form in ("({}) 555-01##", "{}-555-01##", "{} 555 01##"))
    return spaced + 3 * _BARE * tuple(f"{area}55501##" for area in areas)


_PHONES: dict[str, tuple[str, ...]] = {  # `#` is any digit
    "US": _typed(_NANP_AREAS),
    "CA": _typed(_CANADIAN),
    "GB": ("07700 900 ###", "07700 900###", *2 * _BARE * ("07700900###",)),
    "AU": ("(02) 5550 ####", "(03) 5550 ####", "(07) 5550 ####", "(08) 5550 ####", "(02) 7010 ####"),
    "DE": ("030 23125 ###", "040 66969 ###", "069 90009 ###", "089 99998 ###"),
    "FR": ("01 99 00 ## ##", "02 61 91 ## ##", "03 53 01 ## ##", "04 65 71 ## ##", "05 36 49 ## ##", "06 39 98 ## ##"),
    "SE": ("08-465 004 ##",),
    "ES": ("412 ### ###", "413 ### ###"),
    "IT": ("300 0## ####",),
    "PT": ("41# ### ###", "42# ### ###"),
    "BR": ("(11) 1###-####", "(21) 1###-####", "(31) 1###-####"),
    "NL": ("06 0### ####",),
    "JP": ("090-0###-####",),
    "IN": ("011 1### ####",),
}
_ABROAD = ("+1 212 555 01##", "+1 312 555 01##", "+1 415 555 01##", "+1 617 555 01##")
_MAIL_DOMAINS = ("example.com", "example.com", "example.org", "example.net", "mail.example.com", "post.example.net")
_POOL = 650
_LATER_DIGIT = re.compile(r"(?<=\d)\d")
_PLACES = ("address", "street_address")
_FAMILY_FIRST = ("ja", "zh", "ko", "hu")


class Generator:
    """Faker for one locale, seeded anew for each use, so that what came before leaves no trace."""

    def __init__(self, locale: str) -> None:
        self.family_first = locale.partition("_")[0] in _FAMILY_FIRST
        self._random = Random()
        self._faker = Factory.create(locale)
        self._faker.random = self._random
        self._pools: dict[str, tuple[str, ...]] = {}
        self._readings: dict[str, str] = {}

    def draw(self, provider: str, seed: int) -> str:
        """What a provider gives, on one line."""
        self._random.seed(seed)
        return " ".join(str(getattr(self._faker, provider)()).replace("\n", ", ").split())

    def pool(self, provider: str) -> tuple[str, ...]:
        """Some hundred values of a provider, always the same: Faker takes a tenth of a millisecond for one."""
        if provider not in self._pools:
            self._pools[provider] = tuple(dict.fromkeys(self.draw(provider, seed) for seed in range(_POOL)))
        return self._pools[provider]

    def person(self, chance: Stream, provider: str = "name") -> str:
        """A first and a last name, without titles; of a man or a woman by `name_male` and `name_female`."""
        kind = f"first_{provider}"
        pool = kind if kind in _FIRST and hasattr(self._faker, kind) else "first_name"
        first, last = chance.choice(self.pool(pool)), chance.choice(self.pool("last_name"))
        return f"{last} {first}" if self.family_first else f"{first} {last}"

    def latin(self, name: str) -> str:
        """A name in Latin letters, first name first, where Faker knows how its parts are read; else as it is."""
        readings = self._read()
        parts = [readings.get(part, part) for part in name.split()]
        return " ".join(reversed(parts) if readings and self.family_first else parts)

    def _read(self) -> dict[str, str]:
        """Names as they are written to how they are read; those of a Faker that gives both (Japanese)."""
        if not self._readings and hasattr(self._faker, "last_name_pair"):
            for provider in ("first_name_pair", "last_name_pair"):
                for seed in range(_POOL):
                    self._random.seed(seed)  # as for the pool, whose names these are
                    written, _, read = getattr(self._faker, provider)()
                    self._readings[written] = read
        return self._readings

    def place(self, provider: str, chance: Stream) -> str:
        """An address whose numbers are drawn anew, each keeping its first digit."""
        return _LATER_DIGIT.sub(lambda _: str(chance.below(10)), chance.choice(self.pool(provider)))

    def providers(self) -> tuple[str, ...]:
        """The names that `draw` knows."""
        return tuple(name for name in dir(self._faker) if not name.startswith("_"))


@lru_cache(maxsize=64)
def generator(locale: str) -> Generator:
    """The generator for a locale such as en-US; the nearest that Faker has when it has not this one."""
    return Generator(names_locale(locale, AVAILABLE_LOCALES))


def country(locale: str) -> str:
    """The locale's region, or its language's usual one."""
    return locale.partition("-")[2] or {"en": "US", "sv": "SE", "ja": "JP", "hi": "IN"}.get(locale, locale.upper())


def phone(locale: str, chance: Stream) -> str:
    """A telephone number that rings nowhere."""
    pattern = chance.choice(_PHONES.get(country(locale), _ABROAD))
    return fill(pattern, chance.below(10 ** pattern.count("#")))


def slug(name: str) -> str:
    """A name as the part of an address before the sign: ASCII letters and a dot."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    kept = "".join(c if c.isalpha() else " " for c in plain).split()
    return ".".join(kept[:2]) or "customer"


def email(name: str, locale: str, seed: int, number: int, chance: Stream) -> str:
    """An address under example.com, .org or .net; no two alike among any 100,000 consecutive numbers."""
    return f"{mailbox(slug(generator(locale).latin(name)), seed, number)}@{chance.choice(_MAIL_DOMAINS)}"


def _domain(locale: str, chance: Stream) -> str:
    return chance.choice(("www.example.com", "www.example.org", "shop.example.net", "portal.test"))


def _iban(locale: str, chance: Stream) -> str:
    return _IBANS.get(country(locale), _IBANS["GB"])


def _ipv4(locale: str, chance: Stream) -> str:
    return f"{chance.choice(('192.0.2', '198.51.100', '203.0.113'))}.{chance.below(256)}"


_Reserved = Callable[[str, Stream], str]
_SAFE: dict[str, _Reserved] = {
    "phone_number": phone,
    "msisdn": phone,
    "basic_phone_number": phone,
    "cellphone_number": phone,
    "mobile_number": phone,
    "country_calling_code": lambda locale, chance: "+1",
    "url": lambda locale, chance: f"https://{_domain(locale, chance)}/",
    "uri": lambda locale, chance: f"https://{_domain(locale, chance)}/{chance.below(10_000)}",
    "image_url": lambda locale, chance: f"https://{_domain(locale, chance)}/{chance.below(10_000)}.png",
    "domain_name": _domain,
    "safe_domain_name": _domain,
    "hostname": _domain,
    "credit_card_number": lambda locale, chance: chance.choice(CARDS),
    "iban": _iban,
    "bban": lambda locale, chance: _iban(locale, chance)[4:],
    "ssn": lambda locale, chance: f"987-65-432{chance.below(10)}",
    "ipv4": _ipv4,
    "ipv4_public": _ipv4,
    "ipv4_private": _ipv4,
    "ipv6": lambda locale, chance: f"2001:db8::{chance.below(65_536):x}",
}
_UNSAFE = ("profile", "simple_profile", "credit_card_full", "invalid_ssn", "uri_page", "uri_path")
MAIL_PROVIDERS = ("email", "safe_email", "free_email", "company_email", "ascii_email", "ascii_safe_email")
_NAME_PROVIDERS = ("name", "name_male", "name_female", "name_nonbinary")
_FIRST = ("first_name_male", "first_name_female")
_PARTS_OF_A_NAME = ("first_name", "last_name")
_UNCHANGING = (*MAIL_PROVIDERS, *_NAME_PROVIDERS, *_SAFE, *_PARTS_OF_A_NAME, "date_of_birth", "ssn")


def problem(provider: str, locale: str) -> str | None:
    """What is wrong with a Faker provider's name; None when it can be used."""
    if provider in MAIL_PROVIDERS or provider in _SAFE:
        return None
    known = generator(locale).providers()
    if provider in _UNSAFE or provider not in known:
        return f"there is no Faker provider {provider!r} for {locale}{near(provider, known)}"
    return None


def drawn(provider: str, locale: str, name: str, chance: Stream) -> str:
    """A provider's value for the customer of this name; e-mail is not among them, see `email`. Raises UnknownName."""
    if provider in _NAME_PROVIDERS:
        return name
    if provider in _PARTS_OF_A_NAME:
        first = provider == "first_name"
        return name.partition(" ")[0] if first != generator(locale).family_first else name.rpartition(" ")[2]
    if provider in _SAFE:
        return _SAFE[provider](locale, chance)
    if provider in _PLACES:
        return generator(locale).place(provider, chance)
    try:
        return generator(locale).draw(provider, chance.bits())
    except (AttributeError, TypeError) as error:
        raise UnknownName(problem(provider, locale) or f"Faker's {provider!r} cannot be drawn: {error}") from error


def name_provider(providers: Iterable[str | None]) -> str:
    """The provider of a customer's own name among those of what it knows."""
    return next((provider for provider in providers if provider in _NAME_PROVIDERS), "name")


def is_somebody_elses(slot: str, provider: str | None, named: set[str]) -> bool:
    """Whether a slot's name is another person's: the customer has one already, and it is not called just that.

    `named` are the kinds of name that the customer has so far; the slot's is added. So `child: {faker: first_name}`
    below `name: {faker: name}` is a child's, and `first_name: {faker: first_name}` there the customer's own.
    """
    if provider not in _NAME_PROVIDERS and provider not in _PARTS_OF_A_NAME:
        return False
    kind = provider if provider in _PARTS_OF_A_NAME else "name"
    has_one = kind in named or "name" in named
    named.add(kind)
    return has_one and slot != provider


def may_change(provider: str) -> bool:
    """Whether a person could say another value of this kind a moment later: an address, yes; a name, no."""
    return provider not in _UNCHANGING
