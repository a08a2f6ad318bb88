"""A language's words, compiled once: phrases for acts, intents, slots, questions, reasons; and the tables of noise."""

import re
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml
from msgspec import Struct

from hubbub.customers.grammar import Node, compile_phrase, compile_rules, fills_in, options_of

FALLBACK = "en"
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # every scalar stays the text that was written
_NOT_WORDS = re.compile(r"[\W_]+")
_SENTENCES = {"want": 5, "state": 4, "question": 3, "noun": 2}  # how often a goal is put in each way
_WITH_VALUE = 3  # how much likelier a phrase is that mentions a value about to be told
Phrases = dict[str, Node]


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

    def slot(self, name: str) -> Phrases:
        """The phrases for a slot; where the pack lacks some, those for any."""
        return self.slots["_any"] | self.slots.get(name, {})

    def reason(self, trigger: str, industry: str) -> Node:
        """Why a human is needed."""
        phrases = self.reasons[trigger]
        return phrases.get(industry, phrases["any"])


@lru_cache(maxsize=32)
def pack(language: str) -> Pack:
    """The pack of a language; English where there is none. Reads the shipped files once."""
    folder = files("hubbub.customers").joinpath("packs", language)
    if not folder.joinpath("rules.yaml").is_file():
        return pack(FALLBACK)
    texts = {
        name: yaml.load(folder.joinpath(f"{name}.yaml").read_text(encoding="utf-8"), _LOADER)  # noqa: S506 - makes text only
        for name in ("rules", "acts", "intents", "slots", "facts", "reasons", "noise")
    }
    rules = compile_rules(texts["rules"])
    verbs = frozenset(texts["intents"]["_any"].pop("verbs").split())
    compiled = {
        name: {key: {k: compile_phrase(v, rules) for k, v in phrases.items()} for key, phrases in texts[name].items()}
        for name in ("acts", "intents", "slots", "facts", "reasons")
    }
    noise = texts["noise"]
    short = {word: tuple(forms) for word, forms in noise["short"].items()}
    asks, keyboard = re.compile(noise["question"]), tuple(noise["keyboard"])
    return Pack(language=language, verbs=verbs, keyboard=keyboard, short=short, question=asks, **compiled)


def words_of(name: str) -> str:
    """A name such as `get_warranty-card` as words."""
    return " ".join(_NOT_WORDS.sub(" ", name).split()).lower() or "this"


@lru_cache(maxsize=4096)
def verb_and_rest(language: str, intent: str) -> tuple[str, str]:
    """An intent's name as a verb, if it begins with one that the pack knows, and the rest."""
    verb, _, rest = words_of(intent).partition(" ")
    return (verb, rest) if rest and verb in pack(language).verbs else ("", words_of(intent))


@lru_cache(maxsize=4096)
def ways_to_put(language: str, intent: str, told: frozenset[str]) -> tuple[tuple[Framed, ...], tuple[float, ...]]:
    """The ways to put a goal, with weights, when these slots are told in the same message."""
    words = pack(language)
    known = words.intents.get(intent)
    if known is None:
        verb, _ = verb_and_rest(language, intent)
        known = {kind: node for kind, node in words.intents["_any"].items() if verb or kind != "want"}
        told |= {"verb", "words"}
    ways, weights = [], []
    for kind, node in known.items():
        options = _usable(node, told)
        if options:
            ways.append(Framed(words.acts["goal"][kind], kind, options))
            weights.append(float(_SENTENCES[kind]))
    return tuple(ways), tuple(weights)


def _usable(node: Node, told: frozenset[str]) -> tuple[Node, ...]:
    """The alternatives that need no value beyond those told; the ones that mention one count more."""
    usable: list[Node] = []
    for option in options_of(node):
        needs = fills_in(option)
        if needs <= told:
            usable += [option] * (_WITH_VALUE if needs else 1)
    return tuple(usable)
