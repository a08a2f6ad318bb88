"""How well replies are understood in each language: act F1, hand-offs, slots asked, unknown rate.

Usage: python -m benchmarks.tongues [LANGUAGE ...] [--wrong] [--frozen] [--cost] [--write-docs]
"""

import sys
import time
from pathlib import Path

from benchmarks.hearing import SLOTS, Labelled, Score, score_with, state_of
from benchmarks.hearing_page import table, with_figures
from hubbub.customers.hearing import Ear
from hubbub.customers.hearing.ear import reader_of
from hubbub.customers.hearing.written import has_lexicon

CORPUS = Path(__file__).parents[1] / "tests" / "customers" / "hearing_tongues"
PAGE = Path(__file__).parents[1] / "docs" / "languages.md"
PARTS = ("dev", "frozen", "frozen_2")
_ROUNDS = 15


def languages() -> tuple[str, ...]:
    """Those that have a corpus and a lexicon."""
    return tuple(sorted(path.stem for path in CORPUS.glob("*.txt") if has_lexicon(path.stem)))


def load(language: str, part: str) -> list[Labelled]:
    """A part of a language's corpus. Raises ValueError for a line that is not `acts | hand-off | slots | reply`."""
    rows, here = [], ""
    for line in (CORPUS / f"{language}.txt").read_text("utf-8").splitlines():
        if line.startswith("# "):
            here = line[2:].strip()
        elif here == part and line:
            acts, handoff, asked, text = (cell.strip() for cell in line.split("|", 3))
            rows.append(Labelled(text, tuple(acts.split()), handoff, tuple(asked.split()), "bot", "any"))
    return rows


def score(language: str, part: str) -> Score:
    """Hears a part and compares."""
    return score_with(Ear(language, {}, SLOTS), load(language, part))


def figures() -> str:
    """Scores of all languages, in Markdown."""
    rows = []
    for language in languages():
        for part in PARTS:
            s = score(language, part)
            counted = (s.acts.f1, s.human.precision, s.human.recall, s.states.f1, s.asked.f1)
            rows.append([language, part, str(s.replies), *(f"{f:.3f}" for f in counted), f"{s.unknown_rate:.1%}"])
    head = ["language", "part", "replies", "acts F1", "hand-off precision", "hand-off recall", "hand-off state F1"]
    return table([*head, "slots asked F1", "unknown"], rows)


def cost_s(language: str) -> float:
    """CPU seconds for a reply none of whose sentences was heard before: the least mean of some rounds."""
    ear = Ear(language, {}, SLOTS)
    texts = [row.text for part in PARTS for row in load(language, part)]
    means = []
    for _ in range(_ROUNDS):
        start = time.process_time()
        for text in texts:
            reader_of(language).forget()
            ear.hear(text)
        means.append((time.process_time() - start) / len(texts))
    return min(means)


def _show(language: str, part: str, wrong: bool) -> None:
    s = score(language, part)
    print(
        f"{language} {part}: {s.replies} replies, acts F1 {s.acts.f1:.3f}, human P {s.human.precision:.3f} "
        f"R {s.human.recall:.3f}, states F1 {s.states.f1:.3f}, asked F1 {s.asked.f1:.3f}, unknown {s.unknown_rate:.1%}"
    )
    for row, heard in s.wrong if wrong and part == "dev" else []:
        print(f"- {row.text!r}\n    want {row.acts} {row.handoff} {row.asked}")
        print(f"    got  {heard.acts} {state_of(heard)} {heard.asked} {heard.language}")


def main() -> None:
    """Print scores; what is misheard is shown of the dev parts alone."""
    wanted = [name for name in sys.argv[1:] if not name.startswith("-")] or languages()
    for language in wanted:
        for part in PARTS if "--frozen" in sys.argv else PARTS[:1]:
            _show(language, part, "--wrong" in sys.argv)
        if "--cost" in sys.argv:
            print(f"{language}: {cost_s(language) * 1e6:.0f} us of CPU for a reply that was never heard")
    if "--write-docs" in sys.argv:
        PAGE.write_text(with_figures(PAGE.read_text("utf-8"), figures()), "utf-8")


if __name__ == "__main__":
    main()
