"""What fingers and habits do to words: one customer's way of writing, the same from its first message to its last.

Values that the customer tells are fenced off and stay as they are, so that an agent can read them.
"""

import re
from functools import lru_cache

from hubbub.chance import Stream
from hubbub.customers.customer import Style
from hubbub.customers.pack import Pack

OPEN, CLOSE = "\x01", "\x02"  # fences round a value
_FENCED = re.compile(f"({OPEN}[^{CLOSE}]*{CLOSE})")
_NEXT_SENTENCE = re.compile(r"[.?!] [^\W\d_]")
_END = ".?!,;:-…。？！、）～"
_WORD_SIGNS = 8  # of a language without spaces: a Japanese word with its particle (A)
_STRAY = re.compile(  # a space that stands in no value
    rf"({OPEN}[^{CLOSE}]*{CLOSE})|(?<=[\u3000-\u9fff\uff00-\uffef{CLOSE}]) +(?=[\u3000-\u9fff\uff00-\uffef{OPEN}])"
)


def fence(value: str) -> str:
    """A value that noise must leave alone."""
    return f"{OPEN}{value}{CLOSE}"


def unfence(text: str) -> str:
    """The text without fences."""
    return text.replace(OPEN, "").replace(CLOSE, "")


def roughen(text: str, style: Style, words: Pack, chance: Stream) -> str:
    """A text as this customer would type it, by the tables of its language."""
    if not words.spaced:
        text = _STRAY.sub(lambda m: m[1] or "", text)
    for changes in ((words.clipped if style.clipped else ()), (words.full if style.full else ())):
        for found, becomes in changes:
            text = found.sub(becomes, text)
    text = _cased(_ended(text, style, words), style, words)
    if OPEN not in text:
        return _typed(text, style, words, chance).strip()
    pieces = _FENCED.split(text)
    for index in range(0, len(pieces), 2):
        if pieces[index]:
            pieces[index] = _typed(pieces[index], style, words, chance)
    return unfence("".join(pieces)).strip()


def _ended(text: str, style: Style, words: Pack) -> str:
    """With or without a mark at the end. Never one after a value: it might be read as part of it."""
    if style.bare:
        return text.rstrip(f".?{words.stop}{words.ask}") or text
    if text[-1:] == CLOSE or text[-1:] in _END or text[-1:] in ")*":
        return text
    return f"{text}{words.ask if words.question.search(text) else words.stop}"


def _cased(text: str, style: Style, words: Pack) -> str:
    if style.lower:
        if OPEN not in text:
            return text.lower()
        return "".join([p if p[:1] == OPEN else p.lower() for p in _FENCED.split(text)])
    if words.capitals is not None:
        pieces = _FENCED.split(text)
        pieces[::2] = [words.capitals.sub(lambda m: m[0].capitalize(), piece) for piece in pieces[::2]]
        text = "".join(pieces)
    text = _NEXT_SENTENCE.sub(lambda m: m[0].upper(), text)
    return text[:1].upper() + text[1:]


def _typed(text: str, style: Style, words: Pack, chance: Stream) -> str:
    if style.short:
        text = _short_words(tuple(words.short), words.spaced).sub(lambda m: _shortened(m[0], words, chance), text)
    if style.unquoted:
        for sign, becomes in words.plain:  # few texts hold any: a translation looks at each letter
            text = text.replace(sign, becomes)
    if style.typos:
        spread = 1.0 - (1.0 - style.typos) ** _words(text, words)
        if chance.happens(spread):
            return _with_slip(text, words, chance)
    return text


def _words(text: str, words: Pack) -> int:
    """How many words a text has, roughly."""
    return (text.count(" ") if words.spaced else len(text) // _WORD_SIGNS) + 1


@lru_cache(maxsize=32)
def _short_words(known: tuple[str, ...], spaced: bool) -> re.Pattern[str]:
    options = "|".join(map(re.escape, sorted(known, key=len, reverse=True))) or r"(?!)"
    return re.compile(rf"(?i)\b({options})\b" if spaced else f"({options})")


def _shortened(word: str, words: Pack, chance: Stream) -> str:
    forms = words.short.get(word) or words.short.get(word.lower(), (word,))
    return chance.choice(forms)


def _with_slip(text: str, words: Pack, chance: Stream) -> str:
    """One ordinary word mistyped: a neighbouring key, a letter lost, doubled or swapped with the next."""
    whole = [word for word in words.slips if word in text]
    if whole:
        word = chance.choice(tuple(whole))
        return text.replace(word, chance.choice(words.slips[word]), 1)
    found = [m.span() for m in words.letters.finditer(text)]
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
