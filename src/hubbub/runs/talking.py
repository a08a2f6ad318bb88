"""One conversation to look at as it goes: with the reference agent, with one's own, or with a person who types."""

from secrets import token_hex
from typing import Protocol

import msgspec
from msgspec.structs import replace

from hubbub.checks.cross_talk import LiveTokens
from hubbub.clock import REAL, Clock, run_jumping
from hubbub.connectors.dialing import dial
from hubbub.connectors.protocol import Caller, Connector, Session, Watch
from hubbub.conversation import Desk, Talk, ears_of
from hubbub.customers.agenda import Step
from hubbub.customers.pack import language_of
from hubbub.customers.population import Customer
from hubbub.customers.wording import word
from hubbub.model import Record, Reply
from hubbub.reference_agent.in_process import agent_in_process
from hubbub.reference_agent.knowledge import INDUSTRIES
from hubbub.reference_agent.settings import AgentSettings
from hubbub.reference_agent.tongue import LANGUAGES
from hubbub.runs.alone import hold_alone
from hubbub.runs.embedded import start_embedded
from hubbub.runs.preflight import reach
from hubbub.specs.workload import LoadedWorkload


class Onlooker(Protocol):
    """Who looks on while a conversation is held. Seconds are since its start."""

    def said(self, texts: tuple[str, ...], at_s: float) -> None:
        """The customer sends this now."""

    def record(self, record: Record) -> None:
        """This was written down."""

    def decided(self, step: Step) -> None:
        """This is what the customer is going to do."""


def with_reference(customer: Customer, onlooker: Onlooker, faults: tuple[str, ...] = ()) -> None:
    """Hold it with the reference agent in this process, on a jumping clock: minutes of talk take no time.

    The agent answers in the customer's language where that is one of its own, else in English, and works for the
    customer's industry where it knows that one.
    """

    async def main(clock: Clock) -> None:
        spoken = sorted({language_of(customer.language)}.intersection(LANGUAGES))
        industries = sorted({customer.persona.industry}.intersection(INDUSTRIES))
        settings = msgspec.convert({"faults": faults, "languages": spoken, "industries": industries}, AgentSettings)
        await talk(agent_in_process(settings, clock), clock, customer, onlooker, key="talk")

    run_jumping(main)


async def with_agent(loaded: LoadedWorkload, customer: Customer, onlooker: Onlooker, *, speed: float) -> None:
    """Hold it with a workload's agent, over the wire; an embedded one is started for it. Raises AgentUnreachable."""
    spec = loaded.workload.agent
    embedded = await start_embedded(spec.embedded, truth=None) if spec.embedded is not None else None
    try:
        if embedded is None:
            await reach(str(spec.url), spec.timeouts.connect_s)
        else:
            spec = replace(spec, url=embedded.url(spec.connector))
        connector = await dial(spec, REAL, loaded.path.parent)
        await talk(connector, REAL, customer, onlooker, speed=speed, key=f"talk-{token_hex(4)}")
    finally:
        if embedded is not None:
            await embedded.stop()


async def talk(
    connector: Connector, clock: Clock, customer: Customer, onlooker: Onlooker, *, key: str, speed: float = 1.0
) -> None:
    """Hold one conversation while somebody looks on, then close the connector. `key` names it to the agent."""
    start = clock.now()
    desk = Desk(
        clock=clock,
        start=start,
        connector=_Overheard(connector, clock, start, onlooker),
        record=onlooker.record,
        voice=word,
        run_id=key,
        tokens=LiveTokens(),
        ears=ears_of([customer.persona]),
        speed=speed,
        decided=onlooker.decided,
    )
    try:
        await hold_alone(Talk(customer, desk, 0.0))
    finally:
        await connector.close()


class _Overheard:
    """A connector whose lines tell what is said over them as it is said."""

    def __init__(self, inner: Connector, clock: Clock, start: float, onlooker: Onlooker) -> None:
        self.blind = inner.blind
        self._inner, self._clock, self._start, self._onlooker = inner, clock, start, onlooker

    def session(self, caller: Caller) -> Session:
        return _Line(self._inner.session(caller), self)

    def tell(self, texts: tuple[str, ...]) -> None:
        self._onlooker.said(texts, self._clock.now() - self._start)

    async def close(self) -> None:
        await self._inner.close()


class _Line:
    def __init__(self, inner: Session, overheard: _Overheard) -> None:
        self._inner, self._overheard = inner, overheard

    async def say(self, texts: tuple[str, ...], watch: Watch) -> Reply:
        self._overheard.tell(texts)
        return await self._inner.say(texts, watch)

    async def close(self) -> None:
        await self._inner.close()
