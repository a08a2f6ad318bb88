"""People who will surely talk with the customer in English, whatever else the clause says: heard before all guards.

Somebody who "will ring you" is promised, unless it is a visit, a warning, or depends on something.
"""

from hubbub.customers.hearing.english_rules import rule_of
from hubbub.customers.hearing.lexicon import Rule
from hubbub.model import SignalState

_ROLE = (
    r"(?:teams?|agents?|advis[eo]rs?|specialists?|representatives?|reps?|colleagues?|managers?|mgr|supervisors?|boss"
    r"|nurses?|midwife|midwives|doctors?|dr [\w-]+|pharmacists?|clinicians?|consultants?|radiographer|secretary|planner"
    r"|handlers?|officers?|coordinators?|staff|someone|somebody|one of us|one of them|member|desk|department|office"
    r"|branch|experts?|counsell?or|banker|operators?|persons?|human|underwriter|chemist|therapist|tech|he|she|they)"
)
_FROM = r"(?:(?: (?:from|in|of|on|at|with) (?:(?:our|the|your|my|that|their) )?(?:[\w&'-]+ ){0,3}?[\w&'-]+)?)"
_WILL = r"(?:'ll| will| shall| is going to| are going to|'s going to|'re going to| is to| to|'s promised to| gonna)"
_HOW = r"(?: (?:\w+ly|then|now|also|soon|first|just|be able to|try to|either|all))?"
_CALLS = (
    r"(?:(?:call|phone|ring|telephone|contact|buzz)(?: (?:you|u|the (?:complainant|customer|caller|patient"
    r"|subscriber))\b(?! (?:when|once|if|before|outside|from the van"
    r"|at the)"
    r"| names)|(?= back\b))|reach out to (?:you|u)\b|get (?:back to|in touch with|hold of) (?:you|u)\b"
    r"|give (?:you|u) a (?:\w+ )?(?:call|ring|bell|buzz|shout|tinkle)\b|speak (?:to|with) you\b|come back to you\b"
    r"|be in (?:touch|contact)\b)"
)
_NO_VISITS = (
    "arrive arrives arriving arrived arrival visit visits visiting deliver delivers delivering delivery driver courier "
    "fitter installer seller merchant hotel airline carrier outside nearby doorstep pull pulls scam scammer scammers "
    "fraudster fraudsters pretend pretends pretending beware never nobody none not won't can't cannot don't doesn't "
    "didn't isn't hasn't unless if whether would might may could should without said wrote claims claimed automated "
    "robot survey press reply type say text option wouldn't i'd we'd couldn't mentioned offered declined was prefer "
    "wish"
)
_NO_VISIT = (
    r"(?!.*\b(?:at the door|no one|before (?:he|she|they|the|your)|on (?:the|his|her|their) way|instead of|told (?!me)"
    r"|had the|into the room|(?:want|like) me|you (?:want|like)|can (?:have|ask|get|arrange)|(?:happy|glad) to"
    r"|let me know"
    r"|when you)\b)"
)
_RINGS = (
    rf"^{_NO_VISIT}(?:.*\b{_ROLE}{_FROM}{_WILL}{_HOW} {_CALLS}"
    rf"|.*\b(?:expect to hear|hear|hearing) (?:back )?from (?:(?:one of|an?|our|the|your|my|us) ?)+(?:[\w-]+ )?"
    rf"(?:{_ROLE}\b|$|within|by|soon|shortly|today|tomorrow)(?!.*\b(?:decision|outcome|results?)\b)"
    rf"|.*\byou(?:'ll| will)(?: now| soon| shortly)? be (?:speaking|talking|chatting) (?:to|with) (?:one of|an?|our|my"
    rf"|someone|somebody)\b)"
)
_ASKED = (
    rf"^{_NO_VISIT}.*\b(?:(?:asked|asking|ask|requested|requesting|arranged for|told) (?:[\w'-]+ ){{1,7}}?to"
    rf"|(?:have|get|getting) (?:[\w'-]+ ){{1,7}}?(?:to)?)(?: [\w'-]+){{0,5}}? ?{_CALLS}"
)
_BOOKED = (
    rf"^{_NO_VISIT}.*\bcall-? ?back (?:is|has been|was)?(?: now)? ?(?:booked|confirmed|scheduled|arranged|set"
    rf"|requested|due)\b"
    rf"|^{_NO_VISIT}.*\b(?:booked|set up|arranged|scheduled) (?:you )?(?:a|the|your) (?:phone )?call(?:-? ?back)?\b"
    rf"(?: for you)?(?: with| from| for)\b"
)
_NOT_THINGS = (
    "wifi wi-fi internet network router server vpn automated virtual ai machine not never isn't flight train bus plan "
    "tariff account"
)
_UNDER_WAY = (
    r"\byou(?:'re| are) (?:now |just )*(?:being )?(?:put through|transferred|connected|passed(?: over"
    r"| on)?"
    r"|handed over|matched) (?:now|to|with)\b"
    r"|\byour call (?:is being|will be) (?:answered|taken|connected|transferred)\b|\b(?:handed|passed|put|given|sent)"
    r" (?:me your (?:chat|call|case)|you (?:over |on |through )?to me)\b"
    r"|\b(?:on (?:their|his|her|the) way|coming|comes now|headed) (?:in)?to (?:the|this|our|your) chat\b"
    r"|\b(?:matching|pairing) you with (?:an?|one|the|our)\b|\bwait(?:ing)?(?: time)? to speak (?:to|with)\b"
    r"|\b(?:agent|human|advis[eo]r|representative) requested\b"
)


def _sure(pattern: str, state: SignalState, cues: str, needs: str, bars: str) -> Rule:
    return rule_of(
        "handoff", cues, pattern, "statement", "aside", "whole", needs=needs, state=state, certain=True, bars=bars
    )


_CALL_CUES = (
    "call phone ring telephone contact buzz reach get give speak come touch hear hearing speaking talking chatting"
)

CALLBACKS = (
    _sure(_RINGS, "promised", _CALL_CUES, "you u back touch contact you'll from", _NO_VISITS),
    _sure(
        _ASKED,
        "promised",
        _CALL_CUES,
        "asked asking ask have get getting requested requesting arranged told",
        _NO_VISITS,
    ),
    _sure(
        _BOOKED,
        "promised",
        "call callback call-back back",
        "booked confirmed scheduled arranged set requested due",
        _NO_VISITS,
    ),
    _sure(
        _UNDER_WAY,
        "initiated",
        "you're you your me way coming comes headed matching pairing wait waiting requested",
        "put transferred connected passed handed over matched answered taken given sent chat one an a the our speak "
        "requested",
        _NOT_THINGS,
    ),
)
