"""Streams cut in pieces and broken, and read all the same."""

import random
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from hubbub.connectors.gathering import EventBody, Gathering
from hubbub.connectors.rawbody import Unwatched
from hubbub.errors import ExchangeFailed

LIMIT = 100_000


def read(gathering: Gathering, pieces: Iterable[bytes]) -> Gathering:
    """A stream that comes in these pieces, read to its end."""
    body = EventBody(gathering, LIMIT)
    for piece in pieces:
        if body.feed(piece, Unwatched()):
            break
    body.end()
    return gathering


def cut(stream: bytes, places: Iterable[int]) -> list[bytes]:
    """A stream cut at these places."""
    at = [0, *sorted(place % (len(stream) + 1) for place in places), len(stream)]
    return [stream[a:b] for a, b in pairwise(at)]


def fuzz(make: Callable[[], Gathering], golden: Sequence[bytes], times: int, seed: int) -> dict[str, int]:
    """Mutated streams, cut at random: how often each outcome was. Anything but our own failures escapes."""
    chance = random.Random(seed)
    outcomes: dict[str, int] = {}
    for _ in range(times):
        stream = mutated(bytearray(chance.choice(golden)), chance)
        pieces = cut(stream, (chance.randrange(len(stream) + 1) for _ in range(chance.randrange(4))))
        try:
            read(make(), pieces)
            outcome = "ok"
        except ExchangeFailed as failed:
            outcome = failed.failure
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
    return outcomes


_ODD = (b"\x00", b"\xff", b'"', b"{", b"}", b"[", b"null", b"\n\n", b"data: ", b"1e999", b"\r", b"-1", b"[]", b"{}")


def mutated(stream: bytearray, chance: random.Random) -> bytes:
    """A stream with a few bytes dropped, doubled, changed or put in."""
    for _ in range(chance.randrange(1, 5)):
        at = chance.randrange(len(stream) + 1)
        kind = chance.randrange(5)
        if kind == 0:
            del stream[at : at + chance.randrange(1, 40)]
        elif kind == 1:
            stream[at:at] = chance.choice(_ODD)
        elif kind == 2:
            stream[at : at + 1] = bytes([chance.randrange(256)])
        elif kind == 3:
            stream[at:at] = stream[at : at + chance.randrange(1, 60)]
        else:
            stream[at : at + chance.randrange(1, 20)] = chance.choice(_ODD)
    return bytes(stream)
