"""Secrets as they go over the wire: query, basic, tokens that run out, signatures; and shown nowhere."""

import asyncio
import base64
import hashlib
import hmac
import time

import pytest

from hubbub.clock import REAL
from hubbub.connectors.dialing import dial
from hubbub.connectors.protocol import Caller
from hubbub.connectors.signing import Signature
from hubbub.errors import ExchangeFailed, UsageError
from hubbub.model import AgentSpec, Auth, Hmac, OAuth2

SECRET = "s3cret/key"
OK = b'{"reply": "hello"}'


@pytest.fixture
async def by(monkeypatch):
    """A connector that proves who it is in one way."""
    monkeypatch.setenv("KEY", SECRET)
    held = []

    async def connected(port, **auth):
        url = f"http://127.0.0.1:{port}/chat"
        held.append(await dial(AgentSpec(connector="http-json", url=url, auth=Auth(secret_env="KEY", **auth)), REAL))
        return held[-1]

    yield connected
    for connector in held:
        await connector.close()


async def test_the_secret_may_go_into_the_query_and_then_stays_out_of_failures(servers, by, caller, seen, reply_of):
    told = f"no such key: {SECRET} and s3cret%2Fkey".encode()
    port = await servers.answering(reply_of(OK), reply_of(told, "403 Forbidden"))
    session = (await by(port, query="key")).session(caller)
    await session.say(("hi",), seen)
    assert servers.requests[0][0].startswith(b"POST /chat?key=s3cret/key HTTP/1.1")
    with pytest.raises(ExchangeFailed, match=r"no such key: \[secret\] and \[secret\]"):
        await session.say(("hi",), seen)


async def test_the_secret_may_be_a_password(servers, by, caller, seen, reply_of):
    port = await servers.answering(reply_of(OK))
    await (await by(port, basic_user="ann")).session(caller).say(("hi",), seen)
    coded = base64.b64encode(f"ann:{SECRET}".encode())
    assert b"Authorization: Basic " + coded in servers.requests[0][0]


async def test_each_body_is_signed_with_the_moment(servers, by, caller, seen, reply_of):
    how = Hmac(header="X-Sig", prefix="sha256=", over="$timestamp.$body", timestamp_header="X-At")
    port = await servers.answering(reply_of(OK))
    await (await by(port, hmac=how)).session(caller).say(("hi",), seen)
    head, body = servers.requests[0]
    lines = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:] if line)
    assert abs(int(lines[b"X-At"]) - time.time()) < 60
    signed = hmac.new(SECRET.encode(), lines[b"X-At"] + b"." + body, hashlib.sha256).hexdigest()
    assert lines[b"X-Sig"] == f"sha256={signed}".encode()


def test_a_signature_is_as_others_make_it():
    how = Hmac(header="X-Signature", algorithm="sha1", encoding="base64")
    # RFC 2202, test case 2 for HMAC-SHA-1
    expected = base64.b64encode(bytes.fromhex("effcdf6ae5eb2fa2d27416d5f184df9c259a7c79")).decode()
    assert Signature(how, "Jefe").lines(b"", b"what do ya want for nothing?") == f"X-Signature: {expected}\r\n".encode()


class _Bank:
    """An agent and a token endpoint on one port; tokens are numbered and live as long as it says."""

    def __init__(self, servers, reply_of, lives_s=3600.0):
        self.servers, self.reply_of, self.lives_s = servers, reply_of, lives_s
        self.given = 0
        self.refuses = ""

    async def script(self, reader, writer, number):
        while True:
            body = await self.servers.read(reader)
            head = self.servers.requests[-1][0]
            if head.startswith(b"POST /token"):
                self.given += 1
                token = b'{"access_token": "token-%d", "expires_in": %f}' % (self.given, self.lives_s)
                await asyncio.sleep(0.02)
                writer.write(
                    self.reply_of(token) if b"client_secret=s3cret%2Fkey" in body else self.reply_of(b"", "401 No")
                )
            elif self.refuses and self.refuses.encode() in head:
                writer.write(self.reply_of(f"{self.refuses} has expired".encode(), "401 Unauthorized"))
            else:
                writer.write(self.reply_of(OK))

    async def connector(self, by):
        port = await self.servers.serve(self.script)
        how = OAuth2(token_url=f"http://127.0.0.1:{port}/token", client_id="me", scope="chat")
        return await by(port, oauth2=how)


async def _say(connector, seen, number=1):
    return await connector.session(Caller(number, f"c-{number}", "web-chat", "en-US")).say(("hi",), seen)


async def test_two_hundred_turns_at_once_fetch_one_token(servers, by, seen, reply_of):
    bank = _Bank(servers, reply_of)
    connector = await bank.connector(by)
    await asyncio.gather(*(_say(connector, seen, number) for number in range(200)))
    assert bank.given == 1
    asked = [head for head, _ in servers.requests if head.startswith(b"POST /chat")]
    assert all(b"Authorization: Bearer token-1\r\n" in head for head in asked)
    form = next(body for head, body in servers.requests if head.startswith(b"POST /token"))
    assert form == b"grant_type=client_credentials&client_id=me&client_secret=s3cret%2Fkey&scope=chat"


async def test_a_token_that_has_run_out_is_renewed_once(servers, by, seen, reply_of):
    bank = _Bank(servers, reply_of, lives_s=0.0001)
    connector = await bank.connector(by)
    await _say(connector, seen)
    await asyncio.gather(*(_say(connector, seen, number) for number in range(20)))
    assert bank.given == 2


async def test_a_token_that_is_refused_is_shown_nowhere_and_not_used_again(servers, by, seen, reply_of):
    bank = _Bank(servers, reply_of)
    bank.refuses = "token-1"
    connector = await bank.connector(by)
    with pytest.raises(ExchangeFailed, match=r"http_4xx: 401 \[secret\] has expired"):
        await _say(connector, seen)
    assert (await _say(connector, seen)).text == "hello"
    assert bank.given == 2


async def test_a_token_that_is_taken_back_under_load_is_renewed_once(servers, by, seen, reply_of):
    bank = _Bank(servers, reply_of)
    connector = await bank.connector(by)
    await _say(connector, seen)
    bank.refuses = "token-1"
    failed = await asyncio.gather(*(_say(connector, seen, number) for number in range(50)), return_exceptions=True)
    assert {str(one)[:13] for one in failed} == {"http_4xx: 401"}
    replies = await asyncio.gather(*(_say(connector, seen, number) for number in range(50)))
    assert {reply.text for reply in replies} == {"hello"}
    assert bank.given == 2


async def test_a_customer_who_hangs_up_does_not_take_the_token_from_the_others(servers, by, seen, reply_of):
    connector = await _Bank(servers, reply_of).connector(by)
    first = asyncio.ensure_future(_say(connector, seen, 1))
    await asyncio.sleep(0)
    second = asyncio.ensure_future(_say(connector, seen, 2))
    await asyncio.sleep(0.005)
    first.cancel()
    assert (await second).text == "hello"


async def test_a_token_endpoint_that_fails_is_named_as_such(servers, by, seen, reply_of, monkeypatch):
    monkeypatch.setenv("KEY", "wrong")
    connector = await _Bank(servers, reply_of).connector(by)
    with pytest.raises(ExchangeFailed, match=r"http_4xx: from the token endpoint: 401"):
        await _say(connector, seen)


async def test_a_token_endpoint_elsewhere_must_be_allowed(monkeypatch):
    monkeypatch.setenv("KEY", SECRET)
    how = OAuth2(token_url="https://login.example.com/token", client_id="me")
    agent = AgentSpec(connector="http-json", url="http://127.0.0.1:1/", auth=Auth(secret_env="KEY", oauth2=how))
    with pytest.raises(UsageError, match=r"oauth2\.token_url: login\.example\.com is not this machine"):
        await dial(agent, REAL)
