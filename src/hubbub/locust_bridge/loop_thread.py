"""One real thread with an event loop, beside gevent: coroutines go in, results and batches come back.

In a process that gevent has patched, `threading.Thread` makes greenlets, so the thread comes from the original
`_thread.start_new_thread`; and the stock event loop would wait on patched sockets, so the loop is uvloop, whose
sockets, names and child processes are libuv's own.
"""

import asyncio
from _queue import SimpleQueue  # the C one, which threads and greenlets can share
from collections.abc import Callable, Coroutine
from typing import Any

import gevent
import uvloop
from gevent.event import AsyncResult
from gevent.monkey import get_original

_start_new_thread = get_original("_thread", "start_new_thread")


def start_real_thread(run: Callable[[], None]) -> None:
    """Run it in a thread of the operating system, also where gevent has replaced threads by greenlets."""
    _start_new_thread(run, ())


class LoopThread:
    """The thread. Made in gevent's thread; `call` and `soon` are for gevent's side, `tell` for the loop's."""

    def __init__(self) -> None:
        self._mail: SimpleQueue[Callable[[], object]] = SimpleQueue()
        self._bell = gevent.get_hub().loop.async_(ref=False)  # libev's own way to be woken by another thread
        self._bell.start(self._deliver)
        self._loop = uvloop.new_event_loop()
        start_real_thread(self._loop.run_forever)

    def call(self, work: Coroutine[Any, Any, Any]) -> AsyncResult:
        """Run a coroutine in the loop; the result's `get` waits for it, letting other greenlets run."""
        result = AsyncResult()
        self._loop.call_soon_threadsafe(self._begin, work, result)
        return result

    def soon(self, call: Callable[[], object]) -> None:
        """Have something called in the loop."""
        self._loop.call_soon_threadsafe(call)

    def tell(self, call: Callable[[], object]) -> None:
        """Have something called in gevent's hub, where it must not wait."""
        self._mail.put(call)
        self._bell.send()

    def _begin(self, work: Coroutine[Any, Any, Any], result: AsyncResult) -> None:
        task = self._loop.create_task(work)
        task.add_done_callback(lambda done: self.tell(lambda: _settle(done, result)))

    def _deliver(self) -> None:
        while not self._mail.empty():
            self._mail.get()()


def _settle(done: "asyncio.Task[Any]", result: AsyncResult) -> None:
    if done.cancelled():
        result.set_exception(asyncio.CancelledError())
    elif (error := done.exception()) is not None:
        result.set_exception(error)
    else:
        result.set(done.result())
