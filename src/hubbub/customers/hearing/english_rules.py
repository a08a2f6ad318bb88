"""How a rule of English is written down: cue words in one string, a pattern that starts where a word does."""

import re

from hubbub.customers.hearing.lexicon import Kind, Rule, Scope, When
from hubbub.model import AgentAct, SignalState

_START = re.compile(r"(?<![\[\\])\^")  # where a clause starts


def rule_of(
    act: AgentAct | None,
    cues: str,
    pattern: str,
    when: When = "always",
    kind: Kind = "core",
    scope: Scope = "main",
    weak: bool = False,
    needs: str = "",
    opens: bool = False,
    state: SignalState | None = None,
    marked: bool = False,
    certain: bool = False,
    bars: str = "",
) -> Rule:
    """A rule of words. A space stands before every clause, so that most places in it are left at once."""
    compiled = re.compile(rf" (?:{_START.sub('(?<=^ )', _unbounded(pattern))})")
    return Rule(
        act=act,
        cues=frozenset(cues.split()),
        pattern=compiled,
        kind=kind,
        when=when,
        scope=scope,
        state=state,
        weak=weak,
        certain=certain,
        needs=frozenset(needs.split()),
        bars=frozenset(bars.split()),
        opens=opens,
        marked=marked,
    )


def _unbounded(pattern: str) -> str:
    """The pattern without the word boundaries that its alternatives start with: there a word starts anyway.

    An alternative that starts with a letter is left at once by a look at that letter, one with a boundary is not.
    """
    kept, depth, opens, place = [], 0, True, 0
    while place < len(pattern):
        if opens and pattern.startswith(r"\b", place):
            place += 2
            continue
        step = 2 if pattern[place] == "\\" else 1
        mark = pattern[place]
        depth += (mark == "(") - (mark == ")")
        opens = mark == "|" and depth == 0
        kept.append(pattern[place : place + step])
        place += step
    return "".join(kept)
