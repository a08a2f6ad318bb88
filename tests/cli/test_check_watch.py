"""`hubbub check --watch`: checks once, and again when something that counts has changed."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hubbub.cli.check import watch_paths

GOOD = "persona: a\ngoal: {intent: b}\n"
Printed = pytest.CaptureFixture[str]


def between(*deeds: Callable[[], object]) -> Callable[[], object]:
    """A pause in which one deed after the other is done, and at last Ctrl-C is pressed."""
    left: Iterator[Callable[[], object]] = iter(deeds)

    def pause() -> object:
        deed = next(left, None)
        if deed is None:
            raise KeyboardInterrupt
        return deed()

    return pause


def watch(path: Path, *deeds: Callable[[], object]) -> None:
    with pytest.raises(KeyboardInterrupt):
        watch_paths((path,), between(*deeds))


def test_a_change_is_checked_at_once_and_a_pause_without_one_says_nothing(tmp_path: Path, capsys: Printed) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(GOOD)
    watch(tmp_path, lambda: None, lambda: file.write_text(GOOD + "chanel: sms\n"), lambda: file.write_text(GOOD))
    printed = capsys.readouterr()
    assert printed.out.count("1 file fine: 1 persona") == 2
    assert printed.err.count("did you mean channel") == 1


def test_a_base_counts_though_only_what_extends_it_is_named(tmp_path: Path, capsys: Printed) -> None:
    base = tmp_path / "base" / "b.yaml"
    base.parent.mkdir()
    base.write_text("goal: {intent: b}\n")
    (tmp_path / "a.yaml").write_text("persona: a\nextends: base/b.yaml\n")
    watch(tmp_path / "a.yaml", lambda: base.write_text("goal: {intend: b}\n"))
    assert "did you mean intent" in capsys.readouterr().err


def test_a_new_file_counts_and_one_taken_away_may_come_back(tmp_path: Path, capsys: Printed) -> None:
    first, second = tmp_path / "a.yaml", tmp_path / "c.yaml"
    first.write_text(GOOD)
    watch(
        tmp_path,
        lambda: second.write_text(GOOD.replace("persona: a", "persona: c")),
        lambda: (second.unlink(), first.unlink()),
        lambda: second.write_text(GOOD),
    )
    printed = capsys.readouterr()
    assert "2 files fine: 2 personas" in printed.out
    assert "there is no YAML file below" in printed.err
    assert printed.out.rstrip().endswith("1 file fine: 1 persona")
