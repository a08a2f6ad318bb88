"""The minutes of a conversation: what happened as the records that are kept, times from the run's start. Pure."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from hubbub.checks.copies import seen, shown
from hubbub.checks.escalation import REACHED, judgeable, told_from, weigh
from hubbub.customers.customer import Customer
from hubbub.exchange import Got, Message, Stopwatch
from hubbub.model import Attempt, Conversation, EndingName, Heard, Turn, Unasked

_PLACES = 6  # times are kept to the microsecond


class Span(Struct, frozen=True):
    """When a conversation was due, began and ended, on the clock; `start` is the run's, `warm_up_s` long at first."""

    start: float
    due: float
    began: float
    ended: float
    warm_up_s: float
    stage: int


def turn_of(number: int, message: Message, watch: Stopwatch, got: Got, heard: Heard | None, start: float) -> Turn:
    """A turn of conversation `number`."""
    over_s = round(got.over - start, _PLACES)
    return Turn(
        number=number,
        turn=message.turn,
        act=message.say.act,
        told=message.say.told,
        texts=message.texts,
        due_s=round(message.due - start, _PLACES),
        sent_s=round(watch.sent - start, _PLACES),
        first_byte_s=_since(watch.first_byte, start),
        first_event_s=_since(watch.first_event, start),
        first_text_s=_since(watch.first_text, start),
        done_s=over_s if got.outcome == "ok" else None,
        over_s=over_s,
        outcome=got.outcome,
        detail=got.detail,
        reply=got.reply,
        heard=heard,
        frustration=message.frustration and round(message.frustration, 3),
        max_gap_s=watch.max_gap and round(watch.max_gap, _PLACES),
        fresh_retries=watch.fresh_retries,
        retry_after_s=got.retry_after_s,
        pool_wait_s=watch.pool_wait_s and round(watch.pool_wait_s, _PLACES),
        overlap=message.overlap,
        about=message.say.about,
        channel=message.channel,
        copy_of=message.copy_of,
        attempts=watch.attempts and _attempts(watch.attempts, start),
    )


def overheard(unasked: Unasked, number: int, start: float) -> Unasked:
    """What came while no turn of conversation `number` waited for it; its moment was on the clock."""
    return replace(unasked, at_s=round(unasked.at_s - start, _PLACES), number=number)


def conversation_of(
    customer: Customer,
    turns: Sequence[Turn],
    unasked: Sequence[Unasked],
    blind: tuple[str, ...],
    span: Span,
    ending: EndingName,
    reason: str,
) -> Conversation:
    """The end of a conversation, with what was seen of an escalation; findings are not in it yet."""
    persona, start = customer.persona, span.start
    evidence = weigh(shown(turns), blind, unasked)
    turns = seen(turns)
    expected = persona.expect.escalation
    answered = told_from(turns, blind)
    reached = evidence.state in REACHED
    started_s = round(span.began - start, _PLACES)
    return Conversation(
        number=customer.number,
        persona=persona.persona,
        ending=ending,
        reason=reason,
        turns=len(turns),
        due_s=round(span.due - start, _PLACES),
        started_s=started_s,
        ended_s=round(span.ended - start, _PLACES),
        stage=span.stage,
        warm_up=span.due - start < span.warm_up_s,
        expected=expected.decision if expected else None,
        trigger=(expected.trigger or "") if expected else "",
        escalated=evidence.state,
        provenance=evidence.provenance,
        escalated_turn=evidence.turn,
        escalated_after_s=None if evidence.at_s is None else round(evidence.at_s - started_s, _PLACES),
        queue=evidence.queue,
        judged=expected is None or (not evidence.forced and judgeable(expected, ending, answered, reached)),
        resolves=persona.expect.resolves,
        unknown_replies=sum([t.heard is not None and t.heard.acts == ("unknown",) for t in turns]),
        channel=persona.channel,
    )


def _since(moment: float | None, start: float) -> float | None:
    return None if moment is None else round(moment - start, _PLACES)


def _attempts(attempts: tuple[Attempt, ...], start: float) -> tuple[Attempt, ...]:
    return tuple(replace(one, at_s=round(one.at_s - start, _PLACES)) for one in attempts)
