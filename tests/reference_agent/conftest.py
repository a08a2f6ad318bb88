"""A caller and a watch for talking to the agent in process."""

from collections.abc import Awaitable, Callable

import pytest
from msgspec import Struct

from hubbub.clock import Clock, run_jumping
from hubbub.errors import ExchangeFailed
from hubbub.model import Reply
from hubbub.reference_agent.in_process import AgentInProcess, agent_in_process
from hubbub.reference_agent.settings import AgentSettings
from hubbub.reference_agent.truth import TrueTurn

AGAIN = "the message before, delivered once more"


class Caller(Struct, frozen=True):
    number: int
    key: str
    channel: str = ""


class Watch:
    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.message_id = ""
        self.bytes_s: list[float] = []
        self.events_s: list[float] = []
        self.texts_s: list[float] = []

    def byte(self) -> None:
        self.bytes_s.append(self.clock.now())

    def event(self) -> None:
        self.events_s.append(self.clock.now())

    def text(self) -> None:
        self.texts_s.append(self.clock.now())


class Talked(Struct):
    """What came of lines said one after another: replies, or failure classes."""

    replies: list[Reply | str]
    truth: list[TrueTurn]
    watches: list[Watch]


@pytest.fixture
def hold() -> Callable[..., Talked]:
    """Say lines to an agent on the jumping clock: (session, text) pairs, perhaps with a channel, one after another."""

    def run(settings: AgentSettings, *lines: tuple[str, ...]) -> Talked:
        talked = Talked([], [], [])

        async def main(clock: Clock) -> None:
            agent = agent_in_process(settings, clock, talked.truth.append)
            for place, (session, text, *channel) in enumerate(lines):
                last = place - (text == AGAIN)
                await say(agent, session, lines[last][1], talked, *channel, name=f"m-{last}")

        run_jumping(main)
        return talked

    return run


async def say(
    agent: AgentInProcess, session: str, text: str, talked: Talked, channel: str = "sms", name: str = ""
) -> None:
    watch = Watch(agent.agent.clock)
    watch.message_id = name
    talked.watches.append(watch)
    try:
        talked.replies.append(await agent.session(Caller(1, session, channel)).say((text,), watch))
    except ExchangeFailed as failed:
        talked.replies.append(failed.failure)


Hold = Callable[..., Talked]
Say = Callable[[AgentInProcess, str, str, Talked], Awaitable[None]]
