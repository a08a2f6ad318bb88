"""What our customers score: held in conversations with the reference agent, against the laws of people."""

import os
import subprocess
import sys

import pytest

from hubbub.realism.compared import compare
from hubbub.realism.dialogue import texts_of
from hubbub.realism.rehearsed import rehearse
from hubbub.specs.shipped import demo_workload
from hubbub.specs.workload import load_workload

HELD = """
from hubbub.realism.rehearsed import rehearse
from hubbub.specs.shipped import demo_workload
from hubbub.specs.workload import load_workload
loaded = load_workload(demo_workload())
print(rehearse(loaded.workload, loaded.personas, 500, 3))
"""


@pytest.fixture(scope="module")
def ours():
    loaded = load_workload(demo_workload())
    return rehearse(loaded.workload, loaded.personas, 500, 3)


@pytest.fixture(scope="module")
def figures(ours):
    return {row.measure: row.ours for row in compare(ours)}


def test_customers_say_as_much_as_people_and_in_their_order(figures):
    assert 7 < figures["messages per conversation"] < 9
    assert figures["KS of message counts to the law of people"] < 0.12  # .06 of 2,400; 500 stray by .04
    assert 3.3 < figures["perplexity of acts, by the order people keep"] < 4.2


def test_messages_are_as_long_as_in_live_chat(figures):
    assert figures["KS of message lengths to the law of live chat"] < 0.12
    assert figures["AUC, length, against the law of live chat"] < 0.62


def test_hardly_a_message_repeats_exactly(figures):
    assert figures["exact repeats over 20 characters"] < 0.03


def test_words_are_as_many_as_in_live_chat(figures):
    assert figures["distinct-1 at 20,000 words"] > 0.12
    assert figures["distinct-2 at 20,000 words"] > 0.38


def test_the_same_seed_holds_the_same_conversations():
    loaded = load_workload(demo_workload())
    one, same, other = (rehearse(loaded.workload, loaded.personas, 50, seed) for seed in (1, 1, 2))
    assert one == same
    assert texts_of(one) != texts_of(other)


@pytest.mark.slow
def test_a_process_of_its_own_holds_the_same_conversations(ours):
    """Python gives each process another order of its sets."""
    told = [subprocess.run([sys.executable, "-c", HELD], env=os.environ | {"PYTHONHASHSEED": seed}, check=True,
                           capture_output=True, text=True).stdout for seed in ("1", "2")]  # fmt: skip
    assert told[0] == told[1] == f"{ours}\n"


def test_a_corpus_is_measured_against_itself_for_a_floor(ours):
    rows = {row.measure: row for row in compare(ours[:60], ours[60:160])}
    assert rows["AUC, style: words, content masked"].ours == pytest.approx(0.5, abs=0.1)
    assert rows["KS of delays"].floor < 0.2


def test_customers_who_need_no_human_are_measured_apart(ours):
    served = tuple(dialogue for dialogue in ours if dialogue.served)
    assert 0.5 < len(served) / len(ours) < 0.75  # 17 of 27 in the demo's mix
    rows = compare(ours)
    assert [row.served for row in rows] == [row.ours for row in compare(served)] != [row.ours for row in rows]
