"""What customers cost and how often they repeat themselves.

Run: python benchmarks/customers.py [CUSTOMERS]

Conversations are held in process, against the reference agent's brain and the real hearing. Nothing is sent anywhere.
Printed: microseconds of CPU per customer turn by room (median of five rounds), seconds to draw and open 10,000
customers, bytes per open conversation, and the share of messages over 20 characters that repeat an earlier one exactly.
"""

import sys
from collections import Counter
from pathlib import Path
from statistics import median
from time import process_time

import msgspec

from hubbub.customers import agenda, mood, pace
from hubbub.customers.customer import Customer
from hubbub.customers.hearing import Ear
from hubbub.customers.mind import Mind
from hubbub.customers.population import Population
from hubbub.customers.wording import word
from hubbub.model import Heard, Leave, Persona, Say, Signal, Wait
from hubbub.reference_agent import brain
from hubbub.specs.named import persona_files
from hubbub.specs.persona import load_persona

SHIPPED = Path(__file__).parent.parent / "personas"
LONG = 20  # characters; shorter messages repeat in life too
MOST_TURNS = 30
ROUNDS = 5

Line = tuple[Customer, Mind, Say, Mind, Heard]  # who, after deciding, what; before the next reply, and that reply
Spoken = tuple[Customer, Say, tuple[str, ...]]


def shipped() -> tuple[Persona, ...]:
    """The personas of this repository."""
    return tuple(load_persona(path) for path in sorted(persona_files(SHIPPED)))


def hold(customer: Customer, ear: Ear, lines: list[Line], spoken: list[Spoken]) -> None:
    """One conversation with the reference agent's brain, noted line by line."""
    memory, step = brain.begin(1, str(customer.number)), agenda.start(customer)
    for _ in range(MOST_TURNS):
        move = step.move
        if isinstance(move, Wait):
            step = agenda.next_move(customer, step.mind, Heard(confidence=0.0), move.for_s)
            continue
        say = move.parting if isinstance(move, Leave) else move
        if say is not None:
            spoken.append((customer, say, word(customer, step.mind, say)))
        if say is None or isinstance(move, Leave):
            return
        decision = brain.answer(memory, "\n".join(spoken[-1][2]))
        memory = decision.memory
        signals = (Signal("initiated", "tool"),) if decision.escalation else ()
        heard = ear.hear(decision.reply, signals)
        lines.append((customer, step.mind, say, step.mind, heard))
        step = agenda.next_move(customer, step.mind, heard, 1.0)


def per_turn_us(lines: list[Line]) -> dict[str, float]:
    """CPU microseconds per turn and room."""
    rounds: dict[str, list[float]] = {"agenda": [], "impulses": [], "wording": [], "pace": []}
    for _ in range(ROUNDS):
        start = process_time()
        for customer, _, _, mind, heard in lines:
            agenda.next_move(customer, mind, heard, 1.0)
        after_agenda = process_time()
        for customer, mind, _, _, _ in lines:
            next(mood.coming(customer, mind))
        after_mood = process_time()
        texts = [word(customer, mind, say) for customer, mind, say, _, _ in lines]
        after_words = process_time()
        for (customer, mind, _, _, _), text in zip(lines, texts, strict=True):
            pace.delay_s(customer, mind.turn, 120, text)
        spans = (
            after_agenda - start,
            after_mood - after_agenda,
            after_words - after_mood,
            process_time() - after_words,
        )
        for name, span in zip(rounds, spans, strict=True):
            rounds[name].append(span / len(lines) * 1e6)
    return {name: median(values) for name, values in rounds.items()}


def size_of(value: object, seen: set[int] | None = None) -> int:
    """Bytes of a value and what only it holds; the persona is shared and not counted."""
    seen = set() if seen is None else seen
    if id(value) in seen or isinstance(value, Persona) or value is None or isinstance(value, (bool, type)):
        return 0
    seen.add(id(value))
    inner: list[object] = []
    if isinstance(value, msgspec.Struct):
        inner = [getattr(value, name) for name in value.__struct_fields__]
    elif isinstance(value, dict):
        inner = [*value.keys(), *value.values()]
    elif isinstance(value, tuple):
        inner = list(value)
    return sys.getsizeof(value) + sum(size_of(item, seen) for item in inner)


def repeat_share(messages: list[str]) -> float:
    """The share of messages that say exactly what an earlier one said."""
    return 1.0 - len(set(messages)) / len(messages) if messages else 0.0


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    personas = shipped()
    population = Population([(persona, 1.0) for persona in personas], 7)
    start = process_time()
    customers = [population.draw(k) for k in range(number)]
    for customer in customers:
        step = agenda.start(customer)
        assert isinstance(step.move, Say)
        word(customer, step.mind, step.move)
    print(f"draw and open {number:,} customers: {process_time() - start:.2f} s")
    ears = {p.persona: Ear(p.locale, p.expects, tuple(p.knows)) for p in personas}
    lines: list[Line] = []
    spoken: list[Spoken] = []
    for customer in customers:
        hold(customer, ears[customer.persona.persona], lines, spoken)
    report(lines, spoken)


def report(lines: list[Line], spoken: list[Spoken]) -> None:
    """Print what was measured."""
    sizes = sorted(size_of(customer) + size_of(mind) for customer, mind, _, _, _ in lines)
    print(f"open conversation: {sizes[len(sizes) // 2]:,} bytes median, {sizes[-1]:,} largest")
    costs = per_turn_us(lines[:20_000])
    print(
        "CPU per turn: "
        + ", ".join(f"{k} {v:.1f}" for k, v in costs.items())
        + f", in all {sum(costs.values()):.1f} us"
    )
    messages = [text for _, _, texts in spoken for text in texts]
    long = [text for text in messages if len(text) > LONG]
    print(f"messages: {len(messages):,}; over {LONG} characters: {len(long):,}, repeated {repeat_share(long):.2%}")
    lengths = sorted(map(len, messages))
    at = [lengths[int(len(lengths) * q)] for q in (0.1, 0.25, 0.5, 0.75, 0.9, 0.99)]
    print(f"length at 10/25/50/75/90/99 %: {at}; up to 6 characters: {sum(n <= 6 for n in lengths) / len(lengths):.1%}")
    by_act: dict[str, list[str]] = {}
    for _, say, texts in spoken:
        by_act.setdefault(say.act, []).extend(text for text in texts if len(text) > LONG)
    for act, texts_of in sorted(by_act.items(), key=lambda pair: -len(pair[1])):
        common = Counter(texts_of).most_common(1)[0] if texts_of else ("", 0)
        print(
            f"  {act:14} {len(texts_of):7,}  repeated {repeat_share(texts_of):6.2%}  most: {common[1]}x {common[0]!r}"
        )


if __name__ == "__main__":
    main()
