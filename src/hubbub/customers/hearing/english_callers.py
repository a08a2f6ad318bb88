"""People who come or call in English, said plainly: who rings when, who was alerted, who is next in the queue."""

from hubbub.customers.hearing.english_people import CASE, FOLK, MOVE, H
from hubbub.customers.hearing.english_rules import rule_of
from hubbub.customers.hearing.lexicon import Rule
from hubbub.model import AgentAct, SignalState

_CALL = r"(?:call|ring|phone|contact|get back to|get in touch with|be in touch with|come back to|write to|reply to)"
_SOON = (
    r"(?:here|soon|shortly|today|tonight|tomorrow|tmrw|within|by|before|at|in|this|next|later|back|once|as soon as|$)"
)
_NOT_AT_THE_DOOR = r"(?!.{0,40}\b(?:arriv\w+|outside|comes|half an hour before|into|by name|by number|your name))"
_NUMBER = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|several)"
_PLACE = r"(?:next|first|second|third|fourth|fifth|sixth|(?:#|no\.? ?|number )?\d+(?:st|nd|rd|th)?)"
_SOMEONE = rf"(?:an?|the|our|my|your|one of (?:our|the|my)|another)(?: [\w'&/-]+){{0,4}}? {H}\b(?!')"

_WE_CALL = (
    rf"we(?:'ll| will| shall| are going to|'re going to)(?: \w+)?? {_CALL} (?:you|u)\b(?! (?:when|once|if) (?:it"
    rf"|your|the))"
    rf"|we(?:'ll| will) (?:reply|respond|ring|be in touch|get back)(?: to you)? ?{_SOON}"
    r"|you(?:'ll| will| are going to) (?:be (?:called|rung|phoned)(?! in\b)|be contacted|be hearing from"
    r"|hear from (?:us|one of us))"
    rf"|you(?:'ll| will) (?:be hearing|hear) from {FOLK}"
    r"|(?:arranging|arranged|asked|asking) for (?:you to be called|a call[- ]?back)|one of us will (?:call|ring"
    r"|phone|write)"
    r"|expect (?:a (?:phone )?call|to hear) from (?:us|one of us|our)|expect (?:our|a) call\b"
)
_THEY_CALL = (
    rf"(?:she|he|they)(?:'ll| will| shall)(?: \w+)?? {_CALL} you\b{_NOT_AT_THE_DOOR}"
    rf"|(?:she|he|they)(?:'ll| will) (?:call|ring|phone|write)(?: (?:you|back))* {_SOON}"
    rf"|{FOLK} (?:calls|rings|phones|writes to|contacts|replies to) (?:you|u)\b{_NOT_AT_THE_DOOR}"
    rf"|{FOLK} (?:calls|rings|replies|answers) (?:at|by|within|back|tomorrow|today|before)\b"
)
_I_FETCH = (
    rf"(?:i'll|ill|i will|let me|lemme|i'm going to|i am going to|gonna|i'd better|i need to|i'll need to|i have to)"
    rf"(?: (?:go|just|now|quickly|see if i can|try to))* (?:get|find|fetch|grab|involve|bring in|rope in|call in"
    rf"|rustle up)"
    rf"(?: (?:you|hold of))?(?: {_SOMEONE}| SOMEONE)"
)
_ALERTED = (
    rf"(?:i've|i have|we've|we have|i|we)(?: (?:just|already|now|also|immediately))? (?:alerted|notified|paged"
    rf"|assigned|added"
    rf"|looped in|roped in|brought in|involved|called in|flagged (?:this|it|your {CASE}) (?:for"
    rf"|to))(?: {_SOMEONE}| SOMEONE)"
)
_AT_WORK = (
    rf"{FOLK}(?:'s| is| are)(?: (?:now|already|just|currently))? (?:typing|connecting|joining|calling you|reading"
    rf" (?:your|this|the|through|up|our)|looking at (?:your|this|it)|writing (?:to you|back|you)|answering you"
    rf"|reviewing (?:your|this|our)|on the line)"
    rf"|i(?:'ve| have)?(?: (?:just|now))? (?:taken|took) over\b"
    r"|(?:took|taking|tak(?:e|en)) over from the (?:bot|assistant|machine)"
)
_IN_LINE = (
    rf"you(?:'re| are) (?:now |currently )?{_PLACE}(?: in (?:line|(?:the|our) queue))?$|it(?:'s| is) your turn next"
    rf"|{_NUMBER} (?:HUMAN|callers?|customers?|others?|ppl) (?:ahead of|before|in front of) (?:you|u)\b"
    r"|(?:queue|position|place)(?: in (?:the |our )?(?:queue|line))?(?: is)?:? ?#?\d+$"
    r"|(?:your )?call will be (?:answered|taken|connected)(?: (?:in|by|as|shortly|soon|when)\b|$)"
    rf"|(?:next|first) (?:available|free) {H}"
    r"|(?:transfer|escalation|hand-?over)(?: to \w+)? (?:started|initiated|requested|(?:is )?in progress|under way)"
    rf"|{H} (?:\w+ )?(?:has )?(?:joined|assigned)\b|(?<=^ )(?:live )?{H} requested|(?:forwarded|routed|transferred"
    rf"|escalated) to:"
)
_REFERRED = (
    rf"(?:your|the|this) (?:\w+ )?(?:{CASE}|objection|submission|application|appeal)(?: [\w-]+)? (?:has been"
    rf"|has now been|is being)"
    r" (?:referred|escalated|forwarded|passed|handed|routed|placed|transmitted)(?: (?:on|over|up))? (?:to|before)"
    r"(?! (?:you|your|the (?:courier|warehouse|driver|carrier|merchant|seller))\b)"
)
_UNDER_WAY = (
    rf"^(?:(?:ok(?:ay)?|sure|right|alright|good|now|one sec(?:ond)?|1 sec|please hold|hold on|i'm|i am),? )*"
    r"(?:handing|passing|transferring|connecting|routing|switching|linking|forwarding|escalating|dispatching|paging"
    r"|ringing|getting|requesting|adding)"
    rf"(?: (?:you|u|this|that|it|over|off|on|up|through|thru|now|straight|assistance|help|your {CASE}))*"
    rf"(?: (?:to|with|for|from|in))?(?: {_SOMEONE}| SOMEONE| (?:[\w-]+ ){{0,2}}?HUMAN)(?!.*\b(?:not|isn't|beyond"
    rf"|out of)\b)"
    r"|you(?:'ve| have) been (?:matched|connected|added|placed|put|assigned)(?: \w+)? (?:with|to|in)"
    r" (?:(?:an?|the|our|my) )?(?:[\w-]+ ){0,4}?(?:HUMAN|queue|line)\b"
    rf"|(?:stay|hold) on the line and {FOLK} will"
    r"|you(?:'ll| will) (?:now |soon |shortly )?be (?:(?:talking|speaking|chatting) (?:to|with) |connected (?:now"
    r"|soon|shortly"
    r"|in a (?:moment|second|minute)))"
)
_I_HAND = (
    rf"(?:i'll|ill|i will|let me|lemme|i'm going to|i'm about to|i'd better)(?: (?:be|just|now))*"
    rf" (?:hand|pass|give|send|forward|handing|passing)(?: (?:it|this|that|you|over|on|along|your {CASE}))* to"
    rf"(?: {_SOMEONE}| SOMEONE)"
)
_ON_WISH = (
    rf"{FOLK}(?: \w+)? (?:can|could) (?:{_CALL} you|give you a \w+|take|look|join|help|answer).*"
    r"\b(?:if (?:you|that)|whenever you|as soon as you (?:say|like))\b"
    rf"|if you (?:desire|wish|like|want|prefer|agree),? {FOLK} (?:can|could|will)\b"
    rf"|(?:say|reply|type|text|press|answer) (?:the word|so|yes|\d|['\"]?\w+['\"]?),? and (?:i|we|{FOLK})(?:'ll"
    rf"| will)\b"
    rf"|either .*\bor (?:i|we) (?:\w+ )?{MOVE}|(?:two (?:choices|options)|options are).*\bor (?:let me|i can"
    rf"|i) {MOVE}"
    rf"|for (?:all other|any other|other|everything else)\b.*\bstay on the line\b"
)
_HAVE_THEM_CALL = r"(?:i'll|i will|we'll|we will|let me|i'm going to|we're going to)(?: \w+)? MOVE\b"
_BY_CHOICE = (
    rf"(?:press|type|typing|reply|rply|say|text|send|nod|tap|tick|click|choose|dial)\b.*?\b(?:and|to)\b"
    rf".*\b(?:{MOVE}|SPEAK|{H}(?: from \w+)?(?:'ll| will| can) |(?:call|ring|phone) (?:you|u)\b)"
    rf"|you (?:can|could|may|might) (?:\w+ )?(?:join|ask|request|reach|have|book|opt)\b.*\b(?:{H}|queue|SPEAK)\b"
    rf"|(?:MOVE|MOVED|MOVING|SPEAK|{H}|(?:call|ring|phone) you)\b.*\b(?:if you (?:wish|like|want|prefer|say|ask|agree)"
    r"|at your request|on request|should you (?:wish|want|like|prefer)|whenever you (?:like|wish|want|say))\b"
)
_FOLK = (
    "human humans person persons people agent agents representative representatives rep reps advisor advisors "
    "adviser advisers specialist specialists colleague colleagues teammate teammates supervisor supervisors manager "
    "managers operator operators associate associates expert experts technician technicians consultant consultants "
    "coordinator nurse nurses doctor doctors clinician clinicians pharmacist counsellor counselor banker bankers "
    "member members staff team department dept desk support care service services relations teller planner "
    "dispatcher officer officers handler handlers engineer engineers crew midwife investigator worker workers "
    "helpdesk office line level tier folks senior superior boss reception receptionist tech techs clerk controller "
    "someone somebody queue"
)
_VERBS = (
    "call ring phone contact back touch write reply respond called rung phoned contacted hear hearing calls rings "
    "phones writes contacts replies answers"
)


def _rule(act: AgentAct, pattern: str, state: SignalState, cues: str, needs: str = "") -> Rule:
    return rule_of(act, cues, pattern, "statement", "core", "whole", needs=needs, state=state, marked=True)


# before rules of hand-offs: who comes only if the customer wants it
WISHES = (
    _rule("offer_handoff", _ON_WISH, "offered", "if or and whenever as stay", _FOLK),
    _rule(
        "offer_handoff",
        _BY_CHOICE,
        "offered",
        "press type typing reply rply say text send nod tap tick click choose dial can could may might if request "
        "should whenever",
        f"{_FOLK} call ring phone",
    ),
)
CALLERS = (
    rule_of(
        None, "left ended closed", r"(?:left|ended|closed) (?:the|this|our|your) (?:chat|conversation)", kind="guard"
    ),
    _rule(
        "handoff",
        _IN_LINE,
        "initiated",
        "next first second third fourth fifth sixth line queue turn ahead before front position place call "
        "available free transfer escalation handover hand-over joined requested assigned forwarded routed "
        "transferred escalated you're are",
    ),
    _rule(
        "handoff",
        _ALERTED,
        "initiated",
        "alerted notified paged assigned added looped roped brought involved called flagged",
        _FOLK,
    ),
    _rule(
        "handoff",
        _AT_WORK,
        "initiated",
        "typing connecting joining calling reading looking writing answering reviewing line taken took",
    ),
    _rule(
        "handoff",
        _UNDER_WAY,
        "initiated",
        "handing passing transferring connecting routing switching linking forwarding escalating "
        "dispatching paging ringing getting requesting adding been stay hold be",
        f"{_FOLK} talking speaking chatting connected",
    ),
    _rule(
        "handoff",
        _REFERRED,
        "initiated",
        "referred escalated forwarded passed handed routed placed transmitted",
    ),
    _rule("handoff", _HAVE_THEM_CALL, "promised", f"{_VERBS} email e-mail text message mail", "have get ask arrange"),
    _rule("handoff", _WE_CALL, "promised", f"{_VERBS} callback call-back"),
    _rule("handoff", _THEY_CALL, "promised", _VERBS),
    _rule("handoff", _I_FETCH, "promised", "get find fetch grab involve bring rope call rustle", _FOLK),
    _rule("handoff", _I_HAND, "promised", "hand pass give send forward handing passing", _FOLK),
)
