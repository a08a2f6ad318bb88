"""Hand-offs of English that wait for the customer's word: however surely they are told, they are only offered."""

import re

_SETTLED = (  # under way already, whatever the customer may say
    r"\b(?:i|we)(?:'ve| have|'m| am|'re| are)\b|\b(?:has|have) been\b|\bis now\b|\bnow with\b"
)
_IF = (
    r"\b(?:if|should|whenever) (?:you|u|that|this|it)(?:'d| would|'re| are|'s| is)? ?(?:still |rather |ever |be |of )?"
    r"(?:like|prefer|wish|want|agree|rather|okay|ok|say|ask|feel|fine|help|easier|interest|suit|happy|care)"
)
_KEYS = (
    r"(?:^|, |\bjust |\bplease |\bor )(?:(?:press|type|rply|text|dial|tap|click|hit|key|choose|select) "
    r"|(?:reply|say|answer) (?!from\b|hello\b|hi\b|goodbye\b))"
    r".{1,40}?(?:\band\b|\bn\b|&|\bto\b|\bfor\b|:|;|,)"
    r"|\bby (?:typing|pressing|replying|texting|saying|clicking|tapping|dialling|choosing|selecting)\b"
)
_WORD = (
    r"\bsay (?:the word|yes|so|ok)\b|\b(?:a|one) (?:single )?(?:word|nod|yes|click|tap)\b(?! with\b).{0,24}"
    r"\b(?:and|suffices|will do|is enough|is all)\b|^your (?:word|nod|yes)\b|\byou (?:need|have) only\b"
    r"|\byou only (?:need|have)\b|\ball you (?:need|have) to do\b|\bjust (?:say|ask|nod|shout|holler)\b"
    r"|\b(?:may|might|can|could) (?:elect|opt|choose|request|require)\b|\byou(?:'re| are)(?: \w+)? (?:entitled|free)"
    r" (?:\w+ ){0,4}?to\b|^to (?:be (?:connected|put|transferred)|speak|talk|chat|reach)\b[^,]*,"
    r"|\bat your (?:request|option|discretion|choice)\b|\bon request\b|\bup to you\b|^your call\b\W*$"
)
_COULD = r"\bcould\b(?!.*(?:\b(?:will|shall|let|before|so|going)\b|'ll\b))"

ON_CONSENT = re.compile(rf"{_IF}|{_KEYS}|{_WORD}|{_COULD}")
SETTLED = re.compile(_SETTLED)
