"""What English moves, gets, passes on and sends that puts no customer through to anybody: parcels, feedback, a seat."""

from hubbub.customers.hearing.english_rules import rule_of

_VERBS = (
    "passed passing pass handed handing forwarded forwarding forward transferred transferring moved moving escalated "
    "escalating sent released routed shared sharing upgraded"
)
_TO_CARRIERS = (
    r"\b(?:over |on )?to (?:the|our|your|a|an|their)? ?(?:[\w-]+ ){0,2}?(?:carriers?|couriers?|drivers?|warehouses?"
    r"|depot|delivery (?:partner|company|service)|shipping (?:partner|company)|post office|express|priority shipping"
    r"|lab|laboratory|printers?|wallet|bank account|savings|new card|pharmacy|garage|workshop|factory|manufacturer)\b"
    r"(?! (?:team|specialist|staff|manager|colleague|agent|desk|department|support|expert|people))"
)
_OF_FEEDBACK = (
    r"\b(?:your|the|this|that|their) (?:\w+ )?(?:feedback|comments?|suggestions?|compliments?|praise|(?:kind|nice)"
    r" words|thanks"
    r"|idea|thoughts|rating|review)\b"
)
_BY_DEPARTMENTS = (
    r"\b(?:processed|prepared|packed|shipped|printed|dispatched|repaired|assessed|approved|verified) by (?:the|our"
    r"|an?)"
    r" (?:[\w-]+ ){0,2}?(?:department|team|desk|office|warehouse|bank|system)\b"
)
_ON_A_LIST = r"^you(?:'re| are| have been|'ve been) (?:now |already )*(?:subscribed|enrolled|registered|signed up)\b"
_NOBODY = (
    r"(?!.*\b(?:agents?|advis[eo]rs?|representatives?|reps?|specialists?|colleagues?|supervisors?|managers?|operators?"
    r"|someone|somebody|anyone|anybody|person|people|humans?|teams?|desks?|departments?|nurses?|doctors?|experts?"
    r"|technicians?|consultants?|bankers?|officers?|staff|members? of|support|help|one of|hold|through|connected"
    r"|transferred|call|calls|ring|rings|phone)\b)"
)
_GOT_THERE = (
    rf"^{_NOBODY}.*\bget(?:ting)? you (?:\w+ly |all |right |straight )?(?:sorted|settled|set up|checked in|booked"
    r"|back (?:in|on(?! to)|online|home|up|inside)|in(?! touch| with| contact| to| front)"
    r"|on(?! to| with| the (?:phone|line))"
    r"|rebooked|home|there|going|started|seated|fixed|covered|out of|off|up|moving|paid|refunded|ready"
    r"|signed|registered|enrolled|approved|a|an|the|that|this|those|these|your|some|more)\b"
)
_SET_RIGHT = (
    rf"^{_NOBODY}.*\bget(?:ting)? (?:this|that|it|these|things|everything|all (?:of )?(?:this|that)|your [\w-]+"
    r"(?: [\w-]+)?) (?:\w+ly |all )?(?:sorted|fixed|resolved|done|right|going|moving|working|started|booked|cancelled"
    r"|sent|back|changed|updated|processed|shipped|replaced|refunded|approved|out|up|over with|straight)\b"
)
_THINGS = (  # of which the one who speaks moves none to people by moving them
    r"(?:case|chat|call|conversation|request|issue|question|query|enquiry|inquiry|ticket|complaint|matter|details?"
    r"|messages?|file|situation|problem|concern|session|thread|phone|line|floor|baton|reins|mic|microphone|wheel"
    r"|word|keyboard"
    r"|note|person|human|agents?|advis[eo]rs?|representatives?|reps?|specialists?|colleagues?|supervisors?|managers?"
    r"|mgr|operators?|teams?|desk|departments?|nurses?|doctors?|experts?|technicians?|consultants?|bankers?|officers?"
    r"|staff|members?|boss|engineers?|pharmacists?|midwife|handlers?|senior|lead|chap|guy|lady|tech|folks|clerk"
    r"|planner|bunch|lot|everything|whole|transcript|history|notes|alarm|alert)"
)
_MOVES = (
    r"(?:transfer(?:ring|red)?|mov(?:e|ing|ed)|send(?:ing)?|sent|put(?:ting)?|get(?:ting)?|got|hand(?:ing|ed)?"
    r"|pass(?:ing|ed)?|forward(?:ing|ed)?|giv(?:e|ing)|gave|given|bring(?:ing)?|brought|switch(?:ing|ed)?|rout(?:e"
    r"|ing|ed)"
    r"|connect(?:ing|ed)?|escalat(?:e|ing|ed)|rais(?:e|ing|ed)|tak(?:e|ing)|took|taken)"
)
_OTHER_THINGS = (
    r"^(?!.*\b(?:touch|who|they|them|he|she|him|her|somebody|someone|anyone|you (?:on|over|through|up|off|across|to)"
    r"|joins?|reach|contact|call(?:s|ing)? you|ring|speak|talk)\b)"
    rf"(?:.*[,;] )?(?:(?:ok(?:ay)?|sure|great|right|alright|thanks|so|and|now|then|perfect|certainly),? )*"
    rf"(?:i'm|i am|i'll|i will|i've|i have|we've|we have|we'll|we will|we're|let me|i|we)(?: \w+ly| just| now| already"
    rf"| also| gone ahead and| going to)* {_MOVES} (?:you )?(?:the|your|a|an|this|that|these|those|some|all|two|three)"
    rf"(?! (?:with|on|as|to|over|for|up|in|of this|across|along)\b)(?! (?:[\w'-]+ ){{0,3}}?{_THINGS}\b) [\w'-]+"
)
_IN_A_CROWD = (
    r"\b(?:boarding|check-?in|security|passport|taxi|production|printing|delivery|processing) (?:queue|line)\b"
)
_ASKED_FOR = (
    r"^(?:and |so |then )?(?:can|could|may|might) (?:i|we) (?:just )?(?:get|have|take|grab|see)"
    rf" {_NOBODY}(?:the|your|that|a|an) "
)
_IN_WRITING = (
    rf"^{_NOBODY}.*\b(?:e-?mail|write|text|message|mail|post|send|update|inform|notify|let|touch)\b.*"
    r"\b(?:outcome|decision|results?|findings|confirmation|verdict|resolution|ruling|once|when|as soon as)\b"
)

FREIGHT = (
    rule_of(None, _VERBS, _TO_CARRIERS, "statement", "guard"),
    rule_of(None, _VERBS, _OF_FEEDBACK, "statement", "guard"),
    rule_of(
        None,
        "processed prepared packed shipped printed dispatched repaired assessed approved verified",
        _BY_DEPARTMENTS,
        "statement",
        "guard",
    ),
    rule_of(None, "subscribed enrolled registered signed", _ON_A_LIST, "statement", "guard"),
    rule_of(None, "get getting", _GOT_THERE, "statement", "guard"),
    rule_of(None, "get getting", _SET_RIGHT, "statement", "guard"),
    rule_of(
        None,
        "transfer transferring transferred move moving moved send sending sent put putting get getting got hand "
        "handing handed pass passing passed forward forwarding forwarded give giving gave given bring bringing"
        " brought "
        "switch switching switched route routing routed connect connecting connected escalate escalating escalated "
        "raise raising raised take taking took taken",
        _OTHER_THINGS,
        "statement",
        "guard",
        "whole",
        needs="i'm i'll i i've we've we we'll we're let",
    ),
    rule_of(None, "queue line", _IN_A_CROWD, "statement", "guard"),
    rule_of(None, "get have take grab see", _ASKED_FOR, "question", "guard"),
    rule_of(
        None,
        "email e-mail write text message mail post send update inform notify let touch",
        _IN_WRITING,
        "statement",
        "guard",
    ),
)
