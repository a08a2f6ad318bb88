"""Faults of the wire: replies that come broken, late, or not at all."""

from msgspec.structs import replace

from hubbub.reference_agent.draft import Break, Draft, Scene, pieces
from hubbub.reference_agent.faults.fault import fault

_ENOUGH_GAPS = 7  # so that 90 s come without a silence that is a failure by itself


def _broken(scene: Scene, draft: Draft, broken: Break) -> Draft:
    """A reply that breaks off. What it decided is not carried out, and not remembered, as when a process dies."""
    memory = replace(scene.before, turns=scene.turn)
    return replace(draft, decision=replace(draft.decision, memory=memory), breaks=broken, transfers=False)


def _middle(draft: Draft) -> int:
    return len(pieces(draft.decision.reply)) // 2


@fault("stalls", "stall", also=("first_text_timeout", "total_timeout"))
def _stalls(scene: Scene, draft: Draft, _: float) -> Draft | None:
    """Stops in the middle of a reply, and keeps the line open."""
    return _broken(scene, draft, Break("stalled", _middle(draft)))


@fault("truncates", "truncated")
def _truncates(scene: Scene, draft: Draft, _: float) -> Draft | None:
    """Ends a reply in the middle, without the protocol's proof that it is whole."""
    return _broken(scene, draft, Break("truncated", _middle(draft)))


@fault("resets", "reset")
def _resets(scene: Scene, draft: Draft, _: float) -> Draft | None:
    """Resets the connection in the middle of a reply."""
    return _broken(scene, draft, Break("reset", _middle(draft)))


@fault("hangs-up", "closed", also=("reset",))
def _hangs_up(scene: Scene, draft: Draft, _: float) -> Draft | None:
    """Closes the connection without a word of reply."""
    return _broken(scene, draft, Break("closed"))


@fault("never-answers", "first_text_timeout")
def _never_answers(scene: Scene, draft: Draft, _: float) -> Draft | None:
    """Takes the message and never says anything."""
    return _broken(scene, draft, Break("silent"))


@fault("errors-500", "http_5xx")
def _errors_500(scene: Scene, draft: Draft, _: float) -> Draft | None:
    """Answers with status 500."""
    return _broken(scene, draft, Break("status"))


@fault("errors-400", "http_4xx")
def _errors_400(scene: Scene, draft: Draft, _: float) -> Draft | None:
    """Answers with status 400, as if the request were wrong."""
    return _broken(scene, draft, Break("status", status=400))


@fault("refuses-429", "http_429")
def _refuses_429(scene: Scene, draft: Draft, _: float) -> Draft | None:
    """Answers with status 429, as if it were too busy."""
    return _broken(scene, draft, Break("status", status=429))


@fault("redirects", "redirect")
def _redirects(scene: Scene, draft: Draft, _: float) -> Draft | None:
    """Answers with a redirect to elsewhere."""
    return _broken(scene, draft, Break("status", status=307))


@fault("answers-garbage", "malformed")
def _answers_garbage(scene: Scene, draft: Draft, _: float) -> Draft | None:
    """Answers with what is not the protocol: half a document, with status 200."""
    return _broken(scene, draft, Break("garbled"))


@fault("answers-without-end", "too_large")
def _answers_without_end(scene: Scene, draft: Draft, _: float) -> Draft | None:
    """Pads a reply with three megabytes of nothing."""
    return _broken(scene, draft, Break("too_large"))


@fault(
    "dribbles",
    "total_timeout",
    also=("first_text_timeout", "phantom_handoff", "missing_disclosure"),  # what was said and done was not seen
    seconds=90.0,
)
def _dribbles(_: Scene, draft: Draft, seconds: float) -> Draft | None:
    """Takes over a minute for the words of a longer reply: dribbles:90s."""
    gaps = len(pieces(draft.decision.reply)) - 1
    return replace(draft, gap_s=seconds / gaps) if gaps >= _ENOUGH_GAPS else None


@fault("slow", "", seconds=5.0)
def _slow(_: Scene, draft: Draft, seconds: float) -> Draft | None:
    """Thinks for some seconds more before it answers: slow:5s."""
    return replace(draft, service_s=draft.service_s + seconds)


@fault("freeze", "", seconds=2.0, once=True)
def _freeze(_: Scene, draft: Draft, seconds: float) -> Draft | None:
    """The whole agent stands still once, for some seconds: freeze@t>10:2s."""
    return replace(draft, freeze_s=seconds, note=f"{seconds:g} s")
