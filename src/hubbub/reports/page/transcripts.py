"""The conversations that the page shows whole, each as one line of JSON, within a budget of bytes."""

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.json import encode

from hubbub.model import Conversation, Finding, Signal, Turn
from hubbub.reports.plain import plain
from hubbub.reports.sample import LONGEST_TEXT, Shown

MOST_BYTES = 6_000_000  # of all conversations together: the page stays below 15 MB whatever was said
_MOST_CLAIMS = 12


class Said(Struct, frozen=True, omit_defaults=True):
    """One turn, as the viewer shows it. Times are seconds since the run's start; waits are from the intended moment."""

    turn: int
    act: str
    texts: tuple[str, ...]
    due_s: float
    late_s: float = 0.0
    first_text_s: float | None = None  # waited for
    over_s: float | None = None  # waited for
    outcome: str = "ok"
    detail: str = ""
    reply: str = ""
    acts: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    signals: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    frustration: float = 0.0
    overlap: bool = False


class Found(Struct, frozen=True):
    """One finding of a conversation."""

    check: str
    verdict: str
    turn: int
    reason: str


class Transcript(Struct, frozen=True, omit_defaults=True):
    """One conversation, as the viewer shows it."""

    number: int
    persona: str
    ending: str
    reason: str
    stage: str
    due_s: float
    lasted_s: float
    expected: str
    trigger: str
    escalated: str
    turns: tuple[Said, ...]
    findings: tuple[Found, ...] = ()


class Entry(Struct, frozen=True):
    """A conversation in the viewer's list."""

    number: int
    persona: str
    ending: str
    turns: int
    classes: tuple[str, ...]


class Transcripts(Struct, frozen=True):
    """The list, its conversations as lines in the same order, and how many did not fit."""

    entries: tuple[Entry, ...]
    lines: str
    left_out: int


def transcripts(drawn: Sequence[Shown], labels: Sequence[str]) -> Transcripts:
    """Those that were drawn, by number; flawed ones first where not all fit."""
    chosen: dict[int, tuple[Entry, str]] = {}
    spent = 0
    for shown in sorted(drawn, key=lambda one: (not one.classes, one.number)):
        line = in_script(encode(transcript(shown, labels)))
        size = len(line.encode())
        if spent + size > MOST_BYTES:
            continue
        spent += size
        chosen[shown.number] = (_entry(shown), line)
    order = [chosen[number] for number in sorted(chosen)]
    lines = "\n".join(line for _, line in order)
    return Transcripts(tuple(entry for entry, _ in order), lines, len(drawn) - len(chosen))


def in_script(data: bytes) -> str:
    """JSON that can stand in a script element: nothing in it can end the element, or open a comment."""
    return data.decode().replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _entry(shown: Shown) -> Entry:
    ended = shown.conversation
    return Entry(
        ended.number, plain(ended.persona, 64), ended.ending, len(shown.turns), tuple(map(class_name, shown.classes))
    )


def class_name(name: str) -> str:
    """A class of failure as the page writes it; a check of one's own may be called anything."""
    return plain(name, 64)


def transcript(shown: Shown, labels: Sequence[str] = ()) -> Transcript:
    """One conversation, everything in it made harmless to read."""
    ended: Conversation = shown.conversation
    return Transcript(
        number=ended.number,
        persona=plain(ended.persona, 64),
        ending=ended.ending,
        reason=plain(ended.reason),
        stage=plain(labels[ended.stage], 64) if ended.stage < len(labels) else "",
        due_s=ended.due_s,
        lasted_s=round(ended.ended_s - ended.started_s, 3),
        expected=ended.expected or "",
        trigger=plain(ended.trigger, 64),
        escalated=ended.escalated or "",
        turns=tuple(_said(turn) for turn in shown.turns),
        findings=tuple(_found(finding) for finding in shown.findings),
    )


def _found(finding: Finding) -> Found:
    return Found(plain(finding.check, 64), finding.verdict, finding.turn, plain(finding.reason))


def _said(turn: Turn) -> Said:
    heard, reply = turn.heard, turn.reply
    return Said(
        turn=turn.turn,
        act=turn.act,
        texts=tuple(_text(text) for text in turn.texts),
        due_s=round(turn.due_s, 3),
        late_s=round(turn.sent_s - turn.due_s, 4),
        first_text_s=None if turn.first_text_s is None else round(turn.first_text_s - turn.due_s, 3),
        over_s=None if turn.over_s is None else round(turn.over_s - turn.due_s, 3),
        outcome=plain(turn.outcome, 64),
        detail=plain(turn.detail),
        reply=_text(reply.text) if reply else "",
        acts=heard.acts if heard else (),
        asked=_plain(heard.asked) if heard else (),
        claims=_plain(f"{claim.kind} {claim.text}" for claim in heard.claims[:_MOST_CLAIMS]) if heard else (),
        signals=tuple(_signal(signal) for signal in heard.signals[:_MOST_CLAIMS]) if heard else (),
        tools=_plain(tool.name for tool in reply.tools[:_MOST_CLAIMS]) if reply else (),
        frustration=turn.frustration,
        overlap=turn.overlap,
    )


def _signal(signal: Signal) -> str:
    words = f"{signal.state} ({signal.provenance})"
    return words + (f" to {plain(signal.queue, 64)}" if signal.queue else "")


def _plain(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(plain(text, 120) for text in texts)


def _text(text: str) -> str:
    """A message with its own line breaks, and nothing else that steers."""
    return "\n".join(plain(line, LONGEST_TEXT + 100) for line in text.replace("\r\n", "\n").split("\n"))
