"""What a reply of English deals with, in a few broad matters: enough to tell that another thing was answered."""

import re
from functools import lru_cache

from hubbub.customers.hearing.clauses import latin_words

_NAMED = {  # words that a reply on the matter may well hold
    "shop": r"parcels?|packages?|deliver\w*|shipp\w+|shipment|courier|warehouse|stock|orders?|items?|refund\w*"
    r"|return\w*|money back",
    "net": r"broadband|internet|wi-?fi|router|modem|fib(?:re|er)|line|outage|connection|signal|sim|network",
    "plan": r"tariffs?|contracts?|plans?|subscription|notice|cancel\w*|upgrade\w*|account",
    "power": r"electricity|power|meter|gas|kwh|water|outage|energy|readings?|supply",
    "bank": r"cards?|accounts?|savings|loans?|overdraft|mortgage|transactions?|payments?|charges?|debit|balance"
    r"|transfer",
    "health": r"prescriptions?|appointments?|clinic|surgery|doctors?|nurses?|results?|medication|pharmacy|dose|gp",
    "travel": r"flights?|hotel|check-?in|luggage|baggage|bags?|boarding|tickets?|itinerary|reservation|bookings?"
    r"|seats?",
    "hours": r"open\w*|hours?|shops?|stores?|branch\w*|offices?",
}
_DEALT_WITH = {  # what only a reply on the matter holds
    "shop": r"(?:order|parcel|package)\b[^.?!]{0,40}? (?:on (?:its|the) way|shipped|left (?:our|the) (?:warehouse"
    r"|depot)|handed to the carrier|out for delivery|been delivered|cancelled)|delivery takes|deliveries take",
    "net": r"(?:checked|tested|measured) your line|(?:internet|broadband|wi-?fi|line|modem|router)\b[^.?!]{0,30}?"
    r" (?:is|are|was|will be|should be) (?:back|fixed|repaired|restored|working|up again|reset|restarted)",
    "plan": r"(?:now|moved|are|switched|account [\w-]+ is)[^.?!]{0,20}? (?:on|to) the [\w-]+ (?:plan|tariff)",
    "power": r"meter reading[^.?!]{0,20}? (?:is|was|has been|of)|(?:electricity|power) (?:is|will be|should be"
    r"|comes) back",
    "bank": r"(?:card|account)\b[^.?!]{0,20}? (?:is|has been|was|been) (?:blocked|frozen|unblocked|locked)"
    r"|balance (?:is|of|stands)|(?:block|freez|lock)(?:ed|ing) your card",
    "health": r"appointment[^.?!]{0,20}? (?:is|was|has been|are) (?:booked|confirmed|cancelled|moved)"
    r"|prescription[^.?!]{0,20}? (?:is|was|has been|will be) (?:ready|sent|renewed|with|at)|results? (?:is|are"
    r"|were|came) (?:in|back|normal|fine|ready)",
    "travel": r"flight[^.?!]{0,20}? (?:is|was|leaves|departs|lands|has been) |(?:seat|bag|suitcase"
    r"|luggage)[^.?!]{0,15}? (?:is|was|has been) (?:found|booked|confirmed|changed|moved)|booking[^.?!]{0,20}?"
    r" (?:is|was|has been) (?:moved|changed|rebooked)",
    "hours": r"(?:shops?|stores?|branch(?:es)?|offices?|showrooms?)[^.?!]{0,20}? (?:is|are|stays?) open\b"
    r"|(?:we are|we're|opening hours|open(?:ing)? times)[^.?!]{0,20}? (?:open )?(?:are |from |until |till |daily"
    r"|every)",
}


_HEADS = {  # one of these stands in all of them: most replies are left at once
    "shop": frozenset(("order", "parcel", "package", "delivery", "deliveries")),
    "net": frozenset(("internet", "broadband", "wifi", "wi-fi", "line", "modem", "router")),
    "plan": frozenset(("plan", "tariff")),
    "power": frozenset(("meter", "electricity", "power")),
    "bank": frozenset(("card", "account", "balance")),
    "health": frozenset(("appointment", "prescription", "result", "results")),
    "travel": frozenset(("flight", "seat", "bag", "suitcase", "luggage", "booking")),
    "hours": frozenset(("open", "opening")),
}
_HEAD_WORDS = frozenset().union(*_HEADS.values())
_NONE: frozenset[str] = frozenset()
_DEALS = {matter: re.compile(rf"\b(?:{found})") for matter, found in _DEALT_WITH.items()}
_NAMES = {matter: re.compile(rf"\b(?:{found})\b") for matter, found in _NAMED.items()}
_STOP = ". "  # nothing that is looked for goes on behind it, so that sentences can be remembered one by one
_REMEMBERED = 2048  # sentences


def another_matter(plain: str, own: frozenset[str]) -> bool:
    """Whether a reply deals with a matter, and neither with one of `own` nor names one."""
    parts = plain.lower().split(_STOP)
    heads = _NONE
    for part in parts:
        named = _heads(part)
        if named:
            if not own.isdisjoint(named):
                return False
            heads |= named
    return any(_deals(matter, part) for matter in heads for part in parts) and not any(
        _names(matter, part) for matter in own for part in parts
    )


@lru_cache(_REMEMBERED)
def _heads(low: str) -> frozenset[str]:
    """The matters of which a head word stands in a part of a reply."""
    words = latin_words(low)
    if _HEAD_WORDS.isdisjoint(words):
        return _NONE
    return frozenset(matter for matter, known in _HEADS.items() if not known.isdisjoint(words))


@lru_cache(_REMEMBERED)
def _deals(matter: str, low: str) -> bool:
    """Whether a part of a reply deals with a matter. By its name: a pattern is hashed anew whenever it is asked for."""
    return _DEALS[matter].search(low) is not None


@lru_cache(_REMEMBERED)
def _names(matter: str, low: str) -> bool:
    """Whether a part of a reply names a matter."""
    return _NAMES[matter].search(low) is not None
