"""Locust's page in a real browser: set, start, watch, change, read a transcript, stop, download.

Hostile words stay words. With HUBBUB_SCREENSHOTS=docs/images the pictures of docs/locust.md are made anew.
"""

import json
import os
import re
import shutil
import threading
import urllib.request
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import msgspec
import pytest
from locust_bridge_sessions import PATIENCE_S, START, accounted, asked, results, serve, started_in
from playwright.sync_api import Page, expect, sync_playwright

from benchmarks.ports import free_port
from hubbub.runs.plan import read_plan

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="no chromium here"),
]
HOSTILE = (
    '</script><script>document.title="owned"</script><img src=x onerror="document.title=1">=1+1 \x1b[31m \u202eevil'
)
FORMULA = '=1+2</script><script>document.title="owned"</script>\x1b\u202e'
PERSONA = """\
persona: tracker
goal: {{intent: {intent}, tells: [item]}}
knows: {{item: {item}}}
expect: {{escalation: {{decision: must}}}}
patience: {{turns: 3}}
"""
SHOTS = os.environ.get("HUBBUB_SCREENSHOTS")


class HostileAgent(BaseHTTPRequestHandler):
    """Says what nobody should run, and never calls a human."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        body = json.dumps({"reply": "I cannot do that. " + HOSTILE}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def hostile(house: Path, write: Callable[..., None]) -> Iterator[None]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), HostileAgent)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    (house / "tracker.yaml").write_text(PERSONA.format(intent=json.dumps(FORMULA), item=json.dumps(HOSTILE)))
    write(agent=f'{{connector: http-json, url: "http://127.0.0.1:{server.server_port}/say"}}', duration=30)
    (house / "small.py").write_text((house / "small.py").read_text().replace('yaml")', 'yaml", rows="intent")'))
    yield
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page() -> Iterator[Page]:
    """A browser's page; any error on its console fails the test."""
    errors: list[str] = []
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE_S * 1000)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"], timeout=PATIENCE_S * 1000)
        context = browser.new_context(viewport={"width": 1280, "height": 860})
        context.set_default_timeout(PATIENCE_S * 1000)
        context.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
        context.on("weberror", lambda error: errors.append(str(error.error)))
        yield context.new_page()
        browser.close()
    assert not errors


def shoot(page: Page, name: str, after_s: float = 0) -> None:
    """Take a picture for the docs, once there is more to see than a test needs."""
    if SHOTS:
        page.wait_for_timeout(after_s * 1000)
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"))


def begin(page: Page, **fields: str) -> None:
    for name, value in fields.items():
        if not page.locator(f"[name={name}]").is_visible():
            page.get_by_text("Custom parameters").click()
        page.locator(f"[name={name}]").fill(value)
    shoot(page, "locust-start")
    page.get_by_role("button", name="Start").click()


@pytest.mark.usefixtures("hostile")
def test_a_run_is_set_started_watched_changed_and_stopped_and_hostile_words_stay_words(
    house: Path, locust: Callable[..., object], until: Callable[..., None], page: Page
) -> None:
    url = serve(locust, until)
    page.goto(url)
    begin(page, arrivalRate="6", mix="tracker=2", seed="11", duration="600")
    page.get_by_role("tab", name="Conversations").click()
    expect(page.get_by_role("cell", name="Escalation: needed, and missed")).to_be_visible()
    expect(page.get_by_role("cell", name="Finding: missed_escalation")).to_be_visible()

    with page.context.expect_page() as opened:
        page.locator("#hubbub-behaviour").click()
    behaviour = opened.value
    behaviour.locator("#stories button").first.wait_for()
    expect(behaviour.locator("#charts figure")).to_have_count(6)
    behaviour.locator("#stories button").first.click()
    expect(behaviour.locator("#transcript")).to_contain_text("I cannot do that. </script><script>")
    assert behaviour.title() == "Hubbub: behaviour under load"
    assert not behaviour.locator("#transcript script, #transcript img").count()
    behaviour.locator("#close").click()
    behaviour.locator("#rate").fill("30")
    behaviour.get_by_role("button", name="Change").click()
    expect(behaviour.locator("#load-told")).to_contain_text("from 2 s from now")
    [revision] = read_plan(results(house)).revisions
    until(lambda: sum(due_s > revision.at_s for _, _, due_s in started_in(results(house))) > 100)

    page.bring_to_front()
    page.get_by_role("tab", name="Statistics").click()
    expect(page.get_by_role("cell", name="conversation", exact=True).first).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    until(lambda: (results(house) / "verdict.json").exists())
    page.get_by_role("tab", name="Download Data").click()
    page.wait_for_timeout(1500)
    with page.expect_download() as download:
        page.get_by_text("Hubbub: summary.json").click()
    assert page.title() == "Locust"
    folder = results(house)
    assert Path(download.value.path()).read_bytes() == (folder / "summary.json").read_bytes()
    summary = msgspec.json.decode((folder / "summary.json").read_bytes())
    assert summary["seed"] == 11
    assert accounted(folder)
    rates = [slice_["metrics"]["conversations_per_s"]["value"] for slice_ in summary["by_stage"]]
    assert rates[-1] > 2 * rates[0], "the rate was changed on the way"
    page.goto(f"{url}/stats/report")
    page.wait_for_timeout(1500)
    assert page.title() != "owned"
    for name in ("requests", "failures"):
        with urllib.request.urlopen(f"{url}/stats/{name}/csv") as answer:
            told = answer.read().decode()
        assert "\x1b" not in told
        assert not any(cell.startswith(tuple("=+-@")) for line in told.splitlines() for cell in line.split(","))


def test_hubbub_run_web_fills_and_takes_changes_by_its_edit_dialogue(
    house: Path, locust: Callable[..., object], until: Callable[..., None], page: Page
) -> None:
    url = serve(lambda *words, **env: locust("run", "--web", *words, file=None, **env), until)
    page.goto(url)
    begin(page, arrivalRate="6", duration="600")
    page.get_by_role("tab", name="Conversations").click()
    expect(page.get_by_role("cell", name=re.compile("^Ending: "))).not_to_have_count(0)
    shoot(page, "locust-conversations", after_s=12)
    page.get_by_role("button", name="Edit").click()
    page.get_by_text("Custom parameters").click()
    page.locator("[name=arrivalRate]").fill("9")
    page.locator("[name=mix]").fill("wants-a-person=1, broken-blender=3")
    shoot(page, "locust-edit", after_s=1)
    page.get_by_role("button", name="Update").click()
    behaviour = page.context.new_page()
    behaviour.goto(f"{url}/hubbub/behaviour")
    drawn = behaviour.locator("#charts path.line").last
    expect(drawn).to_have_attribute("d", re.compile(r"^M.*L.*L"))
    expect(behaviour.locator("#mix")).to_have_attribute("placeholder", "broken-blender=3, wants-a-person=1")
    shoot(behaviour, "locust-behaviour", after_s=10)
    [revision] = read_plan(results(house)).revisions
    assert revision.mix == {"wants-a-person": 1.0, "broken-blender": 3.0}
    assert revision.arrivals is not None
    assert revision.arrivals.rate_per_s == 9.0
    page.get_by_role("button", name="Stop").click()
    until(lambda: (results(house) / "verdict.json").exists())
    assert accounted(results(house))


def test_exposed_it_wants_a_token(
    house: Path, locust: Callable[..., object], until: Callable[..., None], page: Page
) -> None:
    tokenless = {
        "HUBBUB_WEB_TOKEN": locust("--web-host", "0.0.0.0", "--web-port", str(free_port())),
        "HUBBUB_JOIN_TOKEN": locust("--master", "--master-bind-host", "0.0.0.0", "--web-port", str(free_port())),
    }
    token = "a long enough secret"
    url = serve(locust, until, "--web-host", "0.0.0.0", HUBBUB_WEB_TOKEN=token)
    for name, refused in tokenless.items():
        assert refused.wait(PATIENCE_S) == 2
        assert f"{name} is not set" in refused.said()
    assert asked(url, "/stats/requests")[0] == 401
    assert asked(url, "/swarm", START)[0] == 401
    assert asked(url, "/stats/requests", Authorization=f"Bearer {token}")[0] == 200
    page.goto(url)
    page.locator("#token").fill(token)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("button", name="Start").wait_for()
    assert token not in page.content()
    assert all(token not in said.read_text() for said in house.glob("out.*.txt"))
