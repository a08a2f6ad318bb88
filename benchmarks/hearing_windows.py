"""Fits the net over runs of words (`hubbub.customers.hearing.windows`) to sentences whose acts are known.

A word starts from what the vectors of words say of it, and from the classes that shapes are made of; both are moved as
the net learns. Some words of each sentence are hidden, and some of the filters' answers, so that no single word or
filter is trusted too far. Longer than eight rounds it only learns its authors' habits by heart.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from benchmarks.hearing_classes import CLASSES
from hubbub.customers.hearing.windows import CLOSING, FILTER_UNIT, OPENING, ROW_UNIT, SPAN, SUM_UNIT, FittedWindows

Floats = NDArray[np.float32]
Places = NDArray[np.int64]

FILTERS = 160
WIDTH = 64  # numbers in the row of a word
_ROUNDS = 8
_AT_ONCE = 96  # sentences
_PACE = 3e-3  # of learning, falling to nothing by the last round
_HIDDEN_WORDS = 0.1
_HIDDEN_ANSWERS = 0.4
_SOFTNESS = 1e-5  # the penalty on squared numbers; of rows, on how far they moved
_LENGTH = 2.0  # of the vectors that rows start from
_FADING = (0.9, 0.998)  # Adam's, of slopes and of their squares
_OUTSIDE = -1e9  # lower than any answer


class Runs:
    """Sentences as numbers of words. Number 0 is no word; what stands before and after a sentence are words, too."""

    def __init__(
        self, read: Sequence[tuple[list[str], str]], vectors: Mapping[str, NDArray[np.floating]], unseen: str
    ) -> None:
        texts = [(OPENING, *words, CLOSING + end) for words, end in read]
        self.words = sorted({unseen, *(word for text in texts for word in text)} | set(vectors))
        place = dict(zip(self.words, count(1), strict=False))
        self.texts = [np.array([place[word] for word in text]) for text in texts]
        self.unseen = place[unseen]
        self.rows = np.zeros((len(place) + 1, WIDTH), np.float32)
        for word, vector in vectors.items():
            self.rows[place[word]] = vector[:WIDTH] * _LENGTH
        classes = sorted({name for names in CLASSES.values() for name in names.split()})
        cells = [(place[w], classes.index(name)) for w in self.words for name in CLASSES.get(w, "").split()]
        at = np.array(cells).T
        self.classes = sparse.csr_matrix(
            (np.ones(len(cells), np.float32), (at[0], at[1])), shape=(len(place) + 1, len(classes))
        )

    def batches(self, which: Places, size: int, chance: np.random.Generator | None) -> Iterator[Places]:
        """The chosen sentences, those of like length together."""
        lengths = np.array([len(self.texts[place]) for place in which], float)
        if chance is not None:
            lengths += chance.random(len(which)) * 2
        ordered = which[np.argsort(lengths, kind="stable")]
        found = [ordered[start : start + size] for start in range(0, len(ordered), size)]
        order = range(len(found)) if chance is None else chance.permutation(len(found))
        return (found[place] for place in order)

    def table(self, which: Places) -> Places:
        """A row of words for each of the chosen sentences, with noughts after the shorter ones."""
        rows = np.zeros((len(which), max(len(self.texts[place]) for place in which)), np.int64)
        for row, place in enumerate(which):
            rows[row, : len(self.texts[place])] = self.texts[place]
        return rows


class Net:
    """Numbers of the net, as they are learnt."""

    def __init__(self, runs: Runs, heads: int, seed: int) -> None:
        self._of = runs
        self._chance = np.random.default_rng(seed)
        draw = self._chance.standard_normal
        self._numbers = {
            "rows": runs.rows.copy(),
            "classes": draw((runs.classes.shape[1], WIDTH), np.float32) * np.float32(0.15),
            "filters": draw((SPAN * WIDTH, FILTERS), np.float32) * np.float32(0.7 * (2 / (SPAN * WIDTH)) ** 0.5),
            "starts": np.zeros(FILTERS, np.float32),
            "worth": draw((FILTERS, heads), np.float32) * np.float32(0.05),
            "bases": np.full(heads, -2.5, np.float32),
        }
        self._mean = {name: np.zeros_like(values) for name, values in self._numbers.items()}
        self._square = {name: np.zeros_like(values) for name, values in self._numbers.items()}
        self._steps = 0

    def learn(self, which: Places, wanted: NDArray[np.float64]) -> None:
        """All rounds, on the chosen sentences. `wanted`: of all sentences, what each does."""
        for turn in range(_ROUNDS):
            pace = _PACE * (1 - turn / _ROUNDS)
            for some in self._of.batches(which, _AT_ONCE, self._chance):
                self._step(self._of.table(some), wanted[some].astype(np.float32), pace)

    def scores(self) -> NDArray[np.float64]:
        """Logits of all sentences for all heads."""
        table = self._table()
        found = np.zeros((len(self._of.texts), len(self._numbers["bases"])))
        for some in self._of.batches(np.arange(len(found)), 4 * _AT_ONCE, None):
            answers = self._answers(table, self._of.table(some))[2]
            found[some] = np.maximum(answers, 0) @ self._numbers["worth"] + self._numbers["bases"]
        return found

    def _table(self) -> Floats:
        table: Floats = self._numbers["rows"] + self._of.classes @ self._numbers["classes"]
        return table

    def _answers(self, table: Floats, words: Places) -> tuple[Floats, Places, Floats]:
        """What filters see, where each answers most strongly, and that answer."""
        seen = table[words] * (words > 0)[:, :, None]
        padded = np.pad(seen, ((0, 0), (SPAN // 2, SPAN // 2), (0, 0)))
        length = words.shape[1]
        runs = np.concatenate([padded[:, at : at + length] for at in range(SPAN)], 2)
        said = runs @ self._numbers["filters"] + self._numbers["starts"]
        said = np.where((words > 0)[:, :, None], said, np.float32(_OUTSIDE))
        strongest = said.argmax(1)
        return runs, strongest, np.take_along_axis(said, strongest[:, None], 1)[:, 0]

    def _step(self, words: Places, wanted: Floats, pace: float) -> None:
        hidden = (words > 0) & (self._chance.random(words.shape) < _HIDDEN_WORDS)
        words = np.where(hidden, self._of.unseen, words)
        runs, strongest, answers = self._answers(self._table(), words)
        kept = (self._chance.random(answers.shape) > _HIDDEN_ANSWERS).astype(np.float32) / (1 - _HIDDEN_ANSWERS)
        heard = np.maximum(answers, 0) * kept
        numbers = self._numbers
        wrong = (1 / (1 + np.exp(-(heard @ numbers["worth"] + numbers["bases"]))) - wanted) / len(words)
        back = wrong @ numbers["worth"].T * kept * (answers > 0)
        spread = np.zeros((*words.shape, FILTERS), np.float32)
        np.put_along_axis(spread, strongest[:, None], back[:, None], 1)
        flat = spread.reshape(-1, FILTERS)
        slopes = self._slopes_of_rows(words, (flat @ numbers["filters"].T).reshape(*words.shape, SPAN, WIDTH))
        slopes |= {
            "filters": runs.reshape(len(flat), -1).T @ flat + _SOFTNESS * numbers["filters"],
            "starts": flat.sum(0),
            "worth": heard.T @ wrong + _SOFTNESS * numbers["worth"],
            "bases": wrong.sum(0),
        }
        self._move(slopes, pace)

    def _slopes_of_rows(self, words: Places, runs: Floats) -> dict[str, Floats]:
        """Slopes of rows of words and of classes, from those of the runs that the words stand in."""
        seen = np.zeros((words.shape[0], words.shape[1] + SPAN - 1, WIDTH), np.float32)
        for at in range(SPAN):
            seen[:, at : at + words.shape[1]] += runs[:, :, at]
        seen = seen[:, SPAN // 2 : -(SPAN // 2)]
        seen *= (words > 0)[:, :, None]
        flat = words.ravel()
        shape = (len(self._of.rows), len(flat))
        where = sparse.csr_matrix((np.ones(len(flat), np.float32), (flat, np.arange(len(flat)))), shape=shape)
        rows = where @ seen.reshape(-1, WIDTH)
        moved = self._numbers["rows"] - self._of.rows
        return {"rows": rows + _SOFTNESS * moved, "classes": self._of.classes.T @ rows}

    def _move(self, slopes: Mapping[str, Floats], pace: float) -> None:
        """One step of Adam (Kingma and Ba, 2015)."""
        self._steps += 1
        for name, slope in slopes.items():
            mean, square = self._mean[name], self._square[name]
            mean += (1 - _FADING[0]) * (slope - mean)
            square += (1 - _FADING[1]) * (slope * slope - square)
            ahead = mean / (1 - _FADING[0] ** self._steps)
            wide = np.sqrt(square / (1 - _FADING[1] ** self._steps))
            self._numbers[name] -= (pace * ahead / (wide + 1e-8)).astype(np.float32)

    def baked(self) -> FittedWindows:
        """The numbers as they are shipped: classes folded into words, all in whole units."""
        numbers = self._numbers
        rows = np.clip(np.rint(self._table()[1:] * ROW_UNIT), -127, 127)
        filters = numbers["filters"].reshape(SPAN, WIDTH, FILTERS).transpose(1, 0, 2).reshape(WIDTH, -1)
        return FittedWindows(
            words="\n".join(self._of.words),
            width=WIDTH,
            rows=rows.astype("i1").tobytes(),
            filters=_short(filters * FILTER_UNIT),
            starts=_short(numbers["starts"] * SUM_UNIT),
            worth=_short(numbers["worth"] * SUM_UNIT),
            bases=tuple(int(base) for base in np.rint(numbers["bases"] * SUM_UNIT * SUM_UNIT)),
        )


def _short(values: Floats) -> bytes:
    limit = (1 << 15) - 1
    return np.clip(np.rint(values), -limit, limit).astype("<i2").tobytes()
