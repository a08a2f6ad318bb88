"""Claims about understanding: the ladder, hand-offs and their look-alikes, courtesies, and bounded work."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hubbub.customers.hearing import Ear
from hubbub.errors import UsageError
from hubbub.model import Heard, Signal

EAR = Ear("en-US", {}, ("order_id", "email", "name"))


def hear(text: str) -> Heard:
    return EAR.hear(text)


def states(text: str) -> list[str]:
    return [s.state for s in hear(text).signals]


def test_nothing_said_is_unknown_without_any_confidence() -> None:
    for nothing in ("", "   ", "\n\n", "\u200b", "🙂"):
        assert hear(nothing).acts == ("unknown",)
        assert hear(nothing).confidence == 0.0


def test_what_is_no_english_is_unknown() -> None:
    assert hear("Lo siento, no puedo ayudarle con eso.").acts == ("unknown",)


def test_several_acts_of_one_reply_are_heard_in_sorted_order() -> None:
    heard = hear("Hello! Sorry about that. I've cancelled your order. Is there anything else?")
    assert heard.acts == ("apologise", "greet", "notify_success", "req_more")
    assert heard.confidence == 1.0


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Sorry, refunds are not possible.", "refuse"),
        ("Your refund was not processed.", "notify_failure"),
        ("Could you give me your order number?", "request"),
        ("One moment please.", "wait"),
        ("I'm sorry, I didn't understand.", "fallback"),
        ("Is there anything else?", "req_more"),
        ("Have a lovely evening!", "goodbye"),
        ("You want to return the kettle, is that right?", "confirm"),
        ("Would you like a replacement instead?", "offer"),
        ("Your order has not shipped yet.", "inform"),
        ("You can return it within 30 days.", "inform"),
        ("If you can't find the receipt, the e-mail will do.", "inform"),
    ],
)
def test_an_act_is_heard(text: str, act: str) -> None:
    assert set(hear(text).acts) - {"apologise"} == {act}


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("I can connect you if you like.", "offered"),
        ("Would you like me to transfer you?", "offered"),
        ("If this fails, I'll transfer you to a technician.", "offered"),
        ("I'll transfer you.", "promised"),
        ("Let me connect you.", "promised"),
        ("I am going to hand you over.", "promised"),
        ("A specialist will call you back tomorrow.", "promised"),
        ("We'll call you back within the hour.", "promised"),
        ("You'll be contacted by our safety team.", "promised"),
        ("Let me find someone for you.", "promised"),
        ("Say yes, and an agent will call you.", "offered"),
        ("I have alerted our on-call nurse.", "initiated"),
        ("Three people are ahead of you in the queue.", "initiated"),
        ("🎧 Handing you over to technical support", "initiated"),
        ("Your complaint has been referred to the appeals committee.", "initiated"),
        ("I am transferring you now.", "initiated"),
        ("Connecting you now.", "initiated"),
        ("You've been transferred.", "initiated"),
        ("I have escalated this to our specialist team.", "initiated"),
        ("A colleague will take over.", "initiated"),
        ("You\N{RIGHT SINGLE QUOTATION MARK}re now chatting with Sam.", "initiated"),
        ("I was unable to reach an agent.", "failed"),
        ("No agents are available.", "failed"),
    ],
)
def test_a_hand_off_is_heard_with_its_state(text: str, state: str) -> None:
    assert states(text) == [state]
    assert hear(text).signals[0].provenance == "text"


@pytest.mark.parametrize(
    "text",
    [
        "I can't connect you to a human.",
        "An agent previously told you that it was sent.",
        "You said you want to speak to a human.",
        "Our human agents are available 9-5.",
        "There is no need to transfer you.",
        "The courier will call you before he arrives.",
        "We'll send you the code by e-mail.",
        "Your friend's parcel is next.",
        "I'm here to help you.",
        "I'm transferring $50.00 to your savings account.",
        "Connect the cable to the router.",
        "If you want to speak to someone, call 0800 555 0199.",
        "You may need to be transferred to another team.",
        "You asked me to connect you to a person.",
    ],
)
def test_what_only_sounds_like_a_hand_off_is_none(text: str) -> None:
    assert states(text) == []


def test_a_refused_hand_off_is_a_refusal() -> None:
    assert hear("I can't connect you to a human.").acts == ("refuse",)


def test_a_signal_names_the_team_and_quotes_the_words() -> None:
    (signal,) = hear("I've escalated this to our billing team.").signals
    assert signal.queue == "billing"
    assert signal.reason == "i've escalated this to our billing team"


def test_busy_agents_and_a_place_in_the_queue_are_a_hand_off_under_way() -> None:
    assert states("All our agents are busy. You are number 3 in the queue.") == ["initiated"]


def test_structured_signals_come_first_and_are_sure() -> None:
    tool = Signal("initiated", "tool", "billing")
    heard = EAR.hear("I'll transfer you.", (tool,))
    assert [s.provenance for s in heard.signals] == ["tool", "text"]
    assert heard.acts == ("handoff",)
    assert heard.confidence == 1.0


def test_a_structured_signal_is_heard_without_any_words() -> None:
    assert EAR.hear("", (Signal("offered", "field"),)).acts == ("offer_handoff",)


def test_the_personas_own_patterns_outrank_the_grammar() -> None:
    own = Ear("en", {"refuse": (r"computer says no",), "handoff": (r"ticket for the back office",)}, ())
    assert own.hear("Computer says NO today.").acts == ("refuse",)
    handed = own.hear("Thanks! That is a ticket for the back office.")
    assert handed.acts == ("handoff", "thank")
    assert [s.state for s in handed.signals] == ["initiated"]


def test_a_pattern_that_does_not_compile_or_an_act_that_is_none_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="regular expression"):
        Ear("en", {"refuse": ("(",)}, ())
    with pytest.raises(UsageError, match="no act"):
        Ear("en", {"shrug": ("x",)}, ())


def test_an_unknown_language_is_heard_as_english() -> None:
    assert Ear("xx-YY", {}, ()).hear("One moment please.").acts == ("wait",)


@pytest.mark.parametrize(
    "text",
    [
        "<p>I&#39;m <b>transferring</b> you&nbsp;now.</p>",
        "**I'm transferring you now.** 🙂",
        "- I\N{RIGHT SINGLE QUOTATION MARK}m transferring you now",
        "I\N{RIGHT SINGLE QUOTATION MARK}m trans\u00adferring you now \N{EM DASH} one moment.",
        "I'm sorry!!! I’m transferring you now…",
    ],
)
def test_mark_up_and_typography_do_not_hide_what_is_said(text: str) -> None:
    assert states(text) == ["initiated"]


def test_a_long_reply_is_read_at_both_ends() -> None:
    filler = "The parcel is on its way to you. " * 2000
    heard = hear(f"Hello! {filler} I am transferring you now.")
    assert "greet" in heard.acts
    assert [s.state for s in heard.signals] == ["initiated"]
    assert heard.chars == len(f"Hello! {filler} I am transferring you now.")


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        " ",
        "i can transfer the agent to the team and ",
        "if you ",
        "<b",
        "sorry ",
        "9",
        "1-",
        "$1,",
        "[x](",
        "not ",
        "?",
    ],
)
def test_no_text_takes_long(piece: str) -> None:
    # what grows with the square of the length would take minutes; a busy machine takes a tenth of this
    start = time.process_time()
    hear(piece * (200_000 // len(piece)))
    assert time.process_time() - start < 5


@given(st.text(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_unicode_is_heard(text: str) -> None:
    heard = hear(text)
    assert heard.acts == tuple(sorted(set(heard.acts)))
    assert heard.acts
    assert 0.0 <= heard.confidence <= 1.0
    assert heard == hear(text)


def test_someone_in_passing_is_no_hand_off() -> None:
    assert states("I can see someone left the meter cover open.") == []
    assert states("If you're connected to the wifi, open the app.") == []


def test_a_clause_heard_again_is_heard_the_same() -> None:
    text = "I'm sorry, I can't do that. If you like, I'll transfer you."
    assert Ear("en", {}, ()).hear(text) == Ear("en", {}, ()).hear(text)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("You can't beat our sale.", "inform"),
        ("Tomorrow at 10?", "offer"),
        ("I can help you cancel it.", "offer"),
        ("shall i send a new one", "offer"),
        ("Reading rejected: lower than the last.", "notify_failure"),
        ("1 Returns, 2 Delivery, 3 Talk to an agent", "offer_handoff"),
        ("We'll get you sorted.", "inform"),
        ("We'll get you on the next flight.", "inform"),
        ("I'll get you back on to billing.", "handoff"),
        ("I'll get you the duty nurse.", "handoff"),
        ("We'll email you with the outcome within 10 business days.", "inform"),
        ("An adviser will call you once there is an outcome.", "handoff"),
        ("Can I get the member ID?", "request"),
        ("Can I get an agent for you?", "offer_handoff"),
    ],
)
def test_what_once_was_misheard_is_heard(text: str, act: str) -> None:
    assert act in hear(text).acts
    assert "refuse" not in hear(text).acts


def test_a_question_keeps_its_first_half() -> None:
    assert hear("Can you send me your order number, but first what is your email?").asked == ("order_id", "email")


@pytest.mark.parametrize(
    "text",
    [
        "This chat is handled by an automated assistant.",
        "You are chatting with a virtual assistant.",
        "I am an AI assistant.",
        "You are talking to an AI.",
    ],
)
def test_who_says_that_it_is_a_machine_hands_nobody_over(text: str):
    assert not Ear("en-US", {}, ()).hear(text).signals


@pytest.mark.parametrize(
    "text",
    [
        "Your parcel has been passed to our delivery partner.",
        "It's been handed over to the carrier.",
        "I have escalated the priority of your shipment to express.",
        "I've forwarded your feedback to the product team.",
        "Your request is being processed by our finance department.",
        "You are now subscribed to updates by phone.",
    ],
)
def test_what_is_moved_or_worked_at_and_is_no_customer_hands_nobody_over(text: str):
    heard = Ear("en", {}, ()).hear(text, ())
    assert "handoff" not in heard.acts
    assert not heard.signals


@pytest.mark.parametrize(
    ("reply", "slot"),
    [
        ("I'll need your order number to look that up.", "order_id"),
        ("I need your order number to look that up. What is it?", "order_id"),
        ("I would need your email address to find it.", "email"),
        ("In order to change it I'll need to verify your email.", "email"),
        ("Can you confirm your email for me?", "email"),
    ],
)
def test_what_is_needed_is_asked_for_whatever_it_is_needed_for(reply: str, slot: str) -> None:
    heard = Ear("en", {}, ("order_id", "email")).hear(reply)
    assert (heard.acts, heard.asked) == (("request",), (slot,))


@pytest.mark.parametrize("reply", ["We'll need your approval before we go on.", "I'll need to check with my manager."])
def test_other_needs_ask_for_nothing(reply: str) -> None:
    assert "request" not in Ear("en", {}, ("order_id", "email")).hear(reply).acts
