"""How English agents offer choices, and what the options are called that stand in any menu."""

import re

from hubbub.customers.hearing.menus import MenuWords

MENUS = MenuWords(
    press=r"press|reply(?: back)?(?: with)?|respond with|type|enter|text(?: back)?|send|dial|hit|tap|choose|select|pick"
    r"|say",
    leads=r"for|to|if(?: you| it's| it is| this is)?|and",
    joins="or|and",
    chooses=re.compile(
        r"\b(?:press|reply|respond with|tap|choose|choice|select|pick|options?|menu|buttons?|which (?:one|of)"
        r"|(?:type|enter|send|text|with) (?:the |a )?(?:number|letter|digit|key))\b"
        r"|\b(?:how|what) (?:can|may|could) (?:i|we)\b|\bwhat (?:would|do) you (?:like|want|need)\b"
        r"|\bwhat (?:is|'s) (?:this|it|your (?:question|query|enquiry)) about\b|\bwhat brings you\b",
        re.IGNORECASE,
    ),
    lists=re.compile(
        r"\b(?:steps?|follow(?:ing)?|here(?:'s| is| are)|how to|need|provide|share|send|tell|give|verify|confirm|fill"
        r"|answer|details|information|documents|tips|questions|happens|see|found|checking|try)\b|^(?:in order )?to\b",
        re.IGNORECASE,
    ),
    which=re.compile(r"\bwhich\b", re.IGNORECASE),
    addressed=re.compile(r"\b(?:you|your|you're)\b", re.IGNORECASE),
    kinds=(
        (
            "no",
            re.compile(
                r"^(?:no(?:$|[,.!]| thanks| thank you| i\b)|nope|not (?:now|yet|really)"
                r"|(?:end|close|leave) (?:the |this )?(?:chat|conversation)|(?:exit|quit|done|finish|end|stop)$"
                r"|(?:that's|that is) (?:all|it)|nothing|i'm (?:done|good)|change it)"
            ),
        ),
        (
            "yes",
            re.compile(
                r"^(?:yes\b|yep|yeah|correct$|confirm$|ok$|okay$|sure|proceed$|continue$|go ahead|(?:that's|that is)"
                r" (?:right|correct))"
            ),
        ),
        (
            "back",
            re.compile(
                r"\b(?:main|previous|start) menu\b|^(?:go )?back\b|^menu$|^start (?:over|again)|^home$|^return to\b"
            ),
        ),
        (
            "other",
            re.compile(
                r"\b(?:some|any)(?:thing|where) else\b|^(?:all |any |for )*others?"
                r"(?: (?:questions?|enquir\w+|inquir\w+|queries|issues?"
                r"|topics?|requests?|matters?|reasons?|things?|options?|help|problems?|services?))?$"
                r"|\bnone of (?:these|them|the above|those)\b|\bnot (?:listed|on the list)\b|^(?:a )?different \w+$"
                r"|^general(?: (?:question|enquir|inquir|help)\w*)?$|^more(?: options)?$"
            ),
        ),
        (
            "human",
            re.compile(
                r"\b(?:agents?|humans?|persons?|operators?|advis[eo]rs?|representatives?|reps?"
                r"|colleagues?|receptionists?|assistants?|staff|bankers?|specialists?|people|live (?:chat|support)"
                r"|reception|call ?(?:me )?back|customer (?:service|care|support))\b"
                r"|\b(?:speak|talk|chat|connect(?: me)?)(?:ing)? (?:to|with)\b|\b(?:contact|call) us\b"
                r"|\b(?:someone|somebody)\b"
            ),
        ),
    ),
)
