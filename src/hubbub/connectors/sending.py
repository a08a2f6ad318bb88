"""How http-json's body goes out: as JSON, as a form, or in the query of a GET; and names within the address."""

from typing import Literal
from urllib.parse import quote, urlencode

import msgspec

from hubbub.connectors.protocol import Caller

SendAs = Literal["json", "form", "query"]
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_HOLES = (b"$customer", b"$number", b"$locale")


def as_form(body: bytes) -> bytes:
    """A JSON map as a form: lists repeat their key, null is left out, what else is nested goes as JSON."""
    document = msgspec.json.decode(body)
    pairs = [(key, one) for key, value in document.items() for one in (value if isinstance(value, list) else [value])]
    return urlencode([(key, _plain(value)) for key, value in pairs if value is not None]).encode()


def _plain(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def in_query(prefix: bytes, form: bytes) -> bytes:
    """A request head with the form in its address."""
    line, rest = prefix.split(b"\r\n", 1)
    method, path, version = line.split(b" ")
    return b"%b %b%b%b %b\r\n%b" % (method, path, b"&" if b"?" in path else b"?", form, version, rest)


def has_holes(prefix: bytes) -> bool:
    """Whether the address in a request head names the conversation."""
    line = prefix.partition(b"\r\n")[0]
    return any(hole in line for hole in _HOLES)


def addressed(prefix: bytes, caller: Caller) -> bytes:
    """A request head with the holes in its address filled for one customer."""
    line, end, rest = prefix.partition(b"\r\n")
    for hole, value in zip(_HOLES, (caller.key, str(caller.number), caller.locale), strict=True):
        line = line.replace(hole, quote(value, safe="").encode())
    return line + end + rest


def at(prefix: bytes, path: str) -> bytes:
    """A request head for another path on the same host, with the same headers, and with no query but the path's own."""
    line, end, rest = prefix.partition(b"\r\n")
    method, _, version = line.split(b" ")
    return b"%b %b %b" % (method, path.encode(), version) + end + rest


def toward(prefix: bytes, path: str, method: str = "POST") -> bytes:
    """A request head for another path on the same host, with the same headers and the same query."""
    line, end, rest = prefix.partition(b"\r\n")
    _, target, version = line.split(b" ")
    query = target.partition(b"?")[2]
    mark = b"" if not query else b"&" if "?" in path else b"?"
    return b"%b %b%b%b %b" % (method.encode(), path.encode(), mark, query, version) + end + rest
