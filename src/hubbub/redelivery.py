"""The delivery probe: one message twice with one id, or the parts of a burst in the wrong order."""

import asyncio
from collections.abc import Collection
from contextlib import suppress
from typing import Literal

from msgspec.structs import replace

from hubbub.chance import substream
from hubbub.customers.customer import DELIVERY, Customer, moment
from hubbub.exchange import Message
from hubbub.model import Delivery

Oddly = Literal["", "again", "ahead"]
AS_IT_SHOULD = Delivery()


def how(delivery: Delivery, customer: Customer, message: Message) -> Oddly:
    """How a message is delivered: as it should be (empty), twice, or its later part first. The same at every replay."""
    chance = substream(customer.key, moment(message.turn, DELIVERY))
    if len(message.texts) > 1 and chance.happens(delivery.swapped):
        return "ahead"
    return "again" if chance.happens(delivery.twice) else ""


def parted(message: Message, oddly: Oddly, turn: int) -> tuple[Message, Message]:
    """The message that the customer waits on, and the other delivery, as turn `turn`."""
    other = replace(message, turn=turn, overlap=True, copy_of=message.turn)
    if oddly == "again":
        return message, other
    return replace(message, texts=message.texts[:1]), replace(other, texts=message.texts[1:])


async def heard_out(asides: Collection[asyncio.Task[None]]) -> None:
    """Wait for replies that are under way when the customer has gone: one may show what was done, or that a human came.

    Each has its own time limit. When the run ends meanwhile, those that have not come are left.
    """
    with suppress(asyncio.CancelledError):
        if asides:
            await asyncio.wait(tuple(asides))
