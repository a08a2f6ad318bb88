"""Facts: what the replies of one conversation state, against the persona's facts and against each other."""

from collections.abc import Iterator

from hubbub.checks.claims import Weighed, family, overlap, stated
from hubbub.checks.restated import restated
from hubbub.checks.story import Story
from hubbub.model import Finding


def contradicted(story: Story) -> Iterator[Finding]:
    """A claim that is bound to a fact and lies outside it, and was neither hedged nor the customer's own.

    In languages other than English it is unsure: conditions and exceptions are not read there.
    """
    for one in story.claims:
        if one.verdict == "contradicted":
            reason = f"said {one.claim.text!r} of {one.fact}, which is {one.wanted}"
            yield story.finding("contradicted_fact", one.turn, reason, unsure=not story.in_english)
            return


def against_itself(story: Story) -> Iterator[Finding]:
    """Two claims about the same fact or question that cannot both be true, or two in one breath about anything.

    So are two plain answers to one question that was put again, whatever it was about.
    In languages other than English it is unsure, as are contradicted facts.
    """
    firm: dict[tuple[str, str], Weighed] = {}
    for one in story.claims:
        if one.against:
            reason = f"said {one.against!r} and {one.claim.text!r} at once"
            yield story.finding("self_contradiction", one.turn, reason, unsure=not story.in_english)
            return
        if not one.fact or one.verdict in ("hedged", "echoed"):
            continue
        before = firm.setdefault((one.fact, family(one.claim.kind)), one)
        if before.turn != one.turn and not overlap(before.claim, one.claim):
            reason = f"said {one.claim.text!r} of {one.fact}, and {before.claim.text!r} at turn {before.turn}"
            yield story.finding("self_contradiction", one.turn, reason, unsure=not story.in_english)
            return
    for first, said, turn, again in restated(story):
        reason = f"said {again.text!r} where it had said {said.text!r} at turn {first.turn}"
        yield story.finding("self_contradiction", turn.turn, reason)
        return


def answers(story: Story) -> dict[str, str]:
    """Fact to the first firm answer that the agent gave for it, for facts that are the same for every customer."""
    given: dict[str, str] = {}
    for one in story.claims:
        if one.fact in story.persona.facts and one.verdict in ("supported", "contradicted"):
            given.setdefault(one.fact, stated(one.claim))
    return given


def verdicts(story: Story) -> dict[str, int]:
    """How many claims got each verdict."""
    counts: dict[str, int] = {}
    for one in story.claims:
        counts[one.verdict] = counts.get(one.verdict, 0) + 1
    return counts
