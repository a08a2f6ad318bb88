"""`hubbub new`: what it writes is right as it stands, and nothing of the author's is lost."""

import os
import re
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest

from hubbub.specs.beginnings import SLOTS, PersonaDraft, WorkloadDraft, persona_text, workload_text
from hubbub.specs.persona import load_persona
from hubbub.specs.shipped import shipped_dir
from hubbub.specs.workload import load_workload
from tests.cli.words import hubbub

Printed = pytest.CaptureFixture[str]
ODD = ("get_refund", 'the "thing": #1', "null", "12:30", "no", "-", "{x}", "Où est-il ?", "a\\b", "on, off")


@pytest.fixture(autouse=True)
def somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("industry", "decision"), list(product((*SLOTS, "space"), ("must", "may", "must_not"))))
def test_every_choice_makes_a_good_persona(industry: str, decision: str, tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(persona_text(PersonaDraft("p", "get_refund", decision, industry), "s.json"))  # type: ignore[arg-type]
    persona = load_persona(path)
    assert persona.industry == industry
    assert persona.expect.escalation is not None
    assert persona.expect.escalation.decision == decision
    assert set(persona.goal.tells) <= set(persona.knows)


@pytest.mark.parametrize("words", ODD)
def test_words_are_kept_as_they_were_given(words: str, tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(persona_text(PersonaDraft("null", words, "may", words, words), "s.json"), encoding="utf-8")
    persona = load_persona(path)
    assert (persona.persona, persona.goal.intent, persona.industry, persona.summary) == ("null", words, words, words)


@pytest.mark.parametrize("url", ["", "http://127.0.0.1:8080/v1/chat/completions"])
def test_a_workload_is_good_with_and_without_an_agent_of_ones_own(url: str, tmp_path: Path) -> None:
    path = tmp_path / "w.yaml"
    path.write_text(workload_text(WorkloadDraft("w", str(shipped_dir("personas")), url, rate_per_s=2.5), "s.json"))
    workload = load_workload(path).workload
    assert (workload.agent.url or "") == url
    assert workload.arrivals.rate_per_s == 2.5


def test_without_a_terminal_nothing_is_asked_and_the_editor_finds_its_schema(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    assert hubbub(monkeypatch, "new", "persona", "late") == 0
    assert hubbub(monkeypatch, "new", "workload", "mine") == 0
    assert hubbub(monkeypatch, "check", ".") == 0
    assert "2 files fine: 1 persona, 1 workload" in capsys.readouterr().out
    for file in ("personas/retail/late.yaml", "workloads/mine.yaml"):
        path = tmp_path / file
        found = re.match(r"# yaml-language-server: \$schema=(\S+)\n", path.read_text())
        assert found
        assert (path.parent / found[1]).is_file()


def test_where_there_is_nobody_yet_the_shipped_ones_come_and_only_those_whom_most_agents_understand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "personas").mkdir()
    assert hubbub(monkeypatch, "new", "workload", "mine") == 0
    people = load_workload(tmp_path / "workloads" / "mine.yaml").personas
    assert len(people) > 50
    assert {persona.locale.partition("-")[0] for persona, _ in people} == {"en"}
    assert "there are personas in de, es, fr" in (tmp_path / "workloads" / "mine.yaml").read_text()


@pytest.mark.parametrize("locale", ["en-GB", "de-DE"])
def test_people_of_one_language_all_come(locale: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "personas").mkdir()
    (tmp_path / "personas" / "one.yaml").write_text(f"persona: one\ngoal: {{intent: get_refund}}\nlocale: {locale}\n")
    (tmp_path / "personas" / "other.yaml").write_text("workload: other\n")
    assert hubbub(monkeypatch, "new", "workload", "mine") == 0
    assert "languages:" not in (tmp_path / "workloads" / "mine.yaml").read_text()
    assert len(load_workload(tmp_path / "workloads" / "mine.yaml").personas) == 1


def test_the_connector_is_the_one_that_was_given_whoever_the_agent_is(monkeypatch: pytest.MonkeyPatch) -> None:
    assert hubbub(monkeypatch, "new", "workload", "ours", "--connector", "http-json") == 0
    assert hubbub(monkeypatch, "new", "workload", "mine", "--connector", "lex", "--url", "http://127.0.0.1:9") == 0
    for name, connector in (("ours", "http-json"), ("mine", "lex")):
        assert load_workload(Path(f"workloads/{name}.yaml")).workload.agent.connector == connector


@pytest.mark.parametrize(
    ("connector", "told"), [("lex", "the reference agent does not speak lex: give a `url`"), ("htp-json", "http-json?")]
)
def test_a_connector_that_cannot_be_used_is_told_before_anything_is_written(
    connector: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    assert hubbub(monkeypatch, "new", "workload", "mine", "--connector", connector) == 2
    assert told in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_there_is_kept_unless_told_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    path = tmp_path / "personas" / "retail" / "late.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("mine")
    assert hubbub(monkeypatch, "new", "persona", "late") == 2
    assert "--force" in capsys.readouterr().err
    assert path.read_text() == "mine"
    assert hubbub(monkeypatch, "new", "persona", "late", "--force") == 0
    assert load_persona(path).persona == "late"


@pytest.mark.parametrize("name", ["../x", "", "a/b", "-x", "ü"])
def test_a_name_that_is_none_writes_nothing(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert hubbub(monkeypatch, "new", "persona", "--", name) == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are of Unix")
def test_on_a_terminal_it_asks_three_questions_and_no_more(tmp_path: Path) -> None:
    ours, theirs = os.openpty()
    words = [sys.executable, "-m", "hubbub", "new", "persona", "asked"]
    asking = subprocess.Popen(words, stdin=theirs, stdout=theirs, stderr=theirs, cwd=tmp_path)
    os.close(theirs)
    told = b""
    for answer in (b"banking\n", b"block_card\n", b"\n"):
        while not told.endswith(b"]: "):
            told += os.read(ours, 4096)
        os.write(ours, answer)
        told = b""
    while b"hubbub talk" not in told:
        told += os.read(ours, 4096)
    assert asking.wait(20) == 0
    os.close(ours)
    persona = load_persona(tmp_path / "personas" / "banking" / "asked.yaml")
    assert persona.goal.intent == "block_card"
    assert persona.expect.escalation is not None
    assert persona.expect.escalation.decision == "must_not"
