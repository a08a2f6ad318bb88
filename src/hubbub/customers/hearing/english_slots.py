"""What English agents ask for: slots that mean the same, and the phrases that name them."""

from hubbub.customers.hearing.lexicon import SlotNames


def _slot(names: str, *phrases: str) -> SlotNames:
    return SlotNames(frozenset(names.split()), phrases)


_NO = r"(?:numbers?|no\b\.?|#|id|ids|reference|ref\b\.?|code)"

SLOTS = (
    _slot(
        "order_id order order_number order_no order_ref",
        rf"(?:order|purchase) (?:reference )?{_NO}",
        r"(?:your|the|an?) reference(?! (?:for|of))",
        r"which order",
        "order reference",
        "reference of (?:your|the) (?:order|purchase)",
        "order details",
        "order confirmation",
    ),
    _slot(
        "name full_name customer_name",
        r"(?:full |first |last |sur)?names?(?: on| and|\b)",
        "whom? am i (?:speaking|talking|chatting)",
        "who is this",
        "cardholder",
    ),
    _slot("first_name", "first name", "given name"),
    _slot("last_name surname", "last name", "surname", "family name"),
    _slot("email email_address e_mail", r"(?<!confirmation )e-?mail(?! (?:me|us) )(?: address)?"),
    _slot(
        "phone phone_number mobile mobile_number telephone msisdn line_number",
        r"(?:phone|mobile|telephone|cell|contact|callback|line)"
        r"(?: phone)? (?:numbers?|no\b)",
        "(?:best|a|good|what|which) number (?:to|can|should)",
        "number (?:to (?:call|reach)|on the account)",
        "phone or",
        "your (?:phone|mobile|cell)$",
    ),
    _slot(
        "address street_address delivery_address shipping_address service_address home_address billing_address",
        r"(?<!mail )(?<!ip )address",
        "where do you live",
        "where should (?:we|it|i) (?:be )?(?:send|deliver|ship)",
    ),
    _slot("postcode post_code postal_code zip zip_code", "post ?-?codes?", "postal code", r"zip(?: ?code)?"),
    _slot(
        "date_of_birth dob birth_date birthday",
        "(?:date|day|year) of birth",
        "birth ?-?date",
        "dob",
        "birthday",
        "when were you born",
    ),
    _slot(
        "account_number account_id account account_no customer_number customer_id",
        rf"(?:account|customer|client|member) {_NO}",
        "account and",
        "which account",
    ),
    _slot(
        "card_last4 card_number last4 card_last_four card",
        "(?:last|final) (?:four|4)(?: digits?| numbers?)?",
        "card number",
        "card ending",
        "which card",
        "digits of (?:your|the) (?:debit |credit )?card",
    ),
    _slot(
        "item product item_name article",
        r"(?:which|what) (?:item|product|article)s?",
        "(?:item|product|article)(?: name| number| in question)?s?",
        "(?:which|what) .{0,30}(?:return|exchange|arrived|bought)",
        "what did you (?:order|buy|purchase)",
    ),
    _slot(
        "booking_id booking booking_ref booking_reference booking_number reservation reservation_id reservation_number "
        "pnr "
        "confirmation_number confirmation_code",
        rf"(?:booking|reservation|confirmation|trip|itinerary|ticket)(?: reference)? {_NO}",
        "pnr",
        "record locator",
        "(?:your|the) booking$",
        "(?:confirmation|booking|letter|character) code",
    ),
    _slot(
        "amount sum transaction_amount charge_amount",
        "amounts?",
        "how much (?:was|were|is|did|money|do)",
        r"\bsum\b",
        "how large",
    ),
    _slot(
        "date transaction_date purchase_date order_date travel_date dates departure_date incident_date delivery_date",
        r"(?<!up to )dates?(?! of birth)",
        "(?:what|which) day",
        r"when (?:did|was|were|do|are|would|is) (?:you|it|the|they|this)",
        "on what day",
        "how long ago",
        "since when",
    ),
    _slot(
        "device model phone_model device_model handset make_model",
        "(?:phone |device |router |handset )?models?",
        "(?:which|what) (?:phone|device|handset)(?! (?:number|no))",
        "(?:what|which) (?:kind|type|make|brand|sort) of",
        "what device",
        r"\bdevice\b",
        "(?:make|brand) (?:and|of)",
    ),
    _slot(
        "meter_reading reading",
        "(?:meter|current) reading",
        "reading(?:s)? (?:on|from|of)",
        "numbers on (?:your|the) meter",
        "meter (?:show|say|display)s?",
    ),
    _slot("meter_number meter_id meter_serial", rf"meter (?:serial )?{_NO}"),
    _slot("serial_number serial imei", "serial(?: number| no)?", "imei"),
    _slot(
        "doctor physician practitioner provider",
        "(?:usual |your |which |what )(?:doctor|gp|physician|provider|practitioner)(?:'s name)?",
    ),
    _slot("symptoms symptom", "symptoms?", "how (?:are|do) you feel(?:ing)?", "where does it hurt"),
    _slot(
        "city destination to_city arrival_city",
        r"\bcity\b",
        "destination",
        "where (?:are you|would you like to|do you want to) (?:fly|go|travel|head)(?:ing)?(?: to)?",
        "where to",
    ),
    _slot(
        "origin from_city departure_city", "(?:flying|leaving|travell?ing|departing) from", "departure (?:city|airport)"
    ),
    _slot(
        "problem issue complaint description symptom_description",
        "(?:what|which) (?:is|'s|seems to be|exactly is)? ?(?:the )?(?:problem|issue)",
        "what (?:happened|went wrong|exactly (?:happened|went wrong|is wrong))",
        r"what(?:'s|s| is)? (?:wrong|going on|happening)",
        "what (?:it is|it's|this is) about",
        "describe (?:the|your|what)",
        "(?:problem|issue) (?:in|are) ",
        "more (?:details|information|info) (?:about|on)",
        "(?:the )?nature of",
        "explain (?:the|your|what)",
    ),
    _slot("reason return_reason cancel_reason", "reasons?", r"why (?:do|did|are|would|were)"),
    _slot("policy_number policy", rf"policy {_NO}"),
    _slot(
        "member_id insurance_id insurance member_number",
        "member(?:ship)? (?:id|number)",
        r"insurance (?:id|card|number|plan|provider|details|information)",
    ),
    _slot("flight flight_number", rf"flight {_NO}", "which flight"),
    _slot(
        "plan tariff package", "(?:which|what) (?:plan|tariff|package|contract)", "(?:name of )?your (?:plan|tariff)$"
    ),
    _slot("time appointment_time", "(?:what|which) time", "time of day", "preferred time"),
    _slot(
        "passengers travellers guests",
        "how many (?:people|passengers|travell?ers|guests|adults)",
        "number of (?:passengers|guests|people)",
    ),
    _slot("username user_id login", "user ?-?(?:name|id)", "login"),
    _slot(
        "pin code security_code verification_code otp passcode",
        "(?:security|verification|one-time|access|6-digit|six-digit) (?:code|passcode|pin)",
        "passcode",
        r"\bpin\b",
    ),
    _slot("merchant shop payee", "merchant", "payee", "(?:which|what) (?:shop|store|company|retailer)"),
    _slot(
        "claim_number claim_id case_number case_id ticket_number ticket_id", rf"(?:claim|case|ticket|complaint) {_NO}"
    ),
    _slot("tracking_number tracking_id", rf"tracking {_NO}"),
)
GENERIC_SUFFIXES = {
    "id": ("id", "number", r"no\b\.?", "reference", "code"),
    "number": ("number", r"no\b\.?", "id", "reference"),
    "no": ("number", r"no\b\.?"),
    "ref": ("ref", "reference", "number"),
    "reference": ("reference", r"ref\b", "number"),
    "code": ("code", "number"),
}
