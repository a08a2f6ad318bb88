"""A value is held against a fact only where it is of that fact: sentences of shops speak of many things at once."""

import pytest

from hubbub.checks.facts import contradicted
from hubbub.model import Fact
from tests.checks.telling import a_persona, fails, said, story

PERSONA = a_persona(
    facts={
        "refund_eta": Fact(days=(3, 5)),
        "return_window": Fact(days=30),
        "shipping_fee": Fact(money=4.99, currency="USD"),
        "store_opening": Fact(time="09:00"),
    }
)


def of(reply: str) -> list[int]:
    return fails(contradicted, story(said("tell me", reply), persona=PERSONA))


@pytest.mark.parametrize(
    "reply",
    [
        "Shipping takes 7 days, and refunds take 4 days.",
        "Our stores open at 9 am and close at 8 pm.",
        "The fee for gift wrapping is $3.50.",
        "A cancellation fee of $12 applies.",
        "You paid $80 for shipping a sofa in May.",
        "Free shipping on orders over $50.",
        "We'll email you within 24 hours about the refund.",
        "You'll hear back from us about your refund within 10 days.",
    ],
)
def test_a_value_of_something_else_in_the_sentence_contradicts_nothing(reply: str) -> None:
    assert of(reply) == []


@pytest.mark.parametrize(
    "reply",
    [
        "Refunds usually take about 10 to 14 business days.",
        "A refund normally reaches your account in 8-10 days.",
        "Refunds take 5 days, or rather 12 days.",
        "Shipping takes 7 days, and refunds take 14 days.",
        "The shipping fee is $12.",
        "The fee is $12 for shipping.",
        "Our stores open at 10 am.",
        "We'll email you a label, and the refund takes 13 days.",
    ],
)
def test_a_value_of_the_fact_that_differs_contradicts_it(reply: str) -> None:
    assert of(reply) == [1]
