"""How agents speak English: the pack, put together, and how its sentences are cut."""

import re
from pathlib import Path

from hubbub.customers.hearing.english_acts import ACTS
from hubbub.customers.hearing.english_bystanders import INTRODUCED
from hubbub.customers.hearing.english_callbacks import CALLBACKS
from hubbub.customers.hearing.english_callers import CALLERS, WISHES
from hubbub.customers.hearing.english_consent import ON_CONSENT, SETTLED
from hubbub.customers.hearing.english_courtesies import COURTESIES
from hubbub.customers.hearing.english_freight import FREIGHT
from hubbub.customers.hearing.english_handoff import HANDOFFS
from hubbub.customers.hearing.english_idioms import IDIOMS
from hubbub.customers.hearing.english_mentions import KEPT_WAITING
from hubbub.customers.hearing.english_menus import MENUS
from hubbub.customers.hearing.english_people import MARKS
from hubbub.customers.hearing.english_relays import RELAYS
from hubbub.customers.hearing.english_slots import GENERIC_SUFFIXES, SLOTS
from hubbub.customers.hearing.english_values import CLAIMS
from hubbub.customers.hearing.lexicon import Lexicon

_NEW_SUBJECT = r"(?:i|we|you|it|he|she|they|this|that|these|those|there|your|our|my|the|please|let|nobody|no one)\b"
_WISH = (
    r"(?:(?:you(?:'d| would)?|you) (?:(?:still|also|ever) )?(?:like|prefer|rather|sooner|wish|want|need|desire|agree)"
    r"|needed|necessary|so)\b"
)
_TEAM_WORD = (
    r"(?!(?:our|the|that|your|this|with|from|next|live|another|one|for|of|to|an?|and|human|available|any|on|in|by|some"
    r"|ask|have|contact|call|my|get|into|real|its|their|other|over|new|all|first|you|speak|talk|chat|member|us)\b)"
    r"[a-z]{2,}"
)
_ABBREVIATIONS = "rs mr mrs ms dr st no nr vs e.g i.e approx ext inc ltd co sr jr acct ref dept"
_SUBORDINATE = "if unless when once while because although though since until whenever as before"

_TAG = (
    r"(?:(?:is|was) (?:that|this|it|everything|all)(?: all)? (?:right|correct|ok|okay|fine|alright|it|so|good|the case)"
    r"|(?:all )?(?:correct|right|ok|okay|yes|agreed|deal|interested|sure|proceed|confirm|fine|good|alright|tempted"
    r"|continue|clear)|(?:does|would|will) (?:that|this|it) (?:work|help|suit|do|be (?:ok|okay|fine|alright|possible))"
    r"|sounds? (?:good|okay|ok|right|fair)|(?:do|would) you (?:like|want|fancy) (?:that|it|one|this|them|me to)"
    r"|want (?:it|that|one|me to)|(?:shall|should) (?:i|we)(?: do (?:that|it|this))?|may i|yes or no|any good"
    r"|(?:have i got|did i get) that(?: right)?|am i right|what do you (?:say|think)"
    r"|which (?:do|would) you (?:prefer|like|fancy))(?: (?:with|for) you| you)?\?\s*$"
)
_NO_DATUM = r"(?:permission|consent|approval|patience|help|understanding|cooperation|confirmation|agreement|ok)\b"
_DATUM = r"(?:[\w'-]+ ){0,3}?(?:number|code|id|reference|address|e-?mail|name|date of birth|date|postcode|zip)\b"
_DEMAND = (
    r"(?:(?:and|so|but|now|then|ok|okay|alright|sure|great|first|thanks|thank you),? ){0,2}"
    r"(?:(?:(?:in order )?to [^,.]{3,50},? )?(?:i|we)(?:'ll|'d| will| would| do)? (?:just |also |still |first ){0,2}"
    rf"(?:need|require) (?:to (?:verify|confirm|know|have|get) )?(?:your (?!{_NO_DATUM})|(?:the|an?) {_DATUM})"
    rf"|(?:please |(?:can|could|would|will) you (?:please |just |also )?)(?:confirm|verify) your {_DATUM}"
    r"(?! (?:is|as|was|ends?)\b|:))"
)
WEIGHTS = Path(__file__).with_name("english.weights")

ENGLISH = Lexicon(
    language="en",
    boundary=re.compile(r"[.!?\n](?:(?<=\n)\n*|(?<!\n)[.!?]*[\"')\]]*(?=\s|$))"),
    joint=re.compile(
        rf", (?:(?:but|however),? (?=\S)|(?:so(?! that (?:i|we)\b)|and|or) (?:then )?(?={_NEW_SUBJECT}))"
        r"| (?:(?:but|however),? (?=\S)|and (?=(?:i|we)\b)|-+ )|;"
    ),
    joint_cues=(" but ", " however", ", so ", ", and ", ", or ", " and i", " and we", " -", ";"),
    inverted=re.compile(
        r"(?:and |so |or |then |please )?(?:can|could|may|might|shall|should|will|would|do|does|did|is|are|was|were"
        r"|have|has|am|what|what's|which|when|where|whom?|whose|why|how)(?:n't)?\b"
    ),
    unmarked=re.compile(
        r"(?:and |so |or |then |ok |hi |hey )?(?:(?:can|could|shall|would|will|do|does|did|is|are|was|were|has|have) "
        r"(?:i|you|u|we|it|they|there|that)\b|should (?:i|we)\b|may i\b|want me to\b"
        r"|(?:what|where|who|how)(?:'s| is| are| can| did| do| does| would)\b)"
    ),
    respelt=(re.compile(r" u\b(?!')"), " you"),
    abbreviations=frozenset(_ABBREVIATIONS.split()),
    rules=(
        *CALLBACKS,
        INTRODUCED,
        KEPT_WAITING,
        *COURTESIES,
        *WISHES,
        *FREIGHT,
        *HANDOFFS,
        *CALLERS,
        *RELAYS,
        *IDIOMS,
        *ACTS,
    ),
    marks=MARKS,
    conditional_cues=frozenset(("if", "should", "unless", "whenever", "case", "otherwise")),
    conditional=re.compile(
        rf" (?:if {_WISH}|(?:(?<=^ )|(?<=^ and )|(?<=^ or )|(?<=^ so )|(?<=^ then ))"
        r"(?:if|unless|in case|whenever|otherwise|should you)\b"
        r"|should (?:you|that|this|it) |whenever you|unless |in case |if (?:that|this|it|not|things|none)\b)"
    ),
    subordinate_cues=frozenset(_SUBORDINATE.split()),
    subordinate=re.compile(
        r" (?:(?:(?<=^ )|(?<=^ and )|(?<=^ so ))"
        r"(?:if|unless|when|whenever|once|before|in case|although|though|while|since|because|until|as)\b[^,]*,\s*"
        r"|(?:if|unless|in case|when|whenever|once|while|because|although|though|since|until"
        r"|as (?:the|your|we|i|it|they))\b[^,]*$)"
    ),
    purpose=re.compile(
        r" (?:so (?:that )?(?:i|we)\b|in order to\b|because\b|before i\b|and i\b|so as to\b"
        r"|to (?:help|verify|check|pull|look|locate|find|see|get started|access|continue|proceed|process|send|start)\b)"
    ),
    purpose_first=re.compile(r"(?:so (?:that )?(?:i|we)|to|in order to|for|before)\b[^?]*?, ?(?=.{12})"),
    listing=re.compile(r":$| (?:the )?(?:following|below)\b"),
    queue=re.compile(
        rf"\b((?:{_TEAM_WORD}[ -])?{_TEAM_WORD})[ -](?:team|department|dept|desk|queue|line|specialists?|advis[eo]rs?"
        r"|agents?|nurse|representatives?|unit)\b"
    ),
    slots=SLOTS,
    generic_suffixes=GENERIC_SUFFIXES,
    claims=CLAIMS,
    tag=re.compile(rf"\s*{_TAG}", re.IGNORECASE),
    demand=re.compile(_DEMAND),
    weights=WEIGHTS,
    on_consent=ON_CONSENT,
    settled=SETTLED,
    turn=re.compile(r"(?:,|;| -+|\.)? (?:(?P<against>but)|so|however|therefore|instead),? (?=\S)"),
    menu=MENUS,
    kind_words=(("sorry", "apologise"),),
)
