"""The committed schemas are current, and shipped files keep them."""

import os
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from hubbub.specs.pages import Ledger, read_page
from hubbub.specs.scalars import plain_value
from hubbub.specs.schema import FORMATS, schema_of, schema_text
from hubbub.specs.shelf import yaml_files
from hubbub.specs.shipped import shipped_dir
from hubbub.specs.yaml12 import compose

SHIPPED = [
    *(("persona", path) for path in yaml_files(shipped_dir("personas"))),
    *(("workload", path) for path in yaml_files(shipped_dir("workloads"))),
]


def value_of(path: Path) -> object:
    ledger = Ledger()
    page = read_page(path, ledger)
    root = compose(page, ledger) if page else None
    ledger.settle()
    assert root is not None
    return plain_value(root)


def problems(name: str, value: object) -> list[str]:
    return [error.message for error in Draft202012Validator(schema_of(name)).iter_errors(value)]


@pytest.mark.parametrize("name", list(FORMATS))
def test_the_committed_schema_is_current(name: str):
    committed = (shipped_dir("schema") / f"{name}.schema.json").read_text(encoding="utf-8")
    assert committed == schema_text(name), f"run: hubbub schema {name} > schema/{name}.schema.json"


@pytest.mark.parametrize("name", list(FORMATS))
def test_a_schema_is_one_by_its_own_dialect_and_stands_alone(name: str):
    schema = schema_of(name)
    Draft202012Validator.check_schema(schema)
    assert "$id" not in schema
    assert all(ref.startswith("#/$defs/") for ref in _refs(schema))
    structs = [schema, *schema["$defs"].values()]
    assert all(part.get("description") for part in structs)
    assert all(part["additionalProperties"] is False for part in structs if "properties" in part)


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_example_in_a_schema_keeps_it(name: str):
    schema = schema_of(name)
    shown = 0
    for title, part in schema["$defs"].items():
        for example in part.get("examples", ()):
            shown += 1
            Draft202012Validator({"$ref": f"#/$defs/{title}", "$defs": schema["$defs"]}).validate(example)
    assert shown >= 3


@pytest.mark.parametrize(("name", "path"), SHIPPED, ids=lambda part: part.name if isinstance(part, Path) else part)
def test_a_shipped_file_keeps_its_schema_and_names_it_for_its_editor(name: str, path: Path):
    assert problems(name, value_of(path)) == []
    schema = os.path.relpath(shipped_dir("schema") / f"{name}.schema.json", path.parent)
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first == f"# yaml-language-server: $schema={Path(schema).as_posix()}"


def test_what_an_unquoted_scalar_becomes_does_not_trouble_the_editor():
    persona = {"persona": 7, "goal": {"intent": True}, "knows": {"phone": 12025550112, "x": {"one_of": [False, 1]}}}
    assert problems("persona", persona) == []


def test_an_editor_is_told_of_what_is_wrong():
    assert problems("persona", {"persona": "a"}) == ["'goal' is a required property"]
    assert problems("persona", {"persona": "a", "extends": "b.yaml"}) == []
    assert problems("persona", {"manner": {"register": "polite"}}) == []
    assert problems("persona", {"persona": "a", "goal": {"intent": "b"}, "chanel": "sms"}) != []
    assert problems("persona", {"persona": "a", "goal": {"intent": "b"}, "knows": {"x": {}}}) != []
    assert problems("workload", {"workload": "a"}) != []


def test_a_null_that_takes_a_key_of_the_base_away_does_not_trouble_the_editor():
    child = {"persona": "a", "extends": "b.yaml", "knows": {"x": None}, "then": None, "expect": {"escalation": None}}
    assert problems("persona", child) == []


def _refs(part: object) -> list[str]:
    if isinstance(part, list):
        return [ref for item in part for ref in _refs(item)]
    if not isinstance(part, dict):
        return []
    own = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
    return own + [ref for value in part.values() for ref in _refs(value)]
