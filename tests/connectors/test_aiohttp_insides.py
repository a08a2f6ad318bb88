"""The insides of aiohttp that we stand on are where we use them; when one is gone, an error says so."""

import importlib
import tomllib
from pathlib import Path

import pytest

from hubbub.connectors.aiohttp_insides import FITS, INSIDES, ensure_fit, missing
from hubbub.errors import UsageError

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(("module", "name", "attributes"), INSIDES, ids=[f"{m}.{n}" for m, n, _ in INSIDES])
def test_an_inside_is_where_we_use_it(module, name, attributes):
    thing = getattr(importlib.import_module(module), name)
    assert [attribute for attribute in attributes if not hasattr(thing, attribute)] == []


def test_what_is_gone_is_named_with_the_versions_that_fit():
    def find(module):
        if module == "aiohttp.client_proto":
            raise ImportError(module)
        return importlib.import_module(module)

    assert missing(find) == ("aiohttp.client_proto.ResponseHandler",)
    with pytest.raises(UsageError, match=r"aiohttp \d\S+ has no aiohttp\.client_proto\.ResponseHandler.*3\.14,<3\.15"):
        ensure_fit(missing(find))


def test_the_versions_that_fit_are_those_that_can_be_installed():
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    assert f"aiohttp{FITS}" in wanted
