"""docs/connectors.md names all there is."""

from pathlib import Path

import pytest

from hubbub.connectors import http_json, openai_chat
from hubbub.connectors.failures import FAILURE_OF, FAILURE_OF_ERRNO
from hubbub.connectors.options import Options
from hubbub.connectors.template import HOLES
from hubbub.registry import BUILT_IN

PAGE = (Path(__file__).parents[2] / "docs" / "connectors.md").read_text(encoding="utf-8")


def _options():
    chat, reply = Options({}), Options({"escalation": {}})
    openai_chat._settings(chat)
    http_json._paths(reply)
    return [*chat._known, *(f"reply.{name}" for name in reply._known), "method", "body", "connections"]


@pytest.mark.parametrize(
    "name",
    [*_options(), *BUILT_IN["connector"], *BUILT_IN["escalation"], *(f"${hole}" for hole in HOLES)],
)
def test_every_option_preset_and_hole_is_explained(name):
    assert f"`{name}" in PAGE


@pytest.mark.parametrize("name", sorted({*FAILURE_OF.values(), *FAILURE_OF_ERRNO.values()} - {"own_error"}))
def test_every_class_that_a_wire_can_end_in_is_explained(name):
    assert f"`{name}`" in PAGE
