"""The wheel alone, in an empty folder, can do what the repository can."""

import json
import os
import site
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow


def call(*words: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(w) for w in words], cwd=cwd, capture_output=True, text=True, check=False, env=clean())


def clean() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "HUBBUB"))}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    built = call(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ".", cwd=ROOT)
    assert built.returncode == 0, built.stdout + built.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def hubbub(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command, installed from the wheel; what it stands on is borrowed from this environment."""
    home = tmp_path_factory.mktemp("installed")
    assert call(sys.executable, "-m", "venv", "--without-pip", home, cwd=home).returncode == 0
    python = home / "bin" / "python"
    purelib = call(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=home).stdout.strip()
    # A path file is read in the order of sys.path, so the installed Hubbub comes before anything borrowed.
    (Path(purelib) / "borrowed.pth").write_text("\n".join(site.getsitepackages()) + "\n")
    pip = (sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check")
    installed = call(*pip, "install", "--no-deps", "--no-index", "--force-reinstall", wheel, cwd=home)
    assert installed.returncode == 0, installed.stderr
    return home / "bin" / "hubbub"


def test_the_wheel_carries_every_file_of_ours_and_all_that_is_shipped(wheel: Path) -> None:
    carried = set(ZipFile(wheel).namelist())
    ours = {
        f"hubbub/{file.relative_to(ROOT / 'src/hubbub')}"
        for file in (ROOT / "src/hubbub").rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    assert "hubbub/customers/hearing/english.weights" in ours
    shipped = {
        f"hubbub/shipped/{file.relative_to(ROOT)}"
        for folder in ("personas", "workloads", "schema")
        for file in (ROOT / folder).rglob("*.*")
    }
    assert len(shipped) > 12, "personas/, workloads/ and schema/ are part of what is shipped"
    assert not sorted((ours | shipped) - carried)


def test_the_installed_command_runs_in_an_empty_folder(hubbub: Path, tmp_path: Path) -> None:
    where = call(hubbub.parent / "python", "-c", "import hubbub; print(hubbub.__file__)", cwd=tmp_path)
    assert where.stdout.startswith(str(hubbub.parent.parent)), "the wheel is tested, not the work tree"
    assert call(hubbub, "--version", cwd=tmp_path).stdout.startswith("hubbub, version ")


def test_the_shipped_personas_and_workloads_are_good(hubbub: Path, tmp_path: Path) -> None:
    shipped = next(hubbub.parent.parent.glob("lib/python*/site-packages/hubbub/shipped"))
    checked = call(hubbub, "check", shipped / "personas", shipped / "workloads", cwd=tmp_path)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_run_without_a_word_holds_the_demo(hubbub: Path, tmp_path: Path) -> None:
    ran = call(hubbub, "run", cwd=tmp_path)
    assert ran.returncode in {0, 1, 3, 5}, ran.stdout + ran.stderr  # 3: this machine may be too busy to judge by
    assert "Traceback" not in ran.stderr
    [results] = (tmp_path / "results").iterdir()
    assert (results / "verdict.json").is_file()
    assert json.loads((results / "summary.json").read_text())["conversations"] > 0
