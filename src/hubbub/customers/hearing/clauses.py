"""A reply cut up: mark-up off, quotes and dashes made plain, sentences and their clauses apart."""

import re
import unicodedata
from html import unescape

from hubbub.customers.hearing.lexicon import Lexicon

EXAMINED_CHARS = 6000  # longer replies are read at both ends: a hand-off is said first or last
_HEAD, _TAIL = 4000, 2000
EXAMINED_SENTENCES = 1000
_TAG_CHARS = 60  # a longer question is no tag

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
_NUMBER = re.compile(r"\d[\da-z-]*\d(?:[a-f]{0,6}\b)?")
LATIN_WORD = re.compile(r"[a-z-]+")
_LATIN = bytes(c if chr(c).islower() or chr(c) == "-" else 32 for c in range(128)) + bytes(128)
_RULE = re.compile(r"^[ \t|:=_-]{3,}$", re.MULTILINE)


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


def latin_words(low: str) -> list[str]:
    """What LATIN_WORD finds in a text in lower case; in ASCII by a table of bytes, at a quarter of the cost."""
    if low.isascii():
        return low.encode("ascii").translate(_LATIN).decode("ascii").split()
    return LATIN_WORD.findall(low)


def without_numbers(low: str) -> str:
    """Lower-case text with every number and reference in it alike."""
    return _NUMBER.sub("0", low)


def lowered(text: str) -> str:
    """Lower case of the same length, so that places in one are places in the other."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c if len(c.lower()) != 1 else c.lower() for c in text)


def sentences(plain: str, lexicon: Lexicon) -> list[tuple[int, int, bool]]:
    """Where each sentence of a plain reply starts and ends (its marks included), and whether it opens a line."""
    found: list[tuple[int, int, bool]] = []
    start, opens_line = 0, True
    for mark in lexicon.boundary.finditer(plain):
        at, end = mark.span()
        if plain[end - 1] == "\n":
            if end > start + 1 and not plain[start:end].isspace():
                found.append((start, end, opens_line))
            opens_line = True
        elif end == at + 1 and plain[at] == "." and plain[start:at].rpartition(" ")[2].lower() in lexicon.abbreviations:
            continue
        else:
            found.append((start, end, opens_line))
            opens_line = False
            if len(found) >= EXAMINED_SENTENCES:
                return found
        start = end
    if start < len(plain):
        found.append((start, len(plain), opens_line))
    return found if lexicon.tag is None or "?" not in plain else _tagged(plain, found, lexicon.tag)


def _tagged(plain: str, found: list[tuple[int, int, bool]], tag: re.Pattern[str]) -> list[tuple[int, int, bool]]:
    """The sentences, each with the tag that follows it: "It's the blue one. Correct?"."""
    kept: list[tuple[int, int, bool]] = []
    for start, end, opens_line in found:
        short = kept and not opens_line and plain[end - 1] == "?" and len(plain[start:end].strip()) <= _TAG_CHARS
        if short and tag.match(plain, start, end) and "?" not in plain[kept[-1][0] : start]:
            kept[-1] = kept[-1][0], end, kept[-1][2]
        else:
            kept.append((start, end, opens_line))
    return kept


def halves(low: str, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Where each clause of a lower-case sentence starts and ends."""
    last = -1 if lexicon.tag is None else max(low.rfind(". "), low.rfind("! ")) + 1
    if last > 0 and lexicon.tag is not None and lexicon.tag.match(low, last):
        return [*_joined(low[:last], lexicon), (last, len(low))]
    return _joined(low, lexicon)


def _joined(low: str, lexicon: Lexicon) -> list[tuple[int, int]]:
    for cue in lexicon.joint_cues:
        if cue in low:
            break
    else:
        return [(0, len(low))]
    spans, start = [], 0
    for joint in lexicon.joint.finditer(low):
        if joint.start() > start:
            spans.append((start, joint.start()))
        start = joint.end()
    spans.append((start, len(low)))
    return spans
