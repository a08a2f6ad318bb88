"""What sentences of a reply are worth beside each other: much that is told beside an answer says nothing of its own.

"They will check it and contact you" is nothing beside the hand-off before it, and would be `inform` alone. Whether a
sentence counts is learnt from how far its words speak for it (the head `counts`), how surely its act was heard, where
it stands, and what the sentences beside it do.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]

_HANDED = ("handoff", "offer_handoff")  # what is never dropped beside others
_SOFTNESS = 1.0  # the penalty on squared numbers
_NEARNESS = 4.0  # the penalty on what an act's numbers are beyond those of all acts


class Beside:
    """Sentences that do something beside others of their reply that do something else.

    `acts`: the act of each, as a place among `heads`; `table`: how far it counts, how sure its act is, 1, whether it
    opens and closes the reply, and what is done beside it.
    """

    def __init__(
        self, own: Places, done: Flags, likeliest: Places, counts: Floats, margins: Floats, heads: tuple[str, ...]
    ) -> None:
        core = done.any(1)
        replies = int(own.max()) + 1
        many = np.bincount(own[core], minlength=replies) > 1
        handed = np.isin(likeliest, [heads.index(head) for head in _HANDED])
        first = np.ones(len(own), bool)
        first[1:] = own[1:] != own[:-1]
        last = np.roll(first, -1)
        summed = np.zeros((replies, done.shape[1]), int)
        np.add.at(summed, own, done.astype(int))
        others = (summed[own] - done > 0).astype(float)
        again = others[np.arange(len(own)), likeliest] > 0
        self.places = np.flatnonzero(core & many[own] & ~handed & ~again)
        at = self.places
        self.acts = likeliest[at]
        ones = np.ones(len(at))
        self.table = np.column_stack([counts[at], margins[at], ones, first[at], last[at], others[at]])

    def dropped(self, rows: Floats, limit: float) -> Places:
        """Which sentences do not count by the rows of numbers of their acts, one of which they are."""
        logits = (self.table * rows[self.acts]).sum(1)
        found: Places = self.places[logits < np.log(limit / (1 - limit))]
        return found


def worth_beside(beside: Beside, wanted: Flags, which: Flags, heads: int) -> Floats:
    """For each act the numbers of its sentences: first learnt for all acts together, then for each, near those."""
    table, acts = beside.table[which], beside.acts[which]
    shared = _learnt(table, wanted[which], np.zeros(table.shape[1]), _SOFTNESS)
    rows = [
        _learnt(table[acts == act], wanted[which][acts == act], shared, _NEARNESS) if (acts == act).any() else shared
        for act in range(heads)
    ]
    return np.array(rows)


def _learnt(table: Floats, wanted: Flags, near: Floats, nearness: float) -> Floats:
    def loss(row: Floats) -> tuple[float, Floats]:
        logits = table @ row
        wrong = 1 / (1 + np.exp(-logits)) - wanted
        value = (np.logaddexp(0, logits) - wanted * logits).sum() + nearness / 2 * ((row - near) ** 2).sum()
        return value, table.T @ wrong + nearness * (row - near)

    found: Floats = minimize(loss, near, jac=True, method="L-BFGS-B").x
    return found
