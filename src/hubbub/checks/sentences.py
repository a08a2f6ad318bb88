"""Where in a reply a value stands: its place, its sentence, and the sentence before. All texts are in lower case."""

import re

_ENDS = re.compile(r"[.!?]\s|\n")
_BRACKETED = re.compile(r"(?:[^\W\d_]+[ -]){1,3}\((?:\w+ )?$")  # what a value in brackets is of: the words before them
_MARKS = ".,:"


def place(text: str, value: str) -> int:
    """Where a value stands in a text and is no end of a longer number, as "4 hours" is of "24 hours"; else -1."""
    at = text.find(value)
    while at > 0 and value[:1].isdigit() and _goes_on(text[max(0, at - 2) : at]):
        at = text.find(value, at + 1)
    return at


def _goes_on(before: str) -> bool:
    """Whether what stands before a digit belongs to its number."""
    return before[-1:].isdigit() or (before[-1:] in _MARKS and before[:1].isdigit())


def sentence_of(text: str, value: str) -> str:
    """The sentence that holds a value; of one in brackets the words before it; the whole text where it is not there."""
    at = place(text, value)
    if at < 0:
        return text
    named = _BRACKETED.search(text[:at])
    if named is not None:
        return text[named.start() : at + len(value)]
    start = 0
    for end in _ENDS.finditer(text, 0, at):
        start = end.end()
    stop = _ENDS.search(text, at + len(value))
    return text[start : stop.start() if stop else len(text)]


def sentence_before(text: str, sentence: str) -> str:
    """The sentence that this one follows: "Your refund is on its way. It takes 3 days." """
    before = text[: max(0, text.find(sentence))].rstrip(" .!\n")
    return re.split(_ENDS, before)[-1] if before else ""
