import pytest

from hubbub.chance import key, substream
from hubbub.customers.mind import Mind
from hubbub.customers.sayings import deniable
from hubbub.customers.whims import whim
from hubbub.model import Fact, Moves
from tests.customers.people import customer


@pytest.mark.parametrize(
    ("fact", "can"),
    [
        (Fact(days=(3, 5)), True),
        (Fact(money=5.0), True),
        (Fact(money=0.0), False),
        (Fact(truth=False), True),
        (Fact(phone="+12025550112"), False),
        (Fact(url="https://example.com/"), False),
        (Fact(time="09:00"), False),
    ],
)
def test_only_what_could_be_more_in_ones_favour_is_claimed_falsely(fact: Fact, can: bool) -> None:
    assert deniable(fact) == can


def test_who_has_nothing_to_claim_falsely_claims_nothing() -> None:
    who = customer(facts={"line": Fact(phone="+12025550112")}, moves=Moves(false_claim=1.0))
    assert whim(who, Mind(turn=3, opened=True), substream(key(1, 1, "test"), 0)) is None
