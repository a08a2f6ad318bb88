"""What a customer's message says, as words to look up: case and typing errors mended, function words dropped."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct


def word_set(text: str) -> frozenset[str]:
    """The words of a text, as a set: a way to write long lists of them."""
    return frozenset(text.split())


_WORD = re.compile(r"[a-z0-9][a-z0-9'@_]*(?:[-.][a-z0-9@_]+)*")
_CLAUSE = re.compile(r"[.!?;,\n]+(?:\s|$)|\n|\s(?:but|because|although)\s")
_QUESTION_WORD = word_set(
    "who what what's whats when when's whens where where's wheres why how how's hows which is are do does did can "
    "could "
    "will would should"
)
_DROPPED = word_set(
    "a an the my your our this that these those it its it's is are was were be been being am i i'm im i've ive "
    "i'd id me we "
    "you u ur to of for on in at with from by and so just please pls plz do does did have has had would could can will "
    "there here some any really very still also as hi hello hey ok okay well um uh"
)
# Words that are near a known one and mean something else: never taken for typing errors.
_COMMON = word_set(
    "there where these those other after older about again right great still think thing later early never every "
    "could would should might house horse place please hours clear cheer phone photo parse prices stole story store "
    "state sense since while white write first third three thank thanks today until under using value water whole "
    "world worth young small short share shall serve seems round raise quite quick quiet point piece party paper "
    "night month money minor metal means match major lucky local light level least learn large known joint issue "
    "image human heart heavy happy guess group green grand goods glass given funny front fresh found forty focus "
    "floor fixed final field fault extra exact event error enter enjoy empty eight dress drive dream draft doubt "
    "dozen daily cream cover count cost class claim child cheap check chart chain catch cause carry buyer built "
    "build bring brand board black birth basic apply apart alone along allow alert agree ahead added actor above "
    "refuse brother charger changed charged strike broken sister better matter letter former summer winter center "
    "number member person reason season change charge order border refund remind deserve receive delivery deliver "
    "prefer wonder window finder filling feeling dealing reading sorry worry morning meeting setting sitting "
    "getting letting spoke spoken shows steps names doing cash closed frame frames insured explore stock style lots "
    "stark warned manage managed manages police heard hear employer touch plant planted crushed terribly fired "
    "filed filing fund mode model route spare provide certain raised rise sort takes word cold states advise "
    "identify meant mean damage trace chance master larger places placed cart meal meals thick thin though seem "
    "solve located handy centre served juice basis makes stores county root shift shore chose noon broad mixed "
    "shoot shot postal loyal usable stage stale stall learnt cleaned denied burst bind band among author flood "
    "format greet guest join march meat mourning newer played poker printed pure quote receiver scale score seed "
    "shape shell storm stream tree worse apple expire exchanges"
)
_APOSTROPHES = {
    word.replace("'", ""): word
    for word in word_set(
        "i'm i've don't doesn't didn't can't couldn't won't wouldn't isn't aren't wasn't weren't hasn't haven't hadn't "
        "shouldn't what's where's how's that's there's you're they're you've they've"
    )
}  # as those write who leave the sign out; "id", "ill", "its" and "were" are words of their own
_SHORT_FOR = {
    "r": "are",
    "nr": "number",
    "ur": "your",
    "abt": "about",
    "tks": "thanks",
    "pls": "please",
    "plz": "please",
}
_LONGEST = 4_000  # characters of a message that are read
_ENDLESS = re.compile(r"(\S{120})\S+|(\s{3})\s+")  # no word, and no gap between two
_ENDLESS_FROM = 120
_LONG_ENOUGH = 5  # shorter words have too many neighbours to guess at


def taken_in(text: str) -> str:
    """As much of a message as is read, without what no one reads, so that no message holds the others up for long."""
    return _ENDLESS.sub(r"\1\2", text[:_LONGEST]) if len(text) > _ENDLESS_FROM else text


class Reading(Struct, frozen=True):
    """A message, read once. `grams` holds runs of one to three word stems."""

    raw: str
    words: tuple[str, ...]  # lower case, typing errors mended
    clauses: tuple[str, ...]  # the same words, clause by clause
    grams: frozenset[str]
    question: bool


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word without its endings, so that `charged`, `charges` and `charge` are one. Crude, and the same for all."""
    if word.endswith("'s"):
        word = word[:-2]
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and not word.endswith("ss") and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "se" else word


def grams(words: Iterable[str]) -> frozenset[str]:
    """Runs of one to three stems, function words dropped."""
    stems = [stem(word) for word in words if word not in _DROPPED]
    found = set(stems)
    found.update(map(" ".join, pairwise(stems)))
    found.update(map(" ".join, zip(stems, stems[1:], stems[2:], strict=False)))
    return frozenset(found)


def gram(phrase: str) -> str:
    """The gram that a phrase of up to three words that matter is found as."""
    return " ".join(stem(word) for word in phrase.split() if word not in _DROPPED)


def _shorter(word: str) -> set[str]:
    return {word[:i] + word[i + 1 :] for i in range(1, len(word))}


def one_slip_apart(a: str, b: str) -> bool:
    """Whether two words differ by one typing error: one letter missing, extra or wrong, or two neighbours swapped."""
    if len(a) != len(b):
        short, long = sorted((a, b), key=len)
        return len(long) - len(short) == 1 and short in _shorter(long)
    wrong = [i for i in range(len(a)) if a[i] != b[i]]
    if len(wrong) == 1:
        return True
    return len(wrong) == 2 and wrong[1] == wrong[0] + 1 and a[wrong[0]] == b[wrong[1]] and a[wrong[1]] == b[wrong[0]]


class Reader:
    """Reads messages against a vocabulary: a word one slip away from a known one is taken for it.

    Swapped letters are the likeliest slip, and all that is mended in short words; a common word is likelier than a cue.
    """

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._known = frozenset(vocabulary) | _COMMON | _DROPPED
        self._near: dict[str, list[str]] = {}
        for word in sorted(w for w in self._known if len(w) >= _LONG_ENOUGH - 1 and w.isalpha()):
            for key in {word, *_shorter(word)}:
                self._near.setdefault(key, []).append(word)
        self._mended: dict[str, str] = {}

    def mend(self, word: str) -> str:
        """The known word that this one was meant to be, or the word itself."""
        word = _APOSTROPHES.get(word) or _SHORT_FOR.get(word, word)
        if word in self._known or len(word) < _LONG_ENOUGH - 1 or not word.isalpha():
            return word
        known = self._mended.get(word)
        if known is None:
            known = self._look_up(word)
            if len(self._mended) < 20_000:  # a bound on memory; beyond it, words are looked up each time
                self._mended[word] = known
        return known

    def _look_up(self, word: str) -> str:
        if stem(word) in self._known or (word[-1] != "s" and f"{word}s" in self._known):
            return word  # another form of a word that is known is no slip
        near = {candidate for key in (word, *_shorter(word)) for candidate in self._near.get(key, ())}
        slips = [c for c in near if c[0] == word[0] and one_slip_apart(word, c)]
        swaps = [c for c in slips if sorted(c) == sorted(word)]
        others = [c for c in slips if len(c) >= _LONG_ENOUGH]
        return min(swaps or others or [word], key=lambda c: (c not in _COMMON, c))

    def read(self, text: str) -> Reading:
        """Take a message in. Any text at all is fine."""
        text = unicodedata.normalize("NFKC", text).replace("’", "'") if not text.isascii() else text
        clauses = [[self.mend(w) for w in _WORD.findall(part)] for part in _CLAUSE.split(text.lower())]
        words = tuple(word for clause in clauses for word in clause)
        asks = "?" in text or any(clause and clause[0] in _QUESTION_WORD for clause in clauses)
        return Reading(text, words, tuple(" ".join(c) for c in clauses if c), grams(words), asks)
