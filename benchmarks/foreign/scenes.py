"""What is rehearsed with which foreign server, and what must come of it."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from benchmarks.foreign.messaging import bot_framework, sinch, twilio
from benchmarks.foreign.rehearsal import Outcome, asked, rehearse
from benchmarks.foreign.servers import Foreign, Start, aimock, llmock, smollm

CONVERSATIONS = 20
_CLASS_OF_FAULT = {"disconnect": "truncated", "stall": "stall", "malformed": "malformed"}
_CLASS_OF_STATUS = {200: "ok", 429: "http_429", 500: "http_5xx"}
# Its fault `truncate` is left out. llmock's verdict takes a client that does not send again for one that took the cut
# reply for whole, which holds for a client that hides failures, and not for one whose work is to report them.
_FAULTS = ("disconnect=0.03", "stall=0.03", "malformed=0.03")
_AFTER_THE_PROOF = 2  # a disconnect may come when the proof of completion has: that reply is whole
_ERRORS = ("429=0.03", "500=0.03")

_LAST = 6  # messages whose status was still to be told when the run was over

Wrong = list[str]


class Scene(Struct, frozen=True):
    """A server, and what is held against its own word beside that every conversation came to its end."""

    name: str
    start: Start
    check: Callable[[Foreign, Outcome], Wrong]
    connector: str = "openai-chat"
    slow: bool = False
    conversations: int = CONVERSATIONS


def _clean(server: Foreign, outcome: Outcome) -> Wrong:
    """A server without faults: no turn fails, and the slow one may at most be left waiting."""
    failed = {name: count for name, count in outcome.turns.items() if name not in ("ok", "left")}
    return [f"turns failed with a server that plants no faults: {failed}"] if failed else []


def _handed_over(server: Foreign, outcome: Outcome) -> Wrong:
    clean = _clean(server, outcome)
    if 0 < outcome.escalated <= outcome.called:
        return clean
    return [*clean, f"{outcome.called} turns with tool calls, {outcome.escalated} escalations"]


def _broken(server: Foreign, outcome: Outcome) -> Wrong:
    """aimock keeps no record that tells its faults apart: what it planted must at least show, and as what it is."""
    known = {"ok", "left", "http_5xx", "malformed", "closed", "reset", "truncated"}
    strange = sorted(outcome.turns.keys() - known)
    return [f"turns failed as {strange}"] if strange or len(outcome.turns) < 3 else []


def _llmocks_word(server: Foreign, outcome: Outcome) -> Wrong:
    """Its record of what it planted must agree with our classes, and its verdict on us must have no FAIL."""
    records = asked(server, "/_llmock/requests")
    planted = Counter(_class_of(r) for r in (records if isinstance(records, list) else records["requests"]))
    seen = Counter(outcome.turns)
    late = planted["truncated"] - seen["truncated"]
    if 0 < late <= _AFTER_THE_PROOF:
        planted += Counter(ok=late)
        planted["truncated"] -= late
    wrong = [] if planted == seen else [f"planted {dict(planted)}, seen {dict(seen)}"]
    verdict = asked(server, "/_llmock/verdict?format=json")
    fails = [finding["title"] for finding in verdict["findings"] if finding["severity"] == "error"]
    return [*wrong, *(f"llmock's FAIL: {title}" for title in fails)]


def _class_of(record: dict[str, object]) -> str:
    fault = str(record["fault"] or "")
    if fault.startswith("stream:"):
        return _CLASS_OF_FAULT[fault.removeprefix("stream:").partition("@")[0]]
    return _CLASS_OF_STATUS[int(str(record["status"]))]


def _faults() -> list[str]:
    words = [word for fault in _FAULTS for word in ("--stream-fault", fault)]
    return words + [word for rate in _ERRORS for word in ("--error-rate", rate)]


def _all_heard(server: Foreign, outcome: Outcome) -> Wrong:
    """A messaging platform: no turn fails, no message goes astray, and more than words show who is handed over."""
    wrong = _clean(server, outcome)
    if outcome.unasked:
        wrong.append(f"messages that no turn waited for: {outcome.unasked}")
    if not outcome.structural or outcome.structural != outcome.escalated:
        wrong.append(f"{outcome.escalated} escalations, {outcome.structural} of them by more than words")
    return wrong


def _all_heard_at_last(server: Foreign, outcome: Outcome) -> Wrong:
    """The same, although some messages were refused at first."""
    wrong = _all_heard(server, outcome)
    return wrong if outcome.again else [*wrong, "no message was delivered again"]


def _all_told(server: Foreign, outcome: Outcome) -> Wrong:
    """The same, and the agent was told of each of its messages that it was sent, and then that it was delivered."""
    told = asked(server, "/statuses")
    missing = (outcome.turns["ok"] - told.get("sent", 0), told.get("sent", 0) - told.get("delivered", 0))
    right = told.keys() == {"sent", "delivered"} and all(0 <= number <= _LAST for number in missing)
    return _all_heard(server, outcome) + ([] if right else [f"status callbacks: {told}"])


SCENES = (
    Scene("llmock", llmock(), _llmocks_word),
    Scene("llmock-with-faults", llmock(*_faults()), _llmocks_word),
    Scene("aimock", aimock(), _handed_over),
    Scene("aimock-with-chaos", aimock(chaos=True), _broken),
    Scene("aimock-responses", aimock(), _handed_over, "openai-responses"),
    Scene("aimock-messages", aimock(), _handed_over, "anthropic-messages"),
    Scene("sinch", sinch, _all_heard_at_last, "sinch"),
    Scene("twilio-twiml", twilio("twiml"), _all_told, "twilio-messaging"),
    Scene("twilio-rest", twilio("rest"), _all_told, "twilio-messaging"),
    Scene("bot-framework", bot_framework, _all_heard, "bot-framework"),
    Scene("smollm", smollm, _clean, slow=True),
    Scene("smollm-responses", smollm, _clean, "openai-responses", slow=True, conversations=5),
    Scene("smollm-messages", smollm, _clean, "anthropic-messages", slow=True, conversations=5),
)


def play(scene: Scene, folder: Path) -> tuple[Outcome, Wrong]:
    """Hold the conversations of a scene; what came of it, and what is wrong with that. Raises Missing."""
    with scene.start(folder) as server:
        outcome = rehearse(server, scene.conversations, folder, scene.connector)
        wrong = scene.check(server, outcome)
    if outcome.held != scene.conversations or "cut_off" in outcome.endings:
        wrong = [*wrong, f"not all of {scene.conversations} conversations came to their end: {outcome.endings}"]
    return outcome, wrong
