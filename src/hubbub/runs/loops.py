"""The event loop that a process runs on, and what is tuned before it starts."""

import asyncio
import gc
from collections.abc import Coroutine
from typing import Any, TypeVar

import uvloop

T = TypeVar("T")


def run_fast(main: Coroutine[Any, Any, T]) -> T:
    """Run on uvloop, with a garbage collector that does not stop the loop for the objects of open conversations."""
    calm_collector()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(main)


def calm_collector() -> None:
    """Let the garbage collector look at what is new, rarely, and never again at what is there by now."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)
