"""Continuity: the agent keeps what the customer has told it."""

import re
from collections.abc import Iterator
from functools import lru_cache

from hubbub.checks.story import Story
from hubbub.model import Finding, Turn

_UNSETTLED = ("correct", "change_mind", "claim", "deny")
_LOST = frozenset(("fallback", "unknown"))  # acts of a reply that has not taken in what it answers
_CLASSES = {"#": r"\d", "?": "[A-Z]"}
_ODD_ENOUGH = 6  # characters that a pattern must have, for what looks like it to be one
_ODD_DIGITS = 4
_OTHER_THING = re.compile(  # what such a value is, if it is not the customer's
    r"\b(?:ticket|case|reference|confirmation|return|label|voucher|coupon|code|invoice|claim|tracking|replacement|new|other"
    r"|another|example|like|such as|format|instead|e\.g\.)\b[^.!?]{0,25}$"
)
_NOT_FOUND = re.compile(  # nothing was found by the value that was told, which is why it is asked for again
    r"(?:\bnot|n't|\bunable to|\bno|\bcannot) (?:\w+ ){0,3}(?:find|found|locate|match\w*|recogni[sz]ed?)\b"
    r"[^.?!]{0,30}\b(?:that|this|those|under|with|by|it)\b|\b(?:double|re)[- ]?check\b"
)
_NEAR = 40  # characters before a value in which the words for it are looked for


def context_lost(story: Story) -> Iterator[Finding]:
    """Asks again for what was told at least a turn ago and had been accepted, or states another value for it.

    Told and accepted: it was in a message, and the reply to it was understanding and did not ask for it. What the
    customer changed, corrected or denied is left alone, and so is all that belongs to an earlier goal, a reply that
    repeats the value to have it confirmed, or found nothing by it, and a turn in which another customer's value was
    found: that is cross-talk. Who comes back with the same matter on another channel is the same customer still.
    """
    told: dict[str, Turn] = {}
    for turn in story.replied:
        if turn.heard is None or turn.reply is None:
            continue
        if turn.act == "open":
            told.clear()
        if turn.act in _UNSETTLED:
            for slot in (*turn.told, turn.about):
                told.pop(slot, None)
        known = told if turn.act in _UNSETTLED else {**dict.fromkeys(turn.told, turn), **told}
        lost = _asked_again(turn, told, story) or _stated_wrongly(turn, turn.reply.text, known, story)
        if lost:
            yield story.finding("context_lost", turn.turn, lost)
            return
        if turn.act not in _UNSETTLED and _LOST.isdisjoint(turn.heard.acts):
            for slot in turn.told:
                if slot not in turn.heard.asked:
                    told.setdefault(slot, turn)


def _asked_again(turn: Turn, told: dict[str, Turn], story: Story) -> str:
    assert turn.heard is not None
    assert turn.reply is not None
    for slot in turn.heard.asked:
        since = told.get(slot)
        if since is None or turn.turn <= since.turn:
            continue
        value, text = story.knows.get(slot, ""), turn.reply.text.lower()
        if _NOT_FOUND.search(text):
            return ""
        if not value or value.lower() not in text:
            again = f"asked again{_here(turn, since)} for {slot}"
            return f"{again}, which was told at turn {since.turn}{_there(turn, since, story)}"
    return ""


def _here(turn: Turn, since: Turn) -> str:
    return f" on {turn.channel}" if turn.channel != since.channel else ""


def _there(turn: Turn, since: Turn, story: Story) -> str:
    return f" on {since.channel or story.persona.channel}" if turn.channel != since.channel else ""


def _stated_wrongly(turn: Turn, text: str, told: dict[str, Turn], story: Story) -> str:
    if turn.turn in story.leaks:
        return ""
    for slot, since in told.items():
        source = story.persona.knows.get(slot)
        pattern = source.pattern if source is not None else None
        if pattern is None or len(pattern) < _ODD_ENOUGH or story.knows.get(slot, "") in text:
            continue
        for found in _shape(pattern).finditer(text):
            before = text[max(0, found.start() - _NEAR) : found.start()].lower()
            meant = _names(slot, before) or (_is_odd(pattern) and not _OTHER_THING.search(before))
            if found.group() not in story.others.values() and meant:
                return (
                    f"said {found.group()!r} for {slot}, which was told at turn {since.turn} as {story.knows[slot]!r}"
                )
    return ""


def _is_odd(pattern: str) -> bool:
    """Whether what has a pattern's shape is hardly anything else: four digits or more, and letters or marks."""
    return pattern.count("#") >= _ODD_DIGITS and any(not c.isdigit() and c != "#" for c in pattern)


def _names(slot: str, words: str) -> bool:
    """Whether the words before a value name the slot: `order` for order_id."""
    return any(len(word) > 2 and word in words for word in slot.lower().split("_"))


@lru_cache(maxsize=512)
def _shape(pattern: str) -> re.Pattern[str]:
    first, *rest = [_CLASSES.get(c, re.escape(c)) for c in pattern]  # looking behind only after it: see privacy.py
    return re.compile(rf"{first}(?<![\w-]{first}){''.join(rest)}(?![\w-])", re.ASCII)  # Japanese writes on, unspaced
