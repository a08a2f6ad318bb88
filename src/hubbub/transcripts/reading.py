"""A log to conversations: rows that belong together, lists of messages, trajectories.

Rows that make no sense are told, with their line, and left out.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import chain, count
from math import isnan
from pathlib import Path
from typing import Any

from msgspec import Struct

from hubbub.errors import UsageError
from hubbub.model import EscalationExpectation
from hubbub.transcripts.columns import EVERYBODY_ELSE, Columns, Senders
from hubbub.transcripts.holders import exchange_of, messages_of, name_of
from hubbub.transcripts.messages import message
from hubbub.transcripts.moments import day_comes_first
from hubbub.transcripts.phone_chats import who_answers
from hubbub.transcripts.rows import Row, read_rows
from hubbub.transcripts.values import Labels, Message, Skipped, Transcript

_TRUE = ("true", "yes", "y", "t", "must")
_FALSE = ("false", "no", "n", "f", "must_not", "")

_MINUTE_S = 60
_PLAIN = Columns()  # of messages that we have put into the usual shape ourselves
_HELPDESK = "a bot speaks here, too, so 'agent' is taken for a person (--agent agent: it is none)"


class Log(Struct, frozen=True):
    """What a file holds: its conversations in the order in which they first appear, and the rows left out.

    `notes` say what was taken for granted in the reading.
    """

    transcripts: tuple[Transcript, ...]
    skipped: tuple[Skipped, ...]
    notes: tuple[str, ...] = ()


def read_log(path: Path, columns: Columns, senders: Senders) -> Log:
    """The conversations of a file, or of a folder's. Raises UsageError when one cannot be read, or there is none."""
    rows = read_rows(path)
    notes = list(rows.notes)
    if rows.chats and not senders.told:
        several = len({row.file for row in rows.values}) > 1
        spoke = [(row.file if several else row.value["conversation"], row.value["sender"]) for row in rows.values]
        agent = who_answers(spoke)
        senders = Senders((EVERYBODY_ELSE,), (agent,)) if agent else senders
        notes += [f"{agent!r} speaks in most chats and is taken for the agent (--agent says who is)"] if agent else []
    if senders.meet(columns.find(row.value, "sender") for row in rows.values if isinstance(row.value, dict)):
        notes.append(_HELPDESK)
    reading = _Reading(path, columns, senders, day_comes_first(_days(rows.values, columns)))
    for row in rows.values:
        reading.take(row)
    log = reading.log(notes)
    if not log.transcripts:
        first = "".join(f"\n  {skipped}" for skipped in log.skipped[:5])
        raise UsageError(f"{path} holds no conversation with a customer's words{first}")
    return log


def _days(rows: Iterable[Row], columns: Columns) -> Iterator[Any]:
    """What may tell how a log writes its dates: those of rows, and of messages that stand in conversations or lists."""
    left = [row.value for row in rows]
    while left:
        value = left.pop()
        if isinstance(value, dict):
            yield from (columns.find(value, "time"), value.get("date", value.get("Date")))
            left += messages_of(value, columns) or columns.lists(value) or ()
        elif isinstance(value, list):
            left += value


class _Gathered(Struct):
    """The rows of one conversation so far."""

    line: int
    messages: list[Message]
    labels: Labels
    who: str = ""


class _Reading:
    def __init__(self, path: Path, columns: Columns, senders: Senders, day_first: bool) -> None:
        self._day_first = day_first
        self._file = path.name
        self._stem = path.name.partition(".")[0]
        self._columns = columns
        self._senders = senders
        self._gathered: dict[str, _Gathered] = {}
        self._whole: dict[str, Transcript] = {}
        self._skipped: list[Skipped] = []
        self._read: set[int] = set()  # rows, by the hash of all that is in them
        self._again = 0

    def log(self, notes: Iterable[str] = ()) -> Log:
        """What was read; the messages of rows in the order of their times, where all have one."""
        rows = (
            Transcript(name, one.line, _in_order(one.messages), one.labels, who=one.who)
            for name, one in self._gathered.items()
        )
        found = sorted((*self._whole.values(), *rows), key=lambda transcript: transcript.line)
        judged = []
        for transcript in found:
            if any(m.sender == "customer" for m in transcript.messages):
                judged.append(transcript)
            else:
                self._skip(transcript.line, f"conversation {transcript.name!r} has no word of a customer")
        again = (f"{self._again} rows that stand in the log more than once were read once",) if self._again else ()
        skipped = tuple(sorted(self._skipped, key=lambda skipped: (skipped.file, skipped.line)))
        return Log(tuple(judged), skipped, (*notes, *again))

    def _skip(self, line: int, problem: str) -> None:
        self._skipped.append(Skipped(self._file, line, problem))

    def take(self, row: Row) -> None:
        """A value of the file: a message, a conversation, or a list of either."""
        if row.file:
            self._file, self._stem = row.file, row.file.partition(".")[0]
        if row.problem:
            self._skip(row.line, row.problem)
        elif isinstance(row.value, list):
            self._list(row.line, row.value)
        elif not isinstance(row.value, dict):
            self._skip(row.line, f"{type(row.value).__name__} instead of an object")
        elif self._columns.lists(row.value) is not None and not messages_of(row.value, self._columns):
            self._list(row.line, self._columns.lists(row.value) or [])
        elif messages_of(row.value, self._columns) or self._columns.find(row.value, "customer_texts"):
            self._conversation(row.line, row.value)
        else:
            self._message(row.line, row.value)

    def _list(self, line: int, values: list[Any]) -> None:
        if values and all(isinstance(v, dict) for v in values) and self._is_message_list(values):
            self._conversation(line, {"messages": values})
            return
        for value in values:
            if isinstance(value, list):
                self._conversation(line, {"messages": value})
            else:
                self.take(Row(line, value))

    def _is_message_list(self, values: list[dict[str, Any]]) -> bool:
        """Messages of one conversation: they say who speaks, and not in which conversation."""
        find = self._columns.find
        return all(find(v, "sender") is not None and find(v, "conversation") is None for v in values)

    def _conversation(self, line: int, value: Mapping[str, Any]) -> None:
        """A conversation that stands whole in one value."""
        given, trial = name_of(value, self._columns), self._columns.find(value, "trial")
        texts = self._columns.find(value, "customer_texts")
        listed = said = messages_of(value, self._columns)
        told = isinstance(self._columns.find(value, "messages"), str)  # in one text, and in the usual shape by now
        if not listed and isinstance(texts, list):
            listed = [{"role": "user", "content": text} for text in texts]
        name = self._new_name(given, trial)
        messages: list[Message] = []
        for place, one in enumerate(listed, 1):
            pair = exchange_of(one, self._columns) if isinstance(one, dict) else []
            for part in pair or [one]:
                known = _PLAIN if pair or told else self._columns
                made = self._read_message(part, known) if isinstance(part, dict) else "it is no object"
                if isinstance(made, str):
                    self._skip(line, f"message {place} of conversation {name!r}: {made}")
                elif made is not None:
                    messages.append(made)
        task = "" if given in (None, "") else str(given)
        earlier = self._whole.get(task) if trial is None else None
        if earlier is not None and earlier.messages == tuple(messages) and _knows_seconds(messages):
            self._again += 1
            return
        if earlier is not None and _grows(earlier.messages, messages):
            name, messages = task, max(messages, list(earlier.messages), key=len)
        who = str(self._columns.find(value, "who") or "")
        self._whole[name] = Transcript(name, line, tuple(messages), self._labels(line, value), bool(said), task, who)

    def _read_message(self, row: Mapping[str, Any], columns: Columns) -> Message | str | None:
        return message(row, columns, self._senders, self._day_first)

    def _new_name(self, given: Any, trial: Any = None) -> str:
        taken = len(self._whole) + len(self._gathered)
        name = f"{self._stem}-{taken + 1}" if given in (None, "") else str(given)
        if trial is not None:
            name = f"{name}-{trial}"
        others = (f"{name}-{number}" for number in count(taken + 1))
        return next(one for one in chain((name,), others) if one not in self._whole and one not in self._gathered)

    def _message(self, line: int, value: Mapping[str, Any]) -> None:
        """A row that is one message of a conversation that it names."""
        pair = exchange_of(value, self._columns)
        name = self._columns.find(value, "conversation")
        if pair and name in (None, ""):
            self._conversation(line, {"messages": [value]})
            return
        if name in (None, ""):
            self._skip(line, self._columns.missing(value, "conversation"))
            return
        known = _PLAIN if pair else self._columns
        read = [self._read_message(one, known) for one in pair or [value]]
        problem = next((made for made in read if isinstance(made, str)), None)
        if problem is not None:
            self._skip(line, problem)
            return
        if self._stands_twice(value, read):
            self._again += 1
            return
        labels = self._labels(line, value)
        gathered = self._gathered.setdefault(str(name), _Gathered(line, [], labels))
        gathered.labels = _joined(gathered.labels, labels)
        gathered.messages += (made for made in read if isinstance(made, Message))
        gathered.who = gathered.who or self._customer(value, read)

    def _stands_twice(self, value: Mapping[str, Any], read: Iterable[object]) -> bool:
        """Whether the same row was there before, with an id or the second: else people do say a thing twice."""
        if not _knows_seconds(read) and self._columns.find(value, "trace") in (None, ""):
            return False
        row = hash(repr(value))
        again = row in self._read
        self._read.add(row)
        return again

    def _customer(self, value: Mapping[str, Any], read: Iterable[object]) -> str:
        """Who the customer is, as far as a row of its own says so."""
        if not any(isinstance(made, Message) and made.sender == "customer" for made in read):
            return ""
        named = (self._columns.find(value, meaning) for meaning in ("who", "sender"))
        return next(
            (str(one) for one in named if one and isinstance(one, str | int) and self._senders.by_name(one)), ""
        )

    def _labels(self, line: int, value: Mapping[str, Any]) -> Labels:
        find = self._columns.find
        expected = find(value, "expected")
        decision = "may" if expected == "may" else None if expected is None else self._flag(line, "expected", expected)
        return Labels(
            persona=str(find(value, "persona") or ""),
            expected=_expectation(decision),
            escalated=self._flag(line, "escalated", find(value, "escalated")),
            resolved=self._flag(
                line, "resolved", _reward(value) if find(value, "resolved") is None else find(value, "resolved")
            ),
            queue=str(find(value, "queue") or ""),
        )

    def _flag(self, line: int, meaning: str, value: Any) -> bool | None:
        if value is None or isinstance(value, bool):
            return value
        text = str(value).strip().lower()
        if text in _TRUE or text in _FALSE:
            return None if text == "" else text in _TRUE
        with suppress(ValueError):  # a number, which a table has as text
            if not isnan(number := float(text)):
                return number >= 1
        self._skip(line, f"{meaning}: {text[:40]!r} is neither true nor false; the rest of the row is used")
        return None


def _knows_seconds(read: Iterable[object]) -> bool:
    """Whether a message has a time that is no whole minute."""
    return any(isinstance(made, Message) and (made.at_s or 0.0) % _MINUTE_S for made in read)


def _reward(value: Mapping[str, Any]) -> Any:
    """The reward where simulators keep it a floor deeper: tau2-bench's `reward_info`."""
    info = value.get("reward_info")
    return info.get("reward") if isinstance(info, dict) else None


def _expectation(decision: bool | str | None) -> EscalationExpectation | None:
    if decision is None:
        return None
    return EscalationExpectation(decision="may" if decision == "may" else "must" if decision else "must_not")


def _joined(one: Labels, other: Labels) -> Labels:
    """What two rows of a conversation say of it; a human called in any row was called."""
    return Labels(
        persona=one.persona or other.persona,
        expected=one.expected or other.expected,
        escalated=other.escalated if not one.escalated else one.escalated,
        resolved=other.resolved if other.resolved is not None else one.resolved,
        queue=one.queue or other.queue,
    )


def _grows(one: tuple[Message, ...], other: list[Message]) -> bool:
    """Whether one list is how the other begins: traces keep a conversation once more with every message."""
    least = min(len(one), len(other))
    return len(one) != len(other) and least > 0 and list(one[:least]) == other[:least]


def _in_order(messages: list[Message]) -> tuple[Message, ...]:
    if all(m.at_s is not None for m in messages):
        return tuple(sorted(messages, key=lambda m: m.at_s or 0.0))
    return tuple(messages)
