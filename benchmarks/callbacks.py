"""What it costs to be called back: many conversations at once on a played platform, and the CPU time of one call.

    .venv/bin/python -m benchmarks.callbacks [--open 2000] [--turns 3] [--calls 20000]

Ends with 1 when a reply was lost, mismatched or came to nobody.
"""

import asyncio
import itertools
import multiprocessing as mp
import socket
import sys
import time
from base64 import b64encode
from multiprocessing.connection import Connection

import click
import msgspec
import uvloop

from benchmarks.ground.bot import serve_bot
from hubbub.clock import REAL
from hubbub.connectors.callback import Callback
from hubbub.connectors.protocol import Caller
from hubbub.connectors.rawbody import Unwatched
from hubbub.errors import ExchangeFailed
from hubbub.model import AgentSpec, Timeouts, Unasked
from hubbub.registry import load

_LIMITS = Timeouts(first_text_s=60.0, turn_s=120.0)
_KEY = b64encode(b"any:key").decode()
_STEADY = 200  # calls before those that are counted


async def _connect(port: int, quiet_s: float) -> tuple[Callback, list[Unasked]]:
    agent = AgentSpec(
        connector="sinch", url=f"http://127.0.0.1:{port}/webhook", timeouts=_LIMITS, options={"quiet_s": quiet_s}
    )
    connector = await load("connector", "sinch")(agent, REAL)  # type: ignore[operator]
    assert isinstance(connector, Callback)
    unasked: list[Unasked] = []
    connector.tell = unasked.append
    return connector, unasked


class Held(msgspec.Struct, frozen=True):
    """What came of all conversations."""

    turns: int
    wrong: int
    failed: int
    unasked: int
    seconds: float
    cpu_s: float


async def hold(port: int, conversations: int, turns: int) -> Held:
    """Hold so many conversations at once, each of so many turns, and compare every reply with what was asked."""
    connector, unasked = await _connect(port, 0.2)
    wrong = failed = 0

    async def one(number: int) -> None:
        nonlocal wrong, failed
        session = connector.session(Caller(number, f"run-{number}", "sms", "en-US", unasked.append))
        for turn in range(turns):
            said = f"{number} says {turn}"
            try:
                wrong += (await session.say((said,), Unwatched())).text != f"to {said}"
            except ExchangeFailed as error:
                print(error, file=sys.stderr)
                failed += 1
        await session.close()

    began, cpu = time.monotonic(), time.process_time()
    await asyncio.gather(*(one(number) for number in range(conversations)))
    held = Held(conversations * turns, wrong, failed, len(unasked), time.monotonic() - began, time.process_time() - cpu)
    await connector.close()
    return held


def _calls(place: Connection, conversations: int, count: int) -> None:
    """In a process of its own: calls messages:send so many times, on one connection; tells when each part is over."""
    port, names = place.recv()
    with socket.create_connection(("127.0.0.1", port)) as line:
        turns = itertools.cycle(names)
        for part in (_STEADY, count):
            for _ in range(part):
                body = msgspec.json.encode(
                    {
                        "app_id": "01HUBBUBAPP000000000000000",
                        "recipient": {"contact_id": next(turns)},
                        "message": {"text_message": {"text": "Your order arrives on Friday, in the morning."}},
                    }
                )
                head = (
                    "POST /v1/projects/hubbub-project/messages:send HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                    f"Authorization: Basic {_KEY}\r\nContent-Type: application/json\r\n"
                    f"Content-Length: {len(body)}\r\n\r\n"
                )
                line.sendall(head.encode() + body)
                if not line.recv(65_536).startswith(b"HTTP/1.1 200"):
                    raise RuntimeError("a call was refused")
            place.send("over")
            place.recv()


async def inbound_us(port: int, conversations: int, count: int) -> float:
    """CPU time of this process for one call of messages:send, in microseconds, while so many turns wait."""
    connector, _ = await _connect(port, 600.0)
    sessions = [connector.session(Caller(number, f"wait-{number}", "sms", "en-US")) for number in range(conversations)]
    waiting = [asyncio.ensure_future(session.say(("silence",), Unwatched())) for session in sessions]
    await asyncio.sleep(conversations / 500)
    names = [session._contact.names[0] for session in sessions]  # type: ignore[attr-defined]
    ours, theirs = mp.get_context("spawn").Pipe()
    process = mp.get_context("spawn").Process(target=_calls, args=(theirs, conversations, count), daemon=True)
    process.start()
    loop = asyncio.get_running_loop()
    ours.send((int(connector.place.rpartition(":")[2]), names))
    await loop.run_in_executor(None, ours.recv)
    cpu = time.process_time()
    ours.send("go on")
    await loop.run_in_executor(None, ours.recv)
    cpu = time.process_time() - cpu
    ours.send("go on")
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    await connector.close()
    process.join()
    return cpu / count * 1e6


@click.command()
@click.option("--open", "conversations", default=2000, show_default=True)
@click.option("--turns", default=3, show_default=True)
@click.option("--calls", default=20_000, show_default=True)
@click.option("--rounds", default=3, show_default=True)
def main(conversations: int, turns: int, calls: int, rounds: int) -> None:
    """Hold conversations on a played platform, then count what a call costs."""
    with serve_bot() as port:
        held = uvloop.run(hold(port, conversations, turns))
        click.echo(
            f"{conversations:,} conversations at once, {held.turns:,} turns in {held.seconds:.1f} s: "
            f"{held.wrong} mismatched, {held.failed} failed, {held.unasked} came to no turn; "
            f"{held.cpu_s / held.turns * 1e6:.0f} us of CPU a turn, both ways"
        )
        spent = sorted(uvloop.run(inbound_us(port, conversations, calls)) for _ in range(rounds))
    click.echo(f"one call of messages:send: {spent[rounds // 2]:.0f} us of CPU ({spent[0]:.0f} to {spent[-1]:.0f})")
    sys.exit(1 if held.wrong or held.failed or held.unasked else 0)


if __name__ == "__main__":
    main()
