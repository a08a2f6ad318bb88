"""Judging a conversation; one file per family."""

from collections.abc import Iterator

from hubbub.checks import escalation, replies
from hubbub.checks.story import Check, Story
from hubbub.model import Finding

STANDARD: tuple[Check, ...] = (escalation.check, replies.empty, replies.loop)


def judge(story: Story, more: tuple[Check, ...] = ()) -> Iterator[Finding]:
    """Every finding of every check on a conversation, in the order of the checks."""
    for check in (*STANDARD, *more):
        yield from check(story)
