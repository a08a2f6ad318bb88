"""How values are written in a language: one form of numbers, dates, money and durations, filled with its own words."""

import re
from collections.abc import Mapping
from typing import Any

from hubbub.customers.hearing.lexicon import ClaimForms

INDIAN = r"\d{1,2}(?:,\d\d(?=,))+,\d{3}(?:\.\d{1,2})?(?!\d)"  # 1,25,000: thousands, then hundreds of them
_N = rf"{INDIAN}|\d{{1,3}}(?:[.,  ]\d{{3}})+(?:[.,]\d{{1,2}})?(?![.,]?\d)|\d++(?:[.,]\d++)?"
_WORD_END, _ID_END = r"\b", "(?![a-z0-9])"  # where no space parts words, any letter may follow an id
_WHOLE = r"(?<!\d[.,])(?<![万億])"  # the rest of a number is no number of its own
_ID = (
    r"(?P<phone>\+\d[\d ()/-]{6,18}\d|\(?\d{2,5}\)?[ /-]\d{2,4}(?:[ -]?\d{2,4}){1,3}\b)"
    r"|(?P<id>#?[a-z]{1,6}-?\d[a-z0-9-]{2,}\b|#\d{3,}\b|\d{2,}-\d{4,}\b|\d{6,}\b"
    r"|(?=[0-9-]*+[a-z])(?=[a-z-]*+\d)[a-z0-9][a-z0-9-]{6,}[a-z0-9]\b)"
)
_FACTOR = {"days": ("days", 1.0), "hours": ("hours", 1.0), "minutes": ("minutes", 1.0), "weeks": ("days", 7.0)}


def claim_forms(page: Mapping[str, Any], spaced: bool) -> ClaimForms:
    """The forms of values from a pack's page of them.

    `months` are twelve lists of names, `days`, `hours`, `minutes`, `weeks` the words for units, `span` what stands
    between two ends, `currency` and `currency_before` the words for money, `cents` its hundredth, `multiples` words for
    large numbers of it, `percent`, `clock` (what makes a number a time of day), `numbers` numbers as words, `topics`
    what words near a value say of it. `unit_before` and `unit_after` stand round a unit of time: what may, or may not,
    be there.
    """
    units = {word.replace("_", " "): _FACTOR[name] for name in _FACTOR for word in page.get(name, "").split()}
    units |= dict.fromkeys(page.get("cents", "").split(), ("money", 0.01))
    durations = _any(word for word, (kind, _) in units.items() if kind != "money")
    numbers = {word: float(value) for word, value in page.get("numbers", {}).items()}
    edge = r"(?!\w)" if spaced else ""
    unit = rf"{page.get('unit_before', '')}{durations}{edge}{page.get('unit_after', '')}"
    span = page.get("span", "-")
    months = {word: at + 1 for at, names in enumerate(page.get("months", ())) for word in names.split()}
    topics = {word: topic for topic, words in page["topics"].items() for word in words.split()}
    return ClaimForms(
        form=_form(page, unit, span, months, edge),
        worded=re.compile(
            rf"(?<!\w)({_any(numbers)})(?:(?: ?{span} ?)({_any(numbers)}))?[ -]?{unit}" if numbers else r"(?!)"
        ),
        worded_cues=frozenset(),
        numbers=numbers,
        units=units,
        months=months,
        topics=topics,
        topic_word=re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*" if spaced else _any(topics)),
        hedges=re.compile(rf" (?:{page['hedges']}){edge}" if spaced else page["hedges"]),
        decimal_point=page.get("decimal", "."),
        day_first=page.get("day_first", "no") == "yes",
        multiples={word: float(value) for word, value in page.get("multiples", {}).items()},
    )


def _form(page: Mapping[str, Any], unit: str, span: str, months: Mapping[str, int], edge: str) -> re.Pattern[str]:
    month, link = _any(months), rf"\s?(?:{span})\s?"
    before, after = page.get("currency_before", "[$£€¥₹]"), page["currency"]
    times = rf"(?:\s?{_any(page['multiples'])}{edge})?" if "multiples" in page else ""
    of = page.get("date_of", r"\.? ?(?:de )?")
    worded = rf"|\d{{1,2}}{of}{month}\b\.?(?:,?(?: de| del)? \d{{4}}\b)?" if months else ""
    return re.compile(
        r"(?P<url>https?://[^\s<>\"')]+|www\.[^\s<>\"')]+)"
        r"|(?P<date>\d{4}-\d{2}-\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?!\d)|\d{4}/\d{1,2}/\d{1,2}"
        rf"|(?:\d{{4}}年)?\d{{1,2}}月\d{{1,2}}日{worded})"
        rf"|(?P<money>{before}\s?(?:{_N})(?:{link}(?:{_N}))?{times}"
        rf"|{_WHOLE}(?:{_N})(?:{link}(?:{_N}))?{times}\s?(?:{after}){edge})"
        rf"|(?P<percent>(?:{_N})(?:{link}(?:{_N}))?\s?(?:{page['percent']}))"
        rf"|(?P<duration>(?:{_N})(?:{link}(?:{_N}))?[ -]?{unit})"
        rf"|(?P<time>{page.get('clock', r'(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?![0-9:])')})"
        rf"|{_ID if edge else _ID.replace(_WORD_END, _ID_END)}"
    )


def _any(words: Any) -> str:
    """An alternation of words, the longest first."""
    return "(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")" if words else "(?:(?!))"
