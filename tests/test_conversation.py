"""One conversation: what is timed, what is written, and that an ending always is."""

import asyncio
import re
from collections.abc import Callable

import pytest
from rehearsal import Rehearsed, WaitedOut, a_persona, a_workload

from hubbub.clock import Clock
from hubbub.connectors.protocol import Caller
from hubbub.errors import ExchangeFailed
from hubbub.model import (
    Arrivals,
    EscalationExpectation,
    Expectation,
    Goal,
    Manner,
    Patience,
    Reply,
    Signal,
    Source,
    ToolCall,
    Unasked,
)

Rehearse = Callable[..., Rehearsed]
ONE = a_workload(arrivals=Arrivals(process="constant", rate_per_s=1.0), duration_s=1.0)
DONE = "Your order is on its way and arrives in 2 days. All done. Is there anything else?"


def replying(*texts: str, after_s: float = 0.5) -> Callable[[Clock, Caller, tuple[str, ...]], object]:
    """An agent that says these in turn, the last one for ever."""
    left = list(texts)

    async def answer(clock: Clock, caller: Caller, said: tuple[str, ...]) -> Reply:
        await asyncio.sleep(after_s)
        return Reply(text=left.pop(0) if len(left) > 1 else left[0], status=200)

    return answer


def test_latency_runs_from_the_intended_moment(rehearse: Rehearse) -> None:
    run = rehearse(replying(DONE, after_s=0.5), ONE)
    first = run.turns[0]
    assert first.due_s == 0.0
    assert first.sent_s == pytest.approx(0.0, abs=1e-3)
    assert first.done_s == pytest.approx(0.5, abs=1e-3)
    assert first.first_byte_s == first.first_text_s == pytest.approx(0.5, abs=1e-3)


def test_the_customer_reads_thinks_and_types_between_turns(rehearse: Rehearse) -> None:
    run = rehearse(replying("Could you give me your order number please?", DONE), ONE)
    first, second = run.turns[:2]
    assert second.due_s > first.done_s + 0.2
    assert second.sent_s == pytest.approx(second.due_s, abs=1e-3)


def test_speed_shortens_thinking_and_nothing_else(rehearse: Rehearse) -> None:
    ask = "Could you give me your order number please?"
    plain = rehearse(replying(ask, DONE), ONE)
    fast = rehearse(replying(ask, DONE), a_workload(arrivals=ONE.arrivals, duration_s=1.0, speed=10.0))

    def thought(run: Rehearsed) -> float:
        return run.turns[1].due_s - run.turns[0].done_s

    assert thought(fast) == pytest.approx(thought(plain) / 10, rel=1e-3)
    assert fast.turns[0].done_s - fast.turns[0].sent_s == pytest.approx(0.5, abs=1e-3)


def test_a_failed_turn_carries_its_class_and_what_had_come(rehearse: Rehearse) -> None:
    async def broken(clock: Clock, caller: Caller, said: tuple[str, ...]) -> Reply:
        raise ExchangeFailed("truncated", "no [DONE]", status=200, partial="Your ord")

    run = rehearse(broken, ONE)
    first = run.turns[0]
    assert (first.outcome, first.detail, first.reply.text) == ("truncated", "no [DONE]", "Your ord")
    assert first.heard is None
    assert first.done_s is None
    assert run.ended[0].ending in ("agent_failed", "abandoned")


def test_a_mistake_of_ours_costs_one_conversation_and_is_named(rehearse: Rehearse) -> None:
    async def buggy(clock: Clock, caller: Caller, said: tuple[str, ...]) -> Reply:
        if caller.number == 0:
            raise ZeroDivisionError("ours")
        return Reply(text=DONE)

    run = rehearse(buggy, a_workload(duration_s=2.0))
    assert run.ended[0].ending == "cut_off"
    assert "own_error: ZeroDivisionError" in next(one.reason for one in run.ended if one.number == 0)
    assert len(run.ended) == 4


def test_a_customer_who_waits_too_long_leaves_and_the_wait_is_kept(rehearse: Rehearse) -> None:
    patient = a_persona(patience=Patience(turns=10, wait_s=20.0))
    run = rehearse(replying(DONE, after_s=5000.0), ONE, (patient,))
    assert run.ended[0].ending == "abandoned"
    left = next(turn for turn in run.turns if not turn.overlap)
    assert left.outcome == "left"
    assert 0 < left.over_s < 5000
    assert left.done_s is None


def test_customers_who_wait_say_hello_again_and_that_is_a_turn_of_its_own(rehearse: Rehearse) -> None:
    workload = a_workload(duration_s=60.0)
    run = rehearse(replying(DONE, after_s=400.0), workload, (a_persona(patience=Patience(turns=10, wait_s=300.0)),))
    asides = [turn for turn in run.turns if turn.overlap]
    assert asides
    assert {turn.act for turn in asides} <= {"nudge", "ask_human"}
    for number in {turn.number for turn in asides}:
        turns = sorted(turn.turn for turn in run.turns if turn.number == number)
        assert turns == list(range(1, len(turns) + 1))


def test_a_structured_hand_off_ends_the_conversation_as_escalated(rehearse: Rehearse) -> None:
    async def transfers(clock: Clock, caller: Caller, said: tuple[str, ...]) -> Reply:
        await asyncio.sleep(0.3)
        call = ToolCall("transfer_to_human", "{}")
        signal = Signal("initiated", "tool", queue="fraud")
        return Reply(text="I am transferring you to our fraud team now.", tools=(call,), signals=(signal,))

    must = a_persona(expect=Expectation(escalation=EscalationExpectation(decision="must", trigger="identity_fraud")))
    run = rehearse(transfers, ONE, (must,))
    ended = run.ended[0]
    assert (ended.ending, ended.escalated, ended.provenance, ended.queue) == ("escalated", "initiated", "tool", "fraud")
    assert ended.escalated_turn == 1
    assert ended.escalated_after_s == pytest.approx(0.3, abs=1e-3)
    assert not run.findings


def test_what_belongs_to_another_live_customer_is_found_at_its_turn(rehearse: Rehearse) -> None:
    told: list[str] = []

    async def leaky(clock: Clock, caller: Caller, said: tuple[str, ...]) -> Reply:
        await asyncio.sleep(0.1)
        found = re.search(r"A-\d{6}", " ".join(said))
        if caller.number == 0 and found:
            told.append(found[0])
        stolen = told[0] if told and caller.number == 1 else "an order"
        return Reply(text=f"I see {stolen} here. Could you give me your order number please?")

    teller = a_persona(
        knows={"order_id": Source(pattern="A-######")},
        goal=Goal(intent="track_order", tells=("order_id",)),
        manner=Manner(disclosure="all_at_once", bursts=False),
    )
    run = rehearse(leaky, a_workload(duration_s=2.0), (teller,))
    leak = next(finding for finding in run.findings if finding.check == "cross_talk")
    assert leak.number == 1
    assert told[0] in leak.reason
    turn = next(turn for turn in run.turns if turn.number == 1 and told[0] in turn.reply.text)
    assert leak.turn == turn.turn
    assert {one.number for one in run.ended if "cross_talk" in one.failed_checks} == {1}


def test_an_agent_that_hangs_up_ends_the_conversation(rehearse: Rehearse) -> None:
    async def hangs_up(clock: Clock, caller: Caller, said: tuple[str, ...]) -> Reply:
        return Reply(text="Could you give me your order number please?", ended=True)

    run = rehearse(hangs_up, ONE)
    assert run.ended[0].ending == "agent_ended"
    assert len(run.turns) == 1


def test_conversations_end_at_the_turn_limit(rehearse: Rehearse) -> None:
    endless = a_persona(patience=Patience(turns=200, wait_s=1e5))
    run = rehearse(replying("Hmm."), a_workload(arrivals=ONE.arrivals, duration_s=1.0, max_turns=4), (endless,))
    assert len(run.turns) <= 4


def test_findings_come_before_the_ending_that_counts_them(rehearse: Rehearse) -> None:
    must = a_persona(expect=Expectation(escalation=EscalationExpectation(decision="must")))
    run = rehearse(replying(DONE), ONE, (must,))
    order = [type(record).__name__ for record in run.records if type(record).__name__ in ("Finding", "Conversation")]
    assert order[-1] == "Conversation"
    assert set(order[:-1]) == {"Finding"}
    assert "missed_escalation" in run.ended[0].failed_checks


def test_a_platform_that_calls_a_human_itself_ends_it_and_is_not_the_agents_decision(rehearse: Rehearse) -> None:
    async def late(clock: Clock, caller: Caller, said: tuple[str, ...]) -> Reply:
        await asyncio.sleep(5.0)
        raise ExchangeFailed("deadline_missed", "not answered within 5 s", handed_over="the platform got no answer")

    needy = a_persona(expect=Expectation(escalation=EscalationExpectation(decision="must_not")))
    run = rehearse(late, ONE, (needy,))
    (ended,) = run.ended
    assert (ended.ending, ended.escalated, ended.provenance) == ("escalated", "initiated", "transport")
    assert not ended.judged
    assert {finding.check for finding in run.findings} == {"deadline_missed", "forced_escalation"}
    assert run.turns[-1].outcome == "deadline_missed"


def test_what_comes_between_turns_is_written_and_weighed(rehearse: Rehearse) -> None:
    async def tell_later(clock: Clock, caller: Caller, said: tuple[str, ...]) -> Reply:
        human = Signal("confirmed", "control")
        caller.overhear(Unasked(clock.now(), "late", text="Sam here.", turn=1, signals=(human,)))
        caller.overhear(Unasked(clock.now(), "duplicate", text=DONE, turn=1))
        return Reply(text=DONE)

    run = rehearse(tell_later, ONE)
    assert [(one.kind, one.number, one.at_s) for one in run.of(Unasked)][:2] == [
        ("late", 0, pytest.approx(0.0, abs=1e-3)), ("duplicate", 0, pytest.approx(0.0, abs=1e-3))
    ]  # fmt: skip
    assert run.ended[0].escalated == "confirmed"
    assert "duplicate_reply" in {finding.check for finding in run.findings}


def test_a_reply_that_had_to_be_waited_out_is_over_when_it_was(rehearse: Rehearse) -> None:
    async def answer(clock: Clock, caller: Caller, said: tuple[str, ...]) -> WaitedOut:
        await asyncio.sleep(1.0)
        return WaitedOut(Reply(text="Could you give me your order number please?"), 30.0)

    run = rehearse(answer, ONE, (a_persona(patience=Patience(turns=3, wait_s=8)),))
    first, second = run.turns[:2]
    assert first.done_s == pytest.approx(1.0, abs=1e-3)
    assert {turn.outcome for turn in run.turns} == {"ok"}
    assert not any(turn.overlap for turn in run.turns)
    assert second.due_s > 31.0
    assert second.sent_s == pytest.approx(second.due_s, abs=1e-3)


ELSEWHERE = a_persona(
    knows={"order_id": Source(pattern="A-#####")},
    goal=Goal(intent="track_order", tells=("order_id",)),
    then=(Goal(intent="track_order", after_s=900, channel="voice"),),
    patience=Patience(turns=60, wait_s=1e5),
)


@pytest.mark.parametrize("knows", [True, False])
def test_who_comes_back_on_another_channel_is_the_same_over_a_new_line(rehearse: Rehearse, knows: bool) -> None:
    lines: list[Caller] = []
    told: set[tuple[str, str]] = set()

    async def answer(clock: Clock, caller: Caller, said: tuple[str, ...]) -> Reply:
        lines.append(caller)
        if re.search(r"\d{5}", " ".join(said)):
            told.add((caller.key, "" if knows else caller.channel))
        if (caller.key, "" if knows else caller.channel) in told:
            return Reply(text=DONE, ended=caller.visit == 1)
        return Reply(text="Could you give me your order number please?")

    run = rehearse(answer, ONE, (ELSEWHERE,))
    (ended,) = run.ended
    assert {(one.key, one.channel, one.visit) for one in lines} == {("r-0", "web-chat", 1), ("r-0", "voice", 2)}
    assert lines[-1].session_key() == "r-0-2"
    back = [turn for turn in run.turns if turn.channel]
    assert {turn.channel for turn in back} == {"voice"}
    assert back[0].due_s - next(t.over_s for t in reversed(run.turns) if not t.channel) > 900
    assert (ended.ending, ended.channel) == ("resolved", "web-chat")
    lost = [f.reason for f in run.findings if f.check == "context_lost"]
    assert len(lost) == (not knows)
    assert all("on voice" in reason and "on web-chat" in reason for reason in lost)


def test_who_waits_for_what_was_promised_is_not_late_afterwards(rehearse: Rehearse) -> None:
    run = rehearse(replying("One moment, please.", "Just a second.", DONE), ONE)
    assert max(turn.sent_s - turn.due_s for turn in run.turns) < 0.001
    assert any(b.due_s - a.over_s > 10 for a, b in zip(run.turns, run.turns[1:], strict=False))


def test_a_hand_off_in_the_reply_to_a_nudge_is_noticed(rehearse: Rehearse) -> None:
    waiting: set[str] = set()

    async def slow(clock: Clock, caller: Caller, said: tuple[str, ...]) -> Reply:
        if caller.key in waiting:
            return Reply(text="I am transferring you now.", signals=(Signal("initiated", "tool"),))
        waiting.add(caller.key)
        await asyncio.sleep(20.0)
        waiting.discard(caller.key)
        return Reply(text="Which order is it?")

    waits = a_persona(patience=Patience(turns=30, wait_s=60.0))
    run = rehearse(slow, a_workload(arrivals=Arrivals(process="constant", rate_per_s=2.0), duration_s=10.0), (waits,))
    handed = {turn.number for turn in run.turns if turn.overlap and turn.outcome == "ok"}
    endings = {one.ending for one in run.ended if one.number in handed and one.turns < 6}
    assert handed
    assert endings <= {"escalated", "abandoned"}
    assert "escalated" in endings
