"""Claims about how well replies are understood, held against the labelled corpus."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import get_args

import pytest

from hubbub.model import AgentAct


def _benchmark() -> ModuleType:
    path = Path(__file__).parents[2] / "benchmarks" / "hearing.py"
    spec = importlib.util.spec_from_file_location("hearing_benchmark", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


BENCHMARK = _benchmark()


@pytest.mark.parametrize(("part", "least"), [("dev", 400), ("dev_2", 400), ("frozen", 200), ("frozen_2", 400)])
def test_the_corpus_is_whole_and_well_formed(part: str, least: int) -> None:
    rows = BENCHMARK.load(part)
    assert len(rows) >= least
    assert len({r.text for r in rows}) == len(rows)
    assert {r.industry for r in rows} == {"retail", "banking", "telecom", "healthcare", "travel", "utilities"}
    styles = {r.style for r in rows}
    assert {"bot", "llm", "terse", "verbose"} <= styles <= {"bot", "llm", "terse", "verbose", "legal", "non-native"}
    assert {a for r in rows for a in r.acts} <= set(get_args(AgentAct))
    assert {s for r in rows for s in r.asked} <= set(BENCHMARK.SLOTS)


def test_no_two_parts_share_a_reply() -> None:
    texts = [r.text for part in BENCHMARK.PARTS for r in BENCHMARK.load(part)]
    assert len(texts) == len(set(texts)) >= 1500


def test_the_page_shows_the_figures_of_today() -> None:
    assert BENCHMARK.figures() in BENCHMARK.PAGE.read_text("utf-8"), "run: python -m benchmarks.hearing --write-docs"


def test_a_page_without_a_place_for_figures_is_refused() -> None:
    with pytest.raises(ValueError, match="lacks"):
        BENCHMARK.with_figures("# no marks", "figures")


@pytest.mark.parametrize("part", ["dev", "frozen"])
def test_replies_are_understood_at_least_this_well(part: str) -> None:
    result = BENCHMARK.score(BENCHMARK.load(part))
    assert result.acts.f1 >= 0.95
    assert result.states.precision >= 0.96
    assert result.states.recall >= 0.95
    assert result.human.f1 >= 0.97
    assert result.asked.f1 >= 0.92
    assert result.unknown_rate <= 0.02


def test_phrasing_that_nobody_prepared_for_is_understood_no_worse_than_it_was() -> None:
    result = BENCHMARK.score(BENCHMARK.load("frozen_2"))
    assert result.acts.f1 >= 0.62
    assert result.human.precision >= 0.8
    assert result.unknown_rate <= 0.08
