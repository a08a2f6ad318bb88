"""One record, one line: `{"crc":"xxxxxxxx","record":{...}}`, with the CRC-32 of the record's own bytes."""

from collections.abc import Callable
from zlib import crc32

from msgspec import DecodeError, ValidationError
from msgspec.json import Decoder, Encoder

from hubbub.model import Record

FORMAT = 1  # of the journal: raised when an older reader would misread it
_HEAD = b'{"crc":"'
_NECK = b'","record":'
_BODY_AT = len(_HEAD) + 8 + len(_NECK)
_SHORTEST = _BODY_AT + len("{}}\n")
FRAME_BYTES = _BODY_AT + len("}\n")  # by which a line is longer than its record

encode = Encoder().encode
_decode: Callable[[bytes], Record] = Decoder(Record).decode


class Damaged(ValueError):
    """A line that is not what was written."""


def framed(body: bytes) -> bytes:
    """The line that holds a record's bytes."""
    return b'{"crc":"%08x","record":%b}\n' % (crc32(body), body)


def body_of(line: bytes) -> bytes:
    """The record's bytes in a line. Raises Damaged, with the reason, unless the line is whole and its CRC holds."""
    if not line.endswith(b"}\n"):
        raise Damaged("the line is not whole")
    if len(line) < _SHORTEST or line[:8] != _HEAD or line[16:_BODY_AT] != _NECK:
        raise Damaged("the line is not framed as a journal's")
    body = line[_BODY_AT:-2]
    if b"%08x" % crc32(body) != line[8:16]:
        raise Damaged("the record does not match its CRC")
    return body


def parse(line: bytes) -> Record:
    """The record in a line. Raises Damaged."""
    try:
        return _decode(body_of(line))
    except (ValidationError, DecodeError, UnicodeDecodeError) as error:
        raise Damaged(f"not a record of format {FORMAT}: {error}") from None
