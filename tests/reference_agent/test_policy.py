import pytest

from hubbub.reference_agent import policy
from hubbub.reference_agent.brain import _READER as READER


def reason(text: str) -> str:
    return policy.calls_for_human(READER.read(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("can I talk to a human please", "explicit_request"),
        ("HUMAN", "explicit_request"),
        ("get me your manager", "explicit_request"),
        ("i want a real person not a bot", "explicit_request"),
        ("i dont want to talk to a bot, i want to speak to a humn", "explicit_request"),
        ("just put me through to somebody", "explicit_request"),
        ("agent please", "explicit_request"),
        ("is there someone i can speak to, a person?", "explicit_request"),
        ("my card was stolen on the bus", "identity_fraud"),
        ("someone used my card in another country", "identity_fraud"),
        ("I didn't make this payment", "identity_fraud"),
        ("There are payments I didnt make", "identity_fraud"),
        ("could I plz be connected to a person", "explicit_request"),
        ("could i please chat with an actual person", "explicit_request"),
        ("connect me with a member of staff", "explicit_request"),
        ("i think i got scammed", "identity_fraud"),
        ("its fraud", "identity_fraud"),
        ("there was smoke coming out of the toaster", "safety"),
        ("the kettle caught fire", "safety"),
        ("it gave me an electric shock", "safety"),
        ("It gave me an electric shock when I switched it on", "safety"),
        ("is tjere a person i can speak to", "explicit_request"),
        ("i burned my hand on it", "safety"),
        ("it exploded in the kitchen", "safety"),
        ("my lawyer will hear about this", "regulated"),
        ("i will sue you", "regulated"),
        ("I'm reporting you to the ombudsman", "regulated"),
        ("my husband passed away last week", "vulnerable"),
        ("i lost my job and cant pay", "vulnerable"),
        ("I can't afford the payments any more", "vulnerable"),
        ("i am disabled and need help with this", "vulnerable"),
    ],
)
def test_a_human_is_called_for(text: str, expected: str):
    assert reason(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "do I talk to a human or a bot, doesn't matter, where's my order",
        "are you a real person?",
        "I don't want to talk to a human, just tell me",
        "I already talked to an agent yesterday",
        "the travel agent booked it",
        "i bought it for someone",
        "a blender for two people",
        "the smoke-coloured kettle",
        "I ordered the lamp in smoke",
        "a smoke detector that has not arrived",
        "my fire tv stick is late",
        "I was shocked by the delivery time",
        "the bill has exploded",
        "i got a shock when i saw the bill",
        "nobody was hurt or anything",
        "the movie Fraud has not arrived",
        "my book about the great scam came damaged",
        "it's not fraud, I just forgot what it was",
        "the battery died after a day",
        "my router just died",
        "I can't afford to wait any longer",
        "my account was disabled",
        "i cant pay with paypal on your site",
        "the tennis court shoes are too small",
        "my legal name is Ann",
        "my name is Sue Lawrence",
        "the delivery person left it outside",
        "I lost my card somewhere at home",
        "where is my order A-48213",
        "",
    ],
)
def test_what_only_looks_like_a_reason_is_told_apart(text: str):
    assert reason(text) == ""


def test_money_beyond_the_authority_is_for_a_human():
    assert policy.beyond_authority("get_refund", "200.01")
    assert not policy.beyond_authority("get_refund", "200")
    assert not policy.beyond_authority("upgrade_plan", "900")


@pytest.mark.parametrize(
    "text", ["this is ridiculous", "WHY IS THIS TAKING SO LONG", "i already told you that", "useles"]
)
def test_anger_is_heard(text: str):
    assert policy.is_angry(READER.read(text))


def test_a_reference_number_in_capitals_is_not_shouting():
    assert not policy.is_angry(READER.read("A-48213"))


def test_every_reason_has_a_queue():
    assert {rule.reason for rule in policy.RULES} <= set(policy.QUEUES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("i am journalist", "out_of_scope"),
        ("none of menu options fit", "out_of_scope"),
        ("i don't think bot can do this", "out_of_scope"),
        ("is exception possible", "policy_gap"),
        ("i missed deadline", "policy_gap"),
        ("i am past return period", "policy_gap"),
        ("i was abroad when letter came", "policy_gap"),
        ("stranger is using my card", "identity_fraud"),
        ("we spend fortune with you", "vip"),
    ],
)
def test_who_leaves_out_the_articles_means_the_same(text: str, expected: str):
    assert reason(text) == expected


@pytest.mark.parametrize("text", ["this is disgrace", "you people are joke"])
def test_fury_without_articles_is_fury(text: str):
    assert policy.is_furious(READER.read(text))


@pytest.mark.parametrize(
    "text",
    [
        "I spoke to your colleague yesterday",
        "my account was closed last week",
        "I want to know the time frame",
        "what is he doing with my order",
        "the parcel is insured",
        "I can't manage the website on my own",
        "we want to explore our options",
    ],
)
def test_a_common_word_near_an_alarming_one_calls_nobody(text: str):
    assert reason(text) == ""


def test_who_has_had_it_with_these_people_is_furious_and_asks_for_nobody():
    text = "i have had it with you people"
    assert reason(text) == ""
    assert policy.is_furious(READER.read(text))


def test_a_stranger_who_is_using_my_is_a_fraud_whatever_it_is():
    assert reason("a stranger is using my csrd") == "identity_fraud"


def test_who_is_behind_on_everything_is_in_hardship():
    assert reason("I am behind on everything") == "vulnerable"
