"""Phrases with choices: `[a|b]` one of these, `a^3` weighs three, `<rule>` a rule of the pack, `{name}` is filled in.

A phrase is compiled once and expanded with a stream of chance. Alternatives at the top need no brackets.
"""

import re
from collections.abc import Mapping
from itertools import product
from math import lcm, prod
from typing import Union

from msgspec import Struct

from hubbub.chance import Stream

_TOKENS = re.compile(r"[\[\]|]|<[^<>\[\]|]+>|\{\w+\}|[^\[\]|<{]+|[<{]")
_WEIGHT = re.compile(r"\^(\d+)\s*$")
_LOOSE = tuple((f" {mark}", mark) for mark in ",.?!;:")


class Fill(Struct, frozen=True):
    """A place to be filled in."""

    name: str


class Choice(Struct, frozen=True):
    """One of these, equally likely; a weight is a repetition."""

    options: tuple["Node", ...]


class Sequence(Struct, frozen=True):
    """These, one after the other."""

    backwards: tuple["Node", ...]  # the last first, as a stack wants them

    @property
    def parts(self) -> tuple["Node", ...]:
        """The parts in the order they are said."""
        return self.backwards[::-1]


Node = Union[str, Fill, Choice, Sequence]  # noqa: UP007 - the names are not defined yet when this is read
_MOST_WRITTEN_OUT = 512
_CHOICES_PER_DRAW = 6  # the whole part of luck * n picks, the fraction is luck anew; 512**6 leaves ten bits of it
_FRACTION = 0xFFFFFFFFFFFFFFFF
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
    return (options[0] if len(options) == 1 else _choice(options)), at


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
        weight = int(found[1])
        parts = [*parts[:-1], parts[-1][: found.start()]]
    return [parts[0] if len(parts) == 1 else _sequence(parts)] * weight


def _choice(options: list[Node]) -> Node:
    """A choice; one among few plain texts is written out, each as often as makes it as likely as before."""
    texts = [_texts(option) for option in options]
    even = lcm(*(len(found) for found in texts if found))
    if all(texts) and even * len(texts) <= _MOST_WRITTEN_OUT:
        return Choice(tuple(text for found in texts for text in found * (even // len(found))))
    return Choice(tuple(options))


def _sequence(parts: list[Node]) -> Node:
    """A sequence; one of few plain texts is written out, which saves draws when it is spoken."""
    texts = [_texts(part) for part in parts]
    if all(texts) and prod(map(len, texts)) <= _MOST_WRITTEN_OUT:
        written = tuple("".join(pieces) for pieces in product(*texts))
        return written[0] if len(written) == 1 else Choice(written)
    return Sequence(tuple(reversed(parts)))


def _texts(node: Node) -> tuple[str, ...]:
    """The equally likely texts of a part without places; none if it has places or is too large to be written out."""
    if isinstance(node, str):
        return (node,)
    if isinstance(node, Choice):
        texts = tuple(option for option in node.options if isinstance(option, str))
        return texts if len(texts) == len(node.options) else ()
    return ()


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
    """A text for a phrase, spaces put right. Raises KeyError for a place that has no filling."""
    return tidy(expand_raw(node, chance, fills))


def expand_raw(node: Node, chance: Stream, fills: Fills) -> str:
    """A text for a phrase, its spaces as they fall: for a part of a message that is put right as a whole."""
    pieces: list[str] = []
    stack: list[str | Node] = [node]
    luck, left = 0, 0
    while stack:
        top = stack.pop()
        if type(top) is str:  # half the price of isinstance, and most of the work
            pieces.append(top)
        elif type(top) is Choice:
            if not left:
                luck, left = chance.bits(), _CHOICES_PER_DRAW
            left -= 1
            luck *= len(top.options)
            stack.append(top.options[luck >> 64])
            luck &= _FRACTION
        elif type(top) is Sequence:
            stack.extend(top.backwards)
        elif type(top) is Fill:
            stack.append(fills[top.name])
    return "".join(pieces)


def tidy(text: str) -> str:
    """The text with single spaces, and none before a comma or a stop."""
    text = " ".join(text.split())
    for loose, tight in _LOOSE:
        if loose in text:
            text = text.replace(loose, tight)
    return text


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
