"""The words by which a matter is beyond what the agent may or can do by itself, and those that only look like it."""

from hubbub.reference_agent.reading import word_set
from hubbub.reference_agent.reasons import FRAUD, REGULATED, REQUEST, SAFETY, VULNERABLE, Rule, any_way

_TONGUES = (
    r"(?:spanish|polish|arabic|turkish|ukrainian|portuguese|urdu|punjabi|hindi|bengali|chinese|mandarin|cantonese|"
    r"russian|romanian|vietnamese|somali|french|german|italian|greek|tagalog|welsh)\b"
)
_SITE = r"(?:website|web ?site|site|app|form|page|portal|checkout|system|online account)"

LANGUAGE = Rule(
    "language",
    word_set("polish spanish english language speak speaks spoken translate translator interpreter understand explain"),
    any_way(
        r"english (?:is |it's |it is )?(?:really |very |so )?(?:not (?:so |very )?(?:good|well|great)|bad|"
        r"poor|weak)\b",
        r"(?:not|don't|dont|no|hardly|barely) (?:\w+ )?(?:understand|speak|read|write|explain) (?:\w+ "
        r"){0,3}english\b",
        r"(?:understand|speak|read|write|explain) (?:\w+ )?english (?:\w+ )?(?:little|bad|badly|poorly)\b",
        r"english (?:\w+ )?(?:not|never) (?:so |very )?(?:good|well)\b",
        r"speaks? (?:\w+ )?no english\b",
        rf"(?:call|someone|somebody|anyone|person|has to be|explain\w*) (?:\w+ ){{0,2}}(?:in|for) {_TONGUES}",
        r"(?:difficult|hard|too much) (?:for me )?in english\b",
        r"(?:speaks?|speaking) my (?:own )?language\b",
        r"(?:doesn't|does not|can't|cannot) (?:\w+ )?(?:understand|speak|read|write) (?:\w+ )?english\b",
        rf"(?:speaks?|speaking|in) (?:only )?(?:my (?:own )?language\b|{_TONGUES})",
        r"(?:an? |need |with )(?:interpreter|translator)\b",
    ),
    any_way(
        r"my english is (?:good|fine|ok|okay|all right)",
        rf"(?:i|we) (?:also |can |could )*speak (?:english|{_TONGUES})(?! (?:\w+ )?(?:little|bad|badly|poorly))",
        rf"(?:book|course|film|movie|game|manual|instructions|leaflet|menu|edition|version) (?:\w+ )?in {_TONGUES}",
        r"(?:don't|dont|do not|no) need an? (?:interpreter|translator)",
    ),
)
VIP = Rule(
    "vip",
    word_set(
        "vip platinum gold diamond elite premium private personal dedicated fortune years account advisor adviser"
    ),
    any_way(
        r"(?:vip|platinum|gold|diamond|elite|premium|private) (?:customer|client|member|status|card ?holder)",
        r"(?:personal|dedicated|own|named|key) (?:account manager|adviser|advisor|banker|contact person)",
        r"spend (?:(?:a )?(?:small )?fortune|thousands|so much|a lot)\b",
    ),
    any_way(
        r"(?:not|no|isn't|never been|without|don't have|do not have|haven't) (?:an? |any )?"
        r"(?:vip|platinum|gold|premium|elite|private)",
        r"only (?:the )?(?:vip|platinum|gold|diamond|elite|premium)",
        r"(?:become|upgrade to|apply for|how .{0,20} get) (?:an? )?(?:vip|platinum|gold|diamond|elite|premium)",
        r"(?:platinum|gold|diamond|premium) (?:ring|necklace|plan|tariff|paint|colou?r)",
    ),
)
TOOL_OUTAGE = Rule(
    "tool_outage",
    word_set("error errors crash crashes crashed crashing website site app form page portal system checkout manually"),
    any_way(
        rf"{_SITE}\b.{{0,24}}\b(?:error|errors|crash\w*|freezes|frozen|is down|are down|broken)\b",
        rf"{_SITE}\b.{{0,12}}\b(?:won't|wont|doesn't|doesnt|not) (?:\w+ )?(?:load|open|work|go through)",
        r"(?:technical|system|server|internal) error\b",
        r"(?:do|done|enter|entered) (?:it |this |that )?(?:manually|by hand)\b",
    ),
    any_way(
        r"(?:works?|working|fine|back|ok|okay|up) (?:now|again|by now)\b",
        r"(?:not|no|without|isn't|never) (?:an? |any )?(?:technical |system |single )?(?:error|crash)",
        r"(?:was|were) (?:down|broken|slow) (?:yesterday|last|before|on)",
    ),
)
OUT_OF_SCOPE = Rule(
    "out_of_scope",
    word_set(
        "bot topics journalist reporter newspaper partnership partner partners sponsorship business deal "
        "job vacancy odd "
        "unusual office list menu options"
    ),
    any_way(
        r"(?:i'm|im|i am|for|with|from) (?:an? |the )?(?:journalist|reporter|newspaper|radio station)\b",
        r"(?:business|partnership|sponsorship|advertising) (?:deal|proposal|offer|enquiry|inquiry)\b",
        r"(?:about|apply for|interested in) (?:an? |the )?(?:job|vacancy)\b",
        r"(?:odd|unusual|strange) (?:request|question|one)\b",
        r"back office\b",
        r"fits none of\b",
        r"(?:don't think|dont think|doubt) (?:that )?(?:an? |the )?(?:chat)?bot can\b",
        r"(?:business|become an? (?:\w+ )?|a) partner(?:s|ship)?\b",
        r"partnership\b",
        r"(?:not on|none of) (?:your |the )?(?:\w+ )?(?:list|topics|menu|options)\b",
    ),
    any_way(
        r"(?:lost|lose|losing|left|start\w*|new|my) (?:my |a |the |his |her )*job\b",
        r"(?:nothing|not) (?:odd|unusual|strange)\b",
        r"(?:good|great|nice) job\b",
    ),
)
POLICY_GAP = Rule(
    "policy_gap",
    word_set(
        "exception exceptions rules rule policy terms unusual special case deadline period window over passed days "
        "abroad"
    ),
    any_way(
        r"(?:make|need|want|ask(?:ing)? for|be|grant) (?:an? )?exception\b",
        r"is (?:an? |any )?exception possible\b",
        r"(?:outside|beyond|against|not in) (?:the |your )?(?:usual )?(?:rules?|policy|terms|deadline)\b",
        r"(?:rules|policy|terms) (?:don't|dont|doesn't|doesnt|do not|does not) (?:cover|mention|allow)",
        r"(?:unusual|special|exceptional) case\b",
        r"(?:days|window|period|deadline) (?:is|are|has|have) (?:already )?(?:over|passed|gone|expired)\b",
        r"(?:past|after) (?:the |your )?(?:return (?:window|period|time)|deadline)\b",
        r"more than (?:\d+|thirty|fourteen) days\b",
        r"(?:abroad|away|in hospital) when (?:the |your )?(?:deadline|letter|bill)\b",
        r"(?:missed|miss) (?:the |my |your )?(?:\w+ )?deadline\b",
        r"deadline (?:came|fell|was) (?:in|while|when)\b",
    ),
    any_way(
        r"(?:not|isn't|aren't|hasn't|no) (?:\w+ )?(?:over|passed|gone|expired|an? exception|unusual|special)\b",
        r"(?:not|no|isn't) more than",
        r"(?:no|without|not need|don't need|dont need) (?:an? )?exception",
        r"(?:within|inside|well in|still in) (?:the|your)\b",
    ),
)
STUCK = Rule(
    "no_progress",
    word_set("third fourth fifth sixth times time around nobody weeks days same answer"),
    any_way(
        r"(?:third|fourth|fifth|tenth) time (?:that )?(?:i|i'm|im|i've|ive|we) (?:\w+ )?(?:call|contact|writ|"
        r"ask|chat)",
        r"explained (?:this|it|that) \w+ times\b",
        r"(?:explained|told|called|written|wrote|contacted)\b.{0,24}\b(?:three|four|five|six|ten|\d+) times",
        r"(?:passed|sent|pushed) (?:around|back and forth|from one|from pillar)",
        r"(?:nobody|no one|noone) (?:has |have )?(?:solved|fixed|sorted|dealt)",
        r"(?:same|another) (?:useless |wrong |copied )?answer (?:every|each|all the|again|over)",
        r"(?:get|getting|got) the same (?:[\w-]+ )?answer",
        r"every time (?:i|we) get the same\b",
    ),
    any_way(
        r"third time (?:lucky|i (?:order|buy|shop|fly|travel|stay))",
        r"(?:first|second) time",
        r"(?:ordered|bought|flew|stayed|used)\b.{0,24}\b(?:three|four|five|six|ten|\d+) times",
    ),
)
RULES = (SAFETY, FRAUD, VULNERABLE, REGULATED, LANGUAGE, REQUEST, POLICY_GAP, TOOL_OUTAGE, VIP, OUT_OF_SCOPE, STUCK)
