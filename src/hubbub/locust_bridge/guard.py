"""Who may use the page: this machine's users; from elsewhere, who knows the token. Never another site's script."""

import secrets
from collections.abc import Mapping
from hmac import compare_digest
from ipaddress import ip_address
from urllib.parse import urlsplit

TOKEN_VARIABLE = "HUBBUB_WEB_TOKEN"  # noqa: S105 - the name of a variable
COOKIE = "hubbub_session"
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_SHORTEST_TOKEN = 16


def is_loopback(host: str) -> bool:
    """Whether a host, without its port, is this machine and nobody else's."""
    name = host.strip("[]").lower().rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def token_problem(token: str) -> str:
    """What is wrong with a token, if anything."""
    if not token:
        return "is not set"
    return f"is shorter than {_SHORTEST_TOKEN} characters" if len(token) < _SHORTEST_TOKEN else ""


class Guard:
    """Decides on requests by their headers. With a token, everyone but those who know it is kept out.

    `elsewhere` says that the page is also asked for by other names than this machine's own.
    """

    def __init__(self, token: str = "", *, elsewhere: bool = False) -> None:
        self._token = token
        self._elsewhere = elsewhere or bool(token)
        self._sessions: set[str] = set()

    def refusal(self, method: str, headers: Mapping[str, str]) -> str:
        """Why a request is not to be served, whoever sent it; empty when it may be.

        A page's own requests carry its origin, and a browser does not let another site's script change that. Without
        a token the Host must be this machine's, or a name that someone points at it would reach the page.
        """
        host = headers.get("Host", "")
        if not self._elsewhere and not is_loopback(_name(host)):
            return "this page is served to this machine only; its address is 127.0.0.1 or localhost"
        if method in _READING:
            return ""
        if headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
            return "a request of another site"
        origin = headers.get("Origin")
        if origin is not None and _netloc(origin) != host.lower():
            return "a request of another origin"
        return ""

    def knows(self, authorization: str, session: str) -> bool:
        """Whether a request comes from someone who has the token, or has logged in with it."""
        if not self._token:
            return True
        kind, _, word = authorization.partition(" ")
        return session in self._sessions or (kind == "Bearer" and self._is_token(word))

    def log_in(self, token: str) -> str | None:
        """A new session's name for who has the token; None for who has not."""
        if not self._token or not self._is_token(token):
            return None
        session = secrets.token_urlsafe(32)
        self._sessions.add(session)
        return session

    def _is_token(self, word: str) -> bool:
        return compare_digest(word.encode(), self._token.encode())


def _netloc(origin: str) -> str | None:
    """Host and port of an origin; None of what is none."""
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return None


def _name(host: str) -> str:
    return host.rpartition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]
