"""People who will surely talk with the customer in English, whatever else the clause says: heard before all guards.

Somebody who "will ring you" is promised, unless it is a visit, a warning, or depends on something.
"""

from hubbub.customers.hearing.english_rules import rule_of

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
    r"(?:(?:call|phone|ring|telephone|contact|buzz)(?: (?:you|u)\b(?! (?:when|once|if|before|outside|from the van"
    r"|at the)"
    r"| names)|(?= back\b))|reach out to (?:you|u)\b|get (?:back to|in touch with|hold of) (?:you|u)\b"
    r"|give (?:you|u) a (?:\w+ )?(?:call|ring|bell|buzz|shout|tinkle)\b|speak (?:to|with) you\b|come back to you\b)"
)
_NO_VISIT = (
    r"(?!.*\b(?:arriv\w*|visit\w*|deliver\w*|driver|courier|fitter|installer|seller|merchant|hotel|airline|carrier"
    r"|outside"
    r"|nearby|doorstep|at the door|before (?:he|she|they|the)|on the way|on (?:his|her|their) way|pulls?|scam\w*"
    r"|fraudster\w*"
    r"|pretend\w*|beware|never|nobody|no one|none|not|won't|can't|cannot|don't|doesn't|didn't|isn't|hasn't|unless|if"
    r"|whether"
    r"|would|might|may|could|should|instead of|without|told|said|wrote|claim(?:s|ed)|automated|robot|survey|press|reply"
    r"|type|say|text|option|wouldn't|couldn't|mentioned|offered|declined|was g\w+|into the room|want me|you want"
    r"|like me|you like|can (?:have|ask|get|arrange)|happy to|glad to|prefer|wish|let me know|when you|before your)\b)"
)
_RINGS = rf"^{_NO_VISIT}.*\b{_ROLE}{_FROM}{_WILL}{_HOW} {_CALLS}"
_ASKED = (
    rf"^{_NO_VISIT}.*\b(?:asked|asking|ask|have|get|getting|requested|requesting|arranged for|told)"
    rf" (?:[\w'-]+ ){{1,7}}?(?:to )?(?:[\w'-]+ ){{0,5}}?{_CALLS}"
)
_BOOKED = (
    rf"^{_NO_VISIT}.*\bcall-? ?back (?:is|has been|was)?(?: now)? ?(?:booked|confirmed|scheduled|arranged|set"
    rf"|requested|due)\b"
    rf"|^{_NO_VISIT}.*\b(?:booked|set up|arranged|scheduled) (?:you )?(?:a|the|your) (?:phone )?call(?:-? ?back)?\b"
    rf"(?: for you)?(?: with| from| for)\b"
)
_NOT_THINGS = (
    r"(?!.*\b(?:wi-?fi|internet|network|router|server|vpn|automated|virtual|ai|bot assistant|machine|not|never|isn't"
    r"|flight"
    r"|train|bus|plan|tariff|account)\b)"
)
_UNDER_WAY = (
    rf"^{_NOT_THINGS}.*\byou(?:'re| are) (?:now |just )*(?:being )?(?:put through|transferred|connected|passed(?: over"
    rf"| on)?"
    r"|handed over|matched) (?:now|to|with)\b"
    r"|\byour call (?:is being|will be) (?:answered|taken|connected|transferred)\b|\b(?:handed|passed|put|given|sent)"
    r" (?:me your (?:chat|call|case)|you (?:over |on |through )?to me)\b"
    r"|\b(?:on (?:their|his|her|the) way|coming|comes now|headed) (?:in)?to (?:the|this|our|your) chat\b"
    r"|\b(?:matching|pairing) you with (?:an?|one|the|our)\b|\bwait(?:ing)?(?: time)? to speak (?:to|with)\b"
    r"|\b(?:agent|human|advis[eo]r|representative) requested\b"
)

CALLBACKS = (
    rule_of(
        "handoff",
        "call phone ring telephone contact buzz reach get give speak come",
        _RINGS,
        "statement",
        "aside",
        "whole",
        needs="you u back",
        state="promised",
    ),
    rule_of(
        "handoff",
        "call phone ring telephone contact buzz reach get give speak come",
        _ASKED,
        "statement",
        "aside",
        "whole",
        needs="asked asking ask have get getting requested requesting arranged told",
        state="promised",
    ),
    rule_of(
        "handoff",
        "call callback call-back back",
        _BOOKED,
        "statement",
        "aside",
        "whole",
        needs="booked confirmed scheduled arranged set requested due",
        state="promised",
    ),
    rule_of(
        "handoff",
        "you're you your me way coming comes headed matching pairing wait waiting requested",
        _UNDER_WAY,
        "statement",
        "aside",
        "whole",
        needs="put transferred connected passed handed over matched answered taken given sent chat one an a the our "
        "speak requested",
        state="initiated",
    ),
)
