"""What mkdocs needs to know to make a site of pages that are also read in the repository.

Pages link to files beside docs/ by their place in the repository, and decisions are found by their names alone.
"""

import re
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).parents[1]
TAKEN_IN = {"benchmarks.md": "benchmarks/README.md"}  # a page of the site, and where it lies in the repository
DECISIONS = "decisions/index.md"
PLACES = {place: name for name, place in TAKEN_IN.items()} | {"docs/decisions": DECISIONS, "README.md": "index.md"}
_LINK = re.compile(r"(\]\()((?:\.\./)+[^)#\s]*|decisions/?)(#[^)\s]*)?(\))")


def on_config(config: MkDocsConfig) -> None:
    """Put every decision behind the page that lists them."""
    for chapter in config.nav or []:
        for entries in chapter.values():
            if isinstance(entries, list) and {"Decisions": DECISIONS} in entries:
                entries[:] = [one for one in entries if one != {"Decisions": DECISIONS}]
                entries.append({"Decisions": [DECISIONS, *(f"decisions/{page.name}" for page in _decisions())]})


def _decisions() -> list[Path]:
    return sorted((ROOT / "docs" / "decisions").glob("*.md"))


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Add the pages that lie elsewhere, and the list of decisions."""
    for name, place in TAKEN_IN.items():
        files.append(File.generated(config, name, content=(ROOT / place).read_text()))
    titles = ((page.name, page.read_text().splitlines()[0].removeprefix("# ")) for page in _decisions())
    lines = "\n".join(f"- [{title}]({name})" for name, title in titles)
    files.append(File.generated(config, DECISIONS, content=f"# Decisions\n\nWhy it is built as it is.\n\n{lines}\n"))


def on_page_markdown(markdown: str, page: Page, **_: Any) -> str:
    """Turn links by a place in the repository into links within the site; PluginError where that has no such page."""
    source = page.file.src_uri
    here = (ROOT / TAKEN_IN.get(source, f"docs/{source}")).parent
    up = "../" * source.count("/")

    def replaced(found: re.Match[str]) -> str:
        target = (here / found[2]).resolve()
        place = target.relative_to(ROOT).as_posix() if target.is_relative_to(ROOT) else ""
        inside = PLACES.get(place) or place.removeprefix("docs/")
        if not (target.exists() and (place in PLACES or place.startswith("docs/"))):
            raise PluginError(f"{source}: {found[2]} is no page of the site")
        return f"{found[1]}{up}{inside}{found[3] or ''}{found[4]}"

    return _LINK.sub(replaced, markdown)
