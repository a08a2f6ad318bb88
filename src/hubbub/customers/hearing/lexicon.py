"""What a language pack holds, and the form of one rule of hearing. Packs are data; the machinery knows no language."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from msgspec import Struct

from hubbub.customers.hearing.menus import MenuWords
from hubbub.model import AgentAct, SignalState

Kind = Literal["courtesy", "aside", "guard", "core"]
When = Literal["always", "question", "statement", "conditional"]
Scope = Literal["whole", "main"]


class Rule(Struct, frozen=True):
    """One way to say something. Tried, in order, only on a clause that holds one of its cue words (and of `needs`).

    A courtesy is heard and taken out of the clause, and the rest is read on. An aside is heard and left in. After a
    guard nothing in the clause is evidence of a hand-off. The first core rule that matches ends the reading, so denials
    stand before what they deny. `main` hides subordinate clauses ("if you cannot log in, ..."). `act` None means:
    polite words that say nothing.
    """

    act: AgentAct | None
    cues: frozenset[str]
    pattern: re.Pattern[str]
    kind: Kind = "core"
    when: When = "always"
    scope: Scope = "main"
    state: SignalState | None = None
    weak: bool = False  # the mere shape of a statement
    certain: bool = False  # no words outweigh it; of acts in CERTAIN alone
    needs: frozenset[str] = frozenset()  # one of these must occur too
    bars: frozenset[str] = frozenset()  # none of these may occur
    opens: bool = False  # matches only where the clause begins
    marked: bool = False  # reads the clause with people and ways of moving to them as signs (`Marks`)


class Marks(Struct, frozen=True):
    """Phrases that marked rules read as one sign in capitals. Each pattern starts with the space before the phrase.

    `people` becomes HUMAN, or SOMEONE where its group `some` matched. `moves`, looked for after that, becomes SPEAK
    where its group `speak` matched, else the sign that `forms` has for its first word.
    """

    people: re.Pattern[str]
    moves: re.Pattern[str]
    forms: Mapping[str, str]


class ClaimForms(Struct, frozen=True):
    """How values are written. `form` names its outer groups by kind of claim, and is tried where a number may start.

    It may begin at the word before a number only where `leads` matches, if that is given.
    """

    form: re.Pattern[str]
    worded: re.Pattern[str]  # durations whose numbers are words
    worded_cues: frozenset[str]
    numbers: Mapping[str, float]
    units: Mapping[str, tuple[str, float]]  # unit word -> kind of claim, and how many of it one unit is
    months: Mapping[str, int]
    topics: Mapping[str, str]  # word near a claim -> what the claim is about
    hedges: re.Pattern[str]
    decimal_point: str = "."
    topic_word: re.Pattern[str] | None = None  # finds words that may be topics; else `latin_words` are
    day_first: bool = False  # in a date with slashes the day comes first
    multiples: Mapping[str, float] = {}  # word after an amount of money -> how many times that many: 2 lakh
    leads: re.Pattern[str] | None = None


class SlotNames(Struct, frozen=True):
    """Slots that mean the same under several names, and the phrases (regular expressions) that ask for them."""

    names: frozenset[str]
    phrases: tuple[str, ...]


class Lexicon(Struct, frozen=True):
    """All that hearing needs to know of one language."""

    language: str
    boundary: re.Pattern[str]  # ends a sentence; a question mark in what it matched makes a question
    joint: re.Pattern[str]  # ends a clause inside a sentence; looked for where one of `joint_cues` occurs
    joint_cues: tuple[str, ...]
    inverted: re.Pattern[str]  # how a question starts; a clause before the last of a question that does so is one too
    unmarked: re.Pattern[str]  # how a question starts that is one without any mark, too
    respelt: tuple[re.Pattern[str], str] | None  # a short spelling of chats, and the word that it stands for
    abbreviations: frozenset[str]  # words whose full stop ends nothing
    rules: tuple[Rule, ...]
    marks: Marks | None
    conditional_cues: frozenset[str]
    conditional: re.Pattern[str]  # makes a clause, and those after it in its sentence, conditional
    subordinate_cues: frozenset[str]
    subordinate: re.Pattern[str]  # what `main` hides
    purpose: re.Pattern[str]  # from here on a request says why it asks
    purpose_first: re.Pattern[str]  # a request that says first why it asks
    listing: re.Pattern[str]  # a request after which lines list what is asked for
    queue: re.Pattern[str]  # group 1 is the team's name
    slots: tuple[SlotNames, ...]
    generic_suffixes: Mapping[str, tuple[str, ...]]  # last word of a slot's name -> how it is also said
    claims: ClaimForms
    spaced: bool = True  # words are parted by spaces
    tag: re.Pattern[str] | None = None  # a short question that belongs to the sentence before it
    demand: re.Pattern[str] | None = None  # asks by saying what is needed, whatever it is needed for
    weights: Path | None = None  # the file of `Weights`; without one rules alone are heard
    on_consent: re.Pattern[str] | None = None  # makes a hand-off that a sentence tells of an offer
    settled: re.Pattern[str] | None = None  # but not where this is found
    # stands between what cannot be done and who is called in; without `against` in it, one is the other's reason
    turn: re.Pattern[str] | None = None
    own_words: frozenset[str] = (
        frozenset()
    )  # where English is mixed in, by sentences: words that tell the language's own
    menu: MenuWords | None = None  # without them no choices are heard
    kind_words: tuple[tuple[str, AgentAct], ...] = ()  # words that are an act wherever they stand, beside any other
