"""Typed values that a reply states: money, percent, durations, dates, times, ids, phones, links."""

import re

from hubbub.customers.hearing.clauses import LATIN_WORD, latin_words
from hubbub.customers.hearing.lexicon import ClaimForms
from hubbub.model import Claim

CLAIMS_KEPT = 40  # of one reply
_LINK_MARKS = ("://", "www.", ".com", ".test", ".org", ".net", ".example", ".io", ".co.uk")
_DIGIT = re.compile(r"\d")
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"')]+|(?<![@\w.])(?:[a-z0-9-]+\.)+(?:com|org|net|test|example|io|co\.uk)\b[^\s<>\"'),]*"
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_MYRIADS = re.compile(r"(\d+)万(\d[\d,]*)")  # 1万5,000 is one number, too
_PARTED = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}\b)")  # 1 250 is one number
_LETTERS = re.compile(r"[^\W\d_]+")
_STARTS = " \n(\"'[=:,;"
_LEAD_CHARS = 11  # with the space behind it
_HALF_DAYS = ("午前", "午後")
_CJK = "\u3000"  # from here on, words are written without spaces between them


def may_link(low: str) -> bool:
    """Whether a link or a bare domain may stand in a stretch of a reply; a stop at its end makes none."""
    return low.find(".", 0, len(low) - 1) >= 0 and any(mark in low for mark in _LINK_MARKS)


def find_claims(text: str, low: str, forms: ClaimForms) -> list[tuple[int, Claim]]:
    """Claims in one stretch of a reply, with their places in it. `low` is `text` in lower case, of the same length."""
    found: list[tuple[int, Claim]] = []
    if may_link(low):
        found.extend(
            (m.start(), Claim(kind="url", text=text[m.start() : m.end()].rstrip(".,!?"))) for m in _LINK.finditer(low)
        )
    links = [(at, at + len(claim.text)) for at, claim in found]
    at = 0
    while len(found) < CLAIMS_KEPT:
        digit = _DIGIT.search(low, at)
        if digit is None:
            break
        place = digit.start()
        inside = next((end for start, end in links if start <= place < end), None) if links else None
        if inside is not None:
            at = inside
            continue
        start, matched = _match_near(low, place, at, forms)
        if matched is None:
            at = _end_of_word(low, place)
            continue
        at = matched.end()
        claim = _claim(matched, text[start : matched.end()], forms)
        if claim is not None:
            found.append((start, claim))
    return found


def find_worded(text: str, low: str, forms: ClaimForms) -> list[tuple[int, Claim]]:
    """Durations whose numbers are written as words."""
    found = []
    for m in forms.worded.finditer(low):
        kind, factor = _unit(m.group(), forms)
        first = forms.numbers[m.group(1)] * factor
        last = forms.numbers[m.group(2)] * factor if m.group(2) else first
        found.append((m.start(), Claim(kind=kind, text=text[m.start() : m.end()], low=first, high=max(first, last))))
    return found


def bind(found: list[tuple[int, Claim]], low: str, forms: ClaimForms) -> list[Claim]:
    """The claims with what they are about and whether they are hedged, from the clause `low` that they stand in."""
    topics = _topics(low, forms)
    hedged = forms.hedges.search(f" {low}") is not None
    if not topics and not hedged:
        return [claim for _, claim in found]
    return [
        Claim(claim.kind, claim.text, claim.low, claim.high, _nearest(topics, at, len(claim.text)), hedged)
        for at, claim in found
    ]


def _topics(low: str, forms: ClaimForms) -> list[tuple[int, int, str]]:
    """Words that say what a claim is about: where each starts and ends, and what that is. Most clauses have none."""
    known, word = forms.topics, forms.topic_word
    if known.keys().isdisjoint(latin_words(low) if word is None else word.findall(low)):
        return []
    found = (word or LATIN_WORD).finditer(low)
    return [(m.start(), m.end(), topic) for m in found if (topic := known.get(m.group()))]


def _nearest(topics: list[tuple[int, int, str]], at: int, chars: int) -> str:
    """The topic nearest to a claim; one after it counts as twice as far."""
    near: tuple[int, str] | None = None
    for start, end, topic in topics:
        distance = at - end if start < at else (start - at - chars) * 2
        if near is None or distance < near[0]:
            near = (distance, topic)
    return near[1] if near else ""


def _match_near(low: str, place: int, least: int, forms: ClaimForms) -> tuple[int, re.Match[str] | None]:
    """The form that starts at the word around `place`, at the word before it (a month, a currency), or at `place`."""
    word = place
    while word > least and low[word - 1] not in _STARTS and low[word - 1] < _CJK:
        word -= 1
    if low[max(word - 2, least) : word] in _HALF_DAYS:
        word -= 2
    for start in (word, place) if (lead := _lead(low, word, least, forms)) is None else (lead, word, place):
        matched = forms.form.match(low, start)
        if matched is not None and matched.end() > place:
            return start, matched
    return place, None


def _lead(low: str, word: int, least: int, forms: ClaimForms) -> int | None:
    """Where the word before another one begins, if a form may start with it."""
    if word - 1 < least or low[word - 1 : word] != " ":
        return None
    before = low.rfind(" ", least, word - 1) + 1 or least
    may = before < word and word - before <= _LEAD_CHARS and (forms.leads is None or forms.leads.match(low, before))
    return before if may else None


def _end_of_word(low: str, place: int) -> int:
    end = place + 1
    while end < len(low) and low[end] not in _STARTS and low[end] not in "-/" and low[end] < _CJK:
        end += 1
    return end


def _claim(matched: re.Match[str], stated: str, forms: ClaimForms) -> Claim | None:
    form = matched.lastgroup
    whole = matched.group()
    if form == "date":
        day = _date(whole, forms)
        return Claim("date", stated.rstrip(".,"), day, day)
    if form == "time":
        minute = _minute_of_day(whole)
        return Claim("time", stated.rstrip(), minute, minute) if minute >= 0 else None
    if form in ("id", "phone", "url"):
        return Claim(form, stated.rstrip(".,"))
    whole = _MYRIADS.sub(lambda m: str(10_000 * int(m[1]) + int(m[2].replace(",", ""))), whole)
    digits = _NUMBER.findall(_PARTED.sub("", whole))
    numbers = [read_number(n, forms.decimal_point, cents=form == "money") for n in digits]
    kind, factor = form or "", 1.0
    if form == "duration":
        kind, factor = _unit(whole, forms)
    elif form == "money":
        factor = _unit(whole, forms)[1] * _times(whole, forms)
    return Claim(kind, stated, min(numbers) * factor, max(numbers) * factor)


def _unit(whole: str, forms: ClaimForms) -> tuple[str, float]:
    """The unit that a value ends in; one that the forms do not list is a whole one of nothing."""
    words = _LETTERS.findall(whole)
    known = forms.units.get(words[-1]) if words else None
    if known is None:
        longest = max((unit for unit in forms.units if whole.endswith(unit)), key=len, default="")
        known = forms.units.get(longest)
    return known or ("", 1.0)


def _times(whole: str, forms: ClaimForms) -> float:
    """How many times its number an amount is: 100,000 for 2 lakh rupees."""
    return next((forms.multiples[word] for word in _LETTERS.findall(whole) if word in forms.multiples), 1.0)


def read_number(digits: str, decimal_point: str = ".", *, cents: bool = False) -> float:
    """The number that digits with points and commas stand for, whichever of the two its writer means by them.

    Of two different marks the last is the decimal one, and a mark that occurs twice parts thousands. One mark before
    three digits parts thousands where it is not the language's decimal point, and always in money (`cents`).
    """
    marks = [mark for mark in digits if mark in ".,"]
    if not marks:
        return float(digits)
    last = marks[-1]
    whole, _, rest = digits.rpartition(last)
    thousands = marks.count(last) > 1 or (len(set(marks)) == 1 and len(rest) == 3 and (cents or last != decimal_point))
    plain = whole.replace(".", "").replace(",", "")
    return float(plain + rest) if thousands else float(f"{plain}.{rest}")


def _date(whole: str, forms: ClaimForms) -> float:
    """The date as the number yyyymmdd, with yyyy = 0 where no year is stated; 0 where the order is not certain."""
    numbers = [int(n) for n in re.findall(r"\d+", whole)]
    if "年" in whole or "月" in whole or ("/" in whole and numbers[0] > 31) or ("-" in whole and numbers[0] > 31):
        year, month, day = numbers if len(numbers) == 3 else (0, *numbers)
        return float(year * 10_000 + month * 100 + day)
    if len(numbers) == 3 and (forms.day_first or "." in whole):
        day, month, year = numbers
        return float((year + 2000 * (year < 100)) * 10_000 + month * 100 + day) if month <= 12 else 0.0
    if "/" in whole:
        return 0.0
    words = _LETTERS.findall(whole)
    month = next(
        (forms.months.get(w) or forms.months[w[:3]] for w in words if w in forms.months or w[:3] in forms.months), 0
    )
    return float((numbers[1] if len(numbers) > 1 else 0) * 10_000 + month * 100 + numbers[0])


def _minute_of_day(whole: str) -> float:
    """Minutes since midnight; -1 for what is no time of day."""
    numbers = [int(n) for n in re.findall(r"\d+", whole)]
    hour, minute = numbers[0], numbers[1] if len(numbers) > 1 else 30 * ("半" in whole)
    if whole.startswith("午後"):
        hour += 12 * (hour < 12)
    elif whole.rstrip(". ").endswith("m"):  # 3 p.m.
        if not 1 <= hour <= 12:
            return -1.0
        hour = hour % 12 + (12 if "p" in whole else 0)
    return float(hour * 60 + minute) if hour < 24 and minute < 60 else -1.0
