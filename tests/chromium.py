"""Debian's Chromium for the tests marked `browser`, and what it saw while a page was open."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
AXE = ROOT / ".foreign" / "node_modules" / "axe-core" / "axe.min.js"
_WORDS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
_TASKS = """window.longTasks = [];
new PerformanceObserver((seen) => seen.getEntries().forEach((one) => longTasks.push(one.duration)))
  .observe({ type: "longtask", buffered: true });"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser with a profile of its own. Without a Chromium the test is skipped."""
    found = shutil.which("chromium")
    if found is None:
        pytest.skip("no chromium")
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=found, args=list(_WORDS))
        try:
            yield browser
        finally:
            browser.close()


class Watched:
    """A page being looked at: every request, console message, error and dialog is kept."""

    def __init__(self, browser: Browser, *, width: int = 1320, dark: bool = False, scripts: bool = True) -> None:
        scheme = "dark" if dark else "light"
        size = {"width": width, "height": 900}
        self.context = browser.new_context(
            viewport=size,  # type: ignore[arg-type]
            color_scheme=scheme,  # type: ignore[arg-type]
            java_script_enabled=scripts,
        )
        self.page: Page = self.context.new_page()
        self.requests: list[str] = []
        self.said: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        self.page.on("dialog", lambda dialog: (self.said.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        if scripts:
            self.page.add_init_script(_TASKS)

    def open(self, file: Path, place: str = "") -> Page:
        """Open a file, and wait until it has loaded."""
        self.page.goto(file.as_uri() + place)
        return self.page

    def look_at_everything(self) -> None:
        """Scroll through the page until every chart is drawn."""
        self.page.evaluate("""async () => {
            const shown = () => [...document.querySelectorAll(".chart")].every((one) => one.querySelector("svg"));
            for (let y = 0; y < document.documentElement.scrollHeight || !shown(); y += 600) {
                scrollTo({ top: y % document.documentElement.scrollHeight, behavior: "instant" });
                await new Promise((done) => setTimeout(done, 40));
            }
            scrollTo({ top: 0, behavior: "instant" });
        }""")

    def wait_until(self, condition: str) -> None:
        """Until a JavaScript expression holds. Playwright's own way needs `eval`, which the page forbids."""
        for _ in range(200):
            if self.page.evaluate(condition):
                return
            self.page.wait_for_timeout(25)
        raise AssertionError(f"never: {condition}")

    def longest_task_s(self) -> float:
        """The longest time for which the page did not answer."""
        return float(self.page.evaluate("Math.max(0, ...longTasks)")) / 1000

    def serious_violations(self) -> list[tuple[str, list[str]]]:
        """What axe-core holds against the page as serious or worse. Without axe-core the test is skipped."""
        if not AXE.exists():
            pytest.skip("no axe-core: scripts/setup --foreign")
        self.page.evaluate(AXE.read_text())
        found = self.page.evaluate("axe.run().then((found) => found.violations)")
        serious = [one for one in found if one["impact"] in ("serious", "critical")]
        return [(one["id"], [node["html"][:160] for node in one["nodes"]][:3]) for one in serious]

    def overflow(self) -> int:
        """How far the page reaches beyond its right edge, in pixels."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - innerWidth"))
