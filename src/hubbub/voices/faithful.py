"""Whether words may stand for a decision: they hold every value it tells, make up none, and are a customer's."""

import re

from hubbub.customers.mind import value
from hubbub.tongues import foreign_tongue
from hubbub.voices.voice import Wanted

_LONGEST = 600
_LEAD = re.compile(r"^(?:customer|user|me|message|reply|answer)\s*:\s*", re.IGNORECASE)
_THOUGHT = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>", re.IGNORECASE | re.DOTALL)
_ANNOUNCED = re.compile(
    r"^(?:(?:sure|okay|certainly|of course)[,!.]? )?(?:here(?:'s| is)|this is) (?:the|a|my|your) [^:]{0,60}: ?",
    re.IGNORECASE,
)
_INSTRUCTION = re.compile(  # words of what the model was told, and of what it thinks
    r"you play a customer|rewrite the customer|(?:customer's|rewritten|rephrased) message\b|copy these exactly|"
    r"answer with the message alone|nothing added|(?:the|a) customer (?:came about|who writes)|the agent said|"
    r"</?think",
    re.IGNORECASE,
)
_QUOTES = "\"'\u201c\u201d`*"
_VALUE = re.compile(
    r"[\w.+-]+@[\w-]+\.[\w.]+|https?://\S+|\b(?=[\w-]*\d)[\w-]{3,}\b|[$\u20ac\u00a3]\s?\d[\d.,]*|\d+[.,]\d+"
)
_ENDS = ".,!?;:)\"'"  # of a sentence, which no value ends with
_AGENTS_WORDS = re.compile(
    r"\b(?:as an ai|language model|how (?:can|may) i (?:help|assist)|i(?:'m| am) here to help|"
    r"happy to (?:help|assist) you|"
    r"thank you for (?:contacting|reaching out|calling)|is there anything else i can|let me check that for you|"
    r"your (?:order|account|request) has been|dear customer)\b",
    re.IGNORECASE,
)


def tidied(words: str) -> str:
    """A model's answer as one message: without thoughts before it, quotes round it, a name in front, lines between."""
    text = " ".join(_THOUGHT.sub(" ", words).split())
    text = _LEAD.sub("", _ANNOUNCED.sub("", text))
    while len(text) > 1 and text[0] in _QUOTES and text[-1] in _QUOTES:
        text = text[1:-1].strip()
    return text


def objection(words: str, wanted: Wanted) -> str:
    """Why words may not be said, as the name of a count; empty when they may."""
    if not words or len(words) > _LONGEST:
        return "empty" if not words else "too_long"
    told = [value(wanted.customer, wanted.mind, slot) for slot in wanted.say.told]
    if any(not _holds(words, one) for one in told):
        return "value_missing"
    if _AGENTS_WORDS.search(words):
        return "not_a_customer"
    if _INSTRUCTION.search(words):
        return "instruction"
    if foreign_tongue(words, wanted.customer.locale.partition("-")[0].lower()):
        return "wrong_language"
    untold = (known for slot, known in wanted.customer.knows.items() if slot not in wanted.say.told)
    said = "\n".join((*wanted.texts, *told))
    if any(len(known) > 2 and _holds(words, known) and known not in said for known in untold):
        return "told_too_much"
    known = f"{said}\n{wanted.heard}"
    return "invented" if any(found.rstrip(_ENDS) not in known for found in _VALUE.findall(words)) else ""


def _holds(words: str, one: str) -> bool:
    """Whether a value stands in the words as it is, and not as a part of a longer one."""
    return re.search(rf"(?<!\w){re.escape(one)}(?!\w)", words) is not None
