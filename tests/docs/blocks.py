"""The fenced blocks of the README and docs/: what a page shows, has its reader write, and has its reader run."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
SHELLS = frozenset({"console", "sh", "bash", "shell"})
_FENCE = re.compile(r"^( *)(`{3,})(\w*)[^\n]*\n(.*?)^\1\2 *$", re.MULTILINE | re.DOTALL)
_DIRECTIVE = re.compile(r"<!-- (not run|first): (.+?) -->", re.DOTALL)
_NAMED = re.compile(r"`([\w/.-]+\.\w+)`:$")


class Block(NamedTuple):
    """A block, and what the words right before it say of it.

    `file` is the file that the reader is told to write. `not_run` is why a test cannot run it, and `first` what a test
    must do before it, each from a comment: `<!-- not run: it needs Docker -->`, `<!-- first: hubbub agent & -->`.
    """

    page: str
    line: int
    language: str
    text: str
    file: str
    not_run: str
    first: str

    @property
    def where(self) -> str:
        """The block's place, for a reader of a test's report."""
        return f"{self.page}:{self.line}"

    @property
    def is_run(self) -> bool:
        """Whether it is words for a shell that a test can run."""
        return self.language in SHELLS and not self.not_run


class Command(NamedTuple):
    """One command, and what it is shown to print; nothing shown is nothing said of it."""

    words: str
    shown: str


def blocks(page: Path) -> Iterator[Block]:
    """Every block of a page, in its order."""
    text = page.read_text()
    for found in _FENCE.finditer(text):
        before = text[: found.start()].rstrip()
        said = {}
        while (directive := _last_comment(before)) is not None:
            said[directive[1]] = " ".join(directive[2].split())
            before = before[: directive.start()].rstrip()
        named = _NAMED.search(before.rpartition("\n")[2])
        indent, inside = found[1], found[4]
        yield Block(
            str(page.relative_to(ROOT)),
            text.count("\n", 0, found.start()) + 1,
            found[3],
            re.sub(f"^{indent}", "", inside, flags=re.MULTILINE) if indent else inside,
            named[1] if named else "",
            said.get("not run", ""),
            said.get("first", ""),
        )


def _last_comment(before: str) -> re.Match[str] | None:
    """The directive that a text ends with."""
    start = before.rfind("<!-- ")
    return _DIRECTIVE.fullmatch(before, start) if start >= 0 else None


def commands(block: Block) -> list[Command]:
    """The commands of a shell block: in a console's one per `$ ` with what follows it, in a script's the whole."""
    if block.language != "console":
        return [Command(block.text, "")]
    parts = re.split(r"^\$ ", block.text, flags=re.MULTILINE)
    if parts[0].strip():
        raise ValueError(f"{block.where}: a console block begins with `$ `")
    return [_command(part) for part in parts[1:]]


def _command(part: str) -> Command:
    """Words go on where a line ends in a backslash, and over lines that begin with `> `."""
    lines = part.splitlines(keepends=True)
    end = 1
    while end < len(lines) and (lines[end - 1].endswith("\\\n") or lines[end].startswith("> ")):
        lines[end] = lines[end].removeprefix("> ")
        end += 1
    return Command("".join(lines[:end]), "".join(lines[end:]))
