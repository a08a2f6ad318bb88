"""What replies and waiting do to a customer."""

import pytest
from msgspec.structs import replace
from scipy.stats import kstest

from hubbub.customers import mood
from hubbub.customers.mind import Mind
from hubbub.model import Expectation, Impulse, Leave, Manner, Patience, Say
from tests.customers.people import crowd, customer, expecting

CALM = Mind(turn=1, opened=True)


def felt(*acts, waited_s=0.0, who=None, mind=CALM, reasked=False, echoed=False, progress=False):
    return mood.felt(who or customer(), mind, acts, waited_s, reasked=reasked, echoed=echoed, progress=progress)


@pytest.mark.parametrize("act", ["refuse", "fallback", "unknown", "notify_failure", "wait"])
def test_what_does_not_help_frustrates(act):
    assert felt(act) > 0


def test_a_refusal_weighs_more_than_a_wait_and_being_failed_more_than_either():
    failed = mood.felt_failure(customer(), CALM, 0.0)
    assert failed > felt("refuse") > felt("fallback") > felt("wait")


def test_progress_and_success_soothe():
    upset = replace(CALM, frustration=0.5)
    assert felt("inform", mind=upset, progress=True) < 0.5
    assert felt("notify_success", mind=upset) < felt("apologise", mind=upset) < 0.5


def test_a_slow_reply_frustrates_by_how_slow_it_was():
    assert 0 < felt("inform", waited_s=20) < felt("inform", waited_s=90) < felt("inform", waited_s=400)


def test_being_asked_again_and_hearing_the_same_again_frustrate():
    assert felt("request", reasked=True) == mood.REASKED
    assert felt("inform", echoed=True) == mood.LOOPED


def test_frustration_stays_between_calm_and_furious():
    assert felt("refuse", "fallback", mind=replace(CALM, frustration=0.95)) == 1.0
    assert felt("notify_success") == 0.0


def test_a_blunt_customer_is_sooner_annoyed_than_a_polite_one():
    blunt, polite = (customer(manner=Manner(register=r)) for r in ("blunt", "polite"))
    assert felt("refuse", who=blunt) > felt("refuse", who=polite)


def test_a_calm_customers_patience_is_exponential_with_the_personas_mean():
    people = crowd(2000, patience=Patience(wait_s=40))
    leaving = [mood.impulses(who, CALM)[-1].after_s for who in people]
    assert kstest(leaving, "expon", args=(0, 40)).statistic < 0.05


def test_nobody_gives_up_on_a_reply_that_takes_a_second():
    assert min(mood.impulses(who, CALM)[-1].after_s for who in crowd(3000)) > 1.5


@pytest.mark.parametrize(("turn", "mean_s"), [(1, 180), (4, 120)])
def test_patience_in_a_web_chat_is_the_channels_when_the_persona_names_none(turn, mean_s):
    leaving = [mood.impulses(who, replace(CALM, turn=turn))[-1].after_s for who in crowd(2000)]
    assert sum(leaving) / 2000 == pytest.approx(mean_s, rel=0.1)


def test_patience_with_messages_is_much_longer():
    assert mood.impulses(customer(channel="sms"), CALM)[-1].after_s > mood.impulses(customer(), CALM)[-1].after_s * 10


def test_a_furious_customer_waits_half_as_long():
    who = customer()
    furious = mood.impulses(who, replace(CALM, frustration=1.0))[-1].after_s
    assert furious == pytest.approx(mood.impulses(who, CALM)[-1].after_s / 2, rel=0.05)


def test_impulses_come_in_order_and_end_in_leaving():
    for who in crowd(200):
        coming = mood.impulses(who, CALM)
        times = [impulse.after_s for impulse in coming]
        assert times == sorted(times)
        assert isinstance(coming[-1].move, Leave)
        assert all(isinstance(impulse.move, Say) for impulse in coming[:-1])
        assert mood.impulses(who, CALM) == coming
        assert next(mood.coming(who, CALM)) == coming[0]


def test_nobody_does_anything_while_all_would_still_wait():
    for who in crowd(2000, channel="web-chat") + crowd(500, channel="sms"):
        for mind in (CALM, replace(CALM, frustration=0.9), replace(CALM, last=Say("bye"))):
            assert 0 < mood.still_s(who, mind) <= mood.impulses(who, mind)[0].after_s


def test_seven_in_ten_leave_in_silence():
    leaving = [mood.impulses(who, CALM)[-1].move for who in crowd(2000)]
    assert abs(sum(move.parting is None for move in leaving) / 2000 - mood.SILENT_SHARE) < 0.03


def test_some_ask_for_a_human_while_they_wait_but_not_those_whom_a_machine_can_help():
    def acts(expect):
        return {i.move.act for who in crowd(800, expect=expect) for i in mood.impulses(who, CALM)[:-1]}

    assert acts(Expectation()) == {"nudge", "ask_human"}
    assert acts(expecting("must_not")) == {"nudge"}


def test_a_nudge_is_remembered():
    nudged = mood.after_impulse(CALM, Impulse(10.0, Say("nudge")))
    assert (nudged.nudges, nudged.frustration) == (1, mood.NUDGED)
    assert mood.after_impulse(CALM, Impulse(10.0, Say("ask_human"))).human == "asked"
    assert mood.after_impulse(CALM, Impulse(10.0, Leave("abandoned", ""))) == CALM


def test_patience_in_turns_varies_round_the_personas_figure_and_shrinks_with_frustration():
    people = crowd(2000, patience=Patience(turns=10))
    spent = sorted(who.patience_turns for who in people)
    assert 9.5 < spent[1000] < 10.5
    who = people[0]
    late = replace(CALM, turn=int(who.patience_turns * 0.7))
    assert not mood.gives_up(who, late)
    assert mood.gives_up(who, replace(late, frustration=1.0))


@pytest.mark.parametrize(
    ("act", "about"), [("bye", ""), ("thank", "done"), ("thank", "noted"), ("confirm", "noted"), ("deny", "more")]
)
def test_who_has_said_its_last_waits_for_nothing(act, about):
    for who in crowd(200):
        served = replace(CALM, done=True, last=Say(act, about=about))
        (only,) = mood.impulses(who, served)
        assert (only.move.ending, only.move.parting) == ("resolved", None)


def test_nobody_asks_at_once_whether_anyone_is_there():
    people = crowd(2000, patience=Patience(wait_s=200))
    first = [coming[0].after_s for who in people if len(coming := mood.impulses(who, CALM)) > 1]
    assert min(first) >= 12.0


def test_nobody_complains_of_having_waited_for_a_moment():
    for who in crowd(2000, patience=Patience(wait_s=60)):
        last = mood.impulses(who, CALM)[-1]
        assert last.after_s > 15.0 or last.move.parting is None
