"""One message out of a row of a log, or of a list as chat APIs write them."""

import json
import re
from collections.abc import Mapping
from html import unescape
from typing import Any, cast

from hubbub.model import ToolCall
from hubbub.transcripts.columns import Columns, Senders
from hubbub.transcripts.moments import moment, with_its_day
from hubbub.transcripts.shapes import call_of, in_one_shape, words_of
from hubbub.transcripts.values import Message, Sender

_ERROR = re.compile(  # how answers of tools that failed begin
    r"\W{0,3}(?:error|exception|failed|failure|traceback|unauthori[sz]ed|forbidden|timed? ?out)\b"
    r"|\s*\{\s*\"(?:error\"\s*:\s*(?!null|false|\"\"|\{\}|\[\])|(?:success|ok)\"\s*:\s*false)",
    re.IGNORECASE,
)
_HTML = re.compile(
    r"\s*<(?:p|div|span|html|br)\b", re.IGNORECASE
)  # how a helpdesk's messages begin, where they are pages
_TAGS = re.compile(r"<[^<>]*>")
_WITHIN = ("text", "body", "content", "value", "message")  # where an object that is a content has its words
_ARGUMENTS = ("arguments", "input", "args", "input_parameters", "parameters")
_NOT_SAID = re.compile(  # what a mail program puts under a customer's words: its name, and the mail that is answered
    r"\n[ \t]{0,4}(?:sent from my [^\n]{1,40}|get outlook for [^\n]{1,20}|(?:von meinem|envoyé de mon|enviado desde mi"
    r"|inviato da) [^\n]{1,30}|on [^\n]{5,120} wrote:[ \t]{0,4}\n>.*|-{2,} ?original message ?-{2,}.*)\Z",
    re.IGNORECASE | re.DOTALL,
)
_STAGE_MARKS = re.compile(r"#{3}[A-Z -]{2,30}#{3}")  # what simulated users of tau-bench say to end a conversation


def message(
    row: Mapping[str, Any], columns: Columns, senders: Senders, day_first: bool = False
) -> Message | str | None:
    """The message of a row; what is wrong with it; or None where it is nobody's, such as a system prompt.

    `day_first`: a date such as 3/1/2026 is the third of January in this log.
    """
    row = in_one_shape(row)
    sender = columns.find(row, "sender")
    if sender in (None, ""):
        return columns.missing(row, "sender")
    side = senders.side(sender)
    if not side:
        return (f"unknown sender {str(sender)[:40]!r}: say who it is with --customer, --agent or --person "
                "(--customer '*': everybody else)")  # fmt: skip
    if side == "nobody":
        return None
    content = columns.find(row, "text")
    text = plain(content)
    if text is None:
        return f"the text is {type(content).__name__}, not words"
    if content is None and side != "tool" and not columns.has(row, "text") and not columns.find(row, "tools"):
        return columns.missing(row, "text")
    at_s = moment(with_its_day(columns.find(row, "time"), row.get("date", row.get("Date"))), day_first)
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
        text = _NOT_SAID.sub("", _STAGE_MARKS.sub("", text).strip()).strip()
    return Message(cast(Sender, side), text, at_s, tools, str(trace) if trace else "")


def _failed(row: Mapping[str, Any], text: str) -> bool:
    """Whether a tool's answer says that the call came to nothing: by a flag, or by how its text begins."""
    flag = next((row[key] for key in ("error", "is_error", "isError") if key in row), row.get("status") == "error")
    return flag is True or (isinstance(flag, str) and bool(flag)) or _ERROR.match(text) is not None


def plain(content: Any) -> str | None:
    """The words of a message's content: text, a list of parts, an object with a text, or nothing; None of all else."""
    if content is None:
        return ""
    if isinstance(content, str):
        return unescape(_TAGS.sub(" ", content)).strip() if _HTML.match(content) else content
    if isinstance(content, int | float):
        return str(content)
    if isinstance(content, list):
        parts = [words_of(part) for part in content]
        return "\n".join(part for part in parts if part)
    if isinstance(content, dict):  # {"type": "text", "text": "..."}, and WhatsApp's {"body": "..."}
        return next((plain(content[key]) for key in _WITHIN if content.get(key)), None)
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
