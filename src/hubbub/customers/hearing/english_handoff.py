"""How English speaks of handing a customer to a human: denied, tried in vain, offered, promised, begun."""

from hubbub.customers.hearing.english_bystanders import BYSTANDERS
from hubbub.customers.hearing.english_denied import DENIED
from hubbub.customers.hearing.english_errands import ERRANDS
from hubbub.customers.hearing.english_mentions import MENTIONS
from hubbub.customers.hearing.english_people import FOLK, HUMAN, MOVE, MOVED, MOVING, OBJECT, SPEAK, H
from hubbub.customers.hearing.english_rules import rule_of
from hubbub.customers.hearing.lexicon import Kind, Rule, Scope, When
from hubbub.model import AgentAct, SignalState

_NEAR = r"(?: [\w']+){0,3}? "
_NOT_ABLE = (
    r"(?:can't|cannot|can not|won't|will not|(?:unable|not able|isn't able|aren't able) to|not possible(?: for (?:me"
    r"|us))? to"
    r"|(?:isn't|not) (?:a|any) way|(?:no|any) way|don't have (?:the ability|a way|any way|the option|an option"
    r"|permission)"
    r"|do not have (?:the ability|a way|any way|the option|permission)|(?:aren't|not) (?:allowed|permitted"
    r"|authori[sz]ed)"
    r"|(?:do not|don't|does not|doesn't) (?:currently )?(?:offer|have(?! to\b)|provide|support)|impossible|no longer)"
)
_TRIED = (
    r"(?:(?:was|were|been) (?:unable|not able|not possible) to|wasn't possible to|(?:wasn't|weren't|haven't been"
    r"|not been) able to|could not|couldn't"
    r"|tried(?: (?:to|and failed to))?|fail(?:ed|ing) to|attempted to|didn't manage to|had no luck)"
)
_NOW = r"(?:right now|at (?:the|this) (?:moment|time|present)|currently|at present|just now|for now|today|this moment)"
_SUBJECT = r"\b(?:i|we)"
_MOVES = (
    "transfer transferring transferred connect connecting connected escalate escalates escalating escalated "
    "escalation "
    "put "
    "putting hand handing handed handover handoff hand-over hand-off callback redirect redirecting redirected "
    "reroute "
    "patch "
    "patching switch switching through moving passing passed pass handed forwarded referred ring tier"
)
_PEOPLE = (
    "human humans person people agent agents advisor advisors adviser advisers representative representatives rep "
    "reps "
    "specialist specialists colleague colleagues teammate teammates team supervisor supervisors manager managers "
    "operator "
    "operators someone somebody nurse nurses doctor doctors clinician staff member members department desk support "
    "associate associates technician technicians consultant consultants expert experts coordinator pharmacist "
    "counsellor "
    "counselor officer handler dispatcher banker bankers planner care engineer engineers crew investigator midwife"
    " people "
    "folks senior superior boss reception tech techs looping someone'll somebody'll engineer's second-line helpdesk"
    " dept clinicians"
)
_CUES = f"{_MOVES} {_PEOPLE}"  # a clause without one of these speaks of no hand-off
_DENIALS = (
    "can't cannot not won't unable don't doesn't isn't aren't no never without couldn't wasn't weren't haven't "
    "hasn't "
    "didn't none "
    "nobody impossible nor needn't unnecessary instead rather avoid could failed failing tried attempted luck busy "
    "unavailable "
    "offline engaged occupied away tied any wouldn't there's"
)


def _rule(
    act: AgentAct | None,
    pattern: str,
    when: When = "always",
    state: SignalState | None = None,
    kind: Kind = "core",
    scope: Scope = "whole",
    cues: str = _CUES,
    needs: str = "",
) -> Rule:
    return rule_of(act, cues, pattern, when, kind, scope, needs=needs, state=state, marked=True)


_ABSENT = (
    r"(?:available|free|online|around|on duty|on shift|logged in|here|reachable|able to (?:take|join|help)"
    r"|to connect you)"
)
_FAILED = (
    rf"{_TRIED}{_NEAR}?(?:{MOVE}|{SPEAK}|(?:reach|get (?:hold of|through to|a hold of|hold|to)|find|contact|call"
    rf"|calling) {HUMAN})"
    rf"|{_NOT_ABLE}(?: (?:for me )?to)?{_NEAR}?(?:{MOVE}|{SPEAK}|reach {HUMAN})(?=.*\b{_NOW})"
    rf"|{_NOW},? .*{_NOT_ABLE}(?: to)? {MOVE}"
    rf"|\b(?:no|none of (?:the|our|my)) (?:[\w-]+ ){{0,3}}?{H} (?:\w+ ){{0,3}}?{_ABSENT}"
    rf"|\b(?:nobody|no one)(?: [\w']+){{0,5}}? {_ABSENT}"
    rf"|\b(?:all (?:of )?)?(?:our|the|my) (?:[\w-]+ ){{0,3}}?{H} (?:are|is) (?:all |currently |now |still |both )*"
    rf"(?:busy|unavailable|offline|engaged|occupied|tied up|away|assisting other|helping other|not (?:available"
    rf"|online"
    rf"|free))"
    rf"(?! (?:on|at (?:the )?week|after|outside|between|from))"
    rf"|(?:no answer|no reply|nobody (?:there|home|in|answered|picked up|picks up)|(?:isn't|is not|aren't|not)"
    rf" (?:picking up"
    rf"|answering)|rang out|went to voicemail)(?:.*\b{H}|$)(?<!$)|\b{H}(?:'s)? (?:\w+ )?(?:rang out|(?:isn't|is not"
    rf"|aren't)"
    rf" (?:picking up|answering)|(?:did not|didn't) (?:answer|pick up))|(?:lines|desks?) (?:are )?(?:all )?closed"
    rf"|no HUMAN can (?:take|talk|speak|join|help)"
    rf"|\b(?:transfer to {HUMAN}|transfer of your \w+|hand-?over|hand-?off|escalation)(?: [\w-]+){{0,6}}? (?:failed"
    rf"|(?:did not|didn't) (?:go"
    r"|work)|unsuccessful|not successful|timed out|could not be|couldn't be)"
)
_REFUSED = (
    rf"{_NOT_ABLE}(?:(?: for me| for us)? to)?(?: [\w']+){{0,4}}? (?:{MOVE}|{SPEAK})"
    r"|\b(?:do not|don't|does not|doesn't|cannot|can't|not|isn't|aren't|no) (?:(?:offer|have|provide|any|a|an|there"
    r"|currently)"
    r" )*(?:live |real )?(?:HUMAN|\w+ option)"
    rf"|(?:{MOVE}|{MOVING})[^,]* (?:is not|isn't|is never) (?:something|possible|an option|available|allowed"
    rf"|supported)"
)
_NEEDLESS = (
    r"(?:no need|need not|needn't|(?:do not|don't|doesn't|does not|won't|not) (?:really )?(?:need|require|have to"
    r"|necessary"
    r"|want to)|without|instead of|rather than|before having|avoid|in place of|(?:not|n't) necessary|no reason"
    r"|unnecessary|nor)(?: [\w']+){0,6}? "
    rf"(?:{MOVE}|{MOVING}|{MOVED}|{SPEAK}|(?:an?|any|the|our)? ?(?:[\w-]+ )?{H}|(?:speak|talk) to (?:anyone|anybody))"
)
_REPORTED = (
    r"(?<!as )\byou(?:'ve|'d| have| had)? (?:also |just |already |earlier |previously |first )*"
    r"(?:asked|requested|wondered|told|demanded|were told|wanted|said|wrote|mentioned)\b(?!.*\b(?:(?:so|now) (?:i|we"
    r"|let)|i'll (?:have|get|ask)|let me)\b)"
    r"|\b(?:told|promised|assured|informed|advised) (?:you|me|us)\b"
    r"|\b(?:customers?|HUMAN|travellers|patients) (?:often |sometimes |also |usually )?(?:ask|asks|say|want)\b"
)
_WEAK = (
    rf"\b(?:i|we|you|it|this|that|they|he|she) (?:may|might)(?: (?:then|also|still|have|need|want|wish|be"
    rf"|to)){{0,4}} "
    rf"(?:{MOVE}|{MOVED}|(?:transferred|connected|referred)|{SPEAK})"
)
_HURRY = (
    r"(?:now |just |already |also |currently |right now |immediately |gladly |then |hereby |gone ahead and |still )*"
)
_LEAD = (
    r"(?:(?:ok(?:ay)?|sure|alright|right|great|thanks|thank you|got it|understood|certainly|absolutely|no problem"
    r"|of course"
    r"|one moment|please (?:wait|hold|stand by|stay on the line)|hold (?:on|tight)|please|bear with me|now"
    r"|just)[,: ]+"
    r"(?:while )?)*"
)
_ARRIVES = (
    r"(?:(?:now |shortly |soon |then |just |also )*(?:take (?:over|it from here|this over|things from here"
    r"|care of you)"
    r"|taking over|be (?:right )?(?:with you|along)|join(?:ing)?\b|step(?:ping)? in|pick(?:ing)? (?:this|it|up)"
    r"|jump(?:ing)? in|assist you (?:shortly|now|from)|help you from here|continue (?:this|from|with)|handle (?:this"
    r"|it|your)"
    r"|(?:look|looking) after (?:you|this)|attend))"
)
_CALLS = (
    r"(?:\w+ ){0,2}?(?:call|contact|reach out|get back|get in touch|be in touch|phone|ring|e-?mail|mail|text|message"
    r"|write"
    r"|come back to you|drop you|be contacting|see to it|sort (?:this|it)"
    r"|follow up|reply|respond|speak|review (?:this|your|it) and (?:call|contact|get))\b"
)
_WILL = r"(?:'ll| will| shall| is going to| are going to| is to| should| can|'s going to)"
_INITIATED = (
    rf"{_SUBJECT}(?:'m| am|'re| are) (?!(?:not|unable)\b){_HURRY}{MOVING}"
    rf"|^{_LEAD}{_HURRY}{MOVING}(?!.*\b(?:beyond|not|isn't|out of the question|impossible)\b)"
    rf"|\b(?:while|as) (?:i|we) {MOVE}"
    rf"|^{_LEAD}MOVED(?! (?:by|to the \d))|^{_LEAD}PUT (?:to (?:[\w-]+ )?HUMAN )?now$|\b(?:i|we) have MOVE|^i MOVE\b"
    rf"|^{_LEAD}(?:transferring|connecting|MOVING)(?: (?:now|shortly|to {HUMAN}))?$"
    rf"|{_SUBJECT}(?:'ve|'d| have)? {_HURRY}{MOVED}"
)
_MOVED = (
    rf"\b{OBJECT}(?:'ve| have| has|'s|'re| are| is| was)(?: raised and has)? {_HURRY}(?:been|being"
    rf"|now with) {_HURRY}(?:transferred|connected"
    r"|MOVED|handed|put through|put in touch|redirected|rerouted|routed|forwarded|passed|assigned|referred|moved"
    r"|sent|an?\b|our\b|the\b)"
    rf"(?: (?:over|off|on|up|through|now|across)\b(?! (?:to|from) the (?:airport|hotel))|(?: \w+)? (?:to"
    rf"|with) {HUMAN}| {HUMAN}|$)"
)
_COMES = (
    rf"\b{FOLK}{_WILL} {_ARRIVES}"
    rf"|\b{FOLK} (?:is|are|has) (?:now )?(?:taking over|joining|on (?:the|their|his|her) way|with you"
    rf"|been (?:notified|alerted"
    r"|informed|briefed|assigned|paged)|taken over|stepping in|looking after you)"
)
_JOINED = (
    r"\b(?:he|she|they|who)(?:'ll| will) be (?:right )?with you|(?:joined|entered|joins|joining) (?:the|this|our"
    r"|your|us"
    r" in this) (?:chat|conversation|call|session)|(?:i'm|i am|is|are) (?:now )?taking over(?: here| this| the| your"
    r"| from|$)"
    r"|(?:is|are) (?:now )?(?:picking up|taking over|taking on|stepping into) (?:this|the|our|your) (?:chat|call"
    r"|conversation|session)\b"
    r"|i(?:'ll| will) (?:take (?:over|it from here)|be taking over)|hold (?:on |the line )?for (?:the|an?|our)"
    r" (?:[\w-]+ ){0,3}?HUMAN"
    r"|#?\d+ in (?:line|the queue|our queue)|(?:sits|lies|rests|is|are) (?:now )?with (?:an?|our|the) (?:[\w-]+"
    r" ){0,4}?HUMAN"
    r" ?(?:now|already|$)|\byou(?:'re| are) (?:now (?:chatting|speaking|talking|connected)|connected|(?:chatting"
    r"|speaking|talking)"
    r"(?= (?:to|with) (?:[\w-]+ ){0,3}?HUMAN)) (?:to|with) (?!.*\b(?:wi-?fi|internet"
    r"|network|router|app|vpn|ai|robot|machine|bot"
    r"|assistant)\b)"
    r"|\b(?:in|into) (?:the|our|a) (?:\w+ )?queue\b|\bnext in line\b|\bposition in (?:the )?(?:line|queue)"
    r"|place in line|\b\d+ in line\b|\bin line for (?:(?:an?|our) )?HUMAN"
)
_CAN = (
    r"\b(?:i|we)(?: can| could|'d be (?:happy|glad) to| would be (?:happy|glad) to|'m (?:happy|able|glad) to"
    r"| am (?:happy|able"
    r"|glad) to|'re able to| are able to| may be able to)(?! (?:not|also not)\b)"
)
_ASKS_BACK = r"^(?:have|has|had|did|were|was|when|who|which|what(?! about| if)|where|why)\b"
_OFFERED_ASK = (
    rf"(?<!before i )(?<!before we ){MOVE}|\bif (?:i|we) {MOVED}|\bcall[- ]?back\b|{SPEAK}|\b{FOLK} (?:to )?{_CALLS}"
    rf"|\b{FOLK} (?:to )?(?:take (?:a look|over)|help|assist|step in|join|handl\w+|look\w*|call\w*)"
    rf"|^(?:would you )?(?:need|want|prefer|fancy|like|rather have)(?: to (?:have|see))? (?:an?|another|our|one of"
    rf"|real|some) {HUMAN}"
    rf"|comfortable with {HUMAN}|bring (?:him|her|them) (?:in|into|on|over|along)\b"
)
_OFFERED = (
    rf"{_CAN}(?: [\w']+){{0,4}}? {MOVE}"
    rf"|\b(?:option|choice|choose|happy|glad|possible|free|welcome|offer) (?:is "
    rf"|of )?(?:to )?(?:\w+ ){{0,2}}?(?:{MOVE}|{MOVING}|{SPEAK})"
    rf"|\blet me know\b.*(?:{MOVE}|{SPEAK}|transferred|connected|escalated)|\bjust (?:ask|say)\b.*{MOVE}"
    rf"|^(?:\d+\W{{0,2}} ?)?(?:chat|speak|talk|message)? ?SPEAK$|(?:\d[.):=]?|option|=) (?:to )?SPEAK"
    rf"|welcome to (?:\w+ ){{0,3}}?(?:with|to) {HUMAN}|you (?:may|can|could|might) (?:also |always )?ask for {HUMAN}"
    rf"|\bsay the word\b.*{MOVE}|\byou can (?:also |always )?(?:SPEAK|(?:ask|request)"
    rf" (?:for {HUMAN}|to {SPEAK}|{HUMAN}))"
)
_COMMAND = (
    r"\b(?:type|reply|say|press|enter|text|tap|click|select|choose|write|send"
    r"|hit)\b(?: on)? ['\"]?[\w ]{1,24}?['\"]? "
    rf"(?:at any time |whenever )?(?:to|for|if|and|whenever)\b.*?(?:{SPEAK}|{H}|{MOVE})"
    rf"|^(?:for|to reach) {HUMAN},? (?:just |please )?(?:type|reply|say|press|enter|text|tap|dial|select)"
    rf"|^say ['\"]?HUMAN|^(?:text|type) ['\"]?(?:HUMAN|agent)"
    rf"|\bto {SPEAK},? (?:just |please )?(?:type|reply|say|press|enter|text"
    rf"|tap|select)"
)
_SELF_SERVICE = (
    r"(?:^|(?<=, )|please |can |could |should |to |or |by |need to |recommend |suggest )(?:call|dial|phone|ring|visit"
    r"|e-?mail|calling"
    r"|phoning|contact|contacting|visiting|go to|speak|speaking|talk|see|ask)(?: (?:to|with))? "
    r"(?:(?:us|our|the|your|an?|in|at|HUMAN|SOMEONE|customer)\b|\+?\(?\d)"
)
_PROMISED = (
    rf"{_SUBJECT}(?:'ll| will|'m going to| am going to|'re going to| are going to|'d like to| would like to| need to"
    rf"| have to"
    rf"|'ll need to|'m about to| am about to| must| shall| want to|'m gonna)(?! (?:not"
    rf"|never)\b)(?: [\w']+){{0,3}}? {MOVE}"
    rf"|\b(?:let(?:'s| me| us)|allow me to|(?<!not )going to|gonna|time to|best (?:if i"
    rf"|to))(?: [\w']+){{0,3}}? {MOVE}"
    rf"|^{_LEAD}(?:will|gonna) (?:\w+ )?{MOVE}|^{_LEAD}(?:MOVE\b|transfer(?: (?:you|now|please))?$"
    rf"|transfer to {HUMAN})|\bwill be MOVED\b"
    rf"|^{_LEAD}MOVING"
)
_TO_BE_MOVED = (
    r"\byou(?:'ll| will)(?: (?:now|shortly|soon|then))* be (?:now |shortly )?(?:transferred|connected|put through"
    r"|put in touch"
    rf"|redirected|contacted|called(?: back)?)(?: (?:back|over|through))?(?: (?:to|with|by) {HUMAN}|(?: \w+)?$)"
    rf"|\b{OBJECT}(?:'ll| will)(?: (?:now|shortly))* be (?:transferred|MOVED|handed|passed|forwarded|assigned"
    rf"|reviewed"
    rf"|looked at|picked up|taken over)(?: \w+)? (?:to|by) {HUMAN}"
)
_FOLK_CALLS = (
    rf"\b{FOLK}{_WILL} {_CALLS}(?! (?:at (?:the|your) (?:property|house|door)|your (?:group|name|row)))"
    r"|\byou(?:'ll| will) (?:receive|get|have) a (?:call|call[- ]?back|phone call) (?:back )?(?:from|by|within)"
    r"|\bexpect a call\b"
)
_WILL_WORDS = "will i'll we'll you'll they'll it'll he'll she'll is are can should has have"

HANDOFFS = (
    _rule("notify_failure", _FAILED, state="failed", needs=_DENIALS, cues=f"{_CUES} nobody one"),
    _rule(None, _NEEDLESS, "statement", kind="guard", needs=_DENIALS),
    _rule("refuse", _REFUSED, needs=_DENIALS),
    *BYSTANDERS,
    *ERRANDS,
    *DENIED,
    *MENTIONS,
    _rule(
        "handoff",
        rf"\bbefore (?:i|we) (?:can )?{MOVE}|\bso (?:that )?(?:i|we) can {MOVE}",
        state="promised",
        kind="aside",
        needs="before so",
    ),
    _rule(
        None,
        _REPORTED,
        "statement",
        kind="guard",
        needs="asked requested wondered told demanded wanted said wrote mentioned promised assured informed advised "
        "ask asks say want",
    ),
    _rule(None, _WEAK, "statement", kind="guard", needs="may might"),
    _rule(
        "handoff",
        _JOINED,
        "statement",
        "initiated",
        cues="queue joined entered next line position place chatting speaking talking connected he'll she'll they'll "
        "he she they who joins joining picking stepping taking over hold sits lies rests with take",
    ),
    _rule(
        "handoff",
        _INITIATED,
        "statement",
        "initiated",
        needs="i'm am i've we've i we we're transferring connecting escalating putting handing passing forwarding "
        "redirecting switching "
        "getting bringing asking patching looping calling assigning routing moving passed handed forwarded escalated"
        " moved "
        "escalate connect",
    ),
    _rule("handoff", _MOVED, "statement", "initiated", needs="been being with", scope="main"),
    _rule("handoff", _COMES, "statement", "initiated", cues=_PEOPLE, needs=_WILL_WORDS, scope="main"),
    _rule(None, _ASKS_BACK, "question", kind="guard", needs="have has had did were was when who which what where why"),
    _rule("offer_handoff", _OFFERED_ASK, "question", "offered", cues=f"{_CUES} bring"),
    _rule(
        "offer_handoff",
        _OFFERED,
        "statement",
        "offered",
        needs="can could happy able glad may might option choice choose possible free welcome "
        "offer let know ask say word "
        "request speak talk chat discuss",
    ),
    _rule("offer_handoff", _PROMISED, "conditional", "offered"),
    _rule(
        "handoff",
        _PROMISED,
        "statement",
        "promised",
        needs="i'll we'll i we will let let's going i'd allow gonna time best i'm escalate transfer getting",
    ),
    _rule("handoff", _TO_BE_MOVED, "statement", "promised", needs="will you'll it'll"),
    _rule("handoff", _FOLK_CALLS, "statement", "promised", needs=_WILL_WORDS, cues=f"{_PEOPLE} call callback"),
    _rule(
        "offer_handoff",
        _COMMAND,
        "statement",
        "offered",
        needs="type reply say press enter text tap click select choose write send hit to dial",
    ),
    _rule(
        None,
        _SELF_SERVICE,
        "statement",
        kind="guard",
        needs="call dial phone ring visit email e-mail contact go speak talk see ask calling",
    ),
    _rule("offer_handoff", SPEAK, "conditional", "offered"),
)
