"""Signatures as AWS makes them: the vectors of its published test suite, and one of botocore's for Lex."""

import re

import pytest

from hubbub.clock import REAL
from hubbub.connectors.sigv4 import Keys, SigV4
from hubbub.errors import UsageError
from hubbub.model import AgentSpec, Auth
from hubbub.model import SigV4 as HowToSign
from hubbub.registry import load

SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
NOON = 1440938160.0  # 2015-08-30T12:36:00Z, the moment of all vectors
LEX = "/bots/B1/botAliases/TSTALIASID/botLocales/en_US/sessions/run%207%2F1/text"


def signed(request, host, body=b"", token="", region="us-east-1", service="service"):
    head = f"{request} HTTP/1.1\r\nUser-Agent: us\r\nHost: {host}\r\nContent-Length: ".encode()
    return SigV4(Keys("AKIDEXAMPLE", SECRET, region, service, token), lambda: NOON).lines(head, body).decode()


@pytest.mark.parametrize(
    ("request_line", "signature"),
    [  # aws-sig-v4-test-suite: get-vanilla, post-vanilla, get-vanilla-query-order-key-case
        ("GET /", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
        ("POST /", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
        ("GET /?Param2=value2&Param1=value1", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"),
    ],
)
def test_the_published_vectors(request_line, signature):
    lines = signed(request_line, "example.amazonaws.com")
    assert lines == (
        "x-amz-date: 20150830T123600Z\r\nAuthorization: AWS4-HMAC-SHA256 "
        "Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
        f"SignedHeaders=host;x-amz-date, Signature={signature}\r\n"
    )


def test_a_turn_for_lex_with_a_session_token_is_signed_as_botocore_1_44_signs_it():
    host, body = "runtime-v2-lex.eu-west-1.amazonaws.com", b'{"text":"hi & ho"}'
    lines = signed(f"POST {LEX}", host, body, "tok/en==", "eu-west-1", "lex")
    assert "x-amz-security-token: tok/en==\r\n" in lines
    assert "SignedHeaders=host;x-amz-date;x-amz-security-token" in lines
    assert "Signature=8df7d8c13824c0850f6a465bd26c98233869bf1ce17b9b030f9cf864109a11e5\r\n" in lines


async def test_the_lex_preset_signs_each_request_and_shows_no_secret(servers, caller, seen, reply_of, monkeypatch):
    for name, value in (("KEY", SECRET), ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"), ("TOKEN", "session-t0ken")):
        monkeypatch.setenv(name, value)
    port = await servers.answering(reply_of(b'{"messages": [{"content": "Hello."}]}'))
    auth = Auth(secret_env="KEY", sigv4=HowToSign(region="eu-west-1", session_token_env="TOKEN"))
    agent = AgentSpec(connector="lex", url=f"http://127.0.0.1:{port}/sessions/$customer/text", auth=auth)
    connector = await load("connector", "lex")(agent, REAL)
    assert (await connector.session(caller).say(("hi",), seen)).text == "Hello."
    head = servers.requests[0][0].decode()
    scope = r"AKIDEXAMPLE/\d{8}/eu-west-1/lex/aws4_request"
    assert re.search(rf"\r\nAuthorization: AWS4-HMAC-SHA256 Credential={scope}, .*Signature=[0-9a-f]{{64}}\r\n", head)
    assert SECRET not in head
    assert connector.secrets.hide(f"no {SECRET}, no session-t0ken") == "no [secret], no [secret]"
    await connector.close()


async def test_keys_that_are_missing_are_told(monkeypatch):
    monkeypatch.setenv("KEY", SECRET)
    monkeypatch.delenv("AWS_ACCESS_KEY_ID", raising=False)
    auth = Auth(secret_env="KEY", sigv4=HowToSign(region="eu-west-1"))
    with pytest.raises(UsageError, match=r"agent\.auth\.sigv4\.access_key_env: the environment has no AWS_ACCESS"):
        await load("connector", "lex")(AgentSpec(connector="lex", url="http://127.0.0.1:1/", auth=auth), REAL)
