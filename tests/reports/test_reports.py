"""Every report tells the same, comes out the same twice, and lets nothing hostile through."""

import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from msgspec.json import decode
from msgspec.structs import replace
from rich.cells import cell_len
from rich.console import Console

from hubbub.gates import Gate, judge, parse_gate
from hubbub.model import AgentSpec, Arrivals, CustomersSpec, LoadEscalation, Silence, Slice, Summary, Verdict, Workload
from hubbub.reports.evidence import read_evidence
from hubbub.reports.files import write_reports
from hubbub.reports.junit import junit
from hubbub.reports.markdown import markdown
from hubbub.reports.plain import plain
from hubbub.reports.progress import Progress
from hubbub.reports.progress import told as progress_rows
from hubbub.reports.tables import Table
from hubbub.reports.terminal import print_table, shortened, show
from hubbub.stats.fold import Fold
from hubbub.stats.live import Live
from tests.made import whole_run, write_run

HOSTILE = (
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "{{ 7 * 7 }}{% raw %}",
    "\x1b[31mred\x1b]0;title\x07",
    "\u202etxt.exe",
    "]]>&amp;<!--",
    "a | b\n# heading\n[x](javascript:alert(1)) @team ``",
    "\ud800 lone",
    "[bold]markup[/bold]",
    "x" * 5000,
)
GATES = ("turn_p95_s <= 10", "turn_p50_s <= 0.1", "missed_escalation_rate <= 5 %")


@pytest.fixture(scope="module")
def summary() -> Summary:
    fold = Fold()
    for record in whole_run(400):
        fold.add(record)
    return fold.summary()


@pytest.fixture(scope="module")
def verdict(summary: Summary) -> Verdict:
    return judge(summary, [gate for text in GATES if isinstance(gate := parse_gate(text), Gate)])


def spoilt(summary: Summary, verdict: Verdict, bad: str) -> tuple[Summary, Verdict]:
    """The same run with something hostile wherever a name or a reason comes from elsewhere."""
    part = Slice(bad, 1, summary.by_stage[0].metrics)
    fitness = replace(summary.fitness, problems=(bad,))
    changed = replace(summary, workload=bad, by_stage=(part,), by_persona=(part,), failures={bad: 3}, findings={bad: 1})
    results = tuple(replace(result, gate=bad, reason=bad) for result in verdict.gates)
    return replace(changed, fitness=fitness), replace(verdict, reasons=(bad,), gates=results)


def on_terminal(summary: Summary, verdict: Verdict, **console: object) -> str:
    out = io.StringIO()
    show(Console(file=out, width=80, **console), summary, verdict, Path("results/peak"))  # type: ignore[arg-type]
    return out.getvalue()


# -- terminal --------------------------------------------------------------------------------------------------------


def test_the_terminal_tells_gates_matrix_failures_health_verdict_and_folder(summary: Summary, verdict: Verdict) -> None:
    told = on_terminal(summary, verdict)
    for words in ("turn_p50_s <= 0.1", "fail", "unsure", "http_429", "missed", "needless", "sent late by", "By stage"):
        assert words in told
    assert told.endswith("Results: results/peak\n")
    assert "Verdict: fail" in told


FIGURES = ("1,000", "0.0643s", "0.0643s", "12.5%", "66.7%", "100%", "54.5%")
NAMES = ("asks-for-the-press-office", "late-return-after-hospital", "x" * 40, "電気が止まった" * 4, "short")


@pytest.mark.parametrize("width", [80, 100, 160])
def test_no_name_folds_however_wide_the_terminal(width: int) -> None:
    out = io.StringIO()
    head = ("persona", "convs", "text p95", "turn p95", "failed", "missed", "needless", "resolved")
    table = Table("By persona", head, tuple((name, *FIGURES) for name in NAMES))
    print_table(Console(file=out, width=width), table)
    rows = [line for line in out.getvalue().splitlines() if "66.7%" in line]
    assert len(rows) == len(NAMES)
    assert len([line for line in out.getvalue().splitlines() if line.strip()]) == len(NAMES) + 3
    assert rows[0].split()[0] == NAMES[0] if width > 80 else rows[0].split()[0].startswith("asks")
    assert rows[0].split()[0].endswith("office")


@pytest.mark.parametrize("room", range(3, 30))
def test_a_name_is_shortened_in_its_middle_to_the_room_there_is(room: int) -> None:
    for name in NAMES:
        short = shortened(name, room)
        assert cell_len(short) <= max(room, 1)
        assert short == name or (name.startswith(short.partition("…")[0]) and name.endswith(short.partition("…")[2]))


def test_it_fits_80_columns_and_has_no_colour_where_there_is_no_terminal(summary: Summary, verdict: Verdict) -> None:
    told = on_terminal(summary, verdict)
    assert max(len(line) for line in told.splitlines()) <= 80
    assert "\x1b" not in told
    assert "\x1b" in on_terminal(summary, verdict, force_terminal=True, color_system="standard")


@pytest.mark.parametrize("bad", HOSTILE)
def test_nothing_steers_the_terminal(summary: Summary, verdict: Verdict, bad: str) -> None:
    told = on_terminal(*spoilt(summary, verdict, bad))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", told)


# -- progress --------------------------------------------------------------------------------------------------------

WORKLOAD = Workload(
    workload="peak",
    agent=AgentSpec(connector="openai-chat"),
    customers=CustomersSpec(from_="personas"),
    arrivals=Arrivals(rate_per_s=2.0),
)
LIVE = Live(started=20, ended=5, turns=50, right=4, wrong=1, failures={"http_429": 3}, recent_turn_s=(1.0, 2.0))


def progress(quiet: bool = False, **console: object) -> str:
    out = io.StringIO()
    with Progress(Console(file=out, width=80, **console), WORKLOAD, quiet=quiet) as shown:  # type: ignore[arg-type]
        for half_seconds in range(24):
            shown.tell(replace(LIVE, started=half_seconds), half_seconds / 2)
    return out.getvalue()


def test_in_a_log_there_is_a_line_every_five_seconds() -> None:
    lines = progress().splitlines()
    assert len(lines) == 3
    assert "open 15" in lines[2]
    assert "arrivals 2.0/s" in lines[2]
    assert "http_429 3" in lines[2]
    assert "\x1b" not in lines[2]


def test_on_a_terminal_the_table_is_drawn_and_taken_away() -> None:
    told = progress(force_terminal=True)
    assert "escalations" in told
    assert "4 right, 1 wrong" in told


def test_quiet_is_quiet() -> None:
    assert progress(quiet=True) == ""


def test_what_is_waited_for_after_the_last_arrival_is_no_more_than_all_of_the_time() -> None:
    told = [dict(progress_rows(LIVE, at_s, 60.0, (0.0, 0.0)))["time"] for at_s in (-0.2, 30.0, 60.2, 65.0)]
    assert told == ["0/60 s", "30/60 s", "60/60 s", "60/60 s + 5 s of drain"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
def test_a_full_disk_under_the_log_does_not_end_the_run() -> None:
    log = Path("/dev/full").open("w")  # noqa: SIM115 - closing it is what fails
    with Progress(Console(file=log, width=80), WORKLOAD) as shown:
        for half_seconds in range(24):
            shown.tell(LIVE, half_seconds / 2)
    with pytest.raises(OSError, match="No space left"):
        log.close()


# -- JUnit -----------------------------------------------------------------------------------------------------------


def test_junit_has_a_case_per_gate_and_per_failed_class(summary: Summary, verdict: Verdict) -> None:
    root = ElementTree.fromstring(junit(summary, verdict))
    cases = {case.get("name"): case for case in root.iter("testcase")}
    assert set(GATES) <= set(cases)
    assert {*summary.failures, *summary.findings} <= set(cases)
    assert cases["turn_p95_s <= 10"].find("failure") is None
    assert cases["turn_p50_s <= 0.1"].find("failure") is not None
    assert cases["missed_escalation_rate <= 5 %"].find("error") is not None


def test_junit_is_red_where_the_agent_answered_no_more_and_no_gate_saw_it(summary: Summary) -> None:
    mute = replace(summary, silence=Silence(31.25, 12, {"left": 7, "reset": 5}))
    root = ElementTree.fromstring(junit(mute, judge(mute, [])))
    (case,) = root.iterfind(".//testcase[@classname='hubbub.agent']")
    failure = case.find("failure")
    assert failure is not None
    assert "its last reply came at 31.2 s" in failure.attrib["message"]
    assert "12 turns after it was answered: customers who left first 7, reset 5" in failure.attrib["message"]
    assert root.attrib["failures"] == "1"


def test_junit_has_the_shape_that_readers_expect(summary: Summary, verdict: Verdict) -> None:
    """The common XSD: testsuites > testsuite > testcase > one of failure, error, system-out; counts that add up."""
    root = ElementTree.fromstring(junit(summary, verdict))
    assert root.tag == "testsuites"
    (suite,) = root
    cases = suite.findall("testcase")
    assert [child.tag for child in suite] == ["testcase"] * len(cases)
    for node in (root, suite):
        assert int(node.attrib["tests"]) == len(cases)
        assert int(node.attrib["failures"]) == len(suite.findall("testcase/failure"))
        assert int(node.attrib["errors"]) == len(suite.findall("testcase/error"))
        assert float(node.attrib["time"]) > 0
    assert "skipped" in suite.attrib
    for case in cases:
        assert set(case.attrib) == {"classname", "name", "time"}
        assert [child.tag for child in case] in (["failure"], ["error"], ["system-out"])


def test_junit_is_green_exactly_when_the_run_passed(summary: Summary, verdict: Verdict) -> None:
    def red(summary: Summary, verdict: Verdict) -> bool:
        suite = ElementTree.fromstring(junit(summary, verdict))[0]
        return suite.attrib["failures"] != "0" or suite.attrib["errors"] != "0"

    assert red(summary, verdict)
    assert not red(summary, judge(summary, []))
    unfit = replace(summary, fitness=replace(summary.fitness, problems=("late_send: far too late",)))
    assert red(unfit, judge(unfit, []))
    leaky = replace(summary, findings={"cross_talk": 1})
    assert red(leaky, judge(leaky, []))


@pytest.mark.parametrize("bad", HOSTILE)
def test_junit_stays_well_formed(summary: Summary, verdict: Verdict, bad: str) -> None:
    ElementTree.fromstring(junit(*spoilt(summary, verdict, bad)))


# -- markdown --------------------------------------------------------------------------------------------------------


def test_markdown_tables_keep_their_columns_whatever_is_in_them(summary: Summary, verdict: Verdict) -> None:
    for bad in HOSTILE:
        told = markdown(*spoilt(summary, verdict, bad))
        columns = 0
        for line in told.splitlines():
            found = len(re.findall(r"(?<!\\)\|", line))
            columns = found if not columns or not found else columns
            assert found == columns or not found
            columns = found
        assert "<script" not in told.replace("\\<script", "")
        assert not re.search(r"(?<!\\)@team", told)


# -- files -----------------------------------------------------------------------------------------------------------


def test_two_reports_of_one_run_are_the_same_bytes(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run", GATES)
    files = {}
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write_reports(tmp_path / name, read_evidence(run))
        files[name] = {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
    assert files["one"] == files["two"]
    assert set(files["one"]) == {"summary.json", "verdict.json", "junit.xml", "summary.md", "report.html"}


def test_the_json_files_carry_a_format_and_come_back_as_they_were(tmp_path: Path) -> None:
    evidence = read_evidence(write_run(tmp_path, GATES))
    write_reports(tmp_path, evidence)
    assert json.loads((tmp_path / "summary.json").read_text())["format"] == 1
    assert decode((tmp_path / "summary.json").read_bytes(), type=Summary) == evidence.summary
    assert decode((tmp_path / "verdict.json").read_bytes(), type=Verdict) == evidence.verdict


@pytest.mark.parametrize("bad", HOSTILE)
def test_plain_text_is_one_visible_line(bad: str) -> None:
    told = plain(bad)
    assert told.isprintable()
    assert len(told) < 1000
    told.encode()


def test_what_could_not_be_seen_is_told_whether_anything_failed_or_not(summary: Summary, verdict: Verdict) -> None:
    unseen = replace(summary, blind=("false_promise",))
    for run in (unseen, replace(unseen, failures={}, findings={})):
        told = " ".join(on_terminal(run, verdict).lower().split())
        assert "not observable" in told
        assert "false_promise" in told
    assert "not observable" not in on_terminal(replace(summary, blind=()), verdict).lower()


def test_an_agent_that_sheds_load_by_escalating_is_told_of_and_chance_is_not(
    summary: Summary, verdict: Verdict
) -> None:
    sure = replace(summary, load_escalation=LoadEscalation(4.2, 0.00003, 400))
    assert "escalates more the higher the load" in " ".join(on_terminal(sure, verdict).split())
    chance = replace(summary, load_escalation=LoadEscalation(1.2, 0.23, 400))
    assert "higher the load" not in on_terminal(chance, verdict)
