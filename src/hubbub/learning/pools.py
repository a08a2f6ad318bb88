"""A log's messages sorted by what they are for, and the phrases mined from each sort."""

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from hubbub.learning.names import little_words
from hubbub.learning.observed import Observed, Spoken
from hubbub.learning.phrases import Mined, Said, mine
from hubbub.learning.scrubbing import base_of
from hubbub.learning.stories import DETAIL, MOST_TOLD, kind_of
from hubbub.learning.topics import opening_of

OPENING, TOLD, LIKE = "open/", "told/", "like/"
_ENOUGH = 8  # phrases for just these slots; below that, those for slots of the same sorts serve too
_PLACE = re.compile(r"\{(\w+)\}")
_NUMBERS = ("digits_", "code_")


class Pools(Struct, frozen=True):
    """Phrases by sort: an act's name, `open/<matter>`, `detail/<matter>`, `told/<slots>`, `like/<sorts of slots>`."""

    mined: dict[str, Mined]

    def phrases(self, sort: str) -> dict[str, int]:
        """The phrases of a sort with their weights; empty where there are none."""
        return self.mined[sort].phrases if sort in self.mined else {}

    def telling(self, slots: Sequence[str]) -> dict[str, int]:
        """Phrases that tell these slots, in this order: those mined for them, or for others of the same sorts."""
        own = self.phrases(TOLD + "+".join(slots))
        return own if len(own) >= _ENOUGH else _filled(self.phrases(LIKE + _sorts(slots)), slots) or own

    @property
    def sizes(self) -> tuple[int, int, int]:
        """How many messages were kept as they were, replaced by composed ones, and left out."""
        ones = [one for sort, one in self.mined.items() if not sort.startswith(LIKE)]
        return sum(m.kept for m in ones), sum(m.composed for m in ones), sum(m.left_out for m in ones)


def pools(
    conversations: Sequence[Observed], of: Mapping[str, str], k: int, seed: int = 1, language: str = "en"
) -> Pools:
    """Mine every sort of message. `of` gives the matter of each conversation."""
    said = (one for conversation in conversations for one in _sorted(conversation, of[conversation.name]))
    return Pools(mine(said, k, seed, little_words(language)))


def _sorted(conversation: Observed, matter: str) -> Iterator[Said]:
    opening = opening_of(conversation)
    for spoken in conversation.spoken:
        sort = _sort(spoken, matter)
        if opening and spoken.text == opening and spoken.purpose in ("told", "detail"):
            sort, opening = OPENING + matter, ""
        text = spoken.text if sort.startswith(DETAIL) else normal(spoken.text)
        private = spoken.private or not text or (not sort.startswith((TOLD, OPENING)) and bool(spoken.slots))
        yield Said(conversation.customer, sort, text or spoken.original, private)
        if sort.startswith(TOLD):
            yield Said(conversation.customer, LIKE + _sorts(spoken.slots), _like(text), private)


def _sort(spoken: Spoken, matter: str) -> str:
    if spoken.purpose == "detail" or len(spoken.slots) > MOST_TOLD:
        return f"{DETAIL}/{matter}"
    return TOLD + kind_of(spoken) if spoken.purpose == "told" else spoken.purpose


def _sort_of(slot: str) -> str:
    return "number" if slot.startswith(_NUMBERS) else base_of(slot)


def _sorts(slots: Sequence[str]) -> str:
    return "+".join(_sort_of(slot) for slot in slots)


def _like(text: str) -> str:
    """A phrase with numbers of any length as one sort of slot."""
    return _PLACE.sub(lambda place: "{" + _sort_of(place[1]) + "}", text)


def _filled(phrases: Mapping[str, int], slots: Sequence[str]) -> dict[str, int]:
    """Phrases for sorts of slots as phrases for these very ones, place by place."""
    found: dict[str, int] = {}
    for text, weight in phrases.items():
        left = iter(slots)
        filled = _PLACE.sub(lambda _, left=left: "{" + next(left) + "}", text)  # type: ignore[misc]
        found[filled] = found.get(filled, 0) + weight
    return found


def normal(text: str) -> str:
    """A phrase without what is a matter of habit: a capital at its start, a mark at its end. A question mark stays."""
    bare = text.rstrip(" .!\u2026") or text
    return bare[:1].lower() + bare[1:] if bare[1:2].islower() or bare[1:2] == "'" else bare
