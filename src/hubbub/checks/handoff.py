"""The hand-off itself: told to the customer, given when asked for, to the right queue, with what the human needs."""

import re
from collections.abc import Iterator

from msgspec.json import decode

from hubbub.checks.escalation import AS_LABELLED, REACHED
from hubbub.checks.story import Story
from hubbub.model import EscalationExpectation, Finding, Signal, Turn

_ASKS = 3  # times a human was asked for in vain
_ACCEPTS = 2  # times an offered human was accepted in vain
_PERSON = re.compile(
    r"\b(?:human|person|agents?|colleagues?|teams?|specialists?|representatives?|advis[oe]rs?|operators?|supervisors?"
    r"|managers?|somebody|someone|staff|department|transfer\w*|connect\w*|escalat\w*|hand(?:ing|ed)? (?:you )?over"
    r"|pass(?:ing|ed)? (?:you|this)|forward\w*|queue|experts?|desk|nurses?|doctors?)\b"
)
_APART = re.compile(r"[^0-9a-z]+")
_FILLERS = frozenset(("team", "queue", "department", "the", "support", "desk", "group", "customer", "agents"))


def silent(story: Story) -> Iterator[Finding]:
    """A human was called by tool, field or event, and no words of that reply or of a neighbour speak of anyone.

    Judged where the customer is spoken to in English; elsewhere only a reply without any text is silent for sure. A
    log's label does not say at which reply it was.
    """
    for at, turn in enumerate(story.replied):
        if turn.heard is None or not turn.heard.signals:
            continue
        told = (s for s in turn.heard.signals if s.provenance != "text" and s.reason != AS_LABELLED)
        called = next((signal for signal in told if signal.state in REACHED), None)
        if called is None:
            continue
        near = story.replied[max(0, at - 1) : at + 2] if story.in_english else (turn,)
        if not any(_speaks_of_it(one, english=story.in_english) for one in near):
            reason = f"a human was called ({called.provenance}), and no word of it"
            yield story.finding("silent_handoff", turn.turn, reason)
        return


def _signals(turn: Turn) -> tuple[Signal, ...]:
    return turn.heard.signals if turn.heard is not None else ()


def _speaks_of_it(turn: Turn, *, english: bool) -> bool:
    text = turn.reply.text if turn.reply is not None else ""
    if any(signal.provenance == "text" for signal in _signals(turn)):
        return True
    return _PERSON.search(text.lower()) is not None if english else bool(text.strip())


def trapped(story: Story) -> Iterator[Finding]:
    """Asked for a human three times, or accepted one twice, and got neither an offer nor a hand-off since.

    Not where the persona says that a human must not be called. In languages other than
    English, a reply that was not understood may have offered one.
    """
    expected = story.expected
    if expected is not None and expected.decision == "must_not":
        return
    asks = accepts = 0
    for turn in story.replied:
        states = {signal.state for signal in _signals(turn)}
        if states & {"promised", "initiated", "confirmed"}:
            return
        understood = story.in_english or (turn.heard is not None and "unknown" not in turn.heard.acts)
        asks = 0 if "offered" in states else asks + (understood and turn.act == "ask_human")
        accepts += understood and turn.act == "accept_human"
        if asks >= _ASKS or accepts >= _ACCEPTS:
            what = f"asked for a human {asks} times" if asks >= _ASKS else f"accepted a human {accepts} times"
            yield story.finding("trapped", turn.turn, f"{what}, and none was offered or called")
            return


def routing(story: Story) -> Iterator[Finding]:
    """The queue that a human was called in is another than `expect.escalation.queue`."""
    expected, ending = story.expected, story.ending
    if expected is None or not expected.queue or ending.escalated not in REACHED:
        return
    turn = ending.escalated_turn or ending.turns
    if not ending.queue:
        yield story.unseen("wrong_queue", turn, "the hand-off does not show its queue")
    elif not same_queue(ending.queue, expected.queue):
        reason = f"called in {ending.queue!r}, not in {expected.queue!r}"
        yield story.finding("wrong_queue", turn, reason, unsure=ending.provenance == "text")


def same_queue(one: str, other: str) -> bool:
    """Whether two names mean the same queue: letter case, punctuation and words like `team` aside."""
    return _queue_words(one) == _queue_words(other)


def _queue_words(name: str) -> frozenset[str]:
    words = frozenset(_APART.split(name.lower())) - {""}
    return words - _FILLERS or words


def handed(story: Story) -> Iterator[Finding]:
    """What the hand-off carried lacks a value that `expect.escalation.handed` names and the customer had told."""
    expected, ending = story.expected, story.ending
    if expected is None or not expected.handed or ending.escalated not in REACHED:
        return
    turn = ending.escalated_turn or ending.turns
    signals = [s for t in story.shown for s in _signals(t) if s.state in REACHED and s.provenance != "text"]
    if not any(signal.payload or signal.provenance == "tool" for signal in signals):
        yield story.unseen("context_not_handed", turn, "the hand-off does not show what it carries")
        return
    carried = _plain(" ".join(f"{_unfolded(signal.payload)} {signal.reason}" for signal in signals))
    lacking = [slot for slot in _told_of(story, expected, turn) if _plain(story.knows.get(slot, slot)) not in carried]
    if lacking:
        yield story.finding("context_not_handed", turn, f"the hand-off lacks {', '.join(lacking)}")


def _told_of(story: Story, expected: EscalationExpectation, by_turn: int) -> list[str]:
    told = {slot for turn in story.turns if turn.turn <= by_turn for slot in turn.told}
    return [slot for slot in expected.handed if slot in told]


def _unfolded(payload: str) -> str:
    """JSON with its escapes undone, where it is JSON."""
    try:
        return str(decode(payload)) if payload else ""
    except (ValueError, RecursionError):  # what a model wrote as arguments need not be JSON
        return payload


def _plain(text: str) -> str:
    return _APART.sub("", text.lower())
