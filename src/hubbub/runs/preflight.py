"""Before any load: does anything listen there, and does it answer as the workload says?"""

import asyncio
import logging
import socket
import ssl
from pathlib import Path
from secrets import token_hex
from urllib.parse import urlsplit

from hubbub.clock import REAL
from hubbub.connectors.dialing import dial
from hubbub.connectors.protocol import CalledBack, Caller, Session
from hubbub.errors import AgentNotUnderstood, AgentUnreachable, ExchangeFailed, UsageError
from hubbub.exchange import Stopwatch
from hubbub.model import AgentSpec
from hubbub.runs.advice import look_at
from hubbub.runs.manifest import Greeting

_HELLO = "Hello."
_TRIES = 3  # an agent that fails one reply in ten passes all the same; one that is set wrong never does
_WITHIN_S = 10.0  # a slow agent is for the run to measure
_AGAIN_AFTER_S = 0.05
_log = logging.getLogger("hubbub")

# What says that the settings are wrong. All else is for the run to measure: busy, slow or failing inside.
_MISUNDERSTOOD = frozenset(
    ("connect_refused", "dns", "tls", "connect_timeout", "reset", "closed", "redirect", "http_4xx", "malformed")
) | {"truncated", "agent_error"}

_TLS_REASONS = {
    "WRONG_VERSION_NUMBER": "no TLS is spoken there; look at agent.url (http instead of https)",
    "CERTIFICATE_VERIFY_FAILED": "its certificate is not trusted here (SSL_CERT_FILE may name one that is)",
}
_MAY_BE_TLS = ("closed", "reset", "malformed", "tls")


async def reach(url: str, within_s: float) -> None:
    """Open one connection, with TLS where the URL says so, and close it. Raises AgentUnreachable with the reason."""
    parts = urlsplit(url)
    secure = parts.scheme in ("https", "wss")
    host, port = parts.hostname or "", parts.port or (443 if secure else 80)
    where = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    try:
        async with asyncio.timeout(within_s):
            _, writer = await asyncio.open_connection(host, port, ssl=ssl.create_default_context() if secure else None)
    except TimeoutError:
        raise AgentUnreachable(
            f"{where} did not answer within {within_s:g} s (connect_timeout)", "connect_timeout"
        ) from None
    except socket.gaierror as error:
        raise AgentUnreachable(f"{host} has no address (dns): {error.strerror}", "dns") from None
    except ssl.SSLError as error:
        why = _TLS_REASONS.get(error.reason or "", "look at agent.url (http or https)")
        raise AgentUnreachable(f"TLS with {where} failed (tls): {error.reason or error}: {why}", "tls") from None
    except OSError as error:
        why = f"{where} refused the connection (connect_refused): {error.strerror}"
        raise AgentUnreachable(why, "connect_refused") from None
    writer.close()


async def speaks_tls(agent: AgentSpec, failure: str) -> bool:
    """Whether TLS is spoken at an address that says http, or ws: the cause of a failure that otherwise says little."""
    parts = urlsplit(agent.url or "")
    if failure not in _MAY_BE_TLS or parts.scheme not in ("http", "ws"):
        return False
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE  # nothing is sent but the handshake
    try:
        async with asyncio.timeout(agent.timeouts.connect_s):
            _, writer = await asyncio.open_connection(parts.hostname, parts.port or 80, ssl=trusting)
    except OSError:  # TimeoutError and SSLError are of it
        return False
    writer.close()
    return True


async def advise(agent: AgentSpec, failure: str, status: int, detail: str, *, called_back: bool) -> str:
    """The setting to look at after a failure; empty when there is none."""
    if await speaks_tls(agent, failure):
        return "agent.url (https instead of http, wss instead of ws): TLS is spoken there"
    return look_at(agent, failure, status, detail, called_back=called_back)


async def greet(agent: AgentSpec, beside: Path, *, say: bool = True) -> Greeting:
    """Hold a conversation of one turn, in no run's records: is the agent let in to, and can its reply be read?

    A failure that speaks of wrong settings is tried again, as an agent may also fail by chance. Raises
    AgentNotUnderstood when it stays, UsageError when the connector itself is wrong. Any other failure is told in what
    is returned and, with `say`, on the log.
    """
    connector = await dial(agent, REAL, beside)
    called_back = isinstance(connector, CalledBack)
    if isinstance(connector, CalledBack):
        connector.redelivers = False  # what fails is to be known at once
    try:
        greeting = await _greeted(connector.session(_caller()), 1)
        while greeting.outcome in (*_MISUNDERSTOOD, "own_error") and greeting.sends < _TRIES:
            await asyncio.sleep(_AGAIN_AFTER_S)
            greeting = await _greeted(connector.session(_caller()), greeting.sends + 1)
    finally:
        await connector.close()
    look = await advise(agent, greeting.outcome, greeting.status, greeting.detail, called_back=called_back)
    return _passed(greeting, agent.connector, f"; look at {look}" if look else "", say)


def _caller() -> Caller:
    return Caller(0, f"probe-{token_hex(6)}", "web-chat", "en-US")


async def _greeted(session: Session, sends: int) -> Greeting:
    watch = Stopwatch(REAL.now)
    try:
        async with asyncio.timeout(_WITHIN_S):
            reply = await session.say((_HELLO,), watch)
    except ExchangeFailed as failed:
        took_s = round(REAL.now() - watch.sent, 6)
        return Greeting(failed.failure, failed.detail, sends, took_s, status=failed.status)
    except TimeoutError:
        return Greeting("total_timeout", f"no whole reply within {_WITHIN_S:g} s", sends, _WITHIN_S)
    finally:
        await session.close()
    return Greeting("ok", "", sends, round(REAL.now() - watch.sent, 6), len(reply.text), reply.completed_by)


def _passed(greeting: Greeting, connector: str, look: str, say: bool) -> Greeting:
    """The greeting, unless it says that no run would be worth its load."""
    outcome = greeting.outcome
    if outcome == "own_error":
        raise UsageError(f"the connector {connector} failed by a mistake of its own: {greeting.detail}")
    if outcome in _MISUNDERSTOOD:
        raise AgentNotUnderstood(f"no reply could be understood ({outcome}): {greeting.detail}{look}", outcome)
    if not say:
        return greeting
    if outcome != "ok":
        _log.warning("hubbub: a first message failed (%s): %s%s; going on", outcome, greeting.detail, look)
    elif not greeting.chars:
        _log.warning("hubbub: the reply to a first message had no text; look at agent.options.reply.text")
    return greeting
