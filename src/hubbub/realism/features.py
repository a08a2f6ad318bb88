"""What a message looks like to a classifier: hashed counts of its letters, of its function words, and its length."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from hubbub.tongues import LITTLE_WORDS

_COLUMNS = 1 << 13  # few enough that no mathematics library starts threads for a vector: they cost more than they save
_WORD = re.compile(  # where nothing stands between words, each kana of grammar is one, and what it goes with another
    r"[\u3041-\u309f]|[\u30a0-\u30ff\u3400-\u9fff\u3005]+|(?:(?![\u3041-\u30ff\u3400-\u9fff])[^\W\d_])+"
    r"(?:'[^\W\d_]+)?|\d+|[^\w\s]"
)
_CODE = re.compile(  # the letters of a number such as A-1234 or A 1234: no word, and least of all an article
    r"\b(?:[a-z]{1,4}-?(?=\d)|[b-hj-z] (?=\d)|a (?=\d{3}))"
)
_LAST_OF_GRAMMAR = "\u309f"  # kana that words are bent with
_JOINT = re.compile(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])")
_PUNCTUATION = re.compile(r"[^\w\s]")
# Words that say how something is put rather than what it is about. All others are masked.
FUNCTION_WORDS = frozenset(
    [
        "a",
        "about",
        "after",
        "again",
        "all",
        "also",
        "am",
        "an",
        "and",
        "another",
        "any",
        "anything",
        "are",
        "aren't",
        "as",
        "at",
        "be",
        "because",
        "been",
        "before",
        "but",
        "by",
        "can",
        "can't",
        "could",
        "couldn't",
        "did",
        "didn't",
        "do",
        "does",
        "doesn't",
        "doing",
        "don't",
        "down",
        "each",
        "else",
        "every",
        "everything",
        "few",
        "for",
        "from",
        "get",
        "got",
        "had",
        "has",
        "hasn't",
        "have",
        "haven't",
        "having",
        "he",
        "help",
        "her",
        "here",
        "him",
        "his",
        "how",
        "i",
        "i'd",
        "i'll",
        "i'm",
        "i've",
        "if",
        "in",
        "into",
        "is",
        "isn't",
        "it",
        "it's",
        "its",
        "just",
        "know",
        "less",
        "let",
        "like",
        "make",
        "many",
        "may",
        "me",
        "might",
        "mine",
        "more",
        "most",
        "much",
        "must",
        "my",
        "need",
        "no",
        "nor",
        "not",
        "nothing",
        "now",
        "of",
        "off",
        "ok",
        "okay",
        "on",
        "once",
        "one",
        "only",
        "or",
        "other",
        "our",
        "out",
        "over",
        "own",
        "please",
        "put",
        "same",
        "see",
        "she",
        "should",
        "shouldn't",
        "so",
        "some",
        "something",
        "still",
        "such",
        "sure",
        "take",
        "tell",
        "than",
        "thank",
        "thanks",
        "that",
        "that's",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "thing",
        "this",
        "those",
        "through",
        "to",
        "today",
        "too",
        "under",
        "until",
        "up",
        "us",
        "use",
        "very",
        "want",
        "was",
        "wasn't",
        "way",
        "we",
        "well",
        "were",
        "what",
        "what's",
        "when",
        "where",
        "which",
        "while",
        "who",
        "why",
        "will",
        "with",
        "without",
        "won't",
        "would",
        "wouldn't",
        "yes",
        "yeah",
        "yet",
        "you",
        "your",
        "hi",
        "hello",
        "hey",
        "bye",
        "good",
        "morning",
        "welcome",
        "sorry",
        "great",
        "nice",
        "day",
        "fine",
        "right",
        "dont",
        "im",
        "ive",
        "cant",
        "didnt",
        "doesnt",
        "isnt",
        "wont",
        "id",
        "ill",
        "thats",
        "whats",
        "u",
        "ur",
        "pls",
        "thx",
    ]
)


def plainly(text: str) -> str:
    """Lower case and without punctuation, as some corpora are kept: a difference of keeping is none of people."""
    return " ".join(_PUNCTUATION.sub("", text.lower()).split())


def apart(text: str) -> str:
    """Letters and digits that touch set apart, as some corpora are kept: `a4218` as `a 4218`, `5th` as `5 th`."""
    return _JOINT.sub(" ", text)


def letters(text: str) -> Counter[str]:
    """Runs of 2 to 5 letters, the raw look of a message."""
    padded = f" {text} "
    return Counter(padded[at : at + size] for size in (2, 3, 4, 5) for at in range(len(padded) - size + 1))


def style(text: str, little: frozenset[str] = FUNCTION_WORDS) -> Counter[str]:
    """Runs of 1 to 3 words, all but `little` words masked: how it is put, whatever it is about."""
    words = ["<"]
    for word in _WORD.findall(_CODE.sub("code ", text.lower())):
        words.append(word if word in little else _masked(word))
    words.append(">")
    return Counter(" ".join(words[at : at + size]) for size in (1, 2, 3) for at in range(len(words) - size + 1))


def _masked(word: str) -> str:
    if word[0].isdigit():
        return "#"
    whole = word.isalpha() and word[0] > _LAST_OF_GRAMMAR  # a sign that is a word of its own
    return word if len(word) == 1 and not whole else "_"


def style_of(language: str) -> Callable[[str], Counter[str]]:
    """The style of messages in a language, by its own little words."""
    return style if language == "en" else partial(style, little=LITTLE_WORDS.get(language, frozenset()))


def length(text: str) -> Counter[str]:
    """Its length alone, as the size class it falls in: five to an octave."""
    return Counter((f"length {int(5 * np.log2(len(text) + 1))}",))


def hashed(texts: Sequence[str], look: Callable[[str], Counter[str]]) -> csr_matrix:
    """A row per text: 1 + log of each count, in a column by the hash of what was counted, scaled to length one."""
    starts = [0]
    columns: list[int] = []
    values: list[float] = []
    for text in texts:
        counts = look(text)
        row = 1.0 + np.log(np.fromiter(counts.values(), float, len(counts)))
        values.extend(row / np.sqrt((row * row).sum()) if len(row) else row)
        columns.extend(crc32(name.encode()) & (_COLUMNS - 1) for name in counts)
        starts.append(len(columns))
    data: NDArray[np.float64] = np.array(values)
    return csr_matrix((data, np.array(columns, dtype=np.int32), np.array(starts)), shape=(len(texts), _COLUMNS))
