"""A log is written where it can be read."""

import gzip
import json
from pathlib import Path

import pytest

from hubbub.transcripts.columns import Columns, Senders
from hubbub.transcripts.reading import Log, read_log


@pytest.fixture
def read(tmp_path: Path):
    def run(name: str, content: object, *columns: str, **senders: tuple[str, ...]) -> Log:
        path = tmp_path / name
        text = content if isinstance(content, str) else json.dumps(content)
        path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
        return read_log(path, Columns(columns), Senders(**senders))

    return run
