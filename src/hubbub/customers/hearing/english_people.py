"""Who is meant by a human in English, and how a customer is moved to one: phrases that rules read as one sign.

In a marked clause every naming of people is HUMAN (SOMEONE, if so said), every way of moving a customer to them is
MOVE, MOVING, MOVED (PUT, where two forms are spelt alike), and speaking to them is SPEAK. A clause is in lower case, so
that no sign can be mistaken for a word of it, and rules of hand-offs stay short.
"""

import re

from hubbub.customers.hearing.lexicon import Marks

H = r"(?:HUMAN|SOMEONE)"
HUMAN = rf"(?:(?!(?:virtual|ai|automated|digital|if|and|but|that|by|from)\b)[\w'/&-]+ ){{0,6}}?{H}\b"
SPEAK = rf"(?:SPEAK|be (?:connected|transferred|put through) (?:to|with) {HUMAN})"
MOVE, MOVING, MOVED = "(?:MOVE|PUT)", "MOVING", "(?:MOVED|PUT)"
FOLK = (  # someone who acts: takes over, calls back
    r"(?:(?:(?:an?|the|our|one of|my|another|some|your)(?: (?!can\b|will\b|HUMAN)[\w'/&-]+){0,4} )?"
    rf"{H}(?: (?:from|of|in|on) (?:(?:the|our|that|my|your) )?(?:[\w'&-]+ ){{0,3}}?[\w'&-]+)?"
    r"|SOMEONE (?:else|there|here))"
)
CASE = (
    r"(?:case|request|call|chat|issue|question|ticket|query|enquiry|inquiry|complaint|conversation|details?|claim"
    r"|matter|concern|problem|file|report|message|dispute|situation|session)"
)
OBJECT = rf"(?:you|this|it|that|things|everything|them|(?:your|the|our|this|that)(?: [\w-]+){{0,2}}? {CASE}s?)"

_NOUN = (
    r"(?:humans?|persons?|people|agents?|representatives?|reps?|advis[eo]rs?|specialists?|colleagues?|teammates?"
    r"|supervisors?|managers?|operators?|associates?|experts?|technicians?|consultants?|coordinators?|co-ordinators?"
    r"|nurses?|doctors?|clinicians?|pharmacists?|counsell?ors?|bankers?|members? of (?:(?:our|the|my) )?(?:staff"
    r"|team|crew)"
    r"|members?|staff|team|department|dept|desk|support|customer (?:care|services?|relations)|teller|planners?"
    r"|dispatch(?:er)?|officers?|handlers?|engineers?|crew|midwi(?:fe|ves)|investigators?|case ?workers?|helpdesk"
    r"|back ?office|(?:second|third|next|higher)[- ](?:line|level|tier|team)|(?:tier|level) (?:2|3|two|three)|folks?"
    r"|seniors?|superiors?|boss|reception(?:ist)?|techs?|clerks?|controllers?)"
)
_ME = rf"(?:you|(?:your|the|our|this) {CASE})"
_ALONG = r"(?: (?:straight|right|directly|over|through|on|along|back|up|off|across|now|all|and all the details))*"
_NOT_PEOPLE = (
    r"(?! (?:an? |the |your |our |any )?(?:money|funds|balance|payment|amount|\$|£|€|\d|link|e-?mail|refund|code|label"
    r"|copy|confirmation|text|reminder))"
    r"(?!(?: \w+)? (?:to|with|from|between|onto|into) (?:the |our |your |a |an |my )?(?:[\w-]+ )?(?:internet|wi-?fi"
    r"|network|hotel|terminal|airport|flight|website|site|page|app|link|form|plan|account|portal|router|outlet"
    r"|next step|faq|article|savings|tariff|gate|menu))"
)
_SOME = rf"(?:(?:an?|one of|another|our|my|the)(?: (?!(?:virtual|ai|automated)\b)[\w'/&-]+){{0,5}}? {H}|SOMEONE)\b"
_HELPS = (
    r"(?:contact|call|give you a (?:call|ring)|reach|e-?mail|help you|assist|take|join|step in|look|get in touch"
    r"|get back|review|phone|ring|follow up|continue|handle|speak|talk|text|message|sort|who|write|check|drop you"
    r"|investigate|see to|deal|come back|mail)"
)

# verbs by how they are built; each of a tuple's words is base, -ing form, past
_TRANSFER = ("transfer transferring transferred", "connect connecting connected", "redirect redirecting redirected",
             "route routing routed", "reroute rerouting rerouted", "re-route re-routing re-routed",
             "patch patching patched", "switch switching switched")  # fmt: skip
_PASS = ("forward forwarding forwarded", "assign assigning assigned", "raise raising raised",
         "submit submitting submitted", "direct directing directed", "refer referring referred",
         "pass passing passed", "send sending sent", "route routing routed", "report reporting reported",
         "flag flagging flagged")  # fmt: skip
_HAND = ("hand handing handed",)
_PUT = ("put putting put",)
_GET = ("get getting got",)
_BRING = ("bring bringing brought",)
_CALL_IN = ("loop looping looped", "pull pulling pulled", "call calling called", "invite inviting invited")
_ESCALATE = ("escalate escalating escalated",)
_ASK = ("have having had", "ask asking asked", "arrange arranging arranged", "request requesting requested",
        "alert alerting alerted")  # fmt: skip
_FIND = ("find finding found", "fetch fetching fetched")
_BOOK = ("arrange arranging arranged", "schedule scheduling scheduled", "request requesting requested",
         "organise organising organised", "organize organizing organized", "book booking booked")  # fmt: skip
_OPEN = ("open opening opened", "create creating created", "log logging logged", "raise raising raised",
         "file filing filed")  # fmt: skip
_START = ("start starting started", "initiate initiating initiated", "arrange arranging arranged",
          "make making made")  # fmt: skip
_LET = ("let letting let",)
_MOVE = ("move moving moved", "shift shifting shifted")
_SEE = ("see seeing saw",)


def _any(*families: tuple[str, ...]) -> str:
    return "|".join(word for family in families for verb in family for word in dict.fromkeys(verb.split()))


def _forms() -> dict[str, str]:
    """The sign of each form of each verb."""
    forms: dict[str, str] = {}
    every = (
        *(_TRANSFER, _PASS, _HAND, _PUT, _GET, _BRING, _CALL_IN, _ESCALATE, _ASK, _FIND, _BOOK, _OPEN, _START, _LET),
        *(_MOVE, _SEE),
    )
    for verb in (verb for family in every for verb in family):
        base, ing, past = verb.split()
        forms |= {base: "MOVE", ing: "MOVING", past: "PUT" if past == base else "MOVED"}
    return forms


# what stands after each family of verbs when it speaks of moving a customer to people
_AFTER = (
    (_any(_TRANSFER), rf"{_ME}{_NOT_PEOPLE}\b|{OBJECT}{_ALONG} (?:to|with) {HUMAN}"),
    (_any(_ESCALATE), ""),
    (
        _any(_PUT),
        rf"{_ME}{_ALONG} (?:through|in touch|in contact|on (?:to|with))\b(?! to the (?:website|app))"
        rf"|{_ME} in (?:the|a) (?:\w+ )?queue"
        rf"|{_ME} (?:on|onto) (?:the|a|our) (?:\w+ )?list for a (?:phone )?call[- ]?back",
    ),
    (_any(_HAND), rf"{OBJECT}{_ALONG}? ?(?:over|off|up)\b"),
    (_any(_PASS, _HAND, _MOVE), rf"{OBJECT}(?:{_ALONG} (?:to|with|for) {HUMAN}| (?:over|up)\b(?! (?:the|by|to \d)))"),
    (
        _any(_GET),
        rf"(?:you |hold of )?(?:over |through |across )?(?:to )?{_SOME}(?! (?:round|out|to (?:come|visit|your)))"
        rf"|{_ME}{_ALONG} to {HUMAN}",
    ),
    (_any(_CALL_IN, _BRING), rf"in {_SOME}"),
    (
        _any(_CALL_IN, _BRING, _GET),
        rf"{FOLK} (?:in|into|on|onto|aboard|over|across|involved)\b(?! (?:mon|tue|wed|thu|fri|sat|sun|the \d))",
    ),
    (_any(_PUT), rf"{FOLK} (?:on (?:to )?(?:this|it|the (?:case|line))|in touch)"),
    (
        _any(_ASK, _GET),
        r"(?!you\b|your\b|it\b|a link|to\b)(?:[\w-]+ ){1,4}?(?:to )?(?:call|ring|phone|contact|e-?mail|mail|write to"
        r"|text|message|get back to|reach out to|get in touch with|come back to|speak to) (?:you|u)\b",
    ),
    (
        _any(_PASS, _HAND, _MOVE),
        rf"you{_ALONG} (?:on |over |across |up )?(?:to|onto) (?!the (?:\d|new|next|later|cheap)|a \w+ plan|your"
        r"|terminal|gate|row|seat|\d)(?:the |our |a )?(?:[a-z]+|HUMAN)(?=$|,| now| so| who| from)",
    ),
    (
        _any(_HAND, _PASS),
        rf"{OBJECT}{_ALONG} to (?!you|your|the (?:courier|bank|merchant|driver|carrier)|it\b)[a-z]+"
        r"(?=,? (?:who|from|in|at)\b)",
    ),
    (_any(_ASK, _GET), rf"(?:for )?(?:that )?{FOLK} (?:to )?(?:\w+ )?{_HELPS}"),
    (
        _any(_BOOK),
        rf"(?:you )?(?:an? |the )?(?:call[- ]?back|(?:phone )?call (?:back )?(?:from|with) {HUMAN})",
    ),
    (_any(_FIND), rf"(?:you )?{_SOME}"),
    (_any(_LET), rf"{FOLK} (?:take|handle|deal|know)"),
    (_any(_OPEN), rf"(?:an?|the) (?:\w+ )?(?:ticket|case|escalation) (?:with|to|for) {HUMAN}"),
    (_any(_SEE), rf"to it that {FOLK} "),
    (_any(_START), rf"(?:the |a |your )?(?:hand-?over|handoff|hand-off|transfer) (?:to|with) {HUMAN}"),
)  # fmt: skip
_SPEAKS = (
    rf"(?<!your )(?<!this )(?<!the )(?<!our )(?:speak|talk|chat|connect|get in touch)(?:ing)?(?: (?:directly|live"
    rf"|instead))? (?:to|with) {HUMAN}"
    rf"|(?:reach|request|ask for|contact|prefer|want|like) (?:an?|our|some|another) (?:[\w-]+ ){{0,3}}?{H}\b"
)

_MOVES = "|".join(rf"(?:{verbs})\b" + (rf" (?:{after})" if after else "") for verbs, after in _AFTER)

MARKS = Marks(
    people=re.compile(rf" (?:(?P<some>someone|somebody)\b(?!'s)|(?:{_NOUN}[ -])*?{_NOUN}\b(?!'))"),
    moves=re.compile(rf" (?:{_MOVES}|(?P<speak>{_SPEAKS}))"),
    forms=_forms(),
)
