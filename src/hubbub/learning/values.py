"""What learnt customers know: for each slot that people told, a source of made-up values of the same shape."""

import re
from calendar import month_name
from collections import Counter, defaultdict
from collections.abc import Sequence

from hubbub.chance import Stream, stream
from hubbub.customers.identity import generator, phone
from hubbub.learning.observed import Observed
from hubbub.learning.scrubbing import base_of
from hubbub.model import Source

_FAKERS = {
    "name": "name", "email": "email", "card_number": "credit_card_number", "url": "url", "postcode": "postcode",
    "iban": "iban", "ip": "ipv4",
}  # fmt: skip
_MOSTLY, _MADE_UP = 0.9, 150
_SAME_LETTER = 20  # numbers, of which nearly all have a letter at one place
_STREET_CHARS = 30  # an address of more goes on to the town
_DAYS = (3, 5, 8, 9, 12, 14, 17, 19, 21, 24, 26, 28)
_MONTHS = tuple(month.lower() for month in month_name[1:])
_AMOUNTS = (10, 15, 20, 25, 40, 50, 75, 80, 100, 120, 150, 200, 250, 300, 500, 1000)
_CURRENCY = re.compile(r"[^\d.,\s]+")
_DIGIT, _NOT_DIGIT, _PLACE = re.compile(r"\d"), re.compile(r"\D"), re.compile("#")
_NOT_DIALLED = re.compile(r"[^\d ()./+-]")
_NOT_SIGNS = re.compile(r"[^0-9A-Za-z]")


def sources(conversations: Sequence[Observed], k: int, locale: str) -> dict[str, Source]:
    """A source for each slot that at least `k` customers told. No value of anybody's is among what it gives."""
    told: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in conversations:
        for spoken in one.spoken:
            for slot, value in zip(spoken.slots, spoken.values, strict=False):
                told[base_of(slot)][one.customer].append(value)
    return {slot: _source(slot, by, locale) for slot, by in sorted(told.items()) if len(by) >= k}


def _source(slot: str, told: dict[str, list[str]], locale: str) -> Source:
    values = [values[0] for values in told.values()]
    if slot == "name":
        whole = sum(" " in value.strip() for value in values) / len(values)
        return Source(faker="name") if whole > _MOSTLY else Source(one_of=_names(whole, locale))
    if slot == "address":
        return Source(one_of=_addresses(values, locale))
    if slot == "phone":
        return Source(one_of=_phones(values, locale))
    if slot in _FAKERS:
        return Source(faker=_FAKERS[slot])
    if slot == "date":
        return Source(one_of=_dates(values))
    if slot == "time":
        return Source(one_of=_times(values))
    if slot == "amount":
        return Source(one_of=_amounts(values))
    return Source(pattern=_pattern(values))


def _names(whole: float, locale: str) -> tuple[str, ...]:
    """Made-up people, of whom a share gives first and last name, as in the log."""
    chance = stream(1, "names")
    drawn = (generator(locale).person(chance) for _ in range(_MADE_UP))
    return tuple(name if at < whole * _MADE_UP else name.partition(" ")[0] for at, name in enumerate(drawn))


def _addresses(values: Sequence[str], locale: str) -> tuple[str, ...]:
    """Made-up addresses, of which a share goes on to the town, as in the log."""
    chance = stream(1, "addresses")
    whole = sum(len(value) > _STREET_CHARS for value in values) / len(values)
    kinds = ("address" if at < whole * _MADE_UP else "street_address" for at in range(_MADE_UP))
    return tuple(dict.fromkeys(generator(locale).place(kind, chance) for kind in kinds))


def _phones(values: Sequence[str], locale: str) -> tuple[str, ...]:
    """Numbers that ring nowhere, parted as those of the log are; as their country parts them where none is as long."""
    chance = stream(1, "phones")
    shapes = Counter(_DIGIT.sub("#", value) for value in values if not _NOT_DIALLED.search(value))
    return tuple(dict.fromkeys(_parted(phone(locale, chance), shapes, chance) for _ in range(_MADE_UP)))


def _parted(number: str, shapes: Counter[str], chance: Stream) -> str:
    digits = _NOT_DIGIT.sub("", number)
    fitting = {shape: n for shape, n in sorted(shapes.items()) if shape.count("#") == len(digits)}
    if not fitting:
        return number
    left = iter(digits)
    return _PLACE.sub(lambda _: next(left), chance.weighted(tuple(fitting), tuple(fitting.values())))


def _times(values: Sequence[str]) -> tuple[str, ...]:
    if sum("m" in value.lower() for value in values) * 2 >= len(values):
        return tuple(f"{hour} {half}" for half, hours in (("am", range(8, 12)), ("pm", range(1, 9))) for hour in hours)
    return tuple(f"{hour}:{half}" for hour in range(8, 20) for half in ("00", "30"))


def _dates(values: Sequence[str]) -> tuple[str, ...]:
    worded = sum(any(c.isalpha() for c in value) for value in values) * 2 >= len(values)
    pairs = tuple(enumerate(_DAYS, 1))
    if worded:
        return tuple(f"{day} {_MONTHS[month - 1]}" for month, day in pairs)
    separator = Counter(c for value in values for c in value if c in "./-").most_common(1)
    sign = separator[0][0] if separator else "/"
    return tuple(f"{day:02}{sign}{month:02}{sign}2026" for month, day in pairs)


def _amounts(values: Sequence[str]) -> tuple[str, ...]:
    found = Counter((m[0].lower(), m.start() == 0) for value in values if (m := _CURRENCY.search(value)))
    (sign, first), _ = found.most_common(1)[0]
    space = " " if sign.isalpha() else ""
    return tuple(f"{sign}{space}{n}" if first else f"{n}{space}{sign}" for n in _AMOUNTS)


def _pattern(values: Sequence[str]) -> str:
    """The commonest shape: `#` for a digit, `?` for a letter. Signs between them stay, as they are nobody's, and so do
    letters that nearly all have there: the company's.
    """
    values = [value.lstrip("# ") for value in values]  # `#` is how some write "number"; in a pattern it is a digit
    shapes = Counter(_shape(value) for value in values)
    shape = shapes.most_common(1)[0][0]
    if not _NOT_SIGNS.sub("", shape.replace("#", "0").replace("?", "a")) or "#" not in shape:  # spelt out
        size = Counter(len(value.split()) for value in values).most_common(1)[0][0]
        return "#" * max(4, size)
    alike = [value for value in values if _shape(value) == shape]
    return "".join(_at(place, sign, alike) for place, sign in enumerate(shape))


def _shape(value: str) -> str:
    return "".join("#" if c.isdigit() else "?" if c.isalpha() else c for c in value)


def _at(place: int, sign: str, values: Sequence[str]) -> str:
    if sign != "?":
        return sign
    letter, n = Counter(value[place].upper() for value in values).most_common(1)[0]
    return letter if len(values) >= _SAME_LETTER and n >= _MOSTLY * len(values) else "?"
