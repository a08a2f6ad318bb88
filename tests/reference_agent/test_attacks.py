"""What no customer would send, and what must not hurt the others."""

import asyncio
import io
import json
from contextlib import suppress

import pytest

from hubbub.reference_agent.brain import answer
from hubbub.reference_agent.memory import Memory
from hubbub.reference_agent.reading import taken_in
from hubbub.reference_agent.sessions import Sessions
from tests.reference_agent.conftest import Serve

PATHS = {
    "/chat": {},
    "/v1/chat/completions": {},
    "/v1/responses": {},
    "/v1/messages": {"anthropic-version": "2023-06-01"},
    "/webhooks/sinch": {"X-Hubbub-Callback": "http://127.0.0.1:9"},
}
NESTED = b'{"messages": [], "metadata": {"a": ' + b"[" * 20_000 + b"]" * 20_000 + b"}}"
BODIES = (b"", b"null", b"[1]", b'{"session": "a"', b'{"session": "\xff\xfe", "message": "x"}', NESTED)
ENDLESS = ("a", "1", "1,", "a.", "(0", "a@a", "-", "\n", " ", "1 a ", "Xx ", "+1 ", "i will ", "is my ")


@pytest.mark.parametrize("path", PATHS)
async def test_a_body_that_is_no_document_is_refused_and_not_our_failure(served: Serve, path: str):
    async with served() as s:
        for body in BODIES:
            async with s.client.post(s.server.make_url(path), data=body, headers=PATHS[path]) as got:
                assert got.status == 400, body[:40]
                assert "error" in await got.json()
        assert s.truth == [], "nobody came"


@pytest.mark.parametrize("told", ["x", None, 5, []])
async def test_a_webhook_of_another_shape_is_no_failure_of_ours(served: Serve, told: object):
    message = {"contact_id": "c", "conversation_id": "v", "contact_message": {"text_message": told}}
    async with served() as s:
        url, asked = s.server.make_url("/webhooks/sinch"), {"app_id": "a", "project_id": "p", "message": message}
        async with s.client.post(url, json=asked, headers=PATHS["/webhooks/sinch"]) as got:
            assert got.status == (200 if told is None else 400)


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
async def test_a_wrong_method_is_told_so(served: Serve, method: str):
    async with served() as s, s.client.request(method, s.server.make_url("/chat")) as got:
        assert got.status == 405


async def test_a_body_beyond_a_megabyte_is_refused(served: Serve):
    async with served() as s:
        asked = io.BytesIO(json.dumps({"session": "a", "message": "a" * 2_000_000}).encode())
        async with s.client.post(s.server.make_url("/chat"), data=asked) as got:
            assert got.status == 413
        assert (await s.chat("a", "hi"))[0] == 200


@pytest.mark.parametrize("piece", ENDLESS)
def test_an_endless_message_is_read_in_part(piece: str):
    read = taken_in(piece * 200_000)
    assert len(read) <= 4_000
    assert max(map(len, read.split()), default=0) <= 120, "no word without end"
    for language in ("", "de"):
        memory = Memory(language=language, waiting_for=("address", "amount", "phone", "item", "name"))
        told = answer(memory, piece * 200_000).memory.slots
        assert all(len(value) <= 120 for value in told.values()), "and little of it is remembered"


@pytest.mark.parametrize(
    "text", ["", " \n ", "\x00", "👩‍👩‍👧‍👦" * 50, "مرحبا", "ｗｈｅｒｅ ｉｓ ｍｙ ｏｒｄｅｒ", "re\u200bfund", "é" * 500]
)
async def test_any_unicode_comes_back_as_a_reply(served: Serve, text: str):
    async with served() as s:
        status, got = await s.chat("me", text)
    assert status == 200
    assert got["reply"]


def test_an_ordinary_message_is_read_as_it_is():
    text = "I ordered a kettle.\n\nIt came broken, order A-48213, and I want my money back " * 3
    assert taken_in(text) == text


def test_long_names_do_not_fill_the_memory_and_are_still_told_apart():
    sessions = Sessions()
    for end in "ab":
        sessions.keep("x" * 500_000 + end, Memory(intent=end), 0.0)
    assert [sessions.remembered("x" * 500_000 + end).intent for end in "ab"] == ["a", "b"]
    assert [len(name) for name, _ in sessions.others("x" * 500_000 + "a")] == [32]


@pytest.mark.parametrize("header", [False, True])
async def test_the_same_message_id_of_another_customer_is_another_message(served: Serve, header: bool):
    async with served() as s:
        replies = []
        for session, text in (("a", "where is my order A-11111"), ("b", "i lost my card"), ("a", "where is it")):
            asked = {"session": session, "message": text} | ({} if header else {"message_id": "1"})
            headers = {"Idempotency-Key": "1"} if header else {}
            async with s.client.post(s.server.make_url("/chat"), json=asked, headers=headers) as got:
                replies.append((await got.json())["reply"])
    assert "A-11111" not in replies[1]
    assert replies[2] == replies[0], "to the same customer it is"


async def test_two_messages_of_a_session_at_once_are_two_turns_and_neither_is_lost(served: Serve):
    async with served(service_s=0.02) as s:
        said = ("where is my order", "A-22222")
        await asyncio.gather(*(s.chat("me", text) for text in said))
        _, third = await s.chat("me", "thanks")
    assert sorted(t.turn for t in s.truth) == [1, 2, 3]
    assert "order number" not in third["reply"]


async def _hang_up(s, session: str, after_s: float) -> None:
    _, writer = await asyncio.open_connection(s.server.host, s.server.port)
    body = json.dumps({"session": session, "message": "where is my order"}).encode()
    writer.write(b"POST /chat HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))
    await writer.drain()
    await asyncio.sleep(after_s)
    writer.transport.abort()


async def test_every_arrival_is_in_the_truth_once_also_of_those_who_hang_up_in_line(served: Serve):
    async with served(workers=1, queue=5, service_s=0.05, service_sigma=0.0) as s:
        gone = asyncio.gather(*(_hang_up(s, f"gone-{n}", 0.02) for n in range(3)))
        await asyncio.sleep(0.01)
        await asyncio.gather(gone, *(s.chat(f"s-{n}", "hi") for n in range(6)))
        while s.agent.capacity.busy:
            await asyncio.sleep(0.01)
    assert sorted(t.session for t in s.truth) == sorted([f"gone-{n}" for n in range(3)] + [f"s-{n}" for n in range(6)])
    assert {t.ended for t in s.truth if t.session.startswith("gone")} == {"gone"}
    assert {"whole", "busy"} == {t.ended for t in s.truth if t.session.startswith("s-")}
    for t in s.truth:
        assert t.arrival_s <= (t.first_s or t.arrival_s) <= t.end_s
        assert 0 <= t.queue_wait_s <= t.end_s - t.arrival_s


async def test_slow_senders_hold_no_worker(served: Serve):
    async with served(workers=1, queue=0) as s:
        lines = [await asyncio.open_connection(s.server.host, s.server.port) for _ in range(50)]
        for _, writer in lines:
            writer.write(b'POST /chat HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{"session": ')
            await writer.drain()
        assert (await s.chat("me", "hi"))[0] == 200
        for _, writer in lines:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()
    assert len(s.truth) == 1
