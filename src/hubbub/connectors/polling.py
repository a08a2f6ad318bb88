"""Submit and poll: who takes a message and has the reply later is asked again, ever more patiently, within limits."""

import asyncio
from collections.abc import Awaitable, Callable

from msgspec import Struct

from hubbub.connectors.options import Options
from hubbub.errors import ExchangeFailed
from hubbub.model import Timeouts


class Pauses(Struct, frozen=True):
    """Seconds between two looks: `first_s`, then half as much again each time, up to `longest_s`."""

    first_s: float = 0.25
    longest_s: float = 2.0

    def after(self, looks: int) -> float:
        """The pause after so many looks."""
        return min(self.longest_s, self.first_s * 1.5 ** min(looks, 40))


def read_pauses(options: Options, first: str, longest: str) -> Pauses:
    """The pauses that a workload asks for, under these two names."""
    pauses = Pauses(options.take(first, float, Pauses().first_s), options.take(longest, float, Pauses().longest_s))
    for name, seconds in ((first, pauses.first_s), (longest, pauses.longest_s)):
        if seconds <= 0:
            options.problem(name, "must be above 0 seconds")
    return pauses


class Looked(Struct, frozen=True):
    """What a look showed: whether the reply is whole, and whether some of its text is visible."""

    whole: bool
    spoken: bool = False


async def look_until_whole(
    look: Callable[[], Awaitable[Looked]], pauses: Pauses, limits: Timeouts, began: float, now: Callable[[], float]
) -> None:
    """Look again until the reply is whole. The turn's own limits count from `began`, the moment of its submission.

    Raises ExchangeFailed: first_text_timeout, total_timeout, or what a look raises.
    """
    shown = Looked(False)
    looks = 0
    while not shown.whole:
        limit_s = limits.turn_s if shown.spoken else min(limits.turn_s, limits.first_text_s)
        left_s = began + limit_s - now()
        try:
            async with asyncio.timeout(left_s):
                await asyncio.sleep(pauses.after(looks))
                shown = await look()
        except TimeoutError:
            missed = "first_text_timeout" if limit_s < limits.turn_s else "total_timeout"
            raise ExchangeFailed(missed, f"not there within {limit_s:g} s, after {looks} looks") from None
        looks += 1
