"""What is said once a matter is done: where to write or to call, whether there is more, or nothing at all.

A question for a way to be reached is a courtesy: the matter is done without it, and no `asked` of a decision.
"""

from hubbub.chance import substream
from hubbub.reference_agent.cues import IS_DONE, PRICE, TIME, UNHELPED, WRITTEN
from hubbub.reference_agent.memory import Memory
from hubbub.reference_agent.phrases import pick, saying

Closing = tuple[str, tuple[str, ...]]  # the words, and the slots that they ask for
_CONTACTS = {
    "email": (
        "Which email address should the confirmation go to?",
        "To which email address may I send the confirmation?",
        "What is your email address, for the confirmation?",
    ),
    "phone": (
        "Which phone number can we reach you on if there is a question?",
        "What phone number may we use if anything comes up?",
        "What is your phone number, in case we have a question?",
    ),
}
_ASKS_WHERE = 0.85  # of the answers; people who served people asked near everybody in MultiDoGO
_ASKS_BOTH = 0.5  # of those who told the one are asked for the other
_STOPS = 0.6  # of the other answers leave it at that, and wait
_WHERE, _WAY = 7, 9  # streams of chance


def closing(memory: Memory) -> Closing:
    """What follows the first answer to a matter; after a later one only whether there is more."""
    chance = substream(memory.tone, memory.turns * 64 + _WHERE)
    if memory.answered or memory.acted or memory.language or memory.phrasing != "plain":
        return saying(memory, "more"), ()
    if chance.happens(_ASKS_WHERE) and (asked := _where(memory)) is not None:
        return asked
    return ("" if chance.happens(_STOPS) else saying(memory, "more")), ()


def noted(memory: Memory) -> Closing:
    """The thanks for what was told of how to be reached."""
    thanks, left = saying(memory, "again"), "email" not in memory.slots or "phone" not in memory.slots
    asks = left and not memory.language and memory.phrasing == "plain" and bool(memory.waiting_for)
    if asks and substream(memory.tone, memory.turns * 64 + _WHERE).happens(_ASKS_BOTH):
        words, slots = _where(memory) or ("", ())
        return f"{thanks or 'Thanks. '}{words}", slots
    return f"{thanks}{saying(memory, 'more')}", ()


def _where(memory: Memory) -> Closing | None:
    """A question for a way to reach the customer that is not known yet."""
    left = [slot for slot in ("email", "email", "phone") if slot not in memory.slots]
    if not left:
        return None
    slot = substream(memory.tone, memory.turns * 64 + _WAY).choice(left)
    return pick(memory, _WAY + 1, _CONTACTS[slot]), (slot,)


_ASKED_ON = (
    ("written", WRITTEN, "wants it in writing"),
    ("all_done", IS_DONE, "asked whether it is done"),
    ("no_charge", PRICE, "asked what it costs, and it costs nothing"),
    ("no_wait", TIME, "asked when it happens, and it has"),
)


def asked_on(memory: Memory, said: str) -> tuple[str, str] | None:
    """The answer to a question about what was done, where no fact of it was asked for, and why; or nothing."""
    if not memory.answered or UNHELPED.search(said):
        return None
    for name, asks, why in _ASKED_ON:
        if asks.search(said):
            return f"{saying(memory, name)} {saying(memory, 'more')}", why
    return None
