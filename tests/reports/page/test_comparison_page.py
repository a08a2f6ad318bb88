"""A comparison's page in a real browser: in a run's own colours, silent, harmless, and usable by all."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser

from hubbub.model import Change, Comparison, GateChange
from hubbub.reports.page.comparison import comparison_page
from tests.chromium import Watched, chromium
from tests.reports.hostile import HOSTILE

pytestmark = pytest.mark.browser


def change(metric: str, outcome: str, by: float, gated: bool = False) -> Change:
    figures = (1.0, 1.0 + by, by, by - 0.04, by + 0.04)
    return Change(metric, "s", "ratio", *figures, 400, 410, 0.1, outcome, gated)  # type: ignore[arg-type]


def compared(*names: str) -> Comparison:
    changes = (change("turn_p95_s", "worse", 0.3, True), change("first_text_p95_s", "unsure", 0.12),
               change("turn_p50_s", "better", -0.2), change("first_text_p50_s", "same", 0.0))  # fmt: skip
    gates = (GateChange("turn_p95_s <= 1.2", "pass", "fail"), *(GateChange(name, None, "unsure") for name in names))
    base, candidate = (names[0], names[-1]) if names else ("peak-20260301T101500Z-7", "peak-20260302T101500Z-7")
    reasons = ("turn_p95_s <= 1.2: held before, and is broken now", *names)
    return Comparison(1, base, candidate, "fail", 1, reasons, 0.1, 0.02, 400, 200, (), names, gates, changes)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("comparison")
    for name, found in (("fair", compared()), ("spoilt", compared(*HOSTILE))):
        (folder / f"{name}.html").write_text(comparison_page(found))
    return {file.stem: file for file in folder.iterdir()}


@pytest.mark.parametrize("width", [320, 390, 1320])
@pytest.mark.parametrize("name", ["fair", "spoilt"])
def test_it_asks_for_nothing_runs_nothing_and_fits(
    browser: Browser, files: dict[str, Path], name: str, width: int
) -> None:
    watched = Watched(browser, width=width)
    page = watched.open(files[name])
    assert watched.overflow() <= 0
    assert watched.requests == [files[name].as_uri()]
    assert watched.said == []
    assert page.locator(":is(script, img, a, body svg[onload])").count() == 0
    assert page.locator("h1").inner_text().endswith("Worse")


@pytest.mark.parametrize(("width", "dark"), [(1320, False), (1320, True), (390, False), (390, True)])
def test_axe_finds_no_serious_violation(browser: Browser, files: dict[str, Path], width: int, dark: bool) -> None:
    watched = Watched(browser, width=width, dark=dark)
    watched.open(files["fair"])
    assert watched.serious_violations() == []


def test_it_follows_light_and_dark_as_a_runs_page_does(browser: Browser, files: dict[str, Path]) -> None:
    colour = "getComputedStyle(document.body).backgroundColor"
    shown = [Watched(browser, dark=dark).open(files["fair"]).evaluate(colour) for dark in (False, True)]
    assert shown == ["rgb(247, 246, 243)", "rgb(16, 20, 27)"]


def test_the_top_tells_a_few_of_many_reasons_but_all_why_runs_cannot_be_compared() -> None:
    many = tuple(f"metric_{number} went from 1 to 2" for number in range(9))
    told = comparison_page(replace(compared(), reasons=many))
    assert told.count("went from 1 to 2") == 6
    assert "And 3 more, in the tables below." in told
    assert comparison_page(replace(compared(), verdict="invalid", reasons=many)).count("went from 1 to 2") == 9


def test_it_prints(browser: Browser, files: dict[str, Path]) -> None:
    assert len(Watched(browser, dark=True).open(files["fair"]).pdf()) > 10_000
