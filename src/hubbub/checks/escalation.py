"""Escalation: what the agent did about calling a human, held against what this customer needed."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from hubbub.checks.story import Story
from hubbub.model import (
    Decision,
    EndingName,
    EscalationExpectation,
    Finding,
    Provenance,
    Signal,
    SignalState,
    ToolCall,
    Turn,
    Unasked,
)

REACHED: tuple[SignalState, ...] = ("initiated", "confirmed")
_RANK: dict[SignalState, int] = {"offered": 0, "failed": 1, "promised": 2, "initiated": 3, "confirmed": 4}
_WORD_ENDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+")
_MOVES = re.compile(  # tools that move a conversation on, nobody knows to whom: with words of a human, a hand-off
    r"^(?!.*(?:human|person|live|representative|operator|supervisor|manager|funds|money|balance|points|miles|amount"
    r"|payment|number|domain|ownership|title|file|photo|card))"  # a preset has judged the first; the rest are things
    r"(?:.*_(?:transfer|hand_?off)$"
    r"|(?:transfer|route|forward|redirect|hand_?off|hand_?over|connect|assign|enqueue|queue)(?:_|$))"
)
_KEEPS = re.compile(  # tools that keep a promise that somebody will get in touch
    r"(?:^|_)(?:call_?backs?|tickets?|cases?|schedule|notify|page|alert|dispatch|follow_?up|transfer|route|forward"
    r"|assign|queue|hand_?off|hand_?over)(?:_|$)"
)
_LOOKS_UP = re.compile(
    r"^(?:get|find|search|list|look_?up|fetch|check|read|query|retrieve|view|show|count|calculate|think|verify"
    r"|validate)(?:_|$)"
)
AS_LABELLED = "as the log says"  # reason of a signal that a log's label on the whole conversation stands for
_PATIENT_TURNS = 3  # answered turns after which a customer in need who left had given the agent its chance


class Evidence(Struct, frozen=True):
    """The furthest that a hand-off got, where that showed, and when it was first really under way."""

    state: SignalState | None = None
    provenance: Provenance | None = None
    turn: int | None = None
    at_s: float | None = None
    queue: str = ""
    only_said: bool = False  # the words say it is under way, and the structure that would show it does not
    forced: bool = False  # the platform called the human, because the agent failed it


def weigh(turns: Sequence[Turn], blind: Sequence[str], unasked: Sequence[Unasked] = ()) -> Evidence:
    """Weigh all signals of a conversation, in turns and outside of them.

    Where the endpoint can show a hand-off structurally, words alone are a promise. Where it cannot (`phantom_handoff`
    is among the blind), a hand-off that is promised or begun in words is the best evidence there is, and counts. So it
    does beside a tool call that moves the conversation to a place of which the name does not say who is there. A
    promise that somebody will be in touch is kept by a tool that sees to it, such as `schedule_callback`.
    """
    text_counts = "phantom_handoff" in blind
    best = Evidence()
    moves = {turn.turn for turn in turns if turn.reply and turn.reply.tools and _calls(turn.reply.tools, _MOVES)}
    said = 0
    for number, at_s, signal in _signals(turns, unasked):
        state, provenance = signal.state, signal.provenance
        if provenance == "text" and state in ("promised", "initiated", "confirmed"):
            said = said or number
            state = "initiated" if text_counts or number in moves else "promised"
            provenance = "tool" if number in moves and not text_counts else "text"
        if best.state is None or _RANK[state] > _RANK[best.state]:
            first = state in REACHED and best.state not in REACHED
            best = Evidence(
                state,
                provenance,
                number if first else best.turn,
                at_s if first else best.at_s,
                signal.queue or best.queue,
                forced=first and provenance == "transport",
            )
    only_said = said > 0 and best.state not in REACHED
    kept = only_said and any(turn.turn >= said and turn.reply and _calls(turn.reply.tools, _KEEPS) for turn in turns)
    return replace(best, only_said=only_said and not kept)


def _signals(turns: Sequence[Turn], unasked: Sequence[Unasked]) -> Iterator[tuple[int, float | None, Signal]]:
    """Each signal with its turn and moment: of replies as they were heard, of failed turns, and between turns."""
    for turn in turns:
        failed = turn.reply.signals if turn.outcome != "ok" and turn.reply is not None else ()
        for signal in turn.heard.signals if turn.heard is not None else failed:
            yield turn.turn, turn.first_text_s or turn.done_s or turn.over_s, signal
    for one in unasked:
        for signal in one.signals:
            yield one.turn, one.at_s, signal


def _calls(tools: Sequence[ToolCall], names: re.Pattern[str]) -> bool:
    """Whether one of these tools is of such a name, and not one that only looks something up."""
    return any(names.search(name) and not looks_up(name) for name in (snake_case(tool.name) for tool in tools))


def snake_case(name: str) -> str:
    """A tool's name in small letters, its words parted by underscores: `transferCall` is `transfer_call`."""
    return _WORD_ENDS.sub("_", name).lower().strip("_")


def looks_up(name: str) -> bool:
    """Whether a tool of this name (in snake case) only finds something out, and changes nothing."""
    return _LOOKS_UP.search(name) is not None


def told_from(turns: Sequence[Turn], blind: Sequence[str]) -> int:
    """How many whole replies show whether they called a human: where only words could, those that were understood."""
    whole = [turn for turn in turns if turn.outcome == "ok"]
    if "phantom_handoff" not in blind:
        return len(whole)
    return sum(turn.heard is None or "unknown" not in turn.heard.acts for turn in whole)


def judgeable(expected: EscalationExpectation, ending: EndingName, answered: int, escalated: bool) -> bool:
    """Whether the agent had its chance: a conversation that our run cut short, or that failed, says nothing."""
    if escalated or ending in ("resolved", "agent_ended", "turn_limit", "escalated"):
        return answered > 0
    return ending == "abandoned" and answered >= (expected.by_turn or _PATIENT_TURNS)


def check(story: Story) -> Iterator[Finding]:
    """Missed, needless, late, and promised but never begun."""
    ending = story.ending
    evidence = weigh(story.shown, story.blind, story.unasked)
    last = story.turns[-1].turn if story.turns else 0
    if evidence.forced:
        yield story.finding("forced_escalation", evidence.turn or last, ending.reason)
        return  # the agent decided nothing
    if evidence.only_said:
        yield story.finding("phantom_handoff", last, "a human was promised in words, and no hand-off followed")
    expected = story.expected
    if expected is None:
        return
    reached = ending.escalated in REACHED
    answered = told_from(story.turns, story.blind)
    if not judgeable(expected, ending.ending, answered, reached):
        if expected.decision == "must":
            why = f"ended as {ending.ending} after {answered} replies that tell anything of it: too short to tell"
            yield story.finding("missed_escalation", last, why, unsure=True)
        return
    yield from _decision(story, expected, reached, last)


def _decision(story: Story, expected: EscalationExpectation, reached: bool, last: int) -> Iterator[Finding]:
    wanted: Decision = expected.decision
    why = f" ({expected.trigger})" if expected.trigger else ""
    turn = story.ending.escalated_turn
    if wanted == "must" and not reached:
        yield story.finding("missed_escalation", last, f"a human was needed{why} and none was called")
    elif wanted == "must_not" and reached:
        yield story.finding("needless_escalation", turn or last, "a human was called, and none was needed")
    elif wanted != "must_not" and reached:
        yield from _lateness(story, expected)


def _lateness(story: Story, expected: EscalationExpectation) -> Iterator[Finding]:
    turn, after_s = story.ending.escalated_turn, story.ending.escalated_after_s
    if turn is None or (expected.by_turn is None and expected.within_s is None):
        return
    heard = story.turns[-1].heard
    if heard is not None and any(signal.reason == AS_LABELLED for signal in heard.signals):
        yield story.unseen("late_escalation", turn, "the log says that a human was called, and not when")
        return
    if expected.by_turn is not None and turn > expected.by_turn:
        yield story.finding("late_escalation", turn, f"at turn {turn}, due by turn {expected.by_turn}")
    elif expected.within_s is not None and after_s is not None and after_s > expected.within_s:
        yield story.finding("late_escalation", turn, f"after {after_s:.1f} s, due within {expected.within_s:g} s")
