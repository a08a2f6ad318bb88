"""What each connector asks for is known to editors, and the file that tells them is what the connectors say today."""

import json

import pytest

from hubbub.connectors.option_schemas import option_schemas
from hubbub.registry import BUILT_IN
from hubbub.specs.schema import option_schemas as committed
from hubbub.specs.schema import schema_of


async def test_the_committed_schemas_are_those_of_today():
    said = json.loads(json.dumps(await option_schemas()))
    assert said == committed(), "run: scripts/fix"
    assert said.keys() == BUILT_IN["connector"].keys()


@pytest.mark.parametrize(("connector", "setting", "part"), [
    ("a2a", "input_required", {"type": "string", "default": "question", "enum": ["question", "handoff"]}),
    ("langgraph", "nodes", {"type": "array", "items": {"type": "string"}}),
    ("openai-chat", "stream", {"type": "boolean", "default": True}),
])  # fmt: skip
async def test_a_setting_has_its_type_its_words_and_its_default(connector, setting, part):
    assert (await option_schemas())[connector]["properties"][setting] == part


def test_a_workloads_schema_knows_the_settings_by_the_connector_that_they_are_for():
    rules = {
        rule["if"]["properties"]["connector"]["const"]: rule
        for rule in schema_of("workload")["$defs"]["AgentSpec"]["allOf"]
    }
    assert "input_required" in rules["a2a"]["then"]["properties"]["options"]["properties"]
