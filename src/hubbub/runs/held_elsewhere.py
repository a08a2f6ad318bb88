"""Conversations that were held elsewhere, judged like a run: their logs become a journal, with findings."""

import asyncio
import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from hubbub.checks import concluded, judge
from hubbub.checks.blindness import blind_to
from hubbub.checks.cross_talk import LiveTokens, leak
from hubbub.checks.escalation import REACHED, judgeable, told_from, weigh
from hubbub.checks.story import Story
from hubbub.clock import REAL
from hubbub.errors import FAILURES
from hubbub.journal import Journal
from hubbub.model import (
    Closed,
    Conversation,
    EndingName,
    Finding,
    Header,
    Record,
    Started,
)
from hubbub.runs.exhibits import Exhibit, Terms, exhibit, own_tokens
from hubbub.runs.findings import HELD_ELSEWHERE
from hubbub.runs.manifest import Manifest, write_manifest
from hubbub.runs.opening import new_folder
from hubbub.runs.origin import machine, versions
from hubbub.transcripts.rows import files_of
from hubbub.transcripts.values import Transcript

_FROM_WORDS = tuple(name for name, failure in FAILURES.items() if failure.layer in ("conversation", "governance"))
_NOT_FROM_WORDS = ("missed_escalation", "needless_escalation", "late_escalation", "phantom_handoff")


def judge_transcripts(
    transcripts: Sequence[Transcript], terms: Terms, source: Path, results: Path, gates: tuple[str, ...]
) -> Path:
    """Judge conversations into a new results folder, and return it. `source` is the log, named in the manifest."""
    name = re.sub(r"[^a-z0-9-]+", "-", source.name.partition(".")[0].lower()).strip("-") or "transcripts"
    folder = new_folder(results, name, 0)
    begin_s = min((m.at_s for t in transcripts for m in t.messages if m.at_s is not None), default=0.0)
    exhibits = [exhibit(number, one, terms, begin_s) for number, one in enumerate(transcripts)]
    blind = blind_spots(exhibits, terms)
    asyncio.run(_write(folder / "journal.0.jsonl", name, exhibits, blind, terms))
    digests = {file.name: sha256(file.read_bytes()).hexdigest() for file in files_of(source)}
    write_manifest(
        folder,
        Manifest(
            workload=name,
            seed=0,
            gates=gates,
            versions=versions(),
            machine=machine(),
            sources=digests,
        ),
    )
    return folder


async def _write(path: Path, name: str, exhibits: Sequence[Exhibit], blind: tuple[str, ...], terms: Terms) -> None:
    journal = Journal.open(path, REAL, threaded=False)
    journal.append(Header(1, 0, 1, 0, name, 0.0, 1.0, blind=blind))
    tokens = LiveTokens()
    for one in exhibits:
        tokens.enter(one.number, own_tokens(one))
    end_s = 0.0
    for one in exhibits:
        for record in records_of(one, tokens, blind, terms):
            journal.append(record)
            end_s = max(end_s, record.ended_s) if isinstance(record, Conversation) else end_s
    held = len(exhibits)
    await journal.close(Closed(end_s, held, held, held, 0, 0))


def blind_spots(exhibits: Sequence[Exhibit], terms: Terms) -> tuple[str, ...]:
    """The classes that this log cannot show: neither passed nor failed."""
    replies = [turn.reply for one in exhibits for turn in one.turns if turn.reply is not None]
    structured = "tools" in terms.shows or any(reply.tools or reply.signals for reply in replies)
    structured = structured and not terms.text_only
    blind: list[str] = []
    if not structured and not any(one.labels.escalated is not None for one in exhibits):
        blind.append("phantom_handoff")
    blind += blind_to((), terms.shows)
    if not any(own_tokens(one) for one in exhibits):
        blind.append("cross_talk")
    if not any(reply.text for reply in replies):
        blind += (name for name in _FROM_WORDS if name not in _NOT_FROM_WORDS)
    return tuple(dict.fromkeys(blind))


def records_of(shown: Exhibit, tokens: LiveTokens, blind: tuple[str, ...], terms: Terms) -> Iterator[Record]:
    """A conversation as it stands in a journal: its start, turns, findings and end."""
    ended = conversation_of(shown, blind)
    yield Started(shown.number, shown.persona.persona, ended.due_s)
    leaks: list[Finding] = []
    for turn in shown.turns:
        yield turn
        stranger = tokens.foreign(turn.reply.text, shown.number, own_tokens(shown)) if turn.reply else None
        if stranger is not None:
            leaks.append(leak(shown.number, turn.turn, *stranger))
    story = Story(
        shown.persona,
        shown.turns,
        ended,
        blind,
        knows=shown.knows,
        canary=shown.canary,
        shows=terms.shows,
        leaks=tuple(finding.turn for finding in leaks),
    )
    findings = (*leaks, *(finding for finding in judge(story, terms.checks) if finding.check not in blind))
    yield from findings
    yield concluded(story, findings)


def conversation_of(shown: Exhibit, blind: tuple[str, ...]) -> Conversation:
    """How a conversation ended."""
    turns, persona, labels = shown.turns, shown.persona, shown.labels
    evidence = weigh(turns, blind)
    expected = persona.expect.escalation
    ending = _ending(shown, evidence.state in REACHED)
    answered = told_from(turns, blind)
    start_s = turns[0].sent_s if turns else 0.0
    return Conversation(
        number=shown.number,
        persona=persona.persona,
        ending=ending,
        reason=f"{HELD_ELSEWHERE}{shown.transcript.name}",
        turns=len(turns),
        due_s=start_s,
        started_s=start_s,
        ended_s=max((turn.over_s or turn.sent_s for turn in turns), default=start_s),
        expected=expected.decision if expected else None,
        trigger=(expected.trigger or "") if expected else "",
        escalated=evidence.state,
        provenance=evidence.provenance,
        escalated_turn=evidence.turn,
        escalated_after_s=None if evidence.at_s is None else round(evidence.at_s - start_s, 6),
        queue=evidence.queue or labels.queue,
        judged=expected is None or judgeable(expected, ending, answered, evidence.state in REACHED),
        resolves=persona.expect.resolves,
        channel=persona.channel,
        unknown_replies=sum(1 for t in turns if t.heard and t.heard.acts == ("unknown",)),
    )


def _ending(shown: Exhibit, escalated: bool) -> EndingName:
    """By the log's own word, else by who spoke last: a customer who got no answer has left."""
    turns = shown.turns
    if escalated:
        return "escalated"
    if shown.labels.resolved is not None:
        return "resolved" if shown.labels.resolved else "agent_ended"
    if not shown.transcript.whole:
        return "agent_ended"
    last = turns[-1]
    if last.act in ("thank", "bye"):
        return "resolved"
    return "abandoned" if last.outcome != "ok" else "agent_ended"
