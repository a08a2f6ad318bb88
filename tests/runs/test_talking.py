"""One conversation to look at: what it keeps, and how it ends when somebody has had enough of looking."""

import asyncio

import pytest
from rehearsal import FunctionConnector, a_persona

from hubbub.clock import Clock, run_jumping
from hubbub.connectors.protocol import Caller
from hubbub.customers.agenda import Step
from hubbub.customers.population import Population
from hubbub.model import Conversation, Record, Reply
from hubbub.runs.talking import talk


class Looking:
    """Who looks on, and keeps what was recorded."""

    def __init__(self) -> None:
        self.records: list[Record] = []

    def said(self, texts: tuple[str, ...], at_s: float) -> None:
        pass

    def record(self, record: Record) -> None:
        self.records.append(record)

    def decided(self, step: Step) -> None:
        pass


def test_who_interrupts_it_while_a_reply_is_missing_interrupts_everything() -> None:
    looking = Looking()

    async def main(clock: Clock) -> None:
        async def never(clock: Clock, caller: Caller, texts: tuple[str, ...]) -> Reply:
            held.cancel()
            await asyncio.sleep(3600)
            raise AssertionError("nobody waits for it")

        customer = Population(((a_persona(), 1.0),), 1).draw(0)
        held = asyncio.create_task(talk(FunctionConnector(clock, never), clock, customer, looking, key="k"))
        with pytest.raises(asyncio.CancelledError):
            await held

    run_jumping(main)
    (ended,) = [record for record in looking.records if isinstance(record, Conversation)]
    assert ended.ending == "cut_off"
