"""Headers that are made anew: tokens that run out, and signatures over each body."""

import asyncio
import base64
import hashlib
import hmac
import time
from collections.abc import Awaitable, Callable
from urllib.parse import urlencode

import msgspec
from msgspec import Struct

from hubbub.errors import ExchangeFailed
from hubbub.model import Hmac, OAuth2

Fetch = Callable[[bytes], Awaitable[bytes]]
_USUAL_LIFE_S = 3600.0  # for a token that does not say how long it lives
_RENEW_AT = 0.9  # of its life: whoever is on the way with it then still arrives in time
_HASHES = {"sha1": hashlib.sha1, "sha256": hashlib.sha256, "sha512": hashlib.sha512}


class _Token(Struct, frozen=True):
    access_token: str
    expires_in: float | str | None = None


def token_request(oauth2: OAuth2, client_secret: str) -> bytes:
    """The form that asks for a token by client credentials (RFC 6749, 4.4.2; the client in the body, 2.3.1)."""
    form = {"grant_type": "client_credentials", "client_id": oauth2.client_id, "client_secret": client_secret}
    more = {"scope": oauth2.scope, "audience": oauth2.audience}
    return urlencode(form | {name: value for name, value in more.items() if value}).encode()


class Tokens:
    """One token for all conversations. Whoever finds it run out fetches; all others wait for that one fetch."""

    def __init__(
        self, fetch: Fetch, request: bytes, now: Callable[[], float], keep_secret: Callable[[str], None]
    ) -> None:
        self._fetch = fetch
        self._keep_secret = keep_secret
        self._request = request
        self._now = now
        self._token = ""
        self._good_until = 0.0
        self._fetching: asyncio.Task[str] | None = None

    async def current(self) -> str:
        """A token that is good now. Raises ExchangeFailed when none can be had."""
        if self._token and self._now() < self._good_until:
            return self._token
        if self._fetching is None:
            self._fetching = asyncio.get_running_loop().create_task(self._renew())
        # shielded: a customer who hangs up must not take the token away from those who wait for it too
        return await asyncio.shield(self._fetching)

    def refused(self, token: str) -> None:
        """The agent did not accept this token: the next turn fetches another."""
        if token == self._token:
            self._good_until = 0.0

    async def _renew(self) -> str:
        asked = self._now()
        try:
            token = msgspec.json.decode(await self._fetch(self._request), type=_Token)
            if not token.access_token.isascii() or not token.access_token.isprintable():
                raise ValueError("it is not printable ASCII")
            life_s = float(token.expires_in or _USUAL_LIFE_S)
        except (msgspec.MsgspecError, ValueError) as error:
            raise ExchangeFailed("malformed", f"the token endpoint's answer holds no token: {error}") from None
        except ExchangeFailed as failed:
            raise ExchangeFailed(
                failed.failure, f"from the token endpoint: {failed.detail}", status=failed.status
            ) from None
        finally:
            self._fetching = None
        self._token, self._good_until = token.access_token, asked + life_s * _RENEW_AT
        self._keep_secret(token.access_token)
        return self._token


class Signature:
    """A keyed hash over each body, and over a time stamp where the agent wants one."""

    def __init__(self, how: Hmac, secret: str, wall: Callable[[], float] = time.time) -> None:
        self._how = how
        self._key = secret.encode()
        self._wall = wall

    def lines(self, head: bytes, body: bytes) -> bytes:
        """The header lines for a request, each with its line end. Its head is not signed."""
        how = self._how
        stamp = str(int(self._wall()))
        over = how.over.encode().replace(b"$timestamp", stamp.encode()).replace(b"$body", body)
        digest = hmac.new(self._key, over, _HASHES[how.algorithm]).digest()
        signed = digest.hex() if how.encoding == "hex" else base64.b64encode(digest).decode()
        lines = f"{how.header}: {how.prefix}{signed}\r\n"
        if how.timestamp_header:
            lines += f"{how.timestamp_header}: {stamp}\r\n"
        return lines.encode()
