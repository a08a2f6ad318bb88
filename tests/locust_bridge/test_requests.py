"""The page's requests, without a browser: what they change, what they may not, and that nothing is lost by it."""

import urllib.request
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from locust_bridge_sessions import (
    PATIENCE_S,
    START,
    accounted,
    agent_saw,
    asked,
    counted_turns,
    results,
    serve,
    turns_in,
)

from hubbub.journal import read_folder
from hubbub.model import Started
from hubbub.runs.again import customer_of
from hubbub.runs.plan import read_plan

pytestmark = pytest.mark.slow
Locust = Callable[..., object]
Until = Callable[..., None]


def test_another_sites_page_starts_and_reads_nothing(locust: Locust, until: Until) -> None:
    url = serve(locust, until)
    assert asked(url, "/swarm", START, Origin="http://evil.example")[0] == 403
    assert asked(url, "/swarm", START, Origin="null")[0] == 403
    assert asked(url, "/stop", {}, Sec_Fetch_Site="cross-site")[0] == 403
    assert asked(url, "/stats/reset", {}, Sec_Fetch_Site="cross-site")[0] == 403
    assert asked(url, "/stop")[0] == 405, "nothing is changed by reading"
    assert asked(url, "/stats/requests", Host="rebound.example")[0] == 403
    assert asked(url, "/hubbub/state")[1] == {"run": "", "busy": False, "problem": ""}


def test_the_page_points_the_load_nowhere_and_sets_only_what_it_shows(
    house: Path, locust: Locust, until: Until
) -> None:
    url = serve(locust, until)
    for field, value in (("host", "http://10.0.0.1"), ("results", "/tmp/elsewhere"), ("web_host", "0.0.0.0")):
        assert not asked(url, "/swarm", START | {field: value})[1]["success"], field
    for settings in (
        b'{"user_class_name": "Customers", "host": "http://10.0.0.1"}',
        b'{"user_class_name": "Customers", "\\u0068ost": "http://10.0.0.1"}',
        b'{"user_class_name": "Customers", "wait_time": "1"}',
        b"[]",
    ):
        assert not asked(url, "/user", settings, Content_Type="application/json")[1]["success"], settings
    assert asked(url, "/hubbub/state")[1] == {"run": "", "busy": False, "problem": ""}
    assert not (house / "results").exists()


def test_stopped_and_started_again_five_times_nothing_is_lost(
    house: Path, locust: Locust, until: Until, write: Callable[..., None]
) -> None:
    write(duration=120)
    url = serve(locust, until)

    def counted(folder: Path) -> bool:
        """Whether Locust's table, which is shown up to two seconds late, counts what the journal holds."""
        told = asked(url, "/stats/requests")[1]
        return told["state"] == "stopped" and told["stats"][-1]["num_requests"] == counted_turns(folder)

    for cycle in range(5):
        assert asked(url, "/swarm", START)[1]["success"]
        until(lambda cycle=cycle: (house / "results").is_dir() and len(list((house / "results").iterdir())) > cycle)
        folder = results(house, at=cycle)
        if cycle != 3:  # that one is stopped while it is still being made ready
            until(lambda folder=folder: turns_in(folder) > 5)
        assert asked(url, "/stop", {})[0] == 200
        until(lambda: not asked(url, "/hubbub/state")[1]["busy"])
        assert (folder / "verdict.json").exists()
        assert accounted(folder)
        assert agent_saw(folder) == turns_in(folder)
        until(lambda folder=folder: counted(folder))
        summary = msgspec.json.decode((folder / "summary.json").read_bytes())
        assert summary["turns"] == counted_turns(folder)
        assert summary["interrupted"]


def test_rate_and_mix_are_changed_by_the_pages_fields_while_a_run_is_under_way(
    house: Path, locust: Locust, until: Until, write: Callable[..., None]
) -> None:
    tracker = (house / "tracker.yaml").read_text()
    (house / "people").mkdir()
    for name in ("tracker", "another"):
        (house / "people" / f"{name}.yaml").write_text(tracker.replace("persona: tracker", f"persona: {name}"))
    write(duration=120, arrivals="{process: constant, rate_per_s: 10}")
    workload = house / "small.yaml"
    workload.write_text(workload.read_text().replace("from: tracker.yaml", "from: people"))
    url = serve(locust, until)
    whole = START | {"mix": "another=1, tracker=1"}
    assert asked(url, "/swarm", whole)[1]["success"]
    until(lambda: asked(url, "/hubbub/state")[1].get("turns", 0) > 5)
    assert not asked(url, "/swarm", whole | {"seed": "8"})[1]["success"], "that would be another run"
    assert not asked(url, "/swarm", whole | {"mix": "nobody=1"})[1]["success"]
    assert asked(url, "/swarm", whole | {"mix": "another=1", "arrival_rate": "30"})[1]["success"]
    assert asked(url, "/hubbub/state")[1]["mix"] == "another=1"
    folder = results(house)
    [revision] = read_plan(folder).revisions
    until(lambda: sum(r.due_s >= revision.at_s for r in read_folder(folder) if isinstance(r, Started)) > 60)
    assert asked(url, "/stop", {})[0] == 200
    until(lambda: (folder / "verdict.json").exists())
    plan = read_plan(folder)
    came = sorted((r for r in read_folder(folder) if isinstance(r, Started)), key=lambda r: r.number)
    before, after = ([r for r in came if (r.due_s >= revision.at_s) is late] for late in (False, True))
    assert {r.persona for r in before} == {"tracker", "another"}
    assert {r.persona for r in after} == {"another"}
    assert len(after) / (came[-1].due_s - revision.at_s) > 2 * len(before) / revision.at_s
    assert [customer_of(plan, r.number).persona.persona for r in came] == [r.persona for r in came]
    assert accounted(folder)


def test_a_secret_of_the_workload_is_in_nothing_that_is_shown_or_kept(
    house: Path, locust: Locust, until: Until, write: Callable[..., None]
) -> None:
    secret = "the agents own secret"
    write(agent="{connector: openai-chat, embedded: {service_s: 0.03}, auth: {bearer_env: AGENT_TOKEN}}")
    outputs = ("--headless", "--processes", "2", "--csv", "t", "--html", "t.html", "--json-file", "t")
    session = locust(*outputs, "--loglevel", "DEBUG", AGENT_TOKEN=secret)
    assert session.wait(PATIENCE_S) == 0, session.said()
    url = serve(locust, until, AGENT_TOKEN=secret)
    for path in ("/", "/hubbub/state", "/stats/requests", "/logs", "/tasks", "/exceptions", "/stats/report"):
        with urllib.request.urlopen(url + path) as answer:
            assert secret not in answer.read().decode(), path
    for path in house.rglob("*"):
        assert not path.is_file() or secret.encode() not in path.read_bytes(), path
