"""The objects in a file, each with its line, whatever it is: JSON lines, a JSON document, CSV, or a phone's chat."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from hubbub.errors import UsageError
from hubbub.transcripts.phone_chats import is_phone_chat, messages_exported
from hubbub.transcripts.texts import text_of
from hubbub.transcripts.told import messages_told


class Row(Struct, frozen=True):
    """A value of the file and its line; `problem` says why it is none."""

    line: int
    value: Any = None
    problem: str = ""
    file: str = ""  # its name


class Rows(Struct, frozen=True):
    """All values of a file, or of the files of a folder. `notes` say what was taken for granted in reading them."""

    values: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    chats: bool = False  # they are a phone's, whose senders go by their own names


def files_of(path: Path) -> tuple[Path, ...]:
    """The file itself, or those of a folder in the order of their names, hidden ones left out."""
    if not path.is_dir():
        return (path,)
    found = tuple(sorted(file for file in path.iterdir() if file.is_file() and file.name[0] != "."))
    if not found:
        raise UsageError(f"{path} is a folder without files")
    return found


def read_rows(path: Path) -> Rows:
    """The values of a file, or of a folder's files, in order. Raises UsageError for one that cannot be read at all."""
    values: list[Row] = []
    notes: list[str] = []
    chats = []
    for file in files_of(path):
        read = text_of(file)
        notes += [read.note] if read.note else []
        chats.append(_is_told(file) and is_phone_chat(read.text))
        rows = _exported(read.text, file) if chats[-1] else _rows_of(read.text, file)
        values += (Row(row.line, row.value, row.problem, file.name) for row in rows)
    return Rows(tuple(values), tuple(notes), chats=all(chats))


def _is_told(path: Path) -> bool:
    """Whether a file may be a text that tells who said what."""
    return _kind(path) not in ("csv", "tsv", "json", "jsonl", "ndjson")


def _kind(path: Path) -> str:
    return path.name.removesuffix(".gz").rpartition(".")[2].lower()


def _exported(text: str, path: Path) -> Iterator[Row]:
    return (Row(line, value) for line, value in messages_exported(text, path.stem))


def _rows_of(text: str, path: Path) -> Iterator[Row]:
    kind = _kind(path)
    if kind in ("csv", "tsv"):
        return _csv_rows(text, path)
    whole = _whole_document(text)
    if whole is not None:
        return iter(whole)
    if _is_told(path) and messages_told(text):
        return iter((Row(1, {"conversation": path.stem, "transcript": text}),))
    if kind not in ("json", "jsonl", "ndjson") and text.lstrip()[:1] not in ("[", "{"):
        return _csv_rows(text, path)
    if kind == "json" and "\n{" not in text.strip():
        raise UsageError(f"{path}: not JSON: {_problem(text)}")
    return _json_lines(text)


def _whole_document(text: str) -> list[Row] | None:
    """The values of a file that is one JSON document over several lines or a list; None where it is not."""
    start = text.lstrip()[:1]
    if start not in ("[", "{") or (start == "{" and _first_line_is_whole(text)):
        return None
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return [Row(1, document)]


def _first_line_is_whole(text: str) -> bool:
    first, _, rest = text.strip().partition("\n")
    if not rest.strip():
        return False  # one line: a document, or the only line; either way the value is the same
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        return False
    return True


def _problem(text: str) -> str:
    try:
        json.loads(text)
    except (ValueError, RecursionError) as error:
        return str(error)
    return "nothing is wrong"


def _json_lines(text: str) -> Iterator[Row]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield Row(number, json.loads(line))
        except (ValueError, RecursionError) as error:
            yield Row(number, problem=f"not JSON: {error}")


def _csv_rows(text: str, path: Path) -> Iterator[Row]:
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))  # all of it is here already: a cell can be no more
    lines = text.split("\n", 1)[0]
    delimiter = max(",;\t|", key=lines.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        if not reader.fieldnames or len(reader.fieldnames) < 2:
            raise UsageError(f"{path}: the first line must name the columns, such as conversation,time,sender,text")
        for row in reader:
            extra = row.pop(None, None)
            line = reader.line_num - sum(value.count("\n") for value in (*row.values(), *(extra or ())) if value)
            if extra is not None:
                yield Row(line, problem=f"{len(extra)} more fields than the first line names")
            elif any(value is None for value in row.values()):
                yield Row(line, problem="fewer fields than the first line names")
            else:
                yield Row(line, {str(k).strip(): v for k, v in row.items()})
    except csv.Error as error:
        raise UsageError(f"{path}:{reader.line_num}: not CSV: {error}") from None
