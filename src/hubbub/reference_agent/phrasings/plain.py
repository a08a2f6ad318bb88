"""The plain way of saying things: a few ways each, short and clear."""

from hubbub.reference_agent.phrasings.phrasing import Phrasing

_SAYINGS = {
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
    "written": (
        "It is all in your account in writing, and any change is shown there.",
        "You find it in writing in your account, together with any change.",
    ),
    "no_charge": (
        "There is no charge for that.",
        "That costs you nothing.",
    ),
    "no_wait": (
        "That has gone through already, so there is nothing to wait for.",
        "It is in the system now, you need not wait for anything.",
    ),
    "all_done": (
        "Yes, that is done. There is nothing more that you need to do.",
        "Yes, it is all in the system now, and nothing is left for you to do.",
    ),
    "what_about": (
        "Thanks. What is it about?",
        "Thank you, I have noted that. What can I do for you?",
    ),
}

_QUESTIONS = {
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

PLAIN = Phrasing(_SAYINGS, _QUESTIONS)
