"""JSON Schemas (draft 2020-12), made from types: of files that are written by hand, and of those that a run leaves."""

import json
from pathlib import Path
from typing import Any, cast

import msgspec
from msgspec import Struct

from hubbub.model import Comparison, Persona, Summary, Verdict, Workload
from hubbub.specs.schema_words import EXAMPLES, with_meanings

FORMATS: dict[str, type[Struct]] = {"persona": Persona, "workload": Workload}
OUTPUTS: dict[str, type[Struct]] = {"summary": Summary, "verdict": Verdict, "comparison": Comparison}
_OUTPUT_FORMAT = 1  # the `format` number that these schemas are of; it changes with any change that is not an addition
_OPTIONS = Path(__file__).with_name("option_schemas.json")
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT = ["string", "number", "boolean"]  # where text is expected, our loader takes an unquoted 12 or NO as text
_WHAT_A_BASE_MAY_LACK = {  # a base has no name of its own, and what extends one may take its goal from there
    "if": {"required": ["persona"], "not": {"required": ["extends"]}},
    "then": {"required": ["goal"]},
}


def schema_text(name: str) -> str:
    """A schema, by the name of what it is of, as the text of a JSON file."""
    return json.dumps(schema_of(name), indent=2, ensure_ascii=False) + "\n"


def schema_of(name: str) -> dict[str, Any]:
    """The schema of a file that is written by hand, or that a run leaves. Raises KeyError for another name."""
    return _output(name) if name in OUTPUTS else _spec(name)


def _output(name: str) -> dict[str, Any]:
    """What a program may rely on when it reads such a file: newer versions may add keys."""
    kind = OUTPUTS[name]
    parts = {title: with_meanings(title, part) for title, part in msgspec.json.schema(kind)["$defs"].items()}
    root = parts.pop(kind.__name__)
    root["properties"]["format"] = {"const": _OUTPUT_FORMAT, "description": "The version of this format."}
    return {"$schema": _DIALECT, **root, "title": f"Hubbub {name}.json", "$defs": dict(sorted(parts.items()))}


def _spec(name: str) -> dict[str, Any]:
    kind = FORMATS[name]
    made = msgspec.json.schema(kind)
    parts = {title: _widened(with_meanings(title, part)) for title, part in made["$defs"].items()}
    for title, examples in EXAMPLES.items():
        if title in parts:
            parts[title]["examples"] = examples
    if "Source" in parts:
        parts["Source"] = _or_plain(parts["Source"])
    root = parts.pop(kind.__name__)
    if "AgentSpec" in parts:
        parts["AgentSpec"]["allOf"] = _by_connector()
    if kind is Persona:
        root |= {"required": [], "properties": _takeable(root["properties"]), **_WHAT_A_BASE_MAY_LACK}
    title = f"Hubbub {name}"
    return {"$schema": _DIALECT, **root, "title": title, "$defs": dict(sorted(parts.items()))}


def option_schemas() -> dict[str, Any]:
    """The connectors' own settings, by connector: a made file, as the connectors stand above this room."""
    return cast(dict[str, Any], json.loads(_OPTIONS.read_text(encoding="utf-8")))


def _by_connector() -> list[dict[str, Any]]:
    """What `options` may hold, by the name of the connector that they are for."""
    return [
        {
            "if": {"properties": {"connector": {"const": name}}, "required": ["connector"]},
            "then": {"properties": {"options": {**schema, "description": f"The settings of {name}."}}},
        }
        for name, schema in option_schemas().items()
    ]


def _widened(part: Any) -> Any:
    """The same schema, with every free text open to the scalars that YAML takes for something else."""
    if isinstance(part, list):
        return [_widened(item) for item in part]
    if not isinstance(part, dict):
        return part
    wide = {key: value if key == "default" else _widened(value) for key, value in part.items()}
    if wide.get("type") == "string" and "enum" not in wide:
        wide["type"] = _TEXT
    return wide


def _takeable(properties: dict[str, Any]) -> dict[str, Any]:
    """A persona's keys, open to the null that takes a key of a base away."""
    for key in ("knows", "facts"):
        properties[key]["additionalProperties"] = _or_null(properties[key]["additionalProperties"])
    return {key: part if key == "persona" else _or_null(part) for key, part in properties.items()}


def _or_null(part: dict[str, Any]) -> dict[str, Any]:
    about: dict[str, Any] = {key: part[key] for key in ("description", "default") if key in part}
    rest = {key: value for key, value in part.items() if key not in about}
    options = rest.get("anyOf", [rest])
    null = {"type": "null"}
    return {**about, "anyOf": options if null in options else [*options, null]}


def _or_plain(source: dict[str, Any]) -> dict[str, Any]:
    about = {"title": source.pop("title"), "description": source.pop("description"), "examples": source.pop("examples")}
    one_kind = {**source, "minProperties": 1, "maxProperties": 1}
    return {**about, "anyOf": [{"type": _TEXT}, one_kind]}
