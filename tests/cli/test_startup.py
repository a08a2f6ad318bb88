"""What is asked for quickly is answered quickly: `hubbub --help` loads click, and none of what conversations need."""

import subprocess
import sys

HEAVY = ("msgspec", "numpy", "yaml", "aiohttp", "rich", "faker", "jinja2", "importlib.metadata", "asyncio", "json")
LOOK = f"import sys, hubbub.cli; print(*[name for name in {HEAVY!r} if name in sys.modules])"
CHECK = LOOK.replace("hubbub.cli;", "hubbub.cli.check;").replace(
    repr(HEAVY), "('numpy', 'aiohttp', 'rich', 'faker.factory')"
)


def test_the_command_line_itself_loads_nothing_heavy() -> None:
    loaded = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True).stdout.split()
    assert loaded == []


def test_checking_files_loads_nothing_that_only_a_run_needs() -> None:
    loaded = subprocess.run([sys.executable, "-c", CHECK], capture_output=True, text=True, check=True).stdout.split()
    assert loaded == []
