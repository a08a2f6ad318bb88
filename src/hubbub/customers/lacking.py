"""What agents ask for that a customer has not, or keeps to itself: asked for it, it says so."""

from hubbub.customers.pack import FALLBACK, pack
from hubbub.model import Persona

_REFERENCES = (
    "order_id",
    "account_id",
    "booking_id",
    "policy_number",
    "tracking_number",
    "serial_number",
    "meter_number",
    "meter_reading",
    "card_last4",
    "security_code",
)  # one may have none at hand
PRIVATE = frozenset(("name", "email", "phone", "address", "postcode", "date_of_birth"))  # all have them: none need tell


def lacking(persona: Persona) -> tuple[str, ...]:
    """Slots that a persona says it has not, or will not tell, when it is asked for them.

    What it knows is left out under the same name alone; hearing knows what means the same. In other languages than
    English these are slots of which the pack has the noun.
    """
    language = persona.locale.partition("-")[0].lower()
    missing = [slot for slot in (*_REFERENCES, *sorted(PRIVATE)) if slot not in persona.knows]
    if language == FALLBACK:
        return tuple(missing)
    named = pack(language).slots
    return tuple(slot for slot in missing if slot in named)
