"""Whole conversations with an agent that has nothing but menus: people find their way through them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from menu_agent import KINDS, MENUS, MenuAgent
from rehearsal import Rehearsed, a_workload

from hubbub.model import Arrivals
from hubbub.specs.named import persona_files
from hubbub.specs.persona import load_persona

Rehearse = Callable[..., Rehearsed]
CROWD = a_workload(arrivals=Arrivals(process="constant", rate_per_s=0.02), duration_s=1500.0, drain_s=400_000.0)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("industry", list(MENUS))
def test_customers_get_through_menus(rehearse: Rehearse, kind: str, industry: str) -> None:
    folder = Path(__file__).parents[1] / "personas" / industry
    people = tuple(p for p in map(load_persona, sorted(persona_files(folder))) if p.locale.startswith("en"))
    run = rehearse(MenuAgent(kind, industry).answer, CROWD, people)
    assert len(run.ended) == 30
    lost = [turn for turn in run.turns if turn.heard is not None and "fallback" in turn.heard.acts]
    assert len(lost) < 0.3 * len(run.turns)
    served = [c for c in run.ended if c.ending in ("resolved", "escalated")]
    assert len(served) >= 20, [(c.persona, c.ending) for c in run.ended]
