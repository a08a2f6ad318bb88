"""Corpora of conversations, read from files as their owners keep them. Nothing of them is kept."""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from hubbub.errors import UsageError
from hubbub.realism.dialogue import Dialogue, act_of_intent
from hubbub.transcripts.columns import Columns, Senders
from hubbub.transcripts.messages import plain
from hubbub.transcripts.reading import read_log
from hubbub.transcripts.rows import Row, read_rows
from hubbub.transcripts.values import Skipped, Transcript

_PAIR = 2  # of a turn that is a list: its number and its words, perhaps its intents


def read_corpus(
    path: Path,
    columns: Columns | None = None,
    senders: Senders | None = None,
    tell: Callable[[Skipped], None] = lambda _: None,
) -> tuple[Dialogue, ...]:
    """The customers' side of a log, of whatever shape `hubbub judge` reads.

    Besides: rows that name no sender are customers' messages, those without a conversation each one of its own; and a
    conversation may be `turns` that are all the customer's, texts or lists [number, text, intents]. `tell` is called
    with each row that is left out. Raises UsageError for a file that cannot be read, or where nothing is left.
    """
    columns, senders = columns or Columns(), senders or Senders()
    rows = read_rows(path).values
    values = [row.value for row in rows if isinstance(row.value, dict)]
    left_out = _others(rows, lambda value: True, "not an object")
    if any(_only_customers(value) for value in values):
        found = tuple(_conversation(value["turns"]) for value in values if _only_customers(value))
        left_out = _others(rows, _only_customers, "no conversation that has `turns`, as others here have")
    elif values and not any(_has_speakers(value, columns) for value in values):
        _text_or_error(path, values, columns)
        found = tuple(_grouped(values, columns))
    elif values or any(isinstance(row.value, list) for row in rows):
        log = read_log(path, columns, senders)
        for skipped in log.skipped:
            tell(skipped)
        return tuple(_of(transcript) for transcript in log.transcripts)
    else:
        found = ()
    for skipped in left_out:
        tell(skipped)
    if not any(dialogue.texts for dialogue in found):
        first = "".join(f"\n  {Skipped(row.file, row.line, row.problem)}" for row in rows[:5] if row.problem)
        raise UsageError(f"{path} holds no customer's message{first}")
    return tuple(dialogue for dialogue in found if dialogue.texts)


def _others(rows: Iterable[Row], are_wanted: Callable[[dict[str, Any]], bool], why: str) -> list[Skipped]:
    """The rows that are nothing of what is wanted."""
    return [
        Skipped(row.file, row.line, row.problem or why)
        for row in rows
        if not (isinstance(row.value, dict) and are_wanted(row.value))
    ]


def _only_customers(value: dict[str, Any]) -> bool:
    """Whether a row is a conversation of which only the customer's side was kept, such as MultiDoGO's."""
    turns = value.get("turns")
    return isinstance(turns, list) and bool(turns) and all(isinstance(turn, str | list) for turn in turns)


def _has_speakers(value: dict[str, Any], columns: Columns) -> bool:
    """Whether a row says who speaks, or holds more than one message."""
    meanings = ("sender", "messages", "customer_texts", "asked")
    return any(columns.has(value, meaning) for meaning in meanings) or columns.lists(value) is not None


def _text_or_error(path: Path, values: list[dict[str, Any]], columns: Columns) -> None:
    if not any(columns.has(value, "text") for value in values):
        raise UsageError(f"{path}: {columns.missing(values[0], 'text')}")


def _conversation(turns: list[Any]) -> Dialogue:
    texts, acts = [], []
    for turn in turns:
        if isinstance(turn, str):
            texts.append(turn)
        elif len(turn) >= _PAIR and isinstance(turn[1], str):
            texts.append(turn[1])
            acts.append(act_of_intent(turn[2][0]) if len(turn) > _PAIR and turn[2] else "ood")
    return Dialogue(tuple(texts), tuple(acts) if len(acts) == len(texts) else ())


def _grouped(values: Iterable[dict[str, Any]], columns: Columns) -> Iterator[Dialogue]:
    """Messages as conversations, in the order in which they begin; of two at a time the rows may be mixed."""
    said: dict[object, list[str]] = {}
    for at, value in enumerate(values):
        name = columns.find(value, "conversation")
        texts = said.setdefault((at,) if name in (None, "") else str(name), [])
        texts += [text] if (text := plain(columns.find(value, "text"))) else []
    return (Dialogue(tuple(texts)) for texts in said.values())


def _of(transcript: Transcript) -> Dialogue:
    """A customer's messages, and how long after a reply each came that answers one, where the log has times."""
    said = tuple(m.text for m in transcript.messages if m.sender == "customer" and m.text.strip())
    answers = (
        later.at_s - earlier.at_s
        for earlier, later in pairwise(transcript.messages)
        if later.sender == "customer" and earlier.sender in ("agent", "person")
        and earlier.at_s is not None and later.at_s is not None
    )  # fmt: skip
    return Dialogue(said, (), tuple(answers))
