"""A lexicon as a pack's `hearing.yaml` writes it: patterns by what they mean, in the order they are tried.

`named` patterns may stand as `{name}` in later ones. A rule is a pair: words that say what it is (kind, act, when,
scope, state of a hand-off; see `Rule`) and a pattern, read where a word starts. `values` is for `claim_forms`.
Where agents mix whole sentences of English in, `own_words` are words that a sentence of the language holds.
"""

import re
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, get_args

import yaml

from hubbub.customers.hearing.english_rules import rule_of
from hubbub.customers.hearing.lexicon import Kind, Lexicon, Rule, Scope, SlotNames, When
from hubbub.customers.hearing.menus import MenuWords
from hubbub.customers.hearing.written_values import claim_forms
from hubbub.model import AgentAct, Leads, SignalState

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # every scalar stays the text that was written
_NAME = re.compile(r"\{([a-z_]+)\}")
_START = re.compile(r"(?<![\[\\])\^")
_NEVER = re.compile(r"(?!)")
_EVERYWHERE = ("",)
_PICTURES = re.compile(r"\s*[\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]+\s*")  # part clauses


def has_lexicon(language: str) -> bool:
    """Whether a pack tells how agents speak this language."""
    return language.isalpha() and files("hubbub.customers").joinpath("packs", language, "hearing.yaml").is_file()


def written_lexicon(language: str) -> Lexicon:
    """The lexicon of a language pack. Raises OSError where there is none."""
    text = files("hubbub.customers").joinpath("packs", language, "hearing.yaml").read_text(encoding="utf-8")
    page: dict[str, Any] = yaml.load(text, _LOADER)  # noqa: S506 - makes text only
    named: dict[str, str] = {}
    for name, pattern in page.get("named", {}).items():
        named[name] = _filled(pattern, named)
    spaced = page.get("spaced", "yes") == "yes"
    return Lexicon(
        language=language,
        boundary=re.compile(page.get("boundary", r"[.!?\n](?:(?<=\n)\n*|(?<!\n)[.!?]*[\"')\]]*(?=\s|$))")),
        joint=_pattern(page, "joint", named),
        joint_cues=_EVERYWHERE,
        inverted=_pattern(page, "inverted", named),
        unmarked=_pattern(page, "unmarked", named),
        respelt=(_PICTURES, ", "),
        abbreviations=frozenset(page.get("abbreviations", "").split()),
        rules=tuple(_rule(words, _filled(pattern, named), spaced) for words, pattern in page["rules"]),
        marks=None,
        conditional_cues=frozenset(),
        conditional=_pattern(page, "conditional", named),
        subordinate_cues=frozenset(),
        subordinate=_pattern(page, "subordinate", named),
        purpose=_pattern(page, "purpose", named),
        purpose_first=_pattern(page, "purpose_first", named),
        listing=_pattern(page, "listing", named),
        queue=_pattern(page, "queue", named),
        slots=tuple(
            SlotNames(frozenset(names.split()), (_filled(pattern, named),)) for names, pattern in page["slots"].items()
        ),
        generic_suffixes={},
        claims=claim_forms(page["values"], spaced),
        spaced=spaced,
        own_words=frozenset(page.get("own_words", "").split()),
        menu=_menu(page["menu"]) if "menu" in page else None,
    )


def _menu(page: dict[str, Any]) -> MenuWords:
    """How choices are offered: patterns by what they mean, and `kinds` of options, the first that matches."""
    found = {name: re.compile(page[name], re.IGNORECASE) for name in ("chooses", "lists", "which", "addressed")}
    kinds = tuple((_one_of([kind], get_args(Leads)), re.compile(pattern)) for kind, pattern in page["kinds"].items())
    return MenuWords(press=page["press"], leads=page["leads"], joins=page["joins"], kinds=kinds, **found)


def _filled(pattern: str, named: Mapping[str, str]) -> str:
    """A pattern with the named ones put in."""
    return _NAME.sub(lambda m: f"(?:{named[m[1]]})", pattern)


def _pattern(page: dict[str, Any], key: str, named: Mapping[str, str]) -> re.Pattern[str]:
    written = page.get(key)
    return _NEVER if written is None else re.compile(_filled(written, named))


def _rule(words: str, pattern: str, spaced: bool) -> Rule:
    """One rule from its words: `courtesy greet`, `offer_handoff conditional offered`, `guard`, `inform weak main`."""
    said = words.split()
    act = _one_of(said, get_args(AgentAct))
    kind: Kind = _one_of(said, get_args(Kind)) or "core"
    when: When = _one_of(said, get_args(When)) or "always"
    scope: Scope = _one_of(said, get_args(Scope)) or "whole"
    state = _one_of(said, get_args(SignalState))
    weak = "weak" in said
    known = {act, kind, when, scope, state, "weak", "polite"}
    if unknown := [word for word in said if word not in known]:
        raise ValueError(f"{' '.join(unknown)!r} says nothing of a rule: {words!r}")
    if spaced:
        return rule_of(act, "", pattern, when, kind, scope, weak, state=state)
    compiled = re.compile(f"(?:{_START.sub('(?<=^ )', pattern)})")
    return Rule(act, frozenset(), compiled, kind, when, scope, state, weak)


def _one_of(said: list[str], known: tuple[Any, ...]) -> Any:
    return next((word for word in said if word in known), None)
