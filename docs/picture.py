"""Draws docs/images/run.svg, the README's picture, from a run that was really held.

python docs/picture.py results/demo-...
"""

import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

from hubbub.reports.tables import tables
from hubbub.reports.terminal import print_table, print_verdict
from hubbub.runs.verdict import judge_run

SHOWN = ("By stage", "Escalation", "Generator", "Gates")
IMAGE = Path(__file__).parent / "images" / "run.svg"


def main() -> None:
    """Print the parts of the run's summary that fit a picture, as `hubbub run` prints them, into the image."""
    folder = Path(sys.argv[1])
    summary, verdict = judge_run(folder)
    console = Console(record=True, width=88, highlight=False)
    console.print(Text(f"$ hubbub run workloads/{summary.workload}.yaml", style="bold"))
    by_title = {table.title: table for table in tables(summary, verdict)}
    for title in SHOWN:
        console.print()
        print_table(console, by_title[title])
    console.print()
    print_verdict(console, summary, verdict, Path("results") / folder.name)
    console.save_svg(str(IMAGE), title="hubbub", unique_id="hubbub-run")


if __name__ == "__main__":
    main()
