"""Before any load: does anything listen there, and does it answer as the workload says?"""

import asyncio
import logging
import socket
import ssl
from collections.abc import Mapping
from pathlib import Path
from secrets import token_hex
from typing import cast
from urllib.parse import urlsplit

from hubbub.clock import REAL
from hubbub.connectors.protocol import CalledBack, Caller, Connect, Session
from hubbub.errors import AgentNotUnderstood, AgentUnreachable, ExchangeFailed, UsageError
from hubbub.exchange import Stopwatch
from hubbub.model import AgentSpec
from hubbub.registry import load
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

# What to look at in a workload when a turn fails by this class.
SETTING_OF: Mapping[str, str] = {
    "connect_refused": "agent.url (host and port)",
    "dns": "agent.url (host)",
    "tls": "agent.url (http or https)",
    "connect_timeout": "agent.url, agent.timeouts.connect_s",
    "reset": "agent.url (http or https, port), agent.connector",
    "closed": "agent.url (http or https, port), agent.connector",
    "redirect": "agent.url: the address that it redirects to",
    "http_4xx": "agent.auth when it is 401 or 403; agent.url (path) when it is 404 or 405; agent.options otherwise",
    "http_5xx": "nothing here: look into the agent's log",
    "http_429": "nothing here: the agent is busy, or its limit is low",
    "malformed": "agent.connector, or agent.options.reply.text",
    "truncated": "agent.connector: the end of a reply is not marked as this protocol marks it",
    "first_text_timeout": "agent.timeouts.first_text_s",
    "stall": "agent.timeouts.gap_s",
    "total_timeout": "agent.timeouts.turn_s",
    "too_large": "agent.max_reply_bytes",
    "agent_error": "agent.options: what the error says is missing",
}


async def reach(url: str, within_s: float) -> None:
    """Open one connection, with TLS where the URL says so, and close it. Raises AgentUnreachable with the reason."""
    parts = urlsplit(url)
    secure = parts.scheme in ("https", "wss")
    host, port = parts.hostname or "", parts.port or (443 if secure else 80)
    where = f"{host}:{port}"
    try:
        async with asyncio.timeout(within_s):
            _, writer = await asyncio.open_connection(host, port, ssl=ssl.create_default_context() if secure else None)
    except TimeoutError:
        raise AgentUnreachable(f"{where} did not answer within {within_s:g} s (connect_timeout)") from None
    except socket.gaierror as error:
        raise AgentUnreachable(f"{host} has no address (dns): {error.strerror}") from None
    except ssl.SSLError as error:
        raise AgentUnreachable(f"TLS with {where} failed (tls): {error.reason or error}{_look_at('tls')}") from None
    except OSError as error:
        raise AgentUnreachable(f"{where} refused the connection (connect_refused): {error.strerror}") from None
    writer.close()


async def greet(agent: AgentSpec, beside: Path) -> Greeting:
    """Hold a conversation of one turn, in no run's records: is the agent let in to, and can its reply be read?

    A failure that speaks of wrong settings is tried again, as an agent may also fail by chance. Raises
    AgentNotUnderstood when it stays, UsageError when the connector itself is wrong. Any other failure is told in what
    is returned, and on the log.
    """
    connect = cast(Connect, load("connector", agent.connector, beside))
    connector = await connect(agent, REAL)
    if isinstance(connector, CalledBack):
        connector.redelivers = False  # what fails is to be known at once
    try:
        greeting = await _greeted(connector.session(_caller()), 1)
        while greeting.outcome in (*_MISUNDERSTOOD, "own_error") and greeting.sends < _TRIES:
            await asyncio.sleep(_AGAIN_AFTER_S)
            greeting = await _greeted(connector.session(_caller()), greeting.sends + 1)
    finally:
        await connector.close()
    return _passed(greeting, agent.connector)


def _caller() -> Caller:
    return Caller(0, f"probe-{token_hex(6)}", "web-chat", "en-US")


async def _greeted(session: Session, sends: int) -> Greeting:
    watch = Stopwatch(REAL.now)
    try:
        async with asyncio.timeout(_WITHIN_S):
            reply = await session.say((_HELLO,), watch)
    except ExchangeFailed as failed:
        return Greeting(failed.failure, failed.detail, sends, round(REAL.now() - watch.sent, 6))
    except TimeoutError:
        return Greeting("total_timeout", f"no whole reply within {_WITHIN_S:g} s", sends, _WITHIN_S)
    finally:
        await session.close()
    return Greeting("ok", "", sends, round(REAL.now() - watch.sent, 6), len(reply.text), reply.completed_by)


def _passed(greeting: Greeting, connector: str) -> Greeting:
    """The greeting, unless it says that no run would be worth its load."""
    outcome, look = greeting.outcome, _look_at(greeting.outcome)
    if outcome == "own_error":
        raise UsageError(f"the connector {connector} failed by a mistake of its own: {greeting.detail}")
    if outcome in _MISUNDERSTOOD:
        raise AgentNotUnderstood(f"no reply could be understood ({outcome}): {greeting.detail}{look}")
    if outcome != "ok":
        _log.warning("hubbub: a first message failed (%s): %s%s; going on", outcome, greeting.detail, look)
    elif not greeting.chars:
        _log.warning("hubbub: the reply to a first message had no text; look at agent.options.reply.text")
    return greeting


def _look_at(outcome: str) -> str:
    setting = SETTING_OF.get(outcome, "")
    return f"; look at {setting}" if setting else ""
