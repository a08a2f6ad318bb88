"""A log goes in; a pack, personas, workloads and a report come out, and nothing of anybody's."""

import csv
import json
from pathlib import Path

import pytest
import yaml
from cli.words import hubbub
from learning.made_log import DETAILS, FIRST, german_rows, rows

from hubbub.customers.pack import pack
from hubbub.customers.population import Population
from hubbub.customers.preview import glimpses
from hubbub.specs.checking import check_paths
from hubbub.specs.persona import load_persona
from hubbub.specs.workload import load_workload


@pytest.fixture(scope="module")
def learnt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("learn")
    log = folder / "log.jsonl"
    log.write_text("\n".join(map(json.dumps, rows())) + '\n{broken\n{"conversation": "c0", "text": "x"}\n')
    with pytest.MonkeyPatch.context() as patch:
        assert hubbub(patch, "learn", log, "--out", folder / "out", "--name", "shop") == 0
    return folder / "out"


def written(learnt: Path) -> str:
    return "\n".join(file.read_text() for file in sorted(learnt.rglob("*")) if file.is_file())


def test_everything_that_is_written_is_sound(learnt: Path):
    assert check_paths([learnt]).mistakes == ()
    names = {file.name for file in learnt.iterdir()}
    assert {"pack", "personas", "peak.yaml", "day.yaml", "report.html", "fit.json", "review.txt"} <= names
    assert ">nan<" not in (learnt / "report.html").read_text()  # too few arrivals for a distance are told to be
    loaded = load_workload(learnt / "peak.yaml")
    assert sum(weight for _, weight in loaded.personas) == pytest.approx(1, abs=0.01)


def test_nothing_private_and_nothing_that_one_customer_said_is_written(learnt: Path):
    text = written(learnt).lower()
    for row in rows():
        if row["sender"] == "customer" and len(row["text"].split()) == 4 and row["text"].isalpha() is False:
            words = row["text"].split()
            if all(len(word) == 7 for word in words):
                assert not any(word in text for word in words), row
    assert "quarkson" not in text
    assert "realmail" not in text
    assert "867-5" not in text
    assert not any(f"a-{10_000 + n}" in text for n in range(60))
    acts = (learnt / "pack" / "acts.yaml").read_text().lower()
    assert not any(name.lower() in acts.split() for name in FIRST)


def test_what_many_said_is_what_learnt_customers_say(learnt: Path):
    acts = (learnt / "pack" / "acts.yaml").read_text()
    assert "no thanks" in acts
    assert any(detail in acts for detail in DETAILS)
    persona = load_persona(sorted((learnt / "personas").glob("*.yaml"))[0])
    said = {text.lower().rstrip(".?!") for glimpse in glimpses(persona, 1, 40) for text in glimpse.texts}
    assert {"hi", "hello", "good morning"} & said


def test_customers_know_made_up_values_of_the_shapes_that_were_told(learnt: Path):
    loaded = load_workload(learnt / "peak.yaml")
    population = Population(loaded.personas, 3)
    knows: dict[str, str] = {}
    for number in range(40):
        knows |= population.draw(number).knows
    assert knows["order_id"].startswith("A-")  # as the agent asks for it, with the letter that all have
    assert "example." in knows.get("email", "@example.")
    assert "555" in knows.get("phone", "555")


def test_the_pace_and_the_hours_are_the_logs(learnt: Path):
    pack = (learnt / "pack" / "pack.yaml").read_text()
    assert "think_s" in pack
    assert "bursts: [0.8" in pack  # one turn in eight or nine has two messages
    fit = json.loads((learnt / "fit.json").read_text())
    assert {one["name"] for one in fit["distributions"]} == {
        "length of a message", "messages in a conversation", "time to answer",
    }  # fmt: skip
    assert len(fit["hours"]) == 24


def test_bad_rows_are_listed_with_their_line_and_without_what_they_said(learnt: Path):
    assert [line.split(": ")[0] for line in (learnt / "skipped.txt").read_text().splitlines()] == [
        "log.jsonl:1081",
        "log.jsonl:1082",
    ]


def test_a_table_is_read_by_the_names_of_its_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    log = tmp_path / "log.csv"
    with log.open("w", newline="") as out:
        table = csv.writer(out)
        table.writerow(["ticket", "when", "who", "words"])
        table.writerows(list(row.values()) for row in rows(30))
    columns = [
        word for pair in ("conversation=ticket", "time=when", "sender=who", "text=words") for word in ("--column", pair)
    ]
    assert hubbub(monkeypatch, "learn", log, "--out", tmp_path / "out", *columns) == 0


def test_german_customers_are_learnt_as_such_and_the_agent_is_asked_to_speak_german(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    log = tmp_path / "log.jsonl"
    log.write_text("\n".join(json.dumps(row) for row in german_rows()), encoding="utf-8")
    assert hubbub(monkeypatch, "learn", log, "--out", tmp_path / "out", "--locale", "de-DE") == 0
    fit = json.loads((tmp_path / "out" / "fit.json").read_text())
    assert sum(abs(theirs - ours) for theirs, ours in fit["mix"].values()) / 2 < 0.08
    assert next(one["ks"] for one in fit["distributions"] if one["name"] == "length of a message") < 0.15
    loaded = load_workload(tmp_path / "out" / "peak.yaml")
    assert loaded.workload.agent.embedded.languages == ("de",)
    assert not {"hallo", "guten", "mein", "ich"} & {
        word for persona, _ in loaded.personas for word in persona.goal.intent.split("_")
    }


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no conversation"),
        ("hello\nworld\n", "no conversation"),
        ("\n".join(map(json.dumps, rows(3))), "only 3 conversations"),
    ],
)
def test_an_unusable_file_says_why(
    text: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / "log.jsonl").write_text(text)
    assert hubbub(monkeypatch, "learn", tmp_path / "log.jsonl", "--out", tmp_path / "out") == 2
    assert reason in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_locale_that_no_persona_may_have_is_told_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    log = tmp_path / "log.jsonl"
    log.write_text("\n".join(map(json.dumps, rows())))
    assert hubbub(monkeypatch, "learn", log, "--out", tmp_path / "out", "--locale", "en_US") == 2
    assert "the locale 'en_US' is not a language and region, such as en-US" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_there_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    assert hubbub(monkeypatch, "learn", tmp_path / "none.jsonl", "--out", tmp_path) == 2
    assert "is there already" in capsys.readouterr().err


def test_a_sentence_that_one_customer_says_each_time_it_comes_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Who came is told by a column: three tickets of one are still one."""
    found = rows()
    for number in (3, 17, 40):
        last = max(at for at, row in enumerate(found) if row["conversation"] == f"c{number}")
        found.insert(last, {**found[last], "sender": "customer", "text": "the violet heron sings at dusk"})
    for row in found:
        row["customer_id"] = "u1" if row["conversation"] in ("c3", "c17", "c40") else row["conversation"]
    log = tmp_path / "log.jsonl"
    log.write_text("\n".join(map(json.dumps, found)))
    assert hubbub(monkeypatch, "learn", log, "--out", tmp_path / "out") == 0
    assert "heron" not in written(tmp_path / "out")


def test_whatever_the_shipped_words_thank_for_learnt_customers_thank_as_in_the_log(learnt: Path):
    """What a learnt act leaves out is said in the shipped words: half of all thanks were, when they got a new kind."""
    ours, shipped = pack(str(learnt / "pack")).acts, pack("en").acts
    for act in ("thank", "bye", "confirm"):
        kept = {about for about in ours[act] if about in shipped[act] and ours[act][about] == shipped[act][about]}
        assert kept <= {"handoff", "handoff/terse"}


def test_who_knows_no_name_greets_without_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Customers who greet by their name taught others a greeting that these had no value for."""
    found = rows()
    for row in found:
        if row["text"] in ("hi", "hello", "good morning"):
            row["text"] = (
                f"hi this is {FIRST[int(row['conversation'][1:]) % len(FIRST)]}" if row["text"] == "hi" else "hello"
            )
    log = tmp_path / "log.jsonl"
    log.write_text("\n".join(map(json.dumps, found)))
    assert hubbub(monkeypatch, "learn", log, "--out", tmp_path / "out") == 0
    acts = yaml.safe_load((tmp_path / "out" / "pack" / "acts.yaml").read_text())
    said = [phrase for act in ("smalltalk", "thank", "bye") for phrase in acts.get(act, {}).values()]
    assert said
    assert not any("{" in phrase for phrase in said)
