"""What an agent states, held against a persona's facts: supported, contradicted, unsupported, echoed or hedged.

A claim is bound to a fact by the words of the fact's name (and of its `about`) in the claim's own sentence, or by the
customer having just asked for that fact. Only a claim that is bound to one fact, and lies outside it, contradicts.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from hubbub.checks.sentences import place, sentence_before, sentence_of
from hubbub.model import Claim, Fact, Persona, Turn

ClaimVerdict = Literal["supported", "contradicted", "unsupported", "echoed", "hedged"]
_MINUTES = {"days": 1440.0, "hours": 60.0, "minutes": 1.0}
_KINDS = ("money", "percent", "days", "hours", "minutes", "date", "time", "id", "phone", "url", "truth")
_STRETCHED = frozenset(("money", "percent", "days", "hours", "minutes"))
_WRITTEN = frozenset(("id", "phone", "url"))
_SHAPE_WORDS = (  # of a fact's name: what kind of thing it is, not what it is about
    "eta window time times date price amount rate number deadline period duration max min limit policy days hours "
    "minutes cost maximum minimum total in of for the a per to is"
)
_SHAPES = frozenset(_SHAPE_WORDS.split())
_WORD = re.compile(r"[^\W\d_]+")
_NOT_WRITTEN = re.compile(r"[^0-9a-z]")
_CONDITION = re.compile(  # a deadline for the customer's own doing, not how long something takes
    r"\b(?:can|could|may|must|need to|have to|eligible|allowed|able to)\b[^.]{0,40}\b(?:return|request|cancel|exchange"
    r"|ask|claim|dispute|apply|report)|\b(?:return|request|cancel|exchange|dispute|report)\w*\b[^.]{0,30}\bwithin\b"
    r"|\bof (?:purchase|delivery|receipt|receiving|buying|the order)\b|\bwithin \S+ \S+ (?:of|after|from)\b"
)
_QUALIFIED = re.compile(  # what is said of one case among several is not said of the case in hand
    r"\b(?:express|expedited|overnight|priority|premium|international|overseas|abroad|peak|holidays?|weekends?|unless"
    r"|depending|depends|ago|except|otherwise|if|in some cases|in rare cases)\b"
)
_RESUMES = re.compile(  # a sentence that goes on about what was just said
    r"\b(?:it|that|this|which) (?:takes|will take|would take|should take|lasts|is actually|costs)\b"
    r"|\b(?:please allow|allow for|count on|to be (?:exact|precise|clear)|as i said|as mentioned|actually|i mean"
    r"|correction|rather)\b"
)
_SEVERAL = re.compile(  # several things are spoken of, each with a value of its own
    r"\n|\b(?:option|options|first|second|third|another|other|others|each|every|per|both|total|altogether|alternatively"
    r"|instead|whereas|while|compared|versus|respectively|either|plan|plans|flight|flights|class|tier)\b"
)
_TRANSACTION = re.compile(r"\bcharges? (?:of|for|on)\b|\bcharged\b")  # money that was taken, and is no fee
_ELSEWHERE = {  # what stands right before a value that is no answer, though its sentence speaks of a fact
    "money": re.compile(
        r"\b(?:orders?|purchases?|baskets?) (?:over|above|of|from|under|below)\W*$"
        r"|\b(?:over|above|more than|at least)\W*$"
        r"|\byou(?:'ve| have)?(?: already)? (?:paid|spent)\b[^.;]*$"
    ),
    "duration": re.compile(  # how soon somebody is written to about it, not how long it takes
        r"\b(?:e-?mails?|contact|call|text|notify|update|inform|let|get back to|reach out to|respond to|reply to) "
        r"(?:you|us)\b[^,;:.]{0,40}$|\bhear (?:back|from)\b[^,;:.]{0,40}$"
    ),
}
_NO_FEE = re.compile(  # a fee that is not taken: a sum in the same sentence is of something else
    r"\b(?:no|without(?: an?| any)?|zero|waiv\w+(?: the| your| that| any)?) (?:[a-z-]+ ){0,2}(?:fee|charge)s?\b"
    r"|\b(?:[a-z-]+ )?(?:fee|charge)s? (?:is|are|will be|would be|gets?|has been) waived\b"
)
_TOTAL = re.compile(r"\b(?:sub)?total\b([^.;]*)$")  # what is summed up, and no fee unless it says so
_FEE = ("fee", "fees", "charge", "charges")  # of a fact's words: those that other facts are called, too
_NAMED_FEE = re.compile(
    r"\b(?:fee|charge)s? (?:for|on) (?!this|that|it\b|you)[a-z]"
    r"|\b(?!(?:the|a|an|this|that|our|your|no|any|small|flat|fixed|standard|usual|total|additional|extra|which|of|is|low|"
    r"one-off|only) )[a-z-]+ (?:fee|charge)s?\b"
)
_CONDITIONAL_SHAPES = ("window", "deadline", "period", "notice", "policy", "limit")
_YES, _NO = re.compile(r"\W*(?:yes|yeah|yep|absolutely|certainly)\b"), re.compile(r"\W*(?:no|nope|unfortunately)\b")
_DOUBT = re.compile(  # what a speaker does not vouch for, however far off
    r"\b(?:think|believe|guess|not (?:entirely |quite |completely )?(?:sure|certain)|might|may|maybe|perhaps|possibly"
    r"|probably|could|can vary|varies|would have to check|as far as i know|don't know)\b"
)
_LEANS = re.compile(r"\W*(?:it|this|that|they|you|we)\b")  # a sentence whose subject is in the one before
_ALSO_CALLED: dict[str, re.Pattern[str]] = {  # how names of facts begin, and what agents call the same thing besides
    **dict.fromkeys(
        ("deliver", "arriv", "ship", "parcel"),
        re.compile(r"\b(?:arriv|reach|deliver|be with you|with you (?:in|within)|at your door|doorstep|gets? to you)"),
    ),
    "refund": re.compile(r"\b(?:reimburs|repaid|repay|paid back|money back|funds|credited back|refunded)"),
    "return": re.compile(r"\b(?:sen[dt] (?:it|them|back)|bring (?:it|them) back|sent back|take (?:it|them) back)"),
    **dict.fromkeys(
        ("outage", "repair", "fix"), re.compile(r"\b(?:restor|repair|fixed|back (?:up|on|online)|running again)")
    ),
    "opening": re.compile(r"\b(?:open|close[sd]?)\b"),
}
_FAR = 1.5  # "about", "should" and "usually" stretch a value, but not to half as much again
_EQUAL = 0.005  # half a cent


class Weighed(Struct, frozen=True):
    """A claim, the fact it is bound to (empty when none), the verdict, and the turn it was made in."""

    claim: Claim
    fact: str
    verdict: ClaimVerdict
    turn: int
    wanted: str = ""  # the fact, in words, where the claim contradicts it
    against: str = ""  # the claim of the same reply that this one takes up again, and cannot agree with


class _Truth(Struct, frozen=True):
    """A fact made ready: its kind, its bounds in one unit, and the words that show that a sentence is about it."""

    name: str
    kind: str
    low: float
    high: float
    text: str
    words: tuple[str, ...]
    conditional: bool
    also: re.Pattern[str] | None = None  # other words for the same


def weigh(persona: Persona, turns: Iterable[Turn]) -> tuple[Weighed, ...]:
    """Every claim of the replies, in order, weighed. Without facts or questions, only claims at odds in one reply."""
    asks = tuple([ask for goal in (persona.goal, *persona.then) for ask in goal.asks if ask not in persona.facts])
    truths = _truths(tuple(persona.facts.items()), asks)
    yes_or_no = {truth.name for truth in truths if truth.kind == "bool"}
    kin = {family(truth.kind) for truth in truths}
    weighed: list[Weighed] = []
    said: list[str] = []
    for turn in turns:
        said += turn.texts
        if turn.heard is None or turn.reply is None:
            continue
        plain, claims = turn.about in yes_or_no, turn.heard.claims
        if not plain and (not claims or (len(claims) == 1 and "" not in kin and family(claims[0].kind) not in kin)):
            continue  # as in most replies: it states nothing, or one thing that no fact is about
        text = turn.reply.text.lower()
        weighed += _in_reply(turn, text, (*claims, *(_plain_answer(text) if plain else ())), truths, said)
    return tuple(weighed)


def stated(claim: Claim) -> str:
    """A claim's value in one spelling, so that two agents who say the same are seen to say the same."""
    if claim.kind in _WRITTEN:
        return f"{claim.kind} {_NOT_WRITTEN.sub('', claim.text.lower())}"
    if claim.kind == "bool":
        return "yes" if claim.low else "no"
    span = f"{claim.low:g}" if claim.low == claim.high else f"{claim.low:g}-{claim.high:g}"
    return f"{span} {claim.kind}"


def overlap(one: Claim, other: Claim) -> bool:
    """Whether two claims of comparable kinds can both be true; one that is softened covers half as much again."""
    if one.kind in _WRITTEN or other.kind in _WRITTEN:
        return stated(one) == stated(other)
    soft = _FAR if one.kind in _STRETCHED and (one.hedged or other.hedged) else 1.0
    low, high = _span(one)
    other_low, other_high = _span(other)
    return low <= other_high * soft + _EQUAL and other_low <= high * soft + _EQUAL


def family(kind: str) -> str:
    """Kinds of one family can be compared: all durations with each other."""
    return "duration" if kind in _MINUTES else kind


def _span(claim: Claim) -> tuple[float, float]:
    factor = _MINUTES.get(claim.kind, 1.0)
    return claim.low * factor, claim.high * factor


@lru_cache(maxsize=1024)
def _truths(facts: tuple[tuple[str, Fact], ...], asks: tuple[str, ...]) -> tuple[_Truth, ...]:
    made = [truth for name, fact in facts for truth in _truth(name, fact)]
    return (*made, *(_Truth(ask, "", 0.0, 0.0, "", _words(ask, ()), _is_conditional(ask)) for ask in asks))


def _truth(name: str, fact: Fact) -> Iterator[_Truth]:
    words, conditional = _words(name, fact.about), _is_conditional(name)
    for kind in _KINDS:
        value = getattr(fact, kind)
        if value is None:
            continue
        if kind in _WRITTEN:
            yield _Truth(name, kind, 0.0, 0.0, _NOT_WRITTEN.sub("", value.lower()), words, conditional)
            continue
        ends = value if isinstance(value, tuple) else (value, value)
        low, high = (_number(kind, end) for end in ends)
        also = next((called for start, called in _ALSO_CALLED.items() if name.lower().startswith(start)), None)
        plain = "bool" if kind == "truth" else kind
        yield _Truth(name, plain, low, high, _in_words(kind, ends, fact.currency or ""), words, conditional, also)


def _in_words(kind: str, ends: tuple[object, ...], currency: str) -> str:
    first, last = (f"{end:g}" if isinstance(end, float) else str(end) for end in ends)
    unit = {"money": currency, "truth": "", "date": "", "time": ""}.get(kind, kind)
    return f"{first if first == last else f'{first} to {last}'} {unit}".strip()


def _number(kind: str, end: str | float) -> float:
    if kind == "date":
        return float(str(end).replace("-", ""))
    if kind == "time":
        hour, _, minute = str(end).partition(":")
        return float(int(hour) * 60 + int(minute[:2] or 0))
    return float(end) * _MINUTES.get(kind, 1.0)


def _words(name: str, about: tuple[str, ...]) -> tuple[str, ...]:
    own = [w for w in re.split(r"[\W_]+", name.lower()) if w]
    return (*(w for w in own if w not in _SHAPES), *(w.lower() for w in about)) or tuple(own)


def _is_conditional(name: str) -> bool:
    return any(shape in name.lower() for shape in _CONDITIONAL_SHAPES)


def _in_reply(
    turn: Turn, text: str, claims: tuple[Claim, ...], truths: tuple[_Truth, ...], said: list[str]
) -> Iterator[Weighed]:
    """The claims of a reply, of which `text` is in lower case. `said` is what the customer had said by then."""
    if not truths and len(claims) < 2:
        return
    taken: dict[str, tuple[Claim, str]] = {}  # family to the last firm claim of this reply, and the fact it was about
    for claim in claims:
        kin = family(claim.kind)
        near = [truth for truth in truths if not truth.kind or family(truth.kind) == kin]
        if not near and len(claims) < 2:
            continue
        sentence = sentence_of(text, claim.text.lower())
        lone = sum(family(c.kind) == kin for c in claims) == 1
        bound = _bind(claim, near, sentence, turn.about if lone else "")
        if bound is None and _LEANS.match(sentence) and not _touched(near, sentence):
            bound = _bind(claim, near, sentence_before(text, sentence), "")
        before, fact = taken.get(kin, (None, ""))
        resumes = bound is None and before is not None and _RESUMES.search(sentence) is not None
        if resumes:
            bound = next((truth for truth in near if truth.name == fact), None)
        name, verdict, wanted = _verdict(claim, bound, near, sentence, said)
        if verdict == "contradicted" and _beside_the_answer(claim, bound, claims, sentence):
            name, verdict, wanted = "", "unsupported", ""
        firm = not claim.hedged and _QUALIFIED.search(sentence) is None and _CONDITION.search(sentence) is None
        at_odds = before if resumes and firm and before is not None and _at_odds(before, claim, claims, text) else None
        if firm and claim.kind not in _WRITTEN:
            taken[kin] = (claim, name)
        if near or at_odds:
            yield Weighed(claim, name, verdict, turn.turn, wanted, at_odds.text if at_odds else "")


def _at_odds(before: Claim, claim: Claim, claims: tuple[Claim, ...], text: str) -> bool:
    """Whether the second of two values takes up the first and cannot agree with it: only where there are just the two.

    A reply that lists several things, in lines or in words, may give each its own.
    """
    kin = family(claim.kind)
    return (
        not overlap(before, claim) and sum(family(one.kind) == kin for one in claims) == 2 and not _SEVERAL.search(text)
    )


def _verdict(
    claim: Claim, bound: _Truth | None, near: list[_Truth], sentence: str, said: list[str]
) -> tuple[str, ClaimVerdict, str]:
    """The fact that the claim turns out to be about, the verdict, and what the fact says where the two differ."""
    name = bound.name if bound else ""
    if bound is None or bound.kind:
        holder = next((t for t in ((bound, *near) if bound else near) if t.kind and _holds(t, claim)), None)
        if holder is not None:
            return holder.name, "supported", ""
    if _echoes(claim, said):
        return name, "echoed", ""
    if claim.hedged and not (
        bound is not None and bound.kind and _is_far(bound, claim) and not _DOUBT.search(sentence)
    ):
        return name, "hedged", ""
    if bound is None or not bound.kind or (claim.kind == "date" and not claim.low):
        return name, "unsupported", ""
    if _QUALIFIED.search(sentence):
        return "", "unsupported", ""
    return name, "contradicted", bound.text


def _beside_the_answer(claim: Claim, bound: _Truth | None, claims: tuple[Claim, ...], sentence: str) -> bool:
    """Whether a value is of something else in its sentence: by the words right before it, or as another one is right.

    "We are open from 9 to 8", "shipping takes 7 days and refunds 4": where one value of a sentence is what the fact
    says, the others are about other things, unless the sentence takes the first one back.
    """
    kin = family(claim.kind)
    elsewhere, lead = _ELSEWHERE.get(kin), sentence[: max(0, place(sentence, claim.text.lower()))]
    if elsewhere is not None and elsewhere.search(lead):
        return True
    total = _TOTAL.search(lead) if kin == "money" and bound is not None else None
    if total is not None and bound is not None and not _touched([bound], total[1]):
        return True
    beside = (
        one for one in claims if one is not claim and family(one.kind) == kin and place(sentence, one.text.lower()) >= 0
    )
    return bound is not None and any(_holds(bound, one) for one in beside) and not _RESUMES.search(sentence)


def _is_far(truth: _Truth, claim: Claim) -> bool:
    """Whether a claim lies so far outside a fact that softening it does not cover the difference."""
    if truth.kind not in _STRETCHED:
        return False
    low, high = _span(claim)
    return low > truth.high * _FAR + _EQUAL or high * _FAR < truth.low - _EQUAL


def _plain_answer(text: str) -> tuple[Claim, ...]:
    """A yes or no to a question that has such an answer."""
    if _YES.match(text):
        return (Claim("bool", "yes", 1.0, 1.0),)
    return (Claim("bool", "no", 0.0, 0.0),) if _NO.match(text) else ()


def _bind(claim: Claim, near: list[_Truth], sentence: str, asked: str) -> _Truth | None:
    """The one fact that a claim speaks of."""
    if claim.kind == "money" and claim.low:
        sentence = _NO_FEE.sub(" ", sentence)
    words = _WORD.findall(sentence)
    condition = claim.kind in _MINUTES and _CONDITION.search(sentence) is not None
    taken = claim.kind == "money" and (_TRANSACTION.search(sentence) or claim.about not in sentence)
    about = "" if taken else claim.about
    best, most, tied = None, 0.0, False
    for truth in near:
        if claim.kind == "money" and _is_of_another_fee(truth, words, sentence):
            continue
        if condition and not truth.conditional:
            continue  # "you can ask for a refund within 30 days" says nothing of how long a refund takes
        score = _score(truth, words, about)
        if not score and truth.also is not None and truth.also.search(sentence):
            score = 0.25  # "it should be with you in 4 days" is about a delivery, if it is about nothing else
        if truth.name == asked and (score or not about):
            score += 0.5  # what answers the question, unless it says that it is about something else
        if score > most:
            best, most, tied = truth, score, False
        elif score == most and best is not None and truth.name != best.name:
            tied = True
    return None if tied else best


def _score(truth: _Truth, words: list[str], about: str) -> float:
    """How many of a fact's words are in a sentence; a claim's own topic counts half a word more."""
    found = sum(any(_same(word, own) for word in words) for own in truth.words)
    return found + (0.5 if about and any(_same(about, own) for own in truth.words) else 0.0)


def _is_of_another_fee(truth: _Truth, words: list[str], sentence: str) -> bool:
    """Whether a sentence says which fee it means, and says nothing of this one but that it is a fee."""
    own = [one for one in truth.words if one not in _FEE]
    if len(own) == len(truth.words) or not own or any(_same(word, one) for word in words for one in own):
        return False
    return _NAMED_FEE.search(sentence) is not None


def _touched(near: list[_Truth], sentence: str) -> bool:
    """Whether a sentence has a word of any fact, so that it speaks for itself."""
    words = _WORD.findall(sentence)
    return any(_same(word, own) for truth in near for own in truth.words for word in words)


def _same(word: str, own: str) -> bool:
    if len(own) <= 3:
        return word in (own, own + "s")
    return word.startswith(own[: max(4, len(own) - 2)])


def _holds(truth: _Truth, claim: Claim) -> bool:
    if truth.kind in _WRITTEN:
        return _NOT_WRITTEN.sub("", claim.text.lower()).endswith(truth.text[-10:])
    low, high = _span(claim)
    if truth.kind == "date" and low < 10_000:  # without a year
        return truth.low % 10_000 - _EQUAL <= low and high <= truth.high % 10_000 + _EQUAL
    return truth.low - _EQUAL <= low and high <= truth.high + _EQUAL


def _echoes(claim: Claim, said: list[str]) -> bool:
    """Whether the customer had said this value before."""
    stem = claim.text.lower().strip(" .,")
    return bool(stem) and any(place(text.lower(), stem) >= 0 for text in said)
