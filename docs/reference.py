"""Writes what docs/ says of things that the program knows itself: commands, metrics, failure classes, keys of files.

python docs/reference.py            write it anew (scripts/fix does)

A page holds such a part between `<!-- made: NAME -->` and `<!-- end -->`; words around it stay as they are.
"""

import inspect
import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from hubbub.cli import SUMMARIES, hubbub
from hubbub.errors import FAILURES
from hubbub.gates import METRICS
from hubbub.registry import load
from hubbub.specs.schema import schema_of

DOCS = Path(__file__).parent
_PART = re.compile(r"(<!-- made: ([\w -]+) -->\n).*?(<!-- end -->)", re.DOTALL)
_COUNTS = ("turns_to_human_p50", "turns_per_s", "conversations_per_s", "turns", "conversations", "dropped")
_TYPES = {"string": "text", "boolean": "true or false", "null": "nothing", "object": "a map", "array": "a list"}


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table in markdown."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines) + "\n"


def metrics(kind: str) -> str:
    """Metrics of one kind: `latency`, `share`, `count` or `class`."""
    some = [(name, info) for name, info in METRICS.items() if _kind_of(name) == kind]
    rows = ((f"`{name}`", info.unit, info.better, info.meaning) for name, info in some)
    return table(("metric", "unit", "better", "meaning"), rows)


def _kind_of(name: str) -> str:
    if name in _COUNTS:
        return "count"
    if name in FAILURES:
        return "class"
    return "share" if METRICS[name].unit == "share" else "latency"


def failures(layer: str) -> str:
    """The classes of one layer, and what to do about each."""
    some = ((name, failure) for name, failure in FAILURES.items() if failure.layer == layer)
    rows = ((f"`{name}`", failure.meaning, failure.remedy) for name, failure in some)
    return table(("class", "meaning", "what to do"), rows)


def commands() -> str:
    """Every command with its words, options, limits and defaults, as click knows them."""
    return "\n".join(part for name in SUMMARIES for part in _command(name, load("command", name)))


def _command(name: str, command: Any) -> Iterator[str]:
    above = click.Context(hubbub, info_name="hubbub", **hubbub.context_settings)
    context = click.Context(command, info_name=name, parent=above)
    told, _, rest = inspect.cleandoc(command.help or "").partition("\b")
    yield f"## hubbub {name}\n"
    yield f"```text\n{command.get_usage(context).removeprefix('Usage: ')}\n```\n"
    yield f"{' '.join(told.split())}\n"
    if rest:
        yield "```text\n" + inspect.cleandoc(rest.replace("\b\n", "")).strip("\n") + "\n```\n"
    rows = (found for one in command.params if (found := one.get_help_record(context)))
    yield table(("option", "meaning"), ((f"`{words}`", " ".join(meaning.split())) for words, meaning in rows))


def keys(name: str) -> str:
    """Every key of a file format, block by block, with its type, default and meaning."""
    schema = schema_of(name)
    parts = {name.capitalize(): schema, **schema["$defs"]}
    return "\n".join(text for title, part in parts.items() for text in _block(title, part, parts))


def _block(title: str, part: dict[str, Any], blocks: dict[str, dict[str, Any]]) -> Iterator[str]:
    properties = part.get("properties")
    if not properties:
        return
    yield f"## {title}\n"
    if part.get("description"):
        yield f"{part['description']}\n"
    needed = part.get("required", [])
    rows = []
    for key, value in properties.items():
        name = f"`{key}`" + (" (needed)" if key in needed else "")
        meaning = value.get("description", "") or _told_there(value, blocks)
        rows.append((name, _type_of(value), _default_of(value), meaning))
    yield table(("key", "type", "unless given", "meaning"), rows)


def _told_there(value: dict[str, Any], blocks: dict[str, dict[str, Any]]) -> str:
    """What the block that a key holds says of itself."""
    title = value.get("$ref", "").rpartition("/")[2]
    return str(blocks.get(title, {}).get("description", ""))


def _type_of(value: dict[str, Any]) -> str:
    if "$ref" in value:
        title = value["$ref"].rpartition("/")[2]
        return f"[{title}](#{title.lower()})"
    if "enum" in value:
        return ", ".join(f"`{one}`" for one in value["enum"])
    if "anyOf" in value:
        return " or ".join(dict.fromkeys(_type_of(one) for one in value["anyOf"] if one.get("type") != "null"))
    kind = value.get("type", "anything")
    if isinstance(kind, list):
        return "text" if "string" in kind else " or ".join(_TYPES.get(one, one) for one in kind)
    if kind == "array" and isinstance(value.get("items"), dict):
        return f"a list of {_type_of(value['items'])}"
    return _TYPES.get(kind, kind) + _limits(value)


def _limits(value: dict[str, Any]) -> str:
    said = (("minimum", "from {:,}"), ("exclusiveMinimum", "over {:,}"), ("maximum", "to {:,}"))
    told = " ".join(how.format(value[name]) for name, how in said if name in value)
    return f", {told}" if told else ""


def _default_of(value: dict[str, Any]) -> str:
    default = value.get("default")
    return "" if default is None or default in ("", [], {}, ()) else f"`{json.dumps(default)}`"


PARTS: dict[str, Callable[[], str]] = {
    "commands": commands,
    **{f"metrics {kind}": lambda kind=kind: metrics(kind) for kind in ("latency", "share", "count", "class")},
    **{f"failures {layer}": lambda layer=layer: failures(layer)
       for layer in ("infra", "conversation", "governance", "generator")},
    **{f"keys {name}": lambda name=name: keys(name) for name in ("persona", "workload")},
}  # fmt: skip


def renewed(text: str) -> str:
    """A page with every made part as it should be now. Raises KeyError for a part that nobody makes."""
    return _PART.sub(lambda found: f"{found[1]}\n{PARTS[found[2]]().rstrip()}\n\n{found[3]}", text)


def main() -> None:
    """Write each page anew that holds a made part."""
    for page in sorted(DOCS.rglob("*.md")):
        text = page.read_text()
        if (now := renewed(text)) != text:
            page.write_text(now)


if __name__ == "__main__":
    main()
