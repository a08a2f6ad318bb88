"""What in a customer's words shows what they are for: that it asks for a time or a price, is not content, or goes."""

import re

TIME = re.compile(
    r"\b(?:how (?:long|soon|many days|fast|quick\w*)|eta|what time|by when|time ?frame|days does|deadline|"
    r"window|"
    r"notice|turnaround|timing|(?:expected|completion|exact) date|confirm date|(?:which|what) (?:day|date)|"
    r"the date|usual (?:time|wait)|(?:working|many) days|what(?: is|'s) (?:the |my )?\w+ date|"
    r"(?:delivery|arrival|refund|end) (?:date|day|time)|date of (?:my|the) refund)\b"
    r"|(?:^|, |\b(?:and|but|so|know|me|ask|about|idea|check|confirm|out|see|ok|okay|please|exactly|hi|hello|hey|then|"
    r"wondering|yes|yeah|say|says) )when(?:'?s)?\b(?! (?:i|we) (?:was|were|had|got|came|bought|ordered|tried|called|"
    r"asked|order|use|used|open|opened|am|left|paid)\b)"  # "I was abroad when it came" asks nothing
)
PRICE = re.compile(
    r"\b(?:how much(?! (?:money|is in|do i have|is left|left|have i))|cost|costs|price|pricing|fee|fees|free|"
    r"expensive|charge for|pay for|the charges?|(?:have|need) to pay|"
    r"(?:any|extra|hidden) (?:\w+ ){0,2}charges?|(?:know|confirm) (?:the |my |your )?(?:\w+ charge|charges))\b"
)
WRITTEN = re.compile(
    r"\b(?:(?:please|can you|can u|could you|you can) (?:also )?(?:send|email|e-mail|text|mail|write|update|"
    r"inform|tell|let)\b|"
    r"(?:will|do) (?:i|you) (?:get|write|tell|text|email)|(?:need|want|would like|like) (?:a|an|the|some) "
    r"(?:\w+ )?(?:receipt|"
    r"confirmation|letter|copy|reference|summary|case number|ticket number|proof)|in writing|"
    r"(?:see|check|look) (?:that|it) (?:\w+ )?(?:in the app|online|on your|myself)|where can i|please mail|"
    r"what about (?:my|the) (?:confirmation|paperwork|case number)|"
    r"(?:need|want|would like|like|any) (?:a |an |the |to have )?(?:written |email |status |text |contact )?"
    r"(?:confirmation|letter|copy|reference|summary|proof|paperwork|updates|details|(?:case|ticket) number)|"
    r"(?:send|text|email|e-mail|mail|write|update|notify|keeps?) me\b|"
    r"(?:need|want|would like|like|get|have) (?:\w+ ){1,3}"
    r"(?:confirmation|letter|copy|reference|summary|proof|paperwork|updates?|details|(?:case|ticket|claim) number)|"
    r"(?:confirmation|reference(?: number)?|summary|case number|proof|details|paperwork|updates)(?: \w+){0,3} "
    r"(?:please|asap|soon|today))\b"
    r"|(?:^|, )(?:\w+ ){0,4}(?:confirmation|reference|summary|proof|details|updates?|(?:case|ticket|claim) number)"
    r"(?: ,|$)"
)  # wants to have it in writing, or to be told when it changes
IS_DONE = re.compile(
    r"\b(?:confirm (?:\w+ ){1,3}(?:is|are) (?:done|sorted|settled|finished|completed?|processed)|"
    r"(?:is|are) (?:my |the )?(?:\w+ ){1,3}(?:done|sorted|settled|finished|completed?|processed)|"
    r"(?:my|the) (?:\w+ ){1,2}(?:is|are) (?:\w+ ){0,2}(?:done|sorted|settled|finished|completed?|processed)|"
    r"is (?:that|it|this|everything|all|my (?:request|case|matter|change)) (?:\w+ )?(?:done|sorted|settled|"
    r"finished|completed?|through|arranged|processed|all|ok|okay|fine|set|in order|enough|needed)|is (?:that|it) all|"
    r"is there anything|are we (?:done|finished|good)|does that means?|"
    r"what happens|anything (?:else )?i|(?:can|could) (?:you|u) (?:please )?confirm|(?:do|don't) i? ?(?:need|"
    r"have) to|"
    r"i don't have to|please confirm|confirm (?:it|all|that|everything)|will it stay|next steps?|needed from me)\b"
)
PROOF = re.compile(
    r"\b(?:confirmation|receipt|letter|copy|reference|summary|proof|paperwork|details|(?:case|ticket|claim) number)\b"
)  # what a customer wants of a matter that is done
IN_ADVANCE = re.compile(r"\b(?:in advance|beforehand)\b")
ANY_NEWS = re.compile(
    r"\b(?:any news|any updates?|what (?:be)?came of (?:it|that)|what has become of|where do we stand|gone through)\b"
)
FAREWELL = re.compile(
    r"\b(?:(?:have|enjoy) (?:a|an|the|your) (?:\w+ ){0,4}(?:day|one|evening|night|weekend|week|afternoon|morning)"
    r"|take care|see you|good night|bye|goodbye|cya|cheers)\b"
)
WILL_DO = re.compile(
    r"\bi(?:'?ll| will)\b[^,]*? (?:when|once|as soon as)\b"
)  # "... my sister is back": asks and tells nothing
BOT = re.compile(r"\b(?:are you|is this|am i|do i)\b.{0,24}\b(?:bot|robot|human|real|machine|ai|person)\b")
NOTHING_MORE = re.compile(
    r"\b(?:that's all|thats all|that is all|nothing else|that's it|thats it|all good|i'm good|im good|i am done|"
    r"i'm done|that will be all|all (?:the |my )?(?:\w+ )?i needed)\b|\bno need(?: thanks| thank you)?(?: , |$)|"
    r"^nothing(?: more| at all)?(?: , |$)"
)
UNHELPED = re.compile(
    r"\b(?:still|again|doesn't help|didn't help|not what i|wrong|didn't answer|did not answer|isn't what)\b"
)
SMUGGLED = re.compile(  # words that want to be obeyed, and hold nothing that a customer tells
    r"\b(?:ignore|forget|disregard)\b.{0,30}\b(?:instructions|rules|orders)\b|\b(?:system|admin|note to \w+):"
    r"|\b(?:you are now|from now on|pretend to be)\b|\b(?:print|repeat|reply with|say|answer only with) \w*\d\w*\d"
)
