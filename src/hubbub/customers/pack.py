"""A language's words, compiled once: phrases for acts, intents, slots, questions, reasons; and the tables of noise."""

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml
from msgspec import Struct

from hubbub.chance import Stream
from hubbub.customers.channels import Tempo
from hubbub.customers.circumstances import steadied
from hubbub.customers.grammar import (
    GrammarError,
    Node,
    compile_phrase,
    compile_rules,
    expand,
    fills_in,
    options_of,
    tidied,
)  # fmt: skip
from hubbub.customers.habits import PEOPLE, Habits
from hubbub.customers.own_words import TERSE, Own, Texts, is_folder, laid_over, own_of, tempo_or, texts_in
from hubbub.errors import UsageError
from hubbub.model import Persona

FALLBACK = "en"
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # every scalar stays the text that was written
_TWO_WAYS = re.compile(r"~([^~]*)~([^~]*)~")  # said to a friend, said to a stranger: ~du hast~Sie haben~
_GAPS = re.compile(r"\s*([|\[\]])\s*")
_JOINTS = (", ", ", ", ", ", ". ", ". ", " - ")  # between two thoughts in one message (A)
_NOT_WORDS = re.compile(r"[\W_]+")
_SENTENCES = {
    "want": 8,
    "need": 6,
    "state": 4,
    "plea": 3,
    "question": 2,
    "noun": 2,
}  # how often a goal is put in each way
_OWN = "own_"  # begins the names of circumstances, which every customer has
_AGAIN = "/again"  # ends the name of reasons for who has given one already
_WITH_VALUE = 3  # how much likelier a phrase is that mentions a value about to be told
Phrases = dict[str, Node]
Changes = tuple[tuple[re.Pattern[str], str], ...]  # what is found, and what becomes of it


class Framed(Struct, frozen=True):
    """A way to put a goal: a frame, the name of its place, and what can fill it."""

    frame: Node
    place: str
    options: tuple[Node, ...]


class Pack(Struct, frozen=True):
    """The words of a language."""

    language: str
    acts: dict[str, Phrases]
    intents: dict[str, Phrases]
    slots: dict[str, Phrases]
    facts: dict[str, Phrases]
    reasons: dict[str, Phrases]
    verbs: frozenset[str]
    keyboard: tuple[str, ...]
    short: dict[str, tuple[str, ...]]
    question: re.Pattern[str]  # finds a last clause that asks
    spaced: bool  # words are parted by spaces
    joints: tuple[str, ...]  # between two thoughts in one message
    stops: tuple[str, ...]  # those of them that end a sentence
    stop: str  # ends a sentence
    ask: str  # ends a question
    elided: Changes  # words that the next one changes, and into what
    clipped: Changes  # words that those leave out who write in haste
    full: Changes  # words drawn together, and what they are in full
    letters: re.Pattern[str]  # finds words that may be mistyped
    slips: dict[str, tuple[str, ...]]  # words that are written wrongly as a whole
    plain: tuple[tuple[str, str], ...]  # letters, and how those write them who leave out signs
    capitals: re.Pattern[str] | None  # finds words within a sentence that start with a capital
    values: Phrases  # how a made-up value is written
    own: Own | None  # what a folder says of itself; None for a language

    def slot(self, name: str) -> Phrases:
        """The phrases for a slot; where the pack lacks some, those for any."""
        return self.slots.get(name) or self.slots["_any"]

    def reason(self, trigger: str, industry: str, *, again: bool = False) -> Node:
        """Why a human is needed; to who was told already, by the phrases for telling it `again`, if there are any."""
        phrases = self.reasons[trigger]
        key = industry if industry in phrases else "any"
        return phrases.get(key + _AGAIN, phrases[key]) if again else phrases[key]


def pack(language: str, formal: bool = False) -> Pack:
    """The pack of a language, English where there is none, as said to a friend or formally. Reads its files once.

    `language` may be the folder of a persona's own words; raises UsageError for one that cannot be read as a pack.
    """
    return _pack(language, formal)


@lru_cache(maxsize=64)
def _pack(name: str, formal: bool) -> Pack:
    own = own_of(name) if is_folder(name) else None
    language = name if own is None else own.language
    folder = files("hubbub.customers").joinpath("packs", language)
    if not folder.joinpath("rules.yaml").is_file():
        if own is None:
            return _pack(FALLBACK, formal)
        folder = files("hubbub.customers").joinpath("packs", FALLBACK)
    pages = {page: folder.joinpath(f"{page}.yaml").read_text(encoding="utf-8") for page in _PAGES}
    if formal and not any("~" in page for page in pages.values()):
        return _pack(name, False)
    texts = {page: _page(text, formal) for page, text in pages.items()}
    if own is None:
        return _compiled(name, texts, None)
    try:
        return _compiled(name, laid_over(texts, texts_in(name)), own)
    except (GrammarError, KeyError, TypeError, ValueError, re.error) as error:
        raise UsageError(f"the pack {name} cannot be used: {error}") from None
    except RecursionError:
        raise UsageError(f"the pack {name} cannot be used: brackets within brackets, too deep to follow") from None


def _compiled(name: str, texts: Texts, own: Own | None) -> Pack:
    noise = texts.pop("noise")
    spaced = noise.get("spaced", "yes") == "yes"
    texts = steadied(texts)
    if not spaced:
        texts = {page: {key: _closed_up(phrases) for key, phrases in body.items()} for page, body in texts.items()}
    rules = compile_rules(texts.pop("rules"))
    verbs = frozenset(texts["intents"]["_any"].pop("verbs", "").split())
    compiled = {
        page: {key: {k: compile_phrase(v, rules) for k, v in phrases.items()} for key, phrases in body.items()}
        for page, body in texts.items()
    }
    values = compiled["facts"].pop("_values")
    compiled["slots"] = {slot: compiled["slots"]["_any"] | phrases for slot, phrases in compiled["slots"].items()}
    joints, stop = tuple(noise.get("joints", _JOINTS)), noise.get("stop", ".")
    return Pack(
        language=name,
        verbs=verbs,
        keyboard=tuple(noise["keyboard"]),
        short={word: tuple(forms) for word, forms in noise["short"].items()},
        question=re.compile(noise["question"]),
        spaced=spaced,
        joints=joints,
        stops=tuple(joint for joint in joints if stop in joint) or joints,
        stop=stop,
        ask=noise.get("ask", "?"),
        elided=_changes(noise, "elide"),
        clipped=_changes(noise, "clip"),
        full=_changes(noise, "full"),
        letters=re.compile(noise.get("letters", "[a-z]{4,}")),
        slips={word: tuple(forms) for word, forms in noise.get("slips", {}).items()},
        plain=tuple((chr(sign), becomes) for sign, becomes in str.maketrans(noise.get("plain", {"'": ""})).items()),
        capitals=_capitals(noise),
        values=values,
        own=own,
        **compiled,
    )


def language_of(name: str) -> str:
    """The language that a pack is in: itself, or what a folder says."""
    own = pack(name).own
    return name if own is None else own.language


def habits_of(persona: Persona) -> Habits:
    """What a persona's customers do as a matter of habit: their pack's habits, or those of people."""
    own = None if persona.manner.pack is None else pack(persona.manner.pack).own
    return PEOPLE if own is None else own.habits


def tempo_of(persona: Persona) -> Tempo:
    """How fast a persona's customers are: as their pack says, or by their channel."""
    return _tempo(persona.manner.pack, persona.channel)


@lru_cache(maxsize=256)
def _tempo(folder: str | None, channel: str) -> Tempo:
    return tempo_or(None if folder is None else pack(folder).own, channel)


def detail_of(name: str, about: str, chance: Stream) -> str:
    """One of a pack's phrases under `detail`: something that customers who come about this know."""
    return tidied(expand(pack(name).acts["detail"][about], chance, {}))


def check_pack(persona: Persona) -> None:
    """Read a persona's pack, for its mistakes. Raises UsageError, also for a phrase that the pack has not."""
    details = {} if persona.manner.pack is None else pack(persona.manner.pack).acts.get("detail", {})
    for slot, source in persona.knows.items():
        if source.phrase is not None and (source.phrase not in details or fills_in(details[source.phrase])):
            raise UsageError(
                f"{persona.persona}: knows.{slot}: the pack has no phrases {source.phrase!r} under `detail`"
            )


def _changes(noise: Any, table: str) -> Changes:
    return tuple((re.compile(found), becomes) for found, becomes in noise.get(table, {}).items())


def _capitals(noise: Any) -> re.Pattern[str] | None:
    """German writes every noun with one."""
    words = noise.get("capitals", "").split()
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(words, key=len, reverse=True))})(?!\w)") if words else None


_PAGES = ("rules", "acts", "intents", "slots", "facts", "reasons", "noise")


def _page(text: str, formal: bool) -> Any:
    said = _TWO_WAYS.sub(r"\2" if formal else r"\1", text)
    return yaml.load(said, _LOADER)  # noqa: S506 - makes text only


def _closed_up(phrases: Any) -> Any:
    """Phrases without the spaces round their brackets and bars, for a language that writes none."""
    if isinstance(phrases, str):
        return _GAPS.sub(r"\1", phrases)
    return {key: _GAPS.sub(r"\1", phrase) for key, phrase in phrases.items()}


def told_together(slots: Iterable[str]) -> str:
    """What phrases under `inform` are about that tell these slots, one or more, and nothing else: `+name+phone`.

    The sign before each keeps a slot apart from the pack's own names, such as `told`.
    """
    return "".join([f"+{slot}" for slot in sorted(slots)])


def words_of(name: str) -> str:
    """A name such as `get_warranty-card` as words."""
    return " ".join(_NOT_WORDS.sub(" ", name).split()).lower() or "this"


@lru_cache(maxsize=4096)
def verb_and_rest(language: str, intent: str) -> tuple[str, str]:
    """An intent's name as a verb, if it begins with one that the pack knows, and the rest."""
    verb, _, rest = words_of(intent).partition(" ")
    return (verb, rest) if rest and verb in pack(language).verbs else ("", words_of(intent))


@lru_cache(maxsize=4096)
def ways_to_put(
    language: str, intent: str, told: frozenset[str], formal: bool = False, terse: bool = False
) -> tuple[tuple[Framed, ...], tuple[float, ...]]:
    """The ways to put a goal, with weights, when these slots are told in the same message."""
    words = pack(language, formal)
    known = words.intents.get(intent)
    if known is None:
        verb, _ = verb_and_rest(language, intent)
        known = {
            kind: node for kind, node in words.intents["_any"].items() if verb or kind != "want" or not words.verbs
        }
        told |= {"verb", "words"}
    frames = words.acts["goal"]
    ways, weights = [], []
    for kind, node in known.items():
        options = _usable(node, told | words.acts.get("own", {}).keys())
        if options:
            frame = frames.get(kind + TERSE, frames[kind]) if terse else frames[kind]
            ways.append(Framed(frame, kind, options))
            weights.append(float(_SENTENCES[kind]))
    return tuple(ways), tuple(weights)


def _usable(node: Node, told: frozenset[str]) -> tuple[Node, ...]:
    """The alternatives that need no value beyond those told; the ones that mention one count more."""
    usable: list[Node] = []
    for option in options_of(node):
        needs = fills_in(option)
        if needs <= told:
            usable += [option] * (_WITH_VALUE if any(not need.startswith(_OWN) for need in needs) else 1)
    return tuple(usable)
