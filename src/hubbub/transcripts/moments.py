"""When something in a log was said, however the log writes it."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from math import inf, isfinite
from typing import Any

_FINER = (1e17, 1e9), (1e14, 1e6), (1e11, 1e3)  # from which number on it counts parts of a second: the year 5138
_ZONE = re.compile(r" +(UTC|GMT|Z|[+-]\d\d:?\d\d)$")
_NOUGHT = ("UTC", "GMT", "Z")
_CLOCK = re.compile(r"\d{1,2}:\d\d(?::\d\d)?(?: ?[AaPp][Mm])?")
_WRITTEN = re.compile(  # 3/1/2026 10:15 AM, 01.03.2026 10:15, 1-3-26, 10:15:30
    r"(?P<one>\d{1,2})(?P<mark>[/.-])(?P<two>\d{1,2})(?P=mark)(?P<year>\d{4}|\d\d)"
    r"(?:,? +(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d))?(?:\.\d+)?"
    r"[ \u202f]?(?P<half>[AaPp]\.?[Mm]\.?)?)?"
)
_IN_WORDS = (
    *("%b %d, %Y %I:%M %p", "%b %d, %Y, %I:%M %p", "%b %d, %Y %H:%M:%S", "%b %d, %Y %H:%M", "%d %b %Y %H:%M:%S"),
    *("%d %b %Y %H:%M", "%d %b %Y, %H:%M", "%B %d, %Y %I:%M %p", "%d %B %Y %H:%M", "%Y/%m/%d %H:%M:%S"),
    "%Y/%m/%d %H:%M",
)
_MONTHS = 12
_SHOWN = 40  # characters of what is no time


def moment(value: Any, day_first: bool = False) -> float | str | None:
    """Seconds since 1970 from a number (also of milliseconds and less), an ISO 8601 time or a date as people write it.

    What is wrong, where it is none of these; None where there is nothing. A date with slashes has its month first,
    unless that can be no month or `day_first`; one with dots or dashes has its day first. Without a zone it is UTC.
    """
    if value is None or value == "":
        return None
    try:
        number = float(value)
    except (TypeError, ValueError):
        return _of_text(str(value).strip(), day_first)
    except OverflowError:
        number = inf
    if not isfinite(number):
        return f"the time {str(value)[:_SHOWN]} is no moment"
    return number / next((parts for least, parts in _FINER if number > least), 1.0)


def with_its_day(time: Any, date: Any) -> Any:
    """A time that is only a clock's, with the date that stands in a column of its own; any other as it is."""
    if isinstance(time, str) and isinstance(date, str) and _CLOCK.fullmatch(time.strip()):
        return f"{date.strip()} {time.strip()}"
    return time


def day_comes_first(values: Iterable[Any]) -> bool:
    """Whether the dates of a log have the day before the month: one of them has a first number that is no month."""
    found = (_WRITTEN.match(value.strip()) for value in values if isinstance(value, str))
    return any(int(one["one"]) > _MONTHS for one in found if one and one["mark"] == "/")


def _of_text(text: str, day_first: bool) -> float | str:
    written = _WRITTEN.fullmatch(text)
    if written is not None:
        return _of_numbers(written, day_first)
    at = _iso(_ZONE.sub(lambda zone: "+00:00" if zone[1] in _NOUGHT else zone[1], text)) or _in_words(text)
    if at is None:
        return f"the time {text[:_SHOWN]!r} is neither seconds nor like 2026-03-01T10:15:00Z"
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _in_words(text: str) -> datetime | None:
    for form in _IN_WORDS:
        try:
            return datetime.strptime(text, form)
        except ValueError:
            continue
    try:
        return parsedate_to_datetime(text)  # as mails have it: Sun, 01 Mar 2026 10:15:00 +0000
    except (ValueError, IndexError, OverflowError):
        return None


def _of_numbers(found: re.Match[str], day_first: bool) -> float | str:
    one, two, hour, year = int(found["one"]), int(found["two"]), int(found["hour"] or 0), int(found["year"])
    month, day = (two, one) if found["mark"] != "/" or day_first or one > _MONTHS else (one, two)
    if found["half"]:
        hour = hour % 12 + (12 if found["half"][0] in "pP" else 0)
    minute, second = int(found["minute"] or 0), int(found["second"] or 0)
    try:
        at = datetime(year if year > 99 else 2000 + year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return f"the time {found.group()!r} is no moment"
    return at.timestamp()
