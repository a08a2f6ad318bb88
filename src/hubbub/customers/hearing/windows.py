"""What runs of five words say of a sentence: a small convolutional net, in whole numbers.

Scores of words and of neighbours know nothing of what stands two words away, nor that words which mean something alike
may take each other's place in a phrase. A net that slides over the sentence five words at a time, and keeps of each of
its filters the strongest answer, does. It is fitted to the same labelled replies as the scores
(`benchmarks/hearing_windows.py`), and what it says is added to them.

A word is a row of numbers, and a filter has five rows of its own: for the word itself, and for two on either side. So
what a word gives to all filters is worked out once, and a sentence costs additions. All numbers are whole, and their
sums exact, so that every machine hears the same.
"""

from msgspec import Struct

SPAN = 5  # words that a filter sees at a time
ROW_UNIT = 32  # one, in a row of a word
FILTER_UNIT = 1024  # one, in a filter
SUM_UNIT = 256  # one, in what a word gives to a filter, and in what a filter is worth to a head
OPENING = "<"
CLOSING = ">"


class FittedWindows(Struct, frozen=True):
    """What a file holds of the net. `words` are those with rows, one a line, among them `<` and `>` with each end mark.

    `rows`: `width` signed bytes for each word. `filters`, of two bytes each: for every number of a row, what it gives
    to all filters as the first word of a run, then as the second, and so on. `starts`: what each filter starts from.
    `worth`: what an answer of each filter gives to each head. `bases`: what each head starts from.
    """

    words: str
    width: int
    rows: bytes
    filters: bytes
    starts: bytes
    worth: bytes
    bases: tuple[int, ...]
