"""Faults of the talk: replies of others, of earlier, of nobody, in no known tongue, or about what was told before."""

from msgspec.structs import replace

from hubbub.reference_agent.draft import Draft, Scene
from hubbub.reference_agent.faults.fault import fault, memory_fault, plain_turn, said
from hubbub.reference_agent.memory import Memory, begun
from hubbub.reference_agent.phrases import NOUNS, QUESTIONS

_TELLING = ("order_id", "email", "account_id")  # what one customer has and no other; names and towns are shared
_ENDS = tuple(".!?:;")
_LEAKS = (
    "I also have your {noun} here: {value}.",
    "By the way, the {noun} on file is {value}.",
    "(Previous caller: {noun} {value})",
    "Just to confirm, your {noun} is {value}.",
)
_CIRCLES = (
    "I see. Could you tell me more about your request?",
    "Thank you for your message. How may I help you with that?",
    "I appreciate your patience. What would you like to know?",
    "Let me make sure that I understand. What is your question?",
    "Thanks for explaining. What would you like me to do for you?",
    "That is a good question. Can you describe your request once more?",
    "I am here to help. What is it that you need?",
    "Okay. Could you give me some more information on your request?",
)
_FOREIGN = (
    "Ich habe das nachgesehen. Kann ich sonst noch etwas für Sie tun?",
    "Könnten Sie mir bitte Ihre Bestellnummer nennen? Dann sehe ich gleich nach.",
    "Je vous remercie de votre message. Pouvez-vous me donner plus de détails, s'il vous plaît ?",
    "Votre demande a bien été enregistrée, nous revenons vers vous dans les meilleurs délais.",
    "Gracias por su mensaje. ¿Me puede dar más información sobre su solicitud, por favor?",
    "He revisado su caso y todo está en orden. ¿Puedo ayudarle en algo más?",
    "Obrigado pela sua mensagem. Pode dar-me mais informações sobre o seu pedido?",
    "Grazie per il messaggio. Può darmi qualche informazione in più sulla sua richiesta?",
    "Bedankt voor uw bericht. Kunt u mij wat meer vertellen over uw vraag?",
    "Tack för ditt meddelande. Kan du berätta lite mer om vad det gäller?",
)


@fault("leaks-another-session", "cross_talk", also=("context_lost", "pii_exposed"))
def _leaks_another_session(scene: Scene, draft: Draft, _: float) -> Draft | None:
    """Adds a line with what another open session told."""
    own = set(scene.before.slots.values()) | set(draft.decision.memory.slots.values())
    told = [
        (session, slot, memory.slots[slot])
        for session, memory in scene.others()
        for slot in _TELLING
        if slot in memory.slots and memory.slots[slot] not in own
    ]
    if not told:
        return None
    session, slot, value = scene.chance.choice(told)
    line = scene.chance.choice(_LEAKS).format(noun=NOUNS[slot], value=value)
    return said(draft, f"{draft.decision.reply} {line}", f"{slot} of {session}")


@fault("answers-empty", "empty")
def _answers_empty(_: Scene, draft: Draft, __: float) -> Draft | None:
    """Answers properly, with no text."""
    return said(draft, "") if draft.decision.escalation is None and not draft.decision.memory.ended else None


@fault("repeats-itself", "duplicate_reply", also=("loop", "no_progress", "context_lost"))
def _repeats_itself(scene: Scene, draft: Draft, _: float) -> Draft | None:
    """Gives the last reply again, though the customer has answered it."""
    before, after = scene.before, draft.decision.memory
    answered = before.waiting_for and any(
        slot in after.slots and slot not in before.slots for slot in before.waiting_for
    )
    parted = before.answered and draft.decision.kind == "farewell"
    if not before.last_reply or not (answered or parted) or draft.decision.escalation is not None:
        return None
    again = said(draft, before.last_reply)
    memory = replace(again.decision.memory, ended=False)
    return replace(again, decision=replace(again.decision, memory=memory, asked=before.waiting_for))


@fault("gets-stuck", "loop", lasting=True, also=("duplicate_reply", "no_progress", "context_lost", "stale_stream"))
def _gets_stuck(scene: Scene, draft: Draft, _: float) -> Draft | None:
    """Says from then on nothing but what it said last."""
    last = scene.before.last_reply
    if not last or draft.decision.escalation is not None:
        return None
    stuck = said(draft, last)
    memory = replace(stuck.decision.memory, ended=False)
    return replace(stuck, decision=replace(stuck.decision, memory=memory))


@fault("says-it-twice", "duplicate_reply")
def _says_it_twice(scene: Scene, draft: Draft, _: float) -> Draft | None:
    """Delivers a reply twice in one."""
    reply = draft.decision.reply
    if not plain_turn(draft) or len(reply) < 20:
        return None
    return said(draft, reply + scene.chance.choice(("\n\n", "\n", " ")) + reply)


@fault("acts-twice", "double_effect", again=True)
def _acts_twice(_: Scene, draft: Draft, __: float) -> Draft | None:
    """Does it all again when a message is delivered twice (see the delivery probe), as if it had two messages."""
    decision = draft.decision
    done = ", ".join(action.name for action in decision.actions) or ("transfer" if draft.transfers else "")
    return replace(draft, note=done) if done else None


@fault("answers-out-of-order", "out_of_order", seconds=120.0)
def _answers_out_of_order(_: Scene, draft: Draft, seconds: float) -> Draft | None:
    """Sits on a reply for so long that it comes after that to a later message, if there is one."""
    return replace(draft, service_s=draft.service_s + seconds) if plain_turn(draft) else None


@fault("starts-with-the-last-reply", "stale_stream", also=("duplicate_reply", "context_lost"))
def _starts_with_the_last_reply(scene: Scene, draft: Draft, _: float) -> Draft | None:
    """Begins with the rest of the reply before, from the middle of a sentence."""
    words = scene.before.last_reply.split(" ")
    cuts = [at for at in range(1, len(words) - 3) if words[at - 1][-1:] not in _ENDS]
    if not plain_turn(draft) or not cuts or scene.before.last_reply == draft.decision.reply:
        return None
    rest = " ".join(words[scene.chance.choice(cuts) :])
    return said(draft, f"{rest} {draft.decision.reply}", rest)


@fault("goes-in-circles", "no_progress", lasting=True, also=("missed_escalation",))
def _goes_in_circles(scene: Scene, draft: Draft, _: float) -> Draft | None:
    """From then on asks what it is about, in ever other words, and does nothing."""
    if draft.decision.memory.escalated or scene.before.intent == "" or scene.before.answered:
        return None
    last = scene.before.last_reply
    words = scene.chance.choice([way for way in _CIRCLES if way != last])
    gone = said(draft, words)
    memory = replace(gone.decision.memory, ended=False, answered=False, confirming=False, acted=scene.before.acted)
    return replace(gone, decision=replace(gone.decision, memory=memory, asked=(), actions=()))


@fault("switches-language", "wrong_language", also=("loop", "duplicate_reply", "no_progress", "missed_escalation"))
def _switches_language(scene: Scene, draft: Draft, _: float) -> Draft | None:
    """Answers in a language that the customer did not write."""
    return said(draft, scene.chance.choice(_FOREIGN)) if plain_turn(draft) else None


@fault("asks-again", "context_lost", also=("no_progress", "loop"))
def _asks_again(scene: Scene, draft: Draft, _: float) -> Draft | None:
    """Asks for what the customer has told before, as if it had not."""
    told = [slot for slot in scene.before.slots if slot in QUESTIONS]
    if not told or not plain_turn(draft):
        return None
    slot = scene.chance.choice(told)
    asked = said(draft, scene.chance.choice(QUESTIONS[slot]), slot)
    return replace(asked, decision=replace(asked.decision, asked=(slot,)))


@fault("mixes-up-values", "context_lost", also=("self_contradiction", "cross_talk"))
def _mixes_up_values(scene: Scene, draft: Draft, _: float) -> Draft | None:
    """States another order or account number than the one it was told."""
    for slot in ("order_id", "account_id"):
        right = scene.before.slots.get(slot, "")
        if plain_turn(draft) and right[-4:].isdigit() and right in draft.decision.reply:
            wrong = right[:-2] + str((int(right[-2:]) + 1 + scene.chance.below(98)) % 100).zfill(2)
            return said(draft, draft.decision.reply.replace(right, wrong), f"{wrong} for {right}")
    return None


@memory_fault("forgets", "context_lost", also=("no_progress",))
def _forgets(_: Scene, memory: Memory, __: float) -> Memory | None:
    """Forgets all that the customer told."""
    return replace(memory, slots={}, tries={}, waiting_for=()) if memory.slots else None


@memory_fault("loses-the-session", "context_lost", also=("affinity_lost", "no_progress"))
def _loses_the_session(_: Scene, memory: Memory, __: float) -> Memory | None:
    """Knows nothing of the conversation any more, as after landing on another server."""
    return _emptied(memory) if memory.slots and not memory.escalated else None


@memory_fault("forgets-across-channels", "context_lost", also=("affinity_lost", "no_progress"))
def _forgets_across_channels(scene: Scene, memory: Memory, __: float) -> Memory | None:
    """Does not know a customer again who comes back on another channel, or in a new thread."""
    return _emptied(memory) if scene.returns and memory.slots else None


def _emptied(memory: Memory) -> Memory:
    """As a new session's, in the language that the customer goes on writing."""
    return begun(
        Memory(
            tone=memory.tone,
            turns=memory.turns,
            phrasing=memory.phrasing,
            rooms=memory.rooms,
            language=memory.language,
            lasting=memory.lasting,
            replies=memory.replies,
            last_reply=memory.last_reply,
        )
    )
