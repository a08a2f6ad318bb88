"""Where and how to send, checked before anything is sent."""

import pytest

from hubbub.connectors.target import read_target
from hubbub.model import AgentSpec


def _read(url, **spec):
    problems = []
    target = read_target(AgentSpec(connector="x", url=url, **spec), problems, accept="application/json", environ={})
    return target, problems


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8080/chat", "http://localhost/", "https://[::1]:8443/x?y=1", "http://agent.localhost:1/"]
)
def test_this_machine_may_be_loaded(url):
    target, problems = _read(url)
    assert problems == []
    assert target.prefix.endswith(b"\r\nContent-Length: ")


def test_another_host_must_be_listed():
    assert "allow_hosts" in _read("http://10.0.0.1/")[1][0]
    assert _read("http://10.0.0.1/", allow_hosts=("10.0.0.1",))[1] == []


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        (None, "not set"),
        ("localhost:8080", "not an http"),
        ("file:///etc/passwd", "not an http"),
        ("http://", "agent.url"),
        ("http://127.0.0.1:99999/", "agent.url"),
        ("http://me:pw1234@127.0.0.1/", "user name or password"),
    ],
)
def test_a_wrong_address_is_a_problem_that_shows_no_secret(url, problem):
    problems = _read(url)[1]
    assert problem in problems[0]
    assert "pw1234" not in problems[0]


def test_the_request_is_made_once_and_a_header_of_the_workload_replaces_ours():
    target, _ = _read("http://127.0.0.1:8080/a%20b?x=1", headers={"User-Agent": "mine", "X-A": "1"})
    assert target.prefix == (
        b"POST /a%20b?x=1 HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nAccept: application/json\r\nAccept-Encoding: identity\r\n"
        b"Content-Type: application/json\r\nUser-Agent: mine\r\nX-A: 1\r\nContent-Length: "
    )
