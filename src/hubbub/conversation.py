"""One customer from first word to last. The only place that sleeps, sends and takes timestamps."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from hubbub.checks import concluded, judge
from hubbub.checks.copies import seen
from hubbub.checks.cross_talk import LiveTokens, leak
from hubbub.checks.escalation import REACHED
from hubbub.checks.privacy import carries_canary
from hubbub.checks.story import Check, Story
from hubbub.clock import Clock
from hubbub.connectors.protocol import Caller, Connector, Redelivers, Session
from hubbub.customers import agenda, mood, pace
from hubbub.customers.agenda import Mind, Step
from hubbub.customers.hearing import Ear
from hubbub.customers.lacking import lacking
from hubbub.customers.matters import matters_of
from hubbub.customers.population import Customer
from hubbub.customers.sayings import canary
from hubbub.errors import ExchangeFailed
from hubbub.exchange import Got, Impatience, Message, Stopwatch
from hubbub.minutes import Span, conversation_of, overheard, turn_of
from hubbub.model import (
    Channel,
    Delivery,
    EndingName,
    Finding,
    Heard,
    Impulse,
    Leave,
    Persona,
    Record,
    Reply,
    Say,
    Signal,
    Turn,
    Unasked,
    Wait,
)
from hubbub.redelivery import AS_IT_SHOULD, heard_out, how, parted
from hubbub.traces import trace_of
from hubbub.voices.voice import Wanted as ToWord

Send = Callable[[], Awaitable[Reply]]
Voice = Callable[[Customer, Mind, Say], tuple[str, ...]]
Reword = Callable[[ToWord], Awaitable[tuple[str, ...]]]
_SILENCE = Heard(confidence=0.0)


class Desk(Struct, frozen=True):
    """What the conversations of one process share. `start` is the run's start on the clock."""

    clock: Clock
    start: float
    connector: Connector
    record: Callable[[Record], object]
    voice: Voice
    run_id: str
    tokens: LiveTokens
    ears: dict[str, Ear]
    speed: float = 1.0
    max_turns: int = 40
    warm_up_s: float = 0.0
    shows: tuple[str, ...] = ()  # what the workload says that every reply shows
    more_checks: tuple[Check, ...] = ()  # the workload's own
    delivery: Delivery = AS_IT_SHOULD
    decided: Callable[[Step], object] | None = None  # told of each decision as it is made, for who looks on
    reword: Reword | None = None  # other words than the grammar's


def ears_of(personas: Iterable[Persona]) -> dict[str, Ear]:
    """How each persona's customers understand replies, made once for all of them."""
    return {p.persona: Ear(p.locale, p.expects, tuple(p.knows), lacking(p), matters_of(p)) for p in personas}


class _Ready(Struct, frozen=True):
    """A message that only waits for its moment: worded, and how long its customer only waits for the reply."""

    texts: tuple[str, ...]
    still_s: float
    watch: Stopwatch


async def hold(talk: "Talk") -> None:
    """Hold one conversation; its ending is recorded whatever happens, also when cancelled."""
    talk.begin()
    ending: EndingName
    try:
        ending, reason = await talk.run()
    except asyncio.CancelledError:
        ending, reason = "cut_off", "the run ended first"
    except Exception as error:  # noqa: BLE001 - a mistake of ours costs one conversation, not the run, and is named
        ending, reason = "cut_off", f"own_error: {type(error).__name__}: {error}"
    if talk.desk.delivery != AS_IT_SHOULD:
        await heard_out(talk.asides)
    talk.close(ending, reason)
    await talk.session.close()


class Talk:
    """One conversation: made before it is due, with its first message ready, so that at that moment it is just sent."""

    __slots__ = (
        "asides",
        "came_as",
        "channel",
        "count",
        "customer",
        "desk",
        "due",
        "ear",
        "findings",
        "first",
        "forced",
        "free_at",
        "handed",
        "key",
        "left",
        "mind",
        "number",
        "ready",
        "session",
        "stage",
        "started",
        "task",
        "trace",
        "turns",
        "unasked",
        "visit",
    )

    def __init__(self, customer: Customer, desk: Desk, due_s: float, stage: int = 0) -> None:
        persona = customer.persona
        self.customer = customer
        self.number = customer.number
        self.desk = desk
        self.stage = stage
        self.due = desk.start + due_s
        self.started = self.free_at = desk.clock.now()
        self.count = 0
        self.turns: list[Turn] = []
        self.findings: list[Finding] = []
        self.unasked: list[Unasked] = []
        self.handed: Signal | None = None  # by a reply that came while another was waited for
        self.forced = ""  # why the platform took the conversation from the agent
        self.left: Leave | None = None
        self.mind = Mind()
        self.asides: dict[asyncio.Task[None], tuple[Message, Stopwatch]] = {}
        self.ear = desk.ears[persona.persona]
        self.key = f"{desk.run_id}-{customer.number}"
        self.trace = trace_of(self.key)
        self.came_as = customer  # before it changed channels
        self.channel = ""  # the one that it came back on
        self.visit = 1
        self.first = agenda.start(customer)
        self.ready = self._worded(self.first.mind, self.first.move) if isinstance(self.first.move, Say) else None

    def begin(self) -> None:
        """The customer is at the door: it is live from here on."""
        task = asyncio.current_task()
        assert task is not None
        self.task: asyncio.Task[None] = task
        self.started = self.free_at = self.desk.clock.now()
        self.session = self._line(self.customer.persona.channel)
        self.desk.tokens.enter(self.number, self.customer.tokens)

    async def run(self) -> tuple[EndingName, str]:
        """From the first word to the customer's or the agent's last."""
        step = self.first
        while True:
            move = step.move
            if self.desk.decided is not None:
                self.desk.decided(step)
            if isinstance(move, Leave):
                return await self._leave(step, move)
            if isinstance(move, Wait):
                await self.desk.clock.sleep_until(self.desk.clock.now() + move.for_s / self.desk.speed)
                self.free_at = max(self.free_at, self.desk.clock.now())
                if move.channel is not None:
                    await self._change_channel(move.channel)
                step = agenda.next_move(self.customer, step.mind, _SILENCE, move.for_s)
                continue
            if len(self.turns) >= self.desk.max_turns:
                return "turn_limit", f"{self.desk.max_turns} turns"
            turn = await self._say(step.mind, move)
            if self.forced:
                return "escalated", f"the platform called a human: {self.forced}"
            if (left := self.left) is not None:
                return await self._leave(step, left)
            step = self._react(self.mind, turn)
            stays = isinstance(step.move, Say) or (isinstance(step.move, Wait) and step.move.channel is None)
            if turn.reply and turn.reply.ended and stays:
                return "agent_ended", "the agent closed the conversation"
            if turn.outcome != "ok" and isinstance(step.move, Leave):
                return "agent_failed", turn.outcome

    async def _change_channel(self, channel: Channel) -> None:
        """Hang up, and come back as the same customer on another channel: over a new line, with a new history."""
        await self.session.close()
        self.customer = replace(self.customer, persona=replace(self.customer.persona, channel=channel))
        self.channel = channel
        self.visit += 1
        self.session = self._line(channel)

    def _line(self, channel: Channel) -> Session:
        caller = Caller(self.number, self.key, channel, self.customer.locale, self._overhear, self.visit)
        return self.desk.connector.session(caller)

    def _react(self, mind: Mind, turn: Turn) -> Step:
        waited_s = (turn.over_s or turn.sent_s) - turn.sent_s
        if self.handed is not None:  # by a reply to a nudge, say: who is told so stops, whatever else is said
            heard, handed, self.handed = turn.heard or Heard(("handoff",)), self.handed, None
            heard = replace(heard, signals=(handed, *heard.signals))
            return agenda.next_move(self.customer, mind, heard, waited_s)
        if turn.outcome != "ok" or turn.heard is None:
            return agenda.after_failure(self.customer, mind, turn.outcome, waited_s)
        return agenda.next_move(self.customer, mind, turn.heard, waited_s)

    async def _leave(self, step: Step, move: Leave) -> tuple[EndingName, str]:
        self.left = None
        reply = self.turns[-1].reply if self.turns else None
        if move.parting is not None and not (reply and reply.ended) and self.count < self.desk.max_turns:
            await self._say(step.mind, move.parting)
        return move.ending, move.reason

    async def _say(self, mind: Mind, say: Say) -> Turn:
        """Word it, wait until it would be read, thought about and typed, send it, and wait for the reply."""
        ready, self.ready = self.ready or self._worded(mind, say), None
        if self.desk.reword is not None:
            ready = replace(ready, texts=await self.desk.reword(self._to_word(mind, say, ready.texts)))
        due = self.due
        if self.turns:
            heard = self.turns[-1].heard
            delay_s = pace.delay_s(self.customer, self.count, heard.chars if heard else 0, ready.texts)
            due = self.free_at + delay_s / self.desk.speed
        if self.desk.reword is not None:  # who has to look for words says them later; nobody is charged for it
            due = max(due, self.desk.clock.now())
        await self.desk.clock.sleep_until(due)
        self.count += 1
        message = Message(self.count, say, ready.texts, due, mind.frustration, channel=self.channel)
        return await self._exchange(message, mind, ready)

    def _to_word(self, mind: Mind, say: Say, texts: tuple[str, ...]) -> ToWord:
        reply = self.turns[-1].reply if self.turns else None
        return ToWord(self.customer, mind, say, self.count + 1, reply.text if reply else "", texts)

    def _worded(self, mind: Mind, say: Say) -> _Ready:
        """All of a message that can be done before its moment, so that then it only has to be sent."""
        texts = self.desk.voice(self.customer, mind, say)
        return _Ready(texts, mood.still_s(self.customer, mind), self._stopwatch(self.count + 1))

    def _stopwatch(self, turn: int) -> Stopwatch:
        return Stopwatch(self.desk.clock.now, self.trace.parent(turn))

    async def _exchange(self, message: Message, mind: Mind, ready: _Ready) -> Turn:
        """Send, and wait for the reply or for the customer's patience to end."""
        watch = ready.watch
        if self.desk.delivery != AS_IT_SHOULD:
            message = await self._deliver_oddly(message, watch)
        self.mind = mind
        coming = partial(mood.coming, self.customer, mind)
        timer = Impatience(ready.still_s, coming, self.task, self._start_aside, self._walk_out, watch)
        watch.start()
        try:
            got = await self._ask(message, watch)
        except asyncio.CancelledError:
            if self.left is None or self.task.uncancel() > 0:  # the run ends, whoever else left too
                self._note(message, watch, Got("cut", self.desk.clock.now()))
                raise
            got = Got("left", self.desk.clock.now())
        finally:
            timer.cancel()
        turn = self._note(message, watch, got)
        over = self.desk.start + (turn.over_s or turn.sent_s)
        self.free_at = over if watch.over is None else self.desk.clock.now()  # who had to wait on is free only now
        return turn

    async def _deliver_oddly(self, message: Message, watch: Stopwatch) -> Message:
        """With an id, and now and then twice or in the wrong order: the message that the customer waits on."""
        if not isinstance(self.session, Redelivers):
            return message
        watch.message_id = f"{self.key}-{message.turn}"
        oddly = how(self.desk.delivery, self.customer, message)
        if not oddly or self.count >= self.desk.max_turns:
            return message
        again = self.session.again if oddly == "again" else None
        self.count += 1
        message, other = parted(message, oddly, self.count)
        second = self._stopwatch(other.turn)
        second.message_id = watch.message_id if again else f"{self.key}-{other.turn}"
        self._send_aside(other, second, partial(again, watch, second) if again else None)
        if not again:
            await asyncio.sleep(0)  # so that it goes ahead
        return message

    async def _ask(self, message: Message, watch: Stopwatch, send: Send | None = None) -> Got:
        now = self.desk.clock.now
        try:
            reply = await (self.session.say(message.texts, watch) if send is None else send())
        except ExchangeFailed as failed:
            forced = Signal("initiated", "transport", reason=failed.handed_over) if failed.handed_over else None
            reply = Reply(text=failed.partial, status=failed.status, signals=(forced,) if forced else ())
            self.forced = self.forced or failed.handed_over
            return Got(failed.failure, watch.ended or now(), reply, failed.detail, failed.retry_after_s)
        return Got("ok", watch.over or watch.ended or now(), reply)

    def _note(self, message: Message, watch: Stopwatch, got: Got) -> Turn:
        """Write down a turn, and look for what belongs to others in its reply."""
        reply = got.reply
        heard = self.ear.hear(reply.text, reply.signals) if got.outcome == "ok" and reply is not None else None
        turn = turn_of(self.number, message, watch, got, heard, self.desk.start)
        self.turns.append(turn)
        self.desk.record(turn)
        if reply is not None and reply.text:
            self._look_for_strangers(turn.turn, reply.text)
        return turn

    def _overhear(self, unasked: Unasked) -> None:
        """The agent sends something while no turn waits for it."""
        heard = overheard(unasked, self.number, self.desk.start)
        self.unasked.append(heard)
        self.desk.record(heard)
        if heard.text:
            self._look_for_strangers(heard.turn, heard.text)

    def _look_for_strangers(self, turn: int, text: str) -> None:
        found = self.desk.tokens.foreign(text, self.number, self.customer.tokens)
        if found is not None:
            self.findings.append(leak(self.number, turn, *found))

    # -- impatience ----------------------------------------------------------------------------------------------

    def _walk_out(self, leave: Leave) -> None:
        self.left = leave

    def _start_aside(self, impulse: Impulse) -> None:
        if not isinstance(impulse.move, Say) or self.count >= self.desk.max_turns:
            return
        self.count += 1
        self.mind = mood.after_impulse(self.mind, impulse)
        texts = self.desk.voice(self.customer, self.mind, impulse.move)
        now = self.desk.clock.now()
        message = Message(
            self.count, impulse.move, texts, now, self.mind.frustration, overlap=True, channel=self.channel
        )
        self._send_aside(message, self._stopwatch(message.turn))

    def _send_aside(self, message: Message, watch: Stopwatch, send: Send | None = None) -> None:
        aside = asyncio.get_running_loop().create_task(self._say_aside(message, watch, send))
        self.asides[aside] = (message, watch)

    async def _say_aside(self, message: Message, watch: Stopwatch, send: Send | None) -> None:
        """Send something while an earlier reply is still missing, as people do. What comes back is recorded."""
        watch.start()
        got = await self._ask(message, watch, send)
        task = asyncio.current_task()
        if task in self.asides:  # else the conversation has closed, and noted this as unanswered
            del self.asides[task]
            turn = self._note(message, watch, got)
            if send is None and turn.heard is not None and turn.heard.signals:
                self.handed = next((one for one in turn.heard.signals if one.state in REACHED), self.handed)

    # -- the end -------------------------------------------------------------------------------------------------

    def close(self, ending: EndingName, reason: str) -> None:
        """Judge the conversation and write its end, findings first. Nothing of it is written afterwards."""
        for aside, (message, watch) in self.asides.items():
            aside.cancel()
            self._note(message, watch, Got("cut" if ending == "cut_off" else "left", self.desk.clock.now()))
        story = self._story(ending, reason)
        findings = (*self.findings, *judge(story, self.desk.more_checks))
        for finding in findings:
            self.desk.record(finding)
        self.desk.record(concluded(story, findings))
        self.desk.tokens.leave(self.number, self.customer.tokens)

    def _story(self, ending: EndingName, reason: str) -> Story:
        customer, desk = self.came_as, self.desk
        blind, turns = desk.connector.blind, seen(self.turns)
        span = Span(desk.start, self.due, self.started, desk.clock.now(), desk.warm_up_s, self.stage)
        return Story(
            customer.persona,
            turns,
            conversation_of(customer, self.turns, self.unasked, blind, span, ending, reason),
            blind,
            knows=customer.knows,
            others=customer.others,
            canary=canary(customer) if any(map(carries_canary, turns)) else "",
            shows=desk.shows,
            leaks=tuple(finding.turn for finding in self.findings),
            unasked=tuple(self.unasked),
            copies=tuple(turn for turn in self.turns if turn.copy_of),
        )
