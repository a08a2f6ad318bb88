"""Which act follows which when people talk to a service: fitted counts, so that no corpus need be at hand."""

from collections import Counter

from hubbub.realism.dialogue import ACTS

# Per 100,000; fitted on the customers of MultiDoGO (14,147 conversations).
# A row is the act before; the columns are ACTS and the end.
_PER_100_000: dict[str, tuple[int, ...]] = {
    "<s>": (8823, 1664, 220, 30, 26, 2, 1, 54, 0),
    "greet": (405, 7277, 1048, 233, 58, 46, 3, 550, 32),
    "request_task": (125, 2295, 8894, 1462, 1017, 437, 24, 551, 131),
    "inform": (152, 1854, 16301, 6746, 1317, 2115, 76, 1071, 387),
    "affirm": (54, 999, 1659, 2538, 3006, 2605, 300, 521, 1065),
    "negate": (30, 228, 595, 638, 532, 879, 877, 196, 4364),
    "thank": (18, 175, 233, 501, 2009, 768, 870, 285, 2570),
    "bye": (6, 5, 7, 42, 69, 50, 174, 24, 2004),
    "ood": (37, 441, 1062, 558, 304, 526, 56, 428, 267),
}


def of_people() -> Counter[tuple[str, str]]:
    """The counts as `measures.bigrams_of` gives them."""
    after = (*ACTS, "</s>")
    return Counter(
        {(first, then): n for first, row in _PER_100_000.items() for then, n in zip(after, row, strict=True)}
    )
