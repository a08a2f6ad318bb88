"""A log as observations: each customer's messages without what gives anybody away, and when things happened."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from hubbub.learning.chain import HIDDEN
from hubbub.learning.names import introduced, known_names, no_names, ordinary_words, stated
from hubbub.learning.naming import by_name, names_of_numbers
from hubbub.learning.purposes import Purpose, purpose_of
from hubbub.learning.scrubbing import Scrubbed, base_of, numbered, scrub
from hubbub.transcripts.values import Message, Transcript

_MOST_COMMON_AT = 10  # a word that so many customers use is nobody's own, in a log of any size
_COMMON_SHARE = 200  # in a small log, a word is common from one customer in so many on
_STATING_SHARE = 0.2  # of those who use a word, and then it is a name
_MOST_VISITS, _VISITS_SHARE = 5, 20
_BARE_NAME = 3  # words: a message of so few, all of them rare, is taken for a name
_WORD = re.compile(r"[^\W\d_][\w'-]*")
_PLACE = re.compile(r"\{\w+\}")
_WORD_OR_PLACE = re.compile(rf"{_PLACE.pattern}|{_WORD.pattern}")


class Spoken(Struct, frozen=True):
    """One message of a customer. `original` and `values` are for measuring only: nothing of them is written out.

    `private` says that its words may not be used as they are, though its purpose and length count.
    """

    original: str
    text: str
    slots: tuple[str, ...]
    values: tuple[str, ...]
    purpose: Purpose
    private: bool = False
    secret: bool = False  # speaks of a password or the like, and was not read on


class Called(Struct, frozen=True):
    """Names in a conversation, lower case: the customer's own, and all that were heard in it."""

    own: frozenset[str]
    heard: frozenset[str]


class Pause(Struct, frozen=True):
    """How long a customer took to answer: seconds, after a reply of so many characters, with so many."""

    seconds: float
    heard_chars: int
    said_chars: int


class Observed(Struct, frozen=True):
    """One conversation: what the customer said, how the messages came in turns, its pauses, when it began.

    `bursts` is the number of messages in each turn; empty, like `pauses`, where the log has no agent.
    """

    name: str
    spoken: tuple[Spoken, ...]
    bursts: tuple[int, ...]
    pauses: tuple[Pause, ...]
    began_s: float | None
    who: str = ""  # the customer: one who comes back is still one

    @property
    def customer(self) -> str:
        """What tells this customer from others."""
        return self.who or self.name


def observe(transcripts: Sequence[Transcript], k: int, language: str = "en") -> tuple[Observed, ...]:
    """All conversations of a log, scrubbed. `k` is how many customers must use a word that is no ordinary one."""
    people = _people(transcripts)
    spared = no_names([[m.text for m in t.messages if m.sender == "customer"] for t in transcripts], language)
    called = [_names_in(*pair, language) for pair in zip(transcripts, people, strict=True)]
    everywhere = _names_of_all(transcripts, called) - spared
    scrubbed = [
        _scrubbed(transcript, names.heard | everywhere, language, spared)
        for transcript, names in zip(transcripts, called, strict=True)
    ]
    names = names_of_numbers(
        (pair for one, found in zip(transcripts, scrubbed, strict=True) for pair in _answers(one, found)), language
    )
    scrubbed = [[(text, by_name(one, names)) for text, one in found] for found in scrubbed]
    common = _common_words(zip(people, scrubbed, strict=True), k, language) | spared
    return tuple(
        _observed(transcript, who, found, common, language)
        for transcript, who, found in zip(transcripts, people, scrubbed, strict=True)
    )


def _people(transcripts: Sequence[Transcript]) -> list[str]:
    """The customer of each conversation, by the log; the conversation's name where none is told, or one of too many."""
    came = Counter(one.who for one in transcripts)
    most = max(_MOST_VISITS, len(transcripts) // _VISITS_SHARE)  # more are no person's: a guest, or a form's own name
    return [one.who if one.who and came[one.who] <= most else one.name for one in transcripts]


def _names_in(transcript: Transcript, who: str, language: str) -> Called:
    """The names in one conversation: whoever says its own, is addressed, or is named by the log."""
    own: set[str] = set()
    asked = ""
    for message in transcript.messages:
        if message.sender == "customer":
            own |= stated(asked, message.text, language)
        asked = message.text if message.sender in ("agent", "person") else ""
    if who == transcript.who:
        own |= {word.lower() for word in _WORD.findall(who)} - ordinary_words(language)
    heard = {name for message in transcript.messages for name in introduced(message.text, language)}
    return Called(frozenset(own), frozenset(own | heard))


def _names_of_all(transcripts: Sequence[Transcript], called: Sequence[Called]) -> frozenset[str]:
    """Words by which many of those who use them say who they are: names that no list of ours has."""
    stating = Counter(name for names in called for name in names.own)
    used: Counter[str] = Counter()
    for transcript in transcripts:
        words = {word for m in transcript.messages if m.sender == "customer" for word in _WORD.findall(m.text.lower())}
        used.update(words & stating.keys())
    return frozenset(name for name, n in stating.items() if n >= _STATING_SHARE * used[name])


def _scrubbed(
    transcript: Transcript, people: frozenset[str], language: str, spared: frozenset[str]
) -> list[tuple[str, Scrubbed | None]]:
    texts = (" ".join(m.text.split()) for m in transcript.messages if m.sender == "customer")
    return [(text, scrub(text, people, language, spared)) for text in texts if text]


def _answers(
    transcript: Transcript, found: Iterable[tuple[str, Scrubbed | None]]
) -> Iterator[tuple[str, Scrubbed | None]]:
    """What was asked before each message of the customer, and what it says."""
    left = iter(found)
    asked = ""
    for message in transcript.messages:
        if message.sender == "customer" and message.text.strip():
            yield asked, next(left)[1]
        asked = message.text if message.sender in ("agent", "person") else asked


def _common_words(
    scrubbed: Iterable[tuple[str, list[tuple[str, Scrubbed | None]]]], k: int, language: str
) -> frozenset[str]:
    """Words that are nobody's own: ordinary ones, and those that enough customers of this log use."""
    used: dict[str, set[str]] = defaultdict(set)
    for customer, found in scrubbed:
        used[customer] |= {word for _, one in found if one is not None for word in words_in(one.text)}
    users = Counter(word for words in used.values() for word in words)
    enough = max(k, min(_MOST_COMMON_AT, len(used) // _COMMON_SHARE))
    return ordinary_words(language) | {word for word, n in users.items() if n >= enough and word not in known_names()}


def words_in(text: str) -> list[str]:
    """The words of a scrubbed text in lower case, its places left out."""
    return _WORD.findall(_PLACE.sub(" ", text.lower()))


def _observed(
    transcript: Transcript, who: str, found: list[tuple[str, Scrubbed | None]], common: frozenset[str], language: str
) -> Observed:
    spoken: list[Spoken] = []
    opened = False
    for original, one in found:
        said = _spoken(original, one, common, language, opened=opened)
        opened = opened or said.purpose in ("told", "detail", "ask_human")
        spoken.append(said)
    bursts, pauses = _turns(transcript.messages)
    times = [message.at_s for message in transcript.messages if message.at_s is not None]
    return Observed(transcript.name, tuple(spoken), bursts, pauses, min(times) if times else None, who)


def _spoken(original: str, one: Scrubbed | None, common: frozenset[str], language: str, *, opened: bool) -> Spoken:
    if one is None:
        return Spoken(original, HIDDEN, (), (), "detail", private=True, secret=True)
    rare = [word for word in words_in(one.text) if word not in common]
    if rare and len(words_in(one.text)) == len(rare) <= _BARE_NAME and set(one.slots) <= {"name"}:
        return Spoken(original, "{name}", ("name",), (original,), "told")
    if rare and one.slots:
        one = _named(one, common)
        rare = []
    purpose = purpose_of(one.text, one.slots, opened=opened, language=language)
    text = _WORD.sub(lambda word: HIDDEN if word[0].lower() in rare else word[0], one.text) if rare else one.text
    return Spoken(original, text, one.slots, one.values, purpose, private=bool(rare))


def _named(one: Scrubbed, common: frozenset[str]) -> Scrubbed:
    """A message that tells something, with its rare words taken for names."""
    found = [(slot, value) for slot, value in zip(one.slots, one.values, strict=True)]
    left = iter(found)
    told: list[tuple[str, str]] = []

    def weigh(run: re.Match[str]) -> str:
        if run[0][0] == "{":
            slot, value = next(left)
        elif run[0].lower() in common:
            return run[0]
        else:
            slot, value = "name", run[0]
        met = sum(base_of(known) == base_of(slot) for known, _ in told)
        told.append((numbered(base_of(slot), met + 1), value))
        return "{" + told[-1][0] + "}"

    text = _WORD_OR_PLACE.sub(weigh, one.text)
    return Scrubbed(text, tuple(slot for slot, _ in told), tuple(value for _, value in told))


def _turns(messages: Sequence[Message]) -> tuple[tuple[int, ...], tuple[Pause, ...]]:
    """How many messages each of the customer's turns had, and how long each took from the agent's last word on."""
    if not any(message.sender in ("agent", "person") for message in messages):
        return (), ()
    bursts: list[int] = []
    pauses: list[Pause] = []
    before: Message | None = None
    heard = 0
    for message in messages:
        if message.sender == "customer":
            if before is not None and before.sender == "customer":
                bursts[-1] += 1
            else:
                bursts.append(1)
                pauses += _pause(before, message, heard)
            heard = 0
        elif message.sender != "tool":
            heard += len(message.text)
        before = message if message.sender != "tool" else before
    return tuple(bursts), tuple(pauses)


def _pause(before: Message | None, message: Message, heard: int) -> tuple[Pause, ...]:
    if before is None or before.at_s is None or message.at_s is None:
        return ()
    return (Pause(max(0.0, message.at_s - before.at_s), heard, len(message.text)),)
