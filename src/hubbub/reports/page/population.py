"""Who came and what was covered: personas, channels and languages that were asked for, and those that never came."""

from collections.abc import Callable, Iterable, Mapping

from hubbub.gates import METRICS, show
from hubbub.model import Slice
from hubbub.reports.evidence import Evidence
from hubbub.reports.page.levels import shares_of
from hubbub.reports.plain import plain
from hubbub.reports.tables import Table
from hubbub.runs.manifest import Invited

_HEAD = ("persona", "channel", "locale", "asked for", "conversations", "share", "turns each", "resolved", "abandoned",
         "not understood")  # fmt: skip


def coverage(evidence: Evidence) -> tuple[Table, ...]:
    """Who came, what they did, and what was heard of the agent."""
    chronicle = evidence.chronicle
    every = (
        _personas(evidence.summary.by_persona, evidence.judged.manifest.invited),
        _spread("Channels", "channel", evidence, lambda one: one.channel),
        _spread("Languages", "locale", evidence, lambda one: one.locale),
        _counted("What customers did", "message", chronicle.acts),
        _counted("What was heard of the agent", "reply", chronicle.heard),
    )
    return tuple(table for table in every if table.rows)


def _personas(came: Iterable[Slice], invited: tuple[Invited, ...]) -> Table:
    """Each persona that came or was to come. One that never came says nothing, and is marked."""
    parts = {part.label: part for part in came}
    asked = {one.persona: one for one in invited}
    total = sum(part.conversations for part in parts.values()) or 1
    weights = sum(one.weight for one in invited) or 1.0
    names = sorted(set(parts) | set(asked))
    rows = tuple(_persona(name, parts.get(name), asked.get(name), total, weights) for name in names)
    absent = [name for name in names if name not in parts]
    note = (
        f"Never came: {', '.join(plain(name, 64) for name in absent)}. A longer run, or a larger weight, brings them."
    )
    tones = tuple("" if name in parts else "unsure" for name in names)
    return Table("Personas", _HEAD, rows, 3, tones, note if absent else "")


def _persona(name: str, part: Slice | None, one: Invited | None, total: int, weights: float) -> tuple[str, ...]:
    asked = (
        (plain(one.channel, 24), plain(one.locale, 16), show(one.weight / weights, "share")) if one else ("", "", "")
    )
    if part is None:
        return plain(name, 64), *asked, "0", "0 %", "-", "-", "-", "-"
    shares = ("resolution_rate", "abandonment_rate", "unknown_rate")
    return (
        plain(name, 64),
        *asked,
        f"{part.conversations:,}",
        show(part.conversations / total, "share"),
        f"{(part.metrics['turns'].value or 0) / (part.conversations or 1):.1f}",
        *(show(part.metrics[share].value, METRICS[share].unit) for share in shares),
    )


def _spread(title: str, head: str, evidence: Evidence, trait_of: Callable[[Invited], str]) -> Table:
    """Conversations by a trait of their personas, as it was asked for and as it came."""
    invited = evidence.judged.manifest.invited
    held = {part.label: part.conversations for part in evidence.summary.by_persona}
    total, weights = sum(held.values()) or 1, sum(one.weight for one in invited) or 1.0
    rows = []
    for trait in sorted({trait_of(one) for one in invited} - {""}):
        some = [one for one in invited if trait_of(one) == trait]
        came = sum(held.get(one.persona, 0) for one in some)
        asked = sum(one.weight for one in some) / weights
        rows.append(
            (plain(trait, 24), f"{len(some):,}", show(asked, "share"), f"{came:,}", show(came / total, "share"))
        )
    tones = tuple("" if row[3] != "0" else "unsure" for row in rows)
    return Table(title, (head, "personas", "asked for", "conversations", "share"), tuple(rows), 1, tones)


def _counted(title: str, head: str, counts: Mapping[str, int]) -> Table:
    rows = [(name.replace("_", " "), f"{n:,}", show(part, "share")) for name, n, part in shares_of(counts)]
    return Table(title, (head, "times", "share"), tuple(rows), note="warm-up included")
