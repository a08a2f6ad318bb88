"""What agents do in English, said in passing: short forms, officialese, turns of phrase that the plain rules miss."""

from hubbub.customers.hearing.english_rules import rule_of as _rule

_DAY = r"(?:today|tonight|tomorrow|tmrw|(?:mon|tue|wed|thu|fri|sat|sun)\w*|noon|\d{1,2}(?:[:.]\d\d)?(?: ?[ap]m)?)"
_SLOT_WORD = (
    r"(?:number|no|id|names?|date|day|dob|birth|postcode|zip|e-?mail|phone|mobile|code|readings?|figures|address|street"
    r"|reference|ref|amount|digits|model|device|meter|display|counter|account|booking|reservation|symptoms|details"
    r"|information|reason|order)"
)
_DONE = (
    r"(?:annulled|revoked|effected|received|recorded|remitted|mailed|posted|switched|taken (?:off|care of)|released"
    r"|deleted|noted|handled|mended|sorted|lodged|moved|dealt with|wiped|unblocked|unfrozen|corrected|lowered|raised"
    r"|refunded|credited|cancelled|canceled|booked|activated|updated|changed|saved|added|removed|issued|processed|sent"
    r"|approved|registered|reserved|confirmed|completed?|closed|blocked|frozen|reset|set up|logged|submitted|paid"
    r"|installed|enabled|disabled|renewed|extended|upgraded|fixed|done|redeemed|reinstated|amended|waived)"
)
_DONE_WORDS = (
    "annulled revoked effected received recorded remitted mailed posted switched taken released deleted noted handled "
    "mended sorted lodged moved dealt wiped unblocked unfrozen corrected lowered raised refunded credited cancelled "
    "canceled booked activated updated changed saved added removed issued processed sent approved registered reserved "
    "confirmed complete completed closed blocked frozen reset set logged submitted paid installed enabled disabled "
    "renewed extended upgraded fixed done redeemed reinstated amended waived"
)
_FAILS = (
    r"(?:install|load|save|work|go(?: through)?|clear|take|respond|answer|connect|let me|pick(?:ing)? up|open|match"
    r"|start"
    r"|bring|come (?:up|through)|happen|register|arrive|reach|update|sync|pair|stick|talking|responding|working"
    r"|answering|loading|connecting|having|have it|accept(?:ed)?|get through|complete|recognised?|play)"
)

_NOT_HEARD = (
    _rule(
        "fallback",
        "invalid valid list lost following puzzled puzzling sense tail head stumped huh eh baffled garbled clue unsure "
        "clearer recognised recognized options explain grasp point with",
        r"(?:invalid|unknown|unrecogni[sz]ed) (?:entry|input|choice|option|command|answer)|(?:isn't|is not|not)"
        r" (?:on the"
        r" list|one of the options|a choice)|not (?:quite |really )?(?:with you|following|getting)|(?:head or tail"
        r"|sense)"
        r" of (?:that|this|it|your)|(?:got|has|have|leaves?) me (?:puzzled|baffled|stumped|lost)|(?:i'm|i am) (?:a"
        r" (?:bit|"
        r"little) )?(?:lost|puzzled|baffled|confused|unsure what you)|^(?:huh|eh)\b|(?:explain|say|put|phrase|tell me)"
        r" (?:that|it|this)?(?: to me)? ?(?:in |once )?(?:another way|different(?:ly| words)|other words|simpler words"
        r"|more clearly|again)|(?:couldn't|can't|cannot|could not|didn't|did not) (?:quite |fully )?(?:grasp"
        r"|decipher|work"
        r" out what|figure out what|make out)|(?:entry|input|answer|choice) (?:was |is )?not (?:recogni[sz]ed"
        r"|understood"
        r"|valid)|not getting your|bit clearer",
        scope="whole",
    ),
    _rule("fallback", "try once again more", r"^(?:please )?try (?:once more|again|once again)$", scope="whole"),
)
_ALL_WELL = (
    _rule(
        "req_more",
        "now better needed else another sorted clear ok good back trick fixed working useful looking wanted more cover",
        r"^(?:is|are|was|were|does|did|do|has|have)\b.*\b(?:(?:sorted|working|fixed|solved|better|okay|ok|clear(?:er)?"
        r"|good)(?: now| again| for you)?|what you (?:needed|wanted|were (?:looking for|after))|do the trick|help"
        r" you out"
        r"|make (?:more )?sense|cover (?:it|everything)|back (?:up|online))$|^(?:working|better|sorted|fixed|all"
        r" (?:good"
        r"|sorted|clear|ok|set))(?: now)?$|^(?:another question|more questions|any other|need (?:\w+ )?else)|any better"
        r"(?: now)?$|(?:useful|helpful)$|(?:else|more|besides)(?: for you| today| on your mind)?$"
        r"|^(?:was there|is there|are there)\b.*\b(?:else|more|other|further|besides)\b",
        "question",
        scope="whole",
    ),
    _rule(
        "req_more",
        "shout ping message need anything more around",
        r"\b(?:shout|ping me|message me|write (?:to )?(?:me|us)|i'm (?:around|here)|come back)\b.*\b(?:anything|need"
        r"|more"
        r"|else|stuck)\b",
        "statement",
        scope="whole",
        needs="if anything more else",
    ),
)
_FAILURES = (
    _rule(
        "notify_failure",
        "won't wouldn't doesn't isn't didn't not hasn't nobody no-one",
        rf"(?<!you )(?:won't|wouldn't|doesn't|isn't|didn't|does not|did not|would not|is not|are not|aren't|hasn't"
        rf"|it not)"
        rf" (?:yet |actually |even |seem to )?(?:be )?{_FAILS}(?:s|ed)?\b(?! (?:until|unless|before|on (?:sun|sat)"
        rf"|out\b"
        r"|back\b|for you))|nobody (?:has )?(?:opened|answered|was (?:in|home|there))",
        "statement",
        needs="won't wouldn't doesn't isn't didn't not hasn't nobody install load save work go "
        "clear take respond answer",
    ),
    _rule(
        "notify_failure",
        "incorrect invalid unavailable unsuccessful failed failure awry wrong broke broken turned answer response luck "
        "reply vain down rejected bounced stopped knocked offline neither mismatch full found snag "
        "responding error refused",
        r"\b(?:pin|password|code|login|entry|number|details?|card) (?:is |was |were )?(?:incorrect|invalid|wrong|not"
        r" recogni[sz]ed)|(?:service|system|server|site|app|function|feature)s? (?:is |are |currently |temporarily )*"
        r"(?:unavailable|down|offline|not available|out of order)|(?:order|record|account|booking|reservation|customer"
        r"|payment|reference|profile|policy|match|result|code)s? (?:was |were |could )?not (?:be )?found|^no (?:\w+ )?"
        r"(?:luck|match|record|result|answer|response|reply|joy)|(?:without (?:any )?|get(?:ting)? no |got no "
        r"|there(?:'s"
        r"| is| was) no |had no )(?:response|luck|success|answer|reply|joy)|in vain|(?:turned|knocked) (?:\w+ ){0,2}?"
        r"(?:down|away|back)\b|broke down|(?:gone|went|going) (?:awry|wrong|astray)|(?:was|were|got|been) (?:stopped"
        r"|blocked|rejected|refused|bounced|knocked back|sent back|thrown out) (?:by|back|because|due|at)|neither"
        r" (?:\w+ )?(?:attempt|try|one)?\w* ?(?:worked|helped|went)|(?:not|never) (?:reached?|accept(?:ed)? by|got"
        r" through"
        r"|went through|come through|came through)|(?:reading|payment|upload|request|card|code|document|transfer|claim"
        r"|photo|login) (?:rejected|refused|bounced|failed|blocked|timed out)|ran into (?:a|an|some|another)|hit a"
        r" (?:snag"
        r"|wall|glitch)|still (?:offline|down|broken|failing)|rang out|out of order|fell over|throws? an error",
        "statement",
    ),
)
_REFUSALS = (
    _rule(
        "refuse",
        "no not nothing only out outside beyond off against nobody can't cannot excluded exclude without rule policy "
        "barred strictly never isn't aren't don't doesn't won't declined rejected refused shall nope unable forbidden "
        "prohibited hands void",
        r"^no (?:\w+ ){0,3}?(?:refunds?|returns?|exchanges?|changes?|discounts?|compensation|exceptions?|advice|credit"
        r"|money back|extensions?|cancellations?)\b(?! (?:is |was )?(?:yet|needed))|\b(?:there(?:'s| is)|it has|has"
        r"|have"
        r"|carries|with|therefore) no (?:\w+ )?(?:compensation|refunds?|money back|way (?:of|to|for|round|around)"
        r"|possibility|option|provision|facility|say|power|authority|means|right|entitlement|discretion)\b|\bno \w+"
        r" (?:\w+"
        r" )?(?:may|can|shall|will) be (?:given|made|paid|granted|refunded|issued|accepted|offered)|(?:accepts?"
        r"|assumes?)"
        r" no (?:liability|responsibility)|only (?:the|a|an|our) (?:[\w-]+ ){1,3}?(?:may|can|could|is allowed"
        r"|are allowed)|(?:something|a thing) only (?:a|an|the)|out of (?:the question|my (?:hands|power)|our"
        r" (?:hands|power"
        r"))|off the table|not (?:at liberty|qualified|entitled|allowed|permitted|(?:with)?in (?:my|our) (?:power|gift"
        r"|remit|control)|authori[sz]ed|licensed|going to be able|giving|doing|taking|offering|prepared|willing"
        r"|possible"
        r"|to be)\b|time-barred|shall not\b|won't be (?:paid|refunded|accepted|granted)|(?:strict(?:ly)? |hard"
        r" )?(?:rules?"
        r"|policy) (?:against|forbids|prohibits|doesn't)|(?:strictly |expressly |hereby )?(?:excluded|prohibited"
        r"|forbidden"
        r")\b|nothing (?:i|we) can (?:do|offer|change)|hands are tied|(?:do not|don't) (?:do|have (?:the"
        r" )?(?:authority|say"
        r"|power)|take|make|refund)\b|(?:have|has) not (?:the )?(?:\w+ )?(?:right|fiber|fibre|authority)|not"
        r" (?:something|"
        r"a thing) (?:our|my|the|your|that|i|we|you)\b|lets? me do$|(?:application|claim|request|appeal) (?:has been"
        r"|is|was)"
        r" (?:hereby )?(?:declined|rejected|refused|denied|dismissed)\b|(?:declines?|refuses|rejects) (?:the|your)"
        r"|can't (?:do|take|backdate|accept)|too late (?:to|for)|^nope\b",
        "statement",
    ),
)
_SUCCESSES = (
    _rule(
        "notify_success",
        _DONE_WORDS,
        rf"(?:\w+'(?:s|ve|re)|has|have|is|are) (?:now |all |just |already |successfully |since |fully |duly |both )*"
        rf"(?:been )(?:now |all |just |already |successfully |fully |duly )*{_DONE}\b(?! (?:by (?:the|our|your)"
        rf"|because|due"
        rf"|until|owing))|(?<!not )(?:is|are|'s|\w+'s) (?:now |all |just |already |successfully |duly )+{_DONE}\b"
        rf"(?! (?:by|because|due|until))|\b(?:card|plan|account|pin|order|booking|refund|appointment|contract"
        rf"|subscription"
        rf"|request|fee|label|payment|seat|limit|address|roaming|fine|line|number|sim|policy|claim)(?:'s| is| are)"
        rf" {_DONE}"
        rf"\b(?! (?:by|because|due|until|to be|out|on|at|via|within|in \d))",
        "statement",
        needs="has have is are been now all already i've we've you've it's that's card's "
        "plan's label's refund's order's "
        "account's pin's limit's line's booking's seat's they've they're",
    ),
    _rule(
        "notify_success",
        f"{_DONE_WORDS} managed went ahead deleted popped ticked on swapped got dropped given gave put knocked",
        rf"^(?!.*\b(?:was|were|not|be|n't|if|when|will|to be|no|please|being|is|are|must|should|yet"
        rf"|you)\b)(?:[\w/'-]+ )"
        rf"{{1,4}}?{_DONE}(?: (?:successfully|for you|today|now|already))?(?=$|,|:|;| for\b| on\b| under\b| with\b|"
        rf" as\b)"
        rf"|^(?:all |just |and |also )*(?:sent|mailed|posted|booked|moved|swapped|cancelled|refunded|credited"
        rf"|blocked|added"
        rf"|updated|set up|put) (?:in|it|that|this|you|them|a|an|the|your|out|over|on|through|both|one|£|\$|€|\d)"
        rf"|\b(?:i|we)(?:'ve| have)? (?:\w+ly |just |already |also |now |went ahead and |gone ahead and )*(?:managed to"
        rf"|deleted|done (?:the|your|it|that)|noted you|took (?:off|care)|taken (?:off|care)|dropped|knocked|popped"
        rf"|switched|got you|put you (?:down|in)|did (?:the|it|that)|given you|swapped|ticked)\b"
        rf"|all (?:taken care of|done|sorted|set)\b|(?:you're|you are) (?:good to go|down for|in (?:with|for)|on the"
        rf" (?:new|"
        rf"\d|later|earlier|next))|\b(?:switched|turned) (?:on|off) (?:as of|from|for) (?:now|today|you)|: on$",
        "statement",
        scope="whole",
    ),
)
_CONFIRMS = (
    _rule(
        "confirm",
        "ok okay yes yeah right correct so case need sure mean agree accept press y",
        r"(?:[,:.] ?|^)(?:ok(?:ay)?|yes|yeah|right|correct|y/n|agreed)(?: sir| madam)?$|is (?:that|this|it) (?:what"
        r" you|so"
        r"|the case|all right|how)|\bis (?:that|this) (?:what|so)\b|(?:are you |you |u )?(?:quite |really )?sure about"
        r"|do you (?:agree|accept|consent)|^(?:you|u) (?:only |just |really )?(?:want|wish|need|moved|ordered|are)\b"
        r"|so (?:you|u) (?:want|wish|need|are|would)|for good$|is (?:that|it) so$|is that the plan$",
        "question",
        scope="whole",
    ),
)
_OFFERS = (
    _rule(
        "offer",
        "how why what interested fancy recommend suggest propose offer introduce want better swap add free squeeze"
        " good "
        "prefer okay ok fine care switch split sound interest tempted coupon any",
        r"\bhow (?:does|do|would|about)\b.*\b(?:sound|feel about|suit)|why (?:don't|not) (?:i|we)\b|what if (?:i|we)\b"
        r"|^(?:\w+ )?(?:interested|tempted|fancy (?:it|that|one)|sound good|any good|any interest|want (?:it|one"
        r"|that|me"
        r"|to))\b|\bmay i (?:recommend|suggest|offer|propose|interest)|(?:can|could|shall|should) (?:i|we) (?:suggest"
        r"|recommend|propose|interest|switch|split|swap|tempt)|(?:is|are) (?:it|that|this|either) (?:fine|okay|ok|good)"
        r" for you|it(?:'s| is) (?:fine|okay|ok) for you|(?:i|we) (?:can|could) (?!ask\b|have your\b|get your\b)\w+"
        r"|\bany good\b|(?:\d|for|at|it's) ?(?:free|good for you)$|what you prefer",
        "question",
        scope="whole",
    ),
    _rule(
        "offer",
        "today tonight tomorrow tmrw monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds"
        " thu "
        "thurs fri sat sun noon am pm",
        rf"^(?!.*\b(?:is|are|was|were|did|do|does|when|which|what|on|since|until)\b)(?:\w+ ){{0,3}}?{_DAY}\b.{{0,16}}$",
        "question",
        scope="whole",
    ),
    _rule(
        "offer",
        "can could able glad happy willing free options option choices offer propose recommend suggest slots better "
        "alternatively instead agree welcome next available squeeze tap",
        r"\b(?:i|we)(?:'d be (?:more than |only too )?(?:willing|able|happy|glad) to|'m (?:more than )?willing to| am"
        r" (?:more than )?willing to|(?:'d| would)? (?:suggest|recommend|propose)(?! you (?:call|contact|visit))|"
        r" (?:can|"
        r"could) (?:also |still |always |certainly |even |gladly |at least |instead )?(?:help you (?!with|today|find"
        r" out)"
        r"\w+|squeeze|pencil|slot|throw|knock|swap|sort|spread|settle|move|put|get you|bring|split|post|hold|try"
        r"|find you"
        r"|switch|do you|drop|raise a|pop|fit|refund|look (?:at|for|into)))|^(?:happy|glad|willing) to (?!help\b"
        r"|assist\b"
        r"|hear\b)\w+|(?:one|another|your|an) (?:option|alternative|possibility)s? (?:is|would|could|are)|^(?:free|"
        r"available|next free|open|earliest)(?: (?:slots?|times?))?(?: today| tomorrow)?:|let me (?:suggest|offer"
        r"|propose"
        r"|recommend|make it up)|if you (?:agree|like|want|wish|prefer),? (?:i|we) (?:can |could |will )?(?:send"
        r"|book|change"
        r"|move|give|offer|post|switch|look)\w*|tap add\b",
        "statement",
        scope="whole",
    ),
)
_WAITS = (
    _rule(
        "wait",
        "checking looking pulling loading running scanning searching retrieving fetching digging opening verifying "
        "reviewing processing look peek tick ticks min mins sec secs hold hang bear on it running run minute while mo",
        r"^(?:ok(?:ay)?,? |just |now |still |currently |i'm |i am |we're )*(?:just |still |now |currently |quickly )*"
        r"(?:checking|looking (?:at|for|into|that|this|it|through|up)|pulling (?:up )?(?:your|the|that|it)|loading"
        r"|scanning"
        r"|searching|retrieving|fetching|digging|opening (?:your|the)|verifying|reviewing|running|taking a)\b(?!.*"
        r" and (?:i"
        r"|it)\b)|\b(?:have|take|having|taking) an? (?:\w+ )?(?:look|peek|glance)\b|\b(?:one|two|a|a few|couple|2|1"
        r"|gimme)"
        r" (?:\w+ )?(?:ticks?|mins?|minutes?|secs?|seconds?|mo|moments?|jiff(?:y|ies))(?: pls| please| while| whilst|$)"
        r"|^(?:i'm )?on it\b|hold (?:that thought|tight|on|the line)(?: while| whilst|$)|(?:be|stay) on the line|bear w"
        r"|\b(?:test|check|scan|search) (?:is )?(?:running|in progress)|^i (?:check|look)(?:$| (?:for you|now|it))"
        r"|only take (?:a|one|two) (?:second|minute|moment|sec)",
        scope="whole",
    ),
)
_REQUESTS = (
    _rule(
        "request",
        "enter state cite quote key furnish specify type say select choose pick input give tell supply indicate name "
        "provide confirm read help send walk describe",
        r"^(?:please |kindly |now |then |first,? |just )*(?:enter|state|cite|quote|key in|furnish|specify|input|supply"
        rf"|indicate|(?:say|type|give|tell|confirm|read|send|provide|select|choose|submit)\b(?=.*\b{_SLOT_WORD}\b)"
        rf"|say or"
        r" enter|(?:select|choose|pick|tap) (?:an?|one|your|from|which|any|between)(?! (?:code|link|app)))\b(?!"
        r" (?:the code"
        r" (?:in|on)|it (?:in|on)))|^walk me through|(?:help|assist) (?:me|us) with your|^describe (?:the|your|what)"
        r"|you must (?:state|give|provide|enter|furnish)|(?:please|kindly) (?:confirm|verify) your",
        "statement",
        scope="whole",
    ),
    _rule(
        "request",
        "required needed need require missing",
        rf"\b{_SLOT_WORD}\b[^,]{{0,40}}(?:is|are) (?:required|needed|still missing|missing)|(?:i|we)(?:'ll|'d| will|"
        rf" would)?"
        rf"(?: just| also| still)? (?:need|require) (?:\w+ ){{0,4}}?{_SLOT_WORD}\b",
        "statement",
        scope="whole",
    ),
    _rule(
        "request",
        "number no id name date dob postcode zip email e-mail phone code reading reference ref amount address kwh"
        " digits",
        rf"^(?:your |customer |full |meter |order |account )*{_SLOT_WORD}(?: (?:number|no|of birth|id|code))?"
        rf"(?: ?[(,][^)]*\)?| dd.*| kwh)?(?:,? (?:please|pls))?:$",
        "statement",
        scope="whole",
    ),
)
_REGRETS = (
    _rule(
        "apologise",
        "regrets regret",
        r"(?:the (?:company|bank|supplier|carrier)|we|i) (?:deeply )?regrets?\b",
        opens=True,
    ),
)

IDIOMS = (
    _rule("inform", "can't cannot", r"\b(?:can't|cannot) (?:wait to|beat|go wrong)", "statement", certain=True),
    _rule(
        "inform",
        "fixing repairing investigating restoring",
        r"^(?:our|the) (?:[\w-]+ )?(?:engineers?|technicians?|crews?|teams?) (?:is|are) (?:\w+ )?"
        r"(?:fixing|repairing|investigating|restoring)\b",
        "statement",
        certain=True,
    ),
    _rule(
        "inform",
        "with at in",
        r"^(?:your|the) (?:[\w-]+ ){1,3}(?:is|are) (?:now |still |currently )?(?:with|at|in) (?:the|our|your) [\w -]+$",
        "statement",
    ),
    *_REGRETS, *_NOT_HEARD, *_ALL_WELL, *_FAILURES, *_REFUSALS, *_SUCCESSES, *_CONFIRMS, *_OFFERS, *_WAITS, *_REQUESTS,
)  # fmt: skip
