"""People of English whose coming is the service itself or no coming at all: consulted, visiting, delivering. Guards.

And who only says who it is: a hand-off ends with a greeting, but a greeting alone is none.
"""

from hubbub.customers.hearing.english_people import H
from hubbub.customers.hearing.english_rules import rule_of
from hubbub.customers.hearing.lexicon import Rule

_COMES = r"(?:take|takes|join|joins|call|calls|ring|rings|phone|come|comes|step|steps|pick|picks|contact|help|see)"
_CONSULTED = (
    r"(?:ask(?:ed|ing|s)?|consult(?:ed|ing)?|check(?:ed|ing)?(?: (?:this|it|that))? with|(?:had|have|having) a word"
    r" with|spoken? (?:to|with)|talked (?:to|with)|argued it out with|run it (?:by|past)|took (?:it|this) to)"
    rf" (?:[\w']+ ){{0,3}}?HUMAN\b(?![^:]*\b(?:you|if (?:he|she|they|one))\b)(?! (?:\w+ ){{0,2}}?to {_COMES}\b)"
)
_CARRIER = (
    r"(?:couriers?|drivers?|(?:dispatch )?riders?|deliver(?:y|ies)? (?:team|person|people|man|men|crew|partner|driver)"
    r"|sellers?|merchants?|carriers?|hauliers?|fitters?|installers?|delivery HUMAN|hotels?|airlines?|restaurants?"
    r"|vendors?|manufacturers?|suppliers?|hosts?|landlords?|issuers?|other bank)(?! HUMAN)"
)
_DELIVERS = (
    rf"^(?:the|our|your|a|an|this|that)? ?(?:[\w'-]+ ){{0,2}}?{_CARRIER}(?:'ll|\b.{{0,60}}?\b(?:will|shall|is going to"
    rf"|gonna|calls|rings|phones|texts|has your))\b|\b(?:call|ring|text|message|visit) from (?:the|your|our|a) "
    rf"(?:\w+ )?{_CARRIER}\b"
)
_VISITS = (
    rf"\b{H}\b.{{0,50}}?\b(?:meets? (?:you|u)\b|waiting for you at|hold up a"
    r"|hand (?:it|them) (?:over )?to you|hand you(?! (?:over|on|off|to|across)\b)|knock|identify (?:him|her|them)"
    r"|(?:at|to) (?:the|your|ur) (?:door|doorstep|gate|coach|home|house|address|property|street|site|room|flat)"
    r"|(?:come|comes|coming) (?:out|round|over to you)|takes? you (?:back )?to|walks? you to)\b"
)
_NO_MORE = (
    r"(?!.*\b(?:took|take|taking|tak(?:e|en)|real|human|person|carry|carrying|bot|assistant|notes|read|handed"
    r"|passed)\b)"
)
_OPENS = (
    r"^(?:(?:hi|hiya|hello|hey|g'day|welcome|ey up|alright|greetings|good (?:day|morning|afternoon|evening)|morning"
    r"|afternoon|evening)(?:[ ,!]+(?:there|all|dear|my \w+|sir|madam|ma'am|to you|of the day))*[ ,!]+)?"
)
_SAYS_WHO = (
    rf"{_OPENS}(?:and )?{_NO_MORE}(?:(?:this is|it's|here is|here's|myself|my name is|you've (?:got|reached|(?:come"
    rf"|got) through to)|i'm"
    r"|i am) (?!a\b|an\b|now\b|going|sorry|not\b|the\b|[a-z]+ing\b)[\w.'-]+(?: [\w.'-]+)?(?: here)?,? (?:from|at|on"
    r"|with|down|in charge)\b|(?!now\b)[\w.'-]+(?: [\w.'-]+)? here,? (?:from|on|at|down|in)\b"
    r"|(?!now\b)[\w.'-]+ from [\w ]{2,30} here$|(?:this is|you've reached|good day this is) (?:the|our) )"
)
_LETS_GO = (
    r"\b(?:let|leave|leaving) you (?:get on|go|be|to it|know|off)\b(?!.* (?:call|phone|ring|in touch))"
    r"|\b(?:end|close|ending|closing) (?:this|the|our) (?:chat|conversation|session)\b"
    r"|\bchat with \w+ (?:is over|ended)"
    r"|\bautomated (?:system|call|message|voice)\b|\bwithout (?:\w+ ){0,2}?"
    r"(?:passing|transferring|connecting|handing|putting|sending|bringing|asking) "
)
_TRADE = r"(?:engineers?|technicians?|crews?|plumbers?|electricians?|fitters?|surveyors?|inspectors?)"
_TRADES = (
    rf"\b{_TRADE}\b.{{0,60}}?\b(?:comes?|coming|arriv\w+|visits|visit you|will visit|attend"
    r"|on (?:his|her|their|its) way|dispatched|sent|booked|be there|on site)\b"
    r"(?! in\b| (?:on|into|to) (?:the|this|your) (?:chat|phone|line|call))"
    rf"|\b(?:book|send|sent|sending|dispatch|dispatching|schedule|scheduling) (?:you |out )?"
    rf"(?:an?|the|our|one of our|your) (?:[\w-]+ )?{_TRADE}\b"
    r"|\b(?:engineer|technician|tech|crew|plumber|electrician|fitter|surveyor|inspector|meter reader)s? (?:to )?(?:come"
    r"|visit|be there|drop by|stop by|call round|call by)\b(?! in(?:to)? (?:the|this|your) (?:chat|call))"
)
_ON_ARRIVAL = (  # a call that belongs to a visit
    r"\b(?:calls?|rings?|texts?|phones?|contacts?|messages?|tells?|lets?) (?:you|u|ahead)\b.{0,40}?\b(?:before (?:he"
    r"|she|they|coming|arriv\w+|the (?:visit|appointment|operation|procedure|delivery|flight|installation))|on arrival"
    r"|when (?:he|she|they)(?:'s|'re| is| are)? (?:near\w*|arriv\w+|reach\w*|outside|gets?|there|close)\b"
    r"|(?:minutes?|mins?|hours?) (?:before"
    r"|ahead|out)\b)|\b(?:call|text) from (?:the|your|our) [\w ]{2,30}? before (?:the|your|he|she|they)\b"
    r"|\b(?:call|ring|phone) (?:you|u) (?:at|for|on) (?:your|the) (?:appointment|consultation)"
    r"|\ban? (?:e-?mail|letter|text|sms) from [\w ]{2,40}? with (?:the|your|a) "
    r"|\b(?:he|she|they|tech|technician|engineer|fitter|plumber|driver|courier)(?:'ll| will|s)? (?:\w+ )?(?:ring|call"
    r"|phone|text)s? (?:you )?ahead\b"
)
_COMES_BACK = (  # and stays who it is
    r"^(?:ok(?:ay)?,? |sure,? |right,? )?(?:let me|i'll|i will|i'm going to) (?:just |quickly |first )?(?:check|look"
    r"|ask|speak|see|find|talk|double-check|verify|confirm)\b(?!.*\b(?:they|he|she|who|to (?:call|get|contact"
    r"|ring))\b)"
    r".*\b(?:and|then) (?:i'll |i will )?(?:get|come|report|be) (?:right |straight )?back\b"
    r"|\b(?:remains|stays|keep it) with me\b"
    r"|\bi(?:'ll| will) (?:personally |gladly |happily )?(?:take care of|look into|look after|handle|deal with"
    r"|sort(?: out)?) (?:this|that|it|everything|things)\b"
    r"(?!.*\b(?:colleague|agent|team|someone|manager|desk|transfer|connect|pass|put|hand|through|over)\b)"
    r"|\b(?:escalated|upgraded|raised|moved) to (?:a |an )?(?:\w+ )?(?:priority|urgent|high|critical)\b"
    r"|\bi(?:'ll| will| shall) (?:just )?(?:get|come|be) (?:right |straight )?back(?: to you)? (?:here"
    r"|in (?:this chat|a)|on (?:that|this)|with (?:the|an|your|that|a)|shortly|soon|in \w+ (?:minutes?|seconds?))\b"
)
_NOUNS = (
    "human humans person people agent agents advisor advisors adviser advisers representative reps rep specialist "
    "colleague colleagues team supervisor supervisors manager managers coworker boss nurse doctor staff member desk "
    "support technician tech expert engineer crew officer senior reception someone guide delivery"
)
_PRAISED = (
    r"^(?:your|the) (?:calls?|chat|business|patience|time|custom|trust|feedback|message)"
    r" (?:(?:is|are) (?:[\w-]+ )?(?:important|valued|appreciated)|means? (?:a lot|much|the world)|matters?\b)"
)

BYSTANDERS: tuple[Rule, ...] = (
    rule_of(
        None,
        _NOUNS,
        _CONSULTED,
        "statement",
        "guard",
        "whole",
        needs="ask asked asking asks consult consulted consulting check checked checking word spoke spoken talked "
        "argued run took",
        marked=True,
    ),
    rule_of(
        None,
        "courier couriers driver drivers driver'll rider riders delivery deliver seller sellers merchant carrier "
        "carriers haulier fitter fitters installer installers hotel airline restaurant vendor manufacturer supplier "
        "host landlord issuer bank",
        _DELIVERS,
        "statement",
        "guard",
        "whole",
        marked=True,
    ),
    rule_of(
        None,
        _NOUNS,
        _VISITS,
        "statement",
        "guard",
        "whole",
        needs="meet meets waiting hold hand knock identify door doorstep gate coach home house address property "
        "street site room flat come comes coming takes take walks walk",
        marked=True,
    ),
    rule_of(
        None,
        "email e-mail letter sms call calls ring rings text texts phone phones contact contacts message messages tell "
        "tells let lets",
        _ON_ARRIVAL,
        "always",
        "guard",
        "whole",
        needs="before arrival when minutes minute mins min hours hour appointment booked slot consultation scheduled "
        "from ahead",
    ),
    rule_of(
        None,
        "back me this that it everything things priority urgent high critical",
        _COMES_BACK,
        "statement",
        "guard",
        "whole",
        needs="let i'll i will i'm with escalated upgraded raised moved",
    ),
    rule_of(
        None,
        "engineer engineers technician technicians tech crew crews plumber electrician fitter surveyor inspector "
        "reader",
        _TRADES,
        "always",
        "guard",
        "whole",
        needs="come comes coming arrive arrives arriving visit visits visiting attend way dispatched there site send "
        "sent sending book booked dispatch dispatching schedule scheduling drop stop call",
    ),
    rule_of(None, "important matters matter valued appreciated means mean", _PRAISED, "statement", "guard", "whole"),
    rule_of(
        None,
        "let leave leaving end close ending closing over ended without automated",
        _LETS_GO,
        "statement",
        "guard",
        "whole",
    ),
)

INTRODUCED: Rule = rule_of(  # stands before the courtesies, which take such words out
    None, "here this it's here's myself name you've i'm am from", _SAYS_WHO, "statement", "guard", "whole"
)
