"""Every command that the README and docs/ show is run, and prints what is shown.

A block that no test can run says why in a comment before it, `<!-- not run: ... -->`; what must be done before a block,
and is no news to a reader, stands in `<!-- first: ... -->`. docs/development.md tells authors the same,
and tests/house/test_docs.py counts what is not run.
"""

import shutil
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.docs.blocks import PAGES, ROOT, Block, blocks
from tests.docs.reader import Reader

EVERY = {str(page.relative_to(ROOT)): tuple(blocks(page)) for page in PAGES}
RUN = {page: found for page, found in EVERY.items() if any(block.is_run for block in found)}
AT_ONCE = 2  # pages, as most of a command's time is its start

Readings = dict[str, Future[None]]


def read_page(page: str, folder: Path, exhibit: Path) -> None:
    """Follow a page from its first block to its last."""
    with Reader(folder, exhibit) as reader:
        if not any("git clone" in block.text for block in RUN[page] if block.is_run):
            reader.has_a_checkout()
        for block in RUN[page]:
            if block.file:
                reader.writes(block)
            elif block.is_run:
                reader.runs(block)


@pytest.fixture(scope="module")
def readings(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Readings]:
    """All the pages that are asked for, being read side by side."""
    wanted = [item.callspec.params["page"] for item in request.session.items
              if item.path == Path(__file__) and hasattr(item, "callspec")]  # fmt: skip
    with Reader(tmp_path_factory.mktemp("exhibit")) as reader:
        reader.has_a_checkout()
        reader.runs(Block("the exhibit", 1, "console", "$ hubbub run workloads/demo.yaml --quiet\n", "", "", ""))
        exhibit = next((reader.checkout / "results").glob("demo-*"))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield {page: pool.submit(read_page, page, tmp_path_factory.mktemp("page"), exhibit) for page in wanted}


@pytest.mark.slow
@pytest.mark.parametrize("page", RUN)
def test_a_page_does_what_it_shows(page: str, readings: Readings) -> None:
    if shutil.which("curl") is None and any("curl " in block.text for block in RUN[page] if block.is_run):
        pytest.skip("needs the curl command")
    readings[page].result()
