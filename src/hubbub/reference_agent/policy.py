"""When a human has to take over: the agent's own policy, and where to."""

import re

from hubbub.reference_agent.limits import RULES
from hubbub.reference_agent.reading import Reading
from hubbub.reference_agent.reasons import ANGRY_OTHERWISE, ANGRY_PHRASES, ANGRY_WORDS, FURY

AUTHORITY_LIMIT = 200.0  # money that the agent may give back by itself
PATIENCE_WITH_ANGER = 3  # angry messages after which a human takes over
MISSES_ALLOWED = 3  # messages in a row not understood, after which a human takes over
_SHOUT = 16  # letters in capitals, which no reference number has

QUEUES = {
    "explicit_request": "general",
    "no_progress": "general",
    "authority_limit": "refunds",
    "regulated": "legal",
    "safety": "safety",
    "vulnerable": "care",
    "identity_fraud": "fraud",
    "sentiment": "supervisors",
    "language": "languages",
    "policy_gap": "exceptions",
    "tool_outage": "back-office",
    "out_of_scope": "back-office",
    "vip": "advisors",
}
_GIVES_MONEY_BACK = frozenset(
    {"get_refund", "dispute_charge", "complaint", "report_damaged_item", "cancel_order", "request_compensation"}
)


def is_angry(reading: Reading) -> bool:
    """Strong words, or a message shouted in capitals."""
    said = " , ".join(reading.clauses)
    if ANGRY_PHRASES.search(said):
        return True
    if not ANGRY_WORDS.isdisjoint(reading.words) and not ANGRY_OTHERWISE.search(said):
        return True
    return reading.raw.isupper() and sum(map(str.isalpha, reading.raw)) > _SHOUT


def is_furious(reading: Reading) -> bool:
    """Beside themselves: a machine's apology makes it worse."""
    return bool(FURY.search(" , ".join(reading.clauses)))


def calls_for_human(reading: Reading) -> str:
    """The reason why this message needs a human, or nothing. Each clause is judged alone."""
    for rule in RULES:
        if rule.alarm.isdisjoint(reading.words):
            continue
        for clause in reading.clauses:
            if rule.calls.search(clause) and not rule.harmless.search(clause):
                return rule.reason
    return ""


def beyond_authority(intent: str, amount: str) -> bool:
    """Whether money to be given back is more than the agent may decide on."""
    return intent in _GIVES_MONEY_BACK and bool(amount) and float(amount) > AUTHORITY_LIMIT


def vocabulary() -> frozenset[str]:
    """Words that must be recognised in spite of typing errors, and left alone when they are right."""
    patterns = (*(rule.calls for rule in RULES), FURY)
    named = {word for pattern in patterns for word in re.findall(r"[a-z]{4,}", pattern.pattern)}
    return frozenset(ANGRY_WORDS.union(named, *(rule.alarm for rule in RULES)))
