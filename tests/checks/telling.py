"""Conversations in a line each: what was said, heard by a real ear, made into the story that checks see."""

from msgspec.structs import replace

from hubbub.checks.escalation import weigh
from hubbub.checks.story import Check, Story
from hubbub.customers.hearing import Ear
from hubbub.model import Conversation, EndingName, Goal, Heard, Persona, Reply, Turn


def a_persona(**changed: object) -> Persona:
    return Persona(**{"persona": "p", "goal": Goal(intent="get_refund"), **changed})  # type: ignore[arg-type]


def said(text: str, reply: str, act: str = "inform", **changed: object) -> Turn:
    """A turn whose reply is this text. Fields of the turn can be given, and under `reply_` fields of the reply."""
    of_reply = {name[6:]: changed.pop(name) for name in list(changed) if name.startswith("reply_")}
    fields = {"number": 3, "turn": 0, "act": act, "told": (), "texts": (text,), "due_s": 0.0, "sent_s": 0.0}
    return Turn(**{**fields, "reply": Reply(text=reply, **of_reply), **changed})  # type: ignore[arg-type]


def story(*turns: Turn, persona: Persona | None = None, ending: EndingName = "resolved", **more: object) -> Story:
    """The story of these turns: numbered, five seconds apart, heard as this persona would."""
    who = persona or a_persona()
    ear = Ear(who.locale, who.expects, tuple(who.knows))
    told = []
    for at, turn in enumerate(turns, 1):
        start = at * 5.0 if not turn.due_s else turn.due_s
        ok, reply = turn.outcome == "ok", turn.reply or Reply()
        moments = {"due_s": start, "sent_s": start, "over_s": turn.over_s or start + 1}
        if ok:
            moments |= {"done_s": turn.done_s or start + 1, "first_text_s": turn.first_text_s or start + 1}
        heard = (turn.heard or ear.hear(reply.text, reply.signals)) if ok else None
        told.append(replace(turn, turn=turn.turn or at, heard=heard, **moments))
    evidence = weigh(told, more.get("blind", ()))  # type: ignore[arg-type]
    conversation = Conversation(
        number=3, persona="p", ending=ending, reason="", turns=len(told), due_s=0, started_s=0, ended_s=99,
        escalated=evidence.state, provenance=evidence.provenance, escalated_turn=evidence.turn, queue=evidence.queue,
    )  # fmt: skip
    return Story(who, tuple(told), conversation, **more)  # type: ignore[arg-type]


def found(check: Check, told: Story) -> list[tuple[str, str, int]]:
    return [(f.check, f.verdict, f.turn) for f in check(told)]


def fails(check: Check, told: Story) -> list[int]:
    """The turns at which a check fails; every reason must say something."""
    findings = list(check(told))
    assert all(f.reason for f in findings)
    return [f.turn for f in findings if f.verdict == "failed"]


def heard(*acts: str) -> Heard:
    return Heard(acts=acts)  # type: ignore[arg-type]
