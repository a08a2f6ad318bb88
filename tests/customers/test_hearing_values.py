"""Claims about slots that are asked for and values that are stated."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hubbub.customers.hearing import Ear
from hubbub.customers.hearing.claims import find_claims
from hubbub.customers.hearing.clauses import LATIN_WORD, latin_words
from hubbub.customers.hearing.english_values import CLAIMS
from hubbub.model import Claim

EAR = Ear("en", {}, ("order_id", "email", "name", "date_of_birth", "warranty_id", "shoe_size"))


def asked(text: str) -> tuple[str, ...]:
    return EAR.hear(text).asked


def claims(text: str) -> list[Claim]:
    return list(EAR.hear(text).claims)


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("Could you give me your order number?", {"order_id"}),
        ("Order no.?", {"order_id"}),
        ("Please share the reference.", {"order_id"}),
        ("I need your warranty number.", {"warranty_id"}),
        ("What is your shoe size?", {"shoe_size"}),
        ("May I have your full name and e-mail address?", {"name", "email"}),
        ("DOB please", {"date_of_birth"}),
        ("What's your date of birth?", {"date_of_birth"}),
    ],
)
def test_a_slot_is_asked_for_by_its_synonyms_and_its_own_words(text: str, slots: set[str]) -> None:
    assert set(asked(text)) == slots


@pytest.mark.parametrize(
    "text",
    ["I've sent the link to your email.", "Your order number is A-12345.", "Would you like a receipt by email?"],
)
def test_naming_a_slot_is_not_asking_for_it(text: str) -> None:
    assert asked(text) == ()


def test_what_a_request_is_for_is_not_what_it_asks() -> None:
    assert asked("Could you tell me your name so that I can find your order number?") == ("name",)
    assert asked("To find your order number, could you tell me your name?") == ("name",)


def test_lines_after_a_request_list_what_is_asked() -> None:
    assert asked("Please send me the following:\n- Order number\n- Your e-mail\n\nThe name is printed on it.") == (
        "order_id",
        "email",
    )


def test_a_slot_with_a_strange_name_does_no_harm() -> None:
    assert Ear("en", {}, ("a.b(c", "", "ßtraße")).hear("What is your order number?").acts == ("request",)


@pytest.mark.parametrize(
    ("text", "kind", "low", "high"),
    [
        ("The fee is $1,234.50.", "money", 1234.5, 1234.5),
        ("It costs between £20 and £30.", "money", 20, 20),
        ("It costs 25 euros.", "money", 25, 25),
        ("It is 24.5p per unit.", "money", 0.245, 0.245),
        ("The rate is 3.85%.", "percent", 3.85, 3.85),
        ("Refunds take 3-5 business days.", "days", 3, 5),
        ("Refunds take 3–5 days.", "days", 3, 5),
        ("Refunds take three to five days.", "days", 3, 5),
        ("It takes two weeks.", "days", 14, 14),
        ("We reply within 24h.", "hours", 24, 24),
        ("Wait 30 minutes.", "minutes", 30, 30),
        ("It expires on 2027-03-01.", "date", 20270301, 20270301),
        ("It expires on March 1st, 2027.", "date", 20270301, 20270301),
        ("It expires on 14 May.", "date", 514, 514),
        ("The visit is at 9:15.", "time", 555, 555),
        ("The visit is at 3 p.m.", "time", 900, 900),
        ("Call +1 202-555-0143.", "phone", 0, 0),
        ("The order is A-20931.", "id", 0, 0),
        ("See https://help.example.com/x.", "url", 0, 0),
    ],
)
def test_a_value_is_claimed(text: str, kind: str, low: float, high: float) -> None:
    claim = claims(text)[0]
    assert (claim.kind, claim.low, claim.high) == (kind, pytest.approx(low), pytest.approx(high))


def test_a_claim_keeps_its_own_letters() -> None:
    assert [c.text for c in claims("Your order A-20931X ships on 14 May.")] == ["A-20931X", "14 May"]


def test_a_claim_is_bound_to_what_it_speaks_of() -> None:
    fee, days = claims("The restocking fee is $15, and the refund takes 5 days.")
    assert (fee.about, days.about) == ("fee", "refund")


def test_a_hedge_is_noted_with_the_claim() -> None:
    assert claims("It usually takes about 5 days.")[0].hedged
    assert not claims("It takes 5 days.")[0].hedged


def test_no_value_is_claimed_by_words_alone() -> None:
    assert claims("Thank you, one moment please.") == []


@pytest.mark.parametrize(
    ("text", "kind", "low"),
    [
        ("The fee is 12,50 €.", "money", 12.5),
        ("The fee is €1.250,00.", "money", 1250.0),
        ("It costs $1,250.00.", "money", 1250.0),
        ("It costs $1,250.", "money", 1250.0),
        ("Your balance is 1.234,56 EUR.", "money", 1234.56),
        ("It is 1.250 EUR in all.", "money", 1250.0),
        ("The rate is 3,5 %.", "percent", 3.5),
        ("The rate is 3.5%.", "percent", 3.5),
        ("The rate is 2.125%.", "percent", 2.125),
        ("It takes 1,200 hours.", "hours", 1200.0),
    ],
)
def test_numbers_are_read_as_either_side_of_the_sea_writes_them(text: str, kind: str, low: float) -> None:
    (claim,) = Ear("en", {}, ()).hear(text).claims
    assert (claim.kind, claim.low, claim.high) == (kind, low, low)


_PIECES = ["may", "march", "jan", "rs.", "us$", "usd", "inr", "a$", "£", "$", "5", "12", "45.50", "2026", "3rd", "2-3"]
_PIECES += ["days", "pm", "+44 20", "#12345", "a-48213", "f7ac67", "www.x.test", "(", "of", "to", "per cent", "order"]


@given(st.lists(st.tuples(st.sampled_from(_PIECES), st.sampled_from(["", " ", " ", "-", ", "]))).map(
    lambda pieces: "".join([piece + gap for piece, gap in pieces])
))  # fmt: skip
def test_where_no_value_may_begin_a_word_early_none_would_have(low: str) -> None:
    assert find_claims(low, low, CLAIMS) == find_claims(low, low, replace(CLAIMS, leads=None))


@given(st.text("abcxyz-'1 .\n\u00e9\u3042"))
def test_words_are_the_same_by_a_table_of_bytes_as_by_the_pattern(low: str) -> None:
    assert latin_words(low) == LATIN_WORD.findall(low)
