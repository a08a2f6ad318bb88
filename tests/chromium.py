"""Debian's Chromium for the tests marked `browser`, and what it saw while a page was open."""

import json
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

PATIENCE_S = 120.0  # with a page that is asked for something: a busy machine takes seconds
ROOT = Path(__file__).parents[1]
AXE = ROOT / ".foreign" / "node_modules" / "axe-core" / "axe.min.js"
_WORDS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser with a profile of its own. Without a Chromium the test is skipped."""
    found = shutil.which("chromium")
    if found is None:
        pytest.skip("no chromium")
    with sync_playwright() as player:
        expect.set_options(timeout=PATIENCE_S * 1000)
        browser = player.chromium.launch(executable_path=found, args=list(_WORDS), timeout=PATIENCE_S * 1000)
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
        self.context.set_default_timeout(PATIENCE_S * 1000)
        self.page: Page = self.context.new_page()
        self.requests: list[str] = []
        self.said: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        self.page.on("dialog", lambda dialog: (self.said.append(f"dialog: {dialog.message}"), dialog.dismiss()))

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
        over_s = time.monotonic() + PATIENCE_S
        while not self.page.evaluate(condition):
            assert time.monotonic() < over_s, f"never: {condition}"
            self.page.wait_for_timeout(25)

    def longest_task_s(self, doing: Callable[[], None]) -> float:
        """The most of a processor that one task of the page took meanwhile, so long it did not answer.

        Time that others had the processor is not counted: on a busy machine that is most of it.
        """
        browser = self.context.browser
        assert browser is not None
        browser.start_tracing(page=self.page, categories=["toplevel"])
        doing()
        events = json.loads(browser.stop_tracing())["traceEvents"]
        named = [event for event in events if event["name"] == "thread_name"]
        mains = {(one["pid"], one["tid"]) for one in named if one["args"]["name"] == "CrRendererMain"}
        return max(event.get("tdur", 0) for event in events if (event["pid"], event["tid"]) in mains) / 1e6

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
