"""Promises: what the agent says it has done must show, where the endpoint shows what is done; and so must its trail."""

import re
from collections.abc import Iterator

from hubbub.checks.escalation import looks_up, snake_case
from hubbub.checks.story import Story
from hubbub.model import Finding, Turn

_DEED = re.compile(  # first person, and done: not "your order has shipped", not "I can cancel"
    r"\b(?:i(?:'ve| have)|we(?:'ve| have)|i)(?: now| just| already| also| successfully| (?:went|gone) ahead and)*"
    r" (?:cancelled|canceled|refunded"
    r"|issued|processed|started|booked|rebooked|changed|updated|upgraded|downgraded|reset|blocked|frozen|ordered"
    r"|arranged|scheduled|rescheduled|credited|applied|removed|added|closed|opened|sent|submitted|filed|logged|created"
    r"|activated|deactivated|switched|replaced|approved|reversed|waived|extended|renewed|reported|placed|set up"
    r"|modified|exchanged|enabled|disabled|unlocked|deleted|registered|adjusted|corrected|resent|redeemed)\b"
    r"|\bi was able to (?:cancel|refund|book|rebook|change|update|upgrade|reset|block|unlock|modify|exchange|credit"
    r"|waive|reschedule)\b"
    r"|\b(?:has|have) (?:now |just |already |successfully )?been (?:cancelled|canceled|refunded|booked|changed|updated"
    r"|processed|issued|credited|blocked|rescheduled|submitted|upgraded|modified|exchanged|requested|enabled|unlocked"
    r"|placed|activated|deactivated|waived)\b"
    r"|\ba (?:new one|replacement)\b[^.!?]{0,60} (?:ships|goes out|is on its way)\b"
    r"|\b(?:is|are) (?:now (?:cancelled|canceled|blocked|booked|refunded|updated|changed|disputed)"
    r"|(?:cancelled|canceled|blocked|booked|refunded|updated|changed|disputed) now)\b"
    r"|\bnow goes to\b|\b(?:was|were|has been|have been) (?:sent|issued|credited|refunded|cancelled|canceled|changed) "
    r"to (?:the|your)\b|\byou(?: now have| have now|'re now on| are now on)\b|^(?:done|all set)\b"
)
_SENTENCE = re.compile(r"[^.!?\n]+[.!?\n]?")


def false_promise(story: Story) -> Iterator[Finding]:
    """Says that it has done something, and no tool call of this turn or an earlier one shows a deed.

    A hand-off is none, nor is a tool that only looks something up (`get_`, `find_`, `search_`, ...). Unsure where an
    earlier reply never came through, since the call may have been in it. Only where the workload says that this
    endpoint shows every deed (`agent.shows: [tools]`).
    """
    if "tools" not in story.shows:
        return
    if not story.in_english:
        yield story.unseen("false_promise", story.ending.turns, "what counts as a deed is known in English alone")
        return
    deed = min((turn.copy_of or turn.turn for turn in story.shown if _did_something(turn)), default=None)
    for turn in story.replied:
        if deed is not None and deed <= turn.turn:
            return
        if turn.reply is None or turn.heard is None:
            continue
        text = turn.reply.text.lower()
        said = next((s.group().strip() for s in _SENTENCE.finditer(text) if _is_deed(s.group())), None)
        if said is not None and not turn.reply.signals:
            lost = any(early.outcome != "ok" for early in story.turns if early.turn < turn.turn)
            reason = f"said {said[:80]!r}, and called no tool" + (" in what came through" if lost else "")
            yield story.finding("false_promise", turn.turn, reason, unsure=lost)
            return


def _did_something(turn: Turn) -> bool:
    reply = turn.reply
    if reply is None or turn.outcome != "ok":
        return False
    handoffs = sum(signal.provenance == "tool" for signal in reply.signals)
    return sum(not looks_up(snake_case(tool.name)) for tool in reply.tools) > handoffs


def _is_deed(sentence: str) -> bool:
    return not sentence.rstrip().endswith("?") and _DEED.search(sentence.strip()) is not None


def audit_id(story: Story) -> Iterator[Finding]:
    """A whole reply without a trace, request or decision id, where `agent.shows: [audit_id]` requires one."""
    if "audit_id" not in story.shows:
        return
    for turn in story.replied:
        if turn.reply is not None and not turn.reply.trace:
            yield story.finding("no_audit_id", turn.turn, "the reply came without a trace or decision id")
            return
