"""Who is asked for what it has not says so, and does not begin again with what it came for."""

import pytest

from hubbub.conversation import ears_of
from hubbub.customers import agenda
from hubbub.customers.lacking import lacking
from hubbub.customers.population import Population
from hubbub.customers.wording import word
from hubbub.model import Goal, Heard, Persona, Say, Source

FIVE_LINES = Persona(persona="parcel-late", goal=Goal(intent="track_order"))


def heard_by(persona: Persona, reply: str) -> Heard:
    return ears_of([persona])[persona.persona].hear(reply)


@pytest.mark.parametrize(
    ("reply", "slot"),
    [
        ("What is your order number?", "order_id"),
        ("Could you give me your booking reference?", "booking_id"),
        ("I'll need your email address to look that up.", "email"),
        ("May I have your date of birth?", "date_of_birth"),
    ],
)
def test_who_knows_nothing_says_that_it_has_none(reply: str, slot: str) -> None:
    customer = Population(((FIVE_LINES, 1.0),), 1).draw(0)
    opened = agenda.next_move(customer, agenda.start(customer).mind, Heard(("greet", "request")), 1.0)
    step = agenda.next_move(customer, opened.mind, heard_by(FIVE_LINES, reply), 1.0)
    assert isinstance(step.move, Say)
    assert (step.move.act, step.move.about) == ("deny", slot)


def test_what_everybody_has_is_kept_back_and_never_said_to_be_missing() -> None:
    customer = Population(((FIVE_LINES, 1.0),), 1).draw(0)
    mind = agenda.start(customer).mind
    for turn in range(60):
        mind = agenda.next_move(customer, mind, Heard(("request",), ("name",), chars=turn), 1.0).mind
        said = " ".join(word(customer, mind, Say("deny", about="name"))).lower().replace("'", "")
        assert "name" in said
        assert not any(none in said for none in ("dont have my", "dont have the", "cant find", "dont know", "no name"))


def test_what_means_the_same_as_something_it_knows_is_not_missing() -> None:
    persona = Persona(
        persona="guest", goal=Goal(intent="cancel_booking"), knows={"reference": Source(pattern="R-#####")}
    )
    assert heard_by(persona, "What is your booking reference?").asked == ("reference",)
    owner = Persona(persona="owner", goal=Goal(intent="track_order"), knows={"order_number": Source(pattern="A-#####")})
    assert heard_by(owner, "What is your order number?").asked == ("order_number",)


def test_being_asked_again_for_what_it_has_not_frustrates() -> None:
    customer = Population(((FIVE_LINES, 1.0),), 1).draw(0)
    mind = agenda.start(customer).mind
    felt = []
    for turn in range(3):
        mind = agenda.next_move(customer, mind, Heard(("request",), ("order_id",), chars=turn), 1.0).mind
        felt.append(mind.frustration)
    assert felt[0] < felt[1] < felt[2]


def test_other_languages_have_none_only_of_what_their_packs_can_name() -> None:
    german = Persona(persona="paket", goal=Goal(intent="track_order"), locale="de-DE")
    assert "order_id" in lacking(german)
    assert "policy_number" not in lacking(german)
    assert heard_by(german, "Wie lautet Ihre Bestellnummer?").asked == ("order_id",)
