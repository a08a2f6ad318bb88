"""The page in a real browser: silent, quick, harmless, and usable by all."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from benchmarks.rising import GATES, rising
from hubbub.reports.page.document import page
from tests.chromium import Watched, chromium
from tests.reports.evidence import evidence_of
from tests.reports.hostile import HOSTILE, hostile_run

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of 3,000 conversations: as much on it as there ever is."""
    file = tmp_path_factory.mktemp("report") / "report.html"
    versions = {"hubbub": "0.1", "python": "3.11"}
    file.write_text(page(evidence_of(rising(3000), GATES, spec="workload: rising\n", versions=versions)))
    return file


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page that has every hostile text, in a conversation each."""
    file = tmp_path_factory.mktemp("spoilt") / "report.html"
    named = dict.fromkeys(HOSTILE, HOSTILE[1])
    evidence = evidence_of(
        hostile_run(HOSTILE[1], *HOSTILE), (), spec="\n".join(HOSTILE), versions=named, machine=named
    )
    file.write_text(page(evidence))
    return file


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_it_asks_for_nothing_and_says_nothing(browser: Browser, report: Path, dark: bool) -> None:
    watched = Watched(browser, dark=dark)
    watched.open(report)
    watched.look_at_everything()
    assert watched.requests == [report.as_uri()]
    assert watched.said == []


def test_it_is_never_busy_for_a_second(browser: Browser, report: Path) -> None:
    """The best of three, as what else this machine does can only make a task longer."""

    def busiest_s() -> float:
        watched = Watched(browser)
        longest_s = watched.longest_task_s(lambda: (watched.open(report), watched.look_at_everything())[1])
        watched.context.close()
        return longest_s

    assert 0 < min(busiest_s() for _ in range(3)) < 1


@pytest.mark.parametrize("width", [390, 1320])
def test_hostile_text_runs_nothing_and_breaks_no_layout(browser: Browser, spoilt: Path, width: int) -> None:
    watched = Watched(browser, width=width)
    page = watched.open(spoilt)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    watched.look_at_everything()
    assert watched.overflow() <= 0
    for number in range(len(HOSTILE) + 1):
        page.evaluate(f"location.hash = '#c-{number}'")
        watched.wait_until(f"document.querySelector('#reader h3').textContent.startsWith('Conversation {number}:')")
        assert page.locator("#reader .turns > li").count() == 2
        assert page.locator("#reader :is(script, img, svg, style, a[href^='javascript'])").count() == 0
        assert watched.overflow() <= 0
    assert watched.said == []
    assert watched.requests == [spoilt.as_uri()]
    assert page.title() != "owned"


@pytest.mark.parametrize(("width", "dark"), [(1320, False), (1320, True), (390, False)])
def test_axe_finds_no_serious_violation(browser: Browser, report: Path, width: int, dark: bool) -> None:
    watched = Watched(browser, width=width, dark=dark)
    page = watched.open(report)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    watched.look_at_everything()
    assert watched.serious_violations() == []


def test_a_link_opens_its_conversation(browser: Browser, report: Path) -> None:
    watched = Watched(browser)
    page = watched.open(report)
    link = page.locator("#failures .examples a").first
    number = link.inner_text()
    link.click()
    watched.wait_until(f"document.querySelector('#reader h3').textContent.startsWith('Conversation {number}:')")
    assert page.locator("#reader .turns > li").count() >= 1
    again = Watched(browser)
    again.open(report, f"#c-{number}")
    expect(again.page.locator("#reader h3")).to_contain_text(f"Conversation {number}:")
    again.open(report, "#c-999999")
    again.page.reload()
    expect(again.page.locator("#reader")).to_contain_text("not in this page")


def test_conversations_are_found_by_class_and_by_name(browser: Browser, report: Path) -> None:
    page = Watched(browser).open(report)
    page.locator("#pick").select_option("class:missed_escalation")
    assert page.locator("#list li").count() == page.locator("#list .bad").count() > 0
    page.locator("#search").fill("smoking-kettle")
    names = page.locator("#list a > span:first-child").all_inner_texts()
    assert names
    assert all("smoking-kettle" in name for name in names)


def test_it_works_by_keyboard(browser: Browser, report: Path) -> None:
    watched = Watched(browser)
    page = watched.open(report)
    page.keyboard.press("Tab")
    watched.wait_until("document.activeElement.className === 'skip'")
    table = page.locator("#timeline summary")
    table.focus()
    page.keyboard.press("Enter")
    watched.wait_until("document.querySelector('#timeline details').open")
    page.locator("#list a").nth(3).focus()
    page.keyboard.press("Enter")
    watched.wait_until("document.activeElement.id === 'reader'")


def test_the_button_turns_light_to_dark_and_the_charts_with_it(browser: Browser, report: Path) -> None:
    watched = Watched(browser)
    page = watched.open(report)
    watched.look_at_everything()
    colour = "getComputedStyle(document.querySelector('#timeline .ytick text')).fill"
    before = page.evaluate(colour)
    page.locator("#theme").click()
    watched.wait_until(f"{colour} !== {before!r}")
    expect(page.locator("body")).to_have_css("background-color", "rgb(16, 20, 27)")


def test_on_paper_every_chart_is_drawn(browser: Browser, report: Path) -> None:
    watched = Watched(browser, dark=True)
    page = watched.open(report)
    assert page.locator(".chart:not(:has(svg))").count() > 0
    assert len(page.pdf()) > 50_000
    assert page.locator(".chart:not(:has(svg))").count() == 0
    assert watched.said == []


def test_on_paper_charts_keep_to_their_columns_and_nothing_is_cut_off(browser: Browser, report: Path) -> None:
    """Chromium tells the page before it lays it out on paper; so does this, with a sheet's width for the window."""
    watched = Watched(browser)
    page = watched.open(report)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 703, "height": 1000})  # A4 without its margins
    assert page.locator(".chart svg.main-svg").count() > 0
    assert (
        page.evaluate("""[...document.querySelectorAll(".chart svg.main-svg")].filter((one) =>
        one.getBoundingClientRect().right > one.closest(".chart").getBoundingClientRect().right + 1).length""")
        == 0
    )
    assert (
        page.evaluate("""[...document.querySelectorAll("pre, .wide")].filter((one) => one.checkVisibility()
        && one.scrollHeight > one.clientHeight + 1 && getComputedStyle(one).overflowY !== "visible").length""")
        == 0
    )
    assert watched.overflow() <= 0
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator("nav")).to_be_visible()


@pytest.mark.parametrize("width", [320, 390, 800, 1320])
def test_nothing_reaches_beyond_the_screen(browser: Browser, report: Path, width: int) -> None:
    watched = Watched(browser, width=width)
    watched.open(report)
    watched.look_at_everything()
    assert watched.overflow() <= 0


def test_on_a_phone_the_section_that_is_read_is_in_sight_among_the_sections(browser: Browser, report: Path) -> None:
    watched = Watched(browser, width=390)
    page = watched.open(report)
    page.evaluate("document.getElementById('origin').scrollIntoView({ behavior: 'instant' })")
    watched.wait_until("document.querySelector('nav a[aria-current]').hash === '#origin'")
    watched.wait_until("""(({ left, right }) => 0 <= left && right <= 390)(
        document.querySelector('nav a[aria-current]').getBoundingClientRect())""")


def test_without_scripts_the_verdict_and_every_table_are_there(browser: Browser, report: Path) -> None:
    page = Watched(browser, scripts=False).open(report)
    assert page.locator("h1").inner_text().endswith("Did not hold")
    assert page.locator(".gates tbody tr").count() == len(GATES)
    assert page.locator("noscript p").count() == 1
    page.locator("#timeline summary").click()
    expect(page.locator("#timeline tbody tr").first).to_be_visible()
