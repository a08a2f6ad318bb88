"""What commands print to: always something, in whatever alphabet, and whether anybody reads it."""

import io
import os
import select
import sys
from contextlib import suppress
from typing import TextIO

import click

_STANDARD = (("stdin", 0, "r"), ("stdout", 1, "w"), ("stderr", 2, "w"))


def fit_to_print() -> None:
    """Have somewhere to print to, where a shell closed it (`>&-`) too, and print whatever there is to be said.

    Else a file of ours would get the number of an output, and be printed into. What an output's alphabet lacks is spelt
    out; a path that is no text is printed as the bytes that it is.
    """
    while (spare := os.open(os.devnull, os.O_RDWR)) < len(_STANDARD):
        os.set_inheritable(spare, True)
    os.close(spare)
    for name, number, mode in _STANDARD:
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8", closefd=False))
    if isinstance(sys.stdout, io.TextIOWrapper):
        whole = sys.stdout.encoding.lower().replace("_", "-") in ("utf-8", "utf8")
        sys.stdout.reconfigure(errors="surrogateescape" if whole else "backslashreplace")


def tell(text: str) -> None:
    """Say it beside what is printed, where that can be: the exit code has to tell it alone otherwise."""
    with suppress(OSError):
        click.echo(text, err=True)
    let_go(sys.stderr)


def let_go(out: TextIO) -> OSError | None:
    """Print what an output still holds back; the error, where it cannot be: it is printed to nowhere then.

    Python tries again as it ends, and an exit code of its own would stand for ours.
    """
    try:
        out.flush()
    except OSError as error:
        _print_to_nowhere(out.fileno())
        return error
    return None


def _print_to_nowhere(output: int) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, output)
    os.close(nowhere)


def unread() -> bool:
    """Whether nobody reads any more what is printed (`| head`); from then on it is printed to nowhere."""
    try:
        out = sys.stdout.fileno()
    except (OSError, ValueError):
        return False
    gone = select.poll()
    gone.register(out, 0)
    if not gone.poll(0):
        return False
    _print_to_nowhere(out)
    return True
