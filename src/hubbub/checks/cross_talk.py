"""Cross-talk: a reply that holds what belongs to another customer who is live, or was a moment ago.

Every customer carries values that nobody else has. A reply is cut into what could be such a value, and each is looked
up in one table, so the cost grows with the reply and not with the number of open conversations. Customers of other
processes are in no table of ours; a value that has the shape of theirs is turned back into the number of its owner.
"""

import re
from collections import deque
from collections.abc import Callable

from msgspec import Struct

from hubbub.model import Finding

_WORD = re.compile(r"[\w@+.-]{4,}\w")  # tokens are at least this long, and end in a letter or a digit
_AMONG_SIGNS = re.compile(_WORD.pattern, re.ASCII)  # where no space parts words, a token ends with its letters
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
_MARKS = "@+.-"  # within a token, and not at its end
_MARKS_BYTES = _MARKS.encode()
_ENDS = tuple((ord(mark), f"{mark} ".encode()) for mark in _MARKS)
_SIGN = re.compile(r"[0-9@]")  # most tokens hold one, and few words of a reply
_RUNS = bytes(c if chr(c).isalnum() or chr(c) in f"_{_MARKS}" else 32 for c in range(128)) + bytes(128)
_FOLDED = _RUNS.lower()
_SIGNS = bytes(64 if chr(c).isdigit() or chr(c) == "@" else 32 for c in range(128)) + bytes(128)  # all of them as @
_REMEMBERED = 4096  # customers who left lately and are still looked for: leaks outlive the session they leak from
_SLACK = 256  # numbers by which other processes may be ahead of this one, or behind, besides a tenth of the way


class Elsewhere(Struct, frozen=True):
    """How to find the owner of a value that no customer of this process has.

    `shape` matches, whole, what could be one; `owner_of` names the latest owner up to a number, None when nobody could
    be. Both rest on the run's seed alone.
    """

    shape: re.Pattern[str]
    owner_of: Callable[[str, int], int | None]


class LiveTokens:
    """Which token belongs to whom, among those who are live or left lately; `elsewhere` when others hold some too."""

    def __init__(self, elsewhere: Elsewhere | None = None) -> None:
        self._elsewhere = elsewhere
        self._owner: dict[str, int] = {}
        self._left: deque[tuple[int, tuple[str, ...]]] = deque()
        self._newest = self._oldest = -1
        self._signed = True  # every token so far holds a digit or an @

    def enter(self, number: int, tokens: tuple[str, ...]) -> None:
        """A customer with these tokens is live now."""
        self._newest = max(self._newest, number)
        for token in tokens:
            self._owner[token.casefold()] = number
            self._signed = self._signed and _SIGN.search(token) is not None

    def leave(self, number: int, tokens: tuple[str, ...]) -> None:
        """The customer has left; the tokens are remembered for a while."""
        self._left.append((number, tokens))
        if len(self._left) > _REMEMBERED:
            gone, old = self._left.popleft()
            self._oldest = gone
            for token in old:
                if self._owner.get(token.casefold()) == gone:
                    del self._owner[token.casefold()]

    def foreign(self, text: str, number: int, own: tuple[str, ...]) -> tuple[str, int] | None:
        """The first token in the text that belongs to another customer, and whose it is."""
        owners, elsewhere = self._owner, self._elsewhere
        if elsewhere is None:
            signed = self._signed and text.isascii()
            if owners.keys().isdisjoint(_signed_words(text) if signed else _words_of(text.casefold())):
                return None  # the usual case, in one pass
        ours = frozenset(o.casefold() for o in own)
        for word in _words_of(text):
            token = word.casefold()
            owner = owners.get(token)
            if owner is None and elsewhere is not None:
                owner = self._stranger(word)
            if owner is not None and owner != number and token not in ours:
                return word, owner
        return None

    def _stranger(self, token: str) -> int | None:
        """The owner of a value, when it is a customer of another process who can be live or have left lately."""
        elsewhere = self._elsewhere
        if elsewhere is None or not elsewhere.shape.fullmatch(token):
            return None
        slack = _SLACK + self._newest // 10
        owner = elsewhere.owner_of(token, self._newest + slack)
        return owner if owner is not None and owner >= self._oldest - slack else None


def _words_of(text: str) -> list[str]:
    """What could be tokens in a reply: 注文A-48213は holds one in Japanese, too. Shorter words may be among them."""
    if text.isascii():
        return _ascii_words(text)
    word = _WORD if _UNSPACED.search(text) is None else _AMONG_SIGNS
    return word.findall(text)


def _ascii_words(text: str) -> list[str]:
    """What the pattern finds, and words too short for it, at a sixth of the cost: every reply comes by here."""
    return _ended(text.encode("ascii").translate(_RUNS) + b" ").decode("ascii").split()


def _signed_words(text: str) -> list[str]:
    """Those of the same words that hold a digit or an @, in lower case."""
    runs = text.encode("ascii").translate(_FOLDED) + b" "
    signs = runs.translate(_SIGNS)  # to find a byte takes a tenth of looking for one of several
    words, end = [], 0
    while (sign := signs.find(b"@", end)) >= 0:
        start, end = runs.rfind(b" ", 0, sign) + 1, runs.find(b" ", sign)
        words.append(runs[start:end].rstrip(_MARKS_BYTES).decode("ascii"))
    return words


def _ended(runs: bytes) -> bytes:
    """Words with a space behind each, without the marks that they end in."""
    before = b""
    while runs != before:  # a word may end in several marks
        before = runs
        for mark, end in _ENDS:
            if mark in runs:
                runs = runs.replace(end, b" ")
    return runs


def leak(number: int, turn: int, token: str, owner: int) -> Finding:
    """The finding for a foreign token in a reply."""
    return Finding(
        number, "cross_talk", "failed", turn, f"the reply holds {token!r}, which belongs to customer {owner}"
    )
