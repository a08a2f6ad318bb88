"""What personas cover together: every reason for a human with its look-alikes, and who comes how, and for what."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import get_args

from hubbub.model import Persona, Trigger

_NONE = "none"


def coverage(personas: Sequence[Persona]) -> Iterator[str]:
    """Two tables in markdown: by reason for a human, and by intent, reason, channel and locale."""
    yield from ("", "## Coverage: reasons for a human", "")
    yield "| reason | must reach one | may | only look as if they must |"
    yield "| --- | --- | --- | --- |"
    for reason in sorted(get_args(Trigger)):
        cells = (_names(personas, reason, decision) for decision in ("must", "may", "must_not"))
        yield f"| `{reason}` | {' | '.join(cells)} |"
    yield from ("", "## Coverage: intent, reason, channel, locale", "")
    yield "| intent | reason for a human | channel | locale | personas |"
    yield "| --- | --- | --- | --- | --- |"
    for row, names in sorted(_rows(personas).items()):
        yield f"| {' | '.join(row)} | {', '.join(f'`{name}`' for name in sorted(names))} |"


def reason_of(persona: Persona) -> str | None:
    """The reason for a human that a persona has, or only looks as if it had."""
    expected = persona.expect.escalation
    return None if expected is None else expected.trigger or expected.looks_like


def _names(personas: Sequence[Persona], reason: str, decision: str) -> str:
    found = (p for p in personas if reason_of(p) == reason)
    own = [p for p in found if p.expect.escalation is not None and p.expect.escalation.decision == decision]
    return ", ".join(f"`{p.persona}`" for p in sorted(own, key=lambda p: p.persona)) or "-"


def _rows(personas: Sequence[Persona]) -> dict[tuple[str, ...], list[str]]:
    rows: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for persona in personas:
        expected = persona.expect.escalation
        reason = _NONE if expected is None or expected.trigger is None else f"`{expected.trigger}`"
        if expected is not None and expected.looks_like:
            reason = f"only looks like `{expected.looks_like}`"
        for goal in (persona.goal, *persona.then):
            rows[(f"`{goal.intent}`", reason, persona.channel, persona.locale)].append(persona.persona)
    return rows
