"""The words that make up the shape of an English sentence, by what they are. A contraction is both of its parts.

Those with a star name people, those with a plus ways to them: that a sentence has none of them is noted, too.
"""

_BY_CLASS = {
    "I": "i we",
    "I AM": "i'm we're im",
    "I WILL": "i'll we'll ill il",
    "I HAVE": "i've we've ive",
    "I WOULD": "i'd we'd",
    "YOU": "you u ya",
    "YOU WILL": "you'll",
    "YOU AM": "you're ur",
    "YOU HAVE": "you've",
    "YOU WOULD": "you'd",
    "YOUR": "your",
    "OUR": "our my",
    "*THEY": "they he she who",
    "*THEY WILL": "they'll he'll she'll who'll someone'll",
    "*THEY AM": "they're he's she's who's",
    "*NAME": "Name",
    "*NAME WILL": "Name'll",
    "*NAME AM": "Name's",
    "*NAME WOULD": "Name'd",
    "IT": "it this that which these those",
    "IT AM": "it's that's",
    "IT WILL": "it'll that'll",
    "THERE AM": "there's",
    "*SOME": "someone somebody anyone anybody sum1",
    "*NONE": "nobody none no1",
    "NOT": "not no never n't",
    "AM NOT": "isn't aren't ain't",
    "WAS NOT": "wasn't weren't",
    "CAN NOT": "can't cannot cant unable",
    "WILL NOT": "won't wont",
    "DO NOT": "don't doesn't dont doesnt",
    "DID NOT": "didn't didnt",
    "COULD NOT": "couldn't couldnt",
    "HAVE NOT": "haven't hasn't hadn't",
    "WOULD NOT": "wouldn't shouldn't",
    "WILL": "will shall gonna going",
    "CAN": "can able",
    "COULD": "could",
    "MAY": "may might",
    "WOULD": "would",
    "SHOULD": "should",
    "MUST": "must",
    "HAVE": "have has",
    "HAD": "had",
    "AM": "is are am",
    "WAS": "was were",
    "BEEN": "been",
    "BEING": "being",
    "DO": "do does",
    "DID": "did",
    "LET": "let let's lemme",
    "IF": "if unless whenever",
    "WHEN": "when once before after until while as because",
    "TO": "to",
    "WITH": "with",
    "BY": "by",
    "FROM": "from",
    "TOO": "too also already just",
    "NOW": "now currently right",
    "LATER": "later soon shortly tomorrow tmrw today tonight within",
    "PAST": "yesterday yday earlier last previously ago",
    "*HUMAN": (
        "human humans person people agent agents advisor advisors adviser advisers colleague colleagues "
        "specialist specialists representative representatives rep reps manager managers supervisor "
        "supervisors operator operators expert experts consultant consultants technician technicians tech "
        "engineer engineers nurse doctor clinician pharmacist banker boss teammate officer handler clerk "
        "analyst investigator counsellor midwife senior staff employee member members"
    ),
    "*TEAM": "team teams department desk dept unit office crew support care services line",
    "+MOVE": (
        "transfer connect escalate forward hand pass route redirect refer assign switch link patch put bring "
        "get fetch find involve raise"
    ),
    "+MOVING": (
        "transferring connecting escalating forwarding handing passing routing redirecting referring assigning "
        "switching linking patching putting bringing getting fetching finding involving raising looping roping "
        "moving sending"
    ),
    "+MOVED": (
        "transferred connected escalated forwarded handed passed routed redirected referred assigned switched "
        "linked patched brought got fetched found involved raised looped roped moved sent"
    ),
    "+CALL": "call ring phone telephone contact reach follow touch",
    "+WRITE": "write e-mail email mail text message reply respond answer",
    "+CALLED": "called rang phoned contacted reached wrote e-mailed emailed texted replied responded answered",
    "+CALLING": "calling ringing phoning contacting writing replying answering",
    "+CALLBACK": "callback call-back",
    "+SPEAK": "speak talk chat speaking talking chatting",
    "SPOKE": "spoke talked told said promised noted explained",
    "+JOIN": "join joins take takes handle step picks pick look review",
    "+JOINED": "joined taken joining taking picked reading looking reviewing",
    "+QUEUE": "queue position ahead next hold waiting",
    "BUSY": "busy unavailable offline closed away engaged occupied free available online",
    "NEED": "need needs want wants prefer wish like rather",
    "ASK": "ask request requested asked asking",
    "HELP": "help assist",
    "PLEASE": "please kindly",
    "WH": "what where when's how why whose",
    "YESNO": "ok okay correct fine sure",
    "DONE": (
        "done sorted fixed cancelled refunded updated changed booked blocked added issued processed confirmed saved"
    ),
    "FAIL": "failed error invalid declined rejected expired wrong missing lost",
    "TRY": "try tried trying attempted",
    "FIND": "see locate",
    "ALLOWED": "allowed permitted possible eligible entitled policy",
    "BACK": "back",
    "GOODS": (
        "parcel parcels package packages order orders item items delivery shipment bag bags luggage suitcase box boxes "
        "letter device router modem sim card cards tickets label replacement meter room seat seats flight train"
    ),
    "MONEY": (
        "payment payments money funds refund refunds balance fee fees charge charges deposit cheque credit wire points "
        "bill invoice amount"
    ),
    "PAPER": (
        "claim claims application applications referral prescription documents document photos photo form forms sample "
        "samples feedback comments comment suggestion suggestions complaint dispute report appeal record records "
        "readings data paperwork evidence receipt statement details note notes"
    ),
    "CHAT": "conversation case question query enquiry issue matter session thread problem concern file ticket",
    "VISIT": (
        "visit visits visiting arrive arrives arriving arrival arrived deliver delivers delivering door doorstep knock "
        "install installation van appointment operation surgery slot collect collects address property"
    ),
    "OUTCOME": (
        "decision outcome result results verdict findings confirmation assessment decide decides triage examine "
        "investigate investigation examination inspection reviews reviewed internal"
    ),
}

CLASSES = {word: name for name, words in _BY_CLASS.items() for word in words.split()}
