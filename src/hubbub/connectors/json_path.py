"""A small JSON path: `$.a.b[0].c`, `$.messages[*].text`, `$['odd name'][-1]`. Compiled once, quick to follow."""

import re
from typing import Any

from msgspec import Struct

_STEP = re.compile(
    r"""\.(?P<name>[^\W\d][\w-]*) | \[(?P<index>-?\d{1,6})\] | (?P<all>\[\*\]|\.\*) |
        \[(?:'(?P<single>[^']+)'|"(?P<double>[^"]+)")\]""",
    re.VERBOSE,
)


class BadPath(ValueError):
    """A path that cannot be read; the message says where and what may stand there."""


class Every(Struct, frozen=True):
    """The step `[*]`."""


Step = str | int | Every


class JsonPath(Struct, frozen=True):
    """Where something is in a decoded JSON document."""

    text: str
    steps: tuple[Step, ...]
    plural: bool  # it has a `[*]`, so that finding none is no mistake

    def find(self, document: Any) -> list[Any]:
        """All that is there, in order; empty when there is nothing."""
        found = [document]
        for step in self.steps:
            found = [child for parent in found for child in _children(parent, step)]
        return found

    def first(self, document: Any) -> Any:
        """The first that is there, or None."""
        found = self.find(document)
        return found[0] if found else None


def _children(parent: Any, step: Step) -> list[Any]:
    if isinstance(step, str):
        return [parent[step]] if isinstance(parent, dict) and step in parent else []
    if isinstance(step, int):
        return [parent[step]] if isinstance(parent, list) and -len(parent) <= step < len(parent) else []
    if isinstance(parent, list):
        return parent
    return list(parent.values()) if isinstance(parent, dict) else []


def compile_path(text: str) -> JsonPath:
    """Read a path. Raises BadPath."""
    if text[:1] != "$":
        raise BadPath(f"{text!r}: a path starts with $, as in $.reply or $.messages[0].text")
    steps: list[Step] = []
    at = 1
    while at < len(text):
        match = _STEP.match(text, at)
        if match is None:
            raise BadPath(f"{text!r}: at {text[at:]!r} there must be .name, [number], [*] or ['name']")
        steps.append(_step(match))
        at = match.end()
    return JsonPath(text, tuple(steps), any(isinstance(step, Every) for step in steps))


def _step(match: re.Match[str]) -> Step:
    if match["all"]:
        return Every()
    if match["index"]:
        return int(match["index"])
    return match["name"] or match["single"] or match["double"]
