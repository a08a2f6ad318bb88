"""The objects in a file, each with its line, whatever the file is: JSON lines, one JSON document, or CSV."""

import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from hubbub.errors import UsageError

_COMMENT = "#"


class Row(Struct, frozen=True):
    """A value of the file and its line; `problem` says why it is none."""

    line: int
    value: Any = None
    problem: str = ""


def read_rows(path: Path) -> Iterator[Row]:
    """The values of a file, in order. Raises UsageError for one that cannot be read at all."""
    text = _text(path)
    kind = path.name.removesuffix(".gz").rpartition(".")[2].lower()
    if kind in ("csv", "tsv"):
        return _csv_rows(text, path)
    whole = _whole_document(text)
    if whole is not None:
        return iter(whole)
    if kind not in ("json", "jsonl", "ndjson") and text.lstrip()[:1] not in ("[", "{"):
        return _csv_rows(text, path)
    if kind == "json" and "\n{" not in text.strip():
        raise UsageError(f"{path}: not JSON: {_problem(text)}")
    return _json_lines(text)


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
        if data[:2] == b"\x1f\x8b":
            data = gzip.decompress(data)
        wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")  # what spreadsheets save as "Unicode text"
        return data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8 text (byte {error.start}); save it as UTF-8") from None
    except (OSError, EOFError, zlib.error) as error:
        reason = "it is a folder" if path.is_dir() else getattr(error, "strerror", None) or error
        raise UsageError(f"{path} cannot be read: {reason}") from None


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
