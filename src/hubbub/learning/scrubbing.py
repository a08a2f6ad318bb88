"""What a message gives away, taken out: every value that could be somebody's becomes the name of a slot.

Rather too much than too little: a word wrongly taken for a name costs a phrase, one left in costs a person.
"""

import re
from collections.abc import Callable, Collection, Sequence
from functools import cache

from msgspec import Struct

from hubbub.learning import japanese
from hubbub.learning.names import CAPITALS_FOR_ALL, introduced, is_name, ordinary_words

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*"
_STREET = (
    r"(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|way|court|ct|close|place|pl|square|sq|terrace|boulevard|blvd|"
    r"row|parkway|pkwy|circle|cir|trail|highway|hwy|crescent|apartments?|apt|suite|flat|nagar|colony|cross|"
    r"strasse|straße|str|weg|platz|allee|gasse|rue|calle|via|avenida|rua|laan|straat|gatan|vägen)"
)
_DIGIT_WORD = r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple|null|nought)"
_MAILER = r"(?:gmail|googlemail|yahoo|hotmail|outlook|icloud|aol|protonmail|proton|gmx|web|live|msn|rediff\w*|mail)"
_UNFIT = re.compile(r"[\[\]{}|<>^\x00-\x1f\x7f]+")
_SECRET = re.compile(
    r"\b(?:cvv|cvc|pin|otp|pass ?(?:word|code|phrase)|secret|security (?:code|answer|question)|mother'?s maiden|"
    r"one time pass\w*|passwort|kennwort|geheimzahl|sicherheitsfrage|(?:m|sms-?)tan|tan-?nummer|"
    r"mot de passe|code secret|contraseña|clave|senha|palavra-passe|codice segreto|parola d'ordine|lösenord|wachtwoord|"
    r"pincode|guptkod)\b", re.I)  # fmt: skip

# In this order: what was taken for one is not looked at again. Names are those of slots, and of Faker's providers.
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("url", re.compile(
        r"\b(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|co|gov|edu|info|biz|de|fr|es|it|uk|se|nl|jp|"
        r"in|us|eu|app|dev|me)\b(?:/\S*)?(?<!@)(?![\w@])", re.I)),
    ("iban", re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")),
    ("card_number", re.compile(r"(?<![\w])(?:\d[ -]?){12,18}\d(?!\w)")),
    ("phone", re.compile(
        r"(?<![\w])(?:\+|00)\d[\d ().-]{5,17}\d(?!\w)|(?<!\w)\(?\d{3}\)?[ .-]*\d{3}[ .-]*\d{4}(?!\w)|"
        r"(?<!\w)(?<![a-z]-)0\d{2,5}[ /-]?\d{3,8}(?:[ -]?\d{2,4})?(?!\w)|(?<!\w)\d{3}[ -]\d{4}(?!\w)", re.I)),
    ("date", re.compile(
        rf"\b\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{2,4}}\b|\b\d{{1,2}}[/-]\d{{2,4}}\b|"
        rf"\b\d{{1,2}} ?(?:st|nd|rd|th)? ?(?:of )?{_MONTH}\b(?:,? ?'?\d{{2,4}}\b)?|"
        rf"\b{_MONTH} ?\d{{1,2}}(?: ?(?:st|nd|rd|th))?\b(?:,? ?\d{{4}}\b)?", re.I)),
    ("time", re.compile(
        r"\b\d{1,2}(?::\d{2})+(?: ?[ap]\.?m\b\.?)?|\b\d{1,2} ?[ap]\.?m\b\.?|\b\d{1,2} ?o'?clock\b", re.I)),
    ("amount", re.compile(
        r"(?:usd|eur|gbp|inr|rs\.?|[$£€¥₹])\s?\d[\d.,]*\d|(?:usd|eur|gbp|inr|[$£€¥₹])\s?\d|"
        r"\b\d[\d.,]*\s?(?:usd|eur|gbp|inr|dollars?|bucks|pounds?|euros?|quid|rupees|[$£€¥₹])(?!\w)", re.I)),
    ("address", re.compile(
        rf"\b\d{{1,6}}[a-z]?,?(?: +[^\W\d_][\w.'-]*,?){{0,5}} +{_STREET}\b(?:[,. ]+[\w'-]+){{0,6}}|"
        rf"\b[^\W\d_][\w-]*(?:{_STREET})\.? +\d{{1,4}}[a-z]?\b(?:[,. ]+[\w'-]+){{0,4}}|"
        rf"\b(?:rue|calle|via|avenida|rua) (?:[\w'-]+ ){{1,4}}\d{{1,5}}\b|\bp\.? ?o\.? box \d+", re.I)),
    ("postcode", re.compile(
        r"\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b|\b\d{4} ?[A-Z]{2}\b|\b[a-z]\d[a-z] ?\d[a-z]\d\b", re.I)),
    ("ip", re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b")),
)  # fmt: skip
_EMAILS = re.compile(
    rf"[\w.+-]+ ?@ ?[\w-]+(?: ?\. ?[\w-]+)*|"
    r"[\w.+-]+(?: (?:dot|punkt|punto|point) [\w-]+)* ?(?:\(at\)|\b(?:at|ät|arroba|arobase)\b) ?[\w-]+"
    r"(?: ?(?:\(dot\)|\b(?:dot|punkt|punto|point)\b) ?[\w-]{2,})+|"
    rf"[\w.+-]+ ?(?:\(at\)|\bat\b) ?{_MAILER}\b(?: ?(?:\.|\(dot\)|\bdot\b) ?\w+)*|"
    rf"(?:\b\w+ ){{0,2}}\b\w*{_MAILER} ?(?:\.|dot)? ?com?\b",
    re.I,
)
_LINK = re.compile(r"https?:|www\.", re.I)
_UNBROKEN = re.compile(r"[^\s\u3000-\u303f\uff01-\uff65]{200,}")  # longer than any word: a pasted token, link or file
_CODE = re.compile(r"#? ?\b(?=[\w-]*\d)(?=[\w-]*[a-z])[a-z\d][a-z\d-]{3,}\b|\b[a-z]{2,4}[ -]\d{3,}\b", re.I)
_SPELT = re.compile(rf"\b{_DIGIT_WORD}(?:[ -]+{_DIGIT_WORD}){{3,}}\b", re.I)
_SPACED = re.compile(r"(?<![\w])\d(?:[ .-]\d){3,}(?!\w)|(?<!\w)\d{2,}(?:[ -]\d{2,})+(?!\w)")
_LONG = re.compile(r"#? ?\d{4,}|\d{3,}(?=#)")
_VOCATIVE = re.compile(
    r"(?P<lead>^\W*(?:hi|hello|hey|hai|dear|good (?:morning|afternoon|evening)|thanks?(?: you)?|thank u|ok(?:ay)?|bye|"
    r"sure|yes|no|sorry|great|perfect)\b[^{}]{0,24}?),? *\{name(?:_no_\d)?\}(?P<rest>\W*)$",
    re.I,
)
_INTRODUCES = re.compile(
    r"\b(?:(?:my|full|first|last)? *name|(?:this|it) is|is|it's|i am|i'm|im|am|call me|called)\W*$", re.I
)
_WORD = re.compile(r"[^\W\d_][\w'.-]*")
_BESIDE = re.compile(rf"\b(?P<word>{_WORD.pattern})(?= +\x01(?P<then>\d+)\x02)|(?<=\x02) +(?P<after>{_WORD.pattern})")
_MARK = re.compile(r"\x01(\d+)\x02")
_MARKS = re.compile(r"\x01\d+\x02(?:[ ,.]+\x01\d+\x02)*")  # one after the other: a first and a last name
_PLACE = re.compile(r"\{\w+\}")
_SPACES = re.compile(r"\s+")
NUMBER = "digits"  # with how many: digits_5


class Scrubbed(Struct, frozen=True):
    """A message without what could be somebody's. `slots` are the places in it, in order; `values` what stood there."""

    text: str
    slots: tuple[str, ...]
    values: tuple[str, ...]


def scrub(
    text: str, people: Collection[str] = (), language: str = "en", spared: frozenset[str] = frozenset()
) -> Scrubbed | None:
    """The message with values replaced by `{slot}`; None where it may not be used at all: it speaks of a secret.

    `people` are names, lower case, that were heard in the same conversation; `spared` are listed names that are
    ordinary words in this log.
    """
    if _SECRET.search(text):
        return None
    taken: list[tuple[str, str]] = []

    def take(slot: str) -> Callable[[re.Match[str]], str]:
        def taking(match: re.Match[str]) -> str:
            if slot == "code" and match[0].partition(" ")[0].lower() in _labels():
                return match[0]  # a word in front of a number, which is taken by itself
            taken.append((slot, match[0].strip()))
            return f" \x01{len(taken) - 1}\x02 "

        return taking

    rest = _UNFIT.sub(" ", text.replace("\u2019", "'"))
    rest = japanese.set_apart(rest) if language == "ja" else rest
    # first, as what looks for the others compares every end of a run with every beginning
    rest = _UNBROKEN.sub(lambda run: take("url" if _LINK.match(run[0]) else "code")(run), rest)
    rest = _EMAILS.sub(take("email"), rest)
    digits = any(map(str.isdigit, rest))
    for slot, pattern in (*_PATTERNS, ("code", _CODE), (NUMBER, _SPELT), (NUMBER, _SPACED), (NUMBER, _LONG)):
        if digits or slot == "url" or pattern is _SPELT:  # all others hold one
            rest = pattern.sub(take(slot), rest)
    if language == "ja":
        rest = japanese.without_names(rest, people, take("name"))
    rest = _without_names(rest, frozenset(people) | introduced(text, language), take("name"), language, spared)
    return _told(_with_neighbours(rest, tuple(taken), take("name"), language), taken)


def _without_names(
    text: str, people: frozenset[str], take: Callable[[re.Match[str]], str], language: str, spared: frozenset[str]
) -> str:
    def weigh(match: re.Match[str]) -> str:
        word = match[0]
        plain = word.strip(".'-").lower().removesuffix("'s")
        starts = match.start() == 0 or text[: match.start()].rstrip()[-1:] in ".?!"
        odd = word[:1].isupper() and not starts and language not in CAPITALS_FOR_ALL
        name = (odd or plain not in spared) and is_name(word, after_cue=odd, language=language)
        return take(match) if plain in people or name else word

    return _WORD.sub(weigh, text)


def _with_neighbours(
    text: str, taken: Sequence[tuple[str, str]], take: Callable[[re.Match[str]], str], language: str
) -> str:
    """Names whose other half is no listed one: a word with a capital right beside one that is."""

    def weigh(match: re.Match[str]) -> str:
        word = match["word"] or match["after"]
        mark = match["then"] or text[: match.start()].rpartition("\x01")[2].rstrip("\x02 ")
        name = taken[int(mark)][0] == "name" and word[:1].isupper()
        return take(match) if name and is_name(word, after_cue=True, language=language) else match[0]

    return _BESIDE.sub(weigh, text)


def _told(rest: str, taken: list[tuple[str, str]]) -> Scrubbed:
    """Slots named and in the order of the text; a name that only addresses somebody is left out."""
    found: list[tuple[str, str]] = []

    def named(run: re.Match[str]) -> str:
        parts = [taken[int(at)] for at in _MARK.findall(run[0])]
        if len(parts) > 1 and any(slot != "name" for slot, _ in parts):
            return _MARK.sub(lambda mark: named(mark), run[0])
        slot, value = parts[0][0], " ".join(value for _, value in parts)
        slot = _slot(slot, value)
        earlier = sum(base_of(known) == slot for known, _ in found)
        found.append((numbered(slot, earlier + 1), value))
        return "{" + found[-1][0] + "}"

    text = _SPACES.sub(" ", _MARKS.sub(named, _SPACES.sub(" ", rest))).strip()
    text = re.sub(r" +([,.?!;:])", r"\1", text)
    addressed = _VOCATIVE.search(text)
    if addressed and base_of(found[-1][0]) == "name" and not _INTRODUCES.search(addressed["lead"]):
        text = _VOCATIVE.sub(lambda m: (m["lead"] + m["rest"]).strip(), text)
        found.pop()
    return Scrubbed(text, tuple(slot for slot, _ in found), tuple(value for _, value in found))


@cache
def _labels() -> frozenset[str]:
    """Short words that stand before a number and are no part of it."""
    return ordinary_words() | frozenset(
        ("ssn", "ac", "acc", "zip", "id", "ref", "tel", "ph", "mob", "car", "pnr", "year")
    )


def renamed(said: Scrubbed, kinds: Sequence[str]) -> Scrubbed:
    """A message whose slots are of these kinds, place by place; the second of a kind gets its number."""
    slots: list[str] = []
    for kind in kinds:
        slots.append(numbered(kind, 1 + sum(base_of(earlier) == kind for earlier in slots)))
    left = iter(slots)
    return Scrubbed(_PLACE.sub(lambda _: "{" + next(left) + "}", said.text), tuple(slots), said.values)


def numbered(slot: str, number: int) -> str:
    """The name of the so-manieth slot of a kind in one message or conversation."""
    return slot if number == 1 else f"{slot}_no_{number}"


def base_of(slot: str) -> str:
    """The kind of a slot: its name without the number."""
    return slot.partition("_no_")[0]


def _slot(slot: str, value: str) -> str:
    """The slot a value goes by; numbers and codes by how many signs they have, as the two are told apart by that."""
    if slot in (NUMBER, "code"):
        size = sum(c.isalnum() for c in value) if not _SPELT.fullmatch(value) else len(value.split())
        return f"{slot}_{min(size, 12)}"
    return slot
