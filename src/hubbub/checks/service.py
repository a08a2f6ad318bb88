"""What of the service only shows over several turns: deadlines, session affinity, recovery from failures."""

from collections.abc import Iterator

from hubbub.checks.story import Story
from hubbub.errors import FAILURES
from hubbub.model import UNFAILED, Finding, Turn

_RECOVERY_S = 30.0  # after its first failure, an agent that still fails has recovered slowly
_FAILED_AGAIN = 3  # failed turns that it takes to say so
_OURS = frozenset(name for name, failure in FAILURES.items() if failure.layer == "generator")


def deadline_missed(story: Story) -> Iterator[Finding]:
    """The first words of a reply came later than `expect.reply_within_s`, or never; or the channel gave up waiting."""
    limit_s = story.persona.expect.reply_within_s
    missed = next((turn for turn in story.turns if turn.outcome == "deadline_missed"), None)
    if missed is not None:
        yield story.finding("deadline_missed", missed.turn, missed.detail)
        return
    if limit_s is None:
        return
    for turn in story.turns:
        if turn.outcome in _OURS or turn.outcome == "cut":
            continue
        heard_s = turn.first_text_s or (turn.done_s if turn.outcome == "ok" else turn.over_s)
        if heard_s is not None and heard_s - turn.due_s > limit_s:
            waited = f"after {heard_s - turn.due_s:.1f} s" if turn.outcome == "ok" else "did not come"
            yield story.finding("deadline_missed", turn.turn, f"the reply {waited}, due within {limit_s:g} s")
            return


def affinity_lost(story: Story) -> Iterator[Finding]:
    """The agent's own name for the session changed between two replies on one channel."""
    named = channel = ""
    for turn in story.replied:
        session = turn.reply.session if turn.reply else ""
        if turn.channel != channel:
            named, channel = "", turn.channel
        if session and named and session != named:
            yield story.finding("affinity_lost", turn.turn, f"the session was {named!r} and is now {session!r}")
            return
        named = session or named


def slow_recovery(story: Story) -> Iterator[Finding]:
    """It failed three turns running over 30 s, or once more after the time that its own Retry-After had named."""
    failed: list[Turn] = []
    for turn in sorted(story.turns, key=lambda turn: turn.sent_s) if _any_failed(story) else ():
        if turn.outcome == "ok":
            failed.clear()
        if turn.outcome in UNFAILED or turn.outcome in _OURS:
            continue
        before = failed[-1] if failed else None
        if before is not None and _came_back(before, turn):
            reason = f"{turn.outcome}, after the {before.retry_after_s:g} s of its own Retry-After"
            yield story.finding("slow_recovery", turn.turn, reason)
            return
        failed.append(turn)
        down_s = turn.sent_s - (failed[0].over_s or failed[0].sent_s)
        if len(failed) >= _FAILED_AGAIN and down_s >= _RECOVERY_S:
            reason = f"still {turn.outcome} {down_s:.0f} s after the failure at turn {failed[0].turn}"
            yield story.finding("slow_recovery", turn.turn, reason)
            return


def _any_failed(story: Story) -> bool:
    return not UNFAILED.issuperset([turn.outcome for turn in story.turns])


def _came_back(before: Turn, turn: Turn) -> bool:
    after_s = before.retry_after_s
    return after_s is not None and turn.sent_s >= (before.over_s or before.sent_s) + after_s
