"""One side of conversations, whatever they came from: what customers said, how soon, and what each message was for."""

from collections.abc import Iterable

from msgspec import Struct

ACTS = ("greet", "request_task", "inform", "affirm", "negate", "thank", "bye", "ood")
_OF_OURS = {
    "open": "request_task",
    "inform": "inform",
    "ask": "request_task",
    "choose": "inform",
    "confirm": "affirm",
    "deny": "negate",
    "rephrase": "request_task",
    "correct": "inform",
    "change_mind": "inform",
    "accept_human": "affirm",
    "decline_human": "negate",
    "thank": "thank",
    "bye": "bye",
    "smalltalk": "greet",
}
_OF_MULTIDOGO = {
    "openinggreeting": "greet",
    "contentonly": "inform",
    "confirmation": "affirm",
    "rejection": "negate",
    "thankyou": "thank",
    "closinggreeting": "bye",
    "outofdomain": "ood",
}


class Dialogue(Struct, frozen=True):
    """What one customer said, in one conversation.

    `acts` are ACTS in order, one per turn where texts come in bursts, or empty; `delays_s` are those that are known.
    `whole` is false when the conversation went on elsewhere or broke off: with a human, or by giving up.
    `served` is false for a customer who must reach a human: corpora of served matters hold none like it.
    """

    texts: tuple[str, ...]
    acts: tuple[str, ...] = ()
    delays_s: tuple[float, ...] = ()
    whole: bool = True
    served: bool = True


def act_of_ours(act: str) -> str:
    """The act, of the eight that corpora are labelled with, that a move of ours is; anything else is out of domain."""
    return _OF_OURS.get(act, "ood")


def act_of_intent(intent: str) -> str:
    """The act for an intent of MultiDoGO; whatever names a task asks for it."""
    return _OF_MULTIDOGO.get(intent, "request_task")


def texts_of(dialogues: Iterable[Dialogue]) -> list[str]:
    """All messages, in order."""
    return [text for dialogue in dialogues for text in dialogue.texts]


def delays_of(dialogues: Iterable[Dialogue]) -> list[float]:
    """All delays that are known."""
    return [delay for dialogue in dialogues for delay in dialogue.delays_s]
