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
_TOP = "agent.options"


async def option_schemas() -> dict[str, dict[str, Any]]:
    """Of every built-in connector, by its name."""
    return {name: await _schema(name) for name in sorted(BUILT_IN["connector"])}


async def _schema(name: str) -> dict[str, Any]:
    made: list[Options] = []
    token = asked_of.set(made)
    try:
        connect = cast(Connect, load("connector", name))
        await connect(AgentSpec(connector=name, url="http://127.0.0.1:1/run_sse", options=dict(_LEADING)), REAL)
    except UsageError:  # as was meant
        pass
    finally:
        asked_of.reset(token)
    return made[0].schema()
