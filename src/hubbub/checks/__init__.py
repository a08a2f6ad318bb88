"""Judging a conversation; one file per family."""

from collections.abc import Iterator

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
from hubbub.model import Finding

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
