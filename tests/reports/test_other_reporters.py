"""What other programs read of a run: JUnit, CSV, OpenTelemetry and Prometheus, each held to a judge of its own kind."""

import asyncio
import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
import xmlschema
from google.protobuf import json_format
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from prometheus_client.parser import text_string_to_metric_families

from hubbub.errors import UsageError
from hubbub.journal import read_folder
from hubbub.model import Reply, Usage
from hubbub.reports.csv_files import write_csv
from hubbub.reports.junit import junit
from hubbub.reports.otlp import Origin, otlp_lines
from hubbub.reports.prometheus import Exposed, exposition
from hubbub.runs.beginning import began_at_s
from hubbub.runs.verdict import judge_run
from hubbub.stats.live import Live
from hubbub.traces import trace_of
from tests.made import closed, ended, failed, header, turn, write_run

JUNIT = xmlschema.XMLSchema(str(Path(__file__).with_name("junit.xsd")))
FORMULAS = ("=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\u00a0=1", "|cmd", '=HYPERLINK("http://x")',
            "\uff1d1+1", "\u3000\uff20SUM(A1)")  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_run(tmp_path / "peak-20260301T101500Z-7", ["turn_p50_s <= 0.1", "escalation_recall >= 0.99"], held=120)


def test_junit_keeps_the_shape_that_servers_read(folder: Path) -> None:
    text = junit(*judge_run(folder)).decode()
    JUNIT.validate(text)
    root = ElementTree.fromstring(text)
    assert int(root.get("failures", "0")) == len(root.findall(".//failure")) > 0
    assert int(root.get("tests", "0")) == len(root.findall(".//testcase")) >= 4


@pytest.mark.parametrize(("old", "new"), [(' name="', ' nom="'), ("<testcase", "<test"), ('tests="', 'tests="-')])
def test_the_schema_of_junit_refuses_what_has_another_shape(old: str, new: str, folder: Path) -> None:
    text = junit(*judge_run(folder)).decode()
    assert not JUNIT.is_valid(
        text.replace(old, new).replace("</testcase", new.replace("<", "</") if "<" in new else "</testcase")
    )


def test_csv_holds_every_conversation_and_turn(folder: Path) -> None:
    conversations, turns = (
        list(csv.DictReader(io.StringIO(path.read_text()))) for path in write_csv(folder, read_folder(folder))
    )
    assert (len(conversations), len(turns)) == (120, 360)
    assert {row["ending"] for row in conversations} == {"resolved", "escalated"}
    assert sum(row["outcome"] == "http_429" for row in turns) == judge_run(folder)[0].failures["http_429"] + sum(
        row["outcome"] == "http_429" for row in turns if float(conversations[int(row["number"])]["due_s"]) < 1
    )
    assert float(turns[0]["due_s"]) == 1.0


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_is_a_formula_in_a_spreadsheet(text: str, tmp_path: Path) -> None:
    records = (header(), turn(0, texts=(text,), reply=Reply(text=text), detail=text), ended(0, reason=text))
    for path in write_csv(tmp_path, records):
        cells = [cell for row in csv.reader(io.StringIO(path.read_bytes().decode(), newline="")) for cell in row]
        assert not [cell for cell in cells if cell.strip().startswith(("=", "+", "-", "@", "|", "\uff1d", "\uff20"))]
        assert any(text in cell for cell in cells)


def spans(lines: list[bytes]) -> list:
    """As the protocol's own message type reads them: an unknown field or a wrong type is an error."""
    found = []
    for line in lines:
        document = json.loads(line)
        for span in document["resourceSpans"][0]["scopeSpans"][0]["spans"]:
            for key in ("traceId", "spanId", "parentSpanId"):  # OTLP's JSON has these in hex, protobuf's in base64
                if key in span:
                    span[key] = json_format.MessageToDict(_bytes(bytes.fromhex(span[key])))
        found += json_format.ParseDict(document, ExportTraceServiceRequest()).resource_spans[0].scope_spans[0].spans
    return found


def _bytes(value: bytes):
    from google.protobuf.wrappers_pb2 import BytesValue

    return BytesValue(value=value)


def test_spans_are_what_opentelemetry_reads_and_lie_within_one_another(folder: Path) -> None:
    origin = Origin("run", "peak", 7, began_at_s(folder, read_folder(folder)))
    lines = list(otlp_lines(read_folder(folder), origin))
    assert len(lines) == 2
    read = spans(lines)
    roots = {span.span_id: span for span in read if not span.parent_span_id}
    assert (len(read), len(roots)) == (480, 120)
    assert len({span.span_id for span in read}) == 480
    for span in read:
        assert span.start_time_unix_nano <= span.end_time_unix_nano
        if span.parent_span_id:
            root = roots[span.parent_span_id]
            assert root.trace_id == span.trace_id
            assert root.start_time_unix_nano <= span.start_time_unix_nano
    assert 1_772_360_100 <= min(s.start_time_unix_nano for s in read) / 1e9 < 1_772_360_110  # 2026-03-01T10:15:00Z


def test_a_failed_turn_is_an_error_and_tokens_are_told_by_their_common_names() -> None:
    good = turn(3, reply=Reply(text="hi", status=200, usage=Usage(12, 34)))
    bad = failed("http_5xx", 3, turn=2, detail="500 oops")
    read = spans(
        list(otlp_lines((header(), good, bad, ended(3, failed_checks=("loop",)), closed(1)), Origin("r", "w", 1)))
    )
    root, first, second = read
    about = {a.key: a.value for a in first.attributes}
    assert about["gen_ai.usage.input_tokens"].int_value == 12
    assert about["gen_ai.usage.output_tokens"].int_value == 34
    assert about["gen_ai.conversation.id"].string_value == "r-3"
    assert [event.name for event in first.events] == ["first_byte", "first_text"]
    assert (second.status.code, second.status.message) == (2, "500 oops")
    assert {a.key: a.value.string_value for a in second.attributes}["error.type"] == "http_5xx"
    assert root.status.code == 2
    assert first.trace_id.hex() == trace_of("r-3").id
    assert first.span_id.hex() == trace_of("r-3").span(1)


LIVE = Live(started=9, ended=4, turns=20, right=3, wrong=1, failures={'od"d\\\n': 2}, recent_turn_s=(0.5, 1.0, 2.0))


def test_a_snapshot_is_what_prometheus_reads() -> None:
    families = {f.name: f for f in text_string_to_metric_families(exposition(LIVE, 12.5, 'pe"ak'))}
    assert families["hubbub_conversations_open"].samples[0].value == 5
    assert families["hubbub_conversations_open"].samples[0].labels == {"workload": 'pe"ak'}
    assert families["hubbub_failed_turns"].samples[0].labels["class"] == 'od"d\\\n'
    assert families["hubbub_turns"].type == "counter"
    quantiles = {s.labels["quantile"]: s.value for s in families["hubbub_recent_turn_seconds"].samples}
    assert quantiles["0.5"] == 1.0
    assert families["hubbub_recent_first_text_seconds"].samples == []


async def _get(port: int, request: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request)
    answer = await reader.read()
    writer.close()
    return answer


async def test_it_is_served_on_this_machine_while_the_run_goes_on() -> None:
    exposed = Exposed("peak")
    port = await exposed.open(0)
    try:
        assert b'hubbub_turns_total{workload="peak"} 0' in await _get(port, b"GET /metrics HTTP/1.1\r\n\r\n")
        exposed.tell(LIVE, 3.0)
        answer = await _get(port, b"GET /metrics?x=1 HTTP/1.1\r\nHost: x\r\n\r\n")
        head, _, body = answer.partition(b"\r\n\r\n")
        assert b"200 OK" in head
        assert f"Content-Length: {len(body)}".encode() in head
        assert b'hubbub_turns_total{workload="peak"} 20' in body
        assert b"404" in await _get(port, b"POST /metrics HTTP/1.1\r\n\r\n")
        assert await _get(port, b"x" * 40_000 + b"\r\n\r\n") == b""
        with pytest.raises(UsageError, match="cannot serve metrics"):
            await Exposed("other").open(port)
    finally:
        await exposed.close()
