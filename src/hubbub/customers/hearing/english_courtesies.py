"""Polite words of English agents: heard, and taken out before the rest of the clause is read."""

from hubbub.customers.hearing.english_rules import rule_of
from hubbub.customers.hearing.lexicon import Rule, When
from hubbub.model import AgentAct


def _polite(act: AgentAct | None, cues: str, pattern: str, when: When = "always", needs: str = "") -> Rule:
    return rule_of(act, cues, pattern, when, "courtesy", "whole", needs=needs, opens=pattern.startswith("^"))


COURTESIES = (
    _polite(
        "greet",
        "hi hello hey welcome greetings morning afternoon evening hiya howdy",
        r"^(?:(?:hi|hello|hey|hiya|howdy|greetings)\b(?: there| again| and welcome)?(?: (?:from|to|back)\b[^,]*"
        r"|,? (?!you|your|i\b|i'|we|it|this|the\b|that|how|what|is|please|thank|welcome)[\w.' ]{1,24}(?=,|$))?"
        r"|good (?:morning|afternoon|evening|day)\b(?: to you)?(?:,? (?!you|i\b|we|this|how|what"
        r"|and\b)[\w.' ]{1,30}(?=,|$)| and welcome\b[^,]*)?"
        r"|(?:and )?welcome(?: (?:to|back|aboard)\b[^,]*|$))[, ]*(?:and )?(?:welcome(?: (?:to|back|aboard)\b[^,]*"
        r"|$)[, ]*)?",
    ),
    _polite(
        "greet",
        "i'm am this name you're",
        r"^(?:and )?(?:(?:i'm|i am|this is|my name is|you're (?:chatting|talking|speaking) (?:to|with)) (?!a\b|an\b"
        r"|[\w-]+ing\b|still\b|now\b|currently\b|just\b|also\b|sorry|afraid|not\b|the (?:only|last|same|best"
        r"|right))[\w-]+(?: [\w-]+)?"
        r"(?:,? (?:from|at|with|your|the|an?|and i'm)\b[^,]{0,40}?(?:assistant|helper|bot|guide|agent|advis[eo]r"
        r"|concierge|support|care|team|here)| from [\w ]{2,30}(?=,|$))"
        r"|i(?:'m| am) (?:your|the) (?:[\w-]+ ){0,3}?(?:assistant|helper|bot|guide|agent|concierge)\b"
        r"|my name is \w+)[^,]*(?:, )?",
        "statement",
        "assistant helper bot guide agent advisor adviser concierge support care team here from name",
    ),
    _polite(
        "goodbye",
        "bye goodbye care day evening weekend night farewell travels see soon enjoy rest good-bye",
        r"\b(?:good-?bye|bye(?:-bye)?)\b.*|\btake care\b(?! of).*|\b(?:have|enjoy) (?:yourself )?(?:a|the rest of"
        r"|your) (?:\w+ )?"
        r"(?:(?:rest of|remainder of) )?(?:your |the )?(?:\w+ )?(?:day|evening|weekend|night|one|afternoon|morning"
        r"|trip|flight|holiday"
        r"|week|time)\b.*|\bsee you (?:soon|then|later|next|around|on board)\b.*|\bfarewell\b|\bsafe travels\b.*"
        r"|\bgood night\b.*",
    ),
    _polite(
        "thank",
        "thank thanks thx appreciate appreciated grateful cheers",
        r"(?:\b(?:many |and |great,? |ok,? )*(?:thanks|thank you|thx)\b(?! to (?:our|the|an?|your))(?: (?:so"
        r"|very) much| a lot| again| ever so much)?"
        r"(?: (?:for|from)\b(?:(?!,| and (?:welcome|sorry)\b).)*| to you\b)?"
        r"|\b(?:i|we)(?:'d| would| do| really| truly)* appreciate(?:d)?\b(?! it if)[^,]*|\bgrateful (?:for|to)\b[^,]*"
        r"|\bcheers\b)[, ]*(?:and )?",
    ),
    _polite(
        "apologise",
        "sorry apologies apologise apologize apology apologising regret pardon",
        r"(?:\b(?:i|we)(?:'m| am|'re| are)?(?: [a-z]+ly| so| very| do| must| can only| just)* (?:sorry|apologi[sz]e"
        r"|regret)\b|\b(?:(?:so|very|really|terribly"
        r"|truly|my|our|sincere|sincerest|please accept|accept|an?|offer|send|many|with|and) )*(?:sorry|apologi(?:es"
        r"|[sz]ing|[sz]e)|apology)\b)"
        r"(?! ?$(?<=^sorry)(?!))(?: (?:to (?:say|inform|tell|let)(?: you)?(?: know)?(?: that)?|but)\b"
        r"|,? (?:again )?(?:to (?:hear|learn|see|read|keep|have)"
        r"|about|for|over)\b(?:(?!, | and (?:i|we)\b).)*| (?:that )?(?:you|your|the|this|it|if"
        r"|things)\b(?!.*\b(?:can't|cannot|unable|isn't|aren't|not (?:able|possible"
        r"|eligible|available|refundable))\b)[^,]*)?[,: ]*",
        "statement",
    ),
    _polite(
        None,
        "understand understood sure absolutely certainly course great perfect ok okay happy glad help welcome got see "
        "problem "
        "pleasure hear noted alright right lovely good assist yes no unfortunately excellent wonderful fantastic hmm "
        "oh",
        r"^(?:(?:sure(?: thing)?|absolutely|certainly|of course|great|perfect|ok(?:ay)?|got it|no (?:problem|worries)"
        r"|understood|noted|alright|all right|lovely"
        r"|(?:that's )?good(?: news| to know)?|my pleasure|i see|excellent|wonderful|fantastic|yes|no|hmm+|oh(?: no)?"
        r"|right)(?=[,:]|$)[,: ]*"
        r"|i (?:can |completely |fully |totally |do |certainly )*(?:understand|hear)\b(?!ing)[^,]*(?:, |$)"
        r"|you(?:'re| are) (?:very |most )?welcome\b(?! to)[^,]*"
        r"|(?:i|we)(?:'d| would|'m| am|'ll| will| can|'re| are)(?: be)?(?: (?:certainly|definitely|absolutely"
        r"|more than|very|so|always|of course))*"
        r"(?: (?:happy|glad|pleased|able|here|delighted) to)? (?:help|assist)(?: you)?(?: out)?(?: (?:with|on"
        r"|sort)\b[^,]*| today| right away| here)?(?=,|$)[, ]*"
        r"|(?:happy|glad) to (?:help|assist)\b(?! with any)[^,]*)",
        "statement",
    ),
)
