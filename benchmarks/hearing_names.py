"""First names, which stand for colleagues where nothing else says that a person is meant ("Ben's got your file").

They come from Faker's lists of many locales, and from labelled replies: what is only ever written with a capital,
within a sentence, and is no common word. What replies also write small is no name ("will", "may", "grace").
"""

import importlib
import pkgutil
import re
from collections.abc import Iterable

from faker.providers import person

_WELL_KNOWN = frozenset(("en_US", "en_GB", "en_IE", "en_NZ", "en_IN", "es_ES", "de_DE", "fr_FR", "it_IT", "pt_BR"))
_UNSURE = "en"  # its list holds many a surname and common word
_SHORTEST = 3
_SMALL = re.compile(r"\b[a-z]+\b")
_CAPITAL = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{2,}\b")
# names that are as likely a month, a day, a place, a language or a thing
_NOT_NAMES = (
    "january february march april may june july august september october november december sunday monday tuesday "
    "wednesday thursday friday saturday london york paris berlin china india israel america africa asia europe "
    "england ireland scotland wales texas boston denver houston dallas madrid milan rome sydney melbourne cairo "
    "indiana georgia florida virginia carolina alabama alaska arizona california kansas nevada ohio oregon utah "
    "jersey jordan kenya cuba chile peru panama malta cyprus english french german dutch irish spanish italian "
    "christian royal prince princess queen king bishop junior saint major sunny angel treasure precious destiny "
    "heaven genesis essence miracle unique unnamed male female ocean river sky star sing peace passion page noble "
    "nail mad math mat lone lemon innocent harmony harsh happy golden ham gene foster ford fleet fed fate fairy "
    "faith elder earnest easter dusty dove doll dock diamond deacon crystal creed con comfort commodore colonel "
    "colon coral chase cherry candy cannon canyon cam cain butler burns burnt bush bliss blessing blaze blind "
    "berry bee baker axel author aura atlas art arnold arch alto alpha ally ace abbey admiral"
)
_NO_NAMES = frozenset(_NOT_NAMES.split())


def first_names(texts: Iterable[str], common: frozenset[str]) -> frozenset[str]:
    """Names in lower case, told from words by how `texts` write them.

    `common`: words that count as names only where the best known lists have them.
    """
    small: set[str] = set()
    capital: set[str] = set()
    for text in texts:
        if text != text.lower():
            small.update(_SMALL.findall(text))
            capital.update(found.lower() for found in _CAPITAL.findall(text))
    listed = {
        name
        for name, locales in _listed().items()
        if locales & _WELL_KNOWN or (name not in common and len(name) > _SHORTEST)
    }
    return frozenset((listed | capital - common) - small - _NO_NAMES)


def _listed() -> dict[str, set[str]]:
    """Faker's first names, each with the locales that have it."""
    found: dict[str, set[str]] = {}
    for module in pkgutil.iter_modules(person.__path__):
        if module.name == _UNSURE:
            continue
        provider = vars(importlib.import_module(f"{person.__name__}.{module.name}").Provider)
        for kind in ("first_names", "first_names_male", "first_names_female"):
            some = provider.get(kind, ())
            for name in map(str.lower, () if isinstance(some, property) else some):
                if len(name) >= _SHORTEST and name.isascii() and name.isalpha():
                    found.setdefault(name, set()).add(module.name)
    return found
