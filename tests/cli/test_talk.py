"""`hubbub talk` and `hubbub preview`: a customer as an author sees it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from hubbub.customers.preview import glimpses
from hubbub.errors import UsageError
from hubbub.specs.named import persona_named
from hubbub.specs.shipped import shipped_dir
from tests.cli.words import hubbub

Printed = pytest.CaptureFixture[str]
ROOT = Path(__file__).parents[2]


def test_a_conversation_is_shown_with_hearing_mood_and_intention_and_is_the_same_twice(
    monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    def talked() -> str:
        assert hubbub(monkeypatch, "talk", "broken-blender", "--number", "3") == 0
        return capsys.readouterr().out

    first = talked()
    for part in ("customer 3 of seed 1", "customer  ", "agent     ", "heard ", "frustration 0.", "next: ", "resolved:"):
        assert part in first
    assert talked() == first
    assert hubbub(monkeypatch, "talk", "broken-blender", "--number", "4") == 0
    other = capsys.readouterr()
    assert other.out != first
    assert other.err == ""


def test_japanese_is_not_cut_off_and_an_agent_that_does_not_speak_it_is_told_of(
    monkeypatch: pytest.MonkeyPatch, capsys: Printed, tmp_path: Path
) -> None:
    words = "予約した本がまだ届いていないようですので確認していただきたくご連絡いたしました" * 2
    file = tmp_path / "hon.yaml"
    file.write_text(f"persona: hon\nlocale: ja-JP\ngoal: {{intent: check_reservation, says: [{words}]}}\n", "utf-8")
    assert hubbub(monkeypatch, "talk", str(file)) == 0
    shown = capsys.readouterr()
    assert words[-12:] in "".join(line[20:].strip() for line in shown.out.splitlines())
    assert "does not speak this customer's language" in shown.err


def test_a_planted_fault_shows_as_a_finding(monkeypatch: pytest.MonkeyPatch, capsys: Printed) -> None:
    assert hubbub(monkeypatch, "talk", "wants-a-person", "--fault", "promises-without-transfer") == 0
    assert "failed " in capsys.readouterr().out


def test_a_person_can_play_the_agent() -> None:
    words = [sys.executable, "-m", "hubbub", "talk", "broken-blender", "--as-agent", "--speed", "1000"]
    typed = "Which order is it?\n/human returns\n"
    held = subprocess.run(words, input=typed, capture_output=True, text=True, timeout=240, check=True)
    assert "heard request; asked for order_id" in held.stdout
    assert "hand-off initiated (control)" in held.stdout
    assert "escalated: was handed to a human" in held.stdout
    hung_up = subprocess.run(words, input="", capture_output=True, text=True, timeout=240, check=True)
    assert "agent_ended" in hung_up.stdout


@pytest.mark.slow
def test_the_users_own_agent_answers_over_its_connector(monkeypatch: pytest.MonkeyPatch, capfd: Printed) -> None:
    workload = shipped_dir("workloads") / "demo.yaml"
    assert hubbub(monkeypatch, "talk", "broken-blender", "--agent", workload, "--speed", "1000") == 0
    assert "frustration" in capfd.readouterr().out


def test_words_that_do_not_fit_together_are_a_mistake_of_usage(
    monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    assert hubbub(monkeypatch, "talk", "broken-blendr") == 2
    assert "did you mean broken-blender" in capsys.readouterr().err
    assert hubbub(monkeypatch, "talk", "broken-blender", "--as-agent", "--agent", "x.yaml") == 2
    assert hubbub(monkeypatch, "preview", str(ROOT)) == 2
    assert "is a folder" in capsys.readouterr().err


def test_a_preview_shows_the_customers_that_a_run_would_draw(monkeypatch: pytest.MonkeyPatch, capsys: Printed) -> None:
    assert hubbub(monkeypatch, "preview", "broken-blender", "-n", "3", "--seed", "5", "--first", "2") == 0
    printed = " ".join(capsys.readouterr().out.split())
    for glimpse in glimpses(persona_named("broken-blender"), 5, 3, 2):
        assert f" {glimpse.customer.number} {glimpse.customer.name}, " in printed
        assert all(" ".join(text.split()) in printed for text in glimpse.texts)
        assert glimpse.texts
        assert glimpse.wait_s > 0
    assert "3 customers; patience" in printed


def test_the_gallery_of_shipped_personas_is_current(monkeypatch: pytest.MonkeyPatch, capsys: Printed) -> None:
    assert hubbub(monkeypatch, "preview", shipped_dir("personas"), "--gallery") == 0
    page = (ROOT / "docs" / "personas-gallery.md").read_text(encoding="utf-8")
    assert capsys.readouterr().out == page, "run scripts/fix"


@pytest.mark.parametrize("name", ["nosuch.yaml", "personas/nosuch", "./broken-blender"])
def test_a_path_to_nothing_is_said_to_be_one(name: str) -> None:
    with pytest.raises(UsageError, match="there is no file"):
        persona_named(name)


def test_a_pack_of_ones_own_speaks_the_language_that_it_stands_on_and_mails_are_hours_apart(
    monkeypatch: pytest.MonkeyPatch, capsys: Printed, tmp_path: Path
) -> None:
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "pack.yaml").write_text("language: en\n")
    text = "persona: p\ngoal: {intent: track_order}\nmanner: {pack: pack}\nchannel: email\n"
    (tmp_path / "p.yaml").write_text(text)
    assert hubbub(monkeypatch, "talk", tmp_path / "p.yaml") == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    assert re.search(r"^ *\d+\.\d\d h  customer  ", shown.out, re.MULTILINE)
