"""How a rule of English is written down: cue words in one string, a pattern that starts where a word does."""

import re

from hubbub.customers.hearing.lexicon import Kind, Rule, Scope, When
from hubbub.model import AgentAct, SignalState


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
) -> Rule:
    """A rule of words: most places in a clause are left at once, since a pattern starts where a word does."""
    compiled = re.compile(rf"\b(?:{pattern})")
    return Rule(act, frozenset(cues.split()), compiled, kind, when, scope, state, weak, frozenset(needs.split()), opens)
