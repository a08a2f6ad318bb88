"""A log's conversation made ready to be judged: messages to turns, with what is known of the customer."""

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from hubbub.checks.escalation import AS_LABELLED, REACHED
from hubbub.checks.story import Check
from hubbub.connectors.escalation import Parts, Preset, signals_of
from hubbub.customers.hearing import Ear
from hubbub.model import Goal, Heard, Persona, Reply, Signal, ToolCall, Turn
from hubbub.specs.expectations import Expected
from hubbub.tongues import tongue_of
from hubbub.transcripts.acts import act_of
from hubbub.transcripts.gleaned import canary_of, numbers_of
from hubbub.transcripts.values import Labels, Message, Transcript

ANYBODY = "anybody"  # the persona of a conversation of which nothing is known
_TOKEN = re.compile(r"(?=.*\d)[\w@.+-]{5,}")


class Terms(Struct, frozen=True):
    """By what the conversations are judged: personas by name, what is known of each by id, and the preset."""

    personas: Mapping[str, Persona]
    expected: Mapping[str, Expected]
    preset: Preset
    tool_names: tuple[str, ...] = ()
    text_only: bool = False
    shows: tuple[str, ...] = ()  # what the log is said to show of every reply: tools, audit_id
    checks: tuple[Check, ...] = ()  # the user's own


class Exhibit(Struct, frozen=True):
    """A conversation ready to be judged: who it was with, and its turns.

    `knows` are the customer's values by slot: those that were given, and those that its own words show. `canary` is the
    word that an injection of its bade the agent say.
    """

    number: int
    transcript: Transcript
    persona: Persona
    labels: Labels
    turns: tuple[Turn, ...]
    knows: dict[str, str] = {}
    canary: str = ""


def own_tokens(exhibit: Exhibit) -> tuple[str, ...]:
    """Values of this customer that nobody says by chance: of those that were given, since words may be of others."""
    return tuple(value for value in exhibit.labels.knows.values() if _TOKEN.fullmatch(value))


def exhibit(number: int, transcript: Transcript, terms: Terms, begin_s: float) -> Exhibit:
    """A conversation under its persona and labels; moments count from `begin_s`."""
    known = terms.expected.get(transcript.name) or terms.expected.get(transcript.task) or Expected()
    labels = transcript.labels
    labels = replace(
        labels,
        persona=known.persona or labels.persona,
        expected=known.escalation or labels.expected,
        knows={**labels.knows, **known.knows},
    )
    persona = terms.personas.get(labels.persona) or Persona(
        persona=labels.persona or ANYBODY, goal=Goal(intent="unknown"), locale=_spoken(transcript)
    )
    resolves = persona.expect.resolves if known.resolves is None else known.resolves
    expect = replace(persona.expect, escalation=labels.expected or persona.expect.escalation, resolves=resolves)
    persona = replace(persona, expect=expect, locale=_own_locale(persona, transcript))
    said = tuple(message.text for message in transcript.messages if message.sender == "customer")
    knows = {**numbers_of(said), **labels.knows}
    ear = Ear(persona.locale, persona.expects, tuple({**persona.knows, **knows}))
    turns = tuple(
        _turn(number, at, *pair, ear, terms, knows, begin_s, transcript.whole)
        for at, pair in enumerate(_pairs(transcript), 1)
    )
    return Exhibit(number, transcript, persona, labels, _with_label(turns, labels), knows, canary_of(said))


def _own_locale(persona: Persona, transcript: Transcript) -> str:
    """The persona's, unless this customer clearly writes another language."""
    words = tongue_of(" ".join(message.text for message in transcript.messages if message.sender == "customer"))
    return words if words and words != persona.locale.lower().partition("-")[0] else persona.locale


def _spoken(transcript: Transcript) -> str:
    """The language of a customer of whom nothing is known: by what it writes, else the agent; else English."""
    for sender in ("customer", "agent"):
        tongue = tongue_of(" ".join(message.text for message in transcript.messages if message.sender == sender))
        if tongue:
            return tongue
    return "en"


def _pairs(transcript: Transcript) -> Iterator[tuple[tuple[Message, ...], tuple[Message, ...]]]:
    """Each burst of the customer's with the whole answer to it; an agent who begins answers nothing."""
    if not transcript.whole:
        yield from (((message,), ()) for message in transcript.messages if message.text)
        return
    asked: list[Message] = []
    answers: list[Message] = []
    for message in transcript.messages:
        if message.sender == "customer" and message.text:
            if answers:
                yield tuple(asked), tuple(answers)
                asked, answers = [], []
            asked.append(message)
        elif message.sender in ("agent", "person") or (message.sender == "tool" and answers):
            answers.append(message)
    if asked or answers:
        yield tuple(asked), tuple(answers)


def _turn(
    number: int,
    at: int,
    asked: tuple[Message, ...],
    answers: tuple[Message, ...],
    ear: Ear,
    terms: Terms,
    knows: Mapping[str, str],
    begin_s: float,
    whole: bool,
) -> Turn:
    """One turn. Of a log without the agent's side it is taken as answered, with what is not known."""
    texts = tuple(message.text for message in asked)
    sent_s = _since(asked[-1] if asked else answers[0], begin_s) or 0.0
    reply = _reply(answers, terms) if answers else None
    told = tuple(slot for slot, value in knows.items() if value and value.lower() in " ".join(texts).lower())
    said = [message for message in answers if message.sender != "tool"]
    spoken = [_since(message, begin_s) for message in said if message.text]
    return Turn(
        number=number,
        turn=at,
        act=act_of(texts, at == 1),
        told=told,
        texts=texts,
        due_s=sent_s,
        sent_s=sent_s,
        first_text_s=spoken[0] if spoken and asked else None,
        done_s=_since(said[-1], begin_s) if said and asked else None,
        over_s=_since(said[-1], begin_s) if said else None,
        outcome="ok" if answers or not whole else "left",
        reply=reply,
        heard=ear.hear(reply.text, reply.signals) if reply is not None else None,
    )


def _reply(answers: tuple[Message, ...], terms: Terms) -> Reply:
    said = [message for message in answers if message.sender == "agent"]
    done, failed = _calls(answers)
    signals = signals_of(terms.preset, Parts(tools=done, tool_names=terms.tool_names))
    tried = signals_of(terms.preset, Parts(tools=failed, tool_names=terms.tool_names))
    signals = (*(replace(signal, state="failed") for signal in tried), *signals)
    if any(message.sender == "person" for message in answers):
        signals = (*signals, Signal("confirmed", "control", reason="a person wrote"))
    return Reply(
        text="\n".join(message.text for message in said if message.text),
        tools=done,
        signals=signals,
        trace=next((message.trace for message in said if message.trace), ""),
    )


def _calls(answers: tuple[Message, ...]) -> tuple[tuple[ToolCall, ...], tuple[ToolCall, ...]]:
    """The tool calls of a reply, and those of them that came to nothing by the tools' own answers.

    An answer belongs to the oldest unanswered call of its tool's name; without a name, to the oldest one.
    """
    done: list[ToolCall] = []
    failed: list[ToolCall] = []
    waiting: list[ToolCall] = []
    for message in answers:
        if message.sender != "tool":
            waiting += message.tools
            continue
        names = {tool.name for tool in message.tools}
        call = next((call for call in waiting if not names or call.name in names), None)
        if call is not None:
            waiting.remove(call)
            (failed if message.failed else done).append(call)
    return (*done, *waiting), tuple(failed)


def _since(message: Message, begin_s: float) -> float | None:
    return None if message.at_s is None else round(message.at_s - begin_s, 6)


def _with_label(turns: tuple[Turn, ...], labels: Labels) -> tuple[Turn, ...]:
    """The turns with the log's own word on whether a human was called, where no turn shows it: it is the last's."""
    shown = any(
        s.state in REACHED and s.provenance != "text" for t in turns for s in (t.heard.signals if t.heard else ())
    )
    if not labels.escalated or shown or not turns:
        return turns
    last = turns[-1]
    signal = Signal("initiated", "field", labels.queue, AS_LABELLED)
    reply = last.reply or Reply()
    heard = last.heard or Heard(("handoff",))
    seen = replace(
        last,
        outcome="ok",
        reply=replace(reply, signals=(*reply.signals, signal)),
        heard=replace(heard, signals=(signal, *heard.signals)),
    )
    return (*turns[:-1], seen)
