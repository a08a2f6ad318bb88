"""Cross-talk: a reply that holds what belongs to another customer who is live, or was a moment ago.

Every customer carries values that nobody else has. A reply is cut into what could be such a value, and each is looked
up in one table, so the cost grows with the reply and not with the number of open conversations.
"""

import re
from collections import deque

from hubbub.model import Finding

_WORD = re.compile(r"[\w@+.-]{5,}")  # tokens are at least this long
_REMEMBERED = 4096  # customers who left lately and are still looked for: leaks outlive the session they leak from


class LiveTokens:
    """Which token belongs to whom, among those who are live or left lately."""

    def __init__(self) -> None:
        self._owner: dict[str, int] = {}
        self._left: deque[tuple[int, tuple[str, ...]]] = deque()

    def enter(self, number: int, tokens: tuple[str, ...]) -> None:
        """A customer with these tokens is live now."""
        for token in tokens:
            self._owner[token.casefold()] = number

    def leave(self, number: int, tokens: tuple[str, ...]) -> None:
        """The customer has left; the tokens are remembered for a while."""
        self._left.append((number, tokens))
        if len(self._left) > _REMEMBERED:
            gone, old = self._left.popleft()
            for token in old:
                if self._owner.get(token.casefold()) == gone:
                    del self._owner[token.casefold()]

    def foreign(self, text: str, number: int, own: tuple[str, ...]) -> tuple[str, int] | None:
        """The first token in the text that belongs to another customer, and whose it is."""
        owners = self._owner
        for word in _WORD.findall(text):
            token = word.casefold()
            owner = owners.get(token)
            if owner is None and not token[-1].isalnum():
                token = token.rstrip(".-_+")
                owner = owners.get(token)
            if owner is not None and owner != number and token not in {o.casefold() for o in own}:
                return word.rstrip(".-_+"), owner
        return None


def leak(number: int, turn: int, token: str, owner: int) -> Finding:
    """The finding for a foreign token in a reply."""
    return Finding(
        number, "cross_talk", "failed", turn, f"the reply holds {token!r}, which belongs to customer {owner}"
    )
