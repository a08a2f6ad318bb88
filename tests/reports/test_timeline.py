"""The timeline: nothing is lost as its stretches widen, and everything stands at the moment it was due."""

import pytest

from hubbub.model import Dropped, Health, Started
from hubbub.reports.timeline import MOST_SPANS, Timeline
from tests.made import failed, turn


def test_a_long_run_has_wider_stretches_and_as_many_arrivals() -> None:
    timeline = Timeline()
    for second in range(5 * MOST_SPANS):
        timeline.add_started(Started(second, "p", float(second)))
    spans = list(timeline.spans())
    assert timeline.width_s == 8
    assert len(spans) <= MOST_SPANS
    assert sum(span.arrivals for _, span in spans) == 5 * MOST_SPANS
    assert [span.arrivals for _, span in spans[:3]] == [8, 8, 8]


def test_a_turn_stands_at_the_moment_it_was_due_and_counts_from_then() -> None:
    timeline = Timeline()
    timeline.add_turn(turn(due_s=3.9, sent_s=4.2, first_text_s=5.9, done_s=6.9, over_s=6.9))
    spans = dict(timeline.spans())
    assert spans[3.0].turns == 1
    assert spans[3.0].first_text.quantile(0.5) == pytest.approx(2_000_000, rel=0.001)  # microseconds
    assert spans[4.0].began == 1
    assert spans[3.0].late_s > 0.29


def test_a_turn_that_is_sent_beyond_the_last_stretch_is_counted_whole() -> None:
    timeline = Timeline()
    for due_s in (MOST_SPANS - 1.5, MOST_SPANS - 0.5):
        timeline.add_turn(turn(due_s=due_s, sent_s=due_s + 0.7, first_text_s=due_s + 1, done_s=due_s + 2))
    assert timeline.width_s == 2.0
    assert sum(span.first_text.samples for _, span in timeline.spans()) == 2
    assert sum(span.turn.samples for _, span in timeline.spans()) == 2


def test_a_turn_given_up_on_counts_with_the_time_waited() -> None:
    timeline = Timeline()
    timeline.add_turn(failed("first_text_timeout", due_s=3.0, sent_s=3.2, over_s=31.0))
    timeline.add_turn(failed("http_429", due_s=3.5, sent_s=3.5))
    (span,) = (span for _, span in timeline.spans() if span.turns)
    assert (span.first_text.samples, span.turn.samples) == (1, 1)
    assert span.first_text.quantile(0.5) == span.turn.quantile(0.5) == pytest.approx(28_000_000, rel=0.001)
    assert span.failures == {"first_text_timeout": 1, "http_429": 1}


def test_what_the_customer_or_the_run_ended_is_no_failure() -> None:
    timeline = Timeline()
    for outcome in ("left", "cut", "ok"):
        timeline.add_turn(failed(outcome))
    assert not any(span.failures for _, span in timeline.spans())


def test_open_conversations_of_workers_add_up() -> None:
    timeline = Timeline()
    for worker, number in ((0, 5), (1, 7), (0, 3)):
        timeline.add_health(Health(0.5, number, 0.01, 0.0), worker)
    ((_, span),) = timeline.spans()
    assert sum(span.open.values()) == 12


def test_a_worker_that_skips_a_stretch_had_open_what_it_had_before() -> None:
    timeline = Timeline()
    for at_s, number, worker in ((0.1, 5, 0), (0.2, 7, 1), (1.1, 7, 1), (2.3, 7, 1), (2.4, 6, 0), (9.0, 1, 0)):
        timeline.add_health(Health(at_s, number, 0.01, 0.0), worker)
    opened = [sum(span.open.values()) for _, span in timeline.spans()]
    assert opened == [12, 12, 13, 0, 0, 0, 0, 0, 0, 1], "a short silence is bridged, a long one is not"


def test_what_is_bridged_is_the_silence_and_no_stretch_beside_it() -> None:
    timeline = Timeline()
    for at_s, number in ((20.2, 9), (20.8, 5), (23.8, 7), (27.0, 8)):
        timeline.add_health(Health(at_s, number, 0.01, 0.0), 0)
    assert [sum(span.open.values()) for _, span in timeline.spans()][19:] == [0, 9, 5, 5, 7, 0, 0, 0, 8]


def test_quiet_stretches_are_there() -> None:
    timeline = Timeline()
    timeline.add_dropped(Dropped(1, 4.5, "max_open"))
    assert [span.arrivals for _, span in timeline.spans()] == [0, 0, 0, 0, 1]
