"""What English moves, passes on and works at that is no customer: parcels, feedback; so nobody is handed over."""

from hubbub.customers.hearing.english_rules import rule_of

_VERBS = (
    "passed passing pass handed handing forwarded forwarding forward transferred transferring moved moving escalated "
    "escalating sent released routed shared sharing upgraded"
)
_TO_CARRIERS = (
    r"\b(?:over |on )?to (?:the|our|your|a|an|their)? ?(?:[\w-]+ ){0,2}?(?:carriers?|couriers?|drivers?|warehouses?"
    r"|depot|delivery (?:partner|company|service)|shipping (?:partner|company)|post office|express|priority shipping"
    r"|lab|laboratory|printers?|wallet|bank account|savings|new card|pharmacy|garage|workshop|factory|manufacturer)\b"
    r"(?! (?:team|specialist|staff|manager|colleague|agent|desk|department|support|expert|people))"
)
_OF_FEEDBACK = (
    r"\b(?:your|the|this|that|their) (?:\w+ )?(?:feedback|comments?|suggestions?|compliments?|praise|kind words"
    r"|idea|thoughts|rating|review)\b"
)
_BY_DEPARTMENTS = (
    r"\b(?:processed|prepared|packed|shipped|printed|dispatched|repaired|assessed|approved|verified) by (?:the|our|an?)"
    r" (?:[\w-]+ ){0,2}?(?:department|team|desk|office|warehouse|bank|system)\b"
)
_ON_A_LIST = r"^you(?:'re| are| have been|'ve been) (?:now |already )*(?:subscribed|enrolled|registered|signed up)\b"

FREIGHT = (
    rule_of(None, _VERBS, _TO_CARRIERS, "statement", "guard"),
    rule_of(None, _VERBS, _OF_FEEDBACK, "statement", "guard"),
    rule_of(
        None,
        "processed prepared packed shipped printed dispatched repaired assessed approved verified",
        _BY_DEPARTMENTS,
        "statement",
        "guard",
    ),
    rule_of(None, "subscribed enrolled registered signed", _ON_A_LIST, "statement", "guard"),
)
