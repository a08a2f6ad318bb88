"""What a customer's message in a log is for, as far as its words show."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal

from hubbub.learning.civilities import CIVILITIES
from hubbub.transcripts.acts import act_of

Purpose = Literal["greet", "affirm", "negate", "thank", "bye", "nudge", "ask_human", "told", "detail"]
_CIVIL = (
    r"(?:sir|madam|mam|maam|ma'am|there|team|guys|dear|friend|everyone|mate|again|all|{name}|so much|a lot|very much)"
)
_GREETING = (
    r"(?:hi+|hii+|hello+|helo|hai+|hey+|hiya|yo|hola|greetings|good ?(?:morning|afternoon|evening|day)|morning|howdy)"
)
_THANKS = r"(?:thanks?(?: ?you| u)?|thank ?(?:you|u)|thankyou|thx|tks|tq|ty|cheers|many thanks|appreciate(?:d| it)?)"
_BYE = (
    r"(?:(?:good ?)?bye+|cya|see you|(?:have|you have) an? (?:\w+ ){1,3}(?:day|one|evening|night|weekend)|take care|"
    r"you too)"
)
_YES = (
    r"(?:yes+|yep|yeah|ye|ya|yup|ok(?:ay|ey|ie)?|k|sure|fine|great|good|perfect|alright|all right|right|correct|"
    r"exactly|confirm(?:ed)?|agreed|cool|awesome|excellent|nice|hm+|done|got it|of course|absolutely|sounds good|"
    r"please do|go ahead|no problem|understood|wow|oh|ah|i see|that'?s (?:fine|right|correct|ok|good))"
)
_NO = (
    r"(?:no+|nope|nah|nothing(?: else| more)?|not (?:really|now|right now|at the moment)|"
    r"that(?:'s|s| is| will be) (?:all|it)|i(?:'m| am|m) (?:good|fine|done|all set)|none|no need|that'll be all|"
    r"all good)"
)
_UNSPACED, _TAIL_SIGNS = ("ja",), 6  # where nothing stands between words; the same in signs
_TAIL = 3  # words more than those of the act, and it still is no more than that act


def _opens(words: str, *, spaced: bool = True) -> re.Pattern[str]:
    ends = r"(?![\w'])" if spaced else ""
    return re.compile(rf"^(?:{words}){ends}[\s,.!\u3001\u3002\uff01\u301c\u30fc]*", re.IGNORECASE)


_FILLERS = rf"{_CIVIL}|please|then|very|the|for|your|my|and|its|it's|it|is|that|this|to|you|me|i"
_ACTS: tuple[tuple[Purpose, str, str], ...] = (  # by its words in English, and the name of those of other languages
    ("negate", _NO, "no"),
    ("thank", _THANKS, "thank"),
    ("bye", _BYE, "bye"),
    ("greet", _GREETING, "greet"),
    ("affirm", _YES, "yes"),
)
_NUDGES = (
    r"(?:\?+|(?:are|r) (?:you|u|we) (?:still )?(?:there|here|connected|online)|"
    r"(?:you|u|anyone|anybody|still) there|"
    r"hello\?+|any update|still waiting|i(?:'m| am|m) (?:still )?waiting)"
)


class _Ear:
    """What civilities sound like in a language, and in English: that is mixed into many."""

    def __init__(self, language: str) -> None:
        own = CIVILITIES.get(language)
        spaced = language not in _UNSPACED
        edge = r"\b" if spaced else ""
        self.tail = _TAIL if spaced else _TAIL_SIGNS

        def either(english: str, name: str) -> str:
            return english if own is None else f"(?:{getattr(own, name)}|{english})"

        yes, thanks = either(_YES, "yes"), either(_THANKS, "thank")
        self.acts: Sequence[tuple[Purpose, re.Pattern[str]]] = [
            (act, _opens(either(words, name), spaced=spaced)) for act, words, name in _ACTS
        ]
        self.filler = _opens(either(_FILLERS, "filler"), spaced=spaced)
        self.nudge = re.compile(rf"^\W*{either(_NUDGES, 'nudge')}\W*$", re.IGNORECASE)
        self.human = re.compile(r"(?!)" if own is None else rf"{edge}(?:{own.human}){edge}", re.IGNORECASE)
        self.grateful = re.compile(rf"^\W*(?:{yes}[\s,.!]+)?{thanks}{edge}.{{0,60}}$", re.IGNORECASE)


_ear = cache(_Ear)


def purpose_of(text: str, slots: tuple[str, ...], *, opened: bool, language: str = "en") -> Purpose:
    """The purpose of a scrubbed message; before a matter was brought up, a nod or a no is no answer yet."""
    ear = _ear(language)
    if opened and ear.nudge.match(text):
        return "nudge"
    if any(slot != "name" for slot in slots):
        return "told"
    rest, acts = text, []
    while rest:
        for act, pattern in ear.acts:
            match = pattern.match(rest)
            if match:
                acts.append(act)
                rest = rest[match.end() :]
                break
        else:
            match = ear.filler.match(rest) if acts else None
            if match is None or not match.end():
                break
            rest = rest[match.end() :]
    left = rest if language in _UNSPACED else rest.split()
    if acts and len(left) <= (ear.tail if acts[0] in ("negate", "thank") else 0):
        return _foremost(acts)
    if not slots and ear.grateful.match(text):
        return "thank"
    if act_of((text,), first=False) == "ask_human" or ear.human.search(text):
        return "ask_human"
    return "told" if slots else "detail"


def _foremost(acts: list[Purpose]) -> Purpose:
    """What a message of several civilities is above all: a no before a thanks, a thanks before a bye."""
    return next(act for act in ("negate", "thank", "bye", "affirm", "greet") if act in acts)
