"""Checks of one's own: functions in a file beside the workload, loaded by name, and kept from doing harm."""

from collections.abc import Iterable, Iterator
from functools import wraps
from pathlib import Path

from hubbub.checks.story import Check, Story
from hubbub.errors import UsageError
from hubbub.model import Finding
from hubbub.registry import load


def check(function: Check) -> Check:
    """Mark a function of a Story that yields findings as a check. What it raises costs its own verdict, nothing else.

    Then the conversation gets an `unsure` finding that bears the function's name and tells the error.
    """

    @wraps(function)
    def guarded(story: Story) -> Iterator[Finding]:
        try:
            for finding in function(story) or ():
                if not isinstance(finding, Finding):
                    raise TypeError(f"yielded {finding!r}, which is no Finding; use story.finding(...)")
                yield finding
        except Exception as error:  # noqa: BLE001 - the user's code; its mistakes must not cost a run
            reason = f"the check itself failed: {type(error).__name__}: {error}"
            yield story.finding(function.__name__, story.ending.turns, reason, unsure=True)

    return guarded


def load_checks(names: Iterable[str], beside: Path) -> tuple[Check, ...]:
    """The checks of these names, as `file.py:name` beside a workload. Raises UnknownName and UsageError."""
    return tuple(_load(name, beside) for name in names)


def _load(name: str, beside: Path) -> Check:
    found = load("check", name, beside)
    if not callable(found):
        raise UsageError(f"{name} is not a function from a story to findings")
    return check(found)
