"""Personas and their customers as people read them: a preview on a terminal, a gallery as a page."""

from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from rich.console import Console
from rich.text import Text

from hubbub.customers.preview import Glimpse
from hubbub.model import Persona
from hubbub.reports.coverage import coverage
from hubbub.reports.markdown import escape
from hubbub.reports.plain import plain

_HEAD = ("persona", "wants", "channel", "locale", "a human is needed", "what it is for")


def show_glimpses(console: Console, persona: Persona, seen: Sequence[Glimpse]) -> None:
    """Print each customer, then how they differ."""
    console.print(Text(plain(persona.persona), "bold"), Text(plain(persona.summary, 2000), "dim"), soft_wrap=True)
    for glimpse in seen:
        console.print(Text(f"{glimpse.customer.number:4}  {_who(glimpse)}"), soft_wrap=True)
        for text in glimpse.texts:
            console.print(Text(f"{'':6}{plain(text, 2000)}", "cyan"), soft_wrap=True)
    turns, waits = sorted(g.turns for g in seen), sorted(g.wait_s for g in seen)
    console.print(
        f"{len(seen)} customers; patience {turns[0]:.0f} to {turns[-1]:.0f} turns (median {median(turns):.0f}),"
        f" {waits[0]:,.0f} to {waits[-1]:,.0f} s for the first reply (median {median(waits):,.0f} s);"
        f" {len({g.texts for g in seen})} different openings",
        soft_wrap=True,
    )


def _who(glimpse: Glimpse) -> str:
    customer, style = glimpse.customer, glimpse.customer.style
    values = [value for slot, value in customer.knows.items() if slot != "name"]
    habits = (("lower case", style.lower), ("no full stops", style.bare), ("abbreviates", style.short))
    parts = [plain(value, 60) for value in (customer.name, *values)]
    writes = [habit for habit, has in habits if has]
    patience = f"{glimpse.turns:.0f} turns, {glimpse.wait_s:,.0f} s"
    return "; ".join((", ".join(parts), f"patience {patience}", *((", ".join(writes),) if writes else ())))


def gallery(personas: Iterable[Persona]) -> str:
    """A page of personas in markdown, a table per industry, and what they cover together."""
    everybody = tuple(personas)
    return "\n".join((*_page(everybody), *coverage(everybody))) + "\n"


def _page(personas: tuple[Persona, ...]) -> Iterator[str]:
    yield "# Gallery of personas"
    yield ""
    yield f"Personas: {len(personas)}. `hubbub talk NAME` shows one talking, `hubbub preview NAME` its customers."
    for industry in sorted({persona.industry for persona in personas}):
        yield ""
        yield f"## {escape(industry[:1].upper() + industry[1:])}"
        yield ""
        yield "| " + " | ".join(_HEAD) + " |"
        yield "|" + " --- |" * len(_HEAD)
        for persona in sorted((p for p in personas if p.industry == industry), key=lambda p: p.persona):
            yield "| " + " | ".join(_cells(persona)) + " |"


def _cells(persona: Persona) -> tuple[str, ...]:
    goals = ", ".join(f"`{goal.intent}`" for goal in (persona.goal, *persona.then))
    expected = persona.expect.escalation
    need = "not said" if expected is None else expected.decision.replace("_", " ")
    trigger = f": `{expected.trigger}`" if expected is not None and expected.trigger else ""
    trigger += f", looks like `{expected.looks_like}`" if expected is not None and expected.looks_like else ""
    summary = escape(plain(persona.summary))
    return f"`{persona.persona}`", goals, persona.channel, persona.locale, need + trigger, summary
