"""Replies that say nothing, or say the same thing over and over."""

from collections.abc import Iterator

from hubbub.checks.story import Story
from hubbub.model import Finding

_SAME = 3  # times the same words make a loop


def empty(story: Story) -> Iterator[Finding]:
    """A whole reply without a word. A reply that only calls a human is not empty."""
    for turn in story.turns:
        reply = turn.reply
        if turn.outcome == "ok" and reply and not reply.text.strip() and not reply.signals and not reply.ended:
            yield story.finding("empty", turn.turn, "the reply was whole, and had no text")
            return


def loop(story: Story) -> Iterator[Finding]:
    """The same words, three replies running, to messages that differ."""
    run, before, asked = 0, "", ""
    for turn in story.turns:
        if turn.outcome != "ok" or turn.reply is None or turn.overlap:
            continue
        words = " ".join(turn.reply.text.lower().split())
        said = " ".join(turn.texts).lower()
        run = run + 1 if words and words == before and said != asked else 1
        before, asked = words, said
        if run >= _SAME:
            yield story.finding("loop", turn.turn, f"the same reply {run} times running: {turn.reply.text[:80]!r}")
            return
