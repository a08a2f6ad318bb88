"""What judging costs: all checks together, per turn, with 10,000 conversations open; and each check alone.

Real stories are held with the reference agent on the jumping clock, clean or with the faults of ordinary talk, and then
judged again and again, each time from scratch. CPU time of this process; medians of the rounds.

python -m benchmarks.checks [--conversations 1000] [--rounds 7] [--faults]
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median

from msgspec.structs import replace

from hubbub.checks import STANDARD, concluded, judge
from hubbub.checks.cross_talk import Elsewhere, LiveTokens
from hubbub.checks.story import Story
from hubbub.clock import Clock, run_jumping
from hubbub.customers.population import Population
from hubbub.customers.wording import word
from hubbub.engine import Engine
from hubbub.journal import Journal
from hubbub.model import Arrivals, Closed, Finding
from hubbub.reference_agent.in_process import agent_in_process
from hubbub.reference_agent.settings import AgentSettings
from hubbub.runs.plan import Plan, Weighted
from hubbub.runs.portion import header
from hubbub.specs.shipped import demo_workload
from hubbub.specs.workload import load_workload

FAULTS = ("repeats-itself:.05", "forgets:.05", "misstates-facts:.05", "switches-language:.02", "says-it-twice:.02")
OPEN = (100, 10_000, 40_000)


def stories(conversations: int, faults: tuple[str, ...]) -> tuple[list[Story], Population]:
    """Conversations as their checks saw them, and the population that they were drawn from."""
    loaded = load_workload(demo_workload())
    arrivals = Arrivals(process="poisson", rate_per_s=conversations / 3600)
    workload = replace(
        loaded.workload, arrivals=arrivals, duration_s=3600.0, warm_up_s=0.0, drain_s=3600.0, speed=1.0, seed=11
    )
    people = tuple(Weighted(persona, weight) for persona, weight in loaded.personas)
    plan = Plan("checks", workload, people, "", 1, "")
    held: list[Story] = []

    def keep(story: Story) -> Iterator[Finding]:
        held.append(story)
        return iter(())

    async def main(clock: Clock) -> Closed:
        connector = agent_in_process(AgentSettings(seed=1, faults=faults), clock)
        with tempfile.TemporaryDirectory() as folder:
            journal = Journal.open(Path(folder) / "journal.jsonl", clock, threaded=False)
            journal.append(header(plan, 0, connector.blind))
            engine = Engine(
                workload, plan.personas, connector, journal, clock, word, run_id="checks", start=1.0, checks=(keep,)
            )
            closed = await engine.run()
            await journal.close(closed)
        return closed

    run_jumping(main)
    return held, Population(plan.personas, workload.seed)


def crowd(population: Population, size: int, *, shared: bool) -> LiveTokens:
    """So many open conversations; `shared` when other processes hold some too."""
    tokens = LiveTokens(Elsewhere(population.token_shape(), population.owner_of) if shared else None)
    for number in range(size):
        tokens.enter(number, population.draw(number).tokens)
    return tokens


def cost_us(work: Callable[[], object], turns: int, rounds: int) -> tuple[float, float]:
    """Median and spread (largest less smallest) of the CPU microseconds per turn."""
    taken = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        taken.append((time.process_time() - began) / turns * 1e6)
    return median(taken), max(taken) - min(taken)


def main() -> None:
    """Prints the whole, its parts, and how cross-talk grows with the crowd."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--conversations", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--faults", action="store_true")
    words = parser.parse_args()
    held, population = stories(words.conversations, FAULTS if words.faults else ())
    turns = sum(len(story.turns) for story in held)
    own = {story.ending.number: population.draw(story.ending.number).tokens for story in held}

    def search(tokens: LiveTokens) -> None:
        for story in held:
            number = story.ending.number
            for turn in story.turns:
                if turn.reply is not None:
                    tokens.foreign(turn.reply.text, number, own[number])

    def judge_all() -> None:
        for story in held:
            fresh = replace(story)
            concluded(fresh, tuple(judge(fresh)))

    def judge_one(check: Callable[[Story], Iterator[Finding]]) -> None:
        for story in held:
            tuple(check(replace(story)))

    what = "some faults" if words.faults else "no faults"
    print(f"{len(held):,} conversations, {turns:,} turns, {words.rounds} rounds, {what}")
    whole, spread = cost_us(judge_all, turns, words.rounds)
    print(f"judging, all checks          {whole:6.1f} us per turn  (spread {spread:.1f})")
    for shared in (False, True):
        for size in OPEN:
            tokens = crowd(population, size, shared=shared)
            found, spread = cost_us(partial(search, tokens), turns, words.rounds)
            what = "other processes too" if shared else "one process"
            print(f"cross-talk, {size:>6,} open     {found:6.1f} us per turn  (spread {spread:.1f}), {what}")
            if size == OPEN[1]:
                print(f"both, {size:,} open           {whole + found:6.1f} us per turn, {what}")
    for check in STANDARD:
        each, _ = cost_us(partial(judge_one, check), turns, 3)
        print(f"  {check.__module__.rpartition('.')[2]}.{check.__name__:20} {each:6.1f} us per turn")


if __name__ == "__main__":
    main()
