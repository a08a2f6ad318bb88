"""What a customer does next: each kind of reply, each kind of failure."""

from collections import Counter

import pytest
from msgspec.structs import replace

from hubbub.customers import agenda
from hubbub.model import Claim, Fact, Goal, Heard, Leave, Manner, Moves, Patience, Say, Signal, Wait
from tests.customers.people import HANDED_OVER, after, crowd, customer, expecting, opened

PATIENT = Patience(turns=60)
PROMISED = Heard(("handoff",), signals=(Signal("promised", "text"),))
SILENCE = Heard(confidence=0.0)


def asks(*slots):
    return Heard(("request",), asked=slots)


def moves(people, *heard):
    return [after(who, *heard).move for who in people]


def test_a_conversation_opens_with_the_goal_or_a_greeting():
    first = Counter(agenda.start(who).move.act for who in crowd(400))
    assert set(first) == {"open", "smalltalk"}
    assert 0.75 < first["smalltalk"] / 400 < 0.95


def test_who_is_in_danger_rarely_greets_first():
    first = Counter(agenda.start(who).move.act for who in crowd(400, expect=expecting("must", "safety")))
    assert first["smalltalk"] / 400 < 0.3


def test_a_greeting_is_followed_by_the_goal():
    who = next(c for c in crowd(80) if agenda.start(c).move.act == "smalltalk")
    step = agenda.next_move(who, agenda.start(who).mind, Heard(("greet",)), 0.5)
    assert step.move.act == "open"


def test_a_slot_that_is_asked_for_is_told():
    for move in moves(crowd(50), asks("order_id")):
        assert (move.act, move.told[0]) == ("inform", "order_id")
        assert set(move.told[1:]) <= {"name"}


def test_a_slot_that_the_customer_has_not_is_not_made_up():
    for move in moves(crowd(50), asks("passport_number")):
        assert (move.act, move.told, move.about) == ("deny", (), "passport_number")


def test_of_two_slots_asked_for_the_one_it_has_is_told_and_the_other_denied():
    move = after(customer(), asks("passport_number", "email")).move
    assert (move.told, move.about) == (("email",), "passport_number")


@pytest.mark.parametrize(("disclosure", "least", "most"), [("all_at_once", 3, 3), ("one_per_message", 1, 2)])
def test_how_much_is_told_at_once_is_the_customers_way(disclosure, least, most):
    people = crowd(60, manner=Manner(disclosure=disclosure))
    told = {len(move.told) for move in moves(people, asks("name", "email", "order_id"))}
    assert min(told) == least
    assert max(told) == most


def test_the_opening_tells_by_disclosure():
    def first(disclosure):
        people = crowd(100, manner=Manner(disclosure=disclosure))
        return {opened(who).move.told for who in people}

    assert first("all_at_once") == {("item", "order_id")}
    assert first("when_asked") == {()}
    assert first("one_per_message") == {(), ("item",)}


def test_being_asked_again_is_answered_again_and_resented():
    step = after(customer(), asks("order_id"), asks("order_id"))
    assert step.move.told == ("order_id",)
    assert step.mind.frustration > 0
    complained = [m for m in moves(crowd(200), *[asks("order_id")] * 3) if isinstance(m, Say) and m.act == "complain"]
    assert 60 < len(complained) < 190


def test_a_confirmation_is_given_plainly_when_asked_for_twice():
    step = after(customer(), Heard(("confirm",)))
    assert step.move.act == "confirm"
    assert after(customer(), Heard(("confirm",)), mind=step.mind).move.about == "plainly"


def test_success_is_followed_by_what_is_still_to_be_asked_and_then_by_thanks():
    who = customer()
    step = after(who, Heard(("notify_success",)))
    assert (step.move.act, step.move.about) == ("ask", "refund_eta")
    step = agenda.next_move(who, step.mind, Heard(("inform",), claims=(Claim("days", "3 days", 3, 3),)), 1.0)
    assert step.mind.learned == ("refund_eta",)
    assert wound_up(who, step.mind).ending == "resolved"


def test_most_who_got_what_they_came_for_say_thanks():
    people = crowd(300, goal=Goal(intent="get_refund"))
    endings = [wound_up(who) for who in people]
    partings = Counter(end.parting.act if end.parting else None for end in endings)
    assert {end.ending for end in endings} == {"resolved"}
    assert partings["thank"] > 200
    assert partings[None] > 0


def wound_up(who, mind=None):
    """How a customer leaves an agent that answers whatever it says in another way, and asks what else it can do."""
    step = after(who, Heard(("notify_success", "req_more")), **({"mind": mind} if mind else {}))
    for chars in range(12):
        if isinstance(step.move, Leave):
            return step.move
        step = agenda.next_move(who, step.mind, Heard(("inform", "req_more"), chars=chars), 1.0)
    raise AssertionError("never left")


def test_on_the_way_to_goodbye_people_ask_nod_and_say_that_there_is_nothing_else():
    said = Counter()
    for who in crowd(200, goal=Goal(intent="cancel_contract")):
        step = after(who, Heard(("notify_success", "req_more")))
        while not isinstance(step.move, Leave):
            said[step.move.act, step.move.about] += 1
            step = agenda.next_move(who, step.mind, Heard(("inform", "req_more"), chars=step.mind.turn), 1.0)
    curious = {("ask", "more_time"), ("ask", "more_cost"), ("ask", "more_steps")}
    often = {("confirm", "noted"), ("thank", "noted"), ("inform", "contact"), ("deny", "more")}
    assert min(said[one] for one in often) > 50
    assert min(said[one] for one in curious) > 10
    assert set(said) == {*curious, *often, ("ask", "cancel_contract")}


def test_who_hears_the_same_again_goes():
    done = Heard(("notify_success",), chars=20)
    for who in crowd(60, goal=Goal(intent="get_refund")):
        step = after(who, done)
        if not isinstance(step.move, Leave):
            assert isinstance(agenda.next_move(who, step.mind, done, 1.0).move, Leave)


def test_nobody_talks_on_after_the_agent_said_goodbye():
    assert all(
        isinstance(m, Leave) for m in moves(crowd(60, goal=Goal(intent="x")), Heard(("goodbye", "notify_success")))
    )


def test_an_answer_that_comes_unasked_is_taken():
    who = customer(facts={"refund_eta": Fact(days=(3, 5))})
    step = after(who, Heard(("notify_success", "inform"), claims=(Claim("days", "3-5 days", 3, 5),)))
    assert step.mind.learned == ("refund_eta",)
    assert step.move not in (Say("ask", about="refund_eta"),)
    assert step.mind.done


def test_a_value_about_something_else_answers_nothing():
    who = customer(facts={"refund_eta": Fact(days=(3, 5))})
    step = after(who, Heard(("inform",), claims=(Claim("days", "2 days", 2, 2, about="delivery"),)))
    assert step.mind.learned == ()
    step = after(who, Heard(("inform",), claims=(Claim("id", "A-123", about="refund"),)))
    assert step.mind.learned == ()


def test_a_second_goal_is_brought_up_when_the_first_is_reached():
    who = customer(goal=Goal(intent="get_refund"), then=(Goal(intent="track_order", tells=("order_id",)),))
    step = after(who, Heard(("notify_success",)))
    assert (step.move.act, step.move.about, step.mind.goal) == ("open", "track_order", 1)
    assert wound_up(who, step.mind).ending == "resolved"


def test_a_wait_is_waited_and_then_asked_about():
    who = customer()
    step = after(who, Heard(("wait",)))
    assert isinstance(step.move, Wait)
    assert 3 < step.move.for_s < 90
    step = agenda.next_move(who, step.mind, SILENCE, step.move.for_s)
    assert step.move.act == "nudge"


def test_not_being_understood_is_met_with_other_words_and_then_with_temper():
    people = crowd(150, patience=PATIENT)
    assert {m.act for m in moves(people, Heard(("fallback",)))} == {"rephrase"}
    later = {m.act for m in moves(people, *[Heard(("unknown",))] * 4) if isinstance(m, Say)}
    assert {"rephrase", "complain", "ask_human"} <= later


def test_a_refusal_is_argued_with_or_taken_by_mood():
    people = crowd(300, patience=PATIENT)
    acts = {m.act if isinstance(m, Say) else m.reason for m in moves(people, *[Heard(("refuse",))] * 3)}
    assert {"complain", "ask_human", "took no for an answer"} <= acts


def test_a_hand_off_that_happens_ends_the_conversation_as_escalated():
    for move in moves(crowd(30), HANDED_OVER):
        assert (type(move), move.ending) == (Leave, "escalated")


def test_a_hand_off_that_is_only_promised_is_waited_for_once_and_then_believed():
    who = customer()
    step = after(who, PROMISED)
    assert isinstance(step.move, Wait)
    step = agenda.next_move(who, step.mind, SILENCE, 20.0)
    assert step.move.act == "nudge"
    assert after(who, PROMISED, mind=step.mind).move.ending == "escalated"


@pytest.mark.parametrize(
    ("decision", "least", "most"), [("must", 1.0, 1.0), ("may", 0.3, 0.6), ("must_not", 0.0, 0.02)]
)
def test_an_offered_human_is_accepted_by_need(decision, least, most):
    people = crowd(200, expect=expecting(decision))
    accepted = sum(m.act == "accept_human" for m in moves(people, Heard(("offer_handoff",)))) / 200
    assert least <= accepted <= most


def test_who_wants_a_human_says_so_early_and_again():
    people = crowd(100, expect=expecting("must", "explicit_request"), patience=PATIENT)
    for who in people:
        step, asked = opened(who), 0
        for _ in range(4):
            asked += step.mind.human == "asked"
            step = agenda.next_move(who, step.mind, asks("order_id"), 1.0)
        assert asked >= 2


@pytest.mark.parametrize("trigger", ["safety", "identity_fraud", "vulnerable", "authority_limit", "policy_gap"])
def test_the_reason_for_a_human_shows_in_the_first_two_messages(trigger):
    for who in crowd(60, expect=expecting("must", trigger)):
        step = opened(who)
        step = step if step.mind.reasons else agenda.next_move(who, step.mind, asks("item"), 1.0)
        assert step.mind.reasons == 1
        assert step.move.about.endswith(f"/{trigger}")


def test_nobody_leaves_content_with_the_reason_for_a_human_unsaid():
    for who in crowd(60, expect=expecting("must", "safety"), goal=Goal(intent="get_refund")):
        step = after(who, Heard(("notify_success",)))
        assert step.mind.reasons >= 1


def test_moves_out_of_turn_come_as_often_as_the_persona_says():
    people = crowd(500, moves=Moves(ask_for_human=0.2))
    asked = sum(m.act == "ask_human" for m in moves(people, Heard(("inform",))))
    assert 70 < asked < 130


def test_a_change_of_mind_tells_the_other_value_from_then_on():
    who = customer(moves=Moves(change_mind=1.0), manner=Manner(disclosure="all_at_once"))
    step = after(who, Heard(("inform",)))
    assert (step.move.act, step.move.told, step.mind.swapped) == ("change_mind", ("item",), ("item",))


def test_a_slip_is_put_right_in_the_next_message():
    who = customer(moves=Moves(correct=1.0), manner=Manner(disclosure="when_asked"))
    step = after(who, asks("item"))
    assert step.mind.slip == "item"
    step = agenda.next_move(who, step.mind, Heard(("inform",)), 1.0)
    assert (step.move.act, step.move.told, step.mind.swapped) == ("correct", ("item",), ())


def test_false_claims_and_injections_are_made_once():
    who = customer(moves=Moves(false_claim=1.0, inject=1.0), facts={"refund_eta": Fact(days=3)}, patience=PATIENT)
    step, acts = opened(who), []
    for _ in range(5):
        step = agenda.next_move(who, step.mind, Heard(("inform",)), 1.0)
        acts.append(getattr(step.move, "act", "leave"))
    assert acts.count("claim") == acts.count("inject") == 1


def test_a_further_goal_can_come_up_early():
    who = customer(moves=Moves(second_intent=1.0), then=(Goal(intent="track_order"),))
    step = after(who, Heard(("inform",)))
    assert (step.move.act, step.move.about, step.mind.goals_left) == ("open", "track_order", ())


def test_patience_in_turns_ends():
    for who in crowd(60):
        step = opened(who)
        for _ in range(60):
            if isinstance(step.move, Leave):
                break
            step = agenda.next_move(who, step.mind, Heard(("fallback",)), 1.0)
        assert step.move.ending == "abandoned"
        assert step.mind.turn <= who.patience_turns + 1


def test_a_failed_turn_is_said_again_complained_about_or_left():
    people = crowd(300)
    first = [agenda.after_failure(who, opened(who).mind, "http_5xx", 5.0) for who in people]
    assert {getattr(s.move, "act", "leave") for s in first} == {"rephrase", "nudge", "leave"}
    assert all(s.mind.failures == 1 and s.mind.frustration > 0 for s in first)
    again = [s.mind for s in first if isinstance(s.move, Say)]
    third = [agenda.after_failure(customer(n), replace(m, failures=3), "reset", 5.0) for n, m in enumerate(again)]
    assert sum(isinstance(s.move, Leave) for s in third) / len(third) > 0.7


def test_what_is_said_again_after_a_failure_tells_the_same():
    for who in crowd(60, manner=Manner(disclosure="all_at_once")):
        step = opened(who)
        again = agenda.after_failure(who, step.mind, "reset", 1.0)
        if getattr(again.move, "act", "") == "rephrase":
            assert again.move.told == step.move.told


def test_deciding_is_pure():
    heard = (asks("order_id"), Heard(("inform",)), Heard(("fallback",)), Heard(("refuse",)))
    for who in crowd(20, moves=Moves(change_mind=0.3)):
        assert after(who, *heard) == after(who, *heard)


def test_an_empty_reply_is_met_like_silence():
    assert after(customer(), SILENCE).move.act == "nudge"


def test_a_goodbye_with_the_goal_unreached_is_no_success():
    who = customer(goal=Goal(intent="get_refund"))
    move = after(who, Heard(("goodbye",))).move
    assert (type(move), move.ending) == (Leave, "abandoned")


def test_the_same_reply_again_is_a_loop_and_another_of_its_length_is_not():
    refused, puzzled = Heard(("refuse",), chars=40), Heard(("fallback",), chars=40)
    assert after(customer(), puzzled, puzzled).mind.echo == 1
    assert after(customer(), refused, puzzled).mind.echo == 0


def test_who_was_promised_a_human_asks_before_leaving():
    for who in crowd(40, patience=Patience(turns=1)):
        step = agenda.next_move(who, replace(opened(who).mind, human="promised", promises=1, turn=9), SILENCE, 20.0)
        assert step.move.act == "nudge"


def test_who_follows_up_thanks_and_comes_back_days_later_on_the_same_session():
    who = customer(goal=Goal(intent="get_refund"), moves=Moves(follow_up=1.0))
    step, said = after(who, Heard(("notify_success", "req_more"))), []
    for chars in range(20):
        if isinstance(step.move, Leave):
            break
        silent = isinstance(step.move, Wait)
        said.append(step.move.for_s if silent else (step.move.act, step.move.about))
        heard = SILENCE if silent else Heard(("inform", "req_more"), chars=chars)
        step = agenda.next_move(who, step.mind, heard, 1.0)
    away = next(at for at, move in enumerate(said) if isinstance(move, int))
    assert said[away] > 20_000
    assert (said[away - 1], said[away + 1]) == (("thank", "done"), ("ask", "back"))
    assert step.move.ending == "resolved"
    assert sum(move == ("ask", "back") for move in said) == 1


def test_pressure_is_put_by_those_who_put_it_and_by_nobody_else():
    pressed = moves(crowd(40, moves=Moves(pressure=1.0)), Heard(("inform",)))
    assert {(move.act, move.about) for move in pressed} == {("complain", "pressure"), ("complain", "code")}
    calm = moves(crowd(40), Heard(("inform",)))
    assert not any(isinstance(move, Say) and move.about == "pressure" for move in calm)


def away(**pause):
    """A customer who was served, and comes back with another goal."""
    intent = pause.pop("intent", "get_refund")
    goal = Goal(intent="get_refund", tells=("order_id",))
    return customer(
        goal=goal, then=(Goal(intent=intent, tells=("order_id",), **pause),), moves=Moves(second_intent=0.9)
    )


def test_who_comes_back_later_stays_away_so_long_and_takes_the_matter_up_where_it_was_left():
    who = away(after_days=2, channel="web-chat")
    step = after(who, asks("order_id"), Heard(("notify_success", "req_more")))
    assert step.move == Wait(172_800.0, "web-chat")
    back = agenda.next_move(who, step.mind, SILENCE, 172_800.0)
    assert (back.move.act, back.move.about, back.move.told) == ("ask", "resumed", ())
    again = agenda.next_move(who, back.mind, asks("order_id"), 1.0)
    assert "order_id" in again.move.told
    done = agenda.next_move(who, back.mind, Heard(("notify_success", "goodbye")), 1.0)
    assert isinstance(done.move, Leave) or done.move.act in ("ask", "confirm", "thank", "bye")


def test_who_comes_back_with_another_matter_opens_it():
    who = away(after_s=60, intent="track_order")
    step = after(who, Heard(("notify_success",)))
    assert step.move == Wait(60.0, None)
    assert agenda.next_move(who, step.mind, SILENCE, 60.0).move.act == "open"


def test_a_goal_for_another_day_is_not_brought_up_before():
    for who in (away(channel="sms"), away(after_s=5)):
        for heard in (asks("order_id"), Heard(("inform",))):
            assert after(who, heard).mind.goal == 0


@pytest.mark.parametrize("ask", ["replacement_fee", "replacement_cost", "late_charge"])
def test_a_price_that_was_told_is_not_asked_for_whatever_it_is_called(ask: str):
    told = Heard(("inform", "req_more"), claims=(Claim("money", "GBP 2.50", 2.5, 2.5, "price"),), chars=40)
    for who in crowd(20, goal=Goal(intent="replace_card", asks=(ask,))):
        assert after(who, told).move.about != ask
