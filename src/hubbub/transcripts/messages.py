"""One message out of a row of a log, or of a list as chat APIs write them."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from html import unescape
from math import isfinite
from typing import Any, cast

from hubbub.model import ToolCall
from hubbub.transcripts.columns import Columns, Senders
from hubbub.transcripts.shapes import call_of, in_one_shape, words_of
from hubbub.transcripts.values import Message, Sender

_MILLISECONDS = 1e11  # a greater number of seconds would be the year 5138
_ERROR = re.compile(  # how answers of tools that failed begin
    r"\W{0,3}(?:error|exception|failed|failure|traceback|unauthori[sz]ed|forbidden|timed? ?out)\b"
    r"|\s*\{\s*\"(?:error\"\s*:\s*(?!null|false|\"\"|\{\}|\[\])|(?:success|ok)\"\s*:\s*false)",
    re.IGNORECASE,
)
_HTML = re.compile(
    r"\s*<(?:p|div|span|html|br)\b", re.IGNORECASE
)  # how a helpdesk's messages begin, where they are pages
_TAGS = re.compile(r"<[^<>]*>")
_ARGUMENTS = ("arguments", "input", "args", "input_parameters", "parameters")
_ZULU = re.compile(r" ?(?:UTC|GMT)$")
_SLASHED = re.compile(
    r"(?P<one>\d{1,2})/(?P<two>\d{1,2})/(?P<year>\d{4}),? (?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?"
    r" ?(?P<half>[AaPp][Mm])?"
)
_DOTTED = re.compile(_SLASHED.pattern.replace("/", r"\."))
_STAGE_MARKS = re.compile(r"#{3}[A-Z -]{2,30}#{3}")  # what simulated users of tau-bench say to end a conversation


def message(row: Mapping[str, Any], columns: Columns, senders: Senders) -> Message | str | None:
    """The message of a row; what is wrong with it; or None where it is nobody's, such as a system prompt."""
    row = in_one_shape(row)
    sender = columns.find(row, "sender")
    if sender in (None, ""):
        return f"no sender: there is no {columns.wanted('sender')}"
    side = senders.side(sender)
    if not side:
        return f"unknown sender {str(sender)[:40]!r}: say who it is with --customer, --agent or --person"
    if side == "nobody":
        return None
    content = columns.find(row, "text")
    text = plain(content)
    if text is None:
        return f"the text is {type(content).__name__}, not words"
    at_s = moment(columns.find(row, "time"))
    if isinstance(at_s, str):
        return at_s
    tools = (*_tools(columns.find(row, "tools")), *_tools_used(content)) if side == "agent" else ()
    if side == "tool" and row.get("requestor") == "user":
        return None  # of a tool of the customer's own, as tau2-bench has them
    if side == "tool":
        name = row.get("name")
        tools = (ToolCall(name),) if isinstance(name, str) and name else ()
        return Message("tool", text, at_s, tools, failed=_failed(row, text))
    trace = columns.find(row, "trace")
    if side == "customer":
        text = _STAGE_MARKS.sub("", text).strip()
    return Message(cast(Sender, side), text, at_s, tools, str(trace) if trace else "")


def _failed(row: Mapping[str, Any], text: str) -> bool:
    """Whether a tool's answer says that the call came to nothing: by a flag, or by how its text begins."""
    flag = next((row[key] for key in ("error", "is_error", "isError") if key in row), row.get("status") == "error")
    return flag is True or (isinstance(flag, str) and bool(flag)) or _ERROR.match(text) is not None


def plain(content: Any) -> str | None:
    """The words of a message's content: text, a list of parts, or nothing. None when it is something else."""
    if content is None:
        return ""
    if isinstance(content, str):
        return unescape(_TAGS.sub(" ", content)).strip() if _HTML.match(content) else content
    if isinstance(content, int | float):
        return str(content)
    if isinstance(content, list):
        parts = [words_of(part) for part in content]
        return "\n".join(part for part in parts if part)
    return None


def _tools(calls: Any) -> tuple[ToolCall, ...]:
    """Tool calls as chat APIs write them, as names, or as JSON text of either."""
    if isinstance(calls, str):
        try:
            calls = json.loads(calls) if calls.strip()[:1] in ("[", "{") else [c for c in calls.split(",") if c.strip()]
        except ValueError:
            return ()
    found = [_tool(call) for call in (calls if isinstance(calls, list) else [calls] if calls else [])]
    return tuple(tool for tool in found if tool is not None)


def _tool(call: Any) -> ToolCall | None:
    if isinstance(call, str):
        return ToolCall(call.strip())
    if not isinstance(call, dict):
        return None
    said = call["function"] if isinstance(call.get("function"), dict) else call
    name, arguments = said.get("name"), next((said[k] for k in _ARGUMENTS if k in said), "")
    if not isinstance(name, str) or not name:
        return None
    return ToolCall(name, arguments if isinstance(arguments, str) else json.dumps(arguments))


def _tools_used(content: Any) -> tuple[ToolCall, ...]:
    """Tool calls that stand among the parts of a content."""
    parts = content if isinstance(content, list) else []
    found = [_tool(call_of(part)) for part in parts]
    return tuple(tool for tool in found if tool is not None)


def moment(value: Any) -> float | str | None:
    """Seconds since 1970 from a number (also of milliseconds) or an ISO 8601 time; what is wrong; or None."""
    if value is None or value == "":
        return None
    try:
        number = float(value)
    except (TypeError, ValueError):
        pass
    else:
        if not isfinite(number):
            return f"the time {value} is no moment"
        return number / 1000 if number > _MILLISECONDS else number
    written = _SLASHED.fullmatch(str(value).strip()) or _DOTTED.fullmatch(str(value).strip())
    if written is not None:
        return _written_moment(written)
    try:
        at = datetime.fromisoformat(_ZULU.sub("+00:00", str(value).strip()))
    except ValueError:
        return f"the time {str(value)[:40]!r} is neither seconds nor like 2026-03-01T10:15:00Z"
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()


def _written_moment(found: re.Match[str]) -> float | str:
    """Of a date as spreadsheets write it: month first, unless that can be no month; before dots, the day."""
    one, two, hour = int(found["one"]), int(found["two"]), int(found["hour"])
    month, day = (two, one) if one > 12 or found.re is _DOTTED else (one, two)
    if found["half"]:
        hour = hour % 12 + (12 if found["half"].lower() == "pm" else 0)
    try:
        at = datetime(int(found["year"]), month, day, hour, int(found["minute"]), int(found["second"] or 0), tzinfo=UTC)
    except ValueError:
        return f"the time {found.group()!r} is no moment"
    return at.timestamp()
