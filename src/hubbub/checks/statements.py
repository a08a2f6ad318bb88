"""What replies must never, or must, say: `never` and `must_say`, with their `before`, `after` and `within`."""

import re
from collections.abc import Iterator
from functools import lru_cache

from hubbub.checks.escalation import REACHED
from hubbub.checks.story import Story
from hubbub.model import Finding, Statement, Turn

HANDOFF = "handoff"  # as a `before` or `after`: the moment at which a human was called
_DENIED = re.compile(  # a negation just before the words takes them back
    r"(?:\b(?:no|not|never|without|nor|neither|cannot|kein\w*|nicht|ohne|nie|pas|sans|aucune?|sin|nunca|sem|senza|non"
    r"|niet|geen|zonder|inte|ingen|utan)|n't)\s+(?:\w+\s+){0,3}$"
)
_DENIED_AFTER = re.compile(
    r"\s*(?:\w+\s+){0,3}(?:nahin?|nahi|mat)\b|[^。！？\n]{0,12}(?:ません|ない|なし|ございません)"
)
_UNSPACED = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\u0e00-\u0e7f]")  # scripts that do not part their words
_CUT_SHORT = frozenset(("cut_off", "agent_failed", "abandoned"))


def forbidden(story: Story) -> Iterator[Finding]:
    """A reply holds the words of a `never`, not denied by a negation just before, or states a value for its fact."""
    for statement in story.persona.never:
        said = next(_said(story, statement, _span(story, statement)), None)
        if said is not None:
            yield story.finding("forbidden_statement", said[0].turn, f"said {said[1]!r}, which `never` forbids")


def disclosures(story: Story) -> Iterator[Finding]:
    """No reply says what a `must_say` demands, in a conversation that had room for it."""
    for statement in story.persona.must_say:
        span = _span(story, statement)
        if not span or any(_said(story, statement, span)) or any(_said(story, statement, story.doubled)):
            continue
        wanted = statement.text or f"a value for {statement.claim}"
        cut_short = story.ending.ending in _CUT_SHORT and len(span) < (statement.within or len(span) + 1)
        where = f"within {statement.within} replies" if statement.within else "in any reply"
        if statement.before:
            where, cut_short = f"before {statement.before!r}", False
        yield story.finding(
            "missing_disclosure", span[-1][0].turn, f"{wanted!r} was not said {where}", unsure=cut_short
        )


_Said = tuple[tuple[Turn, str], ...]


def _span(story: Story, statement: Statement) -> _Said:
    """The replies that a statement is about; none where its `after` or `before` never came to be.

    A `must_say` that stands `before` something counts in the reply that holds it, too, up to that place.
    """
    replies = story.spoken
    if statement.after is not None:
        start = _place(story, statement.after, replies)
        if start is None:
            return ()
        replies = replies[start + 1 :]
    if statement.before is not None:
        stop = _place(story, statement.before, replies)
        if stop is None:
            return replies if statement in story.persona.never else ()
        turn, text = replies[stop]
        mark = None if statement.before == HANDOFF else _words(statement.before).search(text)
        replies = (*replies[:stop], (turn, text[: mark.start()] if mark else text))
    return replies[: statement.within] if statement.within else replies


def _place(story: Story, mark: str, replies: _Said) -> int | None:
    if mark != HANDOFF:
        return next((at for at, (_, text) in enumerate(replies) if _words(mark).search(text)), None)
    turn = story.ending.escalated_turn if story.ending.escalated in REACHED else None
    return next((at for at, (said, _) in enumerate(replies) if said.turn == turn), None)


def _said(story: Story, statement: Statement, span: _Said) -> Iterator[tuple[Turn, str]]:
    if statement.text is not None:
        words = _words(statement.text)
        for turn, text in span:
            for found in words.finditer(text):
                if statement in story.persona.must_say or not _is_denied(text, found):
                    yield turn, found.group()
        return
    turns = {turn.turn: turn for turn, _ in span}
    for one in story.claims:
        if one.fact == statement.claim and one.turn in turns and (one.claim.low or one.claim.high or one.claim.text):
            if statement in story.persona.never and one.verdict == "supported" and not one.claim.high:
                continue  # "the fee is $0" is what the fact says, and no fee
            yield turns[one.turn], one.claim.text


def _is_denied(text: str, found: re.Match[str]) -> bool:
    """Whether a negation takes the words back: just before them, or, in languages where it follows, just after."""
    return _DENIED.search(text, 0, found.start()) is not None or _DENIED_AFTER.match(text, found.end()) is not None


@lru_cache(maxsize=2048)
def _words(text: str) -> re.Pattern[str]:
    """The words, letter case and the spaces between them ignored, not within other words."""
    body = r"\s+".join(re.escape(word) for word in text.lower().split())
    return re.compile(body if _UNSPACED.search(text) else rf"(?<!\w){body}(?!\w)")
