"""The table of realism: our customers beside a corpus, and beside what the corpus scores against itself."""

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
from msgspec import Struct

from hubbub.realism import act_order, measures
from hubbub.realism.alike import at_equal_lengths
from hubbub.realism.classifier import Said, Told, told_by
from hubbub.realism.dialogue import Dialogue, delays_of, texts_of
from hubbub.realism.features import length, letters, style_of
from hubbub.realism.keeping import keeping_of

Dialogues = Sequence[Dialogue]
Look = Callable[[str], Counter[str]]
_MOST_MESSAGES = 2500  # a side, for the classifiers: they learn more from more, see docs/customers.md
NOT_MEASURED = float("nan")


class Row(Struct, frozen=True):
    """A measure: of us, of the corpus against itself where that says how low it can be, and of a second corpus.

    `served` is of our customers who need no human: like for like with a corpus of matters that were all served.
    NaN is "not measured": there is no corpus, or it holds no such thing. `goal` is what people score, or a limit.
    `margins` are half of the 95 % intervals of ours, served, floor and other; of areas alone.
    """

    measure: str
    ours: float
    served: float = NOT_MEASURED
    floor: float = NOT_MEASURED
    other: float = NOT_MEASURED
    goal: str = ""
    margins: tuple[float, ...] = (NOT_MEASURED,) * 4


def compare(
    ours: Dialogues, corpus: Dialogues = (), second: Dialogues = (), seed: int = 1, language: str = "en"
) -> tuple[Row, ...]:
    """All rows. Without a corpus, what needs none: distances to the laws that were fitted to people.

    `language` is the one whose little words show how something is put.
    """
    served = tuple(dialogue for dialogue in ours if dialogue.served)
    return (
        *_against_laws(ours, served, corpus, second),
        *_against_corpus(ours, served, corpus, second, seed, language),
    )


def _against_laws(ours: Dialogues, served: Dialogues, corpus: Dialogues, second: Dialogues) -> tuple[Row, ...]:
    model = act_order.of_people()
    # People score 8.2 messages and a perplexity of 3.89 (MultiDoGO), distinct-1 .167 and distinct-2 .457 (live chat).
    singles: tuple[tuple[str, Callable[[Dialogues], float | Told], str], ...] = (
        ("messages per conversation", _mean_count, "8.2"),
        ("KS of message counts to the law of people", lambda d: _to_law(_counts(d), measures.count_law), "<= .10"),
        ("KS of message lengths to the law of live chat", lambda d: _to_law(_sizes(d), measures.length_law), "<= .10"),
        ("AUC, length, against the law of live chat", _told_from_law, "<= .60"),
        ("perplexity of acts, by the order people keep", lambda d: measures.perplexity(_whole(d), model), "3.5 - 4.3"),
        ("distinct-1 at 20,000 words", lambda d: measures.distinct(texts_of(d), 1), ".13 - .20"),
        ("distinct-2 at 20,000 words", lambda d: measures.distinct(texts_of(d), 2), ".37 - .55"),
        ("Zipf slope", lambda d: measures.zipf_slope(texts_of(d)), "about -1"),
        ("exact repeats over 20 characters", lambda d: measures.repeat_rate(texts_of(d)), "< .05"),
    )
    return tuple(
        _row(name, goal, *(of(some) if some else NOT_MEASURED for some in (ours, served, corpus, second)))
        for name, of, goal in singles
    )


def _row(name: str, goal: str, *found: float | Told) -> Row:
    """A row of four figures: of ours, of the served, of the floor, of the other corpus."""
    ours, served, floor, other = (one.area if isinstance(one, Told) else one for one in found)
    margins = tuple(one.margin if isinstance(one, Told) else NOT_MEASURED for one in found)
    return Row(name, ours, served, floor, other, goal, margins)


def _against_corpus(
    ours: Dialogues, served: Dialogues, corpus: Dialogues, second: Dialogues, seed: int, language: str
) -> tuple[Row, ...]:
    if not corpus:
        return ()
    half, rest = _halves(corpus, seed)
    kept, style = keeping_of(texts_of(corpus)), style_of(language)

    def told(look: Look) -> Callable[[Dialogues, Dialogues], Told]:
        return lambda a, b: _told(a, b, look, kept, seed)

    pairs: tuple[tuple[str, Callable[[Dialogues, Dialogues], float | Told], str], ...] = (
        ("KS of message lengths", lambda a, b: measures.distance(_sizes(a), _sizes(b)), ""),
        ("KS of message counts", lambda a, b: measures.distance(_counts(a), _counts(b)), "<= .10"),
        ("KS of delays", lambda a, b: measures.distance(delays_of(a), delays_of(b)), ""),
        ("AUC, raw: runs of letters", told(letters), ""),
        ("AUC, style: words, content masked", told(style), "<= .70"),
        ("AUC, style, at equal lengths", lambda a, b: _told_alike(a, b, style, kept, seed), ""),
        ("AUC, length", told(length), ""),
    )
    sides = ((ours, corpus), (served, corpus), (half, rest), (second, corpus))
    return tuple(
        _row(name, goal, *(of(some, others) if some else NOT_MEASURED for some, others in sides))
        for name, of, goal in pairs
    )


def _said(dialogues: Dialogues, kept: Callable[[str], str] = str) -> list[Said]:
    return [Said(kept(text), by) for by, dialogue in enumerate(dialogues) for text in dialogue.texts]


def _told(ours: Dialogues, theirs: Dialogues, look: Look, kept: Callable[[str], str], seed: int) -> Told:
    one, other = ([Said(kept(s.text), s.by) for s in _some(_said(side), seed)] for side in (ours, theirs))
    return told_by(one, other, look, seed)


def _told_alike(ours: Dialogues, theirs: Dialogues, look: Look, kept: Callable[[str], str], seed: int) -> Told:
    one, other = at_equal_lengths(_said(ours, kept), _said(theirs, kept), _MOST_MESSAGES, seed, lambda said: said.text)
    return told_by(one, other, look, seed)


def _told_from_law(dialogues: Dialogues) -> Told:
    said = _some(_said(dialogues), 1)
    return told_by(said, [Said("x" * size, at) for at, size in enumerate(measures.drawn_lengths(len(said)))], length)


def _some(said: list[Said], seed: int) -> list[Said]:
    return [said[at] for at in np.random.default_rng(seed).permutation(len(said))[:_MOST_MESSAGES]]


def _halves(corpus: Dialogues, seed: int) -> tuple[Dialogues, Dialogues]:
    """Whole conversations, dealt to two halves."""
    order = np.random.default_rng(seed).permutation(len(corpus))
    return tuple(corpus[i] for i in order[::2]), tuple(corpus[i] for i in order[1::2])


def _to_law(values: Sequence[int], law: Callable[[float], float]) -> float:
    return measures.distance_to(values, law) if values else NOT_MEASURED


def _sizes(dialogues: Dialogues) -> list[int]:
    return [len(text) for text in texts_of(dialogues)]


def _whole(dialogues: Dialogues) -> tuple[Dialogue, ...]:
    return tuple(dialogue for dialogue in dialogues if dialogue.whole)


def _counts(dialogues: Dialogues) -> list[int]:
    return [len(dialogue.texts) for dialogue in _whole(dialogues)]


def _mean_count(dialogues: Dialogues) -> float:
    counts = _counts(dialogues)
    return sum(counts) / len(counts) if counts else NOT_MEASURED
