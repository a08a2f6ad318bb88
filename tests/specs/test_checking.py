"""`hubbub check` and `hubbub schema`, as a user meets them."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hubbub.cli.check import command
from hubbub.cli.schema import command as schema
from hubbub.errors import UsageError
from hubbub.specs.checking import check_paths
from hubbub.specs.shelf import yaml_files


def run(*paths: Path) -> Result:
    return CliRunner().invoke(command, [str(path) for path in paths])


@pytest.fixture
def tree(write, tmp_path: Path, persona_text: str) -> Path:
    write("base/calm.yaml", "manner: {register: polite}\n")
    write("a.yaml", persona_text)
    write("b.yml", "persona: b\nextends: base/calm.yaml\ngoal: {intent: a}\n")
    write("w.yaml", "workload: w\nagent: {connector: http-json, embedded: {}}\n")
    with (tmp_path / "w.yaml").open("a") as file:
        file.write("customers: {from: .}\narrivals: {rate_per_s: 1}\n")
    write(".hidden/x.yaml", "not: ours\n")
    write("notes.txt", "not: ours\n")
    return tmp_path


def test_a_folder_that_is_fine_is_counted(tree: Path):
    result = run(tree)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "4 files fine: 2 personas, 1 base, 1 workload\n"


def test_mistakes_go_to_stderr_with_line_and_caret_and_end_with_2(tree: Path):
    (tree / "a.yaml").write_text("persona: a\ngoal: {intnt: x}\n")
    result = run(tree)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert (
        f"{tree}/a.yaml:2:8: goal.intnt: unknown key (did you mean intent?)\n    goal: {{intnt: x}}\n" in result.stderr
    )
    assert "           ^\n" in result.stderr
    assert result.stderr.endswith("2 mistakes in 1 file (4 files checked)\n")


def test_a_mistake_in_a_base_is_told_once(tree: Path):
    for i in range(5):
        (tree / f"c{i}.yaml").write_text(f"persona: c{i}\nextends: base/calm.yaml\ngoal: {{intent: a}}\n")
    (tree / "base/calm.yaml").write_text("manner: {register: politely}\n")
    assert [mistake.path for mistake in check_paths([tree]).mistakes] == ["manner.register"]


def test_two_personas_of_one_name_in_one_folder_are_told(tree: Path):
    (tree / "z.yaml").write_text("persona: b\ngoal: {intent: a}\n")
    (tree / "w.yaml").unlink()
    (mistake,) = check_paths([tree]).mistakes
    assert Path(mistake.file).name == "z.yaml"
    assert "taken by" in mistake.problem


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("image: x\n", "neither a persona nor a workload"),
        ("perosna: x\n", "no `workload:` key (did you mean persona?)"),
        ("goal: {intent: x}\n", "the key 'persona' is missing"),
        ("agent: {connector: http-json, embedded: {}}\narrivals: {rate_per_s: 1}\n", "the key 'customers' is missing"),
    ],
)
def test_a_file_that_does_not_say_what_it_is_is_a_mistake(write, text: str, problem: str):
    assert problem in str(check_paths([write("x.yaml", text)]).mistakes[0])


def test_a_missing_path_and_an_empty_folder_are_clear_errors(tmp_path: Path):
    with pytest.raises(UsageError, match="there is no file or folder"):
        check_paths([tmp_path / "none"])
    with pytest.raises(UsageError, match="there is no YAML file below"):
        check_paths([tmp_path])


def test_the_same_file_twice_is_checked_once(tree: Path):
    assert check_paths([tree / "a.yaml", tree / "base/../a.yaml", tree / "a.yaml"]).files == 1


def test_a_folder_that_cannot_be_meant_is_not_searched_through(tree: Path):
    assert len(yaml_files(tree, most=6)) == 4
    with pytest.raises(UsageError, match="more than 5 files; name a folder that holds specs"):
        yaml_files(tree, most=5)


def test_a_folder_that_may_not_be_looked_into_is_named_and_not_passed_over(tree: Path):
    (tree / "closed").mkdir(mode=0)
    own = os.geteuid()
    if own == 0:  # who may look into everything
        os.seteuid(65534)
    try:
        with pytest.raises(UsageError, match="cannot be looked into: Permission denied"):
            yaml_files(tree)
    finally:
        os.seteuid(own)


def test_a_flood_of_mistakes_ends(tmp_path: Path):
    (tmp_path / "x.yaml").write_text("persona: x\n" + "".join(f"k{i}: 1\n" for i in range(20_000)))
    result = run(tmp_path)
    assert result.exit_code == 2
    assert "100 mistakes in 1 file (1 file checked); mend these to see if there are more" in result.stderr


def test_help_teaches_with_an_example():
    assert "hubbub check personas workloads" in CliRunner().invoke(command, ["--help"]).stdout
    assert "yaml-language-server" in CliRunner().invoke(schema, ["--help"]).stdout


def test_the_schema_command_prints_json():
    assert CliRunner().invoke(schema, ["persona"]).stdout.startswith('{\n  "$schema"')
    assert CliRunner().invoke(schema, ["nothing"]).exit_code == 2
