"""One conversation with an agent, to find out what can be understood of it; each finding says what to change."""

import asyncio
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from hubbub.clock import REAL
from hubbub.connectors.dialing import dial, inside, secrets_of
from hubbub.connectors.gathering import part
from hubbub.connectors.inbox import document_of
from hubbub.connectors.protocol import CalledBack, Caller, Connector, Session
from hubbub.connectors.rawbody import RawBody, Unwatched
from hubbub.connectors.wire import Wire
from hubbub.customers.hearing import Ear
from hubbub.errors import FAILURES, AgentUnreachable, ExchangeFailed
from hubbub.exchange import Stopwatch
from hubbub.model import AgentSpec, Heard, Reply, Unasked, UnaskedKind
from hubbub.runs.advice import options_of
from hubbub.runs.embedded import start_embedded
from hubbub.runs.preflight import advise, reach
from hubbub.specs.workload import LoadedWorkload

_NUMBER = "A-48213"
_SAID = (
    f"Hi, where is my order? The order number is {_NUMBER}.",
    "And when will it arrive? Please repeat the order number, so that I know we mean the same.",
    "I want to talk to a human agent, please.",
)
_BROKEN = b'{"'
_BROKEN_WITHIN_S = 5.0
_TOGETHER = 0.2  # a first text later than this share of the whole turn came with its end: not streamed to any use
State = Literal["good", "note", "bad"]
Options = Mapping[str, Any]  # the schema of each setting that the connector has


class Noticed(Struct, frozen=True):
    """One line of a probe: what it is about, how it stands, what was seen, and the setting to change if it is wrong."""

    topic: str
    state: State
    seen: str
    change: str = ""


class Answered(Struct, frozen=True):
    """A turn of the probe: what was said, and the reply, or the failure with the setting to look at; seconds since it
    was sent."""

    said: str
    outcome: str
    detail: str = ""
    change: str = ""
    reply: Reply | None = None
    heard: Heard | None = None
    first_text_s: float | None = None
    over_s: float = 0.0


class Probed(Struct, frozen=True):
    """All that a probe found. `understood` is False when not one turn was answered by anything that we can read."""

    noticed: tuple[Noticed, ...]
    turns: tuple[Answered, ...]

    @property
    def understood(self) -> bool:
        replies = [turn.reply for turn in self.turns if turn.reply is not None]
        return any(reply.text or reply.tools or reply.signals for reply in replies)


async def probe(loaded: LoadedWorkload) -> Probed:
    """Hold one conversation with the workload's agent. Raises AgentUnreachable and UsageError."""
    agent = loaded.workload.agent
    if agent.embedded is not None:
        process = await start_embedded(agent.embedded, None)
        try:
            url = process.url(agent.connector)
            return await _probe(replace(agent, url=url, embedded=None), loaded.path.parent)
        finally:
            await process.stop()
    return await _probe(agent, loaded.path.parent)


async def _probe(agent: AgentSpec, beside: Path) -> Probed:
    connector = await dial(agent, REAL, beside)
    unasked: list[Unasked] = []
    if isinstance(connector, CalledBack):
        connector.tell = unasked.append
        connector.redelivers = False  # what fails is to be known at once
    session = connector.session(
        Caller(0, f"probe-{int(REAL.now() * 1000)}-0", "web-chat", "en-US", overhear=unasked.append)
    )
    ear = Ear("en", {}, ("order_id", "name", "email"))
    turns: list[Answered] = []
    broken: Noticed | None = None
    try:
        if agent.url is not None:
            await reach(agent.url, agent.timeouts.connect_s)
        for said in _SAID:
            turns.append(await _ask(session, said, ear, agent, called_back=isinstance(connector, CalledBack)))
            if turns[-1].outcome != "ok" and len(turns) == 1:
                break  # what cannot be said hello to need not be asked more
        else:
            broken = await _broken(connector, agent)
    finally:
        await session.close()
        await connector.close()
    return Probed((*_notice(agent, connector, turns, broken), *_called_back(connector, unasked)), tuple(turns))


async def _broken(connector: Connector, agent: AgentSpec) -> Noticed:
    """What an error of the agent's looks like: it is sent something that it cannot read."""
    wire, hide = getattr(inside(connector), "wire", None), secrets_of(connector, agent).hide_cut
    if not isinstance(wire, Wire) or not wire.target.prefix.startswith(b"POST"):
        return Noticed("error", "note", "not tried: this protocol leaves no room for a broken request")
    try:
        async with asyncio.timeout(_BROKEN_WITHIN_S):
            _, answer = await wire.exchange(_BROKEN, Unwatched(), lambda head: RawBody())
    except TimeoutError:
        return Noticed("error", "note", f"a broken request is not answered within {_BROKEN_WITHIN_S:g} s")
    except ExchangeFailed as failed:
        state: State = "good" if failed.failure == "http_4xx" else "note"
        return Noticed("error", state, f"a broken request ends in {failed.failure}: {hide(failed.detail)[:100]}")
    body = answer.whole_body()
    begins = hide(body.decode("utf-8", "replace"))[:80]
    if part(document_of(body), "error") is not None:
        return Noticed("error", "good", f"a broken request is answered under a good status, with an error: {begins!r}")
    said = f"a broken request is answered as if it were good: {begins!r}"
    return Noticed("error", "note", said, _in_reply(options_of(agent.connector), "error"))


async def _ask(session: Session, said: str, ear: Ear, agent: AgentSpec, *, called_back: bool) -> Answered:
    watch = Stopwatch(REAL.now)
    try:
        reply = await session.say((said,), watch)
    except ExchangeFailed as failed:
        over_s = REAL.now() - watch.sent
        change = await advise(agent, failed.failure, failed.status, failed.detail, called_back=called_back)
        return Answered(said, failed.failure, failed.detail, change, over_s=over_s)
    await asyncio.sleep(0)
    first = None if watch.first_text is None else watch.first_text - watch.sent
    return Answered(said, "ok", "", "", reply, ear.hear(reply.text, reply.signals), first, REAL.now() - watch.sent)


def unreachable(probed: Probed) -> AgentUnreachable:
    """The error that a probe without one readable answer ends in."""
    turn = probed.turns[0]
    if turn.outcome == "ok":
        mute = next(one for one in probed.noticed if one.topic == "text")
        error = AgentUnreachable(mute.seen + (f"; look at {mute.change}" if mute.change else ""))
    else:
        look = f"; look at {turn.change}" if turn.change else ""
        about = [one for one in probed.noticed if one.topic in ("calls back", "unasked")]
        if turn.outcome in ("first_text_timeout", "total_timeout"):
            look += "".join(f"; {one.topic}: {one.seen}" for one in about)
        error = AgentUnreachable(f"no reply could be understood ({turn.outcome}): {turn.detail}{look}")
    error.remedy = "Change that, and probe again; `curl -v` to the agent from this machine shows more."
    return error


def _notice(agent: AgentSpec, connector: Connector, turns: list[Answered], broken: Noticed | None) -> Iterator[Noticed]:
    good = [turn for turn in turns if turn.reply is not None]
    yield Noticed("reached", "good", str(agent.url or "the agent"))
    if not good:
        yield _failed(turns[0])
        return
    options = options_of(agent.connector)
    yield _protocol(agent, good[0])
    yield _text(good, options)
    yield _streaming(good, options)
    yield from (_failed(turn) for turn in turns if turn.reply is None)
    yield _continuity(turns, options)
    yield _escalation(turns, options)
    if broken is not None:
        yield broken
    yield _audit(good, options)
    yield _blindness(connector)


def _failed(turn: Answered) -> Noticed:
    meaning = FAILURES[turn.outcome].meaning
    return Noticed("failure", "bad", f"{turn.outcome}: {meaning} {turn.detail}", turn.change)


def _in_reply(options: Options, name: str) -> str:
    """The setting that says where something is in a reply; empty where the connector has none."""
    return f"agent.options.reply.{name}" if name in options.get("reply", {}).get("properties", {}) else ""


def _protocol(agent: AgentSpec, turn: Answered) -> Noticed:
    assert turn.reply is not None
    return Noticed("protocol", "good", f"{agent.connector}; a reply was whole by its {turn.reply.completed_by}")


def _text(good: list[Answered], options: Options) -> Noticed:
    reply = next((turn.reply for turn in good if turn.reply and turn.reply.text), None)
    if reply is None:
        return Noticed(
            "text", "bad", "replies came, and none had text", _in_reply(options, "text") or "agent.connector"
        )
    return Noticed("text", "good", f"{len(reply.text)} characters: {reply.text[:80]!r}")


def _streaming(good: list[Answered], options: Options) -> Noticed:
    reply = good[0].reply
    assert reply is not None
    if reply.events < 2:
        return Noticed("streaming", "note", "replies come whole: first text and last are the same moment",
                       "agent.options.stream, if the endpoint can stream" if "stream" in options else "")  # fmt: skip
    first, over = good[0].first_text_s or 0.0, good[0].over_s
    when = f"{reply.events} events, first text after {first:.3f} s, all after {over:.3f} s"
    held_back = over - first < (1 - _TOGETHER) * 0.05 * over and reply.events > 3
    return Noticed("streaming", "note" if held_back else "good", when,
                   "a proxy that buffers, if this agent should write as it thinks" if held_back else "")  # fmt: skip


def _continuity(turns: list[Answered], options: Options) -> Noticed:
    change = "the agent, which is told the conversation's name with each turn"
    if "history" in options:
        change = "agent.options.history"
    elif "body" in options:
        change = f"agent.options.body: $session, or another name that the agent knows; {_in_reply(options, 'session')}"
        change = change.removesuffix("; ")
    if len(turns) < 2 or turns[1].reply is None:
        return Noticed("session", "bad", "not seen: the second turn failed", change)
    if re.search(re.escape(_NUMBER[2:]), turns[1].reply.text):
        return Noticed("session", "good", "kept: the second reply knew what the first message said")
    if turns[1].heard is not None and "order_id" in turns[1].heard.asked:
        forgets = (
            change if change.startswith("the agent") else f"{change}; where that is right, the agent itself forgets"
        )
        return Noticed("session", "bad", "lost: it asked for the order number that it had been told", forgets)
    first, second = (turn.reply.session if turn.reply else "" for turn in turns[:2])
    if first and second and first != second:
        return Noticed("session", "bad", f"lost: the agent named it {first!r}, then {second!r}", change)
    if turns[1].heard is not None and turns[1].heard.claims and not turns[1].heard.asked:
        return Noticed(
            "session", "note", "kept, it seems: the second reply answers, and does not ask for the number again"
        )
    return Noticed("session", "note", "cannot be told: the second reply does not speak of what the first message said")


def _escalation(turns: list[Answered], options: Options) -> Noticed:
    own = _in_reply(options, "escalation")
    change = "agent.escalation: a preset" + (f", or `field` with {own}" if own else "")
    change += ", or agent.options.escalation_tools" if "escalation_tools" in options else ""
    turn = turns[-1]
    if len(turns) < len(_SAID) or turn.reply is None or turn.heard is None:
        return Noticed("escalation", "bad", "not seen: the turn that asked for a human failed", change)
    early = next((n for n, one in enumerate(turns[:-1]) if one.reply is not None and one.reply.signals), None)
    if early is not None:
        return _too_early(turns[early], _ORDINALS[early], options)
    if turn.reply.signals:
        signal = turn.reply.signals[0]
        detail = f" to {signal.queue}" if signal.queue else ""
        return Noticed("escalation", "good", f"asked for a human: {signal.state} by {signal.provenance}{detail}")
    said = {"handoff": "promised in words", "offer_handoff": "offered in words"}
    words = next((said[act] for act in turn.heard.acts if act in said), "")
    if words:
        return Noticed("escalation", "note", f"asked for a human: {words}, and nothing structural shows it", change)
    tools = ", ".join(tool.name for tool in turn.reply.tools)
    what = f"tools were called, and none means a human: {tools}" if tools else "nothing shows it"
    return Noticed("escalation", "note", f"asked for a human: {what}", change)


def _too_early(turn: Answered, which: str, options: Options) -> Noticed:
    """A flag that is always there, such as one that says `no`, would have every customer count as handed over."""
    assert turn.reply is not None
    by = turn.reply.signals[0].provenance
    own = _in_reply(options, "escalation")
    change = f"{own}.equals: what stands there when a human is called, and only then" if own and by == "field" else (
        "agent.escalation: a preset that fits, unless this agent hands over whoever asks for an order"
    )  # fmt: skip
    return Noticed(
        "escalation", "bad", f"shown by the {which} reply already, before a human was asked for: by {by}", change
    )


_ORDINALS = ("first", "second")


def _audit(good: list[Answered], options: Options) -> Noticed:
    reply = good[0].reply
    if reply is not None and reply.trace:
        return Noticed("trace", "good", f"replies carry an id: {reply.trace[:60]}")
    return Noticed("trace", "note", "replies carry no trace or request id", _in_reply(options, "trace"))


def _called_back(connector: Connector, unasked: list[Unasked]) -> Iterator[Noticed]:
    """Where the agent calls back, how long its platform waits, and what came and belonged to no turn."""
    if not isinstance(connector, CalledBack):
        return
    if connector.place:
        where = f"at {connector.place}, which is where the agent's own base address must point"
        yield Noticed("calls back", "note", where, "agent.inbound (port, public_url), or the agent's settings")
    deadline_s = getattr(inside(connector), "deadline_s", 0.0)
    if deadline_s:
        yield Noticed("deadline", "note", f"a webhook must be answered within {deadline_s:g} s",
                      "agent.options.deadline_s, if your channel waits otherwise")  # fmt: skip
    for kind, change in _UNASKED.items():
        found = [one for one in unasked if one.kind == kind]
        if found:
            said = next((one.detail or one.text or one.to for one in found), "")
            yield Noticed("unasked", "bad", f"{len(found)} {kind}: {said[:120]}", change)


_UNASKED: Mapping[UnaskedKind, str] = {
    "refused": "the agent's credentials and paths; agent.options (ids, tokens) must name the same",
    "unmatched": "the recipient: the agent must answer whom the webhook names",
    "late": "agent.options.quiet_s: longer than the pauses between the messages of one reply",
    "duplicate": "nothing here: the agent sends twice",
}


def _blindness(connector: Connector) -> Noticed:
    if not connector.blind:
        return Noticed("blind", "good", "no check is blind with this protocol and preset")
    return Noticed("blind", "note", f"these cannot show here: {', '.join(connector.blind)}")
