"""What customers tell in one conversation, and in which pieces: a few typical ones stand for all on a matter."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from hubbub.learning.observed import Observed, Spoken
from hubbub.learning.scrubbing import base_of, numbered

DETAIL = "detail"
_MOST_PIECES = 10  # told in one conversation; who tells more is taken to tell so many
MOST_TOLD = 3  # slots in one message that phrases are kept for
_PER_MATTER = 24
_IN_ALL = 80
_LIGHTEST = 0.00001  # a workload takes no weight of nothing, however many came for all else
_ONE_EACH = frozenset(("name", "email", "phone", "address", "postcode", "card_number", "iban", "account_id"))


class Story(Struct, frozen=True):
    """What customers on a matter tell after their opening, piece by piece; a piece is slots told together, or a detail.

    `weight` is the share of the conversations that it stands for.
    """

    matter: str
    pieces: tuple[tuple[str, ...], ...]
    weight: float

    @property
    def told(self) -> tuple[tuple[str, ...], ...]:
        """The pieces; what would tell again what somebody has only one of is a detail."""
        met: set[str] = set()
        found = []
        for piece in self.pieces:
            kinds = {base_of(slot) for slot in piece}
            found.append((DETAIL,) if kinds & met & _ONE_EACH else piece)
            met |= kinds
        return tuple(found)

    @property
    def named(self) -> tuple[tuple[str, ...], ...]:
        """The same with each slot as the persona knows it: a second order number is another one."""
        met: Counter[str] = Counter()
        found = []
        for piece in self.told:
            found.append(tuple(numbered(base_of(slot), met[base_of(slot)] + _place(slot)) for slot in piece))
            met.update(base_of(slot) for slot in piece)
        return tuple(found)

    @property
    def tells(self) -> tuple[str, ...]:
        """The slots in order."""
        return tuple(slot for piece in self.named for slot in piece)


def _place(slot: str) -> int:
    return int(slot.partition("_no_")[2] or 1)


def kind_of(spoken: Spoken) -> str:
    """The slots of a message in their order as one name; `detail` where it has none."""
    return "+".join(spoken.slots) or DETAIL


def stories(
    conversations: Sequence[Observed], of: Mapping[str, str], tellable: Callable[[tuple[str, ...]], bool]
) -> tuple[Story, ...]:
    """Stories for every matter, by how often it comes up: conversations in order of what they tell, and of equal slices
    of them the middle one. `tellable` says whether there are phrases for slots.
    """
    found: list[Story] = []
    for matter in dict.fromkeys(of.values()):
        ones = [one for one in conversations if of[one.name] == matter]
        told = sorted((_pieces(one, tellable) for one in ones), key=lambda pieces: (len(pieces), pieces))
        many = max(1, min(_PER_MATTER, round(_IN_ALL * len(ones) / len(conversations))))
        middles = [told[int((n + 0.5) * len(told) / many)] for n in range(many)]
        share = len(ones) / len(conversations) / many
        for pieces in dict.fromkeys(middles):
            found.append(Story(matter, pieces, max(_LIGHTEST, round(share * middles.count(pieces), 5))))
    return tuple(found)


def _pieces(one: Observed, tellable: Callable[[tuple[str, ...]], bool]) -> tuple[tuple[str, ...], ...]:
    pieces = (spoken.slots for spoken in _after_opening(one.spoken)[:_MOST_PIECES])
    return tuple(slots if 0 < len(slots) <= MOST_TOLD and tellable(slots) else (DETAIL,) for slots in pieces)


def _after_opening(spoken: Sequence[Spoken]) -> list[Spoken]:
    telling = [s for s in spoken if s.purpose in ("told", "detail")]
    opening = next((s for s in telling if not s.private), None)
    return [s for s in telling if s is not opening]
