"""Values that a customer tells: order numbers, e-mails, addresses and the like, found in a message."""

import re
from collections.abc import Callable, Mapping

from hubbub.reference_agent.reading import Reading, one_slip_apart, word_set

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_REFERENCE = re.compile(r"\b(?=[A-Za-z]*-?\d)[A-Za-z]{1,4}[- ]?\d{4,10}\b|#\s?\d{4,12}\b")
_DIGITS = re.compile(r"(?<![\d.,-])\d{5,12}(?![\d-]|[.,]\d)")
_FOUR = re.compile(r"(?<![\w.,$£€-])\d{4}(?![\w-]|[.,]\d)")
_CARD = re.compile(r"(?:ending|ends|end|last|digits|card)\D{0,24}(\d{4})(?!\d)|(\d{4})(?=\D{0,16}\bcard)", re.I)
_PHONE = re.compile(
    r"\+\d[\d ().-]{6,16}\d|\(0\d\) ?\d{4} \d{4}\b|\b0\d{2} \d{4} \d{4}\b|"
    r"\(?\b\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b|\b0\d{3,4} ?\d{3} ?\d{3,4}\b|\b\d{3}-\d{4}\b"
)
_NAMED_PHONE = re.compile(  # ten or eleven digits alone are a telephone number when they are called one
    r"\b(?:phone|mobile|cell|call|text|ring|reach|contact|(?<!order )(?<!account )(?<!card )(?<!customer )number)\b"
    r"\D{0,24}"
    r"(\d{10,11})\b|\b(\d{10,11})\b(?=\D{0,12}\b(?:phone|mobile|cell|number)\b)",
    re.I,
)
_POSTCODE = re.compile(r"\b[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}\b|\b\d{5}(?:-\d{4})?\b")
_NO_PLACE = re.compile(r"\b(?:name|number|account|customer|order|reference|code|zip|e-?mail|phone)\b", re.I)
_AFTER_ITS_NAME = re.compile(r"\b\d{4,5}(?:-\d{4})?\b")
_POST = re.compile(r"\b(?:zip|post ?code|postal|pos[a-z]{2,4} code)\b", re.I)
_SHORT_POSTCODE = re.compile(r"(?<![\w.,-])\d{4}(?:\d\d)?(?![\w-]|[.,]\d)")  # of Australia, of India
_UK_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
_AMOUNT = re.compile(
    r"(?:usd|eur|gbp|[$£€])\s?(\d[\d,]*(?:\.\d{1,2})?)|(\d[\d,]*(?:\.\d{1,2})?)\s?(?:usd|eur|gbp|dollars?|bucks|"
    r"pounds?|euros?|quid|[$£€])",
    re.I,
)
_BARE_NUMBER = re.compile(r"(?<![\w-])(\d[\d,]*(?:\.\d{1,2})?)(?![\w-])")
_NAME = re.compile(
    r"(?i:\bmy name is|\bname's|\bname is|\bthis is|\bname:?|\bunder the name|\bi am called|\bcalled|\bi am|\bi'?m) "
    r"((?:[A-Z][\w'.-]+ ?){1,4})"
)
_STREET = re.compile(
    r"(?:\b(?:apt|apartment|flat|unit|suite|studio)\.? ?\d+[A-Za-z]?,? )?"
    r"\b(?:\d{1,4}/)?\d{1,5}[A-Za-z]? (?:[A-Za-z.']+ ){0,4}(?:st|street|rd|road|ave|avenue|lane|ln|drive|dr|way|"
    r"court|ct|close|place|pl|square|terrace|blvd|boulevard|row|parkway|circle|trail|loop|route|crossing|suite|apt|[a-z]+ways?|"
    r"(?!(?:is|this|was|digits|numbers|letters|questions|times|days|weeks|months|years|hours|minutes|nights|people|persons|"
    r"items|others|receipts|tickets|bags|boxes|lights|metres|kids|tablets|details)\b)[a-z]+s)\b[^.!?\n]*",
    re.I,
)
GOODS = word_set(
    "blender kettle toaster headphones headphone laptop phone_case tablet mixer vacuum_cleaner vacuum lamp "
    "jacket shoes boots trainers sneakers shirt dress jeans coat sweater watch camera speaker keyboard mouse "
    "monitor printer coffee_maker coffee_machine coffee_grinder coffeemaker microwave oven air_fryer airfryer "
    "fridge freezer dishwasher washing_machine iron fan heater chair table desk sofa mattress bed pillow rug "
    "mirror vase mug plate pan pot knife knives bike bicycle helmet tent backpack bag suitcase toy puzzle book "
    "game console controller charger cable power_bank earbuds tv television drill sunglasses ring necklace "
    "rice_cooker hair_dryer hand_mixer desk_lamp waffle_maker slow_cooker sewing_machine steam_mop kitchen_scale "
    "popcorn_maker food_processor dehumidifier humidifier projector soundbar headset webcam scanner shredder "
    "lawn_mower hedge_trimmer pressure_washer jigsaw sander torch alarm_clock doorbell thermostat tripod trolley "
    "hoover electric_blanket hair_curler extension_lead toaster_oven bracelet perfume cream shampoo razor "
    "toothbrush juicer grill blanket curtains curtain towels towel hoodie "
    "hat scarf gloves "
    "trimmer bread_maker baby_monitor record_player radio dashcam lawnmower treadmill turntable smartwatch "
    "electric_bike"
)
_MY_THING = re.compile(
    r"\b(?:my|the) ((?:[a-z]+[ -])?[a-z]{3,16}) (?:is|was|arrived|came|broke|has|doesn't|doesnt|won't|stopped|that)\b"
)
_CALLED_ADDRESS = re.compile(r"\baddres+\b(?: is|:)?", re.I)
_LEADING_NUMBER = re.compile(r"^\W*(?:[A-Za-z]{1,4}-?\d{4,10}|\d{6,12})[,;.] *")  # of an account, and then the address
_ASIDE = re.compile(  # what follows an address in the same breath, and is no part of it
    r"[,;.]?\s*(?<!\w)(?:and )?(?:(?:my |the )?(?:full )?n[aem]{2,4}\b(?: is|'s|:)?|i am\b|i'm\b|im\b|"
    r"this is\b|is (?:that|it|this)\b|"
    r"thanks?\b|please\b|pls\b|(?:my |the )?(?:e-?mail|phone|mobile|account|order|booking|customer)\b|"
    r"(?:my |the )?(?:zip|post ?code|postal code)(?: code)?(?: is\b|:)).*$",
    re.I,
)
_ASKS = re.compile(r"[,.;] *is (?:that|it|this)\b.*$", re.I)  # "..., is that enough?" says nothing against it
_BESIDE = re.compile(r"\n|[.,;!] *(?=sorry\b|thank)", re.I)  # parts an address from what is said beside it
_WHEN = re.compile(
    r",? (?:from |of )?(?:(?:on|over|since) \w+day|yesterday|today|last \w+|this \w+|the other day|the weekend|\w+day|"
    r"(?:a few|two|an?) \w+ ago)$",
    re.I,
)  # when it was bought belongs to no thing's name
_TELLS_A_WAY = re.compile(r"@|\d{7}|\d{3}[ -]\d{4}")  # "my mobiel is ...": no thing, however it is spelt
_NOT_THINGS = word_set(
    "order package parcel item delivery thing money refund account card name number email address box problem driver "
    "courier customer service status cell mobile mail phone zip postcode window period deadline return plan rules "
    "policy app site page days time weather bill invoice statement internet wifi connection line power flight trip "
    "appointment medication tablets mobile sim contract loan"
)
_PLAN = re.compile(
    r"\b((?:unlimited|basic|plus|premium|pro|family|starter|standard|max|ultra|essential|gold|silver|platinum|"
    r"student|smart|"
    r"fib(?:er|re)(?: ?\d+)?|5g|\d+ ?gb|\d+ ?mbps|\d+ ?mb)(?: (?:plus|max|pro|unlimited|\d+|family|5g))?)\b"
    r"(?! (?:customer|member|client|user|status|card))(?: (?:plan|data|one))?",
    re.I,
)
_FILLER = re.compile(
    r"^(?:(?:it'?s|its|it is|that'?s|my|the|a|an|sure|ok|okay|yes|yeah|hi|well|so|is|here|name|order|item|number|plan|"
    r"would be|you go|to|for|one|i ordered|i bought|i want|addres+|new)\b[\s,:.]*)+",
    re.I,
)
_NAME_WORD = re.compile(r"[A-Z][\w'.-]+")
_BARE_WORD = re.compile(r"\b[A-Za-z][\w'.-]*")
_BESIDE_NAMES = word_set(
    "ok okay sure yes yeah certainly and my is name order account number no nr it its it's the a for on i am i'm im "
    "customer zip code postcode postal id ref reference booking last four digits of card ending in phone mobile cell "
    "email mail e-mail address tel contact here full"
)
_MISTYPED = ("name", "number", "order", "account", "email", "phone", "customer", "digits", "reference")
_SHORT = 3  # letters
_NO_NAMES = word_set(
    "good morning afternoon evening day hello hi hey dear thank thanks regards best kind sir madam please sorry"
)
_LONGEST_NAME = 4  # words
_LONGEST = 120  # characters of any value
_WORDY = word_set(
    "don't dont can't cant know why not no never refuse what how when where who help agent human need want sorry wait "
    "thanks thank hello hi yes yeah nope"
)

Found = dict[str, str]


def vocabulary() -> set[str]:
    """Names of goods, to be recognised in spite of typing errors."""
    return {word for thing in GOODS for word in thing.split("_")}


def told(reading: Reading, waiting_for: tuple[str, ...], needs: tuple[str, ...], reference: str = "order_id") -> Found:
    """The values in a message. What the agent waits for, and what the intent needs, settles what a number is.

    `reference` is the slot of a number that is called nothing, and that nobody waits for.
    """
    wanted = (*waiting_for, *needs)
    found: Found = {}
    rest = reading.raw
    digits = any(map(str.isdigit, rest))
    for slot, finder in _FINDERS.items():
        if slot in _NUMERIC and not digits:
            continue
        value = finder(rest, reading, slot in waiting_for)
        if slot == "phone" and value.isdigit() and len(value) < _SHORTEST_PHONE and _NUMBERS.intersection(waiting_for):
            continue  # an order's number, asked for in the same breath
        if slot == "amount" and _LONG_NUMBERS.intersection(waiting_for) and _UNPRICED.fullmatch(rest.strip(" .!,")):
            continue  # the digits of a card or the like, which were asked for too
        if value:
            found[slot] = value
            if slot not in _SHARING:
                rest = rest.replace(value, " ", 1)
    if digits:
        _take_references(rest, (*wanted, reference), _NUMBERS.intersection(wanted), waiting_for, found)
    if not found and waiting_for:
        _take_at_word(reading, waiting_for, found)
    elif found and "name" not in found and (name := _beside(reading.raw, found)):
        found["name"] = name
    return {slot: value[:_LONGEST] for slot, value in found.items()}


def _beside(text: str, found: Found) -> str:
    """A name that stands beside other values and says of itself nothing: "98681009, Duane Hicks"."""
    for value in found.values():
        text = text.replace(value, " ", 1)
    if len(_NAME_WORD.findall(text)) < 2:
        return ""
    bare = [word for word in _BARE_WORD.findall(text) if not _is_beside(word.lower())]
    named = 2 <= len(bare) <= _LONGEST_NAME and all(map(_NAME_WORD.fullmatch, bare))
    return " ".join(bare) if named and not _NO_NAMES.intersection(map(str.lower, bare)) else ""


def _is_beside(word: str) -> bool:
    """Whether it is one of those words that stand beside a name or a number, also with a typing error in it."""
    return word in _BESIDE_NAMES or (len(word) > _SHORT and any(one_slip_apart(word, known) for known in _MISTYPED))


def only_refuses(reading: Reading) -> bool:
    """Whether nothing else is said than that it is not known, or not told."""
    return all(_REFUSES.search(clause) or not any(map(str.isalpha, clause)) for clause in reading.clauses)


def is_known(slot: str, value: str) -> bool:
    """Whether a thing or a plan is one by its name, and not only by its place in the sentence."""
    return slot != "item" or value.replace(" ", "_") in GOODS


def refuses(reading: Reading) -> bool:
    """The customer does not have, or does not want to give, what was asked for."""
    return bool(_REFUSES.search(" , ".join(reading.clauses)))


_REFUSES = re.compile(
    r"\b(?:don't|dont|do not|haven't|havent|can't|cant|cannot|couldn't) (?:really |even )?(?:have|know|remember|"
    r"find|got|see|"
    r"want to (?:give|say|share|tell)|give|recall)\b|\bno idea\b|\bnot sure\b|\bno clue\b|\blost (?:it|the email)\b|"
    r"\bwon't (?:give|tell|say|hand)\b|\bis private\b|\brather not\b|\bnever got (?:one|a number)\b|"
    r"\bnot (?:telling|giving)\b|\bwhy do you need\b"
)


def _email(text: str, _: Reading, __: bool) -> str:
    match = _EMAIL.search(text)
    return match.group().rstrip(".") if match else ""


def _amount(text: str, _: Reading, awaited: bool) -> str:
    match = _AMOUNT.search(text) or (_BARE_NUMBER.search(text) if awaited and not _CARD.search(text) else None)
    return next((g for g in match.groups() if g), "").replace(",", "") if match else ""


def _phone(text: str, _: Reading, awaited: bool) -> str:
    match = _PHONE.search(text)
    if match is None and (named := _NAMED_PHONE.search(text)):
        return named[1] or named[2]
    if match is None and awaited:
        match = re.search(r"\b\d{7,14}\b", text)
    return match.group().strip() if match else ""


def _card(text: str, _: Reading, awaited: bool) -> str:
    match = _CARD.search(text)
    if match:
        return match.group(1) or match.group(2)
    bare = _FOUR.search(text) if awaited else None
    return bare.group() if bare else ""


def _postcode(text: str, _: Reading, awaited: bool) -> str:
    named = _POST.search(text)
    match = _POSTCODE.search(text) if awaited or named else _UK_POSTCODE.search(text)
    match = match or (_SHORT_POSTCODE.search(text) if awaited else None)
    match = match or (_AFTER_ITS_NAME.search(text, named.end()) if named else None)
    return match.group() if match else ""


def _address(text: str, _: Reading, awaited: bool) -> str:
    match = _STREET.search(text)
    if match:
        return " ".join(_ASIDE.sub("", match.group()).split()).rstrip(" ,;-")
    line = next(filter(re.compile(r"\d").search, _BESIDE.split(text)), "")
    line = _CALLED_ADDRESS.split(_LEADING_NUMBER.sub("", line))[-1]
    plain = " ".join(_ASIDE.sub("", _FILLER.sub("", line)).split()).rstrip(" ,.")
    spoken = awaited and re.search(r"\d", plain) and len(plain.split()) >= 3 and not _NO_PLACE.search(plain)
    return plain if spoken else ""


def _name(text: str, _: Reading, __: bool) -> str:
    match = _NAME.search(text)
    return match.group(1).strip(" .,") if match else ""


def _item(_: str, reading: Reading, __: bool) -> str:
    words = reading.words
    for before, first, second in zip(("", *words), words, (*words[1:], ""), strict=False):
        if f"{first}_{second}" in GOODS:
            return f"{first} {second}"
        if first in GOODS and before != "to":  # "if you need to ring"
            return first
    thing = None if _TELLS_A_WAY.search(reading.raw) else _MY_THING.search(" ".join(words))
    return thing.group(1) if thing and not any(map(_is_no_thing, thing.group(1).split())) else ""


def _is_no_thing(word: str) -> bool:
    """Whether a word names no goods, also with a typing error in it: nobody returns a "namme"."""
    return word in _NOT_THINGS or any(
        one_slip_apart(word, known) for known in ("name", "number", "order", "account", "email", "e-mail")
    )


def _plan(text: str, _: Reading, __: bool) -> str:
    match = _PLAN.search(text)
    return match.group(1).lower() if match else ""


# In this order: what was taken for one is not looked at again for the next.
_FINDERS: Mapping[str, Callable[[str, Reading, bool], str]] = {
    "email": _email,
    "amount": _amount,
    "phone": _phone,
    "address": _address,
    "card_last4": _card,
    "name": _name,
    "postcode": _postcode,
    "item": _item,
    "plan": _plan,
}
_NUMERIC = frozenset({"amount", "address", "phone", "card_last4", "postcode"})  # none of them without a digit
_SHARING = frozenset({"item", "plan"})
_NUMBERS = frozenset({"order_id", "account_id"})
_LONG_NUMBERS = frozenset({"order_id", "account_id", "card_last4", "phone", "postcode"})
_UNPRICED = re.compile(r"\d{4,}")  # no amount, where something else is asked for that is a number
_CALLS = {
    "account_id": re.compile(r"account|customer n|\bacc?[a-z]*o[a-z]*t\b"),
    "order_id": re.compile(r"order|booking"),
}
_SHORTEST_PHONE = 10  # digits, where a number could be an order's too
_AT_THEIR_WORD = ("item", "plan", "name", "address")


def _take_references(
    text: str, wanted: tuple[str, ...], needed: frozenset[str], waiting_for: tuple[str, ...], found: Found
) -> None:
    match = _REFERENCE.search(text)
    asked = _NUMBERS.intersection(waiting_for)
    if match is None and (needed or "order" in text.lower() or "account" in text.lower()):
        match = _DIGITS.search(text)
    if match is None:
        return
    lowered = text.lower()
    if len(match.group()) >= _SHORTEST_PHONE and match.group().isdigit() and "order" not in lowered and not asked:
        found.setdefault("phone", match.group())
        return
    called = _called(lowered, match.start())
    slot = called or next((s for s in wanted if s in _NUMBERS and s not in found), "order_id")
    found[slot] = match.group().lstrip("# ").upper()


def _called(text: str, at: int) -> str:
    """What a number is called: by the last such word before it, else by one that follows."""
    for part, last in ((text[:at], True), (text[at:], False)):
        calls = [(found.start(), slot) for slot, name in _CALLS.items() for found in name.finditer(part)]
        if calls:
            return (max if last else min)(calls)[1]
    return ""


def _take_at_word(reading: Reading, waiting_for: tuple[str, ...], found: Found) -> None:
    """A short message that is neither a question nor a refusal is what was asked for."""
    slot = next((s for s in _AT_THEIR_WORD if s in waiting_for), "")
    plain = _FILLER.sub("", _BESIDE.split(reading.raw.strip())[0]).strip(" .!,?")
    plain, asides = _ASKS.subn("", plain)
    words = plain.lower().split()
    if slot and plain and len(words) <= 5 and (asides or not reading.question) and not _WORDY.intersection(words):
        found[slot] = plain if slot in ("name", "address") else _WHEN.sub("", plain.lower())
