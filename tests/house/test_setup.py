"""What setup cannot do without is told in a line that says how to get it, and nothing goes on without it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = f"apt install python{sys.version_info.major}.{sys.version_info.minor}-venv"
NEEDED = ("scripts", "pyproject.toml", "constraints.txt", "src/hubbub/__init__.py")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """As much of a fresh checkout as setup looks at, and a Python whose ensurepip is another package's, as Debian's."""
    for name in NEEDED:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, tmp_path / name)
    (tmp_path / "ensurepip.py").write_text("raise ImportError\n")
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\nPYTHONPATH="{tmp_path}" exec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    return tmp_path


def call(checkout: Path, script: str, python: str | Path) -> subprocess.CompletedProcess[str]:
    words = ["sh", str(checkout / "scripts" / script)]
    env = {"PATH": "/usr/bin:/bin", "PYTHON": str(python)}
    return subprocess.run(words, env=env, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("script", "code"), [("setup", 1), ("demo", 1), ("fix", 1), ("docs", 1), ("check", 2)])
def test_without_ensurepip_the_package_is_named_and_nothing_goes_on(checkout: Path, script: str, code: int) -> None:
    done = call(checkout, script, checkout / "python")
    assert (done.returncode, done.stdout) == (code, "")
    assert PACKAGE in done.stderr
    assert "not found" not in done.stderr
    assert not (checkout / ".venv").exists()


def test_without_any_python_of_the_age_that_is_told(checkout: Path) -> None:
    done = call(checkout, "setup", checkout / "none")
    assert done.returncode == 1
    assert "needs Python 3.11 or later" in done.stderr
