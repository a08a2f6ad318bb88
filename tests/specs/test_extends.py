"""A persona on top of a base."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hubbub.errors import SpecError
from hubbub.model import Source
from hubbub.specs.persona import load_persona

BASE = """\
industry: banking
knows:
  name: Ann
  account: {pattern: "####"}
manner: {register: polite, typos: 0.1}
goal: {intent: check_balance, tells: [name, account]}
expect:
  escalation: {decision: must, trigger: vip}
"""


@pytest.fixture
def on_base(write):
    def put(child: str) -> Path:
        write("base/b.yaml", BASE)
        return write("p.yaml", "persona: child\nextends: base/b.yaml\n" + child)

    return put


def test_the_childs_keys_win_mappings_merge_and_lists_replace(on_base: Callable[[str], Path]):
    persona = load_persona(on_base("manner: {register: blunt}\ngoal: {tells: [name]}\n"))
    assert persona.persona == "child"
    assert persona.industry == "banking"
    assert (persona.manner.register, persona.manner.typos) == ("blunt", 0.1)
    assert (persona.goal.intent, persona.goal.tells) == ("check_balance", ("name",))


def test_a_value_that_is_known_is_replaced_whole(on_base: Callable[[str], Path]):
    persona = load_persona(on_base("knows: {account: {one_of: [a, b]}}\n"))
    assert persona.knows == {"name": Source(value="Ann"), "account": Source(one_of=("a", "b"))}


def test_null_takes_a_key_of_the_base_away(on_base: Callable[[str], Path]):
    persona = load_persona(on_base("expect: {escalation: null}\n"))
    assert persona.expect.escalation is None


def test_a_mistake_in_a_base_is_told_in_the_bases_file(write, on_base: Callable[[str], Path], tmp_path: Path):
    path = on_base("patience: {turns: 0}\n")
    write("base/b.yaml", BASE.replace("register: polite", "register: rude"))
    with pytest.raises(SpecError) as caught:
        load_persona(path)
    places = [(Path(m.file).name, m.line, m.path) for m in caught.value.mistakes]
    assert places == [("b.yaml", 5, "manner.register"), ("p.yaml", 3, "patience.turns")]


def test_a_clash_of_child_and_base_is_told_where_the_clashing_value_stands(on_base: Callable[[str], Path]):
    with pytest.raises(SpecError) as caught:
        load_persona(on_base("expect: {escalation: {decision: must_not}}\n"))
    assert [(Path(m.file).name, m.line, m.path) for m in caught.value.mistakes] == [
        ("b.yaml", 8, "expect.escalation.trigger")
    ]


def test_a_name_is_never_inherited(write, told):
    write("base.yaml", "persona: base\ngoal: {intent: a}\n")
    path = write("p.yaml", "extends: base.yaml\n")
    assert told(lambda: load_persona(path)) == ["1:1: : the key 'persona' is missing"]


@pytest.mark.parametrize(
    ("target", "problem"),
    [
        ("none.yaml", "there is no file "),
        ("../p.yaml", "leads out of this file's folder"),
        ("/etc/hostname", "leads out of this file's folder"),
        ("p.yaml", "goes round in a circle: p.yaml -> p.yaml"),
        ("sub", "there is no file "),
        ('"a\\0b"', "expected the path of a file beside this one"),
        ("a\\b.yaml", "expected the path of a file beside this one"),
        ('" "', "expected the path of a file beside this one"),
    ],
)
def test_a_base_that_cannot_be_used_is_told_at_its_place(write, told, target: str, problem: str):
    write("sub/keep.txt", "")
    path = write("p.yaml", f"persona: a\nextends: {target}\n")
    problems = [line for line in told(lambda: load_persona(path)) if "NUL" not in line]
    assert len(problems) == 1
    assert problems[0].startswith(f"2:10: extends: {problem}")


def test_a_symbolic_link_does_not_lead_out(write, told, tmp_path: Path):
    outside = write("outside.yaml", "goal: {intent: a}\n")
    path = write("in/p.yaml", "persona: a\nextends: b.yaml\n")
    (tmp_path / "in" / "b.yaml").symlink_to(outside)
    assert "leads out" in told(lambda: load_persona(path))[0]


def test_circles_and_endless_chains_end(write, told):
    write("a.yaml", "persona: a\nextends: b.yaml\n")
    write("b.yaml", "extends: a.yaml\n")
    problems = told(lambda: load_persona(write("a.yaml", "persona: a\nextends: b.yaml\n")))
    assert problems == ["1:10: extends: goes round in a circle: a.yaml -> b.yaml -> a.yaml"]
    for i in range(20):
        write(f"c{i}.yaml", f"persona: a\nextends: c{i + 1}.yaml\n")
    assert "more than 8 files" in told(lambda: load_persona(write("c.yaml", "persona: a\nextends: c0.yaml\n")))[0]


def test_an_unreadable_base_does_not_make_the_child_look_wrong(write, told):
    write("base.yaml", "knows: [\n")
    path = write("p.yaml", "persona: a\nextends: base.yaml\ngoal: {intent: b, tells: [c]}\n")
    problems = told(lambda: load_persona(path))
    assert len(problems) == 1
    assert "not YAML" in problems[0]
