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
) -> Rule:
    """A rule of words. A space stands before every clause, so that most places in it are left at once."""
    compiled = re.compile(rf" (?:{_START.sub('(?<=^ )', pattern)})")
    return Rule(
        act, frozenset(cues.split()), compiled, kind, when, scope, state, weak, frozenset(needs.split()), opens, marked
    )
