"""What a persona must keep beyond the shapes of its values. Each rule names the keys that it rests on."""

import re
import warnings
from collections.abc import Callable, Iterable, Sequence
from datetime import date, time
from importlib import import_module
from typing import Any, get_args

from msgspec import Struct

from hubbub.model import AgentAct, Fact, Persona, Source
from hubbub.registry import near
from hubbub.specs.pages import Step, shown
from hubbub.specs.shape import encoded_names
from hubbub.specs.shelf import Sheet

_SOURCE_KINDS = encoded_names(Source)
_FACT_KINDS = {name: key for name, key in encoded_names(Fact).items() if name not in ("currency", "about", "asked")}
_BRACES = re.compile(r"\{\w*\}|<\w+>|\[[^\]|]*\|[^\]]*\]")  # slots, rules and choices, as a pack's phrases have them
_PAUSES = ("after_s", "after_days", "channel")
_ONLY_WITH_A_HUMAN = ("trigger", "says", "by_turn", "within_s", "queue", "handed")


class Rule(Struct, frozen=True):
    """A rule over a persona. It runs when the keys in `needs` could be read, be it in part.

    A base lacks what its children add, so only rules that hold for a part of a persona run on a base.
    """

    weigh: Callable[[Persona, Sheet], None]
    needs: tuple[str, ...] = ()
    holds_for_a_base: bool = True


def keep(persona: Persona, sheet: Sheet, *, base: bool = False) -> None:
    """Note every way in which a persona breaks the rules."""
    for rule in RULES:
        if all(sheet.there(key) for key in rule.needs) and (rule.holds_for_a_base or not base):
            rule.weigh(persona, sheet)


def _one_source_each(persona: Persona, sheet: Sheet) -> None:
    for name, source in persona.knows.items():
        _exactly_one(source, _SOURCE_KINDS, sheet, "knows", name)


def _exactly_one(value: Struct, kinds: dict[str, str], sheet: Sheet, *steps: Step) -> None:
    there = [key for name, key in kinds.items() if getattr(value, name) is not None]
    if len(there) != 1:
        found = f"has {' and '.join(there)}" if there else "has none"
        sheet.wrong(f"needs exactly one of {', '.join(kinds.values())}; {found}", *steps)


def _phrases_have_a_pack(persona: Persona, sheet: Sheet) -> None:
    for name, source in persona.knows.items():
        if source.phrase is not None and persona.manner.pack is None and sheet.there("manner", "pack"):
            sheet.wrong("phrases come from a pack, and `manner` names none", "knows", name, "phrase")


def _known_faker(persona: Persona, sheet: Sheet) -> None:
    drawn = {name: source.faker for name, source in persona.knows.items() if source.faker is not None}
    if not drawn:
        return
    fakers: Any = import_module("hubbub.specs.faker_names")  # only here: Faker takes half a second to import
    problem = fakers.locale_problem(persona.locale)
    if problem:
        sheet.wrong(problem, "locale")
        return
    for name, provider in drawn.items():
        problem = fakers.problem_with(provider, persona.locale)
        if problem:
            sheet.wrong(problem, "knows", name, "faker")


def _told_is_known(persona: Persona, sheet: Sheet) -> None:
    _all_known(persona.goal.tells, persona, sheet, "goal", "tells")
    for i, goal in enumerate(persona.then):
        _all_known(goal.tells, persona, sheet, "then", i, "tells")


def _said_is_plain_text(persona: Persona, sheet: Sheet) -> None:
    """A slot in braces would be said as it stands."""
    _no_slots(persona.goal.says, sheet, "goal", "says")
    for i, goal in enumerate(persona.then):
        _no_slots(goal.says, sheet, "then", i, "says")
    if persona.expect.escalation is not None:
        _no_slots(persona.expect.escalation.says, sheet, "expect", "escalation", "says")
    for name, fact in persona.facts.items():
        _no_slots(fact.asked, sheet, "facts", name, "asked")


def _no_slots(clauses: Iterable[str], sheet: Sheet, *steps: Step) -> None:
    for i, clause in enumerate(clauses):
        found = _BRACES.search(clause)
        if found is not None:
            problem = (
                f"is plain text: {found.group()} would be said as it stands; values are told beside it, by `tells`"
            )
            sheet.wrong(problem, *steps, i)


def _pauses_are_sound(persona: Persona, sheet: Sheet) -> None:
    for key in _PAUSES:
        if getattr(persona.goal, key) is not None:
            sheet.wrong_key("only goes with a goal under `then`", "goal", key)
    for i, goal in enumerate(persona.then):
        if goal.after_s is not None and goal.after_days is not None:
            sheet.wrong_key("give `after_s` or `after_days`, not both", "then", i, "after_days")


def _handed_is_known(persona: Persona, sheet: Sheet) -> None:
    if persona.expect.escalation is not None:
        _all_known(persona.expect.escalation.handed, persona, sheet, "expect", "escalation", "handed")


def _all_known(names: Iterable[str], persona: Persona, sheet: Sheet, *steps: Step) -> None:
    for i, name in enumerate(names):
        if name not in persona.knows:
            sheet.wrong(f"{shown(name)} is not under `knows`{_hint(name, persona.knows)}", *steps, i)


def _facts_are_sound(persona: Persona, sheet: Sheet) -> None:
    for name, fact in persona.facts.items():
        _exactly_one(fact, _FACT_KINDS, sheet, "facts", name)
        if fact.currency is not None and fact.money is None and sheet.sound("facts", name):
            sheet.wrong_key("only goes with `money`", "facts", name, "currency")
        if fact.enum is not None and not fact.enum:
            sheet.wrong("the list must not be empty", "facts", name, "enum")
        for field, key in _FACT_KINDS.items():
            value = getattr(fact, field)
            if key in _MOMENTS:
                _moment_is_sound(key, value, sheet, "facts", name, key)
            elif isinstance(value, tuple) and key != "enum" and value[0] > value[1]:
                sheet.wrong(f"the range runs backwards: {value[0]:g} is more than {value[1]:g}", "facts", name, key)


_MOMENTS: dict[str, tuple[Callable[[str], object], str]] = {
    "date": (date.fromisoformat, "2026-03-01"),
    "time": (time.fromisoformat, "12:30"),
}


def _moment_is_sound(key: str, value: str | tuple[str, str] | None, sheet: Sheet, *steps: Step) -> None:
    if value is None:
        return
    ends: Sequence[str] = (value,) if isinstance(value, str) else value
    read = [_moment(key, text) for text in ends]
    for i, moment in enumerate(read):
        if moment is None:
            place = steps if isinstance(value, str) else (*steps, i)
            sheet.wrong(f"{shown(ends[i])} is no {key}: write it like {_MOMENTS[key][1]}", *place)
    if None not in read and len(read) == 2 and str(read[0]) > str(read[1]):
        sheet.wrong(f"the range runs backwards: {ends[0]} is after {ends[1]}", *steps)


def _moment(key: str, text: str) -> object | None:
    try:
        return _MOMENTS[key][0](text)
    except ValueError:
        return None


def _statements_are_sound(persona: Persona, sheet: Sheet) -> None:
    for key in ("never", "must_say"):
        for i, statement in enumerate(getattr(persona, key)):
            _exactly_one(statement, {"claim": "claim", "text": "text"}, sheet, key, i)
            if statement.claim is not None and statement.claim not in persona.facts:
                hint = _hint(statement.claim, persona.facts)
                sheet.wrong(f"{shown(statement.claim)} is not under `facts`{hint}", key, i, "claim")
            if statement.text is not None and not statement.text.strip():
                sheet.wrong("must not be empty: every reply would hold it", key, i, "text")


def _hearing_is_sound(persona: Persona, sheet: Sheet) -> None:
    acts = get_args(AgentAct)
    for act, patterns in persona.expects.items():
        if act not in acts:
            sheet.wrong_key(f"unknown act{_hint(act, acts)}; there are: {', '.join(acts)}", "expects", act)
        for i, pattern in enumerate(patterns):
            problem = _pattern_problem(pattern)
            if problem:
                sheet.wrong(f"not a regular expression: {problem}", "expects", act, i)


def _pattern_problem(pattern: str) -> str | None:
    if not pattern:
        return "it is empty, and would be found in every reply"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(pattern)
    except (re.error, OverflowError) as error:
        return str(error)
    except RecursionError:
        return "nested too deeply"
    return None


def _expectation_is_sound(persona: Persona, sheet: Sheet) -> None:
    wanted = persona.expect.escalation
    if wanted is None:
        return
    if wanted.decision == "must_not":
        for key in _ONLY_WITH_A_HUMAN:
            if getattr(wanted, key):
                sheet.wrong_key("has no meaning with `decision: must_not`", "expect", "escalation", key)
    elif wanted.looks_like is not None:
        sheet.wrong_key("has a meaning with `decision: must_not` only", "expect", "escalation", "looks_like")
    elif wanted.says and wanted.trigger is None and sheet.sound("expect", "escalation", "trigger"):
        sheet.wrong_key(
            "needs a `trigger`, which says when the customer gives its reason", "expect", "escalation", "says"
        )
    if wanted.decision == "must" and persona.expect.resolves:
        problem = "contradicts `escalation: {decision: must}`: who must hand over does not resolve"
        sheet.wrong(problem, "expect", "resolves")


def _hint(name: str, options: Iterable[str]) -> str:
    return near(name, options) if len(name) <= 64 else ""


RULES = (
    Rule(_one_source_each),
    Rule(_phrases_have_a_pack, holds_for_a_base=False),
    Rule(_known_faker, needs=("locale",)),
    Rule(_told_is_known, needs=("knows",), holds_for_a_base=False),
    Rule(_pauses_are_sound),
    Rule(_said_is_plain_text),
    Rule(_handed_is_known, needs=("knows",), holds_for_a_base=False),
    Rule(_facts_are_sound),
    Rule(_statements_are_sound, needs=("facts",), holds_for_a_base=False),
    Rule(_hearing_is_sound),
    Rule(_expectation_is_sound),
)
