"""What the viewer is given: within its budget, harmless, and whole."""

import json

from msgspec.structs import replace

from hubbub.model import Finding, Heard, Reply, Signal
from hubbub.reports.page import transcripts as room
from hubbub.reports.page.transcripts import transcript, transcripts
from hubbub.reports.sample import Shown
from tests.made import ended, failed, turn


def shown(number: int = 1, text: str = "hello", **changed: object) -> Shown:
    fields = {
        "conversation": ended(number),
        "turns": (turn(number, texts=(text,), reply=Reply(text=text)),),
        "findings": (),
        "classes": (),
    }
    return Shown(**{**fields, **changed})  # type: ignore[arg-type]


def test_a_line_cannot_end_the_element_it_stands_in() -> None:
    told = transcripts([shown(text="</script><script>alert(1)</script><!--\u2028")], ())
    assert "<" not in told.lines
    assert "</script><script>" in json.loads(told.lines)["turns"][0]["reply"]


def test_line_breaks_stay_and_what_steers_is_spelt_out() -> None:
    (said,) = transcript(shown(text="one\r\ntwo\x1b[31m\u202e")).turns
    assert said.reply == "one\ntwo\\x1b[31m\\u202e"


def test_times_are_waits_from_the_intended_moment() -> None:
    late = turn(1, due_s=10.0, sent_s=10.5, first_text_s=12.0, over_s=13.0)
    (said,) = transcript(shown(turns=(late,))).turns
    assert (said.late_s, said.first_text_s, said.over_s) == (0.5, 2.0, 3.0)


def test_what_was_heard_and_found_is_told() -> None:
    heard = Heard(("handoff",), ("order_id",), signals=(Signal("confirmed", "tool", "support"),))
    finding = Finding(1, "late_escalation", "failed", 2, "turn 2 of 1")
    told = transcript(shown(turns=(turn(1, heard=heard), failed("reset", 1)), findings=(finding,)))
    assert told.turns[0].signals == ("confirmed (tool) to support",)
    assert told.turns[0].asked == ("order_id",)
    assert told.turns[1].outcome == "reset"
    assert told.findings[0].reason == "turn 2 of 1"


def test_what_does_not_fit_is_left_out_flawed_ones_last_and_counted(monkeypatch: object) -> None:
    every = [replace(shown(n, "x" * 500), classes=("loop",) if n > 7 else ()) for n in range(10)]
    size = len(transcripts(every[:1], ()).lines)
    monkeypatch.setattr(room, "MOST_BYTES", 4 * size + 20)  # type: ignore[attr-defined]
    told = transcripts(every, ())
    assert told.left_out == 6
    assert {8, 9} <= {entry.number for entry in told.entries}
    assert len(told.lines.splitlines()) == len(told.entries) == 4
