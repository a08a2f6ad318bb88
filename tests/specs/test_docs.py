"""The pages on the two formats leave nothing out, and hold nothing that is gone."""

import re
from pathlib import Path
from typing import Any, get_args

import pytest
from msgspec import inspect

from hubbub.model import AgentAct, Persona, Trigger, Workload

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {"personas.md": Persona, "workloads.md": Workload}


def keys_of(kind: Any) -> set[str]:
    """Every key of a format, however deep."""
    if isinstance(kind, inspect.Metadata):
        return keys_of(kind.type)
    if isinstance(kind, inspect.StructType):
        return {f.encode_name for f in kind.fields} | {key for f in kind.fields for key in keys_of(f.type)}
    if isinstance(kind, inspect.UnionType):
        return {key for part in kind.types for key in keys_of(part)}
    if isinstance(kind, inspect.DictType):
        return keys_of(kind.value_type)
    return keys_of(kind.item_type) if isinstance(kind, inspect.VarTupleType) else set()


def words_of(kind: Any) -> set[str]:
    """Every word that a format takes from a fixed list."""
    if isinstance(kind, inspect.LiteralType):
        return {str(value) for value in kind.values}
    parts = [getattr(kind, name) for name in ("type", "value_type", "item_type") if hasattr(kind, name)]
    parts += [*getattr(kind, "types", ()), *(field.type for field in getattr(kind, "fields", ()))]
    return {word for part in parts for word in words_of(part)}


def quoted(page: str) -> set[str]:
    """What stands in backticks, whole and by its last part."""
    found = set(re.findall(r"`([^`\n]+)`", (DOCS / page).read_text(encoding="utf-8")))
    return found | {text.rpartition(".")[2] for text in found}


@pytest.mark.parametrize("page", list(PAGES))
def test_every_key_is_on_its_page(page: str):
    assert sorted(keys_of(inspect.type_info(PAGES[page])) - quoted(page)) == []


@pytest.mark.parametrize("page", list(PAGES))
def test_every_fixed_word_is_on_its_page(page: str):
    assert sorted(words_of(inspect.type_info(PAGES[page])) - quoted(page)) == []


@pytest.mark.parametrize("page", list(PAGES))
def test_a_table_of_keys_names_no_key_that_is_gone(page: str):
    rows = re.findall(r"^\| `([a-z_.]+)` \|", (DOCS / page).read_text(encoding="utf-8"), re.MULTILINE)
    known = keys_of(inspect.type_info(PAGES[page])) | {"poisson", "constant", "stages", "closed"}
    assert [row for row in rows if row.rpartition(".")[2] not in known and not row.endswith(".py:name")] == []


def test_every_act_and_trigger_is_on_the_personas_page():
    assert set(get_args(AgentAct)) | set(get_args(Trigger)) <= quoted("personas.md")
