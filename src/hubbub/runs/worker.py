"""One process of a run: it holds its share of the conversations and tells its conductor how it goes.

Spoken over the pipes: it writes `ready`, is told `start MOMENT` on the machine's steady clock, then writes a line of
figures twice a second. `stop` ends the arrivals, `stop now` ends everything, and so does a conductor that is gone.
"""

import asyncio
import signal
import sys
from pathlib import Path
from typing import cast

import msgspec
from msgspec.structs import replace

from hubbub.alarm import precise_clock
from hubbub.arrivals import labels
from hubbub.connectors.protocol import Connect
from hubbub.customers.wording import word
from hubbub.engine import Engine, Share
from hubbub.errors import HubbubError
from hubbub.health import raise_file_limit
from hubbub.journal import Journal
from hubbub.model import Closed, Header
from hubbub.registry import load
from hubbub.runs.loops import run_fast
from hubbub.runs.plan import Plan, read_plan
from hubbub.stats.fold import Fold

_TELL_EVERY_S = 0.5
JOURNAL = "journal.{worker}.jsonl"


def header(plan: Plan, worker: int, blind: tuple[str, ...]) -> Header:
    """The first record of a worker's journal."""
    workload = plan.workload
    return Header(
        format=1,
        worker=worker,
        workers=plan.workers,
        seed=workload.seed,
        workload=workload.workload,
        warm_up_s=workload.warm_up_s,
        speed=workload.speed,
        stages=labels(workload.arrivals),
        blind=blind,
    )


async def work(folder: Path, worker: int) -> None:
    """Hold this worker's share of the run in `folder`."""
    plan = read_plan(folder)
    loop = asyncio.get_running_loop()
    orders = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(orders), sys.stdin)
    agent = replace(plan.workload.agent, url=plan.url)
    connect = cast(Connect, load("connector", agent.connector, Path(plan.beside)))
    clock = precise_clock(loop)
    connector = await connect(agent, clock)
    journal = Journal.open(folder / JOURNAL.format(worker=worker), clock, threaded=True)
    fold = Fold()
    head = header(plan, worker, connector.blind)
    journal.append(head)
    fold.add(head)
    _tell(b"ready")
    order, _, moment = (await orders.readline()).partition(b" ")
    if order != b"start":  # stopped, or left alone, before anything began
        await connector.close()
        await journal.close(Closed(0.0, 0, 0, 0, 0, 0, interrupted=True))
        return
    share = Share(worker, plan.workers)
    engine = Engine(
        plan.workload,
        plan.personas,
        connector,
        journal,
        clock,
        word,
        run_id=plan.run_id,
        start=float(moment),
        share=share,
        fold=fold,
    )
    loop.add_signal_handler(signal.SIGTERM, engine.stop)
    listening = loop.create_task(_obey(orders, engine))
    telling = loop.create_task(_keep_telling(fold))
    closed = await engine.run()
    telling.cancel()
    listening.cancel()
    await connector.close()
    await journal.close(closed)
    _tell(msgspec.json.encode(fold.live()))


async def _obey(orders: asyncio.StreamReader, engine: Engine) -> None:
    while order := await orders.readline():
        engine.stop(at_once=order.strip() == b"stop now")
    engine.stop(at_once=True)


async def _keep_telling(fold: Fold) -> None:
    while True:
        await asyncio.sleep(_TELL_EVERY_S)
        _tell(msgspec.json.encode(fold.live()))


def _tell(line: bytes) -> None:
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()


def main() -> None:
    """`python -m hubbub.runs.worker FOLDER WORKER`, as a conductor starts it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal's Ctrl-C reaches all; the conductor passes it on in order
    raise_file_limit()
    try:
        run_fast(work(Path(sys.argv[1]), int(sys.argv[2])))
    except HubbubError as error:
        print(f"hubbub worker {sys.argv[2]}: {error}", file=sys.stderr)
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
