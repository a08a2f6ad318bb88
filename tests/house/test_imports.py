"""Imports point down, and the contracts that say so really catch."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[2]
PLANTED = {
    "upwards": ("errors.py", "import hubbub.cli"),
    "upwards, for types only": ("clock.py", "if TYPE_CHECKING:\n    from hubbub.registry import names"),
    "sideways": ("errors.py", "import hubbub.chance"),
    "a room nobody placed": ("stray.py", '"""A stray."""'),
    "locust": ("registry.py", "import locust"),
    "gevent": ("cli/__init__.py", "from gevent import sleep"),
}


def test_imports_point_down(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    code = lint_imports(no_cache=True)
    assert code == 0, capsys.readouterr().out


@pytest.mark.slow
@pytest.mark.parametrize("planted", PLANTED)
def test_a_wrong_import_is_caught(planted: str, tmp_path: Path) -> None:
    name, line = PLANTED[planted]
    shutil.copytree(ROOT / "src" / "hubbub", tmp_path / "hubbub", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    target = tmp_path / "hubbub" / name
    before = target.read_text() if target.exists() else ""
    target.write_text(f"{before}\nfrom typing import TYPE_CHECKING\n{line}\n")
    run = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))",
        ],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1, run.stdout + run.stderr
    assert str(tmp_path) not in run.stderr
    assert " BROKEN" in run.stdout or "hubbub.stray" in run.stdout
