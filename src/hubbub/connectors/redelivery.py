"""When a platform delivers a webhook again that was not taken: after which failures, how often, after what pauses."""

from collections.abc import Callable

from msgspec import Struct

from hubbub.connectors.options import Options
from hubbub.errors import FAILURES, ExchangeFailed

_MOST = 20
Applies = Callable[[ExchangeFailed], bool]


class Redelivery(Struct, frozen=True):
    """What a platform does about a webhook that was not taken.

    `most` is how many times it is delivered again, at most; the first time after `first_s`, each pause `factor` times
    the one before. `at_once` puts one without a pause before all of them.
    """

    applies: Applies
    most: int
    first_s: float
    factor: float = 1.0
    at_once: bool = False

    def pause_s(self, failed: ExchangeFailed, again: int) -> float | None:
        """The pause before it is delivered again for this time, counted from 1; None when the platform gives it up."""
        if again > self.most or FAILURES[failed.failure].layer == "generator" or not self.applies(failed):
            return None
        grown = again - 1 - self.at_once
        return 0.0 if grown < 0 else self.first_s * self.factor**grown


def never(_: ExchangeFailed) -> bool:
    """Nothing is delivered again."""
    return False


def read_redelivery(options: Options, usual: Redelivery) -> Redelivery:
    """What a platform does, as far as a workload does not say otherwise."""
    most = options.take("redeliveries", int, usual.most)
    first_s = options.take("redelivery_s", float, usual.first_s)
    if not 0 <= most <= _MOST:
        options.problem("redeliveries", f"must be from 0 to {_MOST}")
    if first_s < 0:
        options.problem("redelivery_s", "must be 0 or more seconds")
    return Redelivery(usual.applies, most, first_s, usual.factor, usual.at_once)


NEVER = Redelivery(never, 0, 0.0)
