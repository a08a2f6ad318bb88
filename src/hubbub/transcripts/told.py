"""A conversation that stands in one text: a line for each message, with who speaks before a colon."""

import re
from typing import Any

from hubbub.transcripts.moments import moment

_LINE = re.compile(
    r"\s*(?:\[?(?P<time>\d[\dTZ:/., -]*\d(?:[ \u202f]?[AaPp][Mm])?Z?)\]?\s*(?:-\s*)?)?"
    r"(?P<who>[^\W\d_][^:\n]{0,39}?)\s*:\s+(?P<text>\S.*)"
)
_LEAST = 2  # messages, before a text counts as a conversation


def messages_told(text: str) -> list[dict[str, Any]]:
    """The messages, with role, content and perhaps time; none where the text does not begin with who speaks.

    A line that names nobody goes on with the message before.
    """
    found: list[dict[str, Any]] = []
    for line in text.splitlines():
        told = _LINE.fullmatch(line)
        if told is not None:
            at = moment(told["time"]) if told["time"] else None
            found.append({"role": told["who"], "content": told["text"], "time": at if isinstance(at, float) else None})
        elif found and line.strip():
            found[-1]["content"] += f"\n{line.strip()}"
        elif line.strip():
            return []
    return found if len(found) >= _LEAST else []
