"""What our customers say when there is nothing to wait for: conversations with the reference agent, in process."""

import tempfile
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from msgspec.structs import replace

from hubbub.clock import Clock, run_jumping
from hubbub.customers.population import Population
from hubbub.customers.wording import word
from hubbub.engine import Engine, Share
from hubbub.journal import Journal, read_folder
from hubbub.model import Arrivals, Conversation, Persona, Record, Turn, Workload
from hubbub.realism.dialogue import Dialogue, act_of_ours
from hubbub.realism.listener import Listener
from hubbub.reference_agent.in_process import agent_in_process
from hubbub.reference_agent.settings import AgentSettings
from hubbub.runs.plan import Plan, Weighted
from hubbub.runs.portion import header

_HOUR_S = 3600.0


def rehearse(
    workload: Workload, people: tuple[tuple[Persona, float], ...], conversations: int, seed: int,
    *, listening: bool = False,
) -> tuple[Dialogue, ...]:  # fmt: skip
    """About so many conversations, at natural speed on a clock that jumps over the waiting.

    They are held with the reference agent, or with one that is `listening` to what each persona came for.
    """
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        _hold(folder / "journal.0.jsonl", _unhurried(workload, conversations, seed), people, listening)
        return dialogues_of(read_folder(folder))


def _unhurried(workload: Workload, conversations: int, seed: int) -> Workload:
    return replace(
        workload,
        arrivals=Arrivals(process="poisson", rate_per_s=conversations / _HOUR_S),
        duration_s=_HOUR_S,
        warm_up_s=0.0,
        drain_s=_HOUR_S,
        speed=1.0,
        seed=seed,
    )


def _hold(path: Path, workload: Workload, people: tuple[tuple[Persona, float], ...], listening: bool) -> None:
    plan = Plan("realism", workload, tuple(Weighted(*pair) for pair in people), "", 1, "")

    async def main(clock: Clock) -> None:
        population = Population(plan.personas, workload.seed)
        agent = Listener(population.draw) if listening else agent_in_process(AgentSettings(seed=1), clock)
        journal = Journal.open(path, clock, threaded=False)
        journal.append(header(plan, 0, agent.blind))
        engine = Engine(
            workload, plan.personas, agent, journal, clock, word, run_id="realism", start=1.0, share=Share()
        )
        await journal.close(await engine.run())

    run_jumping(main)


def dialogues_of(records: Iterable[Record]) -> tuple[Dialogue, ...]:
    """The customers' side of the conversations in a journal. Delays are from the end of a reply to the next message."""
    turns: dict[int, list[Turn]] = {}
    whole: set[int] = set()
    handed: set[int] = set()
    for record in records:
        if isinstance(record, Turn):
            turns.setdefault(record.number, []).append(record)
        elif isinstance(record, Conversation):
            whole |= {record.number} if record.ending in ("resolved", "agent_ended") else set()
            handed |= {record.number} if record.expected == "must" else set()
    ordered = ((number, sorted(found, key=lambda turn: turn.turn)) for number, found in sorted(turns.items()))
    return tuple(_dialogue(found, whole=number in whole, served=number not in handed) for number, found in ordered)


def _dialogue(turns: list[Turn], *, whole: bool, served: bool) -> Dialogue:
    answered = [turn for turn in turns if not turn.overlap]
    pairs = pairwise(answered)
    return Dialogue(
        texts=tuple(text for turn in turns for text in turn.texts),
        acts=tuple(act_of_ours(turn.act) for turn in turns),
        delays_s=tuple(then.sent_s - (turn.over_s or turn.sent_s) for turn, then in pairs),
        whole=whole,
        served=served,
    )
