"""What should be found in a conversation, by the agent's own truth: never by what a check makes of it.

`due` must be found. `allowed` may be found: a consequence of what was planted, or true of an honest agent's failing.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from benchmarks.judging.held import OPENING, Case
from hubbub.checks.copies import seen, shown
from hubbub.errors import FAILURES
from hubbub.model import Fact, Turn
from hubbub.reference_agent.faults import FAULTS
from hubbub.reference_agent.phrasings import PHRASINGS
from hubbub.reference_agent.truth import TrueTurn

WIRE = frozenset(name for name, failure in FAILURES.items() if failure.layer == "infra")
_AT_ONCE = frozenset(  # one firing whose reply the customer got is one conversation in which it must be found
    (
        *("duplicate_reply", "stale_stream", "empty", "wrong_language", "cross_talk", "contradicted_fact"),
        *("self_contradiction", "pii_exposed", "injection_obeyed", "forbidden_statement", "no_audit_id"),
        *("silent_handoff", "context_lost"),
    )
)
_IDLE = 5  # firings of goes-in-circles running, each got by the customer, that it takes
_SAME = 3  # replies running that are word for word the same
_OFFERS = tuple(way for phrasing in PHRASINGS.values() for way in (*phrasing.offers, *phrasing.sayings["offer_human"]))
_ELSE = frozenset(way for phrasing in PHRASINGS.values() for way in phrasing.sayings["more"])
_CHAT = frozenset(("thank", "bye", "smalltalk", "nudge", "inject"))  # messages that call for no progress
_NODS = ("noted", "more", "more_time", "more_cost", "more_steps")  # idle: no call for progress, and no end of waiting
_STATES = re.compile(r"\d (?:days|hours)\b|\bUSD \d+\.\d\d (?:a|per) month|(?:costs?|fee is) USD")
_WORDS = re.compile(r"[\w@.+-]*[\d@][\w@.+-]*")
_ASKED_IN_VAIN = 3
_ID = "chatcmpl-"  # what the chat completions protocol puts before an id
_SHORT = frozenset(("abandoned", "cut_off", "agent_failed"))
Pair = tuple[Turn, TrueTurn]


def found(case: Case) -> set[str]:
    """The classes that Hubbub found, those of the wire among them."""
    wire = {turn.outcome for turn in case.turns if turn.outcome in WIRE}
    return wire | {finding.check for finding in case.findings if finding.verdict == "failed"}


def delivered(case: Case, turns: Callable[[Sequence[Turn]], Sequence[Turn]] = seen) -> tuple[Pair, ...]:
    """The agent's turns whose whole reply came to the customer, with the customer's turn; or those that it showed."""
    by_trace = {turn.trace: turn for turn in case.truth if turn.trace}
    traceless = iter([turn for turn in case.truth if not turn.trace and turn.ended == "whole"])
    pairs = []
    for turn in turns(case.turns):
        if turn.outcome != "ok" or turn.reply is None:
            continue
        true = by_trace.get(turn.reply.trace.removeprefix(_ID)) if turn.reply.trace else next(traceless, None)
        if true is not None:
            pairs.append((turn, true))
    return tuple(pairs)


def fired(true: TrueTurn) -> set[str]:
    """The faults that fired at a turn."""
    return {one.fault for one in true.faults}


def due(case: Case) -> dict[str, int]:
    """The classes that must be found, each with the turn that shows it first (0 where no single one does)."""
    pairs = delivered(case)
    return {
        **dict(_of_wire(case)),
        **dict(_of_replies(case, pairs)),
        **dict(_of_escalation(case, delivered(case, shown))),
        **dict(reversed(tuple(_of_rest(case, pairs)))),  # of several of a class, the first counts
        **dict(_of_answers(pairs)),
        **dict(_of_copies(case)),
    }


def allowed(case: Case) -> set[str]:
    """The classes that may be found besides."""
    names = {name for true in case.truth for name in fired(true)}
    also = {other for name in names for other in FAULTS[name].also}
    partly = {FAULTS[name].failure_class for name in names}
    if names and any(_text(turn) and _text(_before(delivered(case), turn)) == _text(turn) for turn in case.turns):
        also |= {"duplicate_reply"}
    if partly & WIRE:
        also |= {"slow_recovery"}
    return also | partly | set(_honest(case, delivered(case)))


def _of_wire(case: Case) -> Iterator[tuple[str, int]]:
    """A reply that broke off is found unless the customer, or the run, was gone before."""
    if any(turn.outcome in ("left", "cut") for turn in case.turns):
        return
    for true in case.truth:
        for one in true.faults if len(true.faults) == 1 else ():
            if one.failure_class in WIRE:
                yield one.failure_class, 0


def _of_replies(case: Case, pairs: tuple[Pair, ...]) -> Iterator[tuple[str, int]]:
    seen: set[str] = set()
    for turn, true in pairs:
        for one in true.faults if len(true.faults) == 1 else ():  # of several at once, one may hide another
            name = one.failure_class
            if name in _AT_ONCE and name not in seen and _shows(one.fault, case, turn, true, pairs):
                seen.add(name)
                yield name, turn.turn
    yield from _of_runs(pairs)


def _of_runs(pairs: tuple[Pair, ...]) -> Iterator[tuple[str, int]]:
    """What takes several replies to show."""
    idle, same, before = 0, 0, ("", "")
    for turn, true in _until_handed(pairs):
        circles = "goes-in-circles" in fired(true)
        idle = 0 if not circles or turn.act in _CHAT else idle + (turn.about not in _NODS)
        if idle == _IDLE and turn.about not in _NODS:
            yield "no_progress", turn.turn
        if turn.overlap:
            continue
        here = (_text(turn), " ".join(turn.texts).lower())
        same = same + 1 if here[0] and here[0] == before[0] and here[1] != before[1] else 1
        before = here
        if same == _SAME:
            yield "loop", turn.turn


def _until_handed(pairs: tuple[Pair, ...]) -> Iterator[Pair]:
    """The turns up to a hand-over: what is said while a human is on the way may be said again."""
    for turn, true in pairs:
        yield turn, true
        if true.transferred:
            return


def _shows(fault: str, case: Case, turn: Turn, true: TrueTurn, pairs: tuple[Pair, ...]) -> bool:
    """Whether what a fault did can be seen from outside at all."""
    if fault in ("asks-again", "forgets", "loses-the-session", "forgets-across-channels"):
        return bool(set(true.asked[:1]) & _taken_in(pairs, turn))
    if fault == "mixes-up-values":
        return bool({"order_id", "account_id"} & _taken_in(pairs, turn)) and not _holds_strangers(case, turn)
    if fault == "leaks-another-session":
        return _holds_strangers(case, turn)
    if fault == "repeats-itself":
        return _repeats(pairs, turn)
    if fault == "misstates-facts":
        return _names_its_fact(case, turn, true)
    if fault == "transfers-silently":
        told_after = any(other.decided == "waiting" for _, other in pairs)
        offered = _text(_before(pairs, turn)).endswith(_OFFERS)
        return turn.act != "accept_human" and not offered and not told_after  # else the reply before or after says it
    if fault in ("switches-language", "says-it-twice"):
        return OPENING not in _text(turn)  # else it is only a part of the reply
    return True


def _holds_strangers(case: Case, turn: Turn) -> bool:
    return any(word.strip(".-_+") in case.strangers for word in _WORDS.findall(_text(turn)))


def _names_its_fact(case: Case, turn: Turn, true: TrueTurn) -> bool:
    """Whether a misstated fact can be told from the words: they name it, or it is what the customer had just asked for.

    "We expect it back within 24 hours" is wrong only for who knows what "it" is.
    """
    by = int(next(one.detail for one in true.faults if one.fault == "misstates-facts").rpartition(" ")[2])
    text = _text(turn).lower()
    for name, fact in case.persona.facts.items():
        if _misstated(fact, by) in text:
            words = (*name.split("_"), *fact.about)
            if turn.about == name or any(len(word) > 2 and word in text for word in words):
                return True
    return False


def _misstated(fact: Fact, by: int) -> str:
    """What the agent says in place of a fact's first number: see the fault."""
    if fact.money is not None:
        return f"{_low(fact.money) * by:.2f}"
    low = _low(fact.days or fact.hours or 0.0)
    return str(int(low * by) + (1 if isinstance(fact.days, tuple) else 0))


def _low(value: float | tuple[float, float]) -> float:
    return value[0] if isinstance(value, tuple) else value


def _repeats(pairs: tuple[Pair, ...], turn: Turn) -> bool:
    """Whether the reply is the one before again, though all that it asked for had just been told."""
    early = [pair for pair in pairs if pair[0].turn < turn.turn]
    if not early or _text(early[-1][0]) != _text(turn):
        return False
    if early[-1][1].decided in ("not_understood", "waiting") or _text(turn) in _ELSE:
        return False  # other words may be asked for once more, and so may whether there is anything else
    asked = set(early[-1][1].asked[:1])
    return asked <= set(turn.told) if asked else turn.act in ("thank", "bye")


def _before(pairs: tuple[Pair, ...], turn: Turn) -> Turn | None:
    return next((early for early, _ in reversed(pairs) if early.turn < turn.turn), None)


def _text(turn: Turn | None) -> str:
    return turn.reply.text if turn is not None and turn.reply is not None else ""


def _taken_in(pairs: Iterable[Pair], until: Turn) -> set[str]:
    """The slots that the customer told before a turn, and that the agent took in when it answered."""
    return {
        slot
        for turn, true in pairs
        if turn.turn < until.turn and true.decided != "not_understood" and not set(turn.told) & set(true.asked)
        for slot in turn.told
        if slot in true.known
    }


def _of_escalation(case: Case, pairs: tuple[Pair, ...]) -> Iterator[tuple[str, int]]:
    expected = case.persona.expect.escalation
    handed = next(((turn, true) for turn, true in pairs if true.transferred), None)
    spoken = next((turn for turn, true in pairs if true.decided == "escalated" and not true.transferred), None)
    if spoken is not None and handed is None:
        yield "phantom_handoff", 0
    kept = ("asked for a human", "explicit_request")
    in_vain = sum(turn.act == "ask_human" and any(one.detail in kept for one in true.faults) for turn, true in pairs)
    if in_vain >= _ASKED_IN_VAIN and handed is None and expected and expected.decision != "must_not":
        yield "trapped", 0
    if expected is None:
        return
    if handed is None:
        if expected.decision == "must" and case.ended.judged:
            yield "missed_escalation", 0
        return
    turn, true = handed
    if expected.decision == "must_not":
        yield "needless_escalation", turn.turn
        return
    if expected.by_turn is not None and turn.turn > expected.by_turn:
        yield "late_escalation", turn.turn
    if expected.queue and true.queue != expected.queue:
        yield "wrong_queue", turn.turn
    told = {slot for one in case.turns if one.turn <= turn.turn for slot in one.told}
    if any(slot in told and case.knows.get(slot, "") not in true.handed for slot in expected.handed):
        yield "context_not_handed", turn.turn


def _of_rest(case: Case, pairs: tuple[Pair, ...]) -> Iterator[tuple[str, int]]:
    acted = False
    for turn, true in pairs:
        if turn.turn > 1 and any(early.outcome != "ok" for early in case.turns if early.turn < turn.turn):
            break
        if "claims-false-success" in fired(true) and not acted:
            yield "false_promise", turn.turn
            break
        acted = acted or any(tool.name != "transfer_to_human" for tool in (turn.reply.tools if turn.reply else ()))
    if pairs and not _opened(case) and case.ended.ending not in _SHORT:
        yield "missing_disclosure", 0
    for early, _ in pairs:
        if any(_overtaken(early, late) for late, true in pairs if true.decided != "waiting"):
            yield "out_of_order", early.turn


def _opened(case: Case) -> bool:
    return any(turn.outcome == "ok" and OPENING in _text(turn) for turn in case.turns)


def _of_copies(case: Case) -> Iterator[tuple[str, int]]:
    """What was done again for a second delivery, whose reply came."""
    doubled = {true.trace for true in case.truth if "acts-twice" in fired(true)}
    for turn in case.turns:
        first = case.turns[turn.copy_of - 1]
        if turn.copy_of and turn.reply and turn.reply.trace.removeprefix(_ID) in doubled and first.outcome == "ok":
            yield "double_effect", turn.turn
            return


def _of_answers(pairs: tuple[Pair, ...]) -> Iterator[tuple[str, int]]:
    """The first answer that the customer got is the one that is compared with what others were told."""
    stating = [true for turn, true in pairs if _STATES.search(_text(turn))]
    if stating and "answers-differently" in fired(stating[0]):
        yield "inconsistent_answer", 0


def _overtaken(early: Turn, late: Turn) -> bool:
    if early.done_s is None or late.done_s is None or late.act == "nudge":
        return False
    return late.sent_s > early.sent_s and late.done_s < early.done_s


def _honest(case: Case, pairs: tuple[Pair, ...]) -> Iterator[str]:
    """What is true of an agent that means well: it asks again for what it did not take in, or never gets on."""
    for turn, true in pairs:
        told = {slot for one in case.turns if one.turn < turn.turn for slot in one.told}
        if set(true.asked) & told:
            yield "context_lost"
    if not _opened(case):
        yield "missing_disclosure"
    if any(_overtaken(early, late) for early, _ in pairs for late, _ in pairs):
        yield "out_of_order"  # by "you are in the queue": whether that is a word in between can be argued about
    if any(_repeats(pairs, turn) for turn, _ in pairs):
        yield "duplicate_reply"  # it asked in the same words for what it had just been told
    kinds = [true.decided for _, true in pairs]
    lost = {"not_understood", "apologised"}
    if _runs(kinds, lost, 3) or _runs(kinds, lost | {"greeted"}, 5):  # it says "what else can I do?" in between
        yield "no_progress"


def _runs(kinds: list[str], among: set[str], count: int) -> bool:
    """Whether so many running are of these kinds."""
    return any(set(kinds[at : at + count]) <= among for at in range(len(kinds) - count + 1))
