"""What a customer's own words in a log tell of it: the numbers it goes by, and the word that an injection asks for."""

import re
from collections.abc import Iterable, Mapping

_NUMBER = r"#?(?=[\w-]*\d)[A-Za-z0-9][\w-]{3,}|[A-Z0-9]{6}(?![\w-])"
_CALLED: Mapping[str, str] = {  # slot, as hearing knows it, to what customers call it
    "order_id": "order|purchase",
    "account_number": "account|acct|customer",
    "booking_number": "booking|reservation|confirmation",
    "patient_number": "patient",
    "policy_number": "policy",
    "tracking_number": "tracking",
    "invoice_number": "invoice",
}
_GIVEN = {
    slot: re.compile(
        rf"\b(?i:{names})\b(?i:[ ]*(?:number|no\.?|num|nr\.?|id|code|ref(?:erence)?))?\s*"
        rf"(?i:(?:is|it's|was)\b)?[\s:=,#-]*({_NUMBER})"
    )
    for slot, names in _CALLED.items()
}
_NAMES = "|".join(_CALLED.values())
_SEVERAL = re.compile(  # words of one who has several of a thing, or another matter, or takes back what it said
    r"\b(?:another|others?|different|second|else)\b"
    rf"|\b(?:both|two|new|old|wrong|previous|last|also|either)\b[^.?!,\n]{{0,25}}\b(?:(?:{_NAMES})s?\b|ones?\b)"
    r"|\b(?:correction|meant|typo|mistyped|actually|mistake|sorry)\b[^.?!\n]{0,40}\d"
)
_INJECTS = re.compile(
    r"\b(?:ignore|forget|disregard|override|bypass)\b[^.?!]{0,40}\b(?:instructions?|rules|prompts?|guidelines|training"
    r"|policies|orders|told)\b|\bsystem(?: prompt| message| override)?\s*:"
    r"|\b(?:developer|admin|debug|god|jailbreak) mode\b"
    r"|\byou are now\b[^.?!]{0,60}\b(?:without|no|free|unrestricted|unlimited|limits|dan)\b"
)
_BIDS = re.compile(
    r"\b(?:say|reply|respond|answer|output|print|write|repeat|type|confirm)\b(?P<rest>[^\n?]{0,80})", re.IGNORECASE
)
_ODD = re.compile(r"(?<![\w-])(?=[\w-]*[A-Z])(?:[A-Z][A-Z0-9_-]{4,}|(?=[\w-]*\d)[A-Za-z0-9_-]{5,})(?![\w-])")


def numbers_of(texts: Iterable[str]) -> dict[str, str]:
    """The numbers that a customer calls its own, by slot; none of a kind of which it has, or may have, several."""
    said = "\n".join(texts)
    if _SEVERAL.search(said.lower()):
        return {}
    found = {slot: {one.lstrip("#") for one in given.findall(said)} for slot, given in _GIVEN.items()}
    return {slot: values.pop() for slot, values in found.items() if len(values) == 1}


def injects(text: str) -> bool:
    """Whether a message, in lower case, tells the agent to leave its instructions."""
    return _INJECTS.search(text) is not None


def canary_of(texts: Iterable[str]) -> str:
    """The odd word, in lower case, that an injection bids the agent say; empty where none does."""
    for text in texts:
        if not injects(text.lower()):
            continue
        words: list[str] = [word for bid in _BIDS.finditer(text) for word in _ODD.findall(bid["rest"])]
        if words:
            return words[-1].lower()
    return ""
