"""What is committed names no machine and no registry, stays small, and can be run as it lies there."""

import os
import re
import subprocess
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).parents[2]
SCRIPTS = [".ci/run", "scripts/setup", "scripts/demo", "scripts/check", "scripts/fix", "scripts/docs"]
FOREIGN = "|".join(
    (
        r"(?<![\w.])/(?:work|root|opt|home/\w+)/",
        r"files\.python" + "hosted",
        r"\bpypi" + r"\.(?:org|python)",
        r"registry\.npm" + "js",
        r"(?:deb|security)\.deb" + r"ian\.org",
        r"sha(?:256|512)[:-][0-9a-zA-Z+/]{40}",
    )
)


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git work tree")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_nothing_committed_names_a_machine_or_a_registry() -> None:
    naming = [
        f"{file.relative_to(ROOT)}:{number}: {found.group()}"
        for file in tracked()
        for number, line in enumerate(file.read_text(errors="replace").splitlines(), 1)
        if (found := re.search(FOREIGN, line))
    ]
    assert not naming


def test_nothing_committed_is_a_link() -> None:
    """A link leads to a place of the machine it was made on."""
    listed = subprocess.run(["git", "ls-files", "--stage"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert not [line for line in listed.stdout.splitlines() if line.startswith("120000")]


def test_nothing_committed_is_large() -> None:
    large = [str(file.relative_to(ROOT)) for file in tracked() if file.stat().st_size > 1_000_000]
    assert not large


def test_versions_are_pinned_by_name_alone() -> None:
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    assert not [line for line in lines if not re.fullmatch(r"#.*|[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", line)]


def test_what_is_pinned_runs_on_the_oldest_python_that_is_promised() -> None:
    promised = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    oldest = promised.removeprefix(">=") + ".0"
    pinned = {line.partition("==")[0].lower() for line in (ROOT / "constraints.txt").read_text().splitlines()}
    too_new = [
        f"{name} {found.version} needs Python {needs}"
        for found in metadata.distributions()
        if (name := found.metadata["Name"].lower().replace("_", "-")) in pinned
        if (needs := found.metadata.get("Requires-Python")) and not SpecifierSet(needs).contains(oldest)
    ]
    assert not too_new


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_is_plain_shell_and_stops_at_errors(name: str) -> None:
    script = ROOT / name
    lines = script.read_text().splitlines()
    assert lines[0] == "#!/bin/sh"
    assert "set -eu" in lines
    assert os.access(script, os.X_OK)
    assert subprocess.run(["sh", "-n", script], check=False).returncode == 0
