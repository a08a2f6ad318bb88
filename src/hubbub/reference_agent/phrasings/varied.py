"""A wordier way of saying things: courteous, apologetic, hedged. Detection may be developed on these."""

from hubbub.reference_agent.phrasings.phrasing import Phrasing

_SAYINGS = {
    "greet": (
        "Good day, and thanks for getting in touch. What can I do for you?",
        "Hello and welcome! Tell me what brings you here today.",
        "Hi! I'm happy to help, just let me know what it is about.",
        "Thanks for reaching out to us. How may I be of help?",
    ),
    "more": (
        "Is there something else that I can do for you?",
        "Let me know if there is anything more I can help with.",
        "Does that answer your question, or is there anything else?",
        "Was there anything else on your mind?",
    ),
    "what_else": ("By all means, what else would you like to know?", "Certainly, what is the other matter?"),
    "farewell": (
        "It was a pleasure. Take care!",
        "You're most welcome, and thanks for your patience. Goodbye!",
        "Happy to help. Have a lovely rest of your day!",
        "Thanks for chatting with us today. Take care, bye!",
    ),
    "rephrase": (
        "I'm sorry, I'm not certain that I follow. Would you mind saying that in other words?",
        "Apologies, that one went past me. Could you rephrase it, please?",
        "I didn't quite understand that, I'm afraid. Could you explain it differently?",
    ),
    "offer_human": (
        "I'm sorry, I'm still not following. If you prefer, I can put you in touch with one of my colleagues.",
        "Apologies, I don't understand yet. Would you like me to connect you with a colleague, or try other words?",
    ),
    "sorry": (
        "I do apologise for the inconvenience.",
        "I can see why that is frustrating, and I am sorry.",
        "My apologies for all this.",
    ),
    "transfer": (
        "Let me get a colleague for you: I'm passing you on to our {queue} team now.",
        "One of my human colleagues will take it from here. I'm transferring you to the {queue} team now.",
        "I have handed your conversation to our {queue} team, and a person will be with you in a moment.",
        "I'm putting you through to a specialist in our {queue} team right away.",
    ),
    "transfer_care": (
        "I am truly sorry to hear this. I'm connecting you right now with a colleague in our {queue} team.",
        "That must be very hard, I'm so sorry. A person from our {queue} team is taking over now.",
    ),
    "queued": (
        "A colleague has been informed and will write to you here as soon as possible.",
        "You are in line for a colleague. Thank you for bearing with us.",
    ),
    "not_done": ("No worries, nothing was changed.", "Understood, I've left it as it was."),
    "again": ("Thank you for that. ", "Perfect, thanks. ", "Great. ", "I appreciate it. "),
    "moment_yes_no": ("I want to be sure that I get this right, so a plain yes or no please:", "Yes or no, please:"),
    "nothing_told": ("No worries at all.", "That's perfectly fine.", "Not a problem."),
    "no_human": (
        "Sure, we can continue here. What would you like me to do?",
        "Of course, let's carry on together. What do you need?",
    ),
    "put_right": ("What would you like me to do about it?", "How may I make this right for you?"),
    "bot": (
        "You're chatting with our digital assistant. What may I do for you?",
        "I'm an AI assistant, not a person. How can I be of help?",
    ),
    "written": (
        "Everything is written down in your account, and any change will show there.",
        "You will find all of it in your account, in writing.",
    ),
    "no_charge": (
        "No charge at all for that.",
        "There won't be any cost to you.",
    ),
    "no_wait": (
        "It has been put through, so no waiting is needed.",
        "That took effect right away.",
    ),
    "all_done": ("Yes, everything is taken care of.", "That has gone through, yes.", "You are all set."),
    "what_about": (
        "Thank you, that is noted. And what is it about?",
        "Much appreciated. May I ask what you need help with?",
    ),
}
_QUESTIONS = {
    "order_id": (
        "Would you mind giving me the order number?",
        "May I have your order number, please?",
        "To look it up I need the order number. Could you tell me what it is?",
    ),
    "item": ("Would you tell me which product this concerns?", "May I ask which item it is?"),
    "account_id": ("May I have your account number, please?", "Would you tell me the account number?"),
    "card_last4": ("May I have the last four digits of your card?", "Would you tell me the last 4 digits on the card?"),
    "postcode": ("May I have your postcode or ZIP code?", "Would you tell me your postcode, please?"),
    "phone": ("May I have the phone number, please?", "Which phone number is on the account?"),
    "email": ("May I have your e-mail address?", "Would you tell me the e-mail address that you used?"),
    "name": ("May I have your full name, please?", "Would you tell me your full name?"),
    "address": ("May I have the new address?", "Would you tell me the address it should go to?"),
    "plan": ("May I ask which plan you would like?", "Which of our plans would you like to have?"),
    "amount": ("May I ask what the amount is?", "Would you tell me the amount?"),
}

VARIED = Phrasing(
    _SAYINGS,
    _QUESTIONS,
    courtesies=(
        "Thank you for your patience.",
        "I understand.",
        "Of course, I'd be glad to help with that.",
        "Thanks for the information.",
        "I see, let me take care of this.",
        "Absolutely.",
    ),
    apologies=(
        "I'm really sorry about this.",
        "Please accept my apologies for the trouble.",
        "I completely understand your frustration, and I apologise.",
    ),
    offers=(
        "If you would rather talk to a person, just let me know.",
        "And should you prefer to speak with a human colleague, that is possible too.",
        "If you'd prefer, a colleague of mine can also help you with this.",
    ),
)
