"""What a run leaves keeps the schemas that are published of it, and they are current."""

import inspect
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator

from hubbub import gates
from hubbub.reports.files import as_json
from hubbub.runs.verdict import judge_run
from hubbub.specs.schema import FORMATS, OUTPUTS, schema_of, schema_text
from hubbub.specs.schema_words import EXAMPLES, MEANINGS
from hubbub.specs.shipped import shipped_dir
from hubbub.stats import fold
from hubbub.verdicts import comparison
from tests.made import write_run


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folders = [
        write_run(tmp_path_factory.mktemp(name) / "peak-7", ["turn_p95_s <= 4", "escalation_recall >= 0.99"], held)
        for name, held in (("a", 60), ("b", 30))
    ]
    summary, verdict = judge_run(folders[0])
    compared = comparison.compare(*(comparison.Run.read(folder) for folder in folders), force=True)
    values = {"summary": summary, "verdict": verdict, "comparison": compared}
    return {name: msgspec.json.decode(as_json(value)) for name, value in values.items()}


@pytest.mark.parametrize("name", OUTPUTS)
def test_the_committed_schema_is_current(name: str) -> None:
    committed = (shipped_dir("schema") / f"{name}.schema.json").read_text(encoding="utf-8")
    assert committed == schema_text(name), f"run: hubbub schema {name} > schema/{name}.schema.json"


@pytest.mark.parametrize("name", OUTPUTS)
def test_what_a_run_leaves_keeps_its_schema(name: str, left: dict[str, Any]) -> None:
    schema = schema_of(name)
    Draft202012Validator.check_schema(schema)
    assert all(part.get("description") for part in (schema, *schema["$defs"].values()))
    Draft202012Validator(schema).validate(left[name])
    assert set(left[name]) == set(schema["properties"]), "the example must show every key"


@pytest.mark.parametrize("name", OUTPUTS)
def test_what_a_run_would_not_leave_breaks_it(name: str, left: dict[str, Any]) -> None:
    validator = Draft202012Validator(schema_of(name))
    good = left[name]
    assert not validator.is_valid({**good, "format": 2})
    for key in schema_of(name)["required"]:
        assert not validator.is_valid({other: value for other, value in good.items() if other != key})
    assert validator.is_valid({**good, "added_later": 1})


def test_the_schemas_are_of_the_formats_that_are_written() -> None:
    assert {gates.FORMAT, fold.FORMAT, comparison.FORMAT} == {1}


def test_every_file_under_schema_is_made_here() -> None:
    assert {path.name for path in Path(shipped_dir("schema")).iterdir()} == {
        f"{name}.schema.json" for name in (*OUTPUTS, "persona", "workload")
    }


def parts() -> dict[str, dict[str, Any]]:
    """Every part of every schema by its title; roots by the name of their type."""
    found: dict[str, dict[str, Any]] = {}
    for name, kind in {**FORMATS, **OUTPUTS}.items():
        schema = schema_of(name)
        found |= {kind.__name__: schema, **schema["$defs"]}
    return found


def test_every_key_says_what_it_means() -> None:
    silent = {
        f"{title}.{key}"
        for title, part in parts().items()
        for key, value in part.get("properties", {}).items()
        if not value.get("description") and "$ref" not in json.dumps(value)
    }
    assert silent == set(), "add Meta(description=...) in the model, or a line to specs/schema_words.py"


def test_what_a_part_says_of_itself_is_the_same_whichever_python_reads_its_docstring() -> None:
    """Before 3.13 a docstring keeps the indentation of its source, and from there it would go into the schema."""
    told = {title: part["description"] for title, part in parts().items()}
    assert any("\n" in text for text in told.values())
    assert [title for title, text in told.items() if text != inspect.cleandoc(text)] == []


def test_every_part_that_is_written_by_hand_has_an_example() -> None:
    written = {title for name in FORMATS for title in schema_of(name)["$defs"]}
    assert written - set(EXAMPLES) == set()


def test_no_words_are_left_of_what_is_gone() -> None:
    known = parts()
    gone = {f"{title}.{key}" for title, words in MEANINGS.items() for key in words if title not in known
            or key not in known[title]["properties"]}  # fmt: skip
    assert gone == set()
    assert set(EXAMPLES) <= set(known)
