"""What a customer says of itself unasked: its name beside an answer, and at the end where to write or to call."""

from hubbub.chance import Stream
from hubbub.customers.customer import Customer
from hubbub.customers.mind import Mind
from hubbub.customers.pack import habits_of

CONTACT = "contact"  # what such a message is about
UNASKED = "unasked"  # ... and what one is about that tells what nobody has asked for yet
OFFERED = "offer"  # ... and one that takes up an offer
_KINDS = ("phone", "email")


def with_name(customer: Customer, mind: Mind, told: tuple[str, ...], chance: Stream) -> tuple[str, ...]:
    """What is about to be told, now and then with the name, or a telephone number beside an address for mail.

    Of those who tell only what they are asked for, never.
    """
    if customer.persona.manner.disclosure == "when_asked":
        return told
    if told == ("email",) and "phone" in customer.knows and "phone" not in mind.told:
        return ("email", "phone") if chance.happens(habits_of(customer.persona).contacts[1]) else told
    if "name" in told or "name" in mind.told:
        return told
    names = habits_of(customer.persona).names
    return (*told, "name") if names and "name" in customer.knows and chance.happens(names) else told


def unsaid(customer: Customer, mind: Mind, chance: Stream) -> tuple[str, ...]:
    """One way to reach it that it has not told yet; none where it tells only what it is asked for."""
    if customer.persona.manner.disclosure == "when_asked":
        return ()
    left = [slot for slot in _KINDS if slot in customer.knows and slot not in mind.told]
    return (chance.choice(left),) if left else ()
