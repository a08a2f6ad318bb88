"""A reply cut into clauses: mark-up off, quotes and dashes made plain, sentences and their halves apart."""

import re
import unicodedata
from html import unescape

from msgspec import Struct

from hubbub.customers.hearing.lexicon import Lexicon

EXAMINED_CHARS = 6000  # longer replies are read at both ends: a hand-off is said first or last
_HEAD, _TAIL = 4000, 2000
_EXAMINED_CLAUSES = 1000
_STOPS = frozenset(".!?")
_MARGIN = " \t,\"'()"

_PLAIN = str.maketrans(
    {
        "‘": "'", "’": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
        "–": " - ", "—": " - ", "−": "-", "‑": "-", "‐": "-", "…": "...",
        "\u200b": None, "\u200c": None, "\u200d": None, "\ufeff": None, "\u00ad": None, "\ufe0f": None,
    }
)  # fmt: skip
_RANGE = re.compile(r"(?<=\w)\s*[–—]\s*(?=[\d$£€])")
_LINE_TAG = re.compile(r"<(?:br|/p|/li|/div|/h[1-6]|/tr)\b[^<>]{0,200}>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,400}>")
_LINK = re.compile(r"\[([^\[\]\n]{1,200})\]\((\S{1,400}?)\)")
_BULLET = re.compile(r"^[ \t]*(?:[-•·*>◦▪‣+]|\(?\d{1,2}[.)]|#{1,6})[ \t]+", re.MULTILINE)
_RULE = re.compile(r"^[ \t|:=_-]{3,}$", re.MULTILINE)


class Clause(Struct):
    """A stretch of a reply that says one thing. `text` is lower case; `start` is its place in the plain reply."""

    text: str
    start: int
    end: int
    question: bool
    opens_sentence: bool
    opens_line: bool
    stopped: bool  # ended by a full stop or its like


def plain_text(text: str) -> str:
    """The reply without mark-up, zero-width marks and typographic quotes; at most EXAMINED_CHARS of it."""
    if len(text) > EXAMINED_CHARS:
        text = f"{text[:_HEAD]}\n{text[-_TAIL:]}"
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _RANGE.sub("-", text).translate(_PLAIN))
    if "&" in text:
        text = unescape(text)
    if "<" in text:
        text = _TAG.sub("", _LINE_TAG.sub("\n", text))
    if "](" in text:
        text = _LINK.sub(r"\1 \2", text)
    if "\n" in text or text[:1] in "-*#1":
        text = _RULE.sub("", _BULLET.sub("", text))
    if "*" in text or "`" in text or "__" in text or "~~" in text:
        text = text.replace("*", "").replace("`", "'").replace("__", "").replace("~~", "")
    return text.strip()


def lowered(text: str) -> str:
    """Lower case of the same length, so that places in one are places in the other."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c if len(c.lower()) != 1 else c.lower() for c in text)


def cut(low: str, lexicon: Lexicon) -> list[Clause]:
    """Clauses of a lower-case plain reply, at most 1,000 of them."""
    clauses: list[Clause] = []
    start, opens_line = 0, True
    for found in lexicon.boundary.finditer(low):
        at, mark = found.start(), found.group()
        if mark == "." and low[start:at].rpartition(" ")[2] in lexicon.abbreviations:
            continue
        breaks = mark[0] == "\n"
        if at > start and _add(clauses, low, (start, at, found.end()), mark, opens_line, lexicon):
            opens_line = False
        if len(clauses) >= _EXAMINED_CLAUSES:
            return clauses
        start = found.end()
        opens_line = opens_line or breaks
    if start < len(low):
        _add(clauses, low, (start, len(low), len(low)), "", opens_line, lexicon)
    return clauses


def _add(
    clauses: list[Clause], low: str, span: tuple[int, int, int], mark: str, opens_line: bool, lexicon: Lexicon
) -> bool:
    """Adds the clauses of a sentence. `span`: its start, the end of its words, the end of its mark. False if none."""
    start, stop, end = span
    sentence = low[start:stop]
    opens_sentence = start == 0 or low[start - 1] != ";"
    before = len(clauses)
    for cue in lexicon.joint_cues:
        if cue in sentence:
            for found in lexicon.joint.finditer(sentence):
                body = low[start : span[0] + found.start()].strip(_MARGIN)
                if body:
                    clauses.append(Clause(body, start, span[0] + found.end(), False, opens_sentence, opens_line, False))
                    opens_sentence = opens_line = False
                start = span[0] + found.end()
            break
    body = low[start:stop].strip(_MARGIN)
    if body:
        clauses.append(Clause(body, start, end, "?" in mark, opens_sentence, opens_line, mark[:1] in _STOPS))
    return len(clauses) > before
