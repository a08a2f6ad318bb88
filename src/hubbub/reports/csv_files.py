"""Conversations and turns as CSV, safe to open in a spreadsheet: what is text there stays text."""

import csv
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

from hubbub.model import Conversation, Record, Turn
from hubbub.written import writing

CONVERSATIONS, TURNS = "conversations.csv", "turns.csv"
_FORMULA = (*("=", "+", "-", "@", "\t", "\r", "\n", "|", "%"), *("\uff1d", "\uff0b", "\uff0d", "\uff20"))
_CONVERSATION = (
    *("number", "persona", "stage", "warm_up", "due_s", "started_s", "ended_s", "ending", "reason", "turns"),
    *("expected", "trigger", "escalated", "provenance", "escalated_turn", "escalated_after_s", "queue", "judged"),
    *("resolves", "unknown_replies", "failed_checks"),
)
_TURN = (
    *("number", "turn", "act", "told", "outcome", "detail", "due_s", "sent_s", "first_byte_s", "first_event_s"),
    *("first_text_s", "done_s", "over_s", "max_gap_s", "frustration", "overlap", "fresh_retries", "pool_wait_s"),
)
_TURN_WORDS = ("customer", "agent", "status", "trace", "heard", "asked")
Cell = str | int | float


def write_csv(folder: Path, records: Iterable[Record]) -> tuple[Path, Path]:
    """Write conversations.csv and turns.csv, in the order of the journals; returns where they are.

    Raises NotWritten.
    """
    paths = (folder / CONVERSATIONS, folder / TURNS)
    with writing(folder / CONVERSATIONS), ExitStack() as stack:
        files = [stack.enter_context(path.open("w", encoding="utf-8", newline="")) for path in paths]
        conversations, turns = (csv.writer(file, lineterminator="\r\n") for file in files)  # else \r is not quoted
        conversations.writerow(_CONVERSATION)
        turns.writerow((*_TURN, *_TURN_WORDS))
        for record in records:
            if isinstance(record, Conversation):
                conversations.writerow([_cell(getattr(record, name)) for name in _CONVERSATION])
            elif isinstance(record, Turn):
                turns.writerow([*(_cell(getattr(record, name)) for name in _TURN), *_words(record)])
    return paths


def _words(turn: Turn) -> Iterator[Cell]:
    reply, heard = turn.reply, turn.heard
    yield _cell("\n".join(turn.texts))
    yield _cell(reply.text if reply else "")
    yield _cell(reply.status if reply and reply.status else None)
    yield _cell(reply.trace if reply else "")
    yield _cell(heard.acts if heard else ())
    yield _cell(heard.asked if heard else ())


def _cell(value: object) -> Cell:
    """A value for a cell. Numbers stay numbers; text that a spreadsheet would take for a formula gets a quote mark.

    After OWASP's advice on CSV injection: a leading = + - @, also in the wide form that East Asian keyboards have, tab
    or line end, here also | and %.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    text = " ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    text = text.replace("\x00", "")
    return f"'{text}" if text.lstrip(" \u00a0\u3000\ufeff").startswith(_FORMULA) else text
