"""The words that call for a human, by reason, and those that only look as if they did.

A rule fires on a clause in which one of `calls` is found and none of `harmless`. Both are searched in lower case, with
typing errors mended. Only the words in `alarm` are worth a closer look: most messages cost a set lookup per rule.
"""

import re

from msgspec import Struct

from hubbub.reference_agent.reading import word_set


class Rule(Struct, frozen=True):
    """A reason for a human, and how it is told."""

    reason: str
    alarm: frozenset[str]
    calls: re.Pattern[str]
    harmless: re.Pattern[str]


def any_way(*ways: str) -> re.Pattern[str]:
    """Any of these, each from the beginning of a word."""
    return re.compile("|".join(rf"\b(?:{way})" for way in ways))


_SOMEONE = (
    r"(?:human|humans|person|people|agent|agents|representative|rep|reps|manager|supervisor|operator|advisor|"
    r"adviser|somebody|someone|colleague|staff member|member of staff|employee|team member|specialist|"
    r"customer service|live chat)\b"
)
_KIN = (
    r"(?:mother|father|mum|mom|dad|husband|wife|partner|son|daughter|brother|sister|grand\w+|parents?|uncle|aunt|"
    r"fianc\w+|relative|family|child|baby|spouse|nan|nana|he|she)\b"
)
_BODY = (
    r"(?:hands?|fingers?|arms?|face|legs?|skin|eyes?|son|daughter|child|kid|kids|wife|husband|mum|mom|dad|"
    r"mother|father|"
    r"thumb|foot|feet|back|hair)\b"
)
_PAST_USE = (
    r"(?:has|is|'s|have|was)? ?(?:using|used|use|uses|spending|spent|charging|charged|took|taking|withdrew|cloned)"
)

SAFETY = Rule(
    "safety",
    word_set(
        "smoke smoking smoked smell burning fire flame flames spark sparks sparked sparking explode exploded explodes "
        "exploding explosion blew melted melting electrocuted gas shock shocks shocked zapped burn burns burnt burned "
        "injured injury injuries hurt hurts cut bleeding hospital choked poisoned emergency alarm hot"
    ),
    any_way(
        r"(?:smoke|smoking|smoked|burning smell|fire|flames?|sparks?|sparked|sparking|explod\w+|explosion|"
        r"blew up|melted|"
        r"melting|electrocuted|gas leak)\b",
        r"smell\w* (?:of |like |something )?(?:burning|burnt|gas|smoke)",
        r"electric(?:al)? shocks?\b",
        r"(?:gave|giving|gives|got|get|getting) (?:me |us |him |her )?(?:an? )?(?:\w+ )?shocks?\b",
        r"(?:shocked|zapped|burned|burnt|injured|poisoned|choked) (?:me|him|her|us|my)\b",
        rf"(?:burn|burns|burnt|burned|injured|hurt|hurts|cut)\b.{{0,12}}\bmy {_BODY}",
        rf"my {_BODY}.{{0,16}}\b(?:burn|burns|burnt|burned|injured|hurt|bleeding|cut)\b",
        r"(?:burn|burnt|burned|injured|hurt|cut|electrocuted) (?:myself|himself|herself|me|badly)\b",
        r"(?:i am|i'm|im|was|is|got|been) (?:badly |seriously )?(?:injured|bleeding|burnt|burned|hurt)\b",
        r"(?:in|to|at) (?:the )?(?:hospital|emergency room)\b",
        r"(?:can't|cant|cannot|not) (?:reach|call) (?:the )?emergency (?:services|number)\b",
        r"(?:panic|alarm|emergency) button\b.{0,24}\b(?:dead|down|gone|off|not work)",
        r"so hot\b.{0,16}\b(?:burn|melt|smell)",
    ),
    any_way(
        r"smoke[- ]?(?:grey|gray|colou?r\w*|blue|black|detector|alarm|glass|effect|free|machine|signal)",
        r"colou?r\w* .{0,12}smoke",
        r"(?:in|called|colou?r|shade) smoke(?:y)?(?: (?:one|version|finish|kettle|toaster|lamp|vase|blender|rug))?$",
        r"smoked (?:salmon|glass|paprika|ham|cheese|almonds)",
        r"fire ?(?:tv|stick|place|pit|hd|tablet|works|wall|fox|engine|truck|sale|red|alarm|extinguisher|him|her|"
        r"them)\b",
        r"sparks? (?:joy|plug)",
        r"exploding (?:kittens|snap)",
        r"(?:bill|price|costs?) (?:has |have )?exploded",
        r"hurts? (?:my|me) (?:wallet|feelings|ego|head)",
        r"burn(?:ed|t|s|ing)? (?:my |a |the )?(?:money|cds?|dvds?)\b",
        r"(?:no|without|not on|never any) (?:smoke|fire|sparks?)\b",
        r"(?:not|nobody|no one|noone|none)\b.{0,16}\b(?:hurt|injured|burnt|burned)\b",
        r"cut (?:me|my) (?:off|bill|some|costs?)",
        r"(?:bill|price|sticker|quite a|a bit of a) shock",
        r"shock (?:when i saw|at the|seeing)",
        r"(?:deliver\w*|sen[dt]|ship\w*|works?|working|order\w*) .{0,16}(?:to|at) (?:the )?hospital",
        r"i was in (?:the )?hospital",
        r"flame (?:red|orange|effect)",
        r"(?:doesn't|didn't) (?:smoke|spark)",
    ),
)
FRAUD = Rule(
    "identity_fraud",
    word_set(
        "fraud fraudulent fraudster scam scams scammed scammer phished phishing hacked hacker theft stolen "
        "stole robbed swapped took taken hijacked name "
        "pickpocketed pickpocket unauthorised unauthorized someone somebody stranger guy payment payments purchase "
        "purchases charge charges transaction transactions transfer transfers withdrawal withdrawals cloned"
    ),
    any_way(
        r"(?:fraud|fraudulent|fraudster|scams?|scammed|scammer|phished|phishing|hacked|hacker|identity theft|cloned)\b",
        r"card\b.{0,24}\bstolen\b",
        r"stolen\b.{0,16}\b(?:card|wallet|purse|bag|phone|identity)\b",
        r"(?:wallet|purse|bag)\b.{0,24}\bstolen\b",
        r"stole my\b",
        r"(?:someone|somebody|stranger|some guy)(?: else)? (?:is|was|has been|keeps) (?:using|spending) my\b",
        r"(?:payment|purchase|charge|transaction|transfer|withdrawal)s? (?:that |which )?(?:i|we) (?:didn't|"
        r"didnt|did not|never) (?:make|made|do|did|authori)",
        r"(?:payment|purchase|charge|transaction|transfer|withdrawal)s? (?:that |which )?(?:aren't|arent|isn't|isnt|"
        r"are not|weren't|were not|wasn't|is not) (?:mine|from me|by me|me)\b",
        r"(?:got|been|was) (?:robbed|pickpocketed)",
        r"(?:took over|taken over|hijacked|stole) my (?:\w+ )?(?:number|line|sim|account)\b",
        r"sim (?:card )?(?:was|got|has been) swapped\b",
        r"(?:someone|somebody|stranger)\b.{0,32}\bin my name\b",
        r"stranger (?:has|got|took) my (?:\w+ )?(?:number|sim|account)\b",
        r"unauthori[sz]ed (?:\w+ )?(?:transaction|payment|charge|purchase|transfer|withdrawal|access|use|debit)",
        rf"(?:someone|somebody|stranger|some guy)(?: else)? {_PAST_USE}\b.{{0,24}}\b(?:card|account|money|"
        rf"name|login)\b",
        r"(?:someone|somebody|stranger)(?: else)? (?:\w+ )?(?:accessed|opened|got into|logged into)\b"
        r".{0,16}\baccount\b",
        r"(?:didn't|didnt|did not|never) (?:make|made|authori[sz]ed?) (?:this|that|these|those|the|"
        r"any of (?:these|this)) "
        r"(?:\w+ )?(?:payment|purchase|charge|transaction|transfer|withdrawal)s?\b",
    ),
    any_way(
        r"(?:movie|film|book|dvd|blu|series|show|novel|game|song|album|poster|documentary|podcast|episode|play|"
        r"band|called|"
        r"titled)\b.{0,24}\b(?:fraud|scam|hacked|hacker|stolen|theft)",
        r"(?:fraud|scam|hacked|hacker)\b.{0,16}\b(?:movie|film|book|dvd|blu|series|novel|documentary|poster|"
        r"podcast|song|"
        r"album|leaflet|awareness|prevention tips)\b",
        r"(?:not|isn't|isnt|wasn't|no|any) (?:a |it's a |about |related to |report )?(?:fraud|scam)",
        r"(?:is|are) (?:this|you|it) (?:a )?scam",
        r"life ?hack",
    ),
)
VULNERABLE = Rule(
    "vulnerable",
    word_set(
        "died passed death dead deceased dying terminal bereavement bereaved widow widower widowed funeral "
        "probate lost "
        "afford pay hardship redundant redundancy unemployed laid homeless bankrupt bankruptcy bailiff bailiffs "
        "evicted "
        "eviction food benefits suicidal suicide kill life harm terminally chemo chemotherapy dementia disability "
        "wheelchair disabled blind deaf ill hospital struggling struggle debt debts behind "
        "sleep cope heat ashamed desperate job through alone"
    ),
    any_way(
        rf"{_KIN}.{{0,24}}\b(?:died|passed away|passed|death|dead|deceased|dying|terminal)\b",
        r"(?:passed away|bereave\w+|deceased|widow\w*|funeral|death of|death certificate|probate)\b",
        r"(?:lost|losing) my (?:job|husband|wife|mother|mum|mom|father|dad|son|daughter|home|house|income|partner)\b",
        r"(?:can't|cant|cannot|can not|couldn't|unable to|not able to|no longer|can't even|hardly) (?:really |even )?"
        r"(?:afford|pay)\b",
        r"(?:hardship|redundan\w+|unemployed|laid off|homeless|bankrupt\w*|bailiffs?|evict\w+|food bank|on benefits)\b",
        r"(?:suicid\w+|kill myself|end my life|self harm|terminally|chemo\w*|dementia|disability|wheelchair)\b",
        r"(?:i am|i'm|im|am|is) (?:\w+ )?(?:disabled|blind|deaf|in hospital|in the hospital|very ill|seriously ill)\b",
        r"disabled (?:person|customer|veteran|child|mother|father|son|daughter)",
        r"struggl\w+ (?:to pay|financially|with (?:my |the )?(?:payments?|bills?|loan|debts?|money|mortgage))",
        r"(?:in|my|with|huge|much) debts?\b",
        r"behind (?:on|with) (?:my |the |our )?(?:loan|mortgage|payments?|rent|bills?|everything)\b",
        r"(?:can't|cannot|couldn't|can not) (?:\w+ )?(?:sleep|cope|heat|go on like this|do this alone)\b",
        r"(?:really|badly|barely) struggling\b",
        r"who (?:has |had |have |just )?(?:died|passed away)\b",
        r"(?:ashamed to ask|desperate|don't know (?:what to do|how to get through))\b",
        r"(?:lost|losing) (?:my |her |his )?job\b",
    ),
    any_way(
        r"(?:battery|phone|router|laptop|screen|blender|toaster|kettle|tablet|tv|modem|device|it|line|internet|"
        r"wifi|link|"
        r"charger|item) (?:has |is |just |also |suddenly |went |completely )*(?:died|dead|dying)",
        r"died on me",
        r"afford (?:to )?(?:wait|lose|miss|waste|be late|another|this kind)",
        r"(?:account|card|button|feature|option|login|number|sim|line|it) (?:is|was|got|has been|"
        r"been) (?:\w+ )?disabled",
        r"(?:can't|cant|cannot) pay (?:by|with|using|online|on the|at|via|through|in)\b",
        r"(?:blind|deaf) (?:spot|test)",
        r"debt free",
        r"struggl\w+ (?:to|with) (?:find|log|open|understand|see|the (?:app|site|form|page))",
    ),
)
REGULATED = Rule(
    "regulated",
    word_set(
        "lawyer lawyers attorney solicitor solicitors lawsuit legal claims ombudsman standards consumer cfpb "
        "fca ofcom fcc "
        "ftc formal financial conduct regulator regulators action "
        "gdpr data bureau bbb sue suing court report reporting press"
    ),
    any_way(
        r"(?:lawyers?|attorney|solicitors?|lawsuit|legal (?:action|proceedings|team|steps)|small claims|ombudsman)\b",
        r"(?:trading standards|consumer (?:protection|rights|affairs)|financial conduct authority|regulators?)\b",
        r"(?:cfpb|fca|ofcom|fcc|ftc|class action|gdpr|data protection|better business bureau|bbb|attorney general)\b",
        r"(?:will|going to|gonna|i'll|ill|to|we'll) sue\b",
        r"(?:sue (?:you|your)|suing)\b",
        r"(?:see you|take (?:you|this|it)|going|go) (?:in|to) court\b",
        r"report(?:ing)? (?:you|this company|your company) to\b",
        r"press charges\b",
        r"formal complaint\b",
        r"all (?:the |my )?data (?:that )?you (?:hold|have|store)\b",
    ),
    any_way(
        r"(?:tennis|food|basketball|squash|badminton|volley\w*) court",
        r"(?:i am|i'm|im|as) an? (?:lawyer|attorney|solicitor)",
        r"(?:voltage|pressure|gas|heat) regulator",
        r"regulator (?:valve|hose)",
        r"my name is sue",
        r"legal (?:name|size|pad|paper)",
        r"(?:don't|dont|not|no need|without|no) (?:want to |going to |to |a |any )*(?:sue|lawyers?|court|legal)\b",
    ),
)
REQUEST = Rule(
    "explicit_request",
    word_set(
        "human humans person people agent agents representative rep reps manager supervisor operator advisor adviser "
        "somebody someone colleague staff employee team specialist service live anyone escalate transfer "
        "through callback "
        "call bot robot machine"
    ),
    any_way(
        r"(?:speak|talk|chat|connect(?:ed)?|transfer(?:red)?|put|pass|get|give|want|need|escalate|call|let|find|have|prefer|"
        r"like|see|ask "
        rf"for|is there|bring|reach|contact|hand|switch|forward)\b.{{0,32}}\b{_SOMEONE}",
        rf"{_SOMEONE} (?:that |who |whom )?(?:i can|i could|to) (?:speak|talk|chat|write)",
        r"(?:human|agent|representative|operator|supervisor|manager|person) (?:please|pls|plz|now|asap)\b",
        r"(?:someone|somebody|anyone|a person) (?:real|human|in charge|from (?:the|your) (?:team|company|staff))\b",
        r"(?:escalate|transfer me|put me through|call me back|a callback|not a (?:bot|robot|machine))\b",
        r"^(?:a |an |just a )?(?:real |live |actual |proper )?(?:human|person|agent|representative|rep|operator|"
        r"supervisor|"
        r"manager|advisor)(?: please| now| pls| plz| thanks| asap| here)*$",
    ),
    any_way(
        r"(?:do|am|are|is|if|whether) (?:i|you|this|it|i'm|you're)\b.{0,16}\b(?:bot|human|person|robot|machine|agent)\b"
        r"(?! (?:please|now))",
        rf"(?:no|don't|dont|do not|not|without|rather not|instead of|doesn't|didn't|"
        rf"no need)\b(?: \w+){{0,5}} {_SOMEONE}",
        rf"(?:talked|spoke|spoken|chatted|was talking|been talking|called|been transferred)\b.{{0,12}}\b{_SOMEONE}",
        r"(?:travel|estate|letting|insurance|cleaning|delivery|secret) (?:agent|person)",
        rf"{_SOMEONE} (?:who |else )?(?:stole|used|took|signed|delivered|left|called|said|told|was|promised|did|"
        rf"has|had)\b",
        r"(?:gift|present|bought|buy|for) (?:it )?(?:for )?(?:someone|somebody|a person)",
        r"(?:\d+|two|three|four|five|one|per) (?:person|people)\b",
        r"my (?:\w+ )?(?:colleague|manager)\b",
        r"with (?:you |these )people\b",
        r"human (?:hair|resources|anatomy|kind)\b",
        r"(?:property|account|password|file|line|product|project|task) manager\b",
        r"(?:delivered|sent|shipped|signed)\b.{0,12}\b(?:someone|somebody|person)",
    ),
)

ANGRY_WORDS = word_set(
    "ridiculous useless terrible worst angry furious unacceptable wtf ffs pathetic joke awful horrible disgrace "
    "disgraceful disgusting disgusted stupid idiot idiots rubbish crap shit shitty damn hell bullshit hopeless "
    "incompetent annoyed annoying frustrated frustrating hate"
)
FURY = re.compile(
    r"\b(?:(?:absolutely|utterly|beyond|so) (?:furious|angry|livid|fuming|sick of)|(?:worst|most useless) "
    r"(?:service|company|\w+ i(?:'ve| have)? ever)|(?:a|an absolute|what a|is) disgrace|had it with (?:you|this)|"
    r"sick of (?:you|this company)|(?:are|is) (?:a )?joke|bloody shambles)\b"
)
ANGRY_OTHERWISE = re.compile(  # at something that is no fault of ours
    r"\b(?:awful|terrible|horrible|ridiculous|rubbish|pathetic|hate)\b.{0,16}\b(?:weather|rain|traffic|day|mondays?|"
    r"handwriting)\b|\b(?:weather|rain|traffic|handwriting)\b.{0,24}\b(?:awful|terrible|horrible|ridiculous|rubbish)\b"
)
ANGRY_PHRASES = re.compile(
    r"\b(?:waste of (?:my )?time|fed up|sick of|going (?:round )?in circles|keep asking|"
    r"asked (?:me )?(?:that )?already|"
    r"already (?:told|said|gave)|not (?:helping|helpful)|not listening)\b"
)
