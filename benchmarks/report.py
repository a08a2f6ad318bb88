"""What a report costs: time, memory and size from 10,000 and 100,000 conversations.

python -m benchmarks.report [--held 10000 100000] [--rounds 3] [--keep FOLDER] [--browser]

Each build runs in a process of its own, as `hubbub report` does, and tells its own peak of memory.
"""

import argparse
import json
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

from benchmarks.rising import GATES, write_rising
from hubbub.model import Budget
from hubbub.reports.evidence import read_evidence
from hubbub.reports.files import write_reports
from hubbub.reports.page.document import page
from hubbub.runs.manifest import Manifest, write_manifest

_WATCH = """window.longTasks = [];
new PerformanceObserver((seen) => seen.getEntries().forEach((one) => longTasks.push(one.duration)))
  .observe({ type: "longtask", buffered: true });"""
_SCROLL = """async () => {
  const drawn = () => [...document.querySelectorAll(".chart")].every((one) => one.querySelector("svg"));
  for (let y = 0; y < document.documentElement.scrollHeight || !drawn(); y += 600) {
    scrollTo({ top: y % document.documentElement.scrollHeight, behavior: "instant" });
    await new Promise((done) => setTimeout(done, 40));
  }
}"""


def took(work: Callable[[], object]) -> float:
    """Seconds that it takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def make_run(folder: Path, held: int) -> None:
    """A results folder of so many made conversations."""
    folder.mkdir(parents=True, exist_ok=True)
    write_rising(folder / "journal.0.jsonl", held)
    versions = {"python": platform.python_version()}
    spec = "workload: rising\n# made by benchmarks/rising.py\n"
    manifest = Manifest(workload="rising", seed=7, gates=GATES, budget=Budget(), versions=versions, spec=spec)
    write_manifest(folder, manifest)


def build(folder: Path) -> dict[str, float]:
    """Read the journal, judge, and write every report, here and now."""
    began = time.perf_counter()
    evidence = read_evidence(folder)
    read_s = time.perf_counter() - began
    page_s = took(lambda: page(evidence))
    write_s = took(lambda: write_reports(folder, evidence))
    return {
        "read and judge, s": read_s,
        "page alone, s": page_s,
        "build (read, judge, write every report), s": read_s + write_s,
        "peak memory, MiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "report.html, MB": (folder / "report.html").stat().st_size / 1e6,
        "journal, MB": (folder / "journal.0.jsonl").stat().st_size / 1e6,
    }


def opened(file: Path) -> dict[str, float]:
    """Open a page in Debian's Chromium, scroll through it, and ask how long it was ever busy."""
    words = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path="/usr/bin/chromium", args=words)
        page = browser.new_page(viewport={"width": 1320, "height": 900})
        requests: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        page.add_init_script(_WATCH)
        load_s = took(lambda: page.goto(file.as_uri()))
        page.evaluate(_SCROLL)
        longest_s = float(page.evaluate("Math.max(0, ...longTasks)")) / 1000
        browser.close()
    return {"opens in, s": load_s, "longest task, s": longest_s, "requests beyond the file": len(requests) - 1}


def measure(folder: Path, rounds: int, what: str) -> None:
    """Print the median and the spread of each figure."""
    words = [sys.executable, "-m", "benchmarks.report", what, str(folder)]
    found = [
        json.loads(subprocess.run(words, capture_output=True, text=True, check=True).stdout) for _ in range(rounds)
    ]
    for name in found[0]:
        values = [one[name] for one in found]
        print(f"  {name:44s} {median(values):10.2f}  ({min(values):.2f} to {max(values):.2f})")


def main() -> None:
    """Make the journals, then measure."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--held", type=int, nargs="+", default=[10_000, 100_000])
    words.add_argument("--rounds", type=int, default=3)
    words.add_argument("--keep", type=Path, help="Leave the runs in this folder, and use those that are there.")
    words.add_argument("--browser", action="store_true", help="Open each page in Chromium too.")
    words.add_argument("--open", type=Path, help="Only open the page of this run, and print the figures as JSON.")
    words.add_argument("--build", type=Path, help="Only build the reports of this run, and print the figures as JSON.")
    asked = words.parse_args()
    if asked.build:
        print(json.dumps(build(asked.build)))
        return
    if asked.open:
        print(json.dumps(opened(asked.open / "report.html")))
        return
    with tempfile.TemporaryDirectory() as temporary:
        for held in asked.held:
            folder = (asked.keep or Path(temporary)) / f"rising-{held}"
            if not (folder / "manifest.json").exists():
                make_run(folder, held)
            print(f"{held:,} conversations, Python {platform.python_version()}")
            measure(folder, asked.rounds, "--build")
            if asked.browser:
                measure(folder, asked.rounds, "--open")


if __name__ == "__main__":
    main()
