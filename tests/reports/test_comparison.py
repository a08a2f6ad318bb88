"""A comparison on a terminal: every figure on a line of its own, also where a line has 80 characters."""

from io import StringIO

from rich.console import Console

from hubbub.model import Change, Comparison
from hubbub.reports.comparison import show_comparison

LONGEST = "needless_escalation_rate"


def printed(*changes: Change) -> list[str]:
    console = Console(file=StringIO(), width=80, force_terminal=False)
    found = Comparison(1, "a", "b", "fail", 1, ("worse",), 0.1, 0.02, 300, 200, (), (), (), changes)
    show_comparison(console, found)
    return console.file.getvalue().splitlines()  # type: ignore[attr-defined]


def test_the_longest_names_and_widest_intervals_fit_a_line() -> None:
    wide = Change("first_text_p95_s", "s", "ratio", 0.257, 0.572, 1.221, 1.134, 1.289, 300, 300, 0.1, "worse", True)
    long = Change(
        LONGEST, "share", "difference", 0.844, 0.123, -0.7216, -0.7996, -0.6938, 300, 300, 0.02, "worse", True
    )
    lines = [" ".join(line.split()) for line in printed(wide, long)]
    assert "worse first_text_p95_s 0.257 s 0.572 s +122.1 % +113.4 to +128.9" in lines
    assert f"worse {LONGEST} 84.4 % 12.3 % -72.16 -79.96 to -69.38" in lines


def test_what_has_no_samples_says_so_and_shows_no_interval() -> None:
    unseen = Change(
        "escalation_precision", "share", "difference", 0.9, None, None, None, None, 40, 0, 0.02, "no_samples", False
    )
    assert "unseen escalation_precision 90 % - - -" in [" ".join(line.split()) for line in printed(unseen)]
