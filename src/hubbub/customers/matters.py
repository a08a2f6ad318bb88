"""Which broad matters a persona comes with, by the names of what it wants and knows: others are beside the point."""

from hubbub.model import Persona

_OF_WORDS = {
    frozenset(("order", "refund", "item", "delivery", "shipping", "parcel", "return", "arrival")): ("shop",),
    frozenset(("internet", "wifi", "broadband", "router", "phone")): ("net", "plan"),
    frozenset(("plan", "contract", "sim", "subscription", "tariff")): ("plan", "net", "power"),
    frozenset(("power", "meter", "electricity", "gas", "energy", "water")): ("power", "plan"),
    frozenset(("outage",)): ("net", "power", "plan"),
    frozenset(("card", "loan", "charge", "fraud", "savings", "transfer")): ("bank",),
    frozenset(("balance", "debit")): ("bank", "plan", "power"),
    frozenset(("appointment", "prescription", "test", "results")): ("health",),
    frozenset(("booking", "flight", "luggage", "seat", "hotel", "reservation", "trip")): ("travel",),
}


def matters_of(persona: Persona) -> frozenset[str]:
    """The matters of all its goals; none where one of them is of no known matter, as then anything may fit."""
    goals = (persona.goal, *persona.then)
    each = [_named("_".join((goal.intent, *goal.tells)).split("_")) for goal in goals]
    return frozenset().union(*each) if all(each) else frozenset()


def _named(words: list[str]) -> frozenset[str]:
    return frozenset(matter for known, matters in _OF_WORDS.items() if known.intersection(words) for matter in matters)
