"""The minutes of a conversation: what happened as the records that are kept, times from the run's start. Pure."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from hubbub.checks.copies import seen, shown
from hubbub.checks.escalation import REACHED, judgeable, told_from, weigh
from hubbub.clock import to_the_us
from hubbub.customers.customer import Customer
from hubbub.exchange import Got, Message, Stopwatch
from hubbub.model import Attempt, Conversation, EndingName, Heard, Turn, Unasked


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
    say, over_s = message.say, to_the_us(got.over - start)
    return Turn(  # in the order of its fields: with more than fifteen names Python makes a dict of them first
        number,
        message.turn,
        say.act,
        say.told,
        message.texts,
        to_the_us(message.due - start),
        to_the_us(watch.sent - start),
        _since(watch.first_byte, start),
        _since(watch.first_event, start),
        _since(watch.first_text, start),
        over_s if got.outcome == "ok" else None,  # done
        over_s,
        got.outcome,
        got.detail,
        got.reply,
        heard,
        message.frustration and round(message.frustration, 3),
        watch.max_gap and to_the_us(watch.max_gap),
        watch.fresh_retries,
        got.retry_after_s,
        watch.pool_wait_s and to_the_us(watch.pool_wait_s),
        message.overlap,
        about=say.about,
        channel=message.channel,
        copy_of=message.copy_of,
        attempts=watch.attempts and _attempts(watch.attempts, start),
    )


def overheard(unasked: Unasked, number: int, start: float) -> Unasked:
    """What came while no turn of conversation `number` waited for it; its moment was on the clock."""
    return replace(unasked, at_s=to_the_us(unasked.at_s - start), number=number)


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
    started_s = to_the_us(span.began - start)
    return Conversation(  # in the order of its fields, as a turn is
        customer.number,
        persona.persona,
        ending,
        reason,
        len(turns),
        to_the_us(span.due - start),
        started_s,
        to_the_us(span.ended - start),
        span.stage,
        span.due - start < span.warm_up_s,
        expected.decision if expected else None,
        (expected.trigger or "") if expected else "",
        evidence.state,
        evidence.provenance,
        evidence.turn,
        None if evidence.at_s is None else to_the_us(evidence.at_s - started_s),
        evidence.queue,
        judged=expected is None or (not evidence.forced and judgeable(expected, ending, answered, reached)),
        resolves=persona.expect.resolves,
        unknown_replies=sum([t.heard is not None and t.heard.acts == ("unknown",) for t in turns]),
        channel=persona.channel,
    )


def _since(moment: float | None, start: float) -> float | None:
    return None if moment is None else to_the_us(moment - start)


def _attempts(attempts: tuple[Attempt, ...], start: float) -> tuple[Attempt, ...]:
    return tuple(replace(one, at_s=to_the_us(one.at_s - start)) for one in attempts)
