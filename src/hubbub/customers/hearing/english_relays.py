"""Hand-offs said in passing: short forms, officialese and menus that the plain rules of hand-offs miss."""

from hubbub.customers.hearing.english_people import CASE, FOLK, HUMAN, MOVE, MOVING, SPEAK, H
from hubbub.customers.hearing.english_rules import rule_of
from hubbub.customers.hearing.lexicon import Rule, When
from hubbub.model import AgentAct, SignalState

_UNITS = (
    r"(?:lending|fraud|billing|sales|tech|legal|baggage|claims|complaints|accounts|returns|groups|retention|dispatch)"
)
_CALL = r"(?:call|ring|phone|contact|text|write|e-?mail|mail|get back|get in touch|reach|be in touch|message)"
_CALLING = r"(?:calling|ringing|phoning|contacting|texting|writing|e-?mailing|messaging)"
_HERE = (
    r"(?:joining|coming (?:on|in)|here with (?:us|you|me)|stepp(?:ed|ing) in|on the line|taken (?:your|this|over|the)"
    r"|has (?:it|this) now|pick(?:ing|ed) (?:this|it) up|looking after (?:you|this)|reading (?:along|through|this|it)"
    r"|on (?:it|the case)|with you now|taking (?:it|this|over)|coming to (?:you|this))"
)
_PEOPLE_CUES = (
    "human humans person people agent agents advisor adviser advisers representative rep reps specialist specialists "
    "colleague colleagues team supervisor manager operator someone somebody nurse doctor clinician staff member "
    "department desk support technician consultant expert officer handler dispatcher banker planner engineer crew "
    "senior superior boss reception receptionist tech techs folks lending fraud billing sales legal baggage claims "
    "complaints accounts returns groups clerk controller manager's tech's nurse's level tier line advisors"
)


def _rule(act: AgentAct, pattern: str, state: SignalState | None, when: When = "statement", cues: str = "") -> Rule:
    return rule_of(act, f"{_PEOPLE_CUES} {cues}", pattern, when, "core", "whole", state=state, marked=True)


RELAYS = (
    _rule(
        "notify_failure",
        rf"{H}s?\b.{{0,24}}(?:on (?:other|another) calls?|(?:has|have) closed|(?:is|are|'s)? ?(?:not in|gone"
        rf" home)\b"
        rf"|(?:didn't|did not|won't|doesn't) (?:pick up|answer)|busy)|\b(?:nobody|no one|no-one) (?:is |was )?(?:\w+ )?"
        rf"(?:free|available|there|answered(?! the)|around)\b|no {H} (?:online|free|available)|there's no (?:answer"
        rf"|reply)",
        "failed",
        cues="nobody no-one one answer reply",
    ),
    _rule(
        "refuse",
        r"\b(?:isn't|is not|not) (?:anyone|anybody|any HUMAN)(?: else)?(?: here)? (?:that |whom? )?(?:i|we) (?:can"
        r"|could)\b"
        rf"|\b(?:nobody|no one|no-one|nowhere) (?:else )?(?:to|i can|i could|for me to)\b"
        rf"|(?:{MOVING}|{SPEAK}|transfers?"
        rf" to {HUMAN}|with {HUMAN})\b.{{0,30}}(?:beyond|not (?:allowed|possible|an option|available)|(?:can't"
        rf"|cannot|isn't"
        rf"|won't)\b)|\bno HUMAN (?:here|behind|on this)|\bare no HUMAN\b",
        None,
        cues="nobody no-one connecting transferring anyone anybody",
    ),
    _rule(
        "offer_handoff",
        rf"(?:want|need|rather|prefer|like|fancy|care|helpful|better|easier)\b.{{0,40}}\b(?:{H}|SPEAK)\b",
        "offered",
        "question",
    ),
    _rule(
        "offer_handoff",
        rf"option of (?:a |an )?(?:\w+ )?{H}|(?:^|; |\d ?\W? ?)(?:live|real|chat with) (?:an? |live )?HUMAN$"
        rf"|\b{H}\b.{{0,30}}"
        rf"(?:up)?on request|^(?:say|type|reply) \w+ and (?:i|we)(?:'ll| will) {MOVE}|\b{H} (?:is|are) (?:always"
        rf" )?(?:here|"
        r"available) if you|\bif you(?:'d| would)? (?:like|want|prefer|wish)\b.*\bHUMAN",
        "offered",
    ),
    _rule(
        "handoff",
        rf"\b{H}(?: from [\w ]{{2,20}}?)?(?:'s| is| are| has| have)? ?(?:now |just |already )*{_HERE}\b|\bgot .{{2,40}}"
        rf" (?:on the line|here with (?:me|us)|with us|with me)\b|\b(?:{CASE}|file|ticket)s? (?:is|was|has been|has"
        rf"|lies|now|sits|are)\b.{{0,24}} (?:to|with)"
        rf" (?:\w+ )"
        rf"{{0,4}}?{H}\b|(?:assigned|referred|transmitted|routed|passed|forwarded|raised|sent) (?:on |over )?to"
        rf" (?:\w+ ){{0,4}}?"
        rf"HUMAN\b|^(?:ok(?:ay)?,? |right,? )?over to \w+|(?:searching|looking|waiting) for (?:an?|the) (?:\w+"
        rf" ){{0,2}}?HUMAN"
        rf"|\b(?:giving|sending|passing|getting|handing|putting) (?:you|it|this|your {CASE}) (?:on |over |through "
        rf"|across )?"
        rf"(?:to )?(?:(?:an? |the |our |my )?{H}|{_UNITS})|{_UNITS}(?:'s| is| has) (?:\w+ )?{_HERE}|HUMAN found"
        rf"|^(?:\w+ )?MOVING\b",
        "initiated",
        cues="over got case ticket file moving sending passing",
    ),
    _rule(
        "handoff",
        rf"\b{FOLK} (?:is|are|will be|'ll be|is going to be) (?:\w+ )?{_CALLING} (?:to )?you\b|(?:{_UNITS}"
        rf"|{H})(?:'ll| will"
        rf"| shall| is going to| gonna) (?:\w+ )?{_CALL} (?:to )?you\b|call-?back (?:is |has been |was"
        rf" )?(?:scheduled|booked"
        rf"|arranged|requested|set|confirmed)|return your call|\b{H}\b.{{0,20}} (?:will |'ll |to )?(?:gives? you a"
        rf" (?:call|ring"
        rf"|bell|buzz)|give call to you)|(?:make sure|see to it|ensure)(?: that)? {FOLK}|(?:i|we)(?:'d| had) better"
        rf" (?:\w+ )?{MOVE}|(?:introduce|see who|find out who).{{0,30}}(?:{H}|take (?:this|it) over)"
        rf"|\b(?:send|pass|hand|forward|move) (?:this|it|that|you|your {CASE}) (?:over |on |across )?to (?:\w+"
        rf" ){{0,3}}?HUMAN",
        "promised",
        cues="callback call who",
    ),
)
