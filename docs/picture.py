"""Draws the pictures of the README and the docs' first page from a run that was really held.

python docs/picture.py results/demo-...             docs/images/run.svg, what the terminal shows
python docs/picture.py results/demo-... --page      docs/images/report.png, the page's first screen; needs Chromium
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.text import Text

from hubbub.reports.tables import tables
from hubbub.reports.terminal import print_table, print_verdict
from hubbub.runs.verdict import judge_run

SHOWN = ("By stage", "Escalation", "Generator", "Gates")
IMAGES = Path(__file__).parent / "images"


def main() -> None:
    """Draw what is asked for."""
    folder = Path(sys.argv[1]).resolve()
    draw_page(folder) if "--page" in sys.argv else draw_terminal(folder)


def draw_page(folder: Path) -> None:
    """The page's first screen, as a browser shows it in the light."""
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path="/usr/bin/chromium", args=["--headless=new", "--no-sandbox"])
        page = browser.new_page(viewport={"width": 1200, "height": 700}, color_scheme="light")
        page.goto((folder / "report.html").as_uri())
        page.screenshot(path=IMAGES / "report.png")
        browser.close()


def draw_terminal(folder: Path) -> None:
    """Print the parts of the run's summary that fit a picture, as `hubbub run` prints them, into the image."""
    summary, verdict = judge_run(folder)
    console = Console(record=True, width=88, highlight=False)
    console.print(Text(f"$ hubbub run workloads/{summary.workload}.yaml", style="bold"))
    by_title = {table.title: table for table in tables(summary, verdict)}
    for title in SHOWN:
        console.print()
        print_table(console, by_title[title])
    console.print()
    print_verdict(console, summary, verdict, Path("results") / folder.name)
    console.save_svg(str(IMAGES / "run.svg"), title="hubbub", unique_id="hubbub-run")


if __name__ == "__main__":
    main()
