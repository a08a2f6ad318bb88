"""Secrets: named in a workload, read from the environment or a file, sent in headers, and shown nowhere."""

import re
from collections.abc import Mapping
from pathlib import Path

from hubbub.model import AgentSpec, Auth

_NAMED = re.compile(r"\$\{env:([A-Za-z_][A-Za-z0-9_]*)\}")
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_OURS = ("host", "content-length", "transfer-encoding", "connection", "accept-encoding")
_SHORTEST_SECRET = 4  # hiding every shorter text would blank out ordinary words


class Credentials:
    """Headers to send, and what among them is secret. Its repr names the headers only."""

    __slots__ = ("headers", "secrets")

    def __init__(self, headers: tuple[tuple[str, str], ...], secrets: tuple[str, ...]) -> None:
        self.headers = headers
        self.secrets = tuple(sorted({s for s in secrets if len(s) >= _SHORTEST_SECRET}, key=len, reverse=True))

    def __repr__(self) -> str:
        return f"Credentials(headers={tuple(name for name, _ in self.headers)})"

    def hide(self, text: str) -> str:
        """The text with every secret replaced."""
        for secret in self.secrets:
            text = text.replace(secret, "[secret]")
        return text


def read_credentials(agent: AgentSpec, environ: Mapping[str, str], problems: list[str]) -> Credentials:
    """All headers that the workload asks for; what is missing or cannot be sent is added to `problems`."""
    headers: list[tuple[str, str]] = []
    secrets: list[str] = []
    if agent.auth is not None:
        secret = _secret(agent.auth, environ, problems)
        name = agent.auth.header or "Authorization"
        headers.append((name, secret if agent.auth.header else f"Bearer {secret}"))
        secrets.append(secret)
    for name, value in agent.headers.items():
        headers.append((name, _filled(name, value, environ, secrets, problems)))
    problems.extend(p for name, value in headers for p in _unsendable(name, value))
    return Credentials(tuple(headers), tuple(secrets))


def _secret(auth: Auth, environ: Mapping[str, str], problems: list[str]) -> str:
    if (auth.bearer_env is None) == (auth.bearer_file is None):
        problems.append("agent.auth: set one of bearer_env and bearer_file")
        return ""
    if auth.bearer_env is not None:
        return _from_environment(auth.bearer_env, "agent.auth.bearer_env", environ, problems)
    try:
        secret = Path(auth.bearer_file or "").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        problems.append(f"agent.auth.bearer_file: cannot read {auth.bearer_file} ({type(error).__name__})")
        return ""
    if not secret:
        problems.append(f"agent.auth.bearer_file: {auth.bearer_file} is empty")
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
