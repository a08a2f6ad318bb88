"""The same question put again and answered with another value, though nothing came to be known in between.

For agents of whose facts nothing is known. Only where everything speaks for it: the customer asks about the same thing
once more and changes nothing, no tool was called since, both sentences give the one value to the same thing in the same
plain way ("the Max plan is $45", "Max costs $55"), and the second does not say that something is new or corrected.
"""

import re
from collections.abc import Iterator

from hubbub.checks.claims import family, overlap
from hubbub.checks.sentences import place
from hubbub.checks.story import Story
from hubbub.model import Claim, Turn

_KINDS = frozenset(("money", "percent", "days", "hours", "minutes"))
_PLAINLY = re.compile(  # what stands right before a value that is all of an answer
    r"\b(?:is|are|costs?|be|comes? to|takes?|lasts?|pays?)(?: just| only| exactly| always| a flat)?\W*$"
)
_CHANGED = re.compile(  # words of a customer, or of an agent, that make it another matter
    r"\b(?:instead|change[ds]?|add(?:ed)?|remove[ds]?|without|with|plus|if|unless|upgrade[ds]?|downgrade[ds]?|also|other"
    r"|another|different|discount\w*|coupon|voucher|promo\w*|after|before|was|were|now|new|updated?|revised|corrected"
    r"|correction|sorry|apolog\w+|mistake|actually|otherwise|per person|each|both|total|altogether|remaining|left|more"
    r"|less|extra|additional|express|expedited|premium|annual\w*|yearly|weekly|from|until|only if|keep|cancel\w*)\b"
)
_WORD = re.compile(r"[a-z]{3,}")
_FILLERS = (
    "the and our your you for are its his her their this that these those there which what will would can could should "
    "may might must has have had does did not all any one per get give take takes cost costs price priced fee fees "
    "rate charge charges amount pay pays day days week weeks month months monthly year years hour hours minute minutes "
    "business working usd dollars dollar cents percent about just exactly always flat includes including included yes "
    "sure certainly course please thank thanks how much long again right then so"
)
_SAYS_NOTHING = frozenset(_FILLERS.split())
_SENTENCE = re.compile(r"[.!?](?=\s|$)|\n")
_STEM = 5


def restated(story: Story) -> Iterator[tuple[Turn, Claim, Turn, Claim]]:
    """Pairs of turns and their values: the first answer, and the other one."""
    if not story.in_english:
        return
    firm = [
        (at, turn, claim)
        for at, turn in enumerate(story.replied)
        if turn.heard is not None and turn.heard.claims
        for claim in _lone(turn.heard.claims)
    ]
    for later, (at, turn, claim) in enumerate(firm):
        for since, first, before in firm[:later]:
            if since == at or family(before.kind) != family(claim.kind) or overlap(before, claim):
                continue
            if _nothing_new(story.replied[since + 1 : at + 1]) and _same_matter(first, before, turn, claim):
                yield first, before, turn, claim


def _nothing_new(turns: tuple[Turn, ...]) -> bool:
    """Whether in these turns no tool was called, and the customer changed nothing."""
    return not any((one.reply and one.reply.tools) or _CHANGED.search(" ".join(one.texts).lower()) for one in turns)


def _lone(claims: tuple[Claim, ...]) -> Iterator[Claim]:
    """The firm values of a reply, of all that it states, that are the only ones of their kind."""
    for claim in claims:
        if claim.kind in _KINDS and not claim.hedged:
            alone = sum(family(one.kind) == family(claim.kind) for one in claims) == 1
            if alone:
                yield claim


def _same_matter(first: Turn, before: Claim, turn: Turn, claim: Claim) -> bool:
    one, other = _sentence(first, before), _sentence(turn, claim)
    if one is None or other is None or _CHANGED.search(other):
        return False
    about = _subject(other)
    asked = _subject(" ".join(turn.texts).lower())
    return bool(about) and about <= _subject(one) and not about.isdisjoint(asked)


def _sentence(turn: Turn, claim: Claim) -> str | None:
    """The sentence of a value that stands plainly at the end of what it is said of; None of any other value."""
    text = turn.reply.text.lower() if turn.reply is not None else ""
    at = place(text, claim.text.lower())
    if at < 0 or place(" ".join(turn.texts).lower(), claim.text.lower()) >= 0:
        return None
    lead = _SENTENCE.split(text[:at])[-1]
    return lead + _SENTENCE.split(text[at:], maxsplit=1)[0] if _PLAINLY.search(lead) else None


def _subject(sentence: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in _WORD.findall(sentence) if word not in _SAYS_NOTHING)
