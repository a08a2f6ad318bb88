"""Compressed bodies nobody asked for."""

import gzip
import tracemalloc
import zlib

import pytest

from hubbub.connectors.inflate import inflater
from hubbub.errors import ExchangeFailed

TEXT = b"Your order is on its way. " * 40


def _raw_deflate(data):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(TEXT)),
        ("X-GZip", gzip.compress(TEXT)),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", _raw_deflate(TEXT)),
        ("gzip", gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:])),
        ("gzip", gzip.compress(TEXT) + bytes(20)),
    ],
)
@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_any_packing_in_any_pieces_is_unpacked(coding, packed, size):
    inflate = inflater(coding, 10_000)
    assert b"".join(inflate.feed(packed[i : i + size]) for i in range(0, len(packed), size)) == TEXT
    inflate.end()


def test_a_bomb_is_too_large_before_it_is_unpacked():
    bomb = gzip.compress(bytes(50_000_000), 9)
    tracemalloc.start()
    with pytest.raises(ExchangeFailed, match="too_large"):
        inflater("gzip", 100_000).feed(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000


def test_a_body_without_its_end_is_truncated():
    inflate = inflater("gzip", 10_000)
    inflate.feed(gzip.compress(TEXT)[:-9])
    with pytest.raises(ExchangeFailed, match="truncated"):
        inflate.end()
    with pytest.raises(ExchangeFailed, match="truncated"):
        inflater("deflate", 10).end()


def test_what_is_not_packed_so_is_malformed():
    with pytest.raises(ExchangeFailed, match="malformed"):
        inflater("gzip", 10_000).feed(b"<html>not gzip</html>")


@pytest.mark.parametrize("coding", ["br", "gzip, gzip", "zstd", "\x00" * 500])
def test_another_coding_is_malformed(coding):
    with pytest.raises(ExchangeFailed, match="malformed"):
        inflater(coding, 10)


def test_identity_is_not_unpacked():
    assert inflater("identity", 10) is None
    assert inflater(" ", 10) is None
