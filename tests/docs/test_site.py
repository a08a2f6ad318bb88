"""The docs as a site: it builds without a warning, its links lead somewhere, and it asks nobody for anything."""

import re
import subprocess
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import expect

from tests.chromium import Watched, chromium
from tests.docs.blocks import ROOT

pytestmark = pytest.mark.slow
_FETCHED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src", "link": "href"}
_TOLD = frozenset({"canonical", "edit", "next", "prev"})  # links that only tell, and are not fetched


class Links(HTMLParser):
    """What a page fetches, where it leads, and the places in it that others may lead to."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.led_to: list[str] = []
        self.places: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if told.get("id"):
            self.places.add(str(told["id"]))
        if tag == "a" and told.get("href"):
            self.led_to.append(str(told["href"]))
        named = told.get(_FETCHED.get(tag, ""))
        if named and told.get("rel") not in _TOLD:
            self.fetched.append(named)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as `scripts/docs` builds it."""
    folder = tmp_path_factory.mktemp("site")
    built = subprocess.run([ROOT / "scripts" / "docs", folder], capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    assert "WARNING" not in built.stderr, built.stderr
    return folder


@cache
def links(page: Path) -> Links:
    return Links(page.read_text())


def pages(site: Path) -> Iterator[Path]:
    return (page for page in sorted(site.rglob("*.html")) if page.name != "404.html")


def test_every_page_of_docs_is_in_the_site(site: Path) -> None:
    wanted = {page.relative_to(ROOT / "docs").with_suffix(".html") for page in (ROOT / "docs").rglob("*.md")}
    assert {page.relative_to(site) for page in pages(site)} >= wanted
    assert not list(site.rglob("*.py"))


def test_every_link_leads_somewhere(site: Path) -> None:
    lost = [
        f"{page.relative_to(site)}: {link}"
        for page in pages(site)
        for link in (*links(page).led_to, *links(page).fetched)
        if not urlsplit(link).scheme and not leads_somewhere(page, link)
    ]
    assert not lost


def leads_somewhere(page: Path, link: str) -> bool:
    parts = urlsplit(link)
    target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    target = target / "index.html" if target.is_dir() else target
    if not target.is_file():
        return False
    return not parts.fragment or target.suffix != ".html" or unquote(parts.fragment) in links(target).places


def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    for page in pages(site):
        assert not [one for one in links(page).fetched if re.match(r"(?:https?:)?//", one)], page
    for style in site.rglob("*.css"):
        assert not re.search(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//", style.read_text()), style


@pytest.mark.browser
def test_a_browser_asks_for_nothing_but_the_site(site: Path) -> None:
    with chromium() as browser:
        watched = Watched(browser)
        for page in ("index.html", "getting-started.html", "reference/commands.html"):
            watched.open(site / page)
            expect(watched.page.locator("h1").first).to_be_visible()
    assert [request for request in watched.requests if not request.startswith((site.as_uri(), "blob:", "data:"))] == []
