"""What follows an answer: a question where to write or to call, whether there is more, or nothing."""

from hubbub.reference_agent.brain import answer, begin
from hubbub.reference_agent.memory import Decision

ANSWERED = ("where is my order", "A-11112")


def talks(*lines: str, number: int = 80, phrasing: str = "plain") -> list[Decision]:
    """The last decisions of so many sessions."""
    return [_last(f"s{k}", phrasing, lines) for k in range(number)]


def _last(session: str, phrasing: str, lines: tuple[str, ...]) -> Decision:
    memory = begin(1, session, phrasing)
    for line in lines:
        decision = answer(memory, line)
        memory = decision.memory
    return decision


def test_most_who_are_served_are_asked_where_to_write_or_to_call_and_some_nothing():
    served = talks(*ANSWERED)
    asked = [one.memory.waiting_for for one in served]
    assert 0.6 < sum(map(bool, asked)) / len(asked) < 0.95
    assert {slot for slots in asked for slot in slots} == {"email", "phone"}
    assert {one.reply.endswith("?") for one in served} == {True, False}
    assert not any(one.asked for one in served)  # the matter is done without it


def test_what_is_known_is_not_asked_for():
    told = talks("where is my order A-11112, my email is ann@example.com, my phone is 07700 900123")
    assert not any(one.memory.waiting_for for one in told)


def test_other_sets_of_phrases_ask_only_whether_there_is_more():
    assert not any(one.memory.waiting_for for one in talks(*ANSWERED, phrasing="varied"))


def test_what_is_told_is_noted_and_nothing_is_done_again():
    for one in talks(*ANSWERED, "ann@example.com"):
        assert one.kind == "greeted"
        assert one.reply.endswith("?")
        assert one.memory.waiting_for in ((), ("phone",))


def test_who_will_not_tell_is_asked_what_else_and_not_sent_away():
    refused = talks(*ANSWERED, "sorry I don't have an email")
    assert {one.kind for one in refused if "way to be reached" in one.why} == {"greeted"}
    assert sum("way to be reached" in one.why for one in refused) > len(refused) / 2
