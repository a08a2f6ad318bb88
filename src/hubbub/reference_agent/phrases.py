"""How the agent says things: a few ways each, chosen by chance that depends on session and turn alone."""

from collections.abc import Mapping

from hubbub.chance import substream
from hubbub.reference_agent.memory import Memory

SAYINGS: Mapping[str, tuple[str, ...]] = {
    "greet": (
        "Hello! How can I help you today?",
        "Hi there, what can I do for you?",
        "Welcome. What is it about?",
    ),
    "more": (
        "Is there anything else I can help with?",
        "Can I do anything else for you?",
        "Anything else?",
    ),
    "what_else": ("Sure, what else can I do for you?", "Of course. What is it about?"),
    "farewell": (
        "You're welcome. Have a nice day!",
        "Glad I could help. Goodbye!",
        "Thank you for writing to us. Bye!",
    ),
    "rephrase": (
        "Sorry, I didn't quite get that. Could you put it another way?",
        "I'm not sure I understand. Could you rephrase that, please?",
        "I did not understand that. What would you like me to do?",
    ),
    "offer_human": (
        "Sorry, I still don't understand. Could you rephrase it? I can also connect you with a colleague if you like.",
        "I'm afraid I'm not following. You can try other words, or I can get a colleague if you prefer.",
    ),
    "sorry": (
        "I'm sorry about the trouble.",
        "I understand that this is annoying, and I'm sorry.",
        "Sorry about that.",
    ),
    "transfer": (
        "I'm transferring you to a colleague in our {queue} team now.",
        "I am connecting you with a human colleague now, they are in the {queue} team.",
        "I'm handing you over to our {queue} team now. A colleague takes over right here.",
    ),
    "transfer_care": (
        "I'm very sorry to hear that. I'm transferring you to a colleague in our {queue} team now.",
        "I am so sorry. I'm connecting you with a human colleague in our {queue} team now.",
    ),
    "queued": (
        "You are already in the queue, and a colleague will be with you shortly.",
        "A colleague has your conversation and will answer here in a moment.",
    ),
    "not_done": ("All right, I have left everything as it is.", "Okay, I have not changed anything."),
    "again": ("Thanks. ", "Got it. ", "Thank you. ", ""),
    "moment_yes_no": ("Please answer with yes or no:", "Just to be sure, yes or no:"),
    "nothing_told": ("No problem.", "That is fine.", "All right."),
    "no_human": (
        "All right, let's try together. What would you like me to do, in a few words?",
        "No problem. Could you tell me in a few words what it is about?",
    ),
    "put_right": ("What exactly can I do for you?", "How can I put this right?"),
    "bot": ("I'm the virtual assistant here. How can I help?", "I am an automated assistant. What can I do for you?"),
}

QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "order_id": (
        "Could you give me your order number?",
        "What is your order number, please?",
        "Which order number is it?",
    ),
    "item": ("Which item is it about?", "What item is it, please?", "Could you tell me which product it is?"),
    "account_id": ("What is your account number?", "Could you give me your account number, please?"),
    "card_last4": (
        "What are the last four digits of the card?",
        "Could you tell me the last 4 digits of your card?",
    ),
    "postcode": ("What is your postcode?", "Could you give me your postcode or ZIP code, please?"),
    "phone": ("What is your phone number?", "Could you give me the phone number on the account?"),
    "email": ("What is your e-mail address?", "Which e-mail address did you use?"),
    "name": ("What is your full name?", "Could you tell me your name, please?"),
    "address": ("What is the new address?", "Which address should it go to?"),
    "plan": ("Which plan would you like?", "What plan do you want to move to?"),
    "amount": ("What is the amount?", "How much is it, please?", "Which amount was charged?"),
}
_PURPOSES = {name: 16 + place for place, name in enumerate(SAYINGS)}  # each is chosen by a stream of its own
NOUNS: Mapping[str, str] = {
    "order_id": "order number",
    "item": "item",
    "account_id": "account number",
    "card_last4": "last four digits of the card",
    "postcode": "postcode",
    "phone": "phone number",
    "email": "e-mail address",
    "name": "full name",
    "address": "new address",
    "plan": "plan",
    "amount": "amount",
}


def pick(memory: Memory, purpose: int, ways: tuple[str, ...]) -> str:
    """One of these ways to say something; the same at every replay of this session's turn."""
    return substream(memory.tone, memory.turns * 64 + purpose).choice(ways)


def saying(memory: Memory, name: str) -> str:
    """A saying by its name."""
    return pick(memory, _PURPOSES[name], SAYINGS[name])


def question(memory: Memory, need: str, tries: int) -> str:
    """Ask for a need; the second time, what else would do is named."""
    first, *others = need.split("|")
    asked = pick(memory, 2, QUESTIONS[first])
    if tries and others:
        asked += f" If you don't have it, your {' or '.join(NOUNS[o] for o in others)} works too."
    return asked


def fill(memory: Memory, ways: tuple[str, ...], slots: Mapping[str, str]) -> str:
    """An answer with what the customer told put in, and a plain word where nothing was told."""
    view = _view(slots)
    return pick(memory, 3, ways).format_map(
        {**view, **{k.capitalize(): v[:1].upper() + v[1:] for k, v in view.items()}}
    )


def _view(slots: Mapping[str, str]) -> dict[str, str]:
    order = slots.get("order_id", "")
    account = slots.get("account_id", "")
    last4 = slots.get("card_last4", "")
    return {
        "order": f"order {order}" if order else "your order",
        "item": f"the {slots['item']}" if "item" in slots else "the item",
        "account": f"account {account}" if account else (f"the card ending in {last4}" if last4 else "your account"),
        "card": f"the card ending in {last4}" if last4 else "your card",
        "area": slots.get("postcode", "") or "your area",
        "address": slots.get("address", "") or "the new address",
        "plan": f"the {slots['plan']} plan" if "plan" in slots else "the new plan",
        "amount": f"USD {float(slots['amount']):.2f}" if "amount" in slots else "the charge",
    }
