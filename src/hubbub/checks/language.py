"""Replies in a language that the customer does not speak."""

from collections.abc import Iterator

from hubbub.checks.story import Story
from hubbub.model import Finding
from hubbub.tongues import foreign_tongue


def wrong_language(story: Story) -> Iterator[Finding]:
    """A reply of six words or more is in another language, or in another script, than the persona's.

    By function words: at least three of another language that the customer's has not, and more than three times as many
    as of the customer's own. A customer who writes Hindi mixed with English may be answered in either.
    """
    own = story.persona.locale.lower().partition("-")[0]
    for turn, text in story.spoken:
        other = foreign_tongue(text, own)
        if other:
            yield story.finding(
                "wrong_language", turn.turn, f"the reply is in {other!r}, not in {own!r}: {text[:60]!r}"
            )
            return
