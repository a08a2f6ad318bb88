"""`hubbub run --web`: this process becomes Locust, with the workload in its page."""

import os
import sys
from pathlib import Path

import hubbub

_LOCUSTFILE = Path(hubbub.__file__).parent / "locust_bridge" / "served.py"


def become_locust(workload: Path, results: Path, processes: int, port: int, wishes: dict[str, object]) -> None:
    """Replace this process by Locust; it never returns.

    `wishes` are Locust's options by name: None and False leave one out, True is one without a value.
    """
    words = [sys.executable, "-m", "locust", "-f", str(_LOCUSTFILE), "--web-port", str(port), "--results", str(results)]
    if processes > 1:
        words += ["--processes", str(processes)]
    for name, value in wishes.items():
        if value is not None and value is not False:
            words += [f"--{name}"] if value is True else [f"--{name}", str(value)]
    os.execve(words[0], words, {**os.environ, "HUBBUB_WORKLOAD": str(workload.resolve())})  # noqa: S606 - our own
