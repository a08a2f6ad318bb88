"""What must appear in no output, and how it is taken out of a text, in whatever way it is written there."""

import json
from collections.abc import Iterator
from urllib.parse import quote, quote_plus

_SHOWN = "[secret]"
_SHORTEST = 4  # hiding every shorter text would blank out ordinary words
_BEGINNING = 8  # so much of a longer secret gives it away where a text was cut off in the middle of it
_LONG = 12


class Secrets:
    """The secrets of one agent's connector. Those that are fetched on the way are added when they are known."""

    __slots__ = ("_known", "_shapes")

    def __init__(self, *secrets: str) -> None:
        self._known: tuple[str, ...] = ()
        self._shapes: tuple[str, ...] = ()
        for secret in secrets:
            self.add(secret)

    def __bool__(self) -> bool:
        return bool(self._shapes)

    def __repr__(self) -> str:
        return f"Secrets({len(self._known)})"

    def add(self, secret: str) -> None:
        """Hide this one too, from now on."""
        if secret not in self._known:
            self._known += (secret,)
            shapes = {shape for one in self._known for shape in _shapes(one) if len(shape) >= _SHORTEST}
            self._shapes = tuple(sorted(shapes, key=len, reverse=True))  # one may begin with another

    def and_also(self, *more: str) -> "Secrets":
        """These and others, for what shares them no longer."""
        return Secrets(*self._known, *more)

    def hide(self, text: str) -> str:
        """A whole text without them."""
        for shape in self._shapes:
            if shape in text:
                text = text.replace(shape, _SHOWN)
        return text

    def hide_cut(self, text: str) -> str:
        """A text that may have been cut: without them, and without the beginning of a long one either."""
        return _without_beginnings(self.hide(text), [shape for shape in self._shapes if len(shape) >= _LONG])


def _shapes(secret: str) -> Iterator[str]:
    """As it is, and as it looks in a URL, in a form, in JSON, and in one line."""
    yield secret
    yield quote(secret, safe="")
    yield quote(secret)
    yield quote_plus(secret)
    yield json.dumps(secret)[1:-1]
    yield json.dumps(secret, ensure_ascii=False)[1:-1]
    yield " ".join(secret.split())


def _without_beginnings(text: str, shapes: list[str]) -> str:
    """The longest of them goes at each place: in several ways of writing a secret begins alike."""
    at = 0
    while places := [place for shape in shapes if (place := text.find(shape[:_BEGINNING], at)) >= 0]:
        at = min(places)
        alike = max(_alike(text[at:], shape) for shape in shapes)
        text = f"{text[:at]}{_SHOWN}{text[at + alike :]}"
        at += len(_SHOWN)
    return text


def _alike(text: str, shape: str) -> int:
    """How many letters both begin with."""
    return next((at for at, (one, other) in enumerate(zip(text, shape, strict=False)) if one != other), len(shape))
