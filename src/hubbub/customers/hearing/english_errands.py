"""What English passes on, and who does what with it: work goes its way, and nobody comes to talk with the customer.

A case, a chat or a complaint that is passed to people is a hand-off; a claim, a referral or a parcel is on its way.
People who review, repair, deliver or decide do their work, unless they also get in touch. Guards all.
"""

from hubbub.customers.hearing.english_rules import rule_of
from hubbub.customers.hearing.lexicon import Rule

_IN_TOUCH = (  # what makes a hand-off of it all the same
    r"\b(?:call(?:s|ing|back)?|ring(?:s|ing)?|phon(?:es?|ing)|contact(?:s|ing)?|speak|talk|chat|in touch|get back"
    r"|gets? hold|reach(?:es|ing)? (?:out|you)|be with you|with you now|tak(?:e|es|ing) (?:over|it from here|this on)"
    r"|join(?:s|ing)?|answer you|rebooking you|follow up|come back to|help you|assist you|repl(?:y|ies)|respond"
    r"|hear from|put you|transfer you"
    r"|connect you|message you|come to you|give you a|carry on with you|pick(?:s|ing)? (?:this|it|your chat) up)\b"
)
_WORK = (
    r"(?:claims?|referrals?|prescriptions?|scripts?|orders?|parcels?|packages?|items?|goods|feedback|comments?"
    r"|suggestions?|compliments?|praise|ideas?|payments?|refunds?|disputes?|chargebacks?|applications?|documents?"
    r"|photos?|pictures?|forms?|results|samples?|tests?|readings?|bags?|luggage|suitcases?|deliver(?:y|ies)|cards?"
    r"|money|funds|cheques?|letters?|fault reports?|outage reports?|jobs?|repairs?|paperwork|evidence|receipts?"
    r"|invoices?|repeat requests?|replacements?|certificates?|records|accounts?|bookings?)"
)
_SENT = (
    r"(?:passed|sent|forwarded|handed|referred|submitted|relayed|routed|assigned|transferred|transmitted"
    r"|remitted|moved|raised|shared|logged|given|lodged|filed|released|reported)"
)
_SENDING = (
    r"(?:passing|sending|forwarding|handing|referring|submitting|relaying|routing|sharing|pass|send|forward|hand|refer"
    r"|submit|relay|share)"
)
_PASSED_ON = (
    rf"^(?!.*{_IN_TOUCH})(?:.*\b{_WORK}(?: (?!who\b|which\b|but\b|and\b)[\w'-]+){{0,2}}?"
    rf" (?:has|have|is|are|was|were|'s)(?: (?:now|been|being|already|just|also|all))* {_SENT}\b"
    rf"|.*\b(?:i|we|i've|we've|i'll|we'll|i'm|we're)(?: [\w']+){{0,3}}? (?:{_SENT}|{_SENDING})"
    rf" (?:on )?(?:your|the|this|that|these|those|a|all|both|our)"
    rf"(?: (?!case\b|chat\b|call\b|complaint\b)[\w'-]+){{0,2}}? {_WORK}\b"
    rf"|(?:[\w-]+ )?{_WORK}:? (?:\d+ )?(?:status: )?(?:{_SENT})\b)"
)
_FOR_STUDY = (
    rf"^(?!.*{_IN_TOUCH})(?!.*\b(?:case|complaint|dossier|issue|chat)\b).*\b{_SENT}(?: (?:on|over|along"
    rf"|up))? to .*\bfor (?:\w+ )?(?:internal |further |manual )?"
    r"(?:examination|assessment|review|testing|inspection|checking|processing|approval|investigation|analysis|clearing"
    r"|safekeeping|training|triage)\b"
)
_PEOPLE = (
    r"(?:teams?|specialists?|departments?|desk|experts?|engineers?|technicians?|crews?|staff|colleagues|nurses?"
    r"|doctors?"
    r"|clinicians?|underwriters?|agents|advis[eo]rs|assessors?|adjusters?|office|unit|board|committee|warehouse|depot"
    r"|pharmacists?|investigators?|lab)"
)
_AT_WORK = (
    rf"^(?!.*{_IN_TOUCH})(?!.*\b(?:get|have|let|ask|want|need|getting|having|asking|if you|request"
    rf"|should you)\b.*\b{_PEOPLE})"
    rf".*\b{_PEOPLE}(?:'ll| will(?: now| then| also)?| is| are| has| have)?(?: (?:now|still|also|already|currently"
    r"|usually|always|normally))? "
    r"(?:review\w*|look(?:s|ing)? (?:at|into)|check\w*|investigat\w+|examin\w+|assess\w*|decid\w+|process\w*|ship\w*"
    r"|prepar\w+|confirm\w*|work\w* (?:on|through|to)|fix\w*|resolv\w+|approv\w+|get (?:your|the|it)"
    r"|send (?:your|the|it|you your)|read\w*|triag\w+|monitor\w*|pack\w*|restor\w+|repair\w*)\b(?! (?:your|this"
    r"|the) (?:chat|conversation"
    r"|messages?|notes)\b)"
)
_DECISION = (
    rf"^(?!.*\b(?:call|ring|phone|speak|talk)\b).*(?:{_PEOPLE}|they|who)(?:'ll| will)(?: \w+)?? "
    r"(?:e-?mail|write|text|message|post|send|notify|inform|let|update|confirm)\b.*\b(?:decision|outcome|results?"
    r"|findings"
    r"|verdict|confirmation|by e-?mail|once|when|as soon as|after)\b"
)
_NEAR = (
    r"(?:arriv\w*|nearby|near|close|outside|pull\w* (?:up|in)|on (?:his|her|their|the|its) way|com(?:e|es|ing)"
    r"|turns? up|gets? (?:there|to you|near)|held up|running late|sets? (?:off|out)|leav\w+|calls? in|reach\w*|due"
    r"|knock\w*)"
)
_ON_THE_WAY = (
    rf"\b(?:before|when|once|as soon as|if|as) (?:he|she|they|the (?:driver|engineer|technician|nurse|courier|crew"
    rf"|van))(?:'s|'re| is| are)? ?(?:\w+ly )?(?:\w+ minutes )?{_NEAR}\b"
    r"|\b(?:before (?:coming|arriving|arrival|the (?:visit|delivery|appointment))|ahead of (?:the|your|his|her|their)"
    r" (?:visit|delivery|arrival|appointment))\b"
)
_TRADE = (
    r"(?:engineers?|technicians?|electricians?|plumbers?|fitters?|installers?|surveyors?|inspectors?|drivers?|couriers?"
    r"|crews?|gas man|meter readers?|carers?)"
)
_VISIT = (
    rf"\b{_TRADE}(?: \w+)?(?:'s|'ll| will| is| are)? (?:now |already |just )*(?:on (?:the|his|her|their) way\b"
    r"(?! (?:into|to) (?:this|the|your) (?:chat|call))"
    r"|(?:been )?(?:assigned|booked|scheduled|dispatched|allocated|lined up)\b(?!.* (?:chat|call|case|ticket"
    r"|complaint)\b)"
    r"|(?:be |come )?(?:with you|there|round|out)"
    r" (?:between|from|on|by|at|within|before|after|in the|tomorrow|today|this|next|to)\b)"
)
_MYSELF = (
    r"^(?:now |just |ok(?:ay)?,? )?(?:i'm )?connecting to (?:your|the|our) |^(?:please |just |then )*show (?:this|the"
    r"|your)"
    r"|\breplaced by\b|^i(?:'m| am) (?:the|a|an) (?:[\w-]+ )?(?:manager|human|person|supervisor|agent|real person)"
    r"(?: here)?\b(?!.*\b(?:taking|taken|over)\b)|"
    r"\bi(?:'ll| will) see (?:to it|to this|to that|you right)\b(?!.*\b(?:that|passed|colleague|someone|human)\b)"
    r"|\b(?:take|complete|answer|fill) (?:a|in a|out a|our) (?:\w+ )?(?:survey|questionnaire)\b"
    r"|\bwe'll have (?:it|this|that|you|your|everything)\b.*\b(?:running|up|sorted|fixed|back|working|ready)\b"
    r"|^please have (?:your|the|an?)\b.*\b(?:ready|to hand|at hand)\b|\b(?:ask|see|tell) (?:the )?(?:staff|crew|driver"
    r"|receptionist|cashier|pharmacist|doctor|nurse|team) (?:at|in|on|about|for|when)\b"
)
_WORK_CUES = (
    "claim claims referral referrals prescription prescriptions script scripts order orders parcel parcels package "
    "packages item items goods feedback comment comments suggestion suggestions compliment compliments praise idea "
    "ideas payment payments refund refunds dispute disputes chargeback application applications document documents "
    "photo photos picture pictures form forms results sample samples test tests reading readings bag bags luggage "
    "suitcase delivery card cards money funds cheque letter letters report reports job jobs repair repairs paperwork "
    "evidence receipt receipts invoice request replacement certificate records account booking"
)
_SENT_CUES = (
    "passed sent forwarded handed referred submitted relayed routed assigned transferred transmitted "
    "remitted moved raised shared logged given lodged filed released reported passing sending forwarding handing "
    "referring "
    "submitting relaying routing sharing pass send forward hand refer submit relay share"
)
_PEOPLE_CUES = (
    "team teams specialist specialists department departments desk expert experts engineer engineers technician "
    "technicians crew crews staff colleagues nurse nurses doctor doctors clinician clinicians underwriter underwriters "
    "agents advisers advisors assessor adjuster office unit board committee warehouse depot pharmacist investigators "
    "lab they who"
)
_ARRIVING = "before when once soon if ahead as"
_TRADE_CUES = (
    "engineer engineers technician technicians electrician plumber fitter installer surveyor inspector driver drivers "
    "driver's driver'll engineer's technician's courier couriers crew crews man reader carer carers"
)


def _guard(cues: str, pattern: str, needs: str = "") -> Rule:
    return rule_of(None, cues, pattern, "statement", "guard", "whole", needs=needs)


ERRANDS: tuple[Rule, ...] = (
    _guard(_WORK_CUES, _PASSED_ON, _SENT_CUES),
    _guard(_SENT_CUES, _FOR_STUDY, "for"),
    _guard(_PEOPLE_CUES, _AT_WORK),
    _guard(
        _PEOPLE_CUES,
        _DECISION,
        "decision outcome result results findings verdict confirmation email e-mail once when soon after",
    ),
    _guard(
        "call calls ring rings phone phones text texts shout buzz message contact bell tell let", _ON_THE_WAY, _ARRIVING
    ),
    _guard(_TRADE_CUES, _VISIT),
    _guard("see survey questionnaire we'll have ask tell connecting show replaced i'm am", _MYSELF),
)
