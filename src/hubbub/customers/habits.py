"""What people do as a matter of habit: how they write, greet, nod and part. Shares of people, or chances per occasion.

The defaults are measured on people (see docs/customers.md); a learnt pack brings those of its own log.
"""

from msgspec import Struct


class Habits(Struct, frozen=True, forbid_unknown_fields=True):
    """Shares and chances, each from 0 to 1."""

    lower: float = 0.32  # people whose messages start in lower case; measured on live chat
    bare: float = 0.73  # people who leave out the final full stop; measured on live chat
    unquoted: float = 0.35  # people who leave out apostrophes; an assumption
    short: float = 0.08  # people who abbreviate; an assumption
    terse: float = 0.0  # people of few words: a bare value, a nod of one word. A pack says by its phrases how it tells
    clipped: float = 0.0  # people who leave out articles
    full: float = 0.0  # people who write "I am", not "I'm"
    greets: float | None = None  # greet first and wait; by register where it is not given
    names: float = 0.0  # of those who answer with a datum, adds who it is
    contacts: tuple[float, float] = (0.0, 0.0)  # tells, once served, how it can be reached, and another way
    asks_more: tuple[float, float] = (0.57, 0.32)  # a first and a second question of curiosity
    notes: tuple[float, float] = (0.97, 0.97)  # acknowledges an answer, and the one after
    grateful: float = 0.0  # of those acknowledgements, with thanks rather than a nod
    checks: float = 0.06  # asks whether it is really done
    declines: float = 0.97  # of those asked whether there is anything else, with words of its own before the thanks
    thanks: float = 0.92  # thanks as its last words, where the agent has not said goodbye
    thanks_last: float = 0.8  # the same, where the agent has
    says_bye: float = 0.7  # of those who do not thank


PEOPLE = Habits(
    terse=0.15,
    clipped=0.52,  # of those in MultiDoGO who write 25 words or more, .38 use no article
    full=0.7,  # MultiDoGO: "I am" .74, "I would" .78, "I will" .90, "I have" .97 of both ways to write it
    names=0.68,
    contacts=(0.6, 0.42),
    asks_more=(0.58, 0.45),
    notes=(0.93, 0.86),
    grateful=0.28,
    declines=0.52,
    thanks=0.75,
    says_bye=0.9,
)  # fitted: as many as the lengths of live chat leave room for, see docs/customers.md
