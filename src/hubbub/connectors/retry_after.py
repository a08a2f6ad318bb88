"""When an agent that is too busy says to come again."""

import math
import time
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime


def retry_after_s(headers: Mapping[str, str], wall: Callable[[], float] = time.time) -> float | None:
    """Seconds from now, never negative; None when the agent does not say, or not so that it can be understood.

    `Retry-After-Ms` (milliseconds) is more exact than `Retry-After` and wins. That one is seconds or an HTTP date (RFC
    9110, 10.2.3); a date is held against the agent's own `Date`, so that its clock may be off, else against `wall`.
    """
    exact = _number(headers.get("Retry-After-Ms"))
    if exact is not None:
        return exact / 1000
    text = headers.get("Retry-After")
    seconds = _number(text)
    if seconds is not None or text is None:
        return seconds
    then, agents_now = _date_s(text), _date_s(headers.get("Date", ""))
    if then is None:
        return None
    return max(0.0, then - (wall() if agents_now is None else agents_now))


def _number(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return max(0.0, value) if math.isfinite(value) else None


def _date_s(text: str) -> float | None:
    try:
        return parsedate_to_datetime(text).timestamp()
    except (ValueError, OverflowError, IndexError):
        return None
