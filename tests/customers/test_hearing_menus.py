"""Claims about choices: which options a reply offers and how they are typed, and that steps and facts are none."""

import pytest

from hubbub.customers.hearing import Ear
from hubbub.model import Choice

EAR = Ear("en-US", {}, ("order_id", "item", "meter_reading", "name", "date_of_birth"))


def options(text: str, language: str = "en") -> list[tuple[str, str, str]]:
    ear = EAR if language == "en" else Ear(language, {}, ("order_id",))
    return [(choice.key, choice.label, choice.leads) for choice in ear.hear(text).choices]


@pytest.mark.parametrize(
    "text",
    [
        "Reply 1 for orders, 2 for billing, 3 to speak to an agent.",
        "How can we help? Reply with a number:\n1. orders\n2. billing\n3. speak to an agent",
        "Please choose: 1) orders 2) billing 3) speak to an agent",
        "Please choose an option:\n1 - orders\n2 - billing\n3 - speak to an agent",
        "Main menu\n[1] orders\n[2] billing\n[3] speak to an agent",
        "What can I do for you?\n1️⃣ orders\n2️⃣ billing\n3️⃣ speak to an agent",
        "For orders, press 1. For billing, press 2. To speak to an agent, press 3.",
        "Pick an option: 1 orders, 2 billing, 3 speak to an agent. Which one do you need?",
        "Please press:\n1 for orders\n2 for billing\n3 to speak to an agent",
        "<p>How can I help?</p><ul><li>1. **orders**</li><li>2. billing</li><li>3. speak to an agent</li></ul>",
    ],
)
def test_numbered_options_are_heard_with_their_keys_in_order(text: str) -> None:
    assert options(text) == [("1", "orders", ""), ("2", "billing", ""), ("3", "speak to an agent", "human")]


@pytest.mark.parametrize(
    "text",
    [
        "What would you like to do?\nTrack an order\nReturns\nSomething else",
        "How can we help? [Track an order] [Returns] [Something else]",
        "Please choose: Track an order | Returns | Something else",
        "Hi! 👋 Pick one:\n• Track an order\n• Returns\n• Something else",
        "Choose a topic: Track an order / Returns / Something else",
    ],
)
def test_the_titles_of_buttons_are_options_without_keys(text: str) -> None:
    assert options(text) == [("", "Track an order", ""), ("", "Returns", ""), ("", "Something else", "other")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Press 0 to talk to an operator.", [("0", "talk to an operator", "human")]),
        ("Reply AGENT to chat with our team.", [("AGENT", "chat with our team", "human")]),
        ("Your reading is 45210. Reply 1 to confirm or 2 to change it.",
         [("1", "confirm", "yes"), ("2", "change it", "no")]),
        ("Is this correct?\n1. Yes\n2. No", [("1", "Yes", "yes"), ("2", "No", "no")]),
        ("Need more help?\n[Chat with agent] [Back to menu]",
         [("", "Chat with agent", "human"), ("", "Back to menu", "back")]),
        ("What went wrong with your order?\na) Late\nb) Damaged", [("a", "Late", ""), ("b", "Damaged", "")]),
        ("Pick a time:\n- Monday, 9:00\n- Tuesday, 14:30", [("", "Monday, 9:00", ""), ("", "Tuesday, 14:30", "")]),
    ],
)  # fmt: skip
def test_what_an_option_leads_to_is_told_by_its_words(text: str, found: list[tuple[str, str, str]]) -> None:
    assert options(text) == found


def test_keys_without_names_are_those_of_an_earlier_menu() -> None:
    heard = EAR.hear("Sorry, that is not a valid option. Please reply with 1, 2 or 3.")
    assert heard.choices == (Choice("", "1"), Choice("", "2"), Choice("", "3"))


@pytest.mark.parametrize(
    "text",
    [
        "To return an item:\n1. Go to My Orders.\n2. Select the item.\n3. Print the label.\n\nDid that help?",
        "Let's try a few things:\n1. Turn off the router\n2. Wait 30 seconds\n3. Turn it on again\nIs the light green?",
        "To find your order, I need:\n1. Your full name\n2. Your date of birth",
        "Please answer these questions:\n1. Which phone do you have?\n2. What happens when you make a call?",
        "Here's the latest on your order:\n- Packed: May 2\n- Shipped: not yet\n\nWhat would you like to do?",
        "I can send a technician between 2 and 6 pm today.",
        "2 adults, 1 child, 9 May. OK?",
        "We have two versions:\n\n| Model | Price |\n|---|---|\n| Standard | $199 |\n\nWhich one do you want?",
        "Could you tell me (1) the make of your handset and (2) what exactly goes wrong when you place a call?",
        "Your order was packed on 1 May and shipped on 2 May. Is there anything else?",
        "Send 50 to Jo?",
    ],
)
def test_steps_facts_and_what_is_asked_for_are_no_menu(text: str) -> None:
    assert options(text) == []


def test_an_option_asks_for_nothing_whatever_it_names() -> None:
    assert EAR.hear("How can we help?\n1. Billing\n2. Meter readings\n3. Outages").asked == ()
    asked = EAR.hear("Which item is it?\n1. Kettle\n2. Toaster")
    assert asked.asked == ("item",)
    assert [choice.label for choice in asked.choices] == ["Kettle", "Toaster"]


def test_a_menu_does_what_it_did_before_it_was_heard_as_one() -> None:
    heard = EAR.hear("How can we help?\n1. Billing\n2. Contact an adviser")
    assert heard.acts == ("offer_handoff", "request")
    assert heard.signals[0].state == "offered"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Womit können wir helfen?\n1. Rechnung\n2. Etwas anderes\n3. Mit einem Mitarbeiter sprechen"),
        ("fr", "Comment pouvons-nous vous aider ?\n1. Facture\n2. Autre chose\n3. Parler à un conseiller"),
        ("es", "¿En qué podemos ayudarte?\n1. Factura\n2. Otra cosa\n3. Hablar con un agente"),
        ("pt", "Como podemos ajudar?\n1. Fatura\n2. Outro assunto\n3. Falar com um atendente"),
        ("it", "Come possiamo aiutarti?\n1. Fattura\n2. Altro\n3. Parla con un operatore"),
        ("sv", "Hur kan vi hjälpa dig?\n1. Faktura\n2. Något annat\n3. Prata med en medarbetare"),
        ("nl", "Hoe kunnen we helpen?\n1. Factuur\n2. Iets anders\n3. Een medewerker spreken"),
        ("hi", "Hum kaise madad kar sakte hain?\n1. Bill\n2. Kuch aur\n3. Agent se baat karein"),
        ("ja", "ご用件をお選びください。\n1. 請求\n2. その他\n3. オペレーターと話す"),
    ],
)
def test_numbered_lines_are_heard_in_every_language(language: str, text: str) -> None:
    assert [(key, leads) for key, _, leads in options(text, language)] == [("1", ""), ("2", "other"), ("3", "human")]
