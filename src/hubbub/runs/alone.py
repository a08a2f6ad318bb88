"""A conversation held alone, for somebody who looks on: who interrupts it has interrupted everything."""

import asyncio

from hubbub.conversation import Talk, hold


async def hold_alone(talk: Talk) -> None:
    """Hold one conversation, its ending recorded in any case. Raises CancelledError where it was cut off from outside.

    A conversation among many keeps that to itself, as the run that cut it off needs no telling.
    """
    await hold(talk)
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError
