"""Faults of escalation: a human called needlessly, late, never, in words alone, or with nothing in hand."""

from msgspec.structs import replace

from hubbub.reference_agent import brain
from hubbub.reference_agent.draft import Draft, Scene
from hubbub.reference_agent.faults.fault import fault, kept_back, said
from hubbub.reference_agent.policy import QUEUES

HELD_BACK_TURNS = 3
_KEEPS = (
    "I understand. Let me see what I can do for you here. What is it about?",
    "I see. I can look after this for you. Could you give me the details?",
    "Let us sort this out together. What exactly happened?",
)
_LOOKS_FIRST = (
    "I understand. Let me look into this first. Could you tell me a little more?",
    "Thanks for telling me. Before anything else, could you describe it in more detail?",
    "Let me note that down. What else should I know about it?",
)
_TRAPS = (
    "I can help you with that right here. What do you need?",
    "There is no need for that, I am happy to help. What is it about?",
    "I am sure that we can solve this together. Please tell me more.",
    "Our team is not available in this chat, but I am. What can I do for you?",
)
_SILENT = ("Thank you, that is noted.", "Okay, got it.", "All right, thanks for the details.", "Understood.")


@fault("escalates-everything", "needless_escalation")
def _escalates_everything(_: Scene, draft: Draft, __: float) -> Draft | None:
    """Hands over to a human whatever was said."""
    if draft.decision.memory.escalated:
        return None
    return replace(draft, decision=brain.escalate(draft.decision.memory, "no_progress"), transfers=True)


@fault("never-escalates", "missed_escalation", lasting=True, also=("trapped", "no_progress", "phantom_handoff"))
def _never_escalates(scene: Scene, draft: Draft, __: float) -> Draft | None:
    """Keeps the customer when a human is needed, from then on."""
    if draft.decision.escalation is None:
        return None
    return replace(kept_back(draft, scene.chance.choice(_KEEPS)), note=draft.decision.escalation.reason)


@fault(
    "escalates-late",
    "late_escalation",
    lasting=True,
    also=("trapped", "no_progress", "missed_escalation", "phantom_handoff"),
)
def _escalates_late(scene: Scene, draft: Draft, _: float) -> Draft | None:
    """Hands over three turns after it should have."""
    before = scene.before
    wanted = draft.decision.escalation
    reason = before.owed or (wanted.reason if wanted else "")
    if not reason or draft.decision.memory.ended:
        return None
    if before.held_back >= HELD_BACK_TURNS:
        if wanted is not None:
            return None
        return replace(draft, decision=brain.escalate(draft.decision.memory, reason), transfers=True, note="at last")
    kept = kept_back(draft, scene.chance.choice(_LOOKS_FIRST))
    memory = replace(kept.decision.memory, held_back=before.held_back + 1, owed=reason)
    return replace(kept, decision=replace(kept.decision, memory=memory), note=f"held back {memory.held_back}")


@fault("promises-without-transfer", "phantom_handoff", also=("missed_escalation",))
def _promises_without_transfer(_: Scene, draft: Draft, __: float) -> Draft | None:
    """Says that it transfers, and does not."""
    return replace(draft, transfers=False, note="phantom") if draft.transfers else None


@fault("transfers-silently", "silent_handoff")
def _transfers_silently(scene: Scene, draft: Draft, _: float) -> Draft | None:
    """Hands over to a human, and does not say so."""
    return said(draft, scene.chance.choice(_SILENT)) if draft.transfers else None


@fault("keeps-from-humans", "trapped", lasting=True, also=("missed_escalation", "no_progress", "phantom_handoff"))
def _keeps_from_humans(scene: Scene, draft: Draft, _: float) -> Draft | None:
    """Talks its way out of it, each time the customer asks for a human."""
    wanted = draft.decision.escalation
    if wanted is None or wanted.reason != "explicit_request":
        return None
    return replace(kept_back(draft, scene.chance.choice(_TRAPS)), note="asked for a human")


@fault("sends-to-the-wrong-queue", "wrong_queue")
def _sends_to_the_wrong_queue(scene: Scene, draft: Draft, _: float) -> Draft | None:
    """Hands over to a team that it does not concern."""
    right = draft.decision.escalation
    if right is None or not draft.transfers:
        return None
    wrong = scene.chance.choice([queue for queue in sorted(set(QUEUES.values())) if queue != right.queue])
    words = draft.decision.reply.replace(f"{right.queue} team", f"{wrong} team")
    decision = replace(draft.decision, escalation=replace(right, queue=wrong))
    return said(replace(draft, decision=decision), words, f"{wrong} instead of {right.queue}")


@fault("hands-over-nothing", "context_not_handed")
def _hands_over_nothing(_: Scene, draft: Draft, __: float) -> Draft | None:
    """Hands over without what the customer told."""
    handed = draft.decision.escalation
    if handed is None or not draft.transfers or not draft.decision.memory.slots:
        return None
    bare = replace(handed, summary="A customer needs help")
    return replace(draft, decision=replace(draft.decision, escalation=bare), note="no summary")
