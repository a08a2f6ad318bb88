"""Replies that say nothing, or nothing new, or the same thing over and over."""

import re
from collections.abc import Iterator

from hubbub.checks.story import Story
from hubbub.model import MATTER, Finding, Turn

_SAME = 3  # times the same words make a loop
_SPACES = b" \n\t\r\v\f\x1c\x1d\x1e\x1f"  # those of ASCII
_IDLE = 5  # replies in a row without anything new
_FRESH_WORDS = 3  # words that nobody has used yet, from which a reply has something of its own to say
_OPENING = ("open", "rephrase")
_PARTING = ("thank", "bye", "smalltalk", "nudge", "inject")
# what messages are about that acknowledge, say that there is nothing else, or wonder about what is beside the matter
_ROUNDING_OFF = ("noted", "more", "more_time", "more_cost", "more_steps")
_WORD = re.compile(  # a text of Chinese characters and katakana is cut where hiragana stand
    r"[\u3400-\u9fff]{2,}|[\u30a1-\u30ff]{3,}|[^\W\d_\u3040-\u9fff]{4,}|[^\W\u3040-\u9fff]*\d[^\W\u3040-\u9fff]*"
)
_EMPTY_TALK = (  # what a reply that has nothing to say is made of
    "about able again agent alright also anything apologies apologize appreciate appreciated around assist "
    "assistance assistant back bear before behalf being best better bring brought called care case certainly "
    "chat check clarify clear clearly come concern concerned concerning concerns contact contacting could course "
    "customer deal dear describe describing detail detailed details different discuss does doing done down "
    "elaborate else ensure even ever everything exact exactly experience explain explaining explanation feel "
    "figure find fine first follow following from full fully further gave give given giving glad going gone good "
    "great guide handle happen happened happening happy have hear hearing hello help helped helpful helping here "
    "hold hope inform information inquiry inconvenience issue issues just keep kind kindly know learn leave like "
    "listen little look looking made make making matter maybe mean means mention message mind moment more much "
    "name need needs never next nice note noted nothing once only open order other part patience patient please "
    "pleasure point possible precisely problem provide providing query question questions quite ready really "
    "regarding reply request resolve respond right said sense share sharing should show situation something soon "
    "sorry sort specific speak start started still story support supply sure take taken taking talk team tell "
    "telling than thank thanks that their them then there these they thing things think this those through time "
    "today together told touch transpired trouble trying understand understanding understood until upon update "
    "used very view wait waiting want wanted ways welcome well were what when where whether which while will "
    "wish with wonder wondering word words work working worry would write writing wrong your yours"
)
_EMPTY_WORDS = frozenset(_EMPTY_TALK.split())
_NEWS = frozenset(
    ("notify_success", "notify_failure", "handoff", "offer_handoff", "offer", "confirm", "refuse", "goodbye")
)


def empty(story: Story) -> Iterator[Finding]:
    """A whole reply without a word. A reply that only calls a human is not empty.

    Nor is a tool call in a log without words of the agent: its reply may not have been logged.
    """
    for turn in story.turns:
        reply = turn.reply
        if turn.outcome != "ok" or reply is None or reply.signals or reply.ended:
            continue
        if not reply.text.strip() and not (reply.tools and not reply.completed_by):
            yield story.finding("empty", turn.turn, "the reply was whole, and had no text")
            return


def loop(story: Story) -> Iterator[Finding]:
    """The same words, three replies running, to messages that differ; not while a human is on the way."""
    if len(story.unhanded) < _SAME:
        return
    run, asked, before = 0, "", ""
    for turn, text in story.unhanded:
        if turn.overlap:
            continue
        said = " ".join(turn.texts).lower()
        words = _closed_up(text)
        run = run + 1 if words and words == before and said != asked else 1
        before, asked = words, said
        if run >= _SAME:
            yield story.finding("loop", turn.turn, f"the same reply {run} times running: {text[:80]!r}")
            return


def _closed_up(text: str) -> str:
    """A text without what parts its words."""
    if text.isascii():
        return text.encode("ascii").translate(None, _SPACES).decode("ascii")
    return "".join(text.split())


def no_progress(story: Story) -> Iterator[Finding]:
    """Five replies running that ask for nothing new, state nothing new, do, offer or refuse nothing.

    A reply that was not understood proves nothing and starts the count again, as do small talk of the customer's, and
    words that have not been used in the conversation: whoever says something of its own may be getting on. A reply to
    a customer who only acknowledges, or needs nothing more, does not count.
    """
    talk = story.unhanded
    if len(talk) < _IDLE:
        return
    asked: set[str] = set()
    known: set[str] = set()
    idle: list[int] = []
    for at, (turn, _) in enumerate(talk):
        is_new = _is_new(turn, asked, known)
        if turn.act in _OPENING:
            asked.add(MATTER)  # who has opened has told it: to ask for it again is nothing new
        if is_new or turn.act in _PARTING:
            idle.clear()
            continue
        if turn.about in _ROUNDING_OFF:
            continue
        idle.append(at)
        if len(idle) < _IDLE:
            continue
        if _is_empty_talk(talk, idle[-_IDLE:]):
            reason = f"{len(idle)} replies running asked, stated, did, offered or refused nothing new"
            yield story.finding("no_progress", turn.turn, reason)
            return


def _is_empty_talk(talk: tuple[tuple[Turn, str], ...], places: list[int]) -> bool:
    """Whether none of these replies has a few words that were not said before, by anyone."""
    used = set(_EMPTY_WORDS)
    for at, (turn, text) in enumerate(talk[: places[-1] + 1]):
        used.update(_WORD.findall(" ".join(turn.texts).lower()))
        words = _WORD.findall(text)
        if at in places and len(set(words) - used) >= _FRESH_WORDS:
            return False
        used.update(words)
    return True


def _is_new(turn: Turn, asked: set[str], known: set[str]) -> bool:
    heard = turn.heard
    if heard is None or "unknown" in heard.acts or not _NEWS.isdisjoint(heard.acts):
        return True
    if turn.act == "ask" and heard.claims:
        return True  # a question that is put again may be answered again
    stated = [claim.text for claim in heard.claims]
    fresh = not asked.issuperset(heard.asked) or not known.issuperset(stated)
    asked.update(heard.asked)
    known.update(stated)
    return fresh or bool(turn.reply and turn.reply.tools)
