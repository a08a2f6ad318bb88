"""How well an option of a menu serves a matter: by topics in English, in other languages by the matter's own words."""

import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from math import sqrt

from hubbub.customers.customer import Customer
from hubbub.customers.grammar import Choice, Fill, Node
from hubbub.customers.pack import FALLBACK, language_of, pack
from hubbub.model import Goal

SERVES = 0.4  # an option that fits no better than this is about something else
_WORDS = {  # topics of English menus, and the words that tell them, without a plural's s
    "order": "order purchase",
    "delivery": "delivery deliver parcel package shipping shipment track tracking courier arrival arrived where",
    "return": "return refund money exchange faulty broken damaged warranty defective repair",
    "item": "item product",
    "cancel": "cancel cancellation cancelling leave leaving terminate end close",
    "pay": "bill billing invoice payment pay paid charge charged price fee debit cost",
    "account": "account profile login password detail online app",
    "card": "card",
    "lost": "lost stolen block blocked freeze",
    "fraud": "fraud scam security unauthorised unauthorized suspicious dispute disputed recognise hacked",
    "balance": "balance statement transaction",
    "transfer": "transfer",
    "loan": "loan mortgage lending borrowing credit overdraft hardship arrear",
    "net": "internet broadband wifi wi-fi router modem connection network signal",
    "fault": "fault technical tech trouble troubleshooting working problem issue",
    "outage": "outage blackout cut interruption down",
    "plan": "plan tariff contract package bundle subscription renewal data",
    "sim": "sim phone mobile handset",
    "power": "power electricity gas energy supply",
    "danger": "emergency danger dangerous safety smell leak",
    "meter": "meter reading",
    "move": "move moving home house",
    "appointment": "appointment visit",
    "prescription": "prescription medication medicine pharmacy",
    "results": "result test lab",
    "booking": "booking reservation trip flight ticket",
    "status": "status delay delayed track where when eta",
    "change": "change amend reschedule rebook modify update upgrade switch",
    "new": "new buy book set",
    "baggage": "baggage luggage bag suitcase",
    "claim": "claim compensation reimbursement expense",
    "complaint": "complaint complain feedback",
}
_NEAR = {  # what somebody takes where a topic has no option of its own, and how gladly (A)
    "return": {"order": 0.5, "item": 0.4, "pay": 0.3, "complaint": 0.25},
    "delivery": {"order": 0.8, "status": 0.5},
    "cancel": {"change": 0.4},
    "pay": {"account": 0.45},
    "net": {"fault": 0.9, "outage": 0.6},
    "outage": {"fault": 0.7},
    "power": {"outage": 0.6, "fault": 0.5},
    "fraud": {"card": 0.7, "account": 0.5, "lost": 0.4, "pay": 0.4, "transfer": 0.4, "balance": 0.3},
    "card": {"account": 0.5},
    "balance": {"account": 0.7},
    "sim": {"plan": 0.5, "fault": 0.3},
    "plan": {"account": 0.5},
    "move": {"account": 0.5, "change": 0.4},
    "loan": {"pay": 0.6, "account": 0.3},
    "claim": {"complaint": 0.6, "return": 0.5},
    "meter": {"account": 0.4},
    "danger": {"fault": 0.5, "complaint": 0.3},
}
_OF_INTENT = {  # where the words of the name do not tell it all
    "card_lost": {"card": 1.0, "lost": 1.0, "fraud": 0.3},
    "card_arrival": {"card": 1.0, "delivery": 0.8, "new": 0.3, "lost": -0.8},
    "dispute_charge": {"fraud": 0.9, "pay": 0.7, "card": 0.7, "balance": 0.4},
    "sim_replacement": {"sim": 1.0, "plan": 0.5},
    "internet_outage": {"net": 1.0, "outage": 1.0, "fault": 0.9},
    "report_power_outage": {"power": 1.0, "outage": 1.0, "fault": 0.5},
    "report_dangerous_item": {"danger": 1.0, "item": 0.7, "return": 0.7, "complaint": 0.4},
    "report_lost_luggage": {"baggage": 1.0, "lost": 0.5},
    "check_flight_status": {"status": 1.0, "booking": 0.6},
    "loan_hardship": {"loan": 1.0, "pay": 0.6},
    "set_up_direct_debit": {"pay": 1.0, "new": 0.2},
    "contact_management": {"complaint": 0.6},
    "check_balance": {"balance": 1.0, "account": 0.7},
}
_TOPICS_OF: dict[str, list[str]] = {}
for _topic, _named in _WORDS.items():
    for _word in _named.split():
        _TOPICS_OF.setdefault(_word, []).append(_topic)
_BESIDE = 0.15  # what a topic in an option costs that the customer did not come with (A)
_WHOLE = 0.9  # topics of this weight add up; of those near by the nearest counts
_MORE = 0.3  # and this much of it beside one of the others (A)
_ANOTHER_DEED = 0.6  # the same for something else to be done: nobody cancels under "track an order" (A)
_DEEDS = frozenset(("cancel", "change", "new", "delivery", "return"))
_VALUE = 1.0  # an option that names what the customer owns (A)
_OWN, _MOST_OWN = 0.35, 0.7  # for each word of the customer's own that an option shares, and for all (A)
_SHARED = 0.65  # the same where there are no topics, of a word that serves one intent alone (A)
_VALUE_WORDS = 3  # what is longer is a remark
_STEM, _LEAST = 5, 4  # letters by which words are compared, and of the shortest that is
_WORD = re.compile(r"[^\W\d_][\w-]*")
_SIGNS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_EMPTY_WORDS = """
about with have from this that your want need help please more them they when what where would like there
here for into just only some been were will can could should our you mine something question
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())


def fitness(customer: Customer, goal: Goal, label: str, question: str = "") -> float:
    """How well an option serves a goal, or a question about it: from 0, not at all, over SERVES to 1 and more."""
    low = label.lower()
    found = _of_values(customer, goal, low)
    if language_of(customer.language) == FALLBACK:
        return found + _of_topics(question or goal.intent, low) + min(_MOST_OWN, _OWN * len(_own(goal) & _stems(low)))
    shared = (_own(goal) | _phrased(customer.language, goal.intent)) & _stems(low)
    common = _commonness(customer.language)
    return found + sum(_SHARED / sqrt(common.get(stem, 1)) for stem in sorted(shared))


def names(value: str, label: str) -> bool:
    """Whether an option is a value, in other or fewer words."""
    one, other = frozenset(_WORD.findall(value.lower())), frozenset(_WORD.findall(label.lower()))
    return value.lower() in label.lower() or (bool(one) and (one <= other or other <= one) and bool(other))


def _of_values(customer: Customer, goal: Goal, low: str) -> float:
    words = frozenset(_WORD.findall(low))
    values = [customer.knows[slot].lower().split() for slot in goal.tells if slot in customer.knows]
    short = [word for value in values if len(value) <= _VALUE_WORDS for word in value if len(word) >= _LEAST]
    return _VALUE if not words.isdisjoint(short) else 0.0


def _of_topics(intent: str, low: str) -> float:
    wanted = _topics(intent)
    there = {topic for word in _WORD.findall(low) for topic in _TOPICS_OF.get(_singular(word), ())}
    weights = [wanted.get(topic, -_BESIDE) for topic in there]
    whole = sum(weight for weight in weights if weight >= _WHOLE)
    near = max((weight for weight in weights if 0.0 < weight < _WHOLE), default=0.0)
    fit = whole + near * (_MORE if whole else 1.0) + sum(weight for weight in weights if weight < 0.0)
    return max(0.0, fit - _ANOTHER_DEED * bool((there & _DEEDS) - wanted.keys()))


@lru_cache(maxsize=1024)
def _topics(intent: str) -> dict[str, float]:
    """What an intent is about, by the words of its name: topics with their weights."""
    known = _OF_INTENT.get(intent)
    if known is not None:
        return known
    own = {topic: 1.0 for word in intent.lower().split("_") for topic in _TOPICS_OF.get(_singular(word), ())}
    near = [pair for topic in own for pair in _NEAR.get(topic, {}).items()]
    return dict(sorted(near, key=lambda pair: pair[1])) | own


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


@lru_cache(maxsize=1024)
def _own(goal: Goal) -> frozenset[str]:
    """The words in which the author lets a goal be put, and those of its name where that tells no topic."""
    name = () if _topics(goal.intent) else (goal.intent.replace("_", " "),)
    return frozenset[str]().union(*map(_stems, (*name, *goal.says)))


@lru_cache(maxsize=1024)
def _phrased(language: str, intent: str) -> frozenset[str]:
    """The words in which a pack puts an intent."""
    known = pack(language).intents.get(intent)
    return frozenset() if known is None else frozenset().union(*[_stems(" ".join(_texts(n))) for n in known.values()])


@lru_cache(maxsize=64)
def _commonness(language: str) -> Counter[str]:
    """In how many of a pack's intents each word stands."""
    return Counter(stem for intent in pack(language).intents for stem in _phrased(language, intent))


def _texts(node: Node) -> list[str]:
    if isinstance(node, str):
        return [node.lower()]
    if isinstance(node, Fill):
        return []
    return [text for part in (node.options if isinstance(node, Choice) else node.parts) for text in _texts(part)]


def _stems(low: str) -> frozenset[str]:
    """The beginnings of words that mean something; of a script without spaces pairs of signs."""
    if _SIGNS.search(low):
        return frozenset(a + b for a, b in pairwise(low) if a < "\u3040" or a > "\u309f")
    return frozenset(w[:_STEM] for w in _WORD.findall(low) if len(w) >= _LEAST and w not in _EMPTY)
