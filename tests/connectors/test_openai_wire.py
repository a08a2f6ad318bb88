"""Golden streams under every cut, and broken ones under every mutation."""

import random
import tracemalloc
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.connectors.openai_wire import ChatBody, ChatStream
from hubbub.errors import ExchangeFailed
from hubbub.model import ToolCall, Usage


def _line(**chunk):
    return b"data: " + msgspec.json.encode(chunk) + b"\n\n"


def _said(content, **more):
    return _line(id="c-1", choices=[{"index": 0, "delta": {"content": content}, **more}])


def _calls(*calls):
    return _line(choices=[{"index": 0, "delta": {"tool_calls": list(calls)}}])


DONE = b"data: [DONE]\n\n"
TEXT = (
    b": ping\n\n" + _line(id="c-1", choices=[{"index": 0, "delta": {"role": "assistant", "content": ""}}])
    + _said("Grüße, ") + _said("your order 🚚 is late.") + _said("", finish_reason="stop")
    + _line(id="c-1", choices=[], usage={"prompt_tokens": 9, "completion_tokens": 5}) + DONE
)  # fmt: skip
TOOLS = (
    _said("One moment.")
    + _calls({"index": 0, "id": "t-0", "function": {"name": "transfer_to_human", "arguments": ""}})
    + _calls({"index": 1, "id": "t-1", "function": {"name": "log", "arguments": "{}"}}, {"index": 0, "function": {"arguments": '{"reason": '}})  # noqa: E501
    + _calls({"index": 0, "function": {"arguments": '"angry"}'}})
    + _line(choices=[{"index": 0, "delta": {}, "finish_reason": "tool_calls"}])
)  # fmt: skip
CRLF = TEXT.replace(b"\n", b"\r\n")
GOLDEN = {"text": TEXT, "tools": TOOLS, "crlf": CRLF, "bom": b"\xef\xbb\xbf" + TEXT}


class _Silent:
    pool_wait_s = 0.0
    fresh_retries = 0

    def byte(self): ...
    def event(self): ...
    def text(self): ...


def _read(pieces):
    stream = ChatStream(100_000)
    for piece in pieces:
        if stream.feed(piece, _Silent()):
            break
    stream.end()
    said = stream.gathered
    return said.text, said.tools, said.finish, said.usage, said.trace, stream.done


EXPECTED = {
    "text": ("Grüße, your order 🚚 is late.", (), "stop", Usage(9, 5), "c-1", True),
    "tools": (
        "One moment.", (ToolCall("transfer_to_human", '{"reason": "angry"}'), ToolCall("log", "{}")), "tool_calls",
        None, "c-1", False,
    ),
}  # fmt: skip
EXPECTED |= {"crlf": EXPECTED["text"], "bom": EXPECTED["text"]}


@pytest.mark.parametrize("name", GOLDEN)
def test_golden_streams_read_whole_or_byte_by_byte_say_the_same(name):
    stream = GOLDEN[name]
    assert _read([stream]) == EXPECTED[name]
    assert _read([stream[i : i + 1] for i in range(len(stream))]) == EXPECTED[name]


@given(st.sampled_from(sorted(GOLDEN)), st.lists(st.integers(0, 1200), max_size=12))
def test_golden_streams_under_every_cut_say_the_same(name, cuts):
    stream = GOLDEN[name]
    places = sorted({min(cut, len(stream)) for cut in cuts} | {0, len(stream)})
    assert _read([stream[a:b] for a, b in pairwise(places)]) == EXPECTED[name]


@pytest.mark.parametrize(
    "stream",
    [
        b"",
        _said("half a sen"),
        _said("whole") + b'data: {"choices":[{"delta":{},"finish_reason":"st',
        _said("whole") + b"data: [DONE]",
        b": ping\n\n",
    ],
)
def test_a_stream_without_finish_reason_or_done_is_truncated(stream):
    with pytest.raises(ExchangeFailed, match="truncated"):
        _read([stream])


def test_either_proof_of_completion_is_enough():
    assert _read([_said("a") + DONE])[0] == "a"
    assert _read([_said("a", finish_reason="length")])[2] == "length"
    assert _read([b"data:\n\n" + _said("a") + b"data:  \n\ndata: [DONE] \r\n\r\n"])[0] == "a", "blanks are no fault"


@pytest.mark.parametrize(
    ("stream", "detail"),
    [
        (_line(error={"message": "model overloaded", "type": "server_error", "code": 503}), "server_error: 503: model overloaded"),  # noqa: E501
        (_said("a") + _line(error="out of memory"), "out of memory"),
        (b"event: error\ndata: it broke\n\n", "it broke"),
    ],
)  # fmt: skip
def test_an_error_in_the_stream_is_agent_error(stream, detail):
    with pytest.raises(ExchangeFailed) as caught:
        _read([stream])
    assert (caught.value.failure, caught.value.detail) == ("agent_error", detail)


@pytest.mark.parametrize("data", [b"hello", b"{", b'{"choices":3}', b"\xff", b"[" * 5000, b'{"id":' + b"[" * 5000])
def test_data_that_is_no_chunk_is_malformed(data):
    with pytest.raises(ExchangeFailed, match="malformed"):
        _read([b"data: " + data + b"\n\n"])


def test_only_the_first_choice_is_the_reply_and_refusals_are_text():
    both = _line(choices=[{"index": 1, "delta": {"content": "other"}}, {"index": 0, "delta": {"refusal": "No."}}])
    assert _read([both + DONE])[0] == "No."


def test_an_old_function_call_is_a_tool_call():
    old = _line(choices=[{"delta": {"function_call": {"name": "escalate", "arguments": "{}"}}}])
    assert _read([old + DONE])[1] == (ToolCall("escalate", "{}"),)


def _body(document):
    body = ChatBody("application/json")
    body.feed(document, _Silent())
    body.end()
    return body.gathered


def test_a_whole_completion_is_read_like_a_stream():
    said = _body(
        b'{"id":"c","choices":[{"message":{"content":[{"type":"text","text":"Hi"},{"type":"image"}],"tool_calls":'
        b'[{"id":"1","function":{"name":"a","arguments":"1"}},{"id":"2","function":{"name":"b","arguments":"2"}}]},'
        b'"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":1}}'
    )
    assert (said.text, said.tools) == ("Hi", (ToolCall("a", "1"), ToolCall("b", "2")))
    assert (said.finish, said.usage, said.trace) == ("stop", Usage(3, 1), "c")


def test_an_error_under_200_is_agent_error_and_no_choices_are_malformed():
    with pytest.raises(ExchangeFailed, match="agent_error: rate_limit: slow down"):
        _body(b'{"error": {"code": "rate_limit", "message": "slow down"}}')
    with pytest.raises(ExchangeFailed, match="malformed"):
        _body(b'{"choices": []}')


def _mutate(chance, stream):
    data = bytearray(stream)
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(data) + 1)
        match chance.randrange(6):
            case 0:
                data[at:at] = chance.randbytes(chance.randrange(1, 5))
            case 1:
                del data[at : at + chance.randrange(1, 20)]
            case 2:
                data[at : at + 1] = bytes([chance.randrange(256)])
            case 3:
                data[at:at] = chance.choice([b"\n\n", b"\r", b"data: ", b"[DONE]", b"{", b'"', b"null", b"\\ud800"])
            case 4:
                data[at:at] = data[chance.randrange(len(data) + 1) :][:50]
            case _:
                del data[at:]
    return bytes(data)


def _fuzz(count, seed):
    chance = random.Random(seed)
    outcomes = {}
    for _ in range(count):
        stream = _mutate(chance, chance.choice([TEXT, TOOLS, CRLF]))
        cut = chance.randrange(len(stream) + 1)
        try:
            _read([stream[:cut], stream[cut:]])
            outcome = "ok"
        except ExchangeFailed as error:
            outcome = error.failure
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
    return outcomes


def test_twenty_thousand_mutated_streams_each_end_in_one_outcome():
    outcomes = _fuzz(20_000, 1)
    assert outcomes.keys() <= {"ok", "malformed", "truncated", "agent_error", "too_large"}
    assert outcomes["malformed"] > 1000


def test_memory_is_bounded_whatever_comes():
    tracemalloc.start()
    stream = ChatStream(50_000)
    with pytest.raises(ExchangeFailed, match="too_large"):
        all(not stream.feed(b"data: " + b"x" * 1000, _Silent()) for _ in range(1000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000
