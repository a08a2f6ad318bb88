"""Whatever is in a file, reading it ends in values or in mistakes with a place."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from hubbub.errors import SpecError
from hubbub.specs.pages import Ledger, Page, TooManyMistakes, decode
from hubbub.specs.persona import load_persona
from hubbub.specs.scalars import NotANumber, plain_value
from hubbub.specs.workload import load_workload
from hubbub.specs.yaml12 import compose

PERSONA = (Path(__file__).parent / "full" / "persona.yaml").read_bytes()
WORKLOAD = (Path(__file__).parent / "full" / "workload.yaml").read_bytes()
SPLINTERS = b"""*a|&a |<<: |!!str |!x |\t|---\n|...\n|\x00|\xff|{|}|[|]|: |- |? |"|'|>-\n|#|%YAML 1.2\n|\r|\xe2\x80\xa8|
null|\xef\xbb\xbf|true|-1|1e999|.nan|99999999999999999999|0x|1_0||\\u0000|extends: .\n|~""".split(b"|")
many = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@st.composite
def broken(draw: st.DrawFn, whole: bytes) -> bytes:
    data = whole
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.sampled_from([0, 0, 1, 2, 8, 40])))
        data = data[:start] + draw(st.sampled_from(SPLINTERS) | st.binary(max_size=3)) + data[end:]
    return data


def has_a_place(error: SpecError) -> None:
    assert error.mistakes
    for mistake in error.mistakes:
        assert mistake.line >= 1
        assert mistake.column >= 1
        assert mistake.problem
        assert len(str(mistake)) < 3000


@many
@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
@example(b"[" * 5000)
@example(b"? " * 5000)
@example(b"- " * 5000 + b"&a *a")
@example(b"a: |\n" + b" " * 5000)
def test_any_bytes_become_nodes_or_mistakes(data: bytes):
    text = decode("f.yaml", data)
    if not isinstance(text, str):
        return
    ledger = Ledger()
    try:
        root = compose(Page("f.yaml", text), ledger)
    except TooManyMistakes:
        return
    assert root is not None or len(ledger)
    if root is not None:
        try:
            plain_value(root)
        except NotANumber:
            pass


@many
@given(broken(PERSONA))
def test_a_broken_persona_is_values_or_mistakes(tmp_path: Path, data: bytes):
    path = tmp_path / "p.yaml"
    path.write_bytes(data)
    try:
        load_persona(path)
    except SpecError as error:
        has_a_place(error)


@many
@given(broken(WORKLOAD))
def test_a_broken_workload_is_values_or_mistakes(tmp_path: Path, data: bytes):
    (tmp_path / "persona.yaml").write_bytes(PERSONA)
    path = tmp_path / "w.yaml"
    path.write_bytes(data)
    try:
        load_workload(path, {})
    except SpecError as error:
        has_a_place(error)


def test_the_whole_files_that_are_broken_here_are_fine(tmp_path: Path):
    (tmp_path / "persona.yaml").write_bytes(PERSONA)
    (tmp_path / "w.yaml").write_bytes(WORKLOAD)
    assert load_persona(tmp_path / "persona.yaml").then
    loaded = load_workload(tmp_path / "w.yaml", {"AGENT_TOKEN": "x", "TENANT": "y"})
    assert len(loaded.personas) == 1
    with pytest.raises(SpecError):
        load_workload(tmp_path / "w.yaml", {})
