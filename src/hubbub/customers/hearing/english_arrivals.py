"""Hand-offs of English told by what is done, whoever does it: somebody will ring, is coming on, has the chat now."""

from hubbub.customers.hearing.english_rules import rule_of
from hubbub.customers.hearing.lexicon import Rule

_VERB = r"(?:call|ring|phone|telephone|bell|buzz|contact)"
_SOON = r"(?:\w+ly |now |then |also |soon |just |personally |himself |herself |try to |be able to )?"
_WILL = r"(?:will|shall|'ll|gonna|going to|to)"
_RINGS = (
    rf"(?<!n't )(?<!not )(?<!never )\b[\w'.-]*{_WILL} {_SOON}{_VERB} (?:you|u|the (?:customer|passenger|patient"
    r"|subscriber|policyholder))\b(?! names)"
    r"|\b(?:give|drop|gives) (?:you|u) (?:a|an) (?:\w+ )?(?:call|ring|bell|tinkle|buzz|shout|phone call)\b"
    rf"|{_WILL} {_SOON}be (?:right )?(?:in touch|in contact|with you|along|on the line)\b"
    r"(?!.*\b(?:parcel|order|card)\b)"
    r"|\b(?:expect|await|look out for|listen out for|count on) (?:a|an|our|the) (?:[\w'-]+ )?"
    r"(?:call|ring|bell|phone call)\b"
    r"|\bringing you (?:back )?(?:by|before|at|in|within|this|tomorrow|today|on)\b"
)
_HAS = r"(?:is|are|has|have|was|\w+'s|\w+'re|\w+'ve|s)"
_HERE = (
    rf"\b{_HAS} (?:now |just |already |only )*(?:(?:opening|reading|picking up|taking on|taking over|accepted|opened"
    r"|read) (?:your|this|the|our|ur) (?:chat|case|file|messages?|notes|conversation|thread|q)"
    r"|(?:come|hopped|jumped|popped) (?:on|in)\b(?! (?:sale|stock|market))|in here (?:w|with) (?:us|you|me)"
    r"|(?:in|into) (?:the|this|our|your) chat\b|all yours\b|at the wheel|(?:the|their|your) (?:floor|mic|reins)\b)"
    r"|\bfull attention\b|\b(?:chat|ticket|case|conversation) (?:was |is |has been )?(?:accepted|claimed|taken"
    r"|picked up) by\b"
    r"|\b(?:coming|comes) (?:on|to) (?:the )?(?:phone|line|chat)\b|\b(?:coming|headed|heading) your way now\b"
)
_WAITS_FOR = (
    r"\b(?:next|first) (?:available|free) (?:[\w-]+ )?(?:\w+)(?: (?:will|to|is|at)\b|$)|\bnumber \w+ in (?:the |our )?"
    r"(?:queue|q|line)\b|\b(?:no|nr|#)\.? ?\d+ in (?:the )?(?:q|queue|line)\b|^(?:queue|position|place in line):? #?\d+"
    r"|\b(?:place|spot|position) in (?:line|(?:the|our) queue) (?:is|has been|was|will be) (?:saved|held|kept|reserved)"
    r"|\b(?:added to|put on|placed on|on|joined) (?:the|our) (?:waiting list|queue) for"
    r" (?:(?:a|the|our) )?(?:live )?(?:chat|call)"
    r"|\bcaller number \w+|\byour call (?:will be|is being) (?:answered|taken|handled)\b"
    r"|\b(?:looking|searching|waiting) for an? (?:available|free) \w+"
    r"|\b(?:busy|helping|assisting|serving|speaking) (?:to |with )?other (?:callers|customers|patients|guests"
    r"|passengers|members)\b.*\b(?:stay|hold|remain|wait|be with you|answered)\b"
)


ARRIVALS: tuple[Rule, ...] = (
    rule_of(
        "handoff",
        "call ring phone telephone bell buzz contact tinkle shout touch along line with ringing",
        _RINGS,
        "statement",
        scope="main",
        state="promised",
    ),
    rule_of(
        "handoff",
        "chat case file message messages notes conversation thread q on in yours wheel floor mic reins attention by "
        "phone line way",
        _HERE,
        "statement",
        scope="whole",
        state="initiated",
    ),
    rule_of(
        "handoff",
        "available free queue q line position caller answered taken handled other list",
        _WAITS_FOR,
        "statement",
        scope="whole",
        state="initiated",
    ),
)
