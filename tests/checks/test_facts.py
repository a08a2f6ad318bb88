"""A claim contradicts only the fact that it speaks of, and only when it is firm and the agent's own."""

import pytest

from hubbub.checks.facts import against_itself, answers, contradicted, verdicts
from hubbub.model import Claim, Fact, Goal, Heard
from tests.checks.telling import a_persona, fails, found, said, story

FACTS = {
    "refund_eta": Fact(days=(3.0, 5.0)),
    "return_window": Fact(days=30.0),
    "restocking_fee": Fact(money=2.5, currency="USD"),
    "opening_hours": Fact(time=("09:00", "17:30"), about=("open",)),
    "support_phone": Fact(phone="+12025550112"),
    "gift_wrap": Fact(truth=True),
}
PERSONA = a_persona(facts=FACTS, goal=Goal(intent="get_refund", asks=("refund_eta", "monthly_price")))


def of(reply: str, text: str = "how long", about: str = "", **more: object):
    return story(said(text, reply, "ask", about=about, **more), persona=PERSONA)


@pytest.mark.parametrize(
    "reply",
    [
        "Refunds take 10 to 14 days.",
        "Your refund will arrive within 2 weeks.",
        "The refund takes 1 day.",
        "Your money comes back with the refund after 3 to 8 days.",
        "The restocking fee is $15.00.",
        "We are open from 7:00 am.",
        "A restocking fee ($15) applies.",
        "The refund takes 3 days. As for refunds: we pay within 13 days.",
        "The total restocking fee is $15.",
        "You can return items within 14 days.",
    ],
)
def test_a_firm_claim_outside_its_fact_contradicts(reply: str) -> None:
    assert fails(contradicted, of(reply)) == [1]


@pytest.mark.parametrize(
    "reply",
    [
        "Refunds take 3 to 5 days.",
        "Refunds take 72 to 120 hours.",
        "You can return items within 30 days, and refunds take 3-5 days.",
        "You can ask for a refund within 60 days of delivery.",
        "Refunds usually take 7 days.",
        "Express delivery takes 1 day.",
        "Refunds on international orders take 10 days.",
        "We are open until 5:30 pm.",
        "Your refund is for order 12-4455, placed 9 days ago in total.",
        "A restocking fee of $2.50 applies.",
        "You get $40 back, with no restocking fee.",
        "The total is $40, and restocking is included.",
        "The restocking fee is waived, so you get $40.",
        "Would you like gift wrapping ($4), and shall I explain the restocking fee?",
    ],
)
def test_what_agrees_or_hedges_or_speaks_of_something_else_does_not(reply: str) -> None:
    assert fails(contradicted, of(reply)) == []


def test_the_question_binds_an_answer_that_names_nothing() -> None:
    assert fails(contradicted, of("It takes 9 days.", about="refund_eta")) == [1]
    assert fails(contradicted, of("It takes 9 days.")) == []
    assert fails(contradicted, of("Delivery takes 9 days.", about="refund_eta")) == []


def test_what_the_customer_said_first_is_an_echo() -> None:
    assert fails(contradicted, of("I see, a refund in 9 days.", text="you said 9 days")) == []
    assert verdicts(of("I see, a refund in 9 days.", text="you said 9 days")) == {"echoed": 1}


def test_a_plain_no_to_what_is_so_contradicts() -> None:
    assert fails(contradicted, of("No, we don't.", about="gift_wrap")) == [1]
    assert fails(contradicted, of("Yes, we do!", about="gift_wrap")) == []


def test_the_reason_says_what_was_said_and_what_is_so() -> None:
    (finding,) = contradicted(of("Refunds take 10 days."))
    assert "10 days" in finding.reason
    assert "3 to 5 days" in finding.reason


def test_two_answers_to_one_question_contradict_each_other() -> None:
    told = story(
        said("how much", "That is $20.00 a month.", "ask", about="monthly_price"),
        said("sure?", "It costs $25.00 a month.", "ask", about="monthly_price"),
        persona=PERSONA,
    )
    assert fails(against_itself, told) == [2]
    assert fails(contradicted, told) == []  # nobody knows which is right


def test_the_same_answer_in_other_units_or_a_hedged_one_does_not() -> None:
    for second in ("Refunds take 72 hours.", "Refunds may take 9 days.", "Delivery takes 9 days."):
        told = story(said("a", "Refunds take 3 to 5 days."), said("b", second), persona=PERSONA)
        assert fails(against_itself, told) == [], second


def test_answers_are_told_in_one_spelling_and_claims_are_counted() -> None:
    told = of("Refunds take 3-5 days. Delivery takes 8 days.")
    assert answers(told) == {"refund_eta": "3-5 days"}
    assert verdicts(told) == {"supported": 1, "unsupported": 1}


def test_two_durations_in_one_breath_contradict_each_other_whatever_the_facts() -> None:
    def at_once(reply: str) -> list[int]:
        bare = fails(against_itself, story(said("a", reply)))
        assert fails(against_itself, story(said("a", reply), persona=PERSONA)) == bare
        return bare

    assert at_once("Refunds take 3 to 5 days. As I said, it takes 13 days.") == [1]
    assert at_once("It takes 4 hours. Please allow 9 hours for that.") == [1]
    assert at_once("Refunds take 3 to 5 days. As I said, it takes 5 days.") == []
    assert at_once("You can return it within 30 days. After that it takes 5 days.") == []
    assert at_once("It left 2 days ago. It takes 4 days.") == []
    assert at_once("Refunds take 3 to 5 days. We answer within 24 hours.") == []


def test_a_persona_without_facts_or_questions_costs_nothing() -> None:
    assert story(said("a", "Refunds take 10 days.")).claims == ()


@pytest.mark.parametrize(
    "reply",
    [
        "Each bag is $50. It costs $100.",
        "Option one takes 2 hours.\nIt takes 5 hours by train.",
        "The fare is $120. With the seat it costs $135. Altogether that is $255.",
    ],
)
def test_values_of_several_things_are_not_at_odds(reply: str) -> None:
    assert fails(against_itself, of(reply)) == []


def test_two_values_in_one_breath_are() -> None:
    assert fails(against_itself, of("The repair takes 4 hours. It takes 9 hours, as I said.")) == [1]


def test_what_arrives_is_about_the_delivery_unless_it_is_about_something_else() -> None:
    persona = a_persona(facts={"delivery_eta": Fact(days=(2.0, 4.0)), "card_eta": Fact(days=(5.0, 7.0))})

    def wrong(reply: str) -> list[int]:
        return fails(contradicted, story(said("when", reply), persona=persona))

    assert wrong("It should be with you in 13 days.") == [1]
    assert wrong("Your card arrives in 5 to 7 days.") == []
    assert wrong("Your card arrives in 15 days.") == [1]


def test_money_that_was_charged_is_not_the_fee() -> None:
    assert fails(contradicted, of("The charge of USD 44.00 on your card is disputed now.")) == []


def test_other_languages_are_unsure() -> None:
    persona = a_persona(locale="de-DE", facts={"refund_eta": Fact(days=(3.0, 5.0), about=("erstattung",))})
    claim = Heard(("inform",), claims=(Claim("days", "14 Tagen", 14.0, 14.0),))
    told = story(said("wann", "Die Erstattung kommt in 14 Tagen.", heard=claim), persona=persona)
    assert found(contradicted, told) == [("contradicted_fact", "unsure", 1)]


@pytest.mark.parametrize(
    "reply",
    [
        "The reimbursement is under way; the funds appear on your statement in ten to fourteen days.",
        "Your money back takes 12 days.",
    ],
)
def test_other_words_for_the_same_thing_bind_too(reply: str) -> None:
    assert fails(contradicted, of(reply)) == [1]


def test_other_words_give_way_to_a_facts_own() -> None:
    assert fails(contradicted, of("Returned articles within 30 days of purchase are reimbursed.")) == []


def test_a_softened_answer_and_a_firm_one_near_it_can_both_be_true() -> None:
    usually = said("how long", "Refunds usually take 4 days.", "ask")
    near, far = (said("and mine", f"Your refund takes {days} days.", "ask") for days in (3, 12))
    assert fails(against_itself, story(usually, near, persona=PERSONA)) == []
    assert fails(against_itself, story(usually, far, persona=PERSONA)) == [2]


def test_a_contradiction_says_the_fact_with_its_currency() -> None:
    (found,) = contradicted(of("A restocking fee ($15) applies."))
    assert found.reason.startswith("said '$15' of restocking_fee, which is 2.5 USD")
