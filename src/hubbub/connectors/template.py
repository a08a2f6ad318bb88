"""A request body with holes: compiled once to JSON with gaps, filled for each turn by joining bytes."""

import re
from typing import Any

from msgspec import Struct
from msgspec.json import encode

from hubbub.specs.option_rules import HOLE, HOLES, no_such_hole


class Filling(Struct, frozen=True, gc=False):
    """What the holes are filled with. `session` is None until the agent has named the conversation."""

    message: str
    messages: tuple[str, ...]
    session: str | None
    customer: str
    channel: str
    locale: str
    number: int
    message_id: str = ""  # empty unless the delivery probe is on
    callback: str = ""  # where the agent calls back to; empty where it does not


class _Whole(Struct, frozen=True):
    """A string that is one hole: the value goes in as it is, be it text, list, number or null."""

    name: str


class _Mixed(Struct, frozen=True):
    """A string with text around its holes: the values go in as text."""

    pieces: tuple[str | _Whole, ...]


Piece = bytes | _Whole | _Mixed


class Template(Struct, frozen=True):
    """A compiled body."""

    pieces: tuple[Piece, ...]

    @property
    def names_customer(self) -> bool:
        """Whether the customer is named, besides the session."""
        holes = (hole for p in self.pieces if not isinstance(p, bytes) for hole in _holes(p))
        return any(hole.name == "customer" for hole in holes)

    def fill(self, filling: Filling) -> bytes:
        """The body as JSON."""
        return b"".join([p if type(p) is bytes else _filled(p, filling) for p in self.pieces])


def _holes(piece: _Whole | _Mixed) -> tuple[_Whole, ...]:
    return (piece,) if isinstance(piece, _Whole) else tuple(p for p in piece.pieces if isinstance(p, _Whole))


def _filled(piece: Piece, filling: Filling) -> bytes:
    if isinstance(piece, _Whole):
        return encode(getattr(filling, piece.name))
    assert isinstance(piece, _Mixed)
    texts = [p if isinstance(p, str) else _as_text(getattr(filling, p.name)) for p in piece.pieces]
    return encode("".join(texts))


def _as_text(value: Any) -> str:
    if isinstance(value, tuple):
        return "\n".join(value)
    return "" if value is None else str(value)


def compile_template(body: Any, problems: list[str]) -> Template:
    """Compile a nested body; holes that there are none of are added to `problems`. `$$` stands for a dollar sign."""
    pieces: list[Piece] = []
    _compile(body, pieces, problems)
    return Template(tuple(_merged(pieces)))


def _compile(value: Any, pieces: list[Piece], problems: list[str]) -> None:
    if isinstance(value, str):
        pieces.append(_compile_text(value, problems))
    elif isinstance(value, dict):
        for position, (key, child) in enumerate(value.items()):
            pieces.append((b"," if position else b"{") + encode(str(key)) + b":")
            _compile(child, pieces, problems)
        pieces.append(b"}" if value else b"{}")
    elif isinstance(value, list | tuple):
        for position, child in enumerate(value):
            pieces.append(b"," if position else b"[")
            _compile(child, pieces, problems)
        pieces.append(b"]" if value else b"[]")
    else:
        pieces.append(encode(value))


def _compile_text(text: str, problems: list[str]) -> Piece:
    parts: list[str | _Whole] = []
    at = 0
    for match in HOLE.finditer(text):
        parts += [text[at : match.start()], _hole(match, problems)]
        at = match.end()
    parts = [part for part in (*parts, text[at:]) if part != ""]
    if len(parts) == 1 and isinstance(parts[0], _Whole):
        return parts[0]
    if all(isinstance(part, str) for part in parts):
        return encode("".join(str(part) for part in parts))
    return _Mixed(tuple(parts))


def _hole(match: re.Match[str], problems: list[str]) -> str | _Whole:
    name = match[1]
    if name is None:
        return "$"
    if name not in HOLES:
        problems.append(no_such_hole(name))
        return ""
    return _Whole(name)


def _merged(pieces: list[Piece]) -> list[Piece]:
    """Neighbouring bytes as one."""
    merged: list[Piece] = []
    for piece in pieces:
        if merged and isinstance(piece, bytes) and isinstance(merged[-1], bytes):
            merged[-1] += piece
        else:
            merged.append(piece)
    return merged
