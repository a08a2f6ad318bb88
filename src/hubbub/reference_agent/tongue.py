"""The languages that the agent can speak: what it says in each, and how a message is put into words it understands.

English is what it thinks in. A message in another language is glossed: phrases that its data file knows become English
cues, values stay as they are, and all else is left out, since a foreign word may look like an English one.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml
from msgspec import Struct
from msgspec.structs import replace

from hubbub.reference_agent.knowledge import FACTS, INTENTS
from hubbub.reference_agent.memory import Memory
from hubbub.reference_agent.phrasings import Phrasing
from hubbub.tongues import LITTLE_WORDS

_FOLDER = files("hubbub.reference_agent").joinpath("tongues")
LANGUAGES = tuple(sorted(f.name.removesuffix(".yaml") for f in _FOLDER.iterdir() if f.name.endswith(".yaml")))
SPOKEN = ("en", *LANGUAGES)
_FREE = frozenset(("item", "plan", "name", "address"))  # slots whose values are words
_SETTLES_BY = 3  # turns after which a customer keeps its language
_SURELY_ENGLISH = 3  # words that show it; "so", "was" and "me" are words elsewhere too
_CUE = re.compile("\x03(\\d+)\x04")
_KEPT = re.compile(r"\S*[\d@]\S*|[.,!?]")
_WORD = re.compile(r"[^\W\d_]+")
_THOUSANDS = re.compile(r"(?<=\d)[. \u00a0\u202f](?=\d{3}(?:\D|$))")
_CENTS = re.compile(r"(?<=\d),(?=\d{2}(?!\d))")
_MONEY = re.compile(r"\d[\d., \u00a0\u202f]{0,20}(?=\s?(?i:eur|€|usd|\$))|(?<=[€$])\s?\d[\d.,]*")


class Matter(Struct, frozen=True):
    """What is said about an intent; see `Intent`."""

    answers: tuple[str, ...]
    in_general: str
    confirm: str
    topic: str


class Tongue(Struct, frozen=True):
    """All that the agent says in a language. `glosses` make English cues of a customer's words; English has none."""

    phrasing: Phrasing | None  # None: one of those that English has
    nouns: Mapping[str, str]
    view: Mapping[str, str]  # how a value is put into an answer, and what stands there without one (`no_...`)
    matters: Mapping[str, Matter]
    facts: Mapping[str, tuple[str, ...]]
    starts: tuple[str, ...]  # before the first question about a matter
    link: str  # between two questions
    instead: str  # names what else would do
    either: str  # between two such things
    queues: Mapping[str, str] = {}
    signs: re.Pattern[str] = re.compile(r"(?!)")  # words that show that a message is in this language
    glosses: tuple[tuple[re.Pattern[str], str], ...] = ()
    goods: Mapping[str, str] = {}  # English name to its own


@lru_cache(maxsize=16)
def tongue(language: str) -> Tongue:
    """What is said in a language; English for the empty one."""
    if not language:
        return ENGLISH
    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    page: dict[str, Any] = yaml.load(_FOLDER.joinpath(f"{language}.yaml").read_text("utf-8"), loader)  # noqa: S506
    goods: dict[str, str] = page["goods"]
    glosses = [(re.compile(rf"(?i)(?<!\w)(?:{names})(?!\w)"), english) for english, names in goods.items()]
    glosses += [(re.compile(rf"(?i)(?<!\w)(?:{pattern})"), english) for english, pattern in page["glosses"]]
    return Tongue(
        phrasing=Phrasing(
            {name: tuple(ways) for name, ways in page["sayings"].items()},
            {name: tuple(ways) for name, ways in page["questions"].items()},
        ),
        nouns=page["nouns"],
        view=page["view"],
        matters={
            name: Matter(tuple(m["answers"]), m.get("in_general", ""), m.get("confirm", ""), m["topic"])
            for name, m in page["matters"].items()
        },
        facts={name: tuple(ways) for name, ways in page["facts"].items()},
        starts=tuple(page["starts"]),
        link=page["link"],
        instead=page["instead"],
        either=page["either"],
        queues=page["queues"],
        signs=re.compile(f"(?i){page['signs']}"),
        glosses=tuple(glosses),
        goods={english: names.partition("|")[0] for english, names in goods.items()},
    )


def addressed(memory: Memory, text: str, languages: tuple[str, ...]) -> Memory:
    """The memory with the language that the customer writes: what its first messages show, else the first of these.

    English is recognised too. Later messages change nothing.
    """
    if not languages or memory.turns >= _SETTLES_BY:
        return memory
    shown = {language: len(tongue(language).signs.findall(text)) for language in languages}
    shown[""] = sum(map(LITTLE_WORDS["en"].__contains__, text.lower().split()))
    spoken = memory.language if memory.turns else languages[0]
    best = max(shown, key=lambda language: (shown[language], language == spoken))
    few = memory.turns > 0 and best == "" and shown[best] < _SURELY_ENGLISH
    return replace(memory, language=best if shown[best] and not few else spoken)


def in_english(memory: Memory, text: str) -> str:
    """A message as the agent understands it: in English as it is, in another language glossed."""
    spoken = tongue(memory.language)
    if not spoken.glosses:
        return text
    text = _MONEY.sub(lambda m: f"€{_CENTS.sub('.', _THOUSANDS.sub('', m[0])).strip()} ", text)
    for at, (pattern, _) in enumerate(spoken.glosses):
        text = pattern.sub(f" \x03{at}\x04 ", text)
    pieces = _CUE.split(text)
    words = _FREE.intersection(memory.waiting_for)
    for at in range(0, len(pieces), 2):
        pieces[at] = _free_words(pieces[at], memory.language) if words else " ".join(_KEPT.findall(pieces[at]))
    pieces[1::2] = [spoken.glosses[int(found)][1] for found in pieces[1::2]]
    return " ".join(piece for piece in pieces if piece.strip())


def _free_words(text: str, language: str) -> str:
    little = LITTLE_WORDS.get(language, frozenset())
    return _WORD.sub(lambda m: "" if m[0].lower() in little else m[0], text)


ENGLISH = Tongue(
    phrasing=None,
    nouns={
        "order_id": "order number",
        "item": "item",
        "account_id": "account number",
        "card_last4": "last four digits of the card",
        "postcode": "postcode",
        "phone": "phone number",
        "email": "e-mail address",
        "name": "full name",
        "address": "new address",
        "plan": "plan",
        "amount": "amount",
    },
    view={
        "order": "order {value}",
        "no_order": "your order",
        "no_reference": "your name",
        "item": "the {value}",
        "no_item": "the item",
        "account": "account {value}",
        "no_account": "your account",
        "card": "the card ending in {value}",
        "no_card": "your card",
        "no_area": "your area",
        "no_address": "the new address",
        "plan": "the {value} plan",
        "no_plan": "the new plan",
        "amount": "USD {value}",
        "no_amount": "the charge",
    },
    matters={i.name: Matter(i.answers, i.in_general, i.confirm, i.topic) for i in INTENTS.values()},
    facts={f.name: f.sayings for f in FACTS.values()},
    starts=("I can help with {topic}. ", "Sure, I can look into that. ", "Happy to help. ", ""),
    link=" And: ",
    instead=" If you don't have it, your {nouns} works too.",
    either=" or ",
)
