"""Replies that come as one JSON document: the same however they are cut, and a failure when they are not whole."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.fuzzing.breaking import cut
from hubbub.connectors.a2a_wire import TaskGathering
from hubbub.connectors.adk import EventGathering
from hubbub.connectors.anthropic_messages import MessageGathering
from hubbub.connectors.gathering import DocumentBody
from hubbub.connectors.langgraph_wire import RunGathering
from hubbub.connectors.openai_responses import ResponseGathering
from hubbub.connectors.openai_wire import ChatBody
from hubbub.connectors.rawbody import Unwatched
from hubbub.errors import ExchangeFailed

TEXT = "Grüße, 🚚 late."
DOCUMENTS = {
    "openai-chat": {"choices": [{"message": {"content": TEXT}, "finish_reason": "stop"}]},
    "openai-responses": {"id": "r", "status": "completed", "output": [{"content": [{"text": TEXT}]}]},
    "anthropic-messages": {"content": [{"type": "text", "text": TEXT}], "stop_reason": "end_turn"},
    "a2a": {"result": {"message": {"messageId": "m", "parts": [{"text": TEXT}]}}},
    "langgraph": {"messages": [{"type": "human", "content": "hi"}, {"type": "ai", "id": "2", "content": TEXT}]},
    "adk": [{"author": "helper", "content": {"role": "model", "parts": [{"text": TEXT}]}}],
}
GATHERINGS = {
    "openai-responses": ResponseGathering,
    "anthropic-messages": MessageGathering,
    "a2a": lambda: TaskGathering("r-1"),
    "langgraph": RunGathering,
    "adk": EventGathering,
}


def body_of(protocol, framed=True):
    if protocol == "openai-chat":
        return ChatBody("application/json", framed)
    return DocumentBody(GATHERINGS[protocol](), "application/json", framed)


def fed(protocol, pieces, framed=True):
    body = body_of(protocol, framed)
    for piece in pieces:
        assert not body.feed(piece, Unwatched())
    body.end()
    return body


@pytest.mark.parametrize("protocol", DOCUMENTS)
@given(places=st.lists(st.integers(0, 200), max_size=6))
def test_a_document_says_the_same_however_it_is_cut(protocol, places):
    whole = msgspec.json.encode(DOCUMENTS[protocol])
    body = fed(protocol, cut(whole, (min(place, len(whole)) for place in places)))
    assert (body.partial(), body.spoken) == (TEXT, True)


@pytest.mark.parametrize(("framed", "failure"), [(True, "malformed"), (False, "truncated")])
@pytest.mark.parametrize("protocol", DOCUMENTS)
def test_a_document_that_breaks_off_is_truncated_where_only_the_closing_ends_it(protocol, framed, failure):
    whole = msgspec.json.encode(DOCUMENTS[protocol])
    with pytest.raises(ExchangeFailed, match=failure):
        fed(protocol, [whole[:-2]], framed)


@pytest.mark.parametrize("protocol", DOCUMENTS)
def test_a_byte_order_mark_is_passed_over(protocol):
    whole = b"\xef\xbb\xbf" + msgspec.json.encode(DOCUMENTS[protocol])
    assert fed(protocol, [whole]).partial() == TEXT


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"reply": "hello"}'.encode("utf-16"), "this is UTF-16 or UTF-32"),
        ('{"reply": "hello"}'.encode("utf-16-be"), "this is UTF-16 or UTF-32"),
        ('{"reply": "hello"}'.encode("utf-32-le"), "this is UTF-16 or UTF-32"),
        (rb'{"reply": "on its way \ud83d"}', "half a character"),
        (rb'{"reply": "on its way \ud83d\n"}', "half a character"),
    ],
)
@pytest.mark.parametrize("framed", [True, False])
def test_what_is_no_utf8_is_named(text, says, framed):
    with pytest.raises(ExchangeFailed, match="malformed") as caught:
        fed("openai-chat", [text], framed)
    assert says in caught.value.detail


@pytest.mark.parametrize("cut", [1, 2, 6, 7, 8])
def test_a_document_that_breaks_off_within_an_emoji_is_cut_and_not_malformed(cut):
    with pytest.raises(ExchangeFailed, match="truncated"):
        fed("openai-chat", [rb'{"reply": "on its way \ud83d\ude9a'[:-cut]], framed=False)
