import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hubbub.reference_agent.brain import answer
from hubbub.reference_agent.knowledge import FACTS, INDUSTRIES, INTENTS, needs
from hubbub.reference_agent.phrases import NOUNS, QUESTIONS
from tests.reference_agent.conftest import talk


@pytest.mark.parametrize(
    ("opening", "intent"),
    [
        ("i want my money back", "get_refund"),
        ("hi there! I'd like a refund for the kettle I bought, please", "get_refund"),
        ("wheres my order", "track_order"),
        ("my parcel still hasn't arrived", "track_order"),
        ("cancel my order", "cancel_order"),
        ("I need to change the shipping address", "change_shipping_address"),
        ("the vase arrived brokn", "report_damaged_item"),
        ("i want to file a complaint about the courier", "complaint"),
        ("when will my new card arrive", "card_arrival"),
        ("i lost my card", "card_lost"),
        ("there's a charge i dont recognise", "dispute_charge"),
        ("whats my balance", "check_balance"),
        ("my internet is down again", "internet_outage"),
        ("wifi not wroking", "internet_outage"),
        ("I have a question about my bill", "billing_question"),
        ("id like to upgrade my plan", "upgrade_plan"),
        ("I want to cancel my contract", "cancel_contract"),
        ("my sim card is broken, need a new one", "sim_replacement"),
        ("I want a reimbursement for my delayed flight", "request_compensation"),
        ("I wanna book a slot with the doctor", "book_appointment"),
        ("i want the status of my debit card", "card_arrival"),
        ("I need a full refund for my order. Still have the box. Without a scratch", "get_refund"),
        ("need a refund for a false charge from last week", "dispute_charge"),
    ],
)
def test_a_reason_to_write_is_recognised(opening: str, intent: str):
    (decision,) = talk(opening)
    assert decision.memory.intent == intent
    assert decision.escalation is None


def test_a_refund_goes_from_greeting_to_farewell():
    decisions = talk("hi", "my blender broke, i want my money back", "A-48213", "how long does it take?", "thanks, bye")
    assert [d.kind for d in decisions] == ["greeted", "asked", "answered", "informed", "farewell"]
    assert "A-48213" in decisions[2].reply
    assert "blender" in decisions[2].reply
    assert "3" in decisions[3].reply
    assert "5 days" in decisions[3].reply
    assert decisions[-1].memory.ended


@pytest.mark.parametrize(
    "line",
    [
        "Sure, I'll do the rest when my colleague is back",
        "i'll tell my wife when she's home",
        "ill look once I am home",
    ],
)
def test_a_customer_who_says_what_it_will_do_later_asks_nothing(line: str):
    decisions = talk("cancel my order A-32606", "yes", "how many days does it take?", line)
    assert decisions[2].kind == "informed"
    assert decisions[3].why == "says what it will do"


def test_a_question_behind_what_a_customer_will_do_is_answered():
    assert talk("cancel my order A-32606", "yes", "ok i'll wait, when will i have the money")[2].kind == "informed"


@pytest.mark.parametrize(
    "line",
    [
        "hi, I wrote to you before: is there any news",
        "hello, me again, what became of it",
        "to continue from earlier, has my package shipped yet",
        "ok, can you help me track the delivery",
        "I'm getting back to you, I want to find my order",
    ],
)
def test_who_comes_back_with_the_same_matter_is_told_how_it_stands(line: str):
    decisions = talk("where is my order", "A-11112", line)
    assert decisions[2].kind == "answered"
    assert "2" in decisions[2].reply
    assert "A-11112" in decisions[1].reply


def test_who_thanks_is_asked_whether_there_is_more_and_who_thanks_again_is_let_go():
    thanks = ("thanks for tracking my order", "thank you so much")
    decisions = talk("where is my order", "A-11112", *thanks)
    assert [one.kind for one in decisions[2:]] == ["greeted", "farewell"]
    assert [one.memory.ended for one in decisions[2:]] == [False, True]


@pytest.mark.parametrize(
    "line",
    [
        "thanks, bye",
        "no thanks",
        "nothing else, thank you",
        "nothing",
        "thank you, goodbye",
        "Thank you so much, have a happy day",
        "ok have a good one",
    ],
)
def test_who_wants_nothing_more_is_let_go(line: str):
    assert talk("where is my order", "A-11112", line)[2].kind == "farewell"


@pytest.mark.parametrize(
    "line",
    [
        "my email is ann@example.com",
        "phone 07700 900123, in case you need it",
        "mobile 2025550112",
        "zip 85748",
        "name is Ann Lee",
    ],
)
def test_how_a_customer_can_be_reached_is_noted_and_nothing_is_done_again(line: str):
    first, second, third = talk("where is my order", "A-11112", line)
    assert (first.kind, second.kind, third.kind) == ("asked", "answered", "greeted")
    assert third.reply.endswith("?")
    assert third.memory.answered


@pytest.mark.parametrize("nod", ["ok", "sure", "okay sure", "fine", "right"])
def test_a_nod_to_whether_there_is_more_is_no_new_matter(nod: str):
    assert talk("where is my order", "A-11112", nod)[2].memory.intent == "track_order"


def test_what_was_told_before_is_not_asked_again():
    asked = talk("I want a refund for my kettle, order A-11112")
    assert asked[0].kind == "answered"


def test_a_value_is_asked_for_twice_at_most():
    decisions = talk("where is my order", "i dont have it", "no idea", "ok")
    assert [d.kind for d in decisions[:3]] == ["asked", "asked", "answered"]
    assert "e-mail" in decisions[1].reply
    assert decisions[2].escalation is None


def test_what_cannot_be_done_unidentified_goes_to_a_human():
    assert talk("cancel my order", "dont have the number", "no")[-1].escalation is not None


@pytest.mark.parametrize(("reply", "done"), [("yes please", True), ("no, leave it", False)])
def test_nothing_is_cancelled_without_a_yes(reply: str, done: bool):
    *_, asked, last = talk("cancel my order", "A-22222", reply)
    assert asked.kind == "confirmed"
    assert ("cancelled" in last.reply) is done


def test_not_understanding_three_times_ends_with_a_human():
    decisions = talk("asdf", "qwertz", "yxcv")
    assert [d.kind for d in decisions] == ["not_understood", "not_understood", "escalated"]
    assert decisions[1].escalation is None, "an offer is not a hand-over"
    assert decisions[2].escalation is not None
    assert decisions[2].escalation.reason == "no_progress"


def test_an_offer_of_a_human_can_be_taken():
    last = talk("asdf", "qwertz", "yes please")[-1]
    assert last.escalation is not None
    assert last.escalation.reason == "explicit_request"


def test_an_escalation_says_so_and_carries_what_was_told():
    last = talk("where is my order", "A-48213", "i want to talk to a human")[-1]
    assert last.escalation is not None
    assert "A-48213" in last.escalation.summary
    assert "colleague" in last.reply


def test_it_escalates_once():
    *_, first, second = talk("there is smoke coming out of it", "hello?")
    assert first.escalation is not None
    assert second.escalation is None
    assert second.kind == "waiting"


def test_a_large_refund_is_for_a_human_and_a_small_one_is_not():
    assert talk("I want a refund of $450 for the laptop")[0].escalation is not None
    assert talk("I want a refund of $45 for the laptop")[0].escalation is None


def test_lasting_anger_is_for_a_human():
    decisions = talk("where is my order you useless bot", "this is ridiculous", "pathetic")
    assert [d.escalation is not None for d in decisions] == [False, False, True]


def test_a_lost_card_is_not_a_stolen_one():
    assert talk("i lost my card")[0].escalation is None
    assert talk("my card was stolen")[0].escalation is not None


def test_loan_hardship_is_for_a_human():
    assert talk("I need a payment holiday on my loan")[0].escalation is not None


def test_a_second_matter_is_taken_up_after_the_first():
    last = talk("where is my order A-11111", "ok. and I want to cancel my contract")[-1]
    assert last.memory.intent == "cancel_contract"


def test_the_same_session_says_the_same_and_sessions_differ():
    lines = ("hi", "where is my order", "A-11111", "thanks")
    assert talk(*lines) == talk(*lines)
    said = {tuple(d.reply for d in talk(*lines, session=f"s{n}")) for n in range(20)}
    assert len(said) > 10


@given(st.lists(st.text(), max_size=6))
def test_any_text_gets_an_answer(lines: list[str]):
    assert all(d.reply for d in talk(*lines))


def test_every_need_can_be_asked_for_and_every_fact_is_known():
    for intent in INTENTS.values():
        for industry in ("", *INDUSTRIES):
            slots = {slot for need in needs(intent.name, industry) for slot in need.split("|")}
            assert slots <= set(QUESTIONS)
            assert slots <= set(NOUNS)
        assert {intent.eta, intent.price} - {""} <= set(FACTS)


def test_who_declines_a_human_gets_another_try():
    decisions = talk("asdf", "qwertz", "no need for that", "my parcel never came")
    assert [d.kind for d in decisions] == ["not_understood", "not_understood", "not_understood", "asked"]


@pytest.mark.parametrize(
    ("question", "says"),
    [("and when will the replacement be here?", "5"), ("what's the charge on this?", "2.50"), ("when?", "5")],
)
def test_a_question_is_about_what_was_done(question: str, says: str):
    last = talk("i lost my card", "4421", "my name is Ann Lee", question)[-1]
    assert last.kind == "informed"
    assert says in last.reply


@pytest.mark.parametrize(
    "question",
    ["can you confirm it is sorted?", "ok please confirm all is processed", "is my request done now", "is it done"],
)
def test_who_asks_whether_it_is_done_is_told_so(question: str):
    last = talk("I want my money back for the blender A-48213", question)[-1]
    assert last.why == "asked whether it is done"
    assert "nothing" in last.reply


def test_a_stay_in_hospital_long_ago_is_no_danger():
    last = talk("I was in hospital at the time, can you make an exception for a return")[-1]
    assert last.escalation is not None
    assert last.escalation.reason == "policy_gap"


@pytest.mark.parametrize("nod", ["sure", "ok", "Okay.", "right", "alright", "sure, that's fine", "ok got it"])
def test_a_nod_after_anything_else_is_no_new_matter_and_a_second_one_ends_the_talk(nod: str):
    decisions = talk("i want my money back for the blender A-48213", nod, nod)
    assert [d.kind for d in decisions] == ["answered", "greeted", "farewell"]
    assert decisions[1].why == "an acknowledgement"
    assert decisions[1].memory.intent == "get_refund"
    assert decisions[2].memory.ended


@pytest.mark.parametrize("yes", ["yes", "yes please", "sure, one more thing", "ok, i have another question", "yep"])
def test_a_yes_to_anything_else_is_asked_what(yes: str):
    decisions = talk("i want my money back for the blender A-48213", yes, "ok", "where is my order")
    assert [d.why for d in decisions[1:3]] == ["wants more", "an acknowledgement"]
    assert decisions[3].memory.intent == "track_order"


def test_nods_without_a_matter_are_asked_for_one_and_then_offered_a_human():
    assert [d.kind for d in talk("ok", "sure", "ok")] == ["greeted", "not_understood", "not_understood"]
    assert talk("ok", "sure", "ok", "sure")[3].escalation is not None


def test_a_nod_after_something_else_was_said_in_between_counts_anew():
    decisions = talk("i want my money back for the blender A-48213", "ok", "how long does it take?", "ok", "ok")
    assert [d.kind for d in decisions[1:]] == ["greeted", "informed", "greeted", "farewell"]


@pytest.mark.parametrize(
    "line",
    [
        "send me updates soon",
        "text me if that changes",
        "i want updates",
        "keep me updated",
        "need claim reference soon",
        "refund details please",
    ],
)
def test_who_wants_to_be_told_in_writing_is_understood(line: str):
    assert talk("my money back for the blender A-48213", line)[-1].kind in ("informed", "answered")


@pytest.mark.parametrize("line", ["is my refund all done now?", "please confirm the refund is settled"])
def test_who_asks_whether_a_matter_is_done_is_understood(line: str):
    assert talk("my money back for the blender A-48213", line)[-1].kind in ("informed", "answered")


@pytest.mark.parametrize(
    "line",
    [
        "i would like a comment on the long waits. thanks in advance",
        "we want to plant a tree right where your line is",
        "i see a late fee and want it looked at",
        "no need to talk to a person about it, an earlier date would do",
    ],
)
def test_a_polite_word_in_a_sentence_ends_nothing_and_is_no_nod(line: str):
    assert talk(line)[0].kind == "not_understood"


def test_a_when_that_tells_is_no_question():
    told = talk("I was charged twice", "1234", "i was abroad when it came, it was 12.00 USD")[-1]
    assert not told.reply.startswith(("You will have", "Refunds take"))


def test_what_was_asked_about_stays_known_when_there_is_more():
    talked = talk("cancel my contract, account 70325698", "yes", "thanks", "yes", "can you send me a confirmation")
    assert talked[3].why == "wants more"
    assert talked[4].why == "wants it in writing"


def test_who_has_nothing_more_after_all_is_let_go():
    assert talk("where is my order", "A-11112", "thanks", "yes", "no")[-1].kind == "farewell"


def test_a_yes_that_nobody_asked_for_is_a_nod():
    talked = talk("my money back for the blender A-48213", "thanks for that")
    assert answer(replace(talked[-1].memory, last_reply="It is done."), "yes it is correct").why == "an acknowledgement"


def test_a_number_before_the_matter_is_kept_for_it():
    first, second = talk("A-11111", "where is my order")
    assert first.why == "told something, and not what it is about"
    assert second.kind == "answered"


def test_one_who_says_no_more_than_a_number_again_gets_to_a_human():
    assert [d.kind for d in talk("A-11111", "qwertz", "A-11111", "A-11111")][-1] == "escalated"


def test_nothing_more_is_no_answer_to_the_offer_of_a_human_when_the_matter_is_done():
    done = talk("where is my order", "A-11112")[-1].memory
    assert answer(replace(done, offered_human=True), "nothiing").kind == "farewell"


def test_a_question_of_notice_is_answered_whatever_came_before():
    assert "30 days" in talk("why is my bill so high, account 74026265", "What is the notice period")[-1].reply


def test_a_goodbye_after_a_goodbye_is_no_riddle():
    assert [d.kind for d in talk("where is my order", "A-11112", "no thanks", "you too", "thanks")][2:] == [
        "farewell"
    ] * 3


def test_a_new_value_is_progress_even_when_the_matter_is_not_clear_yet():
    talked = talk("asdf", "qwertz", "my card ends in 0650", "it is lost")
    assert talked[2].why == "told something, and not what it is about"
    assert talked[3].escalation is None


def test_a_question_is_about_the_fact_that_it_names_before_that_of_the_matter():
    last = talk("my vase arrived cracked, order A-48213", "how long does a refund usually take")[-1]
    assert "3" in last.reply
    assert "5 days" in last.reply


def test_one_hint_of_another_industry_after_a_miss_is_no_matter():
    assert talk("About my loan.", "I am on sick pay, please help me")[-1].memory.intent == ""
