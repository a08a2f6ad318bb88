"""A run as OpenTelemetry spans: a trace per conversation, a span per turn, in OTLP's JSON encoding.

One ExportTraceServiceRequest a line, as the collector's file exporter writes and its `otlpjsonfile` receiver reads.
Attributes follow the semantic conventions for generative AI (`gen_ai.*`, `error.type`) where there is one, and are
named `hubbub.*` elsewhere. The ids are those of the `traceparent` that the agent was sent.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from hubbub import __version__
from hubbub.model import UNFAILED, Conversation, Finding, Record, Turn
from hubbub.traces import trace_of

FILE = "otlp.jsonl"
_CONVERSATIONS_A_LINE = 100
_CLIENT, _INTERNAL = 3, 1  # SPAN_KIND_*
_ERROR = 2  # STATUS_CODE_ERROR
Attribute = dict[str, Any]


class Origin(Struct, frozen=True):
    """What all spans of a run share. `began_at_s` is its start, in seconds since 1970 in UTC."""

    run_id: str
    workload: str
    seed: int
    began_at_s: float = 0.0


class _Status(Struct, frozen=True, omit_defaults=True):
    code: int = 0
    message: str = ""


class _Event(Struct, frozen=True, rename="camel"):
    time_unix_nano: str
    name: str
    attributes: Sequence[Attribute] = ()


class _Span(Struct, frozen=True, rename="camel", omit_defaults=True):
    trace_id: str
    span_id: str
    name: str
    kind: int
    start_time_unix_nano: str
    end_time_unix_nano: str
    parent_span_id: str = ""
    attributes: Sequence[Attribute] = ()
    events: Sequence[_Event] = ()
    status: _Status = _Status()


def otlp_lines(records: Iterable[Record], origin: Origin) -> Iterator[bytes]:
    """The export, line by line. A conversation without an ending is left out: it has no end to give its span."""
    turns: dict[int, list[Turn]] = {}
    findings: dict[int, list[Finding]] = {}
    spans: list[_Span] = []
    held = 0
    for record in records:
        if isinstance(record, Turn):
            turns.setdefault(record.number, []).append(record)
        elif isinstance(record, Finding):
            findings.setdefault(record.number, []).append(record)
        elif isinstance(record, Conversation):
            spans += _spans(record, turns.pop(record.number, []), findings.pop(record.number, []), origin)
            held += 1
            if held % _CONVERSATIONS_A_LINE == 0:
                yield _line(spans, origin)
                spans = []
    if spans:
        yield _line(spans, origin)


def _line(spans: list[_Span], origin: Origin) -> bytes:
    resource = {
        "service.name": "hubbub",
        "service.version": __version__,
        "hubbub.run.id": origin.run_id,
        "hubbub.workload": origin.workload,
        "hubbub.seed": origin.seed,
    }
    scope = {"scope": {"name": "hubbub", "version": __version__}, "spans": spans}
    whole = {"resourceSpans": [{"resource": {"attributes": _attributes(resource)}, "scopeSpans": [scope]}]}
    return msgspec.json.encode(whole) + b"\n"


def _spans(ended: Conversation, turns: list[Turn], findings: list[Finding], origin: Origin) -> Iterator[_Span]:
    key = f"{origin.run_id}-{ended.number}"
    about = {
        "gen_ai.operation.name": "invoke_agent",
        "gen_ai.conversation.id": key,
        "hubbub.conversation.number": ended.number,
        "hubbub.persona": ended.persona,
        "hubbub.stage": ended.stage,
        "hubbub.warm_up": ended.warm_up,
        "hubbub.ending": ended.ending,
        "hubbub.reason": ended.reason,
        "hubbub.escalation.expected": ended.expected,
        "hubbub.escalation.state": ended.escalated,
        "hubbub.failed_checks": ended.failed_checks,
    }
    wrong = ended.ending == "agent_failed" or bool(ended.failed_checks)
    trace = trace_of(key)
    yield _Span(
        trace_id=trace.id,
        span_id=trace.span(0),
        name=f"invoke_agent {ended.persona}",
        kind=_INTERNAL,
        start_time_unix_nano=_nanos(origin, ended.started_s),
        end_time_unix_nano=_nanos(origin, max(ended.started_s, ended.ended_s)),
        attributes=_attributes(about),
        events=[_found(finding, turns, ended, origin) for finding in findings],
        status=_Status(_ERROR, ", ".join(ended.failed_checks) or ended.reason) if wrong else _Status(),
    )
    for turn in turns:
        yield _turn_span(turn, key, origin)


def _turn_span(turn: Turn, key: str, origin: Origin) -> _Span:
    reply, usage = turn.reply, turn.reply.usage if turn.reply else None
    failed = turn.outcome not in UNFAILED
    about = {
        "gen_ai.operation.name": "chat",
        "gen_ai.conversation.id": key,
        "gen_ai.usage.input_tokens": usage.tokens_in if usage else None,
        "gen_ai.usage.output_tokens": usage.tokens_out if usage else None,
        "gen_ai.response.id": reply.trace or None if reply else None,
        "http.response.status_code": reply.status or None if reply else None,
        "error.type": turn.outcome if failed else None,
        "hubbub.turn": turn.turn,
        "hubbub.act": turn.act,
        "hubbub.outcome": turn.outcome,
        "hubbub.heard": turn.heard.acts if turn.heard else None,
        "hubbub.frustration": turn.frustration,
        "hubbub.due.delay_s": round(turn.sent_s - turn.due_s, 6),
        "hubbub.first_text_s": None if turn.first_text_s is None else round(turn.first_text_s - turn.due_s, 6),
    }
    over_s = max(turn.sent_s, turn.over_s if turn.over_s is not None else turn.sent_s)
    marks = (("first_byte", turn.first_byte_s), ("first_text", turn.first_text_s))
    trace = trace_of(key)
    return _Span(
        trace_id=trace.id,
        span_id=trace.span(turn.turn),
        parent_span_id=trace.span(0),
        name=f"chat {turn.act}",
        kind=_CLIENT,
        start_time_unix_nano=_nanos(origin, turn.sent_s),
        end_time_unix_nano=_nanos(origin, over_s),
        attributes=_attributes(about),
        events=[_Event(_nanos(origin, at_s), name) for name, at_s in marks if at_s is not None],
        status=_Status(_ERROR, turn.detail) if failed else _Status(),
    )


def _found(finding: Finding, turns: list[Turn], ended: Conversation, origin: Origin) -> _Event:
    at_s = next((turn.over_s for turn in turns if turn.turn == finding.turn), None)
    about = {"hubbub.check": finding.check, "hubbub.verdict": finding.verdict, "hubbub.reason": finding.reason,
             "hubbub.turn": finding.turn}  # fmt: skip
    return _Event(_nanos(origin, ended.ended_s if at_s is None else at_s), "finding", _attributes(about))


def _nanos(origin: Origin, at_s: float) -> str:
    """Nanoseconds since 1970, as OTLP's JSON writes 64-bit numbers: as text."""
    return str(max(0, round((origin.began_at_s + at_s) * 1_000_000) * 1000))


def _attributes(values: dict[str, Any]) -> list[Attribute]:
    return [{"key": key, "value": _value(value)} for key, value in values.items() if value is not None]


def _value(value: Any) -> dict[str, Any]:
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, int):
        return {"intValue": str(value)}
    if isinstance(value, float):
        return {"doubleValue": value}
    if isinstance(value, tuple):
        return {"arrayValue": {"values": [_value(item) for item in value]}}
    return {"stringValue": str(value)}
