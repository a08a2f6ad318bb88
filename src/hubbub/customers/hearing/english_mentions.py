"""People of English who are only spoken of: an appointment with them, what they found, a list one is on. Guards all."""

from hubbub.customers.hearing.english_denied import PEOPLE
from hubbub.customers.hearing.english_rules import rule_of
from hubbub.customers.hearing.lexicon import Rule, When

_PEOPLE = f"{PEOPLE} relations"
_WISH_OF_OLD = (  # what is done about it is said elsewhere
    r"^(?:\w+,? )?i (?:know|understand|realise|realize|see|appreciate|get(?: it)?|hear)(?: that)? you(?:'d|'re|"
    r" would| are| were| may| might)? (?:rather|prefer\w*|want\w*|like|wish\w*|hop(?:e|ing)|ask\w*)(?!.*\b(?:i'll"
    r"|i'm|i will|i am|let me|i've|we'll|we're|so)\b).*(?:SPEAK|HUMAN)"
)
_MEETING = r"(?:appointment|consultation|visit|check-?up|slot|session|viewing|follow-?up|time)s?"
_APPOINTMENT = (
    rf"\b(?:an?|the|your|another|next|first|this|that|earlier|later|available|new) (?:[\w-]+ ){{0,2}}?{_MEETING}"
    r" (?:with|for|by) (?:(?:the|our|your|a|an) )?(?:[\w-]+ )?(?:dr|doctors?|nurses?|gp|dentists?|hygienists?"
    r"|surgeons?|physio\w*|midwi(?:fe|ves)|consultants?|technicians?|engineers?|surveyors?|practitioners?)\b"
)
_WHICH_ONE = (
    r"\b(?:person|one|people|adult|member) (?:who|that) (?:paid|ordered|booked|owns|lives|signed|made|sent|pays)"
)
_ON_PAPER = (
    r"\b(?:person|people|passenger|guest|agent|contact) (?:named|listed|mentioned|shown|printed|on the (?:ticket"
    r"|booking|account|policy|contract|card|form|reservation|invoice))\b"
)
_RATED = (
    r"\b(?:feedback|ratings?|review|tip|stars?|thanks|points?) (?:for|to|of|about) (?:[\w-]+ ){0,3}?HUMAN\b"
    r"|\b(?:how|was|were|rate|enjoyed?|about|liked?|after|of) (?:was |did )?(?:you |today's |this |the )?(?:your"
    r" )?(?:recent |last )?(?:chat|call|talk|conversation|experience|support|help) (?:with|from|by) (?:[\w-]+"
    r" ){0,3}?HUMAN\b"
)
_TOLD_OF_YOU = (
    r"\b(?:let|tell|told|warn|warned) (?:[\w'-]+ ){1,4}(?:know )?(?:that )?you(?:'re|'ll| are| will)(?: be)?"
    r" (?:\w+ )?(?:late|early|on (?:your|the) way|coming|allergic|out|away|there|here|in)\b"
)
_DONE = (
    r"(?:closed|reviewed|approved|checked|rejected|declined|denied|resolved|completed|confirmed|signed(?: off)?"
    r"|authori[sz]ed|inspected|examined|tested|refused|settled|cancelled|waived|corrected|noted|logged|removed)"
)
_FOUND = (
    r"(?:found (?:that|the|a|an|no|it|out|your|nothing|one)|saw|tested|cleaned|repaired|replaced|fixed|measured"
    r"|noted|wrote|left|signed(?: off)?|declined|rejected|confirmed|closed|completed|finished|decided|concluded"
    r"|took (?:[\w-]+ ){1,3}(?:apart|away|out|off|down|back))"
)
_DONE_BY = (
    rf"^(?!.*\b(?:will|'ll|now|and (?:is|are)|are going)\b).*\b(?:(?:been|was|were|is|being|all) {_DONE} by"
    rf" (?:[\w'-]+ ){{0,4}}?HUMAN|HUMAN(?: \w+)? (?:has |have |had )?(?:already |also |just )?{_FOUND})\b"
)
_ON_A_LIST = (
    r"\b(?:put|add|place|have|get|got|you're|are|are now|sign\w*) (?:you )?(?:down )?(?:on|onto|to|number \w+ on)"
    r" (?:the|our|a|my) (?:(?!call)[\w-]+ )?(?:list|rota|register|guest list)\b(?! for (?:a |live )"
    r"?(?:phone )?c(?:all|hat))|\b(?:next|first|second|third)"
    r" (?:in line|up) for (?:a |an |the |your |our )?(?:free |room |seat |cabin )?(?:upgrade|refund|delivery"
    r"|shipping|seats?|slot|surgery|vaccine|tickets?|room|table|phone|model|scan|test)\b"
)
_RUNS_A_NET = r"\b(?:grid|network|tour|cable|rail|bus|train|ferry|plant|system|roaming|mobile) (?:HUMAN|operator)\b"
_THING_AT_WORK = (
    r"\b(?:your|the|this|that) (?:new )?(?:line|phone|modem|router|meter|device|card|sim|number|account|booking"
    r"|house|building|flat|street)s? (?:is|are|has|have|will|was|were)(?:'ll| now| currently| just)?(?: be| been|"
    r" being) (?:connected|switched|moved|transferred)\b(?! (?:to|with) (?:[\w'-]+ ){0,3}?HUMAN)|\b(?:been |is "
    r"|was )?assigned (?:the |a |an |your |new )?(?:[\w-]+ )?(?:number|reference|ref|id|priority|seat|pin|code)\b"
)
_WORKS_ON = (  # the thing itself, not the case
    r"\bHUMAN\b.{0,40}? (?:is|are)(?: already| now| currently| also| still)* (?:working (?:on|hard|to)|aware"
    r" of)\b(?! (?:your|this|the) (?:case|request|ticket|claim|complaint|query|question|file)\b)"
)
_CHECKS_FOR_ME = (
    r"\b(?:i've|i have) (?:asked|told) (?:the|our|your) [\w-]+ (?:team |staff |people )?(?:to (?:check|look|keep"
    r"|hold|repeat|send|stop|wait|set|put it)|about)\b(?!.*\b(?:call you|ring you|contact you|join)\b)"
)
_EXISTS = (
    r"^(?:i've|i have|we've|we have|there's|there is)(?: got)? (?:an?|another|one) HUMAN(?: here)? (?:who|that)"
    r" (?:speaks?|knows|can|could|deals?|handles?|does)\b(?!.*\b(?:now|take|join|call)\b)"
)
_NO_CALL = (
    r"\b(?:i|we|i'll|we'll|i'd|let's|you|can|to) (?:just )?(?:call|ring) (?:it|that|this)\b(?! in\b| through\b)"
    r"|\bcall off (?:the|your|my|this|an?)\b|\bcall(?:ed)? you (?:forward|up (?:when|to)|by your|mr|ms|sir)\b"
)
_SERVES = (
    r"\bHUMAN(?: (?:at|in) (?:our|the|your) (?:[\w-]+ ){0,2}?[\w-]+)?(?:'ll| will| can| is going to)?"
    r" (?:gladly |then |also )?(?:bring|brings|serve|serves|show|shows|scan"
    r"|scans|print|prints|sell|sells|install|installs|deliver|delivers|carry|carries|measure|measures) (?:you|it"
    r"|them|your|the|a|an|this|that)\b"
)
_ON_THE_DAY = (
    r"^(?:before|during|after|at) (?:your |the |any |each )?(?:surgery|operation|procedure|treatment|scan|appointment"
    r"|visit|check-?in|check-?up|consultation|admission|test|exam\w*|birth|installation)\b.*(?:\bwill|'ll)\b"
    r"(?!.*\b(?:call|ring|phone|contact) you\b)"
)
_YOUR_OWN = r"\byour (?:travel|estate|letting|insurance|booking|shipping) (?:agents?|HUMAN)\b"
_IMPOSTORS = (
    r"^(?!.*\b(?:i'm|i'll|i've|let me)\b).*\b(?:scammers?|fraudsters?|criminals?|imp[oe]st[oe]rs?|thieves)\b.*"
    r"\b(?:say\w*|pretend\w*|claim\w*|pos(?:e|es|ing)|impersonat\w+|call\w*|ring|rings|text\w*|ask\w*|tell\w*)\b"
)
_WHICH_DOCTOR = r"\b(?:fe)?male\b.*\b(?:doctor|gp|nurse|physio\w*|therapist|midwife|dentist|consultant|HUMAN)\b"
_SPEAKS = (
    r"^(?:all|most|many|some|several|our|every)(?: of)?(?: our| the)? (?:[\w-]+ ){0,2}?HUMAN\b.*"
    r"\bspeaks? (?!to\b|with\b|SPEAK)\w+"
)
_IF_SOMEBODY_RANG = (
    r"\bif you (?:ever |should )?(?:get|got|receive|received|had|have had) (?:a|an|any) (?:[\w-]+ )?"
    r"(?:call|text|message|e-?mail|visit|letter)s?\b"
)
_BOOKS_A_VISIT = (
    r"\bbook(?:ing|ed)? (?:you )?(?:in )?(?:an?|your|the) (?:(?!call|phone|chat|time|conversation|meeting)"
    r"[\w-]+ ){1,2}with (?:our|the|an?|one of)\b"
)
_KINDLY_TOLD = (
    r"\bknow (?:that |how (?:much )?)?you (?:\w+ )?(?:liked|loved|enjoyed|appreciated|praised|said"
    r"|(?:are|were) (?:\w+ )?(?:happy|pleased))\b"
)
_KEPT_WAITING = r"\b(?:keep|kept|keeping|had) you (?:waiting |stuck |so long )?in (?:the|our|a) (?:queue|line)\b"
_HOUSE_TOLD = (
    r"\b(?:housekeeping|security|maintenance|catering|the (?:kitchen|hotel|driver|store|shop|restaurant|ward|lab|depot"
    r"|warehouse)) (?:has|have) (?:now |already |also )?been (?:notified|informed|told|alerted)\b"
    r"(?!.*\b(?:call|ring|com(?:e|es|ing) on|join\w*)\b)"
)
_WAYS_TO_REACH = (
    r"\byou (?:can|may) (?:also |still |always )?(?:reach|contact|call|get hold of) (?:[\w-]+ ){1,4}?(?:in (?:these"
    r"|one of|the following|several|two|three)|by (?:phone|post|calling|e-?mail|dialling)|on 0|at 0|via|between"
    r"|from 0)"
)
_CODE = r"\b(?:agent|operator|adviser|advisor|staff|employee|store) (?:code|id|number|pin|badge)\b"
_ITS_OWNER = (
    r"\b(?:speaking|talking|chatting) (?:to|with) (?:its|the) (?:[\w-]+ ){0,3}?"
    r"(?:owner|holder|right (?:person|customer))\b"
)
_LEADS_IN = (  # to a list, or to what follows
    r"^(?:and |so |ok(?:ay)?,? |now,? )?(?:here(?:'s| is) (?:what|how|where|why)\b(?!.*HUMAN)|what(?:'ll| will)?"
    r" happens? (?:next|now|then)\b|(?:the |your )?next steps?\b(?!.*HUMAN))"
)
_TOLD_TO_EXPECT = r"\b(?:told|promised) you to (?:expect|wait for)\b"


def _guard(pattern: str, cues: str, needs: str = "", when: When = "statement", marked: bool = True) -> Rule:
    return rule_of(None, cues, pattern, when, "guard", "whole", needs=needs, marked=marked)


MENTIONS = (
    _guard(_WISH_OF_OLD, _PEOPLE, "know understand realise realize see appreciate get hear"),
    _guard(_APPOINTMENT, "doctor doctors nurse nurses gp dentist hygienist surgeon physio physiotherapist midwife "
           "consultant technician technicians engineer surveyor practitioner dr", "appointment appointments"
           " consultation visit check-up checkup slot session "
           "viewing follow-up time", "always", marked=False),
    _guard(_WHICH_ONE, "person one people adult member", "who that", "always", marked=False),
    _guard(
        _ON_PAPER,
        "person people passenger guest agent contact",
        "named listed mentioned shown printed on",
        "always",
        marked=False,
    ),
    _guard(
        _RATED,
        _PEOPLE,
        "feedback rating ratings review tip star stars thanks points point chat call talk conversation experience"
        " support help",
        "always",
    ),
    _guard(_TOLD_OF_YOU, "let tell told warn warned", marked=False),
    _guard(_DONE_BY, _PEOPLE),
    _guard(_ON_A_LIST, "list rota register line up", marked=False),
    _guard(_RUNS_A_NET, "operator", marked=False),
    _guard(_THING_AT_WORK, "connected switched moved transferred assigned"),
    _guard(_NO_CALL, "call calling called ring ringing", "it that this these those thing off forward up by mr ms sir",
           marked=False),
    _guard(_SERVES, _PEOPLE),
    _guard(_WORKS_ON, _PEOPLE, "working aware"),
    _guard(_CHECKS_FOR_ME, "asked told", marked=False),
    _guard(_EXISTS, _PEOPLE, "who that"),
    _guard(_ON_THE_DAY, "before during after at", "will they'll he'll she'll who'll someone'll", marked=False),
    _guard(_YOUR_OWN, "travel estate letting insurance booking shipping", "agent agents", "always"),
    _guard(_IMPOSTORS, "scammer scammers fraudster fraudsters criminal criminals impostor impostors imposter imposters"
           " thieves", marked=False),
    _guard(_WHICH_DOCTOR, "male female", when="always", marked=False),
    _guard(_SPEAKS, _PEOPLE, "speak speaks"),
    _guard(_IF_SOMEBODY_RANG, "call calls text message messages email e-mail visit letter", "if", "always", False),
    _guard(_KINDLY_TOLD, "know", "you", marked=False),
    _guard(_HOUSE_TOLD, "notified informed told alerted", "been", marked=False),
    _guard(_WAYS_TO_REACH, "reach contact call get", "you", marked=False),
    _guard(_CODE, "agent operator adviser advisor staff employee store", "code id number pin badge", "always", False),
    _guard(_ITS_OWNER, "speaking talking chatting", "owner holder person customer", "always", False),
    _guard(_TOLD_TO_EXPECT, "told promised", "you", marked=False),
    _guard(_LEADS_IN, "here's here what what'll next", "what how where why next step steps now then", "always"),
    _guard(_BOOKS_A_VISIT, "book booking booked", "with", "always", False),
)  # fmt: skip

KEPT_WAITING: Rule = _guard(_KEPT_WAITING, "queue line", "keep kept keeping had", "always", False)  # before courtesies
