"""The command line as a user meets it: words in, what is printed and the exit code out."""

import sys
from pathlib import Path

import pytest

from hubbub.cli import main


def hubbub(monkeypatch: pytest.MonkeyPatch, *words: str | Path) -> int:
    """Run a command in this process; its exit code."""
    monkeypatch.setattr(sys, "argv", ["hubbub", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)
