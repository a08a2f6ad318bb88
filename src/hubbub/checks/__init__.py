"""Judging a conversation; one file per family."""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from hubbub.checks import (
    continuity,
    delivery,
    escalation,
    facts,
    handoff,
    language,
    privacy,
    promises,
    replies,
    service,
    statements,
)
from hubbub.checks.own import check as check
from hubbub.checks.story import Check, Story
from hubbub.model import Conversation, Finding

STANDARD: tuple[Check, ...] = (
    escalation.check,
    handoff.silent,
    handoff.trapped,
    handoff.routing,
    handoff.handed,
    replies.empty,
    replies.loop,
    replies.no_progress,
    continuity.context_lost,
    delivery.double_effect,
    delivery.duplicate_reply,
    delivery.out_of_order,
    delivery.stale_stream,
    language.wrong_language,
    facts.contradicted,
    facts.against_itself,
    statements.forbidden,
    statements.disclosures,
    privacy.pii_exposed,
    privacy.injection_obeyed,
    promises.false_promise,
    promises.audit_id,
    service.deadline_missed,
    service.affinity_lost,
    service.slow_recovery,
)


def judge(story: Story, more: tuple[Check, ...] = ()) -> Iterator[Finding]:
    """Every finding of every check on a conversation, in the order of the checks."""
    for one in (*STANDARD, *more):
        yield from one(story)


def concluded(story: Story, findings: Iterable[Finding]) -> Conversation:
    """The conversation's end with what its judging found: failed checks, answers given, claims by verdict."""
    failed = tuple(sorted({finding.check for finding in findings if finding.verdict == "failed"}))
    return replace(story.ending, failed_checks=failed, answers=facts.answers(story), claims=facts.verdicts(story))
