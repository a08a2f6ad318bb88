"""Corpora of conversations, read from files as their owners keep them. Nothing of them is kept."""

import csv
import gzip
import io
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec

from hubbub.errors import UsageError
from hubbub.realism.dialogue import Dialogue, act_of_intent

_CUSTOMER = ("customer", "user", "client", "visitor", "")
_KEYS = {
    "conversation": ("conversation", "conversation_id", "session", "session_id", "dialog_id", "id"),
    "sender": ("sender", "role", "speaker", "author", "from"),
    "text": ("text", "message", "content", "utterance", "query"),
    "time": ("time", "time_s", "t_s", "timestamp"),
}


def read_corpus(path: Path) -> tuple[Dialogue, ...]:
    """Read JSON Lines or CSV, also gzipped. Raises UsageError, with the line, for what cannot be read.

    A JSON line is a conversation (`turns`, each a text, a list [number, text, intents], or an object) or a message; a
    CSV row is a message. A message has a text and may have a conversation, a sender and seconds; of senders, only
    customers are kept. Messages without a conversation are conversations of one.
    """
    try:
        raw = path.read_bytes()
        text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {error}") from None
    named = path.name.removesuffix(".gz")
    found = tuple(_from_csv(path, text) if named.endswith(".csv") else _from_lines(path, text))
    if not found:
        raise UsageError(f"{path} holds no customer's message")
    return found


def _from_csv(path: Path, text: str) -> Iterator[Dialogue]:
    rows = list(csv.DictReader(io.StringIO(text)))
    if rows and _first(rows[0], "text") is None:
        raise UsageError(f"{path}:1: no column named {' or '.join(_KEYS['text'])}")
    yield from _grouped(rows)


def _from_lines(path: Path, text: str) -> Iterator[Dialogue]:
    loose: list[dict[str, Any]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = msgspec.json.decode(line)
        except msgspec.DecodeError as error:
            raise UsageError(f"{path}:{number}: {error}") from None
        if not isinstance(row, dict):
            raise UsageError(f"{path}:{number}: not an object")
        turns = next((value for value in row.values() if isinstance(value, list) and value), None)
        if turns is None:
            loose.append(row)
        elif dialogue := _conversation(turns):
            yield dialogue
    yield from _grouped(loose)


def _conversation(turns: list[Any]) -> Dialogue | None:
    texts, acts = [], []
    for turn in turns:
        if isinstance(turn, str):
            texts.append(turn)
        elif isinstance(turn, list) and len(turn) > 1 and isinstance(turn[1], str):
            texts.append(turn[1])
            acts.append(act_of_intent(turn[2][0]) if len(turn) > 2 and turn[2] else "ood")
        elif isinstance(turn, dict) and _is_customers(turn):
            texts.append(str(_first(turn, "text")))
    return Dialogue(tuple(texts), tuple(acts) if len(acts) == len(texts) else ()) if texts else None


def _grouped(rows: list[dict[str, Any]]) -> Iterator[Dialogue]:
    """Messages as conversations, in the order of the file."""
    keyed = [(str(_first(row, "conversation") or f"#{number}"), row) for number, row in enumerate(rows)]
    for _, found in groupby(keyed, key=lambda pair: pair[0]):
        texts = tuple(str(_first(row, "text")) for _, row in found if _is_customers(row))
        if texts:
            yield Dialogue(texts)


def _is_customers(row: dict[str, Any]) -> bool:
    return bool(_first(row, "text")) and str(_first(row, "sender") or "").lower() in _CUSTOMER


def _first(row: dict[str, Any], kind: str) -> Any:
    return next((row[name] for name in _KEYS[kind] if row.get(name) is not None), None)
