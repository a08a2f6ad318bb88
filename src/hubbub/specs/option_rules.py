"""A connector's own settings, held against the schema of what it asks for: each mistake with its place."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from hubbub.model import Workload
from hubbub.registry import near
from hubbub.specs.pages import Step, shown
from hubbub.specs.schema import option_schemas
from hubbub.specs.shelf import Sheet

HOLES = ("message", "messages", "session", "customer", "channel", "locale", "number", "message_id", "callback")
HOLE = re.compile(r"\$\$|\$([A-Za-z_]\w*)")  # `$$` stands for a dollar sign
_HOLED = ("body", "opening", "input")  # settings that are filled in for each turn
_ASKED = ("body", "input")  # of them, those that bring the agent what the customer said
_SAID = frozenset(("message", "messages"))
_TYPES: Mapping[str, tuple[type, ...]] = {
    "object": (dict,), "array": (list,), "string": (str,), "boolean": (bool,), "integer": (int,), "number": (int, float)
}  # fmt: skip
_WORDS = {"object": "a map", "array": "a list", "string": "text", "boolean": "true or false",
          "integer": "a whole number", "number": "a number"}  # fmt: skip
_MUTE = "the agent would never hear what the customer says: put $message, or $messages, where it looks for that"
_NAMES_A_PLACE = frozenset(("path", "equals"))


def settings_fit(workload: Workload, sheet: Sheet) -> None:
    """Note every setting of a built-in connector that it does not know, or that is of another type."""
    schema = option_schemas().get(workload.agent.connector)
    if schema is None:
        return
    options, known = workload.agent.options, schema.get("properties", {})
    _weigh(options, schema, sheet, ("agent", "options"))
    for name in _HOLED:
        if name in options and name in known:
            holes = _holes(options[name], sheet, ("agent", "options", name))
            if name in _ASKED and not holes & _SAID and holes <= set(HOLES):
                sheet.wrong(_MUTE, "agent", "options", name)
    if isinstance(options.get("reply"), dict) and "reply" in known:
        for steps, path in _paths(options["reply"], ("agent", "options", "reply")):
            if not path.startswith("$"):
                sheet.wrong(f"{shown(path)}: a path starts with $, as in $.reply or $.messages[0].text", *steps)


def _holes(value: Any, sheet: Sheet, steps: tuple[Step, ...]) -> set[str]:
    """The names of all holes; each that there is none of is noted."""
    if isinstance(value, dict):
        return set().union(*(_holes(inner, sheet, (*steps, key)) for key, inner in value.items()))
    if isinstance(value, list):
        return set().union(*(_holes(inner, sheet, (*steps, place)) for place, inner in enumerate(value)))
    if not isinstance(value, str):
        return set()
    names = {name for name in HOLE.findall(value) if name}
    for name in sorted(names - set(HOLES)):
        sheet.wrong(no_such_hole(name), *steps)
    return names


def no_such_hole(name: str) -> str:
    """What to tell of a hole that there is none of."""
    return f"there is no ${name}{near(name, HOLES)}; there are: {', '.join('$' + hole for hole in HOLES)}"


def _paths(rules: Mapping[str, Any], steps: tuple[Step, ...]) -> Iterator[tuple[tuple[Step, ...], str]]:
    """Each path of where something is in a reply: given alone, or as `path` beside what counts."""
    for name, rule in rules.items():
        if isinstance(rule, str):
            yield (*steps, name), rule
        elif isinstance(rule, dict):
            for key in ("path", "queue_path", "reason_path"):
                if isinstance(rule.get(key), str):
                    yield (*steps, name, key), rule[key]


def _weigh(value: Any, schema: Mapping[str, Any], sheet: Sheet, steps: tuple[Step, ...]) -> None:
    fitting = [one for one in schema.get("anyOf", [schema]) if _is_of(value, one)]
    if not fitting:
        sheet.wrong(_problem(value, schema), *steps)
    elif isinstance(value, dict) and "properties" in fitting[0]:
        _weigh_map(value, fitting[0]["properties"], sheet, steps)


def _weigh_map(value: Mapping[str, Any], known: Mapping[str, Any], sheet: Sheet, steps: tuple[Step, ...]) -> None:
    for name, inner in value.items():
        if name in known:
            _weigh(inner, known[name], sheet, (*steps, name))
        else:
            meant = near(name, known) if len(name) <= 64 else ""
            sheet.wrong_key(f"unknown setting{meant or '; there are: ' + ', '.join(known)}", *steps, name)


def _is_of(value: Any, schema: Mapping[str, Any]) -> bool:
    kind = schema.get("type")
    if kind is None:
        return True
    if isinstance(value, bool) and kind != "boolean":
        return False
    return isinstance(value, _TYPES[kind]) and ("enum" not in schema or value in schema["enum"])


def _problem(value: Any, schema: Mapping[str, Any]) -> str:
    if "enum" in schema and isinstance(value, str):
        return f"{shown(value)} is none of {', '.join(schema['enum'])}{near(value, schema['enum'])}"
    wanted = " or ".join(_WORDS[one["type"]] for one in schema.get("anyOf", [schema]))
    more = ": only a path; whatever stands there counts" if _is_a_rule_for_a_path(value, schema) else ""
    if "properties" in schema:
        wanted = f"a map of {', '.join(schema['properties'])}"
        more = f": write {{path: {value}}}" if isinstance(value, str) and "path" in schema["properties"] else ""
    return f"expected {wanted}{more}"


def _is_a_rule_for_a_path(value: Any, schema: Mapping[str, Any]) -> bool:
    return schema.get("type") == "string" and isinstance(value, dict) and value.keys() <= _NAMES_A_PLACE
