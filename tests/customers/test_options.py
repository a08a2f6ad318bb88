"""Claims about options: which of a menu's serve a matter, by topics, by what is owned and by the matter's own words."""

import pytest

from hubbub.customers.customer import Customer
from hubbub.customers.options import SERVES, fitness, names
from hubbub.model import Goal, Source
from tests.customers.people import customer

SHOP = ("Track an order", "Cancel an order", "Returns & refunds", "Billing", "My account")
BANK = ("Balance & statements", "Lost or stolen card", "Payments and loans", "Report fraud")
LINE = ("Internet or TV fault", "My plan and SIM", "Bills and payments")
TRIP = ("Change a booking", "Flight status", "Baggage", "Claims & complaints")


def best(intent: str, labels: tuple[str, ...], **changed: object) -> str:
    """The option that a customer with this intent would take; empty where none serves."""
    goal = Goal(intent=intent, **changed)  # type: ignore[arg-type]
    who: Customer = customer(goal=goal)
    fit, label = max((fitness(who, goal, label), label) for label in labels)
    return label if fit >= SERVES else ""


@pytest.mark.parametrize(
    ("intent", "labels", "taken"),
    [
        ("get_refund", SHOP, "Returns & refunds"),
        ("track_order", SHOP, "Track an order"),
        ("cancel_order", SHOP, "Cancel an order"),
        ("billing_question", SHOP, "Billing"),
        ("check_balance", BANK, "Balance & statements"),
        ("card_lost", BANK, "Lost or stolen card"),
        ("report_fraud", BANK, "Report fraud"),
        ("loan_hardship", BANK, "Payments and loans"),
        ("internet_outage", LINE, "Internet or TV fault"),
        ("cancel_contract", LINE, "My plan and SIM"),
        ("change_booking", TRIP, "Change a booking"),
        ("check_flight_status", TRIP, "Flight status"),
        ("report_lost_luggage", TRIP, "Baggage"),
        ("request_compensation", TRIP, "Claims & complaints"),
    ],
)
def test_the_option_of_the_matter_serves_it_best(intent: str, labels: tuple[str, ...], taken: str) -> None:
    assert best(intent, labels) == taken


def test_nobody_takes_an_option_for_something_else_to_be_done() -> None:
    assert best("cancel_order", ("Track an order", "Returns & refunds", "Billing")) == ""
    assert best("track_order", ("Cancel an order", "Returns & refunds")) == ""


def test_a_matter_of_no_topic_fits_nothing_but_its_own_words() -> None:
    assert best("other_question", SHOP) == ""
    says = ("may a tree stand near your power line", "the tree is close to your line")
    assert best("other_question", (*SHOP, "Trees near a power line"), says=says) == "Trees near a power line"


def test_an_option_that_names_what_is_owned_serves() -> None:
    who = customer(knows={"item": Source(one_of=("kettle",))}, goal=Goal(intent="ask_something", tells=("item",)))
    assert fitness(who, who.persona.goal, "Kettles and toasters") < fitness(who, who.persona.goal, "Your kettle")
    assert fitness(who, who.persona.goal, "Your kettle") >= SERVES


def test_other_languages_go_by_the_matters_own_words() -> None:
    who = customer(locale="de-DE")
    labels = ("Bestellung verfolgen", "Rückgabe und Erstattung", "Rechnung")
    assert max(labels, key=lambda label: fitness(who, who.persona.goal, label)) == "Rückgabe und Erstattung"
    assert fitness(who, who.persona.goal, "Rechnung") < SERVES


@pytest.mark.parametrize(
    ("value", "label", "same"),
    [("kettle", "Kettle", True), ("A-12345", "Order A-12345, 2 May", True), ("blue kettle", "Kettle", True),
     ("kettle", "Toaster", False), ("kettle", "", False)],
)  # fmt: skip
def test_an_option_may_be_a_value_in_other_words(value: str, label: str, same: bool) -> None:
    assert names(value, label) is same
