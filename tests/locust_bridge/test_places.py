"""Which workers an embedded agent can be reached from."""

import pytest
from msgspec.structs import replace
from rehearsal import a_persona, a_workload

from hubbub.errors import UsageError
from hubbub.locust_bridge.places import loopback
from hubbub.locust_bridge.player import check_reach
from hubbub.model import EmbeddedAgent
from hubbub.runs.plan import Plan, Weighted

PLAN = Plan("run", a_workload(), (Weighted(a_persona(), 1.0),), "http://127.0.0.1:8080", 2, "")
EMBEDDED = replace(PLAN, workload=replace(PLAN.workload, agent=replace(PLAN.workload.agent, embedded=EmbeddedAgent())))


def test_an_embedded_agent_is_refused_to_a_worker_elsewhere_with_what_to_do() -> None:
    with pytest.raises(UsageError, match="hubbub agent --expose"):
        check_reach(EMBEDDED, "another kernel net:[1]")


def test_beside_its_agent_a_worker_takes_part_and_an_agent_with_an_address_is_everyones() -> None:
    check_reach(EMBEDDED, loopback())
    check_reach(PLAN, "another kernel net:[1]")
