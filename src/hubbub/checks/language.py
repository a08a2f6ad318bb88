"""Replies in a language that the customer does not speak."""

import re
from collections.abc import Iterator

from hubbub.checks.story import Story
from hubbub.model import Finding
from hubbub.tongues import foreign_tongue

_PARAGRAPHS = re.compile(r"\n+")
_LONG = 60  # characters from which a paragraph of a reply is looked at by itself


def wrong_language(story: Story) -> Iterator[Finding]:
    """A reply of six words or more is in another language, or in another script, than the persona's.

    By function words: at least three of another language that the customer's has not, and more than three times as many
    as of the customer's own. A customer who writes Hindi mixed with English may be answered in either. A paragraph of
    some length is looked at by itself, too: what was said before a tool call does not excuse what comes after it.
    """
    own = story.persona.locale.lower().partition("-")[0]
    for turn, text in story.spoken:
        for part in (text, *_paragraphs(text)) if "\n" in text else (text,):
            other = foreign_tongue(part, own)
            if other:
                yield story.finding(
                    "wrong_language", turn.turn, f"the reply is in {other!r}, not in {own!r}: {part[:60]!r}"
                )
                return


def _paragraphs(text: str) -> list[str]:
    """Those of some length."""
    return [part for part in _PARAGRAPHS.split(text) if len(part) >= _LONG]
