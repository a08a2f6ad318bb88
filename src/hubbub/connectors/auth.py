"""Secrets: named in a workload, read from the environment or a file, sent in headers, and shown nowhere."""

import re
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path

from hubbub.connectors.secrecy import Secrets
from hubbub.connectors.sigv4 import Keys
from hubbub.model import AgentSpec, Auth

_NAMED = re.compile(r"\$\{env:([A-Za-z_][A-Za-z0-9_]*)\}")
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_OURS = ("host", "content-length", "transfer-encoding", "connection", "accept-encoding")
_SOURCES = ("bearer_env", "bearer_file", "secret_env", "secret_file")


def read_keys(agent: AgentSpec, secret: str, environ: Mapping[str, str], problems: list[str]) -> Keys | None:
    """The keys that requests are signed with for AWS, where the workload asks for that."""
    how = agent.auth.sigv4 if agent.auth is not None else None
    if how is None:
        return None
    key = _from_environment(how.access_key_env, "agent.auth.sigv4.access_key_env", environ, problems)
    token = ""
    if how.session_token_env is not None:
        token = _from_environment(how.session_token_env, "agent.auth.sigv4.session_token_env", environ, problems)
    return Keys(key, secret, how.region, how.service, token)


class Credentials:
    """Headers to send, and what is secret of them and of what else we have. Its repr names the headers only.

    `secret` is the one of `auth`, for what must be made anew with each request; `query` is what goes into the URL.
    """

    __slots__ = ("headers", "query", "secret", "secrets")

    def __init__(
        self, headers: tuple[tuple[str, str], ...], secrets: Secrets, secret: str = "",
        query: tuple[str, str] | None = None,
    ) -> None:  # fmt: skip
        self.headers = headers
        self.secret = secret
        self.query = query
        self.secrets = secrets

    def __repr__(self) -> str:
        return f"Credentials(headers={tuple(name for name, _ in self.headers)})"

    def with_secret(self, more: str) -> "Credentials":
        """The same, with a further secret to hide."""
        return Credentials(self.headers, self.secrets.and_also(more), self.secret, self.query)


def read_credentials(agent: AgentSpec, environ: Mapping[str, str], problems: list[str]) -> Credentials:
    """All headers that the workload asks for; what is missing or cannot be sent is added to `problems`."""
    headers: list[tuple[str, str]] = []
    secrets: list[str] = []
    secret, query = "", None
    if agent.auth is not None:
        secret = _secret(agent.auth, environ, problems)
        secrets.append(secret)
        headers += _standing(agent.auth, secret, secrets)
        query = (agent.auth.query, secret) if agent.auth.query else None
    for name, value in agent.headers.items():
        headers.append((name, _filled(name, value, environ, secrets, problems)))
    problems.extend(p for name, value in headers for p in _unsendable(name, value))
    return Credentials(tuple(headers), Secrets(*secrets), secret, query)


def _standing(auth: Auth, secret: str, secrets: list[str]) -> list[tuple[str, str]]:
    """The header that is the same in all requests; none where the secret is used otherwise."""
    if auth.query or auth.oauth2 is not None or auth.hmac is not None or auth.sigv4 is not None:
        return []
    if auth.basic_user is not None:
        coded = b64encode(f"{auth.basic_user}:{secret}".encode()).decode()
        secrets.append(coded)
        return [("Authorization", f"Basic {coded}")]
    return [(auth.header or "Authorization", secret if auth.header else f"Bearer {secret}")]


def _secret(auth: Auth, environ: Mapping[str, str], problems: list[str]) -> str:
    named = {name: value for name in _SOURCES if (value := getattr(auth, name)) is not None}
    if len(named) != 1:
        problems.append(f"agent.auth: set one of {', '.join(_SOURCES[:2])}, or of {', '.join(_SOURCES[2:])}")
        return ""
    ((name, value),) = named.items()
    if name.endswith("_env"):
        return _from_environment(value, f"agent.auth.{name}", environ, problems)
    try:
        secret = Path(value).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        problems.append(f"agent.auth.{name}: cannot read {value} ({type(error).__name__})")
        return ""
    if not secret:
        problems.append(f"agent.auth.{name}: {value} is empty")
    return secret


def _from_environment(name: str, where: str, environ: Mapping[str, str], problems: list[str]) -> str:
    value = environ.get(name, "")
    if not value:
        problems.append(f"{where}: the environment has no {name}, or it is empty")
    return value


def _filled(name: str, value: str, environ: Mapping[str, str], secrets: list[str], problems: list[str]) -> str:
    def fill(match: re.Match[str]) -> str:
        secret = _from_environment(match[1], f"agent.headers.{name}", environ, problems)
        secrets.append(secret)
        return secret

    return _NAMED.sub(fill, value)


def _unsendable(name: str, value: str) -> list[str]:
    if not _HEADER_NAME.fullmatch(name):
        return [f"agent.headers: {name!r} is not a header name"]
    if name.lower() in _OURS:
        return [f"agent.headers.{name}: this header is set by the connector"]
    if any((c < " " and c != "\t") or c == "\x7f" for c in value):
        return [f"agent.headers.{name}: the value holds a control character, such as a line end"]
    return []
