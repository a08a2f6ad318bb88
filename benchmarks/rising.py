"""A made journal of a run whose load rises until the agent slows down, refuses, and no longer calls humans in time.

Records come interleaved as a generator would write them: thousands of conversations are open at once.
"""

from collections.abc import Iterator
from heapq import heappop, heappush
from math import exp
from pathlib import Path

from hubbub.chance import Stream, stream
from hubbub.clock import Clock, run_jumping
from hubbub.journal import Journal
from hubbub.model import (
    Claim,
    Closed,
    Conversation,
    Decision,
    Dropped,
    EndingName,
    Finding,
    Header,
    Health,
    Heard,
    Record,
    Reply,
    Started,
    Turn,
)

STAGES = ("1: 5/s", "2: 10/s", "3: 20/s", "4: 40/s")
GATES = ("turn_p95_s <= 3.5", "escalation_recall >= 0.9", "failed_turn_rate <= 0.02", "abandonment_rate <= 0.1")
_RATES = (5.0, 10.0, 20.0, 40.0)
_TURNS = 5
_LASTS_S = 55.0
_WARM_UP_S = 5.0
_PEOPLE: tuple[tuple[str, Decision, str], ...] = (
    ("where-is-my-order", "must_not", ""),
    ("broken-blender", "must_not", ""),
    ("smoke-grey-kettle", "must_not", ""),
    ("smoking-kettle", "must", "safety"),
    ("stolen-card", "must", "identity_fraud"),
    ("wants-a-person", "must", "explicit_request"),
    ("angry-about-outage", "may", "sentiment"),
)
_ASKED = ("hi, my {} is late, order A-{:05d}", "the {} arrived broken (A-{:05d})", "any news about my {}? its A-{:05d}")
_THINGS = ("blender", "kettle", "toaster", "lamp", "router", "jacket")
_REPLY = (
    "Thank you for your patience. I have found order A-{:05d} in our system. It left our warehouse on Monday and "
    "should be with you in three to five working days. Is there anything else that I can do for you today?"
)
_Later = tuple[float, int, Record]


class _Rise:
    """Makes conversations one after the other; `later` holds their records until it is their time."""

    def __init__(self, held: int, seed: int) -> None:
        self.seed = seed
        self.later: list[_Later] = []
        self.order = 0
        share = held / 4
        self.starts = [0.0]
        for rate in _RATES:
            self.starts.append(self.starts[-1] + share / rate)

    def put(self, at_s: float, record: Record) -> None:
        self.order += 1
        heappush(self.later, (at_s, self.order, record))

    def conversation(self, number: int, due_s: float, stage: int) -> None:
        chance = stream(self.seed, number)
        person, expected, trigger = chance.choice(_PEOPLE)
        strain = (0.0, 0.1, 0.45, 1.0)[stage]
        self.put(due_s, Started(number, person, due_s, stage))
        over_s, refused = due_s, False
        for at in range(1, _TURNS + 1):
            over_s, refused = self._turn(
                chance, number, at, max(over_s + 1, due_s + (at - 1) * _LASTS_S / _TURNS), strain
            )
            if refused:
                break
        self._ending(chance, number, (person, expected, trigger), (due_s, over_s), stage, strain, refused)

    def _turn(self, chance: Stream, number: int, at: int, due_s: float, strain: float) -> tuple[float, bool]:
        sent_s = due_s + 0.0005
        thing, order = chance.choice(_THINGS), number % 100_000
        asked = chance.choice(_ASKED).format(thing, order)
        if chance.happens(0.03 * strain * strain):
            over_s = sent_s + 0.05
            reply = Reply(status=429)
            self.put(
                over_s,
                Turn(number, at, "open", (), (asked,), due_s, sent_s, outcome="http_429", over_s=over_s, reply=reply),
            )
            return over_s, True
        text_s = sent_s + chance.lognormal(0.35 * exp(1.8 * strain), 0.45)
        over_s = text_s + 0.9
        said = _REPLY.format(order)
        heard = Heard(("inform", "req_more"), claims=(Claim("id", f"A-{order:05d}"),), chars=len(said))
        turn = Turn(
            number=number,
            turn=at,
            act="open" if at == 1 else "ask",
            told=("order_id",),
            texts=(asked,),
            due_s=round(due_s, 6),
            sent_s=round(sent_s, 6),
            first_byte_s=round(text_s - 0.01, 6),
            first_text_s=round(text_s, 6),
            done_s=round(over_s, 6),
            over_s=round(over_s, 6),
            reply=Reply(text=said, status=200, completed_by="finish_reason=stop", events=24, size=4096),
            heard=heard,
            frustration=round(min(1.0, 0.1 * at * (0.2 + strain)), 3),
        )
        self.put(over_s, turn)
        return over_s, False

    def _ending(
        self,
        chance: Stream,
        number: int,
        who: tuple[str, Decision, str],
        when: tuple[float, float],
        stage: int,
        strain: float,
        refused: bool,
    ) -> None:
        person, expected, trigger = who
        due_s, over_s = when
        wrong = chance.happens(0.02 + 0.15 * strain)
        called = not refused and ((expected == "must") != wrong if expected != "may" else chance.happens(0.5))
        checks = ["contradicted_fact"] if chance.happens(0.004 + 0.05 * strain) else []
        if expected != "may" and wrong and not refused:
            checks.append("missed_escalation" if expected == "must" else "needless_escalation")
        ending: EndingName = "agent_failed" if refused else "escalated" if called else "resolved"
        if not called and not refused and chance.happens(0.02 + 0.2 * strain):
            ending = "abandoned"
        for check in checks:
            self.put(
                over_s, Finding(number, check, "failed", _TURNS, "made for a measurement: the reply says otherwise")
            )
        ended = Conversation(
            number=number,
            persona=person,
            ending=ending,
            reason="",
            turns=_TURNS,
            due_s=due_s,
            started_s=due_s,
            ended_s=round(over_s, 6),
            stage=stage,
            warm_up=due_s < _WARM_UP_S,
            expected=expected,
            trigger=trigger,
            escalated="confirmed" if called else None,
            provenance="tool" if called else None,
            escalated_turn=_TURNS if called else None,
            escalated_after_s=over_s - due_s if called else None,
            judged=not refused,
            failed_checks=tuple(sorted(checks)),
        )
        self.put(over_s, ended)


def rising(held: int, seed: int = 7) -> Iterator[Record]:
    """All records of such a run of `held` conversations, in the order of time."""
    rise = _Rise(held, seed)
    yield Header(1, 0, 1, seed, "rising", _WARM_UP_S, 1.0, STAGES, ("phantom_handoff",))
    due_s, second, opened = 0.0, 1.0, 0
    for number in range(held):
        stage = max(at for at in range(4) if due_s >= rise.starts[at])
        while rise.later and rise.later[0][0] <= due_s:
            record = heappop(rise.later)[2]
            opened += isinstance(record, Started) - isinstance(record, Conversation)
            yield record
        while second <= due_s:
            yield Health(second, opened, 0.004 + 0.002 * stage, 0.001, 0.2 + 0.15 * stage, 90_000_000, 200, 4096)
            second += 1
        rise.conversation(number, round(due_s, 6), stage)
        due_s += stream(seed, number, "gap").exponential(1 / _RATES[stage])
    while rise.later:
        yield heappop(rise.later)[2]
    yield Dropped(held, due_s, "stopped")
    yield Closed(due_s + _LASTS_S, held + 1, held, held, 1, 0)


def write_rising(path: Path, held: int) -> None:
    """Write it with a real journal, a batch for every tenth of a second of the run's own time."""

    async def main(clock: Clock) -> None:
        journal = Journal.open(path, clock, threaded=False)
        for number, record in enumerate(rising(held)):
            if isinstance(record, Closed):
                await journal.close(record)
                return
            journal.append(record)
            if number % 200 == 199:
                await clock.sleep_until(clock.now() + 0.2)

    run_jumping(main)
