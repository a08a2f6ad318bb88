"""One simulated individual: who it is, what it knows, and how it writes. Fixed for a whole conversation."""

from msgspec import Struct

from hubbub.model import Persona

Purpose = int  # what a draw is for: the second half of a chance stream's name, distinct per turn
PURPOSES = 16
AGENDA, WORDING, NOISE, PACE, WAITING, TRAITS, DELIVERY = range(7)


class Style(Struct, frozen=True):
    """Habits of writing. A customer keeps them from the first message to the last."""

    lower: bool  # never starts with a capital
    bare: bool  # leaves out the final full stop
    unquoted: bool  # leaves out apostrophes: dont, im
    short: bool  # abbreviates: pls, u, thx
    typos: float  # chance of a typing error per ordinary word
    bursts: bool  # may send one thought as several messages
    terse: bool = False  # answers with the bare value, nods with one word
    clipped: bool = False  # leaves out articles: cancel order
    full: bool = False  # writes in full what others draw together: I am


class Customer(Struct, frozen=True):
    """An individual, drawn from a persona by (run seed, conversation number)."""

    number: int
    persona: Persona
    name: str
    locale: str
    language: str  # whose words it uses: the locale's first part, or the folder of the persona's own pack
    knows: dict[str, str]  # what it tells when asked
    others: dict[str, str]  # a second value for slots it may change its mind about, or first get wrong
    tokens: tuple[str, ...]  # values that no other live customer has
    key: int  # of all its chance
    pace: float  # factor on all its delays, LN(1, .27)
    patience_turns: float  # turns it has in it while calm
    style: Style
    formal: bool = False  # says Sie, vous, usted where the language has such a word


def moment(turn: int, purpose: Purpose) -> int:
    """The number of the chance stream for a purpose at a turn, for chance.substream."""
    return (turn + 1) * PURPOSES + purpose
