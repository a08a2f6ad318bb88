"""One process of a run: it holds its share of the conversations and tells its conductor how it goes.

Spoken over the pipes: it writes `ready`, is told `start MOMENT` on the machine's steady clock, then writes a line of
figures twice a second. `stop` ends the arrivals, `stop now` ends everything, and so does a conductor that is gone.
"""

import asyncio
import os
import signal
import sys
from pathlib import Path

import msgspec

from hubbub.engine import Engine
from hubbub.errors import HubbubError
from hubbub.health import raise_file_limit
from hubbub.runs.loops import run_fast
from hubbub.runs.plan import read_plan
from hubbub.runs.portion import Portion
from hubbub.stats.fold import Fold

_TELL_EVERY_S = 0.5


async def work(folder: Path, worker: int) -> None:
    """Hold this worker's share of the run in `folder`."""
    plan = read_plan(folder)
    loop = asyncio.get_running_loop()
    orders = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(orders), sys.stdin)
    portion = await Portion.make_ready(plan, worker, folder)
    _tell(b"ready")
    order, _, moment = (await orders.readline()).partition(b" ")
    if order != b"start":  # stopped, or left alone, before anything began
        await portion.call_off()
        return
    engine = portion.engine(float(moment))
    loop.add_signal_handler(signal.SIGTERM, engine.stop)
    listening = loop.create_task(_obey(orders, engine))
    telling = loop.create_task(_keep_telling(portion.fold))
    closed = await engine.run()
    telling.cancel()
    listening.cancel()
    await portion.close(closed)
    _tell(msgspec.json.encode(portion.fold.live()))


async def _obey(orders: asyncio.StreamReader, engine: Engine) -> None:
    while order := await orders.readline():
        engine.stop(at_once=order.strip() == b"stop now")
    engine.stop(at_once=True)


async def _keep_telling(fold: Fold) -> None:
    while True:
        await asyncio.sleep(_TELL_EVERY_S)
        _tell(msgspec.json.encode(fold.live()))


def _tell(line: bytes) -> None:
    try:
        sys.stdout.buffer.write(line + b"\n")
        sys.stdout.buffer.flush()
    except BrokenPipeError:  # the conductor was killed: nobody listens, and the journal is what counts
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main() -> None:
    """`python -m hubbub.runs.worker FOLDER WORKER`, as a conductor starts it."""
    for number in (signal.SIGINT, signal.SIGHUP):  # a terminal's reach all; the conductor passes them on in order
        signal.signal(number, signal.SIG_IGN)
    raise_file_limit()
    try:
        run_fast(work(Path(sys.argv[1]), int(sys.argv[2])))
    except HubbubError as error:
        print(f"hubbub worker {sys.argv[2]}: {error}", file=sys.stderr)
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
