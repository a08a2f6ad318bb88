"""A conversation on a terminal: words in a column of their own, and nothing that an agent says steers the terminal."""

import io

from msgspec.structs import replace
from rich.console import Console

from hubbub.model import Conversation, Reply, Turn
from hubbub.reports.transcript import transcript
from tests.made import whole_run

LONG = "We are very sorry for the trouble that this has given you, and shall look into it at once, as you asked us to."


def shown(width: int, reply: str) -> list[str]:
    turn = next(r for r in whole_run(50) if isinstance(r, Turn) and r.outcome == "ok")
    ended = next(r for r in whole_run(50) if isinstance(r, Conversation))
    out = io.StringIO()
    console = Console(file=out, width=width, highlight=False)
    for line in transcript([replace(turn, reply=Reply(text=reply)), replace(ended, reason="\x1b[2J")]):
        console.print(line)
    return out.getvalue().splitlines()


def test_a_long_reply_goes_on_below_its_own_start() -> None:
    lines = shown(80, LONG)
    first = next(at for at, line in enumerate(lines) if "agent" in line)
    assert lines[first].index("We are") == 20
    assert lines[first + 1][:20].isspace()
    assert lines[first + 1][20] != " "
    assert max(map(len, lines)) <= 80


def test_lines_of_a_reply_stay_lines_and_what_steers_a_terminal_is_spelt_out() -> None:
    text = "\n".join(shown(80, "one\ntwo\x1b[31m\x1b]0;title\x07\u202e"))
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "\u202e" not in text
    assert " " * 20 + "two\\x1b[31m" in text
