"""What fingers and habits do to words: one customer's way of writing, the same from its first message to its last.

Values that the customer tells are fenced off and stay as they are, so that an agent can read them.
"""

import re
from functools import lru_cache

from hubbub.chance import Stream
from hubbub.customers.customer import Style
from hubbub.customers.pack import Pack, pack

OPEN, CLOSE = "\x01", "\x02"  # fences round a value
_FENCED = re.compile(f"({OPEN}[^{CLOSE}]*{CLOSE})")
_WORD = re.compile(r"[a-z]{4,}")
_SENTENCE_START = re.compile(r"(?:^|[.?!] )([a-z])")
_END = ".?!,;:-…"


def fence(value: str) -> str:
    """A value that noise must leave alone."""
    return f"{OPEN}{value}{CLOSE}"


def unfence(text: str) -> str:
    """The text without fences."""
    return text.replace(OPEN, "").replace(CLOSE, "")


def roughen(text: str, style: Style, language: str, chance: Stream) -> str:
    """A text as this customer would type it."""
    words = pack(language)
    pieces = _FENCED.split(_cased(_ended(text, style, words), style))
    for index in range(0, len(pieces), 2):
        if pieces[index]:
            pieces[index] = _typed(pieces[index], style, words, chance)
    return unfence("".join(pieces)).strip()


def _ended(text: str, style: Style, words: Pack) -> str:
    """With or without a mark at the end. Never one after a value: it might be read as part of it."""
    if style.bare:
        return text.rstrip(".?") or text
    if text[-1:] == CLOSE or text[-1:] in _END or text[-1:] in ")*":
        return text
    return f"{text}{'?' if words.question.search(text) else '.'}"


def _cased(text: str, style: Style) -> str:
    if style.lower:
        return "".join(p if p[:1] == OPEN else p.lower() for p in _FENCED.split(text))
    return _SENTENCE_START.sub(lambda m: m[0].upper(), text)


def _typed(text: str, style: Style, words: Pack, chance: Stream) -> str:
    if style.short:
        text = _short_words(words.language).sub(lambda m: _shortened(m[0], words, chance), text)
    if style.unquoted:
        text = text.replace("'", "")
    if style.typos:
        spread = 1.0 - (1.0 - style.typos) ** (text.count(" ") + 1)
        if chance.happens(spread):
            return _with_slip(text, words, chance)
    return text


@lru_cache(maxsize=32)
def _short_words(language: str) -> re.Pattern[str]:
    options = sorted(pack(language).short, key=len, reverse=True)
    return re.compile(r"(?i)\b(" + "|".join(map(re.escape, options)) + r")\b")


def _shortened(word: str, words: Pack, chance: Stream) -> str:
    forms = words.short.get(word) or words.short.get(word.lower(), (word,))
    return chance.choice(forms)


def _with_slip(text: str, words: Pack, chance: Stream) -> str:
    """One ordinary word mistyped: a neighbouring key, a letter lost, doubled or swapped with the next."""
    found = [m.span() for m in _WORD.finditer(text)]
    if not found:
        return text
    start, end = chance.choice(found)
    at = start + 1 + chance.below(end - start - 2)
    kind = chance.below(4)
    if kind == 0:
        return text[:at] + _neighbour(text[at], words.keyboard, chance) + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at + 1 :]
    if kind == 2:
        return text[:at] + text[at] + text[at:]
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _neighbour(letter: str, keyboard: tuple[str, ...], chance: Stream) -> str:
    for row in keyboard:
        at = row.find(letter)
        if at >= 0:
            return chance.choice(row[max(0, at - 1) : at] + row[at + 1 : at + 2])
    return letter
