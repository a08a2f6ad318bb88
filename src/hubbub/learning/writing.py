"""What was learnt as files: a pack of words, personas with their bases, workloads; sorted, to be compared."""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import to_builtins

from hubbub.customers.channels import TEMPI
from hubbub.customers.own_words import TERSE
from hubbub.customers.pack import pack, told_together
from hubbub.errors import UsageError
from hubbub.learning.learnt import Learnt
from hubbub.learning.pools import OPENING
from hubbub.learning.scrubbing import base_of
from hubbub.learning.stories import DETAIL, Story
from hubbub.model import Source
from hubbub.reference_agent.tongue import LANGUAGES, SPOKEN

_ABOUTS: Mapping[str, tuple[str, tuple[str, ...]]] = {  # the sort of message that serves each act, and what about;
    "smalltalk": ("greet", ()),  # nothing: whatever the language knows that one is about
    "confirm": ("affirm", ()),
    "deny": ("negate", ("more",)),
    "thank": ("thank", ()),
    "bye": ("bye", ()),
    "nudge": ("nudge", ()),
    "ask_human": ("ask_human", ("any", "upset")),
}
_OF_THE_LANGUAGE = frozenset(("handoff",))  # of what no log's thanks are about
_FEWEST = 10  # messages below which the language's own phrases are richer
_REGISTERS = ("plain", "polite", "blunt", "chatty", "formal", "greeted", "next")
_INLINE = 20  # sentences in which a value is told unasked
_ALIASED = 80  # phrases of a kind that are repeated for a second and third slot of it
_PLACE = re.compile(r"\{(\w+)\}")
_HOUR_S, _PEAK_S = 3600, 600
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 _-]*[A-Za-z0-9]|[A-Za-z]")
_WORDS_OF_YAML = frozenset(["null", "true", "false", "yes", "no", "on", "off", "y", "n"])


def write_all(learnt: Learnt, folder: Path, name: str) -> tuple[Path, ...]:
    """Write everything into a new folder. Raises UsageError where it is there already, or cannot be made."""
    files = {**_pack(learnt, name), **_personas(learnt), **_workloads(learnt, name)}
    try:
        folder.mkdir(parents=True)
        for place, text in files.items():
            path = folder / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    except FileExistsError:
        raise UsageError(f"{folder} is there already: name another with --out, or remove it") from None
    except OSError as error:
        raise UsageError(f"{folder} cannot be written: {error.strerror}") from None
    return tuple(folder / place for place in files)


# -- the pack --------------------------------------------------------------------------------------------------------


def _pack(learnt: Learnt, name: str) -> dict[str, str]:
    own: dict[str, Any] = {
        "language": learnt.wishes.language,
        "about": f"{name}: learnt from {len(learnt.observed)} conversations; a phrase, or each three words of it, was "
        f"said by {learnt.wishes.k} customers or more",
        "habits": to_builtins(learnt.habits),
        "tempo": _tempo(learnt),
    }
    return {
        "pack/pack.yaml": _block({key: value for key, value in own.items() if value}),
        "pack/acts.yaml": _phrases(_acts(learnt)),
        "pack/slots.yaml": _phrases(_slots(learnt)),
        "pack/intents.yaml": _phrases({m: _openings(learnt, m) for m in sorted(set(learnt.matters.values()))}),
    }


def _slots(learnt: Learnt) -> dict[str, dict[str, Mapping[str, int]]]:
    """How each value is told to who has not asked for it: in the sentences in which customers told it."""
    found: dict[str, dict[str, Mapping[str, int]]] = {}
    for slot in sorted({piece[0] for story in learnt.stories for piece in story.told if len(piece) == 1}):
        place = "{" + slot + "}"
        told = {text: n for text, n in learnt.pools.telling((slot,)).items() if text != place} if slot != DETAIL else {}
        common = sorted(told.items(), key=lambda pair: (-pair[1], pair[0]))[:_INLINE]
        if common:
            found[slot] = {"inline": {text.replace(place, "{value}"): n for text, n in common}}
    return found


def _tempo(learnt: Learnt) -> dict[str, Any]:
    if learnt.pace is None and not learnt.bursts:
        return {}
    tempo: dict[str, Any] = to_builtins(TEMPI["web-chat"])
    if learnt.pace is not None:
        tempo |= {key: getattr(learnt.pace, key) for key in ("read_s_per_char", "think_s", "type_s_per_char")}
    return tempo | ({"bursts": learnt.bursts} if learnt.bursts else {})


def _acts(learnt: Learnt) -> dict[str, dict[str, Mapping[str, int]]]:
    acts: dict[str, dict[str, Mapping[str, int]]] = {
        "goal": {"state": {"{state}": 1}},
        "open": {register: {"{goal}": 1} for register in _REGISTERS},
        "rephrase": {"any": {"{goal}": 1}},
        "preface": {},
        "aside": {},
        "inform": {},
    }
    for act, (sort, abouts) in _ABOUTS.items():
        phrases = {text: n for text, n in learnt.pools.phrases(sort).items() if "{" not in text}  # all may say these
        if sum(phrases.values()) >= _FEWEST:
            acts[act] = dict.fromkeys(abouts or _abouts(act, learnt.wishes.language), phrases)
    acts[DETAIL] = {m: _free(learnt, f"{DETAIL}/{m}", m) for m in sorted(set(learnt.matters.values()))}
    pairs = {
        told_together(named): (piece, named)
        for story in learnt.stories
        for piece, named in zip(story.told, story.named, strict=True)
    }
    for key, (piece, named) in sorted(pairs.items()):
        acts["inform"][key] = {"{" + named[0] + "}": 1} if piece == (DETAIL,) else _told(learnt, piece, named)
    return acts


def _abouts(act: str, language: str) -> tuple[str, ...]:
    """All that the shipped words of an act are about: what is left out here would be said in them, not the log's."""
    known = (about for about in pack(language).acts[act] if not about.endswith(TERSE))
    return tuple(sorted({"any", *known} - _OF_THE_LANGUAGE))


def _told(learnt: Learnt, piece: tuple[str, ...], named: tuple[str, ...]) -> Mapping[str, int]:
    """The phrases for slots told together, with the numbers that the slots have in a conversation."""
    phrases = learnt.pools.telling(piece)
    if piece == named:
        return phrases
    number = dict(zip(piece, named, strict=True))
    common = sorted(phrases.items(), key=lambda pair: (-pair[1], pair[0]))[:_ALIASED]
    return {_PLACE.sub(lambda place: "{" + number[place[1]] + "}", text): weight for text, weight in common}


def _openings(learnt: Learnt, matter: str) -> dict[str, Mapping[str, int]]:
    return {"state": _free(learnt, OPENING + matter, matter)}


def _free(learnt: Learnt, sort: str, matter: str) -> Mapping[str, int]:
    """The phrases of a sort that need no value; the matter's name where there is none."""
    found = {text: weight for text, weight in learnt.pools.phrases(sort).items() if "{" not in text}
    return found or {matter.replace("_", " "): 1}


def _phrases(table: Mapping[str, Mapping[str, Mapping[str, int]]]) -> str:
    lines = []
    for key, abouts in table.items():
        lines.append(f"{_text(key)}:{'' if abouts else ' {}'}")
        for about, phrases in abouts.items():
            lines.append(f"  {_text(about)}: |-")
            ordered = sorted(phrases.items(), key=lambda pair: (-pair[1], pair[0]))
            lines += [
                f"    {'| ' if at else ''}{text}{f'^{weight}' if weight > 1 else ''}"
                for at, (text, weight) in enumerate(ordered)
            ]
    return "\n".join(lines) + "\n"


# -- personas --------------------------------------------------------------------------------------------------------


def _personas(learnt: Learnt) -> dict[str, str]:
    files: dict[str, str] = {}
    for matter in sorted(set(learnt.matters.values())):
        told = [story for story in learnt.stories if story.matter == matter]
        files[f"personas/base/{matter}.yaml"] = _base(learnt, matter, told)
        for number, story in enumerate(told, 1):
            files[f"personas/{persona_name(matter, number)}.yaml"] = _persona(story, number)
    return files


def persona_name(matter: str, number: int) -> str:
    """What the so-manieth persona of a matter is called."""
    return f"{matter.replace('_', '-')}-{number}"


def _base(learnt: Learnt, matter: str, told: Iterable[Story]) -> str:
    tells = dict.fromkeys(slot for story in told for slot in story.tells)
    knows: dict[str, Any] = {}
    for slot in tells:
        source = Source(phrase=matter) if base_of(slot) == DETAIL else learnt.sources[base_of(slot)]
        knows[slot] = to_builtins(source)
    body: dict[str, Any] = {
        "industry": learnt.wishes.industry,
        "locale": learnt.wishes.locale,
        "channel": "web-chat",
        "manner": {"pack": "../../pack", "disclosure": "when_asked", "typos": 0},
        "patience": {"turns": max(12, round(2.5 * learnt.turns[0]))},
    }
    if learnt.asks_human:
        body["moves"] = {"ask_for_human": round(learnt.asks_human, 4)}
    return _block(body | ({"knows": knows} if knows else {}))


def _persona(story: Story, number: int) -> str:
    body = {
        "persona": persona_name(story.matter, number),
        "summary": f"Learnt: comes about {story.matter.replace('_', ' ')} and tells {len(story.pieces)} things.",
        "extends": f"base/{story.matter}.yaml",
        "goal": {"intent": story.matter, "tells": list(story.tells)},
    }
    return _block(body)


# -- workloads -------------------------------------------------------------------------------------------------------


def _workloads(learnt: Learnt, name: str) -> dict[str, str]:
    rhythm = learnt.rhythm
    rate = rhythm.busiest_per_s if rhythm else 1.0
    source = "the busiest hour of the log" if rhythm else "the log has no times, so the rate is made up"
    peak = {"arrivals": {"process": "poisson", "rate_per_s": rate}, "duration_s": _PEAK_S}
    files = {"peak.yaml": f"# Arrivals: {source}.\n" + _workload(learnt, f"{name}-peak", peak)}
    if rhythm:
        stages = [{"for_s": _HOUR_S, "rate_per_s": rate} for rate in rhythm.rates_per_s]
        day = {"arrivals": {"process": "stages", "stages": stages}, "duration_s": 24 * _HOUR_S}
        files["day.yaml"] = "# A day as in the log, hour by hour (UTC).\n" + _workload(learnt, f"{name}-day", day)
    return files


def _workload(learnt: Learnt, name: str, arrivals: Mapping[str, Any]) -> str:
    language = learnt.wishes.language
    mix: dict[str, float] = {}
    seen: dict[str, int] = {}
    for story in learnt.stories:
        seen[story.matter] = seen.get(story.matter, 0) + 1
        mix[persona_name(story.matter, seen[story.matter])] = story.weight
    body: dict[str, Any] = {
        "workload": name,
        "agent": {"connector": "openai-chat", "embedded": {"languages": [language]} if language in LANGUAGES else {}},
        "customers": {"from": "personas", "mix": mix},
        **arrivals,
        "drain_s": 300,
        "gates": ["failed_turn_rate <= 1 %", "cross_talk == 0"],
    }
    lacks = "knows nothing of these matters" if language in SPOKEN else f"does not even speak {language!r}"
    return f"# The embedded agent {lacks}: name your own under agent, with url.\n" + _block(body)


# -- YAML ------------------------------------------------------------------------------------------------------------


def _block(body: Mapping[str, Any]) -> str:
    """A mapping with a line for each key; what is below stands in one line, but for long lists."""
    return "".join(_entry(key, value, "") for key, value in body.items())


def _entry(key: str, value: Any, indent: str) -> str:
    if isinstance(value, Mapping) and value:
        below = "".join(_entry(k, v, indent + "  ") for k, v in value.items())
        return f"{indent}{_text(key)}:\n{below}"
    if isinstance(value, list | tuple) and len(value) > 12:
        return f"{indent}{_text(key)}:\n" + "".join(f"{indent}  - {_flow(one)}\n" for one in value)
    return f"{indent}{_text(key)}: {_flow(value)}\n"


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_text(key)}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return _text(value) if isinstance(value, str) else json.dumps(value)


def _text(text: str) -> str:
    """Text as YAML: plain where that is safe, else quoted as JSON does, which is YAML too."""
    plain = _PLAIN.fullmatch(text) and text.lower() not in _WORDS_OF_YAML
    return text if plain else json.dumps(text, ensure_ascii=False)
