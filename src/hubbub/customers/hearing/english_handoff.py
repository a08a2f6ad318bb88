"""How English speaks of handing a customer to a human: denied, tried in vain, offered, promised, begun."""

from hubbub.customers.hearing.english_rules import rule_of
from hubbub.customers.hearing.lexicon import Kind, Rule, Scope, When
from hubbub.model import AgentAct, SignalState

_NOUN = (
    r"(?:humans?|persons?|people|agents?|representatives?|reps?|advis[eo]rs?|specialists?|colleagues?|teammates?"
    r"|supervisors?|managers?|operators?|associates?|experts?|technicians?|consultants?|coordinators?|co-ordinators?"
    r"|nurses?|doctors?|clinicians?|pharmacists?|counsell?ors?|bankers?|members?|staff|someone|somebody|team|department"
    r"|desk|support|customer (?:care|services?|relations)|teller|planners?|dispatch(?:er)?|officers?|handlers?)"
)
_HUMAN = rf"(?:(?!(?:virtual|ai|automated|digital|if|and|but|that|by|from)\b)[\w'/&-]+ ){{0,6}}?{_NOUN}\b(?!')"
_FOLK = (  # someone who acts: takes over, calls back
    rf"(?:(?:(?:an?|the|our|one of|my|another|some|your)(?: (?!can\b|will\b)[\w'/&-]+){{0,4}} )?{_NOUN}"
    r"(?: (?:from|of|in|on) (?:(?:the|our|that|my|your) )?(?:[\w'&-]+ ){0,3}[\w'&-]+)?|someone else)"
)
_CASE = (
    r"(?:case|request|call|chat|issue|question|ticket|query|enquiry|inquiry|complaint|conversation|details?|claim"
    r"|matter|concern|problem|file|report|message|dispute|situation|session)"
)
_OBJ = rf"(?:you|this|it|that|things|everything|them|(?:your|the|our|this|that)(?: [\w-]+){{0,2}}? {_CASE}s?)"
_ME = rf"(?:you|(?:your|the|our|this) (?:call|chat|conversation|session|case|request|{_CASE}))"
_ALONG = r"(?: (?:straight|right|directly|over|through|on|along|back|up|off|across|now|all|and all the details))*"
_NOT_PEOPLE = (
    r"(?! (?:an? |the |your |our |any )?(?:money|funds|balance|payment|amount|\$|£|€|\d|link|e-?mail|refund|code|label"
    r"|copy|confirmation|text|reminder))"
    r"(?!(?: \w+)? (?:to|with|from|between|onto|into) (?:the |our |your |a |an |my )?(?:[\w-]+ )?(?:internet|wi-?fi"
    r"|network"
    r"|hotel|terminal|airport|flight|website|site|page|app|link|form|plan|account|portal|router|outlet|next step|faq"
    r"|article|savings|tariff|gate|menu))"
)


def _moving(transfer: str, end: str) -> str:
    """Ways of moving someone to a human. `transfer` picks the form; `end` is the ending of regular verbs in it."""
    e = {"": "e", "ing": "ing", "ed": "ed"}[end]
    put, get, bring, have, hand, let = {
        "": ("put", "get", "bring", "have", "hand", "let"),
        "ing": ("putting", "getting", "bringing", "having", "handing", "letting"),
        "ed": ("put", "(?:got|gotten)", "brought", "had", "handed", "let"),
    }[end]
    double = {"": "", "ing": "r", "ed": "r"}[end]
    refer = rf"refer{double}{end}"
    moved = rf"(?:forward{end}|assign{end}|rais{e}|submit{'t' if end else ''}{end}|direct{end}|{refer}|pass{end}|"
    moved += rf"{'sent' if end == 'ed' else 'send' + end}|{hand}|rout{e}|report{end}|flag{'g' if end else ''}{end})"
    return (
        rf"(?:(?:{transfer}|connect{end}|rerout{e}|re-rout{e}|redirect{end}|patch{end}|switch{end})"
        rf" {_ME}{_NOT_PEOPLE}\b"
        rf"|(?:{transfer}|connect{end}|redirect{end}|rout{e}) {_OBJ}{_ALONG} (?:to|with) {_HUMAN}"
        rf"|escalat{e}\b"
        rf"|{put} {_ME}{_ALONG} (?:through|in touch|in contact|on (?:to|with))\b(?! to the (?:website|app))"
        rf"|{put} {_ME} in (?:the|a) (?:\w+ )?queue"
        rf"|{hand} {_OBJ}{_ALONG}? ?(?:over|off|up)\b"
        rf"|{moved} {_OBJ}{_ALONG} (?:to|with|for) {_HUMAN}"
        rf"|{moved} {_OBJ} (?:over|up)\b(?! (?:the|by|to \d))"
        rf"|{get} (?:you |hold of )?(?:over |through |across )?(?:to )?(?:a|an|one of|someone|another|our|my"
        rf"|the){_SPACE_HUMAN}"
        rf"|{get} {_ME}{_ALONG} to {_HUMAN}"
        rf"|(?:{bring}|loop{end}|pull{end}|call{end}|invit{e}) in (?:an?|the|our|one|someone|my|another){_SPACE_HUMAN}"
        rf"|{bring} {_HUMAN} (?:in|into|on)\b"
        rf"|(?:{have}|ask{end}|arrang{e}(?: for)?|request{end}|{get}|alert{end}) (?:that )?{_FOLK} (?:to )?"
        rf"(?:\w+ )?(?:contact|call|give you a (?:call|ring)|reach|e-?mail|help you|assist|take|join|step in|look"
        rf"|get in touch|get back|review"
        rf"|phone"
        r"|ring|follow up|continue|handle|speak|talk|text|message|sort|who)"
        rf"|(?:arrang{e}|schedul{e}|request{end}|organis{e}|set up|book{end}) (?:you )?(?:an? |the )?"
        rf"(?:call[- ]?back|(?:phone )?call (?:back )?(?:from|with) {_HUMAN})"
        rf"|(?:find|finding|found|fetch{end}) (?:you )?(?:a|an|someone|another|one of){_SPACE_HUMAN}"
        rf"|{let} {_FOLK} (?:take|handle|deal)"
        rf"|(?:open|creat|log|rais|fil)(?:{end}|{e}|g{end}) (?:an?|the) (?:\w+ )?(?:ticket|case|escalation) (?:with|to"
        rf"|for) {_HUMAN}"
        rf"|(?:start|initiat|arrang|mak)(?:{end}|{e}) (?:the |a |your )?(?:hand-?over|handoff|hand-off|transfer) (?:to"
        rf"|with) {_HUMAN}"
        r")"
    )


_SPACE_HUMAN = rf"(?:(?: (?!(?:virtual|ai|automated)\b)[\w'/&-]+){{0,5}}? {_NOUN}\b(?!')|(?<=someone)\b)"
_BASE, _ING, _ED = _moving("transfer", ""), _moving("transferring", "ing"), _moving("transferred", "ed")
_SPEAK = (
    rf"(?:(?:speak|talk|chat|connect|be (?:connected|transferred)|be put through|get in touch)(?:ing)?"
    rf"(?: (?:directly|live|instead))? (?:to|with) {_HUMAN}"
    rf"|(?:reach|request|ask for|contact|prefer|want|like) (?:an?|our|some|another) (?:[\w-]+ ){{0,3}}?{_NOUN}\b)"
)
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
    "transfer transferring transferred connect connecting connected escalate escalates escalating escalated escalation "
    "put "
    "putting hand handing handed handover handoff hand-over hand-off callback redirect redirecting redirected reroute "
    "patch "
    "patching switch switching through"
)
_PEOPLE = (
    "human humans person people agent agents advisor advisors adviser advisers representative representatives rep reps "
    "specialist specialists colleague colleagues teammate teammates team supervisor supervisors manager managers "
    "operator "
    "operators someone somebody nurse nurses doctor doctors clinician staff member members department desk support "
    "associate associates technician technicians consultant consultants expert experts coordinator pharmacist "
    "counsellor "
    "counselor officer handler dispatcher banker planner care"
)
_CUES = f"{_MOVES} {_PEOPLE}"  # a clause without one of these speaks of no hand-off
_DENIALS = (
    "can't cannot not won't unable don't doesn't isn't aren't no never without couldn't wasn't weren't haven't hasn't "
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
    return rule_of(act, cues, pattern, when, kind, scope, needs=needs, state=state)


_ABSENT = (
    r"(?:available|free|online|around|on duty|on shift|logged in|here|reachable|able to (?:take|join|help)"
    r"|to connect you)"
)
_FAILED = (
    rf"{_TRIED}{_NEAR}?(?:{_BASE}|(?:reach|get (?:hold of|through to|a hold of|hold|to)|find|contact|call"
    rf"|calling) {_HUMAN})"
    rf"|{_NOT_ABLE}(?: (?:for me )?to)?{_NEAR}?(?:{_BASE}|{_SPEAK}|reach {_HUMAN})(?=.*\b{_NOW})"
    rf"|{_NOW},? .*{_NOT_ABLE}(?: to)? {_BASE}"
    rf"|\b(?:no|none of (?:the|our|my)) (?:[\w-]+ ){{0,3}}?{_NOUN} (?:\w+ ){{0,3}}?{_ABSENT}"
    rf"|\b(?:nobody|no one)(?: [\w']+){{0,5}}? {_ABSENT}"
    rf"|\b(?:all (?:of )?)?(?:our|the|my) (?:[\w-]+ ){{0,3}}?{_NOUN} (?:are|is) (?:all |currently |now |still |both )*"
    rf"(?:busy|unavailable|offline|engaged|occupied|tied up|away|assisting other|helping other|not (?:available|online"
    rf"|free))"
    rf"(?! (?:on|at (?:the )?week|after|outside|between|from))"
    rf"|\b(?:transfer to {_HUMAN}|transfer of your \w+|hand-?over|hand-?off|escalation)(?: [\w-]+){{0,6}}? (?:failed"
    rf"|(?:did not|didn't) (?:go"
    r"|work)|unsuccessful|not successful|timed out|could not be|couldn't be)"
)
_REFUSED = (
    rf"{_NOT_ABLE}(?:(?: for me| for us)? to)?(?: [\w']+){{0,4}}? (?:{_BASE}|{_SPEAK})"
    r"|\b(?:do not|don't|does not|doesn't|cannot|can't|not|isn't|aren't|no) (?:(?:offer|have|provide|any|a|an|there"
    r"|currently)"
    r" )*(?:live|human|real)(?:[ -][\w]+)? ?(?:agents?|support|representatives?|staff|people|persons?|advis[eo]rs?"
    r"|option)"
    rf"|(?:{_BASE}|{_ING})[^,]* (?:is not|isn't|is never) (?:something|possible|an option|available|allowed|supported)"
)
_NEEDLESS = (
    r"(?:no need|need not|needn't|(?:do not|don't|doesn't|does not|won't|not) (?:really )?(?:need|require|have to"
    r"|necessary"
    r"|want to)|without|instead of|rather than|before having|avoid|in place of|(?:not|n't) necessary|no reason"
    r"|unnecessary|nor)(?: [\w']+){0,6}? "
    rf"(?:{_BASE}|{_ING}|{_ED}|{_SPEAK}|(?:an?|any|the|our)? ?(?:[\w-]+ )?{_NOUN}|(?:speak|talk) to (?:anyone|anybody))"
)
_REPORTED = (
    r"\byou(?:'ve|'d| have| had)? (?:also |just |already |earlier |previously |first )*"
    r"(?:asked|requested|wondered|told|demanded|were told|wanted|said|wrote|mentioned)\b(?!.*\b(?:so|now) (?:i|we"
    r"|let)\b)"
    r"|\b(?:told|promised|assured|informed|advised) (?:you|me|us)\b"
    r"|\b(?:customers?|people|travellers|patients|members) (?:\w+ )?(?:ask|asks|say|want)\b"
)
_WEAK = (
    rf"\b(?:i|we|you|it|this|that|they|he|she) (?:may|might)(?: (?:then|also|still|have|need|want|wish|be|to)){{0,4}} "
    rf"(?:{_BASE}|{_ED}|(?:transferred|connected|referred)|{_SPEAK})"
)
_HURRY = (
    r"(?:now |just |already |also |currently |right now |immediately |gladly |then |hereby |gone ahead and |still )*"
)
_LEAD = (
    r"(?:(?:ok(?:ay)?|sure|alright|right|great|thanks|thank you|got it|understood|certainly|absolutely|no problem"
    r"|of course"
    r"|one moment|please (?:wait|hold|stand by|stay on the line)|hold (?:on|tight)|please|bear with me|now|just)[,: ]+"
    r"(?:while )?)*"
)
_ARRIVES = (
    r"(?:(?:now |shortly |soon |then |just |also )*(?:take (?:over|it from here|this over|things from here|care of you)"
    r"|taking over|be (?:right )?(?:with you|along)|join(?:ing)?\b|step(?:ping)? in|pick(?:ing)? (?:this|it|up)"
    r"|jump(?:ing)? in|assist you (?:shortly|now|from)|help you from here|continue (?:this|from|with)|handle (?:this"
    r"|it|your)"
    r"|(?:look|looking) after (?:you|this)|attend))"
)
_CALLS = (
    r"(?:\w+ ){0,2}?(?:call|contact|reach out|get back|get in touch|be in touch|phone|ring|e-?mail|text|message|write"
    r"|follow up|reply|respond|speak|review (?:this|your|it) and (?:call|contact|get))\b"
)
_WILL = r"(?:'ll| will| is going to| are going to| should| can|'s going to)"
_INITIATED = (
    rf"{_SUBJECT}(?:'m| am|'re| are) (?!(?:not|unable)\b){_HURRY}{_ING}"
    rf"|^{_LEAD}{_HURRY}{_ING}|\b(?:while|as) (?:i|we) {_BASE}"
    rf"|^{_LEAD}(?:transferring|connecting|escalating)(?: (?:now|shortly|to {_HUMAN}))?$"
    rf"|{_SUBJECT}(?:'ve|'d| have)? {_HURRY}{_ED}"
)
_MOVED = (
    rf"\b{_OBJ}(?:'ve| have| has|'s|'re| are| is| was)(?: raised and has)? {_HURRY}(?:been|being"
    rf"|now with) {_HURRY}(?:transferred|connected"
    r"|escalated|handed|put through|put in touch|redirected|rerouted|routed|forwarded|passed|assigned|referred|moved"
    r"|sent|an?\b|our\b|the\b)"
    rf"(?: (?:over|off|on|up|through|now|across)\b(?! (?:to|from) the (?:airport|hotel))|(?: \w+)? (?:to"
    rf"|with) {_HUMAN}| {_HUMAN}|$)"
)
_COMES = (
    rf"\b{_FOLK}{_WILL} {_ARRIVES}"
    rf"|\b{_FOLK} (?:is|are|has) (?:now )?(?:taking over|joining|on (?:the|their|his|her) way|with you"
    rf"|been (?:notified|alerted"
    r"|assigned|paged)|taken over|stepping in|looking after you)"
)
_JOINED = (
    r"\b(?:he|she|they|who)(?:'ll| will) be (?:right )?with you|\b(?:has|have) (?:now |just )?(?:joined"
    r"|entered) (?:the|this|our|your) (?:chat"
    r"|conversation|call)|\byou(?:'re| are) (?:now )?(?:chatting|speaking|talking|connected) (?:to"
    r"|with) (?!.*\b(?:wi-?fi|internet"
    r"|network|router|app|vpn|bot"
    r"|assistant)\b)"
    r"|\b(?:in|into) (?:the|our|a) (?:\w+ )?queue\b|\bnext in line\b|\bposition in (?:the )?(?:line|queue)"
    r"|place in line|\b\d+ in line\b"
)
_CAN = (
    r"\b(?:i|we)(?: can| could|'d be (?:happy|glad) to| would be (?:happy|glad) to|'m (?:happy|able|glad) to"
    r"| am (?:happy|able"
    r"|glad) to|'re able to| are able to| may be able to)(?! (?:not|also not)\b)"
)
_ASKS_BACK = r"^(?:have|has|had|did|were|was|when|who|which|what(?! about| if)|where|why)\b"
_OFFERED_ASK = (
    rf"(?<!before i )(?<!before we ){_BASE}|\bif (?:i|we) {_ED}|\bcall[- ]?back\b|{_SPEAK}|\b{_FOLK} (?:to )?{_CALLS}"
    rf"|\b{_FOLK} (?:to )?(?:take (?:a look|over)|help|assist|step in|join)"
)
_OFFERED = (
    rf"{_CAN}(?: [\w']+){{0,4}}? {_BASE}"
    rf"|\b(?:option|choice|choose|happy|glad|possible|free|welcome|offer) (?:is "
    rf"|of )?(?:to )?(?:\w+ ){{0,2}}?(?:{_BASE}|{_ING}|{_SPEAK})"
    rf"|\blet me know\b.*(?:{_BASE}|{_SPEAK}|transferred|connected|escalated)|\bjust (?:ask|say)\b.*{_BASE}"
    rf"|\bsay the word\b.*{_BASE}|\byou can (?:also |always )?(?:ask|request) (?:for |to (?:speak|talk) (?:to"
    rf"|with) )?{_HUMAN}"
)
_COMMAND = (
    r"\b(?:type|reply|say|press|enter|text|tap|click|select|choose|write|send|hit)\b(?: on)? ['\"]?[\w ]{1,24}?['\"]? "
    rf"(?:at any time )?(?:to|for|if|and)\b.*?(?:{_SPEAK}|agent|human|person|operator|representative|advis[eo]r"
    rf"|someone|{_BASE})"
    rf"|\bto (?:speak|talk|chat|connect) (?:to|with) {_HUMAN},? (?:just |please )?(?:type|reply|say|press|enter|text"
    rf"|tap|select)"
)
_SELF_SERVICE = (
    r"(?:^|(?<=, )|please |can |could |should |to |or |by |need to |recommend |suggest )(?:call|dial|phone|ring|visit"
    r"|e-?mail|calling"
    r"|phoning|contact|contacting|visiting|go to|speak|speaking|talk|see|ask)(?: (?:to|with))? "
    r"(?:us|our|the|your|a|an|\+?\(?\d|in|at|support|customer)"
)
_PROMISED = (
    rf"{_SUBJECT}(?:'ll| will|'m going to| am going to|'re going to| are going to|'d like to| would like to| need to"
    rf"| have to"
    rf"|'ll need to|'m about to| am about to| must| shall| want to|'m gonna)(?! (?:not"
    rf"|never)\b)(?: [\w']+){{0,3}}? {_BASE}"
    rf"|\b(?:let(?:'s| me| us)|allow me to|going to|gonna|time to|best (?:if i|to))(?: [\w']+){{0,3}}? {_BASE}"
    rf"|^{_LEAD}(?:will|gonna) (?:\w+ )?{_BASE}|^{_LEAD}(?:escalate|transfer) (?:you|this)\b|\bwill be escalated\b"
    rf"|^{_LEAD}getting (?:you )?(?:an?|one of) {_HUMAN}"
)
_TO_BE_MOVED = (
    r"\byou(?:'ll| will)(?: (?:now|shortly|soon|then))* be (?:now |shortly )?(?:transferred|connected|put through"
    r"|put in touch"
    rf"|redirected|contacted|called(?: back)?)(?: (?:back|over|through))?(?: (?:to|with|by) {_HUMAN}|(?: \w+)?$)"
    rf"|\b{_OBJ}(?:'ll| will)(?: (?:now|shortly))* be (?:transferred|escalated|handed|passed|forwarded|assigned"
    rf"|reviewed"
    rf"|looked at|picked up|taken over)(?: \w+)? (?:to|by) {_HUMAN}"
)
_FOLK_CALLS = (
    rf"\b{_FOLK}{_WILL} {_CALLS}(?! (?:at (?:the|your) (?:property|house|door)|your (?:group|name|row)))"
    r"|\byou(?:'ll| will) (?:receive|get|have) a (?:call|call[- ]?back|phone call) (?:back )?(?:from|by|within)"
    r"|\bexpect a call\b"
)
_WILL_WORDS = "will i'll we'll you'll they'll it'll he'll she'll is are can should has have"

HANDOFFS = (
    _rule("notify_failure", _FAILED, state="failed", needs=_DENIALS, cues=f"{_CUES} nobody one"),
    _rule(None, _NEEDLESS, "statement", kind="guard", needs=_DENIALS),
    _rule("refuse", _REFUSED, needs=_DENIALS),
    _rule(
        "handoff",
        rf"\bbefore (?:i|we) (?:can )?{_BASE}|\bso (?:that )?(?:i|we) can {_BASE}",
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
        "he she they who",
    ),
    _rule(
        "handoff",
        _INITIATED,
        "statement",
        "initiated",
        needs="i'm am i've we've i we we're transferring connecting escalating putting handing passing forwarding "
        "redirecting switching "
        "getting bringing asking patching looping calling assigning routing",
    ),
    _rule("handoff", _MOVED, "statement", "initiated", needs="been being with", scope="main"),
    _rule("handoff", _COMES, "statement", "initiated", cues=_PEOPLE, needs=_WILL_WORDS, scope="main"),
    _rule(None, _ASKS_BACK, "question", kind="guard", needs="have has had did were was when who which what where why"),
    _rule("offer_handoff", _OFFERED_ASK, "question", "offered"),
    _rule(
        "offer_handoff",
        _OFFERED,
        "statement",
        "offered",
        needs="can could happy able glad may option choice choose possible free welcome offer let know ask say word "
        "request",
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
        needs="type reply say press enter text tap click select choose write send hit to",
    ),
    _rule(
        None,
        _SELF_SERVICE,
        "statement",
        kind="guard",
        needs="call dial phone ring visit email e-mail contact go speak talk see ask calling",
    ),
    _rule("offer_handoff", _SPEAK, "conditional", "offered"),
)
