"""`hubbub compare`: is the candidate worse than its base?"""

import sys
from pathlib import Path

import click
from rich.console import Console

from hubbub.reports.comparison import show_comparison
from hubbub.reports.files import as_json
from hubbub.reports.page.comparison import comparison_page
from hubbub.verdicts.comparison import Run, Tolerance, compare
from hubbub.written import writing


@click.command("compare")
@click.argument("base", type=click.Path(path_type=Path))
@click.argument("candidate", type=click.Path(path_type=Path))
@click.option("--tolerance", default=0.10, show_default=True, type=click.FloatRange(0, 10),
              help="How much longer a latency may be, as a share of the base's.")  # fmt: skip
@click.option("--share-tolerance", default=0.02, show_default=True, type=click.FloatRange(0, 1),
              help="How much worse a share may be: 0.02 is two points.")  # fmt: skip
@click.option("--json", "in_json", is_flag=True, help="Print the comparison as one JSON object.")
@click.option(
    "--html", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write it as a page, too."
)
@click.option("--force", is_flag=True, help="Compare runs that are not comparable; the reasons still stand.")
def command(
    base: Path, candidate: Path, tolerance: float, share_tolerance: float, in_json: bool, html: Path | None, force: bool
) -> None:
    """Hold the run CANDIDATE against the run BASE, both folders under results/.

    Gate by gate and class by class, each difference with its interval at 95 %: whole conversations are drawn again, in
    pairs where both runs have the same seed. Nothing is worse until the whole interval is beyond the tolerance.

    \b
    Exit codes: 0 nothing is worse for sure, 1 something is, or a gate that held is broken, 2 no such run,
                3 not comparable, 5 a gate's metric may be worse: too few conversations to tell
    \b
    Example:    hubbub compare results/peak-20260301T101500Z-7 results/peak-20260302T101500Z-7 --html compare.html
    """
    found = compare(Run.read(base), Run.read(candidate), Tolerance(tolerance, share_tolerance), force=force)
    if html is not None:
        with writing(html):
            html.write_text(comparison_page(found), encoding="utf-8")
    if in_json:
        sys.stdout.buffer.write(as_json(found))
    else:
        show_comparison(Console(highlight=False), found)
    sys.exit(found.exit_code)
