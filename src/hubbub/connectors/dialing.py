"""How an agent is reached, whatever it speaks: a connector by its name, behind a door that no secret of ours passes.

Agents repeat what they are sent: in an error's explanation, in a tool's arguments, in what they hand over. Nothing that
a connector brings leaves this room before it was searched, so that no connector needs to think of it.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar, cast, get_args, runtime_checkable

from msgspec import Struct
from msgspec.structs import fields, replace

from hubbub.clock import Clock
from hubbub.connectors.auth import read_credentials
from hubbub.connectors.protocol import CalledBack, Caller, Connect, Connector, Redelivers, Sent, Session, Tell, Watch
from hubbub.connectors.secrecy import Secrets
from hubbub.errors import ExchangeFailed
from hubbub.model import AgentSpec, Reply, Signal, ToolCall, Unasked
from hubbub.registry import load

S = TypeVar("S", bound=Struct)
Hide = Callable[[str], str]


@runtime_checkable
class KeepsSecrets(Protocol):
    """A connector that says itself what is secret in it: ours all do. Of others it is what the workload names."""

    @property
    def secrets(self) -> Secrets:
        """What the agent may not be heard saying."""


async def dial(agent: AgentSpec, clock: Clock, beside: Path | None = None) -> Connector:
    """The connector that a workload names, ready to be spoken over. `beside` is the workload's folder.

    Raises UnknownName, and what the connector raises; nothing is sent.
    """
    connect = cast(Connect, load("connector", agent.connector, beside))
    return behind_door(await connect(agent, clock), agent)


def behind_door(connector: Connector, agent: AgentSpec) -> Connector:
    """The connector, with a door where there is a secret to keep."""
    secrets = secrets_of(connector, agent)
    if not secrets:
        return connector
    return _CalledBackDoor(connector, secrets) if isinstance(connector, CalledBack) else _Door(connector, secrets)


def secrets_of(connector: Connector, agent: AgentSpec) -> Secrets:
    """What an agent's connector keeps to itself."""
    return connector.secrets if isinstance(connector, KeepsSecrets) else read_credentials(agent, os.environ, []).secrets


def inside(connector: Connector) -> Connector:
    """The connector behind the door, for who looks at its insides."""
    return connector.inner if isinstance(connector, _Door) else connector


# -- what is searched --------------------------------------------------------------------------------------------------

_TEXTS: dict[type[Struct], tuple[str, ...]] = {
    kind: tuple(f.name for f in fields(kind) if f.type is str) for kind in (Reply, Unasked, Signal, ToolCall)
}
_WITHIN: dict[type[Struct], tuple[str, ...]] = {
    kind: tuple(f.name for f in fields(kind) if set(get_args(f.type)) & {Signal, ToolCall}) for kind in (Reply, Unasked)
}


def _searched(value: S, secrets: Secrets) -> S:
    """A value without secrets in any of its texts; the same one where there were none. A reply's own text is whole,
    all else may have been cut."""
    hide, hide_cut = secrets.hide, secrets.hide_cut
    changed: dict[str, object] = {}
    for name in _TEXTS[type(value)]:
        text = getattr(value, name)
        if text:
            shown = hide(text) if name == "text" and type(value) is Reply else hide_cut(text)
            if shown is not text:
                changed[name] = shown
    for name in _WITHIN.get(type(value), ()):
        ones = getattr(value, name)
        if ones:
            changed[name] = tuple(_searched(one, secrets) for one in ones)
    return replace(value, **changed) if changed else value


def _searched_failure(failed: ExchangeFailed, secrets: Secrets) -> ExchangeFailed:
    hide = secrets.hide_cut
    return ExchangeFailed(
        failed.failure,
        hide(failed.detail),
        status=failed.status,
        retry_after_s=failed.retry_after_s,
        partial=hide(failed.partial),
        handed_over=hide(failed.handed_over),
    )


# -- the door ----------------------------------------------------------------------------------------------------------


class _Door:
    """A connector of which nothing is heard but through here."""

    def __init__(self, inner: Connector, secrets: Secrets) -> None:
        self.inner = inner
        self.blind = inner.blind
        self.secrets = secrets

    def session(self, caller: Caller) -> Session:
        """A line for one conversation."""
        heard = None if caller.overhear is None else self._telling(caller.overhear)
        session = self.inner.session(replace(caller, overhear=heard))
        line = _RedeliveringLine if isinstance(session, Redelivers) else _Line
        return line(session, self.secrets)

    def _telling(self, tell: Tell) -> Tell:
        return lambda unasked: tell(_searched(unasked, self.secrets))

    async def close(self) -> None:
        """Release sockets."""
        await self.inner.close()


class _CalledBackDoor(_Door):
    """The same for one that the agent calls back."""

    inner: "_CalledBack"

    @property
    def tell(self) -> Tell:
        """Told of what belongs to no open conversation."""
        return self.inner.tell

    @tell.setter
    def tell(self, tell: Tell) -> None:
        self.inner.tell = self._telling(tell)

    @property
    def place(self) -> str:
        """Where the agent calls back to."""
        return self.inner.place

    @property
    def redelivers(self) -> bool:
        """Whether a message that was not taken is delivered again."""
        return self.inner.redelivers

    @redelivers.setter
    def redelivers(self, redelivers: bool) -> None:
        self.inner.redelivers = redelivers


class _CalledBack(CalledBack, Connector, Protocol):
    """Both at once."""


class _Line:
    """One conversation's line."""

    __slots__ = ("_inner", "_secrets")

    def __init__(self, inner: Session, secrets: Secrets) -> None:
        self._inner = inner
        self._secrets = secrets

    async def say(self, texts: tuple[str, ...], watch: Watch) -> Reply:
        try:
            reply = await self._inner.say(texts, watch)
        except ExchangeFailed as failed:
            raise _searched_failure(failed, self._secrets) from None
        return _searched(reply, self._secrets)

    async def close(self) -> None:
        await self._inner.close()


class _RedeliveringLine(_Line):
    """The same where a message can be delivered once more."""

    __slots__ = ()

    async def again(self, first: Sent, watch: Watch) -> Reply:
        assert isinstance(self._inner, Redelivers)
        try:
            reply = await self._inner.again(first, watch)
        except ExchangeFailed as failed:
            raise _searched_failure(failed, self._secrets) from None
        return _searched(reply, self._secrets)
