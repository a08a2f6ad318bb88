"""What a customer's message in a log is for, as far as its words show."""

import re
from typing import Literal

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
_TAIL = 3  # words more than those of the act, and it still is no more than that act


def _opens(words: str) -> re.Pattern[str]:
    return re.compile(rf"^(?:{words})(?![\w'])[\s,.!]*", re.IGNORECASE)


_FILLER = _opens(rf"{_CIVIL}|please|then|very|the|for|your|my|and|its|it's|it|is|that|this|to|you|me|i")
_ACTS: tuple[tuple[Purpose, re.Pattern[str]], ...] = (
    ("negate", _opens(_NO)),
    ("thank", _opens(_THANKS)),
    ("bye", _opens(_BYE)),
    ("greet", _opens(_GREETING)),
    ("affirm", _opens(_YES)),
)
_NUDGE = re.compile(
    r"^\W*(?:\?+|(?:are|r) (?:you|u|we) (?:still )?(?:there|here|connected|online)|"
    r"(?:you|u|anyone|anybody|still) there|"
    r"hello\?+|any update|still waiting|i(?:'m| am|m) (?:still )?waiting)\W*$",
    re.I,
)
_GRATEFUL = re.compile(rf"^\W*(?:{_YES}[\s,.!]+)?{_THANKS}\b.{{0,60}}$", re.IGNORECASE)


def purpose_of(text: str, slots: tuple[str, ...], *, opened: bool) -> Purpose:
    """The purpose of a scrubbed message; before a matter was brought up, a nod or a no is no answer yet."""
    if opened and _NUDGE.match(text):
        return "nudge"
    if any(slot != "name" for slot in slots):
        return "told"
    rest, acts = text, []
    while rest:
        for act, pattern in _ACTS:
            match = pattern.match(rest)
            if match:
                acts.append(act)
                rest = rest[match.end() :]
                break
        else:
            match = _FILLER.match(rest) if acts else None
            if match is None or not match.end():
                break
            rest = rest[match.end() :]
    left = rest.split()
    if acts and len(left) <= (_TAIL if acts[0] in ("negate", "thank") else 0):
        return _foremost(acts)
    if not slots and _GRATEFUL.match(text):
        return "thank"
    if act_of((text,), first=False) == "ask_human":
        return "ask_human"
    return "told" if slots else "detail"


def _foremost(acts: list[Purpose]) -> Purpose:
    """What a message of several civilities is above all: a no before a thanks, a thanks before a bye."""
    return next(act for act in ("negate", "thank", "bye", "affirm", "greet") if act in acts)
