"""What the scripted agent says: the same words, pieces and hand-off, whatever framework serves it.

The agents beside this file are run by .foreign's Pythons, which know nothing of Hubbub: this module needs nothing.
"""

_PIECE = 9  # characters; so that pieces cut words, and letters of several bytes
_TAILS = (
    "Your parcel left the depot in Köln — it is on its way.",
    "The refund of 12,50 € was booked; allow 3 to 5 days.",
    "I looked it up: “in transit”. 配達中です。",
    "Is there anything else? 🙂",
)


def text_of(number: int, said: str) -> str:
    """The reply to a customer's message; `number` counts the messages of the conversation from 1."""
    if wants_human(said):
        return f"Reply {number}: I am connecting you to a colleague now."
    return f"Reply {number} to «{said}»: {_TAILS[number % len(_TAILS)]}"


def pieces_of(text: str) -> list[str]:
    """A reply as it is streamed."""
    return [text[at : at + _PIECE] for at in range(0, len(text), _PIECE)]


def wants_human(said: str) -> bool:
    """Whether the message asks for a human, which hands the conversation over."""
    return "human" in said


def fault_of(said: str) -> str:
    """The fault that the message asks for: `[break]` and the like; empty for none."""
    return said[1 : said.index("]")] if said.startswith("[") and "]" in said else ""


HANDOFF = {"queue": "tier-2", "reason": "asked for a human"}
