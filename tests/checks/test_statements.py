"""What must never, and what must, be said: before, after and within what."""

from hubbub.checks.statements import disclosures, forbidden
from hubbub.model import EndingName, Fact, Signal, Statement
from tests.checks.telling import a_persona, fails, found, said, story

FEE = {"restocking_fee": Fact(money=0.0)}


def never(*replies: str, **statement: object) -> list[int]:
    persona = a_persona(facts=FEE, never=(Statement(**statement),))  # type: ignore[arg-type]
    return fails(forbidden, story(*(said("a", reply) for reply in replies), persona=persona))


def must(*replies: str, ending: EndingName = "resolved", **statement: object) -> list[tuple[str, str, int]]:
    persona = a_persona(must_say=(Statement(**statement),))  # type: ignore[arg-type]
    return found(disclosures, story(*(said("a", reply) for reply in replies), persona=persona, ending=ending))


def test_forbidden_words_are_found_whatever_their_case_and_spacing() -> None:
    assert never("Hello.", "There is a Restocking\n fee.", text="restocking fee") == [2]


def test_denied_words_and_parts_of_other_words_are_not() -> None:
    for reply in (
        "There is no restocking fee.",
        "We never charge a restocking fee.",
        "We don't take a restocking fee.",
    ):
        assert never(reply, text="restocking fee") == [], reply
    assert never("That is guaranteed.", text="guarantee") == []


def test_a_forbidden_claim_is_a_value_for_the_fact_other_than_nothing() -> None:
    assert never("The restocking fee is $15.", claim="restocking_fee") == [1]
    assert never("The restocking fee is $0.", claim="restocking_fee") == []
    assert never("Shipping costs $15.", claim="restocking_fee") == []


def test_forbidden_only_before_or_after_something() -> None:
    quick = ("Your account is fine.", "You are verified.", "Your balance is 5.")
    assert never(*quick, text="your balance", before="verified") == []
    assert never(*reversed(quick), text="your balance", before="verified") == [1]
    assert never(*quick, text="your balance", after="verified") == [3]


def test_what_must_be_said_is_missed_where_no_reply_says_it() -> None:
    assert must("Hi.", "Bye.", text="virtual assistant") == [("missing_disclosure", "failed", 2)]
    assert must("Hi, I'm the Virtual  Assistant.", text="virtual assistant") == []


def test_within_so_many_replies() -> None:
    replies = ("Hi.", "Hm.", "I'm a virtual assistant.")
    assert must(*replies, text="virtual assistant", within=1) == [("missing_disclosure", "failed", 1)]
    assert must(*replies, text="virtual assistant", within=3) == []


def test_before_something_that_never_came_nothing_is_owed() -> None:
    assert must("Hi.", text="recorded", before="card number") == []
    assert must("What is your card number?", text="recorded", before="card number") == [
        ("missing_disclosure", "failed", 1)
    ]
    assert must("This chat is recorded. Your card number?", text="recorded", before="card number") == []


def test_before_a_hand_off() -> None:
    persona = a_persona(must_say=(Statement(text="opening hours", before="handoff"),))
    calls = said("a", "Connecting you now.", reply_signals=(Signal("initiated", "tool"),))
    assert fails(disclosures, story(calls, persona=persona)) == [1]
    assert fails(disclosures, story(said("a", "Hi."), persona=persona)) == []


def test_a_conversation_cut_short_leaves_it_open() -> None:
    assert must("Hi.", text="virtual assistant", ending="cut_off") == [("missing_disclosure", "unsure", 1)]


def test_words_of_scripts_without_spaces_are_found_and_denied_where_their_languages_deny() -> None:
    assert never("再入荷手数料がかかります。", text="手数料") == [1]
    assert never("手数料はかかりません。", text="手数料") == []
    assert must("こちらは自動応答です。", text="自動応答") == []
    assert never("koi restocking fee nahi lagegi", text="restocking fee") == []
