"""`hubbub check`: every mistake in persona and workload files, before anything runs."""

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

import click

from hubbub.errors import HubbubError
from hubbub.specs.checking import Checked, check_paths
from hubbub.specs.pages import MAX_MISTAKES
from hubbub.specs.watching import looks

_LOOK_EVERY_S = 0.3


@click.command("check")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--watch", is_flag=True, help="Check again whenever a file changes, until Ctrl-C.")
@click.pass_context
def command(ctx: click.Context, paths: tuple[Path, ...], watch: bool) -> None:
    """Check persona and workload files, or all YAML files below folders.

    Every mistake is shown at once, with its place and what to write instead. Nothing is run, no agent is called, and
    secrets need not be set. Ends with 0 when all is fine, with 2 when anything is wrong.

    \b
    hubbub check personas workloads
    hubbub check my-workload.yaml
    hubbub check personas --watch
    """
    if watch:
        with suppress(KeyboardInterrupt):
            watch_paths(paths, lambda: time.sleep(_LOOK_EVERY_S))
        return
    checked = check_paths(paths)
    _tell(checked)
    if checked.mistakes:
        ctx.exit(2)


def watch_paths(paths: tuple[Path, ...], pause: Callable[[], object]) -> None:
    """Check, and check again whenever a file that counts looks different after a `pause`; ends by an exception."""
    while True:
        read = _checked(paths)
        seen = looks(paths, read)
        click.echo("watching; Ctrl-C ends it", err=True)
        while looks(paths, read) == seen:
            pause()
        click.echo()


def _checked(paths: tuple[Path, ...]) -> Iterable[Path]:
    try:
        checked = check_paths(paths)
    except HubbubError as error:  # a file was taken away: it may come back
        click.echo(f"hubbub: {error}", err=True)
        return ()
    _tell(checked)
    return checked.read


def _tell(checked: Checked) -> None:
    for mistake in checked.mistakes:
        click.echo(str(mistake), err=True)
    click.echo(_failure(checked) if checked.mistakes else _success(checked), err=bool(checked.mistakes))


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
