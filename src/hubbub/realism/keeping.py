"""How a corpus was kept: without capitals and marks, with letters and digits set apart. No difference of people."""

from collections.abc import Callable, Sequence

from hubbub.realism.features import apart, plainly

_SHARE = 0.98  # of a corpus kept in one way; a few lines always hold a stray mark
_LOOKED_AT = 1000  # messages
_TELLING = 20  # messages with a digit, from which on it says something that no letter touches one


def keeping_of(texts: Sequence[str]) -> Callable[[str], str]:
    """What brings another text into the shape that these were kept in; nothing where they are as people typed them."""
    texts = texts[:_LOOKED_AT]
    if sum(text == plainly(text) for text in texts) < _SHARE * len(texts):
        return str
    numbered = [text for text in texts if any(map(str.isdigit, text))]
    if len(numbered) < _TELLING or sum(text == apart(text) for text in numbered) < _SHARE * len(numbered):
        return plainly
    return lambda text: apart(plainly(text))
