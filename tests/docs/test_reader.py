"""A reader of the docs has what every reader has, and nothing that a test or a developer has set."""

from pathlib import Path

import pytest

from tests.docs.blocks import Block
from tests.docs.reader import Reader


def test_what_others_have_set_for_themselves_does_not_reach_a_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LOCUST_SKIP_MONKEY_PATCH", "HUBBUB_WEB_TOKEN", "VIRTUAL_ENV"):
        monkeypatch.setenv(name, "set by somebody else")
    with Reader(tmp_path) as reader:
        reader.runs(Block("here", 1, "console", '$ [ -z "$(env | grep somebody)" ]\n', "", "", ""))
