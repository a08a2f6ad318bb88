"""What the agent knows about one reason to write in."""

from msgspec import Struct


class Intent(Struct, frozen=True):
    """A reason to write in, how it is recognised, and what is done about it.

    `names` are phrases that settle it, `hints` only point to it; commas part them. `needs` are slots, each with
    alternatives after `|`; `reference` stands for the number that the industry knows its customers by. `answers` are
    said when the needs are met, with `{slots}` filled. `in_general` is said when they cannot be met; where it is empty
    a human has to find the customer's records. `confirm` is asked before anything is done.
    """

    name: str
    names: str
    hints: str
    needs: tuple[str, ...]
    answers: tuple[str, ...]
    in_general: str = ""
    confirm: str = ""
    eta: str = ""  # the fact that "how long?" asks for
    price: str = ""  # the fact that "how much?" asks for
    human: str = ""  # the reason why only humans handle it
    does: str = ""  # the tool that is called when it is done; empty where something is only looked up
    anywhere: bool = False  # it comes up in every industry alike
    topic: str = ""  # what it is about, in the agent's own words


class Known(Struct, frozen=True):
    """A fact that the agent states. `topics` are words that, in a question, ask for it; `kind` is what is asked."""

    name: str
    kind: str  # time or price
    topics: tuple[str, ...]
    sayings: tuple[str, ...]


class Room(Struct, frozen=True):
    """What is known of one industry. `signs` are words that show that a customer writes about it."""

    name: str
    intents: tuple[Intent, ...]
    reference: str  # the slot of the number that it knows its customers by
    signs: str
    facts: tuple[Known, ...] = ()
