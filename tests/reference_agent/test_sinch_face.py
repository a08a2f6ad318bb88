"""The reference agent behind Sinch's Conversation API, as Hubbub plays it."""

import asyncio

import pytest

from hubbub.clock import REAL
from hubbub.connectors.protocol import Caller
from hubbub.errors import ExchangeFailed
from hubbub.model import AgentSpec, Auth
from hubbub.reference_agent.faces.sinch import SECRET, is_here
from hubbub.reference_agent.server import serve
from hubbub.reference_agent.settings import AgentSettings
from hubbub.registry import load

QUICK = {"service_s": 0.01, "service_sigma": 0.0, "tokens_per_s": 5000.0}


class Silent:
    """A watch that keeps nothing."""

    pool_wait_s = 0.0
    fresh_retries = 0
    over = None

    def byte(self): ...
    def event(self): ...
    def text(self): ...


@pytest.fixture
async def talking():
    """Sessions with a reference agent of these settings, by the connector `sinch`."""
    stop, serving, held = asyncio.Event(), [], []

    async def start(auth=None, **settings):
        place = asyncio.get_running_loop().create_future()
        agent = AgentSettings(**{**QUICK, **settings})
        serving.append(asyncio.ensure_future(serve(agent, "127.0.0.1", 0, stop=stop, ready=place.set_result)))
        url = f"http://127.0.0.1:{(await place).port}/webhooks/sinch"
        spec = AgentSpec(connector="sinch", url=url, auth=auth, options={"quiet_s": 0.1, "redeliveries": 0})
        held.append(await load("connector", "sinch")(spec, REAL))
        return lambda number=0: held[-1].session(Caller(number, f"k-{number}", "sms", "en-US"))

    yield start
    for connector in held:
        await connector.close()
    stop.set()
    await asyncio.gather(*serving)


async def test_it_answers_remembers_and_hands_over(talking):
    session = (await talking())()
    first = await session.say(("Hi, where is my order? The order number is A-48213.",), Silent())
    human = await session.say(("I want to talk to a human agent, please.",), Silent())
    assert "A-48213" in first.text
    assert [(signal.state, signal.reason) for signal in human.signals] == [("confirmed", "explicit_request")]


@pytest.fixture
def secrets(monkeypatch):
    monkeypatch.setenv(SECRET, "right")
    monkeypatch.setenv("RIGHT", "right")
    monkeypatch.setenv("WRONG", "wrong")


async def test_it_verifies_signatures_where_a_secret_is_set(talking, secrets):
    assert (await (await talking(auth=Auth(secret_env="RIGHT")))().say(("hello",), Silent())).text
    with pytest.raises(ExchangeFailed, match="http_4xx: 401"):
        await (await talking(auth=Auth(secret_env="WRONG")))().say(("hello",), Silent())


async def test_a_full_line_is_429(talking):
    begin = await talking(workers=1, queue=0, service_s=0.3)
    told = await asyncio.gather(*(begin(n).say(("hello",), Silent()) for n in range(3)), return_exceptions=True)
    assert sorted(getattr(one, "failure", "ok") for one in told) == ["http_429", "http_429", "ok"]


@pytest.mark.parametrize("place", ["http://127.0.0.1:8085", "http://localhost:1", "http://[::1]:1"])
def test_a_platform_on_this_machine_is_called(place):
    assert is_here(place)


@pytest.mark.parametrize(
    "place", ["", "http://example.com", "https://127.0.0.1", "http://127.0.0.1.evil.test", "x" * 99]
)
def test_a_platform_elsewhere_is_not(place):
    assert not is_here(place)
