"""The sets of phrases that the agent can speak in, by name; each says the same things."""

from collections.abc import Mapping

from hubbub.reference_agent.phrasings import plain, unseen, varied
from hubbub.reference_agent.phrasings.phrasing import Phrasing as Phrasing

PHRASINGS: Mapping[str, Phrasing] = {"plain": plain.PLAIN, "varied": varied.VARIED, "unseen": unseen.UNSEEN}
