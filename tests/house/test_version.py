"""One version, said in one place."""

import re
import subprocess
import sys
from importlib.metadata import version

import hubbub


def test_the_installed_version_is_the_written_one() -> None:
    assert version("hubbub") == hubbub.__version__
    assert re.fullmatch(r"\d+\.\d+\.\d+", hubbub.__version__)


def test_the_command_tells_its_version() -> None:
    run = subprocess.run([sys.executable, "-m", "hubbub", "--version"], capture_output=True, text=True, check=True)
    assert run.stdout == f"hubbub, version {hubbub.__version__}\n"
    assert not run.stderr
