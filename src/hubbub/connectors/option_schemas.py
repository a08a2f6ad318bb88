"""JSON Schemas of the connectors' own settings, made by letting each connector say what it asks for."""

from typing import Any, cast

from hubbub.clock import REAL
from hubbub.connectors.options import Options, asked_of
from hubbub.connectors.protocol import Connect
from hubbub.errors import UsageError
from hubbub.model import AgentSpec
from hubbub.registry import BUILT_IN, load

_RULE = {"path": "$.x"}
# Settings that make connectors ask for what hangs on them, and one that none knows, so that none goes on to connect.
_LEADING = {"poll": {"done": _RULE, "failed": _RULE}, "reply": {"escalation": _RULE}, "no such setting": 0}
# Settings that turn a connector into another one, with settings of its own beside what it has in common with the first.
_TURNING: tuple[dict[str, Any], ...] = ({}, {"callback": {"escalation": _RULE}}, {"delivery": "directLine"})
_TOP = "agent.options"


async def option_schemas() -> dict[str, dict[str, Any]]:
    """Of every built-in connector, by its name."""
    return {name: await _schema(name) for name in sorted(BUILT_IN["connector"])}


async def _schema(name: str) -> dict[str, Any]:
    """All settings that a connector asks for, in whatever way it is set."""
    schema: dict[str, Any] = {}
    for turning in _TURNING:
        schema = _merged(schema, await _asked(name, _LEADING | turning))
    return schema


def _merged(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    inner = {key: _merged(one[key], part) for key, part in other.items() if key in one and isinstance(part, dict)}
    return other | one | inner


async def _asked(name: str, settings: dict[str, Any]) -> dict[str, Any]:
    made: list[Options] = []
    token = asked_of.set(made)
    try:
        connect = cast(Connect, load("connector", name))
        await connect(AgentSpec(connector=name, url="http://127.0.0.1:1/run_sse", options=settings), REAL)
    except UsageError:  # as was meant
        pass
    finally:
        asked_of.reset(token)
    return made[0].schema()
