"""Checks as a run wires them: leaks across processes, what the workload vouches for, answers in the journal."""

from collections.abc import Callable

from rehearsal import Rehearsed, a_persona, a_workload

from hubbub.clock import Clock
from hubbub.connectors.protocol import Caller
from hubbub.customers.population import Population
from hubbub.engine import Share
from hubbub.model import AgentSpec, Fact, Goal, Reply, Source

KNOWS = {"order_id": Source(pattern="A-#####")}
PERSONA = a_persona(goal=Goal(intent="track_order", tells=("order_id",)), knows=KNOWS)


def test_a_value_of_another_processs_customer_is_found_and_names_the_victim(
    rehearse: Callable[..., Rehearsed],
) -> None:
    (stolen,) = Population(((PERSONA, 1.0),), 7).draw(4).tokens

    async def leaks(_: Clock, caller: Caller, __: tuple[str, ...]) -> Reply:
        return Reply(text=f"Your order {stolen} left today." if caller.number == 5 else "It left today.")

    run = rehearse(leaks, a_workload(seed=7), (PERSONA,), Share(1, 2))
    assert {(f.number, f.check) for f in run.findings if f.check == "cross_talk"} == {(5, "cross_talk")}
    assert "customer 4" in next(f.reason for f in run.findings if f.check == "cross_talk")


def test_an_id_is_missed_only_where_the_workload_says_that_there_is_one(rehearse: Callable[..., Rehearsed]) -> None:
    async def untraced(_: Clock, __: Caller, ___: tuple[str, ...]) -> Reply:
        return Reply(text="It left today.")

    def missed(shows: tuple[str, ...]) -> set[str]:
        agent = AgentSpec(connector="openai-chat", url="http://127.0.0.1:1", shows=shows)  # type: ignore[arg-type]
        run = rehearse(untraced, a_workload(agent=agent), (PERSONA,))
        return {f.check for f in run.findings} & {"no_audit_id"}

    assert missed(("audit_id",)) == {"no_audit_id"}
    assert missed(()) == set()


def test_what_was_answered_stands_in_the_conversations_record(rehearse: Callable[..., Rehearsed]) -> None:
    asker = a_persona(
        goal=Goal(intent="track_order", asks=("delivery_eta",)), facts={"delivery_eta": Fact(days=(2.0, 4.0))}
    )

    async def answers(_: Clock, caller: Caller, __: tuple[str, ...]) -> Reply:
        return Reply(text="Delivery takes 9 days." if caller.number == 0 else "Delivery takes 2 to 4 days.")

    run = rehearse(answers, a_workload(), (asker,))
    given = {one.number: one.answers for one in run.ended if one.answers}
    assert given[0] == {"delivery_eta": "9 days"}
    assert given[1] == {"delivery_eta": "2-4 days"}
    assert next(one for one in run.ended if one.number == 0).failed_checks[:1] == ("contradicted_fact",)
