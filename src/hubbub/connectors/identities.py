"""Numbers and names for customers of messaging platforms: kept for fiction, one each, and telling whose process it is.

The NANP keeps 555-0100 to 555-0199 for fiction in every area code (ATIS-0300115); area codes are N(0-8)X with N from 2,
never N11, and here without the toll-free and premium ones and those kept back for growth (37X, 96X).
"""

from hashlib import blake2b

_APART = (("37", "96"), ("800", "833", "844", "855", "866", "877", "888", "822", "880", "900"))
_AREAS = tuple(
    area
    for area in (f"{n}{m}{x}" for n in range(2, 10) for m in range(9) for x in range(10))
    if area[1:] != "11" and area[:2] not in _APART[0] and area not in _APART[1]
)
_EACH = 100
NUMBERS = len(_AREAS) * _EACH
OURS = "+18005550199"  # the business's own; of the toll-free ones, the one that is kept for fiction
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's, as in ULIDs
_DIGITS = 6


def place_of(number: int, workers: int = 1) -> int:
    """The place of a conversation's number among all: the same for two only when so many lie between them."""
    return number % (NUMBERS - NUMBERS % workers)


def phone_of(place: int) -> str:
    """A telephone number in E.164."""
    return f"+1{_AREAS[place // _EACH]}55501{place % _EACH:02d}"


def place_of_phone(phone: str) -> int | None:
    """The place that a telephone number stands for, with or without the plus; None when it is none of ours."""
    digits = phone.lstrip("+")
    if len(digits) != 11 or not digits.isascii() or not digits.isdigit():
        return None
    area, rest = digits[1:4], digits[4:]
    known = digits[0] == "1" and rest.startswith("55501") and area in _PLACES
    return _PLACES[area] * _EACH + int(rest[5:]) if known else None


_PLACES = {area: at for at, area in enumerate(_AREAS)}


def ulid_of(key: str, place: int) -> str:
    """An identifier of 26 letters and digits, as a ULID looks, that ends in a conversation's place."""
    value = int.from_bytes(blake2b(key.encode(), digest_size=15).digest())
    letters = "".join(_ALPHABET[value >> shift & 31] for shift in range(0, 90, 5))
    return f"01{letters}{place:0{_DIGITS}d}"


def place_of_ulid(name: str) -> int | None:
    """The place at the end of such an identifier; None when it is none."""
    tail = name[-_DIGITS:]
    return int(tail) if len(name) == 26 and name.isascii() and tail.isdigit() else None


def worker_of(names: tuple[str, ...], workers: int) -> int | None:
    """The process, of so many, whose customer one of these names is; None when none of them is one of ours."""
    places = (place for name in names for place in (place_of_phone(name), place_of_ulid(name)) if place is not None)
    place = next(places, None)
    return None if place is None else place % workers
