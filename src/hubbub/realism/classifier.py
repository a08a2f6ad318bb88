"""Can a classifier tell two sets of messages apart? The area under its curve: 0.5 it cannot, 1 it always can.

Logistic regression with an L2 penalty, found by L-BFGS, each half judged by what was learnt on the other (two-sample
classifier test: Lopez-Paz and Oquab, 2017).
"""

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, vstack
from scipy.special import expit
from scipy.stats import rankdata

from hubbub.realism.features import hashed

Floats = NDArray[np.float64]
_PENALTY = 1.0  # on half the squared length of the weights, against the summed loss


def told_apart(ours: Sequence[str], theirs: Sequence[str], look: Callable[[str], Counter[str]], seed: int = 1) -> float:
    """The area under the curve, out of sample, for as many of one side as of the other. NaN for under four each."""
    size = min(len(ours), len(theirs))
    if size < 4:
        return float("nan")
    chance = np.random.default_rng(seed)
    rows = [hashed([texts[i] for i in chance.permutation(len(texts))[:size]], look) for texts in (ours, theirs)]
    matrix = _narrowed(csr_matrix(vstack(rows)))
    labels = np.repeat((1.0, 0.0), size)
    half = chance.permutation(2 * size) % 2 == 0
    areas = [_area(labels[~part], _scores(matrix[part], labels[part], matrix[~part])) for part in (half, ~half)]
    return float(np.mean(areas))


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


def _area(labels: Floats, scores: Floats) -> float:
    """The chance that one of ours scores above one of theirs; ties count half (Mann and Whitney, 1947)."""
    ranks = rankdata(scores)
    ours = labels > 0.5
    count = int(ours.sum())
    return float((ranks[ours].sum() - count * (count + 1) / 2) / (count * (len(labels) - count)))
