"""Can a classifier tell two sets of messages apart? The area under its curve: 0.5 it cannot, 1 it always can.

Logistic regression with an L2 penalty, found by L-BFGS, each half judged by what was learnt on the other (two-sample
classifier test: Lopez-Paz and Oquab, 2017). The halves are halves of the people: one who writes in capitals would else
be known again by them, and two crowds of one kind be told apart by who is in them.
"""

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, vstack
from scipy.special import expit
from scipy.stats import rankdata

from hubbub.realism.features import hashed

Floats = NDArray[np.float64]
Integers = NDArray[np.intp]
_FEWEST = 4  # people of a side
_NORMAL = 1.96  # standard errors of a 95 % interval
_PENALTY = 1.0  # on half the squared length of the weights, against the summed loss


class Said(Struct, frozen=True):
    """A message, and who of its side said it."""

    text: str
    by: int


class Told(Struct, frozen=True):
    """An area, and half of its 95 % interval, in which the messages of one person count as one draw (Obuchowski, 1997).

    NaN where there are too few; the margin says nothing where nobody is mistaken for one of the other side.
    """

    area: float
    margin: float


def told_apart(ours: Sequence[str], theirs: Sequence[str], look: Callable[[str], Counter[str]], seed: int = 1) -> float:
    """The area under the curve where each message is somebody else's."""
    one, other = ([Said(text, at) for at, text in enumerate(side)] for side in (ours, theirs))
    return told_by(one, other, look, seed).area


def told_by(ours: Sequence[Said], theirs: Sequence[Said], look: Callable[[str], Counter[str]], seed: int = 1) -> Told:
    """The area under the curve, out of sample, for as many messages of one side as of the other, and how sure it is.

    NaN where a side has fewer than four people.
    """
    size = min(len(ours), len(theirs))
    chance = np.random.default_rng(seed)
    sides = [[side[i] for i in chance.permutation(len(side))[:size]] for side in (ours, theirs)]
    people = [np.unique([one.by for one in side], return_inverse=True)[1] for side in sides]
    if min((len(set(by.tolist())) for by in people), default=0) < _FEWEST:
        return Told(float("nan"), float("nan"))
    matrix = _narrowed(csr_matrix(vstack([hashed([one.text for one in side], look) for side in sides])))
    labels = np.repeat((1.0, 0.0), size)
    half = np.concatenate([(chance.permutation(by.max() + 1) % 2 == 0)[by] for by in people])
    who = np.concatenate((people[0], people[1] + people[0].max() + 1))
    found = [
        _area(labels[~part], _scores(matrix[part], labels[part], matrix[~part]), who[~part]) for part in (half, ~half)
    ]
    spread = sum(variance**0.5 for _, variance in found) / len(found)  # what one half taught, the other is judged by
    return Told(float(np.mean([area for area, _ in found])), _NORMAL * spread)


def _narrowed(matrix: csr_matrix) -> csr_matrix:
    """The same rows without the columns that hold nothing: most of them, and each would cost a weight."""
    used, places = np.unique(matrix.indices, return_inverse=True)
    return csr_matrix((matrix.data, places, matrix.indptr), shape=(matrix.shape[0], len(used)))


def _scores(seen: csr_matrix, labels: Floats, unseen: csr_matrix) -> Floats:
    """What a regression learnt on the one says of the other: the higher, the likelier one of ours."""
    signs = 2.0 * labels - 1.0

    def loss(weights: Floats) -> tuple[float, Floats]:
        margins = signs * (seen @ weights[1:] + weights[0])
        pull = -signs * expit(-margins)
        slope = np.concatenate(((pull.sum(),), seen.T @ pull + _PENALTY * weights[1:]))
        total = np.logaddexp(0.0, -margins).sum() + 0.5 * _PENALTY * np.square(weights[1:]).sum()
        return float(total), slope

    found = minimize(loss, np.zeros(seen.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": 100})
    scores: Floats = unseen @ found.x[1:]
    return scores


def _area(labels: Floats, scores: Floats, who: Integers) -> tuple[float, float]:
    """The chance that one of ours scores above one of theirs, and its variance; ties count half (Mann and Whitney,
    1947).
    """
    ranks = rankdata(scores)
    sides = [labels > 0.5, labels < 0.5]
    many = [int(side.sum()) for side in sides]
    above = [(ranks[side] - rankdata(scores[side])) / other for side, other in zip(sides, many[::-1], strict=True)]
    area = float(above[0].mean())
    by = (who[side] for side in sides)
    return area, sum(_variance(one, people) for one, people in zip(above, by, strict=True))


def _variance(above: Floats, who: Integers) -> float:
    """The variance of a mean of which each person gives some."""
    people, place = np.unique(who, return_inverse=True)
    sums = np.bincount(place, weights=above - above.mean())
    return float(np.square(sums).sum() / len(above) ** 2 * len(people) / max(1, len(people) - 1))
