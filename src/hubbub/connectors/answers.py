"""What an answer says at a path: whether something is there, and the settings that say where an escalation shows."""

from typing import Any

from hubbub.connectors.escalation import FieldRule
from hubbub.connectors.json_path import JsonPath
from hubbub.connectors.options import Options


def rule_of(options: Options) -> FieldRule | None:
    """Where an escalation shows, as the settings under `reply.escalation` say."""
    path = options.path("path")
    if path is None:
        options.problem("path", "say where an escalation shows in the answer")
    equals = options.take("equals", Any, None)
    if options.take("exists", bool, True) is False:
        options.problem("exists", "can only be true: an escalation shows by something that is there")
    queue, reason = options.path("queue_path"), options.path("reason_path")
    wanted = None if equals is None else tuple(equals) if isinstance(equals, list) else (equals,)
    return None if path is None else FieldRule(path, wanted, queue, reason)


def says_yes(path: JsonPath | None, document: Any) -> bool:
    """Whether there is something at a path that is not empty, false or null."""
    return path is not None and any(value not in (None, False, "", 0, [], {}) for value in path.find(document))
