"""Phrases with choices: `[a|b]` one of these, `a^3` weighs three, `<rule>` a rule of the pack, `{name}` is filled in.

A phrase is compiled once and expanded with a stream of chance. Alternatives at the top need no brackets.
"""

import re
from collections.abc import Mapping
from typing import Union

from msgspec import Struct

from hubbub.chance import Stream

_TOKENS = re.compile(r"[\[\]|]|<[^<>\[\]|]+>|\{\w+\}|[^\[\]|<{]+|[<{]")
_WEIGHT = re.compile(r"\^(\d+)\s*$")
_MOST_DIGITS = 7  # of a weight, which is as many entries in memory; so many customers of a log may say one thing
_LOOSE = re.compile(r" +([,.?!;]|:(?!\)))|(?<=[?!])[.,](?=\s|$)")
_MAY_BE_LOOSE = re.compile(r"[ ?!](?:(?<= )[,.?!;:]|(?<=[?!])[.,])")  # begins with a class, which is looked for fast


class Fill(Struct, frozen=True):
    """A place to be filled in."""

    name: str


class Choice(Struct, frozen=True):
    """One of these, equally likely; a weight is a repetition."""

    options: tuple["Node", ...]


class Sequence(Struct, frozen=True):
    """These, one after the other."""

    parts: tuple["Node", ...]


Node = Union[str, Fill, Choice, Sequence]  # noqa: UP007 - the names are not defined yet when this is read
Fills = Mapping[str, "str | Node"]


class GrammarError(ValueError):
    """A phrase of a pack that cannot be read, and why."""


def compile_phrase(text: str, rules: Mapping[str, Node]) -> Node:
    """A phrase as a tree. Raises GrammarError for an unknown rule or brackets that do not match."""
    tokens = _TOKENS.findall(" ".join(text.split()))
    node, at = _alternatives(tokens, 0, rules)
    if at != len(tokens):
        raise GrammarError(f"a bracket too many in {text!r}")
    return node


def compile_rules(texts: Mapping[str, str]) -> dict[str, Node]:
    """Rules in the order written; each may use those before it."""
    rules: dict[str, Node] = {}
    for name, text in texts.items():
        rules[name] = compile_phrase(text, rules)
    return rules


def _alternatives(tokens: list[str], at: int, rules: Mapping[str, Node]) -> tuple[Node, int]:
    options: list[Node] = []
    parts: list[Node] = []
    while at < len(tokens) and tokens[at] != "]":
        piece = tokens[at]
        at += 1
        if piece == "|":
            options += _weighted(parts)
            parts = []
        elif piece == "[":
            node, at = _alternatives(tokens, at, rules)
            if at >= len(tokens):
                raise GrammarError(f"a bracket is never closed: {''.join(tokens)!r}")
            parts.append(node)
            at += 1
        else:
            parts.append(_leaf(piece, rules))
    options += _weighted(parts)
    return (options[0] if len(options) == 1 else Choice(tuple(options))), at


def _leaf(piece: str, rules: Mapping[str, Node]) -> Node:
    if piece[0] == "{" and piece[-1] == "}":
        return Fill(piece[1:-1])
    if piece[0] == "<" and piece[-1] == ">":
        if piece[1:-1] not in rules:
            raise GrammarError(f"there is no rule {piece} before its use")
        return rules[piece[1:-1]]
    return piece


def _weighted(parts: list[Node]) -> list[Node]:
    """An alternative, as often as its weight says."""
    weight = 1
    if parts and isinstance(parts[-1], str) and (found := _WEIGHT.search(parts[-1])):
        if len(found[1]) > _MOST_DIGITS:
            raise GrammarError(f"a weight of {found[1][:20]}, which has more than {_MOST_DIGITS} digits")
        weight = int(found[1])
        parts = [*parts[:-1], parts[-1][: found.start()]]
    return [parts[0] if len(parts) == 1 else Sequence(tuple(parts))] * weight


def fills_in(node: Node) -> frozenset[str]:
    """The names of the places that a phrase may need filled."""
    if isinstance(node, str):
        return frozenset()
    if isinstance(node, Fill):
        return frozenset((node.name,))
    return frozenset().union(*map(fills_in, node.options if isinstance(node, Choice) else node.parts))


def options_of(node: Node) -> tuple[Node, ...]:
    """The alternatives at the top of a phrase."""
    return node.options if isinstance(node, Choice) else (node,)


def expand(node: Node, chance: Stream, fills: Fills) -> str:
    """A text for a phrase, its spaces as they fell. Raises KeyError for a place that has no filling."""
    pieces: list[str] = []
    _expand(node, chance, fills, pieces)
    return "".join(pieces)


def tidied(text: str) -> str:
    """The text with one space between words, none before a mark, and no stop behind a question's.

    Once for a message, however it was put together.
    """
    text = " ".join(text.split())
    return _LOOSE.sub(r"\1", text) if _MAY_BE_LOOSE.search(text) is not None else text


def turned(node: Node, place: int) -> Node:
    """The phrase with its first choice made by a place in the order of writing, so that the next place says another."""
    if isinstance(node, Choice):
        options = tuple(dict.fromkeys(node.options))
        return turned(options[place % len(options)], place // len(options))
    if isinstance(node, Sequence) and node.parts:
        return Sequence((turned(node.parts[0], place), *node.parts[1:]))
    return node


def _expand(node: Node, chance: Stream, fills: Fills, pieces: list[str]) -> None:
    while True:
        kind = type(node)
        if kind is str:
            pieces.append(node)  # type: ignore[arg-type]
            return
        if kind is Choice:
            node = chance.choice(node.options)  # type: ignore[union-attr]
        elif kind is Fill:
            node = fills[node.name]  # type: ignore[union-attr]
        else:
            break
    for part in node.parts:  # type: ignore[union-attr]
        if type(part) is str:
            pieces.append(part)
        else:
            _expand(part, chance, fills, pieces)


def spread(node: Node) -> int:
    """How many texts a phrase can give, fillings not counted."""
    if isinstance(node, Choice):
        return sum(map(spread, set(node.options)))
    if isinstance(node, Sequence):
        size = 1
        for part in node.parts:
            size *= spread(part)
        return size
    return 1
