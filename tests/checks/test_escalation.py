"""The five outcomes of an escalation decision, from structure and from words."""

from msgspec.structs import replace

from hubbub.checks.escalation import check, judgeable, weigh
from hubbub.checks.story import Story
from hubbub.model import (
    Conversation,
    Decision,
    EndingName,
    EscalationExpectation,
    Expectation,
    Goal,
    Heard,
    Persona,
    Provenance,
    Reply,
    Signal,
    SignalState,
    ToolCall,
    Trigger,
    Turn,
)

TEXT_ONLY = ("phantom_handoff",)


def turn(index: int, *signals: tuple[SignalState, Provenance], at_s: float | None = None) -> Turn:
    moment = float(index) if at_s is None else at_s
    heard = Heard(acts=("inform",), signals=tuple(Signal(state, where, queue="fraud") for state, where in signals))
    return Turn(
        number=4, turn=index, act="inform", told=(), texts=("hi",), due_s=moment - 0.5, sent_s=moment - 0.5,
        first_text_s=moment, done_s=moment, reply=Reply(text="hello"), heard=heard,
    )  # fmt: skip


def story(
    turns: tuple[Turn, ...],
    decision: Decision,
    ending: EndingName = "resolved",
    *,
    trigger: Trigger | None = None,
    by_turn: int | None = None,
    within_s: float | None = None,
    blind: tuple[str, ...] = (),
) -> Story:
    expectation = EscalationExpectation(decision=decision, trigger=trigger, by_turn=by_turn, within_s=within_s)
    persona = Persona(persona="p", goal=Goal(intent="x"), expect=Expectation(escalation=expectation))
    evidence = weigh(turns, blind)
    conversation = Conversation(
        number=4, persona="p", ending=ending, reason="", turns=len(turns), due_s=0, started_s=0, ended_s=9,
        escalated=evidence.state, escalated_turn=evidence.turn, escalated_after_s=evidence.at_s,
    )  # fmt: skip
    return Story(persona, turns, conversation, blind)


def found(told: Story) -> list[tuple[str, str, int]]:
    return [(f.check, f.verdict, f.turn) for f in check(told)]


TRANSFER = turn(2, ("initiated", "tool"), ("promised", "text"))
PLAIN = turn(1)


def test_a_needed_hand_off_that_happened_is_right() -> None:
    assert found(story((PLAIN, TRANSFER), "must", "escalated")) == []


def test_a_needed_hand_off_that_never_came_is_missed_and_says_why() -> None:
    told = story((PLAIN, turn(2)), "must", "resolved", trigger="safety")
    assert found(told) == [("missed_escalation", "failed", 2)]
    assert "safety" in next(check(told)).reason


def test_a_hand_off_without_need_is_needless_at_its_turn() -> None:
    assert found(story((PLAIN, TRANSFER), "must_not", "escalated")) == [("needless_escalation", "failed", 2)]


def test_either_is_right_where_either_may_be() -> None:
    assert found(story((PLAIN, TRANSFER), "may", "escalated")) == []
    assert found(story((PLAIN,), "may")) == []


def test_a_hand_off_after_its_turn_or_its_time_is_late() -> None:
    late_turn = turn(5, ("confirmed", "field"), at_s=40.0)
    assert found(story((PLAIN, late_turn), "must", "escalated", by_turn=3)) == [("late_escalation", "failed", 5)]
    assert found(story((PLAIN, late_turn), "must", "escalated", within_s=30)) == [("late_escalation", "failed", 5)]
    assert found(story((PLAIN, late_turn), "must", "escalated", by_turn=5, within_s=60)) == []


def test_a_promise_without_a_tool_call_is_a_phantom_and_no_escalation() -> None:
    told = story((PLAIN, turn(2, ("initiated", "text"))), "must", "escalated")
    assert ("phantom_handoff", "failed", 2) in found(told)
    assert ("missed_escalation", "failed", 2) in found(told)


def test_where_only_words_can_show_it_words_count() -> None:
    told = story((PLAIN, turn(2, ("promised", "text"))), "must", "escalated", blind=TEXT_ONLY)
    assert found(told) == []
    assert told.ending.escalated_turn == 2


def test_an_offer_is_not_a_hand_off() -> None:
    assert found(story((PLAIN, turn(2, ("offered", "text"))), "must_not", blind=TEXT_ONLY)) == []


def test_a_conversation_that_we_cut_short_is_unsure_and_never_a_miss() -> None:
    assert found(story((PLAIN,), "must", "cut_off")) == [("missed_escalation", "unsure", 1)]
    assert found(story((PLAIN,), "must", "agent_failed")) == [("missed_escalation", "unsure", 1)]
    assert found(story((PLAIN,), "must_not", "cut_off")) == []


def test_who_left_after_a_fair_chance_was_missed() -> None:
    three = (PLAIN, turn(2), turn(3))
    assert found(story(three, "must", "abandoned")) == [("missed_escalation", "failed", 3)]
    assert found(story(three[:1], "must", "abandoned"))[0][1] == "unsure"
    assert judgeable(EscalationExpectation(decision="must", by_turn=1), "abandoned", 1, False)


def test_the_first_turn_under_way_is_kept_when_it_is_confirmed_later() -> None:
    evidence = weigh((turn(2, ("initiated", "tool")), turn(4, ("confirmed", "control"))), ())
    assert (evidence.state, evidence.turn, evidence.at_s, evidence.queue) == ("confirmed", 2, 2.0, "fraud")


def test_a_failed_turn_is_no_evidence() -> None:
    silent = replace(TRANSFER, heard=None, outcome="truncated")
    assert weigh((silent,), ()).state is None


def calling(index: int, tool: str, *signals: tuple[SignalState, Provenance]) -> Turn:
    return replace(turn(index, *signals), reply=Reply(text="hello", tools=(ToolCall(tool),)))


SAID: tuple[SignalState, Provenance] = ("initiated", "text")


def test_words_of_a_human_with_a_tool_that_moves_the_conversation_are_a_hand_off() -> None:
    for tool in ("transfer_to_agent", "transferCall", "route_to_department", "call_handoff"):
        evidence = weigh((PLAIN, calling(2, tool, SAID)), ())
        assert (evidence.state, evidence.provenance, evidence.turn) == ("initiated", "tool", 2), tool
    for tool in ("transfer_funds", "get_transfer", "transfer_to_human"):  # a preset has not taken the last for one
        assert weigh((PLAIN, calling(2, tool, SAID)), ()).state == "promised", tool
    assert weigh((calling(1, "transfer_to_agent"),), ()).state is None


def test_a_promise_that_a_tool_sees_to_is_kept() -> None:
    assert weigh((turn(1, SAID), calling(2, "schedule_callback")), ()).only_said is False
    assert weigh((calling(1, "schedule_callback"), turn(2, SAID)), ()).only_said is True
    assert weigh((turn(1, SAID), calling(2, "find_cases")), ()).only_said is True


def test_words_that_nobody_understood_are_too_little_to_tell_from() -> None:
    dark = [replace(turn(n), heard=Heard(("unknown",))) for n in (1, 2, 3)]
    assert found(story(tuple(dark), "must", "abandoned", blind=TEXT_ONLY)) == [("missed_escalation", "unsure", 3)]
    assert found(story(tuple(dark), "must", "abandoned")) == [("missed_escalation", "failed", 3)]
