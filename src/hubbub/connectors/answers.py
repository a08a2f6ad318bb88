"""What an answer says at a path: whether something is there, and the settings that say where an escalation shows."""

from typing import Any

from hubbub.connectors.escalation import FieldRule
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
    return None if path is None else FieldRule(path, _wanted(equals), queue, reason)


def sign_of(options: Options, name: str) -> FieldRule | None:
    """Where something shows, such as the end of a reply: at a path, or at one that holds a certain value."""
    path, equals = options.place(name)
    return None if path is None else FieldRule(path, _wanted(equals))


def _wanted(equals: Any) -> tuple[Any, ...] | None:
    return None if equals is None else tuple(equals) if isinstance(equals, list) else (equals,)


def says_yes(sign: FieldRule | None, document: Any) -> bool:
    """Whether a document shows it: by the value that was asked for, else by anything not empty, false or null."""
    return sign is not None and sign.holds(document)
