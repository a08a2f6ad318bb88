"""What a customer's message in a log is for, as far as its words show: enough to know who asked for a human."""

import re

from hubbub.model import Act
from hubbub.transcripts.gleaned import injects

_PERSON = (
    r"(?:human|person|agent|representative|rep|manager|supervisor|somebody|someone|colleague|operator|adviser|advisor)"
)
_LEAD = r"^\W*(?:(?:ok|okay|oh|alright|all right|great|perfect|no|nope|yes|nein|non|não|ja|sí|si)\b\W*){0,3}"
_ASKS_HUMAN = re.compile(
    rf"\b(?:speak|talk|chat|connect(?:ed)?|transfer(?:red)?|put me through|escalate|get|give)\b[^.?!]{{0,30}}"
    rf"\b(?:a |an |the |some |your |my )?(?:real |live |actual |human )?{_PERSON}\b"
    rf"|{_LEAD}(?:a )?(?:real |live |human )?{_PERSON}\W*(?:please|now)?\W*$"
    rf"|\b(?:want|need)\b (?:a |an |to (?:speak|talk) )?(?:real |live |human )+{_PERSON}?"
)
_DECLINES = re.compile(r"\b(?:don't|do not|no need|rather not|instead of|without)\b[^.?!]{0,25}$")
_PARTS = re.compile(
    rf"{_LEAD}(?:(?:many )?thank(?:s| you)|thx|ty\b|cheers|that's all|that is all|that's it"
    r"|danke|vielen dank|merci|gracias|muchas gracias|obrigad[oa]|grazie|tack\b"
    r"|dank (?:je|u)|bedankt|shukriya|dhanyavaad|ありがとう)"
    r"|^\W*(?:great|perfect)\b"
)
_LEAVES = re.compile(
    rf"{_LEAD}(?:bye|goodbye|good bye|see you|have a (?:nice|good|great)|tschüss|auf wiedersehen|au revoir|adiós|adios"
    r"|tchau|ciao|arrivederci|hej då|doei|tot ziens|さようなら)"
)


def act_of(texts: tuple[str, ...], first: bool) -> Act:
    """The act of a burst of messages."""
    said = " ".join(texts).lower()
    asks = _ASKS_HUMAN.search(said)
    if asks is not None and not _DECLINES.search(said[: asks.start()]):
        return "ask_human"
    if injects(said):
        return "inject"
    if first:
        return "open"
    if _LEAVES.match(said):
        return "bye"
    return "thank" if _PARTS.match(said) and len(said) < 120 else "inform"
