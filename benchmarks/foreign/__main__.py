"""Rehearses with servers that nobody here wrote, on this machine, and says what came of it.

    scripts/setup --foreign
    .venv/bin/python -m benchmarks.foreign [--write] [NAME...]

Ends with 1 when something is not as it must be, or a server is missing.
"""

import sys
import tempfile
from pathlib import Path

import click

from benchmarks.foreign.compatibility import write_page
from benchmarks.foreign.parts import SERVERS
from benchmarks.foreign.rehearsal import Outcome
from benchmarks.foreign.scenes import SCENES, Scene, play
from benchmarks.foreign.script import Played, play_all
from benchmarks.foreign.servers import Missing


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))


def _tell(outcome: Outcome, wrong: list[str]) -> None:
    click.echo(
        f"  {outcome.server} {outcome.version} by {outcome.connector}: {outcome.held} conversations held to their end"
    )
    click.echo(f"  endings      {_counts(outcome.endings)}")
    click.echo(f"  turns        {_counts(outcome.turns)}")
    click.echo(f"  completed by {_counts(outcome.finishes)}")
    click.echo(f"  escalated    {outcome.escalated}")
    click.echo(f"  results      {outcome.folder}")
    for what in wrong:
        click.echo(f"  WRONG: {what}")
    if not wrong:
        click.echo("  as it must be")


def _played(scene: Scene, kept: Path) -> Outcome | None:
    """What came of a scene; None when that is not what must be."""
    folder = kept / scene.name
    folder.mkdir()
    click.echo(f"{scene.name}{' (a minute or more)' if scene.slow else ''}")
    try:
        outcome, wrong = play(scene, folder)
    except (Missing, RuntimeError) as error:
        click.echo(f"  MISSING OR BROKEN: {error}")
        return None
    _tell(outcome, wrong)
    return None if wrong else outcome


def _script(name: str, kept: Path) -> list[Played]:
    """The parts of a server in the script of 20 turns that were as they must be."""
    folder = kept / f"script-{name}"
    folder.mkdir()
    click.echo(f"script of 20 turns: {name}")
    try:
        played = play_all(SERVERS[name], folder)
    except (Missing, RuntimeError) as error:
        click.echo(f"  MISSING OR BROKEN: {error}")
        return []
    for part in played:
        click.echo(f"  {part.name}: " + ("WRONG: " + "; ".join(part.wrong) if part.wrong else "as it must be"))
    return [part for part in played if not part.wrong]


@click.command()
@click.argument("names", nargs=-1, type=click.Choice([*(scene.name for scene in SCENES), *SERVERS]))
@click.option("--write", is_flag=True, help="Write docs/compatibility.md from what passed.")
def main(names: tuple[str, ...], write: bool) -> None:
    """Rehearse, and hold the script of 20 turns, with foreign servers: with all, or with those named."""
    kept = Path(tempfile.mkdtemp(prefix="hubbub-foreign-"))
    chosen = [scene for scene in SCENES if not names or scene.name in names]
    came = [(scene.name, _played(scene, kept)) for scene in chosen]
    passed = [(name, outcome) for name, outcome in came if outcome is not None]
    servers = [name for name in SERVERS if not names or name in names]
    played = [part for name in servers for part in _script(name, kept)]
    if write:
        parts = [part.name for name in SERVERS for part in SERVERS[name]]
        tried = {scene.name for scene in chosen} | {part.name for name in servers for part in SERVERS[name]}
        write_page(passed, played, tried, ([scene.name for scene in SCENES], parts))
    all_played = len(played) == sum(len(SERVERS[name]) for name in servers)
    sys.exit(0 if len(passed) == len(chosen) and all_played else 1)


if __name__ == "__main__":
    main()
