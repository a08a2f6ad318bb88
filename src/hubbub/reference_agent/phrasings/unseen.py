"""Yet another way of saying things, frozen: no detection is developed on these, only measured."""

from hubbub.reference_agent.phrasings.phrasing import Phrasing

_SAYINGS = {
    "greet": (
        "Hey, nice to meet you! What's going on?",
        "Welcome to support, go ahead and tell me how I can assist.",
        "Hello there, how can I be of service today?",
    ),
    "more": (
        "Anything further I can assist you with?",
        "Feel free to ask if there's more I could help out with.",
        "Need a hand with something else?",
    ),
    "what_else": ("Go ahead, what's the other thing?", "Sure thing, what more can I assist with?"),
    "farewell": (
        "My pleasure! Wishing you a great day, goodbye.",
        "No problem at all. So long, and take care!",
        "Anytime! Bye for now.",
    ),
    "rephrase": (
        "Hmm, I couldn't make sense of that. Mind putting it differently?",
        "Pardon me, I seem to have misunderstood. Can you say it another way?",
        "I'm having trouble understanding your request. Please try different words.",
    ),
    "offer_human": (
        "I'm having a hard time understanding. Shall I bring in someone from the team?",
        "Still not clear to me, sorry. I could arrange for a human agent if that helps.",
    ),
    "sorry": (
        "Sincere apologies for this experience.",
        "I hear you, and I'm sorry for the hassle.",
        "I regret the trouble this has caused.",
    ),
    "transfer": (
        "Sure, I'm forwarding this chat to a live agent on the {queue} team now.",
        "I'll bring in a human agent from {queue}; they are joining this chat now.",
        "Hold on, I am routing you to a representative of the {queue} team right now.",
        "Okay, a member of our {queue} team is taking over this conversation.",
        "I've escalated this to the {queue} team and someone is going to join us shortly.",
        "Let me hand this to {queue}. An agent will pick it up in a second.",
        "Your request needs a person, so I'm looping in the {queue} team now.",
        "One moment while I get you through to the {queue} desk.",
        "You'll be speaking with an agent from the {queue} team from here on.",
    ),
    "transfer_care": (
        "I'm deeply sorry you are going through this. I am handing you to someone on our {queue} team at once.",
        "That sounds awful, and I am sorry. A human from the {queue} team is being connected now.",
    ),
    "queued": (
        "Someone from the team will be right with you, thanks for hanging on.",
        "Your chat is with our agents now and one will respond shortly.",
    ),
    "not_done": ("Alright, I didn't touch anything.", "Fine, everything stays the way it was."),
    "again": ("Cheers. ", "Noted, thanks. ", "Lovely. ", "Super, thank you. "),
    "moment_yes_no": ("A quick yes or no would do:", "I need a clear yes or no on this:"),
    "nothing_told": ("That's alright.", "Never mind that.", "It's okay, we can do without."),
    "no_human": ("Alright, we'll do it right here. What do you need?", "Gladly. What should I take care of?"),
    "put_right": ("What can I do to fix this?", "Tell me how I can help resolve it?"),
    "bot": (
        "I'm a chatbot, and I will do my best to assist. What's up?",
        "No human here, I'm the automated helper. What can I assist with?",
    ),
    "written": ("It's all written down under your account, changes included.",),
    "no_charge": ("It's free of charge.",),
    "no_wait": ("It went through just now, nothing to wait for.",),
    "all_done": ("It has all gone through, yes.", "Yes, that part is finished."),
    "what_about": (
        "Noted, thanks. So what brings you here?",
        "Lovely, got that down. What should I take care of?",
    ),
}
_QUESTIONS = {
    "order_id": (
        "Can you share the order number with me?",
        "I'd need the order number for that, can you provide it?",
        "Please provide your order number.",
    ),
    "item": ("Which product are we talking about?", "Can you share what item this concerns?"),
    "account_id": ("Please provide your account number.", "Can you share your account number with me?"),
    "card_last4": ("Please provide the last four digits of your card.", "Can you share your card's last 4 digits?"),
    "postcode": ("Please provide your ZIP or postcode.", "Can you share your postcode?"),
    "phone": ("Please provide your phone number.", "Can you share the phone number on file?"),
    "email": ("Please provide your email.", "Can you share the email address linked to it?"),
    "name": ("Please provide your full name.", "Can you share your name as it is on the account?"),
    "address": ("Please provide the new address.", "Can you share the address where it should be delivered?"),
    "plan": ("Which plan do you have in mind?", "Please tell me which plan you want."),
    "amount": ("Please provide the amount.", "Can you share how much was charged?"),
}

UNSEEN = Phrasing(
    _SAYINGS,
    _QUESTIONS,
    courtesies=(
        "Great question!",
        "Happy to sort this out.",
        "Thanks so much for sharing that.",
        "Got you.",
        "No worries, we'll get there.",
        "Right, let me have a look.",
    ),
    apologies=(
        "So sorry you've had to deal with this.",
        "That's clearly not the experience we want for you, sorry.",
        "Our bad, truly sorry.",
    ),
    offers=(
        "You're also welcome to ask for a live agent at any point.",
        "A human rep is available too, in case you'd like that.",
        "Should you want somebody from the team instead, simply say the word.",
    ),
)
