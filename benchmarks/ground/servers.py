"""The ground to run on: nginx where it is installed, else the raw server, and always the raw server for streams."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.ground.nginx import find_nginx, nginx

ROOT = Path(__file__).parents[2]


@contextmanager
def raw() -> Iterator[str]:
    """The raw server's address, in a process of its own for as long as the block runs."""
    words = [sys.executable, "-m", "benchmarks.ground.raw"]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            port = process.stdout.readline().strip()
            if not port:
                raise RuntimeError("the raw server did not start")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


@contextmanager
def ground(*, stream: bool) -> Iterator[tuple[str, str]]:
    """An address and the server's name."""
    if stream or find_nginx() is None:
        with raw() as url:
            yield url, "raw uvloop"
    else:
        with nginx() as url:
            yield url, "nginx"
