"""`hubbub check`: every mistake in persona and workload files, before anything runs."""

from pathlib import Path

import click

from hubbub.specs.checking import Checked, check_paths
from hubbub.specs.pages import MAX_MISTAKES


@click.command("check")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.pass_context
def command(ctx: click.Context, paths: tuple[Path, ...]) -> None:
    """Check persona and workload files, or all YAML files below folders.

    Every mistake is shown at once, with its place and what to write instead. Nothing is run, no agent is called, and
    secrets need not be set. Ends with 0 when all is fine, with 2 when anything is wrong.

    \b
    hubbub check personas workloads
    hubbub check my-workload.yaml
    """
    checked = check_paths(paths)
    for mistake in checked.mistakes:
        click.echo(str(mistake), err=True)
    if checked.mistakes:
        click.echo(_failure(checked), err=True)
        ctx.exit(2)
    click.echo(_success(checked))


def _failure(checked: Checked) -> str:
    many = len(checked.mistakes)
    hurt = len({mistake.file for mistake in checked.mistakes})
    more = "; mend these to see if there are more" if many >= MAX_MISTAKES else ""
    return f"{_count(many, 'mistake')} in {_count(hurt, 'file')} ({_count(checked.files, 'file')} checked){more}"


def _success(checked: Checked) -> str:
    sorts = (("persona", checked.personas), ("base", checked.bases), ("workload", checked.workloads))
    return f"{_count(checked.files, 'file')} fine: " + ", ".join(_count(many, word) for word, many in sorts if many)


def _count(many: int, word: str) -> str:
    return f"{many} {word}" if many == 1 else f"{many} {word}s"
