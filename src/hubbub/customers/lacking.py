"""What agents ask for that a customer has not, or keeps to itself: asked for it, it says so."""

from hubbub.customers.customer import Customer
from hubbub.customers.mind import Mind
from hubbub.customers.pack import FALLBACK, pack
from hubbub.model import MATTER, Persona

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
_NUMBERED = ("order_id", "booking_id", "account_id", "policy_number", "tracking_number")  # what agents find people by
_SAME = {"order_id": "booking_id", "booking_id": "order_id"}
HAVE_TWO_NAMES = frozenset(_SAME)
PRIVATE = frozenset(("name", "email", "phone", "address", "postcode", "date_of_birth"))  # all have them: none need tell


def lacking(persona: Persona) -> tuple[str, ...]:
    """Slots that a persona says it has not, or will not tell, when it is asked for them.

    What it knows is left out under the same name alone; hearing knows what means the same. In other languages than
    English these are slots of which the pack has the noun.
    """
    language = persona.locale.partition("-")[0].lower()
    missing = [slot for slot in (*_REFERENCES, *sorted(PRIVATE), MATTER) if slot not in persona.knows]
    if language == FALLBACK:
        return tuple(missing)
    named = pack(language).slots
    return tuple(slot for slot in missing if slot in named)


def reference_of(customer: Customer, asked: str) -> str:
    """The number by which a customer can be found where one was asked for that it lacks; empty when it has none."""
    if asked not in _NUMBERED:
        return ""
    return next((slot for slot in _NUMBERED if slot in customer.knows), "")


def known_as(customer: Customer, asked: str) -> str:
    """The slot of this customer's that an agent means: what one ordered of an airline is a booking, and the reverse."""
    other = _SAME.get(asked, asked)
    return other if asked not in customer.knows and other in customer.knows else asked


def untold_number(customer: Customer, mind: Mind) -> str:
    """A number to be found by that has not been told: the answer to "Reference?"; empty when there is none."""
    return next((slot for slot in _NUMBERED if slot in customer.knows and slot not in mind.told), "")
