"""The event loop that a process runs on, and what is tuned before it starts."""

import asyncio
import gc
import sys
from collections.abc import Coroutine
from typing import Any, TypeVar

import uvloop

T = TypeVar("T")
_SWITCH_S = 0.0005  # how long a writing thread may keep the interpreter from the loop; Python lets it have 5 ms


def run_fast(main: Coroutine[Any, Any, T]) -> T:
    """Run on uvloop, stopped neither by the garbage collector for long nor by a thread that writes beside it."""
    calm_collector()
    sys.setswitchinterval(_SWITCH_S)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(main)


def calm_collector() -> None:
    """Let the garbage collector look at what is new, rarely, and never again at what is there by now."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)
