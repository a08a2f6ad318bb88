"""Replies that say nothing, or nothing new, or the same thing over and over."""

from collections.abc import Iterator

from hubbub.checks.story import Story
from hubbub.model import Finding, Turn

_SAME = 3  # times the same words make a loop
_IDLE = 5  # replies in a row without anything new
_PARTING = ("thank", "bye", "smalltalk", "nudge", "inject")
_NEWS = frozenset(
    ("notify_success", "notify_failure", "handoff", "offer_handoff", "offer", "confirm", "refuse", "goodbye")
)


def empty(story: Story) -> Iterator[Finding]:
    """A whole reply without a word. A reply that only calls a human is not empty."""
    for turn in story.turns:
        reply = turn.reply
        if turn.outcome == "ok" and reply and not reply.text.strip() and not reply.signals and not reply.ended:
            yield story.finding("empty", turn.turn, "the reply was whole, and had no text")
            return


def loop(story: Story) -> Iterator[Finding]:
    """The same words, three replies running, to messages that differ."""
    if len(story.spoken) < _SAME:
        return
    run, before, asked = 0, "", ""
    for turn, text in story.spoken:
        if turn.overlap:
            continue
        words = " ".join(text.split())
        said = " ".join(turn.texts).lower()
        run = run + 1 if words and words == before and said != asked else 1
        before, asked = words, said
        if run >= _SAME:
            yield story.finding("loop", turn.turn, f"the same reply {run} times running: {text[:80]!r}")
            return


def no_progress(story: Story) -> Iterator[Finding]:
    """Five replies running that ask for nothing new, state nothing new, do, offer or refuse nothing.

    A reply that was not understood proves nothing and starts the count again, as does small talk of the customer's.
    """
    if len(story.spoken) < _IDLE:
        return
    asked: set[str] = set()
    known: set[str] = set()
    idle = 0
    for turn, _ in story.spoken:
        new = _is_new(turn, asked, known)
        idle = 0 if new or turn.act in _PARTING else idle + 1
        if idle >= _IDLE:
            reason = f"{idle} replies running asked, stated, did, offered or refused nothing new"
            yield story.finding("no_progress", turn.turn, reason)
            return


def _is_new(turn: Turn, asked: set[str], known: set[str]) -> bool:
    heard = turn.heard
    if heard is None or "unknown" in heard.acts or not _NEWS.isdisjoint(heard.acts):
        return True
    if turn.act == "ask" and heard.claims:
        return True  # a question that is put again may be answered again
    fresh = not asked.issuperset(heard.asked) or not all(claim.text in known for claim in heard.claims)
    asked.update(heard.asked)
    known.update(claim.text for claim in heard.claims)
    return fresh
