"""Small files for the specs' tests."""

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from hubbub.errors import SpecError

Write = Callable[[str, str], Path]
PERSONA = """\
persona: broken-blender
locale: en-US
knows:
  order_id: {pattern: "A-#####"}
  item: {one_of: [blender, kettle]}
goal:
  intent: get_refund
  tells: [item, order_id]
  asks: [refund_eta]
expect:
  escalation: {decision: must_not}
  resolves: true
facts:
  refund_eta: {days: [3, 5]}
never:
  - {claim: refund_eta}
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file below the test's own folder, indentation taken off."""

    def put(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
        return path

    return put


@pytest.fixture
def persona_text() -> str:
    """A persona that is fine."""
    return PERSONA


@pytest.fixture
def told() -> Callable[[Callable[[], object]], list[str]]:
    """What is wrong, as `line:column: path: problem`, when something is loaded that is not fine."""

    def problems(load: Callable[[], object]) -> list[str]:
        with pytest.raises(SpecError) as caught:
            load()
        return [f"{m.line}:{m.column}: {m.path}: {m.problem}" for m in caught.value.mistakes]

    return problems
