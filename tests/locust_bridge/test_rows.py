"""How records become Locust's rows."""

from locust.env import Environment
from made import closed, ended, failed, turn
from rehearsal import a_persona

from hubbub.locust_bridge.rows import Rows, named
from hubbub.locust_bridge.show import Show
from hubbub.locust_bridge.stories import Stories
from hubbub.locust_bridge.table import rows
from hubbub.model import Dropped, Finding, Goal, Reply, Started
from hubbub.stats.fold import Fold

PEOPLE = [a_persona(persona="p", channel="sms")]
TALK = [
    Started(0, "p", 1.0),
    turn(),
    failed("http_429", turn=2),
    turn(turn=3, outcome="left", over_s=2.0, done_s=None),
    failed("cut", turn=4),
    Finding(0, "missed_escalation", "failed", 1, "nobody was called"),
    ended(failed_checks=("missed_escalation",)),
]


def filed(records: list, personas: list = PEOPLE) -> Environment:
    environment = Environment()
    environment.create_local_runner()
    Rows(environment, personas, "persona").take(records)
    return environment


def test_turns_are_counted_and_nothing_is_counted_twice() -> None:
    stats = filed(TALK).stats
    assert stats.total.num_requests == 3, "answered, failed, and left waiting; what our own end cut off says nothing"
    assert stats.total.num_failures == 1
    assert stats.entries[("p", "sms")].num_requests == 3


def test_first_text_and_conversations_have_rows_of_their_own() -> None:
    stats = filed(TALK).stats
    assert stats.entries[("p", "first text")].max_response_time == 400
    conversation = stats.entries[("p", "conversation")]
    assert (conversation.num_requests, conversation.num_failures) == (1, 1)
    assert conversation.max_response_time == 2000


def test_failures_carry_our_classes() -> None:
    told = {(error.method, error.parse_error(error.error)) for error in filed(TALK).stats.errors.values()}
    assert told == {("sms", "http_429"), ("conversation", "missed_escalation")}


def test_latency_counts_from_the_intended_moment() -> None:
    late = [Started(0, "p", 1.0), turn(due_s=1.0, sent_s=1.9, first_text_s=2.0, done_s=2.0, over_s=2.0)]
    assert filed(late).stats.total.max_response_time == 1000


def test_a_name_is_harmless_in_a_terminal_and_a_spreadsheet() -> None:
    hostile = a_persona(goal=Goal(intent="=HYPERLINK(\x1b[31m\u202e"))
    name = named(hostile, "intent")
    assert name.startswith("'=HYPERLINK(")
    assert "\x1b" not in name
    assert "\u202e" not in name


def test_a_conversation_that_went_wrong_is_told_with_its_words() -> None:
    stories = Stories()
    stories.take([*TALK, Started(1, "p", 1.0), Dropped(1, 1.0, "max_open")])
    [told] = stories.news()
    assert told.findings == (("missed_escalation", 1, "nobody was called"),)
    assert [line.outcome for line in told.lines] == ["ok", "http_429", "left", "cut"]
    assert told.lines[0].customer == ("hello there",)
    assert not stories.news()


def test_what_agents_say_at_length_is_told_a_few_conversations_at_a_time() -> None:
    stories = Stories()
    for number in range(20):
        said = [turn(number, turn=at, reply=Reply(text="x" * 5000)) for at in range(1, 31)]
        stories.take([*said, Finding(number, "loop", "failed", 1, "again"), ended(number, failed_checks=("loop",))])
    numbers, batches = [], 0
    while news := stories.news():
        batches += 1
        numbers += [story.number for story in news]
        assert sum(len(line.agent) for story in news for line in story.lines) < 400_000
    assert numbers == list(range(20)), "nothing is lost, and the oldest comes first"
    assert batches == 4


def test_the_table_shows_endings_escalation_findings_personas_and_the_generator() -> None:
    fold = Fold()
    for record in (
        Started(0, "p", 1.0),
        turn(),
        ended(expected="must", failed_checks=("missed_escalation",)),
        closed(1),
    ):
        fold.add(record)
    show = Show("run-1", 2)
    show.report("w", fold.board(), ())
    told = {row["name"]: row for row in rows(show)}
    assert told["Ending: resolved"]["count"] == 1
    assert told["Escalation: needed, and missed"]["share"] == "100.0%"
    assert told["Finding: missed_escalation"]["count"] == 1
    assert told["Persona: p"]["count"] == 1
    assert told["Generator: workers"]["count"] == 2
    assert rows(None)[0]["note"] == "none yet: start one on the first page"
