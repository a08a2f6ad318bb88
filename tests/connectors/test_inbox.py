"""The server at which agents call back, shared by several processes."""

import asyncio

import pytest
from connectors.test_sinch import echo

from benchmarks.ports import free_ports
from hubbub.connectors.inbox import Seat, seated
from hubbub.connectors.protocol import Caller
from hubbub.errors import UsageError
from hubbub.model import Inbound


def test_each_of_several_processes_has_a_port_of_its_own():
    assert [seated(Inbound(port=8000), worker, 3).port for worker in range(3)] == [8000, 8001, 8002]
    assert seated(Inbound(), 2, 3).port == 0
    with pytest.raises(UsageError, match="process 3 would listen on 65538"):
        seated(Inbound(port=65_535), 3, 4)


async def test_a_message_that_comes_to_the_wrong_process_is_passed_on(bot, playing, seen):
    port = await bot.serve(echo)
    first = free_ports(2)
    one, other = [
        await playing(port, "sinch", inbound=Seat(port=first + worker, worker=worker, workers=2)) for worker in (0, 1)
    ]
    other.inbox.place = one.place  # an agent that knows one address only
    told = await asyncio.gather(
        *(
            connector.session(Caller(number, f"run-{number}", "sms", "en-US")).say((f"hi from {number}",), seen)
            for number, connector in ((4, one), (5, other), (7, other))
        )
    )
    assert [reply.text for reply in told] == ["to hi from 4", "to hi from 5", "to hi from 7"]
    assert one.unasked == other.unasked == []


async def test_a_process_that_is_gone_is_written_down_and_told_to_the_agent(bot, playing):
    one = await playing(await bot.serve(echo), "sinch", inbound=Seat(port=free_ports(2), worker=0, workers=2))
    to = one.session(Caller(5, "run-5", "sms", "en-US"))._contact.names[0]
    body = {"app_id": "01HUBBUBAPP000000000000000", "recipient": {"contact_id": to}, "message": {"text_message": {}}}
    url = f"{one.place}/v1/projects/hubbub-project/messages:send"
    status, _ = await bot.call(url, json=body, headers={"Authorization": "Basic eDp5"})
    assert status == 503
    assert [(unasked.kind, "not passed on" in unasked.detail) for unasked in one.unasked] == [("unmatched", True)]


async def test_a_public_address_is_what_the_agent_is_told(bot, playing, caller, seen):
    port = await bot.serve(echo)
    here = await playing(port, "sinch")
    behind = await playing(port, "sinch", inbound=Inbound(public_url=here.place + "/"))
    assert behind.place == here.place
