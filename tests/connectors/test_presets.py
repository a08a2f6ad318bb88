"""http-json as the platforms speak it, and the ways in which a body goes out."""

import msgspec
import pytest

from hubbub.clock import REAL
from hubbub.connectors.protocol import Caller
from hubbub.errors import UsageError
from hubbub.model import AgentSpec
from hubbub.registry import load

DIALOGFLOW = {
    "responseId": "r-1",
    "queryResult": {
        "responseMessages": [
            {"text": {"text": ["One moment."]}},
            {"liveAgentHandoff": {"metadata": {"reason": "asked"}}},
        ]
    },
}
LEX = {
    "sessionId": "s-1", "messages": [{"contentType": "PlainText", "content": "Bye."}, {"content": "See you."}],
    "sessionState": {"intent": {"name": "TalkToAgent", "state": "Fulfilled"}},
}  # fmt: skip
RASA = [{"recipient_id": "c", "text": "Hello."}, {"recipient_id": "c", "custom": {"handoff": True}}]


@pytest.fixture
async def said(servers, caller, seen, reply_of):
    """What a connector makes of a document, and the request that it sent."""
    held = []

    async def say(name, document, path, **options):
        port = await servers.answering(reply_of(msgspec.json.encode(document)))
        agent = AgentSpec(connector=name, url=f"http://127.0.0.1:{port}{path}", options=options)
        held.append(await load("connector", name)(agent, REAL))
        reply = await held[-1].session(caller).say(("hi & ho",), seen)
        head, body = servers.requests[-1]
        return reply, head.partition(b"\r\n")[0].decode(), body

    yield say
    for connector in held:
        await connector.close()


async def test_rasa(said):
    reply, line, body = await said("rasa-rest", RASA, "/webhooks/rest/webhook")
    assert (line, msgspec.json.decode(body)) == (
        "POST /webhooks/rest/webhook HTTP/1.1", {"sender": "run-7", "message": "hi & ho"}
    )  # fmt: skip
    assert (reply.text, [signal.state for signal in reply.signals]) == ("Hello.", ["initiated"])


async def test_lex(said):
    reply, line, body = await said("lex", LEX, "/bots/b/sessions/$customer/text")
    assert (line, msgspec.json.decode(body)) == ("POST /bots/b/sessions/run-7/text HTTP/1.1", {"text": "hi & ho"})
    assert (reply.text, reply.session) == ("Bye.\nSee you.", "s-1")
    assert [signal.state for signal in reply.signals] == ["initiated"]


async def test_dialogflow_cx(said):
    reply, line, body = await said("dialogflow-cx", DIALOGFLOW, "/v3/sessions/$customer:detectIntent")
    assert line == "POST /v3/sessions/run-7:detectIntent HTTP/1.1"
    assert msgspec.json.decode(body) == {"queryInput": {"text": {"text": "hi & ho"}, "languageCode": "en-US"}}
    assert (reply.text, reply.trace) == ("One moment.", "r-1")
    assert [signal.reason for signal in reply.signals] == ["asked"]


async def test_a_setting_of_the_workloads_own_wins(said):
    reply, _, body = await said("rasa-rest", {"answer": "Hi."}, "/", body={"q": "$message"}, reply={"text": "$.answer"})
    assert (reply.text, body) == ("Hi.", b'{"q":"hi & ho"}')


async def test_a_body_goes_out_as_a_form(said):
    body = {"From": "$customer", "Body": "$message", "Media": ["a", "b"], "None": None, "N": 1}
    _, _, sent = await said("http-json", {"reply": "x"}, "/", send="form", body=body)
    assert sent == b"From=run-7&Body=hi+%26+ho&Media=a&Media=b&N=1"


async def test_a_get_asks_in_its_query(said):
    _, line, sent = await said("http-json", {"reply": "x"}, "/ask?v=1", method="GET", body={"q": "$message"})
    assert (line, sent) == ("GET /ask?v=1&q=hi+%26+ho HTTP/1.1", b"")


def _caller(key):
    return Caller(1, key, "web-chat", "en-US")


async def test_a_name_in_the_address_cannot_leave_it(servers, seen, reply_of):
    port = await servers.answering(reply_of(b'{"reply": "x"}'))
    agent = AgentSpec(connector="http-json", url=f"http://127.0.0.1:{port}/s/$customer")
    connector = await load("connector", "http-json")(agent, REAL)
    await connector.session(_caller("a/../b c\r\nX: y")).say(("hi",), seen)
    await connector.close()
    assert servers.requests[0][0].startswith(b"POST /s/a%2F..%2Fb%20c%0D%0AX%3A%20y HTTP/1.1\r\n")


@pytest.mark.parametrize(
    "options", [{"method": "GET", "send": "json"}, {"send": "query"}, {"send": "form", "body": ["x"]}]
)
async def test_what_cannot_go_out_so_is_told(options):
    agent = AgentSpec(connector="http-json", url="http://127.0.0.1:1/", options=options)
    with pytest.raises(UsageError):
        await load("connector", "http-json")(agent, REAL)
