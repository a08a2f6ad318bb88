"""Pauses grow to their limit, and the clocks of a turn hold while it is looked after; on a clock that jumps."""

import pytest

from hubbub.clock import run_jumping
from hubbub.connectors.polling import Looked, Pauses, look_until_whole
from hubbub.errors import ExchangeFailed
from hubbub.model import Timeouts


def looked_at(*shown, limits=Timeouts(), pauses=Pauses(1.0, 3.0)):  # noqa: B008 - frozen
    """The moments of all looks, each of which shows the next of `shown`, the last one ever after."""
    moments = []

    async def main(clock):
        began = clock.now()

        async def look():
            moments.append(clock.now() - began)
            return shown[min(len(moments), len(shown)) - 1]

        try:
            await look_until_whole(look, pauses, limits, began, clock.now)
        except ExchangeFailed as failed:
            moments.append((failed.failure, clock.now() - began))

    run_jumping(main)
    return moments


def test_pauses_grow_by_half_up_to_the_longest():
    moments = looked_at(*[Looked(False)] * 4, Looked(True))
    assert moments == pytest.approx([1, 2.5, 4.75, 7.75, 10.75])


def test_nothing_visible_is_a_missing_first_text_and_something_visible_a_turn_that_is_too_long():
    assert looked_at(Looked(False), limits=Timeouts(first_text_s=6, turn_s=20))[-1] == ("first_text_timeout", 6)
    assert looked_at(Looked(False, spoken=True), limits=Timeouts(first_text_s=6, turn_s=20))[-1] == (
        "total_timeout",
        20,
    )
    assert looked_at(Looked(False), limits=Timeouts(first_text_s=60, turn_s=5))[-1] == ("total_timeout", 5)
