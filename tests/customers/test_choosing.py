"""Claims about menus: which option is taken and how it is typed, whoever the customer is and whatever comes back."""

from collections import Counter

import pytest

from hubbub.customers import agenda
from hubbub.customers.choosing import TYPED
from hubbub.customers.customer import Customer
from hubbub.customers.hearing import Ear
from hubbub.customers.lacking import lacking
from hubbub.customers.mind import Mind, Step
from hubbub.customers.wording import word
from hubbub.model import Goal, Heard, Leave, Moves, Say, Source
from tests.customers.people import after, crowd, customer, expecting, opened

TITLES = "How can we help?\nTrack an order\nReturns & refunds\nSomething else\nSpeak to an agent"
NUMBERED = "How can we help? Reply with a number:\n" + "\n".join(
    ("1. Track an order", "2. Returns & refunds", "3. Something else", "4. Speak to an agent")
)
NONE_FITS = "How can we help? Reply with a number:\n1. Store opening hours\n2. Gift cards\n3. Jobs"
NOT_VALID = "Sorry, that is not a valid option. Please reply with 1, 2, 3 or 4."
ENDS = (
    "Your return is registered and takes 3 days. Anything else? Reply with a number:\n1. Main menu\n2. No, that's all"
)
CALM = {"moves": Moves(), "expect": expecting("must_not")}


def heard(who: Customer, text: str) -> Heard:
    persona = who.persona
    return Ear(persona.locale, persona.expects, tuple(persona.knows), lacking(persona)).hear(text)


def answer(who: Customer, *texts: str, mind: Mind | None = None) -> Step:
    """What comes after these replies, the first of them to a greeting or to what the customer came for."""
    step = agenda.start(who) if mind is None else Step(mind, None)  # type: ignore[arg-type]
    for text in texts:
        step = agenda.next_move(who, step.mind, heard(who, text), 1.0)
    return step


def said(who: Customer, *texts: str) -> str:
    step = answer(who, *texts)
    assert isinstance(step.move, Say), step.move
    return " / ".join(word(who, step.mind, step.move))


def keys(people: list[Customer], text: str) -> Counter[str]:
    """How often each option is typed, by its key."""
    moves = [answer(who, text).move for who in people]
    return Counter(move.about if move.about.startswith(TYPED) else "words" for move in moves if isinstance(move, Say))


def test_most_type_the_key_of_what_serves_them_some_its_name_and_some_their_own_words() -> None:
    typed = keys(crowd(300, **CALM), NUMBERED)
    assert set(typed) == {"#2", "#Returns & refunds", "words"}
    assert typed["#2"] > 200
    assert typed["#Returns & refunds"] > 12
    assert 12 < typed["words"] < 60


def test_the_words_of_a_key_are_the_key() -> None:
    texts = Counter(
        said(who, NUMBERED).lower() for who in crowd(80, **CALM) if answer(who, NUMBERED).move.about == "#2"
    )  # type: ignore[union-attr]
    assert texts.most_common(1)[0][0] == "2"
    assert all("2" in text for text in texts)


def test_titles_are_answered_by_their_words() -> None:
    typed = keys(crowd(100, **CALM), TITLES)
    assert set(typed) == {"#Returns & refunds", "words"}
    who = next(w for w in crowd(9, **CALM) if answer(w, TITLES).move.about == "#Returns & refunds")  # type: ignore[union-attr]
    assert said(who, TITLES).lower().rstrip(".").startswith("returns & refunds")


def test_a_seed_gives_the_same_answers_again() -> None:
    assert [said(who, NUMBERED) for who in crowd(40)] == [said(who, NUMBERED) for who in crowd(40)]


def test_who_wants_a_person_takes_the_option_for_one_and_has_then_asked_for_one() -> None:
    people = crowd(60, expect=expecting("must", "explicit_request"))
    steps = [answer(who, NUMBERED) for who in people]
    human = [step for step in steps if isinstance(step.move, Say) and step.move.act == "accept_human"]
    assert len(human) > 40
    assert {step.move.about for step in human} <= {"#4", "#Speak to an agent"}  # type: ignore[union-attr]
    assert all(step.mind.human == "asked" and step.mind.reasons == 1 for step in human)


def test_who_needs_no_person_is_not_lured_by_the_option() -> None:
    people = crowd(100, **CALM)
    assert not any(move.about in ("#4", "#Speak to an agent") for move in (answer(w, NUMBERED).move for w in people))  # type: ignore[union-attr]


def test_who_came_with_something_else_takes_that_and_then_tells_what_it_is() -> None:
    people = crowd(40, **CALM, goal=Goal(intent="other_question", says=("may I plant a tree here",)))
    greeting = [w for w in people if not agenda.start(w).mind.opened]
    who = next(w for w in greeting if answer(w, NUMBERED).move.about == "#3")  # type: ignore[union-attr]
    step = answer(who, NUMBERED, "Please describe your issue in a few words.")
    assert isinstance(step.move, Say)
    assert step.move.act == "open"
    assert "tree" in " ".join(word(who, step.mind, step.move))


def test_who_finds_nothing_that_fits_says_so_and_what_it_came_for() -> None:
    steps = [answer(who, NONE_FITS) for who in crowd(60, **CALM)]
    moves = Counter((step.move.act, step.move.about) for step in steps if isinstance(step.move, Say))
    assert moves.most_common(1)[0][0] == ("deny", "option")
    assert set(moves) <= {("deny", "option"), ("open", "get_refund")}


def test_whose_own_words_were_not_understood_types_the_key_after_all() -> None:
    who = next(w for w in crowd(60, **CALM) if not answer(w, NUMBERED).move.about.startswith(TYPED))  # type: ignore[union-attr]
    step = answer(who, NUMBERED, NOT_VALID)
    assert isinstance(step.move, Say)
    assert (step.move.act, step.move.about) == ("choose", "#2")


def test_a_menu_that_comes_again_and_again_wearies_as_a_loop_does() -> None:
    who = customer(**CALM)
    menus = [NUMBERED, "Our shops have it all. " + NUMBERED, "One more time. " + NUMBERED]
    calm = answer(who, menus[0], menus[1]).mind.frustration
    assert answer(who, *menus).mind.frustration > calm


def test_the_value_that_was_asked_for_is_picked_from_the_list_and_is_told_then() -> None:
    who = customer(**CALM, knows={"item": Source(one_of=("kettle",))}, goal=Goal(intent="get_refund", tells=("item",)))
    items = "Which item would you like to return? Reply with a number:\n1. Toaster\n2. Kettle, 1.7 l\n3. Lamp"
    step = answer(who, items, mind=opened(who).mind)
    assert isinstance(step.move, Say)
    assert step.move.about in ("#2", "#Kettle, 1.7 l")
    assert "item" in step.mind.told
    assert ("tell", "item") not in step.mind.agenda


def test_of_days_and_prices_people_take_one_or_another() -> None:
    days = "Which day suits you?\n1. Monday 9:00\n2. Tuesday 14:30\n3. Friday 11:00"
    picked = Counter(answer(who, days, mind=opened(who).mind).move.about[:2] for who in crowd(90, **CALM))  # type: ignore[union-attr]
    assert {"#1", "#2", "#3"} <= set(picked)


@pytest.mark.parametrize("text", ["Is that right? Reply 1 for yes, 2 for no.", "Is that right?\n1. Yes\n2. No"])
def test_a_yes_is_typed_as_its_key(text: str) -> None:
    who = next(w for w in crowd(20, **CALM) if answer(w, NUMBERED).move.about == "#2")  # type: ignore[union-attr]
    step = answer(who, text, mind=opened(who).mind)
    assert isinstance(step.move, Say)
    assert (step.move.act, step.move.about) == ("confirm", "#1")


def test_yes_and_no_on_buttons_are_answered_as_offers_are_until_only_the_button_will_do() -> None:
    who = customer(**CALM)
    text = "Is that right? [Yes] [No]"
    step = answer(who, text, mind=opened(who).mind)
    assert step.move == Say("confirm", about="confirm")
    again = answer(who, f"Sorry, I didn't get that. {text}", mind=step.mind)
    assert again.move == Say("confirm", about="#Yes")


def test_a_key_for_a_person_is_typed_by_who_accepts_one_alone() -> None:
    offer = "I could not solve this. Press 0 to talk to an operator."
    wants = customer(expect=expecting("must", "policy_gap"))
    assert after(wants, heard(wants, offer)).move == Say("accept_human", about="#0")
    declines = customer(**CALM)
    assert after(declines, heard(declines, offer)).move == Say("decline_human", about="get_refund")


def test_who_is_served_ends_it_by_the_option_for_that() -> None:
    people = crowd(30, **CALM, goal=Goal(intent="get_refund"))
    ends = [answer(who, "Done, your refund is on its way. Is there anything else?", ENDS, mind=opened(who).mind)
            for who in people]  # fmt: skip
    typed = [step.move.parting for step in ends if isinstance(step.move, Leave) and step.move.parting is not None]
    assert Say("deny", about="#2") in typed


@pytest.mark.parametrize("text", ["Please describe your issue.", "Tell me what is going on.", "What happened exactly?"])
def test_who_is_asked_what_it_is_about_tells_that_and_no_number(text: str) -> None:
    for who in crowd(20, **CALM):
        step = answer(who, text, mind=opened(who).mind)
        assert isinstance(step.move, Say)
        assert (step.move.act, step.move.about, step.move.told) == ("rephrase", "get_refund", ())


def test_a_reply_without_a_menu_draws_no_chance() -> None:
    who = customer()
    plain = Heard(("request",), ("order_id",), chars=30)
    assert after(who, plain).mind.menu == Mind().menu
