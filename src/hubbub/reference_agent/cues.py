"""What in a customer's words shows that it asks for a time, a price, or how its matter stands, or that it goes."""

import re

TIME = re.compile(
    r"\b(?:how (?:long|soon|many days|fast|quick\w*)|when\w*|eta|what time|by when|time ?frame|days does|deadline|"
    r"window|"
    r"notice|turnaround|(?:delivery|arrival|refund|end) (?:date|day|time)|date of (?:my|the) refund)\b"
)
PRICE = re.compile(
    r"\b(?:how much(?! (?:money|is in|do i have|is left|left|have i))|cost|costs|price|pricing|fee|fees|free|"
    r"expensive|charge for|pay for|the charges?|(?:have|need) to pay)\b"
)
IS_DONE = re.compile(
    r"\b(?:is (?:that|it|this|everything)|are we|does that means?|what happens|anything (?:else )?i|"
    r"(?:will|do) i get|do i (?:need|have) to|please (?:confirm|send|email|text)|can you (?:please )?send|"
    r"i need (?:a|the) (?:receipt|confirmation|letter|copy|reference))\b"
)
ANY_NEWS = re.compile(
    r"\b(?:any news|any updates?|what (?:be)?came of (?:it|that)|what has become of|where do we stand|gone through)\b"
)
FAREWELL = re.compile(
    r"\b(?:(?:have|enjoy) (?:a|an|the|your) (?:\w+ ){0,2}(?:day|one|evening|night|weekend|week|afternoon|morning)"
    r"|take care|see you|good night|bye|goodbye|cya|cheers)\b"
)
