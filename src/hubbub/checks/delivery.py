"""Delivery: each reply arrives once, in order, and is a reply to the message it follows."""

from collections.abc import Iterator

from hubbub.checks.escalation import REACHED, looks_up, snake_case
from hubbub.checks.story import Story
from hubbub.model import Finding, Turn

_TWICE = 12  # characters from which a text that is its own repetition counts
_TAIL = 10  # characters of an older reply that open a newer one
_REPEAT = 20  # characters from which a reply repeated to another message counts
_OTHER_ACTS = frozenset(("thank", "bye", "ask_human", "accept_human", "correct", "change_mind", "confirm", "deny"))
_PROVES_NOTHING = frozenset(("wait", "unknown"))  # acts of a reply that may be a word in between
_ASKS_AGAIN = frozenset(("fallback", "unknown", "handoff"))  # acts of replies that may always come again
_MAY_REPEAT = frozenset(("wait", "greet", "goodbye"))  # those that may where nothing was told that was asked for


def duplicate_reply(story: Story) -> Iterator[Finding]:
    """One text twice within a reply; one reply id on two replies; or one reply to two messages that call for two.

    Two messages call for two replies when the second told what the first reply asked for, or is of another kind
    (thanks, goodbye, a correction, asking for a human). Asking the customer to put it another way may be repeated, and
    so may what is said while a human is on the way.
    """
    ids = {turn.reply.trace for turn, _ in story.spoken if turn.reply and turn.reply.trace}
    again = next((one for one in story.unasked if one.kind == "duplicate"), None)
    if again is not None:
        yield story.finding("duplicate_reply", again.turn, f"sent again between turns: {again.text[:60]!r}")
        return
    before: Turn | None = None
    seen: set[str] = set()
    handed = story.ending.escalated_turn
    for turn, text in story.spoken:
        assert turn.reply is not None
        trace = turn.reply.trace
        if _is_twice(text):
            yield story.finding("duplicate_reply", turn.turn, f"the reply holds its text twice: {text[:60]!r}")
            return
        if trace and trace in seen and len(ids) > 1:
            yield story.finding("duplicate_reply", turn.turn, f"the reply's id {trace!r} came before")
            return
        seen.add(trace)
        if turn.overlap or (handed is not None and turn.turn > handed):
            continue
        if before is not None and _is_repeated(before, turn):
            reason = f"word for word the reply to turn {before.turn}: {text[:60]!r}"
            yield story.finding("duplicate_reply", turn.turn, reason)
            return
        before = turn


def _is_twice(text: str) -> bool:
    text = text.strip()
    if text.find(text[:_TWICE], _TWICE) < 0:
        return False
    for gap in range(len(text) & 1, 3, 2):  # between two halves of one length
        half = (len(text) - gap) // 2
        if half >= _TWICE and text.startswith(text[half + gap :]) and not text[half : half + gap].strip():
            return True
    return False


def _is_repeated(before: Turn, turn: Turn) -> bool:
    assert before.reply is not None
    assert turn.reply is not None
    text = turn.reply.text
    if text != before.reply.text or len(text) < _REPEAT or turn.heard is None or before.heard is None:
        return False
    acts = turn.heard.acts
    if not _ASKS_AGAIN.isdisjoint(acts):
        return False
    if before.heard.asked:
        return not set(before.heard.asked).isdisjoint(turn.told)
    if not _MAY_REPEAT.isdisjoint(acts) or ("req_more" in acts and not turn.heard.claims):
        return False  # "Anything else?" may be asked again; an answer that ends in it may not be given again
    if "request" in before.heard.acts:
        return False  # it asked for something that we cannot name, and may ask again
    if turn.act == "ask_human" and before.about.endswith("explicit_request"):
        return False  # it was what the message before asked for, too
    return turn.act in _OTHER_ACTS and turn.act != before.act


def double_effect(story: Story) -> Iterator[Finding]:
    """For a second delivery of a message, something was done or a human was called once more.

    Only with the delivery probe. The same reply under the same id has been remembered, not done again; where replies
    have no ids, nobody can tell, and it is unsure. What is done shows as tool calls, and only where the workload says
    that all of them do (`agent.shows: [tools]`); a hand-off shows anywhere. Of a burst in the wrong order, what is done
    for both of its parts is done twice.
    """
    first = {turn.turn: turn for turn in story.turns}
    for copy in story.copies:
        turn = first.get(copy.copy_of)
        if turn is None or turn.reply is None or copy.reply is None or {turn.outcome, copy.outcome} != {"ok"}:
            continue
        again = _done(copy, story)
        twice = [name for name in again if name in _done(turn, story)] if turn.texts != copy.texts else again
        same_id = bool(copy.reply.trace) and copy.reply.trace == turn.reply.trace
        if twice and not same_id:
            unsure = not copy.reply.trace and copy.reply.text == turn.reply.text
            reason = f"{twice[0].partition(' ')[0]} for turn {turn.turn}, and again for its second delivery"
            yield story.finding("double_effect", copy.turn, reason, unsure=unsure)
            return
    if story.copies and "tools" not in story.shows and not any(turn.reply and turn.reply.tools for turn in story.turns):
        yield story.unseen("double_effect", story.copies[0].turn, "what this agent does shows in no tool calls")


def _done(turn: Turn, story: Story) -> list[str]:
    """What a reply shows as done: tools with their arguments, and a hand-off."""
    assert turn.reply is not None
    deeds = [f"{t.name} {t.arguments}" for t in turn.reply.tools if not looks_up(snake_case(t.name))]
    called = any(signal.state in REACHED and signal.provenance != "text" for signal in turn.reply.signals)
    return [*(deeds if "tools" in story.shows else ()), *(("hand-off",) if called else ())]


def out_of_order(story: Story) -> Iterator[Finding]:
    """A message's reply came after that to a later message. A quick word to a nudge is no such thing.

    Neither is "one moment", nor what was not understood, which may be just that.
    """
    if not [turn for turn in story.replied if turn.overlap]:
        return
    for early in story.replied:
        for late in story.replied:
            if late.sent_s <= early.sent_s or late.act == "nudge" or late.done_s is None or early.done_s is None:
                continue
            if late.done_s < early.done_s and late.heard is not None and _PROVES_NOTHING.isdisjoint(late.heard.acts):
                gap_s = early.done_s - late.done_s
                reason = f"the reply came {gap_s:.2f} s after that to turn {late.turn}, which was sent later"
                yield story.finding("out_of_order", early.turn, reason)
                return


def stale_stream(story: Story) -> Iterator[Finding]:
    """A reply begins in the middle of a sentence of an older reply, goes on to its end, and says something else."""
    texts = [(turn, turn.reply.text.strip()) for turn in story.turns if turn.reply and turn.reply.text]
    for at, (turn, text) in enumerate(texts):
        if turn.outcome != "ok" or len(text) <= _TAIL:
            continue
        begins = text[:_TAIL]
        for before, old in texts[max(0, at - 3) : at]:
            at = old.find(begins)
            if at > 0 and _continues(old, at, text):
                reason = f"the reply begins with the rest of the reply to turn {before.turn}: {text[:60]!r}"
                yield story.finding("stale_stream", turn.turn, reason)
                return


def _continues(old: str, at: int, text: str) -> bool:
    """Whether a text begins as the rest of an older one, in the middle of its sentence, and goes on after it."""
    return text.startswith(old[at:]) and len(text) > len(old) - at and _is_amid(old[:at].rstrip(" "), text)


def _is_amid(before: str, text: str) -> bool:
    """Whether a text that follows these words begins in the middle of their sentence: no mark, no line, no bullet."""
    return before[-1:].isalnum() or before[-1:] == "," or (before[-1:] == ")" and text[:1].islower())
