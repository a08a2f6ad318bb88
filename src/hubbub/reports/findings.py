"""What was found in a run, as people read it: how often, for whom, from which load on, and where to look."""

from collections.abc import Iterable, Iterator, Sequence

from rich import box
from rich.table import Table as Grid
from rich.text import Text

from hubbub.errors import FAILURES
from hubbub.model import Finding
from hubbub.reports.plain import plain
from hubbub.runs.findings import Findings, Found
from hubbub.stats.intervals import wilson
from hubbub.stats.trend import Paired

_STYLES = {"failed": "bold red", "unsure": "yellow", "not_observable": "dim"}
_SURE = 0.05


def overview(findings: Findings, chosen: Sequence[Found]) -> Iterator[Grid | Text]:
    """A row per class: conversations it failed, their share with its interval, per stage, and the worst persona."""
    failed = [one for one in chosen if one.finding.verdict == "failed" and not one.warm_up]
    if not failed:
        yield Text("Nothing failed." if not chosen else "Nothing failed for sure.")
        return
    stages = sorted({stage for _, stage in findings.conversations})
    labels = [plain(findings.stages[s], 40) if s < len(findings.stages) else f"stage {s + 1}" for s in stages]
    grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    grid.add_column("class", no_wrap=True)  # a name in two lines is found by no search
    for head in ("convs", "share", "95 %", *(labels if len(stages) > 1 else ())):
        grid.add_column(Text(head), justify="right")
    grid.add_column("most often", no_wrap=True, overflow="ellipsis")
    for check in sorted({one.finding.check for one in failed}):
        grid.add_row(*_row(check, [one for one in failed if one.finding.check == check], findings, stages))
    yield grid


def _row(check: str, failed: list[Found], findings: Findings, stages: list[int]) -> Iterator[Text]:
    numbers = {one.finding.number for one in failed}
    total = sum(findings.conversations.values())
    low, high = wilson(len(numbers), total)
    yield Text(plain(check))
    yield Text(f"{len(numbers):,}")
    yield Text(f"{len(numbers) / max(1, total):.2%}")
    yield Text(f"{low:.1%} to {high:.1%}")
    for stage in stages if len(stages) > 1 else ():
        of = sum(n for (_, at), n in findings.conversations.items() if at == stage)
        count = len({one.finding.number for one in failed if one.stage == stage})
        yield Text(f"{count / of:.1%}" if of else "-")
    yield Text(_most_often(failed, findings))


def _most_often(failed: list[Found], findings: Findings) -> str:
    shares = {}
    for persona in {one.persona for one in failed}:
        of = sum(n for (name, _), n in findings.conversations.items() if name == persona)
        shares[persona] = len({one.finding.number for one in failed if one.persona == persona}) / max(1, of)
    worst = max(sorted(shares), key=lambda persona: shares[persona])
    return f"{shares[worst]:.1%} {plain(worst, 40)}"


def listing(chosen: Iterable[Found]) -> Iterator[Text]:
    """A line per finding: number, turn, class, what a log calls it, persona, stage; then the evidence."""
    for one in chosen:
        finding = one.finding
        yield Text.assemble(
            f"{finding.number:>7} turn {finding.turn:<3} ",
            (plain(finding.check, 60), _STYLES[finding.verdict]),
            "" if finding.verdict == "failed" else f" ({finding.verdict})",
            f" in {plain(one.name, 60)}" if one.name else "",
            (f"  {plain(one.persona, 40)}, stage {one.stage + 1}{', warm-up' if one.warm_up else ''}", "dim"),
        )
        yield Text(f"        {plain(finding.reason)}")


def as_record(one: Found) -> dict[str, object]:
    """A finding as one JSON object."""
    finding: Finding = one.finding
    layer = FAILURES[finding.check].layer if finding.check in FAILURES else "check"
    return {
        "number": finding.number, "turn": finding.turn, "class": finding.check, "layer": layer,
        "verdict": finding.verdict, "reason": finding.reason, "persona": one.persona, "stage": one.stage,
        "ending": one.ending, "warm_up": one.warm_up, **({"conversation": one.name} if one.name else {}),
    }  # fmt: skip


def pairing(found: Paired) -> str:
    """What the paired comparison says, in a sentence."""
    if not found.pairs:
        return "No conversation ended by itself in both runs: nothing can be paired."
    said = (
        f"Of {found.pairs:,} customers in both runs, {found.only_second:,} were handed to a human only in the second "
        f"and {found.only_first:,} only in the first (McNemar's exact test, p = {found.p:.2g}): "
    )
    if found.p >= _SURE:
        return said + "no sure difference."
    more = found.only_second > found.only_first
    return said + ("the second escalates more." if more else "the second escalates less.")
