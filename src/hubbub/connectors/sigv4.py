"""AWS Signature Version 4: a signature over each request, as Amazon Lex asks for.

docs.aws.amazon.com, IAM User Guide: Create a signed AWS API request (canonical request, string to sign, signing key).
Tried with the vectors of Amazon's own test suite, and against botocore.
"""

import hashlib
import hmac
import time
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import quote, unquote_plus

from msgspec import Struct

_ALGORITHM = "AWS4-HMAC-SHA256"
_UNRESERVED = "-_.~"


class Keys(Struct, frozen=True):
    """Who signs, and for which service in which region. `session_token` goes with keys that run out."""

    access_key: str
    secret_key: str
    region: str
    service: str
    session_token: str = ""

    def __repr__(self) -> str:
        return f"Keys({self.region}, {self.service})"


class SigV4:
    """Signs requests. `wall` gives the time of day, in seconds since 1970."""

    def __init__(self, keys: Keys, wall: Callable[[], float] = time.time) -> None:
        self._keys = keys
        self._wall = wall

    def lines(self, head: bytes, body: bytes) -> bytes:
        """The header lines for a request, each with its line end. `head` is the request up to its content length."""
        keys = self._keys
        moment = datetime.fromtimestamp(self._wall(), UTC).strftime("%Y%m%dT%H%M%SZ")
        request, *lines = head.decode("latin-1").split("\r\n")
        method, target, _ = request.split(" ")
        host = next(line[5:].strip() for line in lines if line.lower().startswith("host:"))
        signed = {"host": host, "x-amz-date": moment}
        if keys.session_token:
            signed["x-amz-security-token"] = keys.session_token
        digest = hashlib.sha256(canonical(method, target, signed, body).encode()).hexdigest()
        scope = f"{moment[:8]}/{keys.region}/{keys.service}/aws4_request"
        over = f"{_ALGORITHM}\n{moment}\n{scope}\n{digest}"
        signature = hmac.digest(self._key(moment[:8]), over.encode(), "sha256").hex()
        told = f"Credential={keys.access_key}/{scope}, SignedHeaders={';'.join(signed)}, Signature={signature}"
        made = {name: value for name, value in signed.items() if name != "host"}
        made["Authorization"] = f"{_ALGORITHM} {told}"
        return "".join(f"{name}: {value}\r\n" for name, value in made.items()).encode()

    def _key(self, day: str) -> bytes:
        """The key of a day: the secret, hashed with day, region and service in turn."""
        key = b"AWS4" + self._keys.secret_key.encode()
        for part in (day, self._keys.region, self._keys.service, "aws4_request"):
            key = hmac.digest(key, part.encode(), "sha256")
        return key


def canonical(method: str, target: str, signed: dict[str, str], body: bytes) -> str:
    """A request as it is signed. `signed` are its headers by lower-case name, in order; `target` is as it is sent."""
    path, _, query = target.partition("?")
    headers = "".join(f"{name}:{' '.join(value.split())}\n" for name, value in signed.items())
    payload = hashlib.sha256(body).hexdigest()
    return "\n".join((method, _path(path), _query(query), headers, ";".join(signed), payload))


def _path(path: str) -> str:
    """Each segment encoded once more than it is sent, as for all services but S3."""
    return "/".join(quote(segment, safe=_UNRESERVED) for segment in path.split("/")) or "/"


def _query(query: str) -> str:
    """Names and values encoded, sorted by both."""
    pairs = [pair.partition("=") for pair in query.split("&") if pair]
    coded = sorted((_coded(name), _coded(value)) for name, _, value in pairs)
    return "&".join(f"{name}={value}" for name, value in coded)


def _coded(text: str) -> str:
    return quote(unquote_plus(text, encoding="latin-1"), safe=_UNRESERVED, encoding="latin-1")
