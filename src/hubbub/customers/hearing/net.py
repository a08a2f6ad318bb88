"""The net over runs of words, at work: rows of words added up, and of each filter the strongest answer."""

import numpy as np
from numpy.typing import NDArray

from hubbub.customers.hearing.windows import CLOSING, FILTER_UNIT, OPENING, ROW_UNIT, SPAN, SUM_UNIT, FittedWindows

_MOST = 6500  # in sum units: five of them stay within sixteen bits
_RAISED = 1 << 20  # more than any head can lose
_KEPT = 2048  # words whose gifts are remembered
_LONGEST = 128  # more words than one sentence is read of
_BEYOND = (0,) * (SPAN // 2)  # the row of noughts, for the places before and after a sentence
_SHORT = np.dtype("i2")


class Net:
    """The net, made ready. Other words than its own are read as `unseen`. What it remembers changes no answer.

    What it says is one whole number with a lane of so many bits for each head, in so many units a logit (a power
    of two).
    """

    def __init__(self, fitted: FittedWindows, unseen: str, unit: int, lane: int) -> None:
        words = fitted.words.split("\n")
        self._rows = np.frombuffer(fitted.rows, "i1").reshape(len(words), fitted.width)
        self._filters = np.frombuffer(fitted.filters, "<i2").reshape(fitted.width, -1).astype("f8")
        self._starts = np.frombuffer(fitted.starts, "<i2").astype("f8")
        self._many = many = len(self._starts)
        scale = unit / (SUM_UNIT * SUM_UNIT)
        self._worth = np.frombuffer(fitted.worth, "<i2").reshape(many, -1) * scale
        self._bases = np.array(fitted.bases, "f8") * scale + _RAISED
        self._word = {word: place for place, word in enumerate(words)}
        self._unseen = self._word[unseen]
        self._given: NDArray[np.int16] = np.zeros((_KEPT, many * SPAN), _SHORT)
        self._place: dict[str, int] = {}
        row = self._given.strides[0]
        self._strides = (row, row + many * _SHORT.itemsize, _SHORT.itemsize)
        self._kind = f"<u{lane // 8}"
        self._lowered = sum(_RAISED << lane * head for head in range(len(fitted.bases)))

    def lanes(self, words: list[str], end: str) -> int:
        """What the words of a sentence that ends so say for each head."""
        if len(self._place) > _KEPT - _LONGEST:
            self._place.clear()
        known, learn = self._place, self._worked_out
        found = [known[word] if word in known else learn(word) for word in (OPENING, *words, CLOSING + end)]
        given = self._given.take((*_BEYOND, *found, *_BEYOND), 0)
        # a run's first word gives its first part, the next word, a row further, its second, and so on
        runs: NDArray[np.int16] = np.ndarray((len(found), SPAN, self._many), _SHORT, given, 0, self._strides)
        answers = np.maximum(np.add.reduce(runs, 1, _SHORT).max(0), 0).astype("f8")
        said = np.rint(answers.dot(self._worth) + self._bases)
        return int.from_bytes(said.astype(self._kind).tobytes(), "little") - self._lowered

    def _worked_out(self, word: str) -> int:
        """Where it now stands what a word gives to all filters. Sums are of whole numbers, and exact."""
        row = self._rows[self._word.get(word, self._unseen)].astype("f8")
        given = np.einsum(
            "i,ij->j", row, self._filters
        )  # no BLAS, whose threads would spin on after so large a product
        given = np.rint(given * (SUM_UNIT / (ROW_UNIT * FILTER_UNIT)))
        given[SPAN // 2 * self._many : (SPAN // 2 + 1) * self._many] += self._starts
        place = self._place[word] = len(self._place) + 1
        self._given[place] = np.clip(given, -_MOST, _MOST)
        return place
