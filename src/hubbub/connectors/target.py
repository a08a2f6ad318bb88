"""From an agent's spec to a target: every mistake in where, how and with which secrets, before anything is sent."""

import os
from collections.abc import Mapping
from ipaddress import ip_address

from msgspec.structs import replace
from yarl import URL

from hubbub import __version__
from hubbub.connectors.auth import Credentials, read_credentials, read_keys
from hubbub.connectors.secrecy import Secrets
from hubbub.connectors.wire import Target
from hubbub.model import AgentSpec

NOTHING: Mapping[str, str] = {}
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_NOWHERE = URL("http://localhost/")


def read_target(
    agent: AgentSpec, problems: list[str], *, method: str = "POST", accept: str, connections: int = 0,
    fixed: Mapping[str, str] = NOTHING, environ: Mapping[str, str] = os.environ,
) -> Target:  # fmt: skip
    """Where and how to send, with what is wrong added to `problems`; the result is of use only when none is there.

    `fixed` are headers that the protocol asks for; a workload's own of the same name replaces one.
    """
    url = _url(agent, problems)
    credentials = read_credentials(agent, environ, problems)
    if credentials.query is not None:
        url = url.update_query([credentials.query])
    keys = read_keys(agent, credentials.secret, environ, problems)
    if keys is not None and keys.session_token:
        credentials = credentials.with_secret(keys.session_token)
    prefix = b"" if problems else _prefix(method, url, accept, credentials, fixed)
    traced = agent.traceparent and not any(name.lower() == "traceparent" for name in agent.headers)
    auth = agent.auth
    return Target(
        url, prefix, credentials, agent.timeouts, agent.max_reply_bytes, connections, traced,
        _token_target(agent, problems), auth.oauth2 if auth else None, auth.hmac if auth else None, keys, agent.busy,
    )  # fmt: skip


def _token_target(agent: AgentSpec, problems: list[str]) -> Target | None:
    """Where tokens are fetched, when they are."""
    if agent.auth is None or agent.auth.oauth2 is None:
        return None
    url = _url(replace(agent, url=agent.auth.oauth2.token_url), problems, "agent.auth.oauth2.token_url")
    prefix = _prefix("POST", url, "application/json", Credentials((), Secrets()), _FORM) if not problems else b""
    return Target(url, prefix, Credentials((), Secrets()), agent.timeouts, agent.max_reply_bytes, traced=False)


def _url(agent: AgentSpec, problems: list[str], where: str = "agent.url") -> URL:
    if agent.url is None:
        problems.append(f"{where}: not set; say where the agent listens")
        return _NOWHERE
    try:
        url = URL(agent.url)
        host = url.host
        port = url.port
    except ValueError as error:
        problems.append(f"{where}: {error}")
        return _NOWHERE
    if url.scheme not in ("http", "https") or not host or not port:
        problems.append(f"{where}: {_shown(url)} is not an http:// or https:// address of a host")
        return _NOWHERE
    if url.user or url.password:
        problems.append(f"{where}: holds a user name or password; name secrets under agent.auth or agent.headers")
    if not _is_loopback(host) and host not in agent.allow_hosts:
        problems.append(f"{where}: {host} is not this machine; list it under agent.allow_hosts if you may load it")
    return url


def _shown(url: URL) -> str:
    return repr(str(url.with_user(None).with_query(None))) if url.absolute else repr(url.path)


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _prefix(method: str, url: URL, accept: str, credentials: Credentials, fixed: Mapping[str, str]) -> bytes:
    """The request up to its content length, in bytes, made once. A workload's own header replaces one of these."""
    headers = {
        "Host": url.host_port_subcomponent or "",
        "User-Agent": f"hubbub/{__version__}",
        "Accept": accept,
        "Accept-Encoding": "identity",
        "Content-Type": "application/json",
        **fixed,
    }
    own = {name.lower() for name, _ in credentials.headers}
    lines = [f"{method} {url.raw_path_qs} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in headers.items() if name.lower() not in own]
    lines += [f"{name}: {value}" for name, value in credentials.headers]
    return ("\r\n".join(lines) + "\r\nContent-Length: ").encode("utf-8")
