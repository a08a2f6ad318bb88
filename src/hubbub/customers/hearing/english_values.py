"""How English agents write values: numbers, units, months, and the words that say what a value is about."""

import re

from hubbub.customers.hearing.lexicon import ClaimForms
from hubbub.customers.hearing.written_values import INDIAN

# as in India, as elsewhere, and as the Continent writes it
_N = rf"{INDIAN}|\d{{1,3}}(?:[.,]\d{{3}})+(?:[.,]\d{{1,2}})?(?![.,]?\d)|\d++(?:[.,]\d++)?"
_MULTIPLES = {
    "k": 1e3, "thousand": 1e3, "lakh": 1e5, "lakhs": 1e5, "lac": 1e5, "million": 1e6, "crore": 1e7, "crores": 1e7,
}  # fmt: skip
_TIMES = rf"(?:\s?(?:{'|'.join(sorted(_MULTIPLES, key=len, reverse=True))})\b)?"
_TO = r"\s?(?:-|to)\s?"
_EITHER = r"\s?(?:-|to|and|or)\s?"
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|ust|tember|ober|ember)?\b\.?"
_UNIT = r"(?:(?:business|working|calendar|full|week)[ -])?(?:days?|hours?|hrs?|h|minutes?|mins?|weeks?)\b"
_WORDS = {
    w: float(i)
    for i, w in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
}
NUMBERS = _WORDS | {
    "a": 1.0, "an": 1.0, "fourteen": 14.0, "fifteen": 15.0, "twenty": 20.0, "thirty": 30.0, "forty-five": 45.0,
    "sixty": 60.0, "ninety": 90.0, "forty-eight": 48.0, "twenty-four": 24.0,
}  # fmt: skip
_WORDED = "|".join(sorted(NUMBERS, key=len, reverse=True))

CLAIMS = ClaimForms(
    form=re.compile(
        rf"(?P<url>https?://[^\s<>\"')]+|www\.[^\s<>\"')]+)"
        rf"|(?P<date>\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}"
        rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}(?:,? \d{{4}}\b)?"
        rf"|\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}}\b)?)"
        rf"|(?P<time>\d{{1,2}}[:.]\d{{2}}\s?[ap]\.?m\b\.?|\d{{1,2}}\s?[ap]\.?m\b\.?|(?:[01]?\d"
        rf"|2[0-3]):[0-5]\d(?![\d:]))"
        rf"|(?P<money>(?:(?:us|ca?|a)?[$£€₹¥]|\b(?:usd|eur|gbp|inr) |\brs\.? ?)\s?(?:{_N})"
        rf"(?:{_TO}[$£€₹¥]?(?:{_N}){_TIMES}\b(?!\s?(?:%|days|hours)))?{_TIMES}"
        rf"|(?:{_N}){_TIMES}\s?(?:dollars?|bucks|usd|euros?|eur|€|pounds|gbp|£|cents|pence|p\b|rupees|inr)(?![\w]))"
        rf"|(?P<percent>(?:{_N})(?:{_TO}(?:{_N}))?\s?(?:%|percent|per cent))"
        rf"|(?P<duration>(?:{_N})(?:{_EITHER}(?:{_N}))?[ -]?{_UNIT})"
        r"|(?P<phone>\+\d[\d ()-]{6,18}\d|\(?\d{3,5}\)?[ -]\d{3,4}[ -]?\d{3,6}\b|0800[ -]?\d{3,}\b)"
        r"|(?P<id>#?[a-z]{1,6}-?\d[a-z0-9-]{2,}\b|#\d{3,}\b|\d{2,}-\d{4,}\b|\d{6,}\b"
        r"|(?=[0-9-]*+[a-z])(?=[a-z-]*+\d)[a-z0-9][a-z0-9-]{6,}[a-z0-9]\b(?<![ap]m)(?<!days)(?<!hour)(?<!hours)"
        r"(?<!minute)(?<!minutes)(?<!weeks)(?<!week)(?<!year)(?<!month)(?<!day)(?<!digit))"
    ),
    leads=re.compile(  # a month, or a sign or word for money
        r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|(?:us|ca?|a)?[$£€₹¥]|usd|eur|gbp|inr|rs"
    ),
    worded=re.compile(rf"\b({_WORDED})(?:(?: to | or |-to-)({_WORDED}))?[ -]{_UNIT}"),
    worded_cues=frozenset(
        ["day", "days", "hour", "hours", "minute", "minutes", "week", "weeks", "business", "working"]
    ),
    numbers=NUMBERS,
    multiples=_MULTIPLES,
    units={
        "day": ("days", 1.0),
        "days": ("days", 1.0),
        "hour": ("hours", 1.0),
        "hours": ("hours", 1.0),
        "hr": ("hours", 1.0),
        "hrs": ("hours", 1.0),
        "h": ("hours", 1.0),
        "minute": ("minutes", 1.0),
        "minutes": ("minutes", 1.0),
        "min": ("minutes", 1.0),
        "mins": ("minutes", 1.0),
        "week": ("days", 7.0),
        "weeks": ("days", 7.0),
        "cents": ("money", 0.01),
        "pence": ("money", 0.01),
        "p": ("money", 0.01),
    },
    months={
        m: i + 1
        for i, m in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"])
    },
    topics={
        word: topic
        for topic, words in {
            "refund": "refund refunds refunded refunding money-back reimbursed reimbursement",
            "delivery": "delivery delivered deliver arrive arrives arriving arrival ship ships shipped shipping parcel",
            "fee": "fee fees charge charged charges penalty surcharge",
            "rate": "rate apr interest",
            "return": "return returns returned returning",
            "price": "price cost costs priced copay fare",
            "balance": "balance owe owed",
            "bill": "bill bills invoice",
            "limit": "limit limits",
            "deposit": "deposit",
            "discount": "discount voucher credit",
            "appointment": "appointment booked visit openings slot",
            "flight": "flight departs leaves departure depart boarding",
            "warranty": "warranty guarantee",
            "data": "data allowance",
            "payment": "payment payments due",
            "opening": "open opens opening close closes",
            "transfer": "transfer transfers",
            "response": "reply respond response callback",
        }.items()
        for word in words.split()
    },
    hedges=re.compile(
        r" (?:usually|typically|generally|normally|around|about|approximately|approx|roughly|probably|likely|maybe"
        r"|perhaps"
        r"|possibly|estimated?|on average|i (?:think|believe)|as far as|should (?:be|take|arrive|reach)|expected to"
        r"|or so|often"
        r"|most(?:ly)?|nearly|almost|circa|could (?:be|take|vary)|(?:may|might|can) (?:be|take|vary|cost))\b"
    ),
)
