"""An agent that is a function, on the jumping clock."""

import asyncio

import pytest

from hubbub.clock import run_jumping
from hubbub.connectors.in_process import in_process
from hubbub.errors import ExchangeFailed
from hubbub.model import Reply


def test_a_function_answers_and_time_leaps(caller, seen):
    async def answer(caller, texts, watch):
        watch.byte()
        await asyncio.sleep(3600)
        return Reply(text=f"{caller.key}: {' '.join(texts)}")

    async def main(clock):
        connector = in_process(answer, blind=("tls",))
        reply = await connector.session(caller).say(("a", "b"), seen)
        await connector.close()
        return reply.text, clock.now(), connector.blind

    assert run_jumping(main) == ("run-7: a b", 3600.0, ("tls",))
    assert seen.told == ["byte", "byte", "event", "text"]


@pytest.mark.parametrize(
    ("raised", "failure"), [(ExchangeFailed("stall", "x"), "stall"), (ZeroDivisionError("oops"), "own_error")]
)
def test_what_a_function_raises_is_the_turns_failure(caller, seen, raised, failure):
    async def answer(caller, texts, watch):
        raise raised

    async def main(clock):
        session = in_process(answer).session(caller)
        with pytest.raises(ExchangeFailed) as caught:
            await session.say(("a",), seen)
        await session.close()
        return caught.value.failure

    assert run_jumping(main) == failure
