"""What the agent says next: one pure function from what it remembers and what was said."""

from collections.abc import Mapping

from msgspec.structs import replace

from hubbub.chance import key, substream
from hubbub.reference_agent import afterwards, policy, slots
from hubbub.reference_agent.asking import asked_fact, asks_of_it, wants_proof
from hubbub.reference_agent.assent import NODS_TOO, is_no, is_yes, wants_more
from hubbub.reference_agent.cues import (
    ANY_NEWS,
    BOT,
    FAREWELL,
    IN_ADVANCE,
    NOTHING_MORE,
    SMUGGLED,
    UNHELPED,
    WILL_DO,
)
from hubbub.reference_agent.knowledge import INTENTS, Intent, needs, reference, vocabulary
from hubbub.reference_agent.matching import REACHES, Pointed, named, pointed, slots_needed, turned_to
from hubbub.reference_agent.memory import Action, Decision, Escalation, Kind, Memory, begun
from hubbub.reference_agent.phrases import (
    NOUNS,
    fill,
    first_words,
    handing_over,
    matter,
    pick,
    question,
    saying,
)
from hubbub.reference_agent.reading import Reader, Reading, taken_in, word_set
from hubbub.reference_agent.tongue import in_english, tongue

_FEW = 6  # words of a nod, or of thanks that are no more
_TRIES = 2  # times that a value is asked for
_SURE = 5  # strength at which a message names an intent, whatever else it says
_TWO_AT_ONCE = 0.25  # share of requests that ask for two things
_MEANT = word_set(
    "right correct please thanks nothing confirm confirmation reference receipt summary details paperwork completed "
    "settled processed sorted updates"
)
_READER = Reader(vocabulary() | policy.vocabulary() | slots.vocabulary() | _MEANT)
_GREETS = word_set("hi hii hello hey heya hiya howdy morning afternoon evening greetings yo hola")
_THANKS = word_set("thanks thank thx tks ty cheers bye goodbye cya perfect great brilliant lovely appreciated")
_NODS = word_set(
    "ok okay alright right fine good goods clear see understand understood noted sense works got fair helps "
    "worries k i'll sure right correct"
)


def begin(seed: int, session: str, phrasing: str = "plain", rooms: tuple[str, ...] = ()) -> Memory:
    """The empty memory of a session; how things are phrased follows from phrasing, seed and session alone.

    `rooms` are the industries that the agent works for, all of them where none is named.
    """
    return begun(Memory(tone=key(seed, session, "tone"), phrasing=phrasing, rooms=rooms))


def answer(memory: Memory, text: str) -> Decision:
    """Decide on a message. Any text is fine, also an empty one. Pure, and under a tenth of a millisecond."""
    text = in_english(memory, taken_in(text))
    reading = _READER.read(text)
    before = memory
    found = {} if SMUGGLED.search(text.lower()) else _told(memory, reading)
    memory = replace(
        memory, turns=memory.turns + 1, upset=memory.upset + policy.is_angry(reading), ended=False, open=False
    )
    seen = pointed(before, reading, found)
    if not memory.escalated:
        memory = turned_to(memory, _matter(before, reading, seen, found), seen)
    found = _believed(memory, found)
    memory = replace(memory, slots={**memory.slots, **found}) if found else memory
    if memory.escalated:
        return _decide(memory, "waiting", "a human has this conversation", saying(memory, "queued"))
    reason = _why_human(before, memory, reading)
    if reason:
        return escalate(memory, reason)
    return _converse(before, memory, reading, found, seen.scores)


def _told(memory: Memory, reading: Reading) -> slots.Found:
    return slots.told(reading, memory.waiting_for, slots_needed(memory), reference(memory.industry))


def _believed(memory: Memory, found: slots.Found) -> slots.Found:
    """What was told, without what only looks like a thing or a plan where nobody speaks of such."""
    guessed = {"item": "retail", "plan": "telecom"}
    needed = slots_needed(memory)
    return {
        slot: value
        for slot, value in found.items()
        if slot not in guessed
        or slot in needed
        or (memory.industry in ("", guessed[slot]) and slots.is_known(slot, value))
    }


def _matter(before: Memory, reading: Reading, seen: Pointed, found: slots.Found) -> str:
    """What it is about; a question about what was done is no new matter, and nor is it that a value is not known."""
    intent = named(before, seen, found)
    if before.answered and (asks_of_it(before, reading) or wants_proof(before, reading, seen, intent)):
        return before.intent
    if before.waiting_for and not before.answered and slots.refuses(reading):
        return before.intent if slots.only_refuses(reading) or seen.scores.get(intent, 0) < _SURE else intent
    return intent


def escalate(memory: Memory, reason: str) -> Decision:
    """Hand over to a human, with what is known so far."""
    queue = policy.QUEUES.get(reason, "general")
    told = ", ".join(f"{NOUNS.get(name, name)} {value}" for name, value in memory.slots.items())
    topic = INTENTS[memory.intent].topic if memory.intent else "an open question"
    summary = f"Customer writes about {topic}" + (f"; told: {told}" if told else "")
    words = handing_over(memory, "transfer_care" if reason in ("vulnerable", "safety") else "transfer", queue)
    memory = replace(memory, escalated=True, waiting_for=(), last_reply=words)
    return Decision(words, memory, "escalated", f"needs a human: {reason}", Escalation(reason, queue, summary))


def _why_human(before: Memory, memory: Memory, reading: Reading) -> str:
    if before.offered_human and is_yes(reading):
        return "explicit_request"
    reason = policy.calls_for_human(reading)
    if reason:
        return reason
    if memory.intent and INTENTS[memory.intent].human and memory.intent != before.intent:
        return INTENTS[memory.intent].human if memory.intent != "report_fraud" else ""
    if policy.beyond_authority(memory.intent, memory.slots.get("amount", "")):
        return "authority_limit"
    fury = policy.is_furious(reading) or memory.upset >= policy.PATIENCE_WITH_ANGER
    return "sentiment" if fury else ""


def _converse(
    before: Memory, memory: Memory, reading: Reading, found: slots.Found, scores: Mapping[str, int]
) -> Decision:
    """The talk itself, first match wins."""
    new = memory.intent != before.intent
    if before.confirming and not new and (is_yes(reading) or is_no(reading)):
        return _confirmed(memory, is_yes(reading))
    if memory.answered and not new and not reading.question and WILL_DO.search(" , ".join(reading.clauses)):
        return _decide(memory, "greeted", "says what it will do", saying(memory, "more"))
    if before.ended and not (scores or found or reading.question) and len(reading.words) <= _FEW:
        return _decide(replace(memory, ended=True), "farewell", "parted already", saying(memory, "farewell"))
    fact = asked_fact(memory, reading)
    if new or (memory.intent and not memory.answered):
        return _proceed(
            memory, reading, found, fact if not new else "", understood=new or bool(found or fact or scores)
        )
    if fact:
        return _inform(memory, fact)
    if memory.waiting_for and not found and slots.refuses(reading):
        words = f"{saying(memory, 'nothing_told')} {saying(memory, 'more')}"
        return _decide(replace(memory, waiting_for=()), "greeted", "tells no way to be reached", words)
    if found and not memory.intent and memory.acted and REACHES.issuperset(found):
        return _noted(memory)
    told = any(before.slots.get(slot) != value for slot, value in found.items())
    if told and not memory.intent and len(reading.words) <= _FEW:
        return _decide(memory, "greeted", "told something, and not what it is about", saying(memory, "what_about"))
    if found and memory.intent:
        return _resolve(memory) if _matters(memory, found) else _noted(memory)
    if memory.answered and reading.raw.strip().isdigit():
        return _noted(memory)
    own = scores.get(memory.intent, 0)
    return _small_talk(memory, reading, asks_on=own >= 2 and own == max(scores.values()))


def _matters(memory: Memory, found: slots.Found) -> bool:
    """Whether what was told bears on what was done; how a customer can be reached need not."""
    known = memory.slots.keys() - found.keys()
    ways = (need.split("|") for need in needs(memory.intent, memory.industry))
    return not REACHES.issuperset(found) or any(found.keys() & way and not known & way for way in map(set, ways))


def _noted(memory: Memory) -> Decision:
    words, asked = afterwards.noted(memory)
    return _decide(replace(memory, waiting_for=asked), "greeted", "told how to be reached", words)


def _small_talk(memory: Memory, reading: Reading, *, asks_on: bool) -> Decision:
    """What is no request of its own. `asks_on`: it names the matter at hand, as those do who come back with it."""
    words = set(reading.words)
    if BOT.search(" ".join(reading.clauses)):
        return _decide(memory, "greeted", "asked what it is", saying(memory, "bot"))
    declines = memory.answered and is_no(reading) and not memory.offered_human
    ends = memory.answered or memory.acted or (len(reading.words) <= _FEW and not memory.offered_human)
    nothing_more = (ends and NOTHING_MORE.search(" , ".join(reading.clauses))) or declines
    goes = FAREWELL.search(" ".join(reading.clauses))
    thanks = words & _THANKS and (memory.answered or memory.acted or len(reading.words) <= _FEW)
    thanks = thanks and not IN_ADVANCE.search(" ".join(reading.clauses))
    if memory.answered and thanks and not (goes or nothing_more or memory.thanked):
        return _decide(replace(memory, thanked=True), "greeted", "was thanked", saying(memory, "more"))
    done = thanks or nothing_more or (memory.answered and goes)
    if done and not (memory.answered and UNHELPED.search(" ".join(reading.clauses))):
        return _decide(replace(memory, ended=True), "farewell", "the customer is done", saying(memory, "farewell"))
    if memory.answered and (asks_on or ANY_NEWS.search(" , ".join(reading.clauses))):
        return _resolve(memory)
    said = " , ".join(reading.clauses)
    if more := afterwards.asked_on(memory, said):
        return _decide(memory, "informed", more[1], more[0])
    if memory.answered and wants_more(reading) and memory.last_reply.endswith("?"):
        return _decide(replace(memory, open=True), "greeted", "wants more", saying(memory, "what_else"))
    if words & _GREETS and len(words) <= 6 and not memory.answered:
        return _decide(memory, "greeted", "a greeting", saying(memory, "greet"))
    if policy.is_angry(reading):
        sorry = f"{saying(memory, 'sorry')} {saying(memory, 'put_right')}"
        return _decide(memory, "apologised", "the customer is angry", sorry)
    if memory.answered and UNHELPED.search(" ".join(reading.clauses)):
        again = _resolve(replace(memory, upset=memory.upset + 1))
        return replace(again, reply=f"{saying(memory, 'sorry')} {again.reply}", why="the customer is not content")
    if _is_nod(memory, reading):
        return _nodded(memory, reading)
    return _not_understood(memory, reading)


def _is_nod(memory: Memory, reading: Reading) -> bool:
    """Whether a message says no more than that it was heard: "ok, that's fine", not "a tree right by your line"."""
    words = set(reading.words)
    nods = words & (_NODS | NODS_TOO) or (memory.answered and is_yes(reading))
    return bool(nods) and len(words) <= _FEW and not reading.question and not memory.offered_human


def _nodded(memory: Memory, reading: Reading) -> Decision:
    """A nod is taken for one once, with the way open for more; the next one ends a talk that had an answer."""
    if memory.nodded and memory.answered:
        return _decide(replace(memory, ended=True), "farewell", "nodded twice", saying(memory, "farewell"))
    name = "more" if memory.answered else "what_else" if memory.slots or memory.acted else "greet"
    done = (
        _not_understood(memory, reading)
        if memory.nodded
        else _decide(memory, "greeted", "an acknowledgement", saying(memory, name))
    )
    return replace(done, memory=replace(done.memory, nodded=True))


def _not_understood(memory: Memory, reading: Reading) -> Decision:
    if memory.offered_human and is_no(reading):
        memory = replace(memory, offered_human=False)
        return _decide(memory, "not_understood", "wants no human", saying(memory, "no_human"), missed=True)
    memory = replace(memory, misses=memory.misses + 1)
    if memory.misses >= policy.MISSES_ALLOWED:
        return escalate(memory, "no_progress")
    if memory.misses == policy.MISSES_ALLOWED - 1:
        words = saying(memory, "offer_human")
        return _decide(replace(memory, offered_human=True), "not_understood", "no cue twice", words, missed=True)
    return _decide(memory, "not_understood", "no cue", saying(memory, "rephrase"), missed=True)


def _proceed(memory: Memory, reading: Reading, found: slots.Found, fact: str, understood: bool) -> Decision:
    """Ask for what is missing, or do what was asked for."""
    intent = INTENTS[memory.intent]
    if slots.refuses(reading) and memory.waiting_for and not found:
        memory = replace(memory, refused=(*memory.refused, *memory.waiting_for))
    wanted = needs(memory.intent, memory.industry)
    missing = [need for need in wanted if not _met(need, memory)]
    given_up = [need for need in missing if _spent(need, memory)]
    open_needs = [need for need in missing if need not in given_up]
    prefix = _fact_words(memory, fact) + " " if fact else ""
    if not understood and memory.waiting_for and not slots.refuses(reading) and _social(reading) is None:
        memory = replace(memory, misses=memory.misses + 1)
        if memory.misses >= policy.MISSES_ALLOWED:
            return escalate(memory, "no_progress")
    elif understood:
        memory = replace(memory, misses=0)
    if open_needs:
        return _ask(memory, intent, open_needs, prefix, bool(found))
    if given_up and not any(_met(need, memory) for need in wanted[:1]):
        return _without(memory, intent, prefix)
    if intent.confirm and not memory.confirming:
        return _decide(
            replace(memory, confirming=True), "confirmed", "asks before acting", _confirm_words(memory, prefix)
        )
    if memory.confirming:
        return _unclear(memory)
    return _resolve(memory, prefix)


def _social(reading: Reading) -> str | None:
    return "thanks" if set(reading.words) & (_THANKS | _GREETS) else None


def _met(need: str, memory: Memory) -> bool:
    return any(slot in memory.slots for slot in need.split("|"))


def _spent(need: str, memory: Memory) -> bool:
    """Asked for often enough; one refusal counts as a try, and leaves the alternatives to be asked for once."""
    return memory.tries.get(need, 0) >= _TRIES


def _ask(memory: Memory, intent: Intent, needs: list[str], prefix: str, thanked: bool) -> Decision:
    two = len(needs) > 1 and substream(memory.tone, memory.turns * 64 + 5).happens(_TWO_AT_ONCE)
    asked = needs[:2] if two and not any(n in memory.tries for n in needs[:2]) else needs[:1]
    words = tongue(memory.language).link.join(question(memory, need, memory.tries.get(need, 0)) for need in asked)
    start = saying(memory, "again") if thanked and not prefix else ""
    if memory.intent and not memory.tries and not prefix and not thanked:
        start = first_words(memory)
    if memory.upset and memory.turns > 1:
        start = f"{saying(memory, 'sorry')} "
    slots_asked = tuple(slot for need in asked for slot in need.split("|"))
    tries = {**memory.tries, **{need: memory.tries.get(need, 0) + 1 for need in asked}}
    memory = replace(memory, tries=tries, waiting_for=slots_asked)
    return _decide(
        memory, "asked", f"{intent.name} needs {', '.join(asked)}", prefix + start + words, asked=slots_asked
    )


def _without(memory: Memory, intent: Intent, prefix: str) -> Decision:
    """The customer cannot be identified: say what holds in general, or let a human look."""
    if not intent.in_general:
        return escalate(memory, "no_progress")
    words = f"{prefix}{saying(memory, 'nothing_told')} {matter(memory).in_general} {saying(memory, 'more')}"
    return _decide(replace(memory, answered=True, waiting_for=()), "answered", "answered in general", words)


def _confirm_words(memory: Memory, prefix: str) -> str:
    return prefix + fill(memory, (matter(memory).confirm,), memory.slots)


def _unclear(memory: Memory) -> Decision:
    memory = replace(memory, misses=memory.misses + 1)
    if memory.misses >= policy.MISSES_ALLOWED:
        return escalate(memory, "no_progress")
    words = f"{saying(memory, 'moment_yes_no')} {_confirm_words(memory, '')}"
    return _decide(memory, "confirmed", "no clear yes or no", words, missed=True)


def _confirmed(memory: Memory, yes: bool) -> Decision:
    memory = replace(memory, confirming=False)
    if yes:
        return _resolve(memory)
    words = f"{saying(memory, 'not_done')} {saying(memory, 'more')}"
    return _decide(replace(memory, answered=True, waiting_for=()), "answered", "the customer said no", words)


def _resolve(memory: Memory, prefix: str = "") -> Decision:
    intent = INTENTS[memory.intent]
    after, asked = afterwards.closing(memory)
    words = f"{prefix}{fill(memory, matter(memory).answers, memory.slots)} {after}".rstrip()
    if intent.human:
        return escalate(memory, intent.human)  # what is said of it is a promise that has to be kept
    new = intent.does and intent.name not in memory.acted
    done = (Action(intent.does, dict(memory.slots)),) if new else ()
    acted = (*memory.acted, intent.name) if new else memory.acted
    memory = replace(memory, answered=True, waiting_for=asked, confirming=False, acted=acted)
    return replace(_decide(memory, "answered", f"{intent.name} is done", words), actions=done)


def _fact_words(memory: Memory, fact: str) -> str:
    return pick(memory, 8, tongue(memory.language).facts[fact])


def _inform(memory: Memory, fact: str) -> Decision:
    words = f"{_fact_words(memory, fact)} {saying(memory, 'more')}"
    return _decide(memory, "informed", f"asked for {fact}", words)


def _decide(
    memory: Memory, kind: Kind, why: str, words: str, *, asked: tuple[str, ...] = (), missed: bool = False
) -> Decision:
    """Close a decision: a turn that was understood clears the misses."""
    misses = memory.misses if missed or kind == "asked" else 0
    offered = memory.offered_human if missed else False
    return Decision(
        words,
        replace(memory, misses=misses, offered_human=offered, last_reply=words, nodded=False),
        kind,
        why,
        None,
        asked,
    )
