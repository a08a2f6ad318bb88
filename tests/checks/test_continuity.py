"""What was told and accepted is not asked for again; what was changed, refused or never heard is another matter."""

from hubbub.checks.continuity import context_lost
from hubbub.model import Source
from tests.checks.telling import a_persona, fails, said, story

PERSONA = a_persona(knows={"order_id": Source(pattern="A-#####"), "name": Source(faker="name")})
KNOWS = {"order_id": "A-12345", "name": "Ann Lee"}
TELLS = said("it's A-12345", "Thanks. What is your name?", told=("order_id",))
AGAIN = "What is your order number?"


def lost(*turns, **more: object) -> list[int]:
    return fails(context_lost, story(*turns, persona=PERSONA, knows=KNOWS, **more))


def test_asking_again_for_what_was_accepted_is_a_loss() -> None:
    assert lost(TELLS, said("Ann Lee", AGAIN, told=("name",))) == [2]


def test_asking_again_at_once_or_for_something_else_is_none() -> None:
    assert lost(said("it's A-12345", AGAIN, told=("order_id",)), said("A-12345", "Thanks, found it.")) == []
    assert lost(TELLS, said("hm", "What is your name?")) == []


def test_a_value_that_is_repeated_to_be_confirmed_is_not_lost() -> None:
    assert lost(TELLS, said("Ann", "Is A-12345 your order number? What is your order number again?")) == []


def test_a_value_by_which_nothing_was_found_may_be_asked_for_again() -> None:
    assert lost(TELLS, said("Ann", f"I couldn't find an order with that number. {AGAIN}")) == []
    assert lost(TELLS, said("Ann", "Could you double-check the order number?")) == []
    assert lost(TELLS, said("Ann", f"I can't find your number here. {AGAIN}")) == [2]


def test_what_was_not_understood_was_not_accepted() -> None:
    puzzled = said("it's A-12345", "Sorry, I did not understand that.", told=("order_id",))
    assert lost(puzzled, said("hello", AGAIN)) == []


def test_a_corrected_value_and_a_new_goal_may_be_asked_for() -> None:
    assert lost(TELLS, said("no wait", AGAIN, "correct", told=("order_id",))) == []
    assert lost(TELLS, said("another thing", AGAIN, "open")) == []


def test_stating_another_order_number_contradicts_what_was_told() -> None:
    assert lost(TELLS, said("Ann", "I have cancelled order A-99999.")) == [2]


def test_ones_own_number_anothers_or_one_of_another_kind_does_not() -> None:
    assert lost(TELLS, said("Ann", "I have cancelled order A-12345.")) == []
    assert lost(TELLS, said("Ann", "Your order A-99999."), leaks=(2,)) == []  # that is cross-talk
    assert lost(TELLS, said("Ann", "Your case is A-99999.")) == []


def test_another_number_of_the_same_odd_shape_is_a_loss_whatever_it_is_called() -> None:
    def lost(reply: str) -> list[int]:
        turn = said("it's A-54558", reply, told=("order_id",))
        return fails(context_lost, story(turn, persona=PERSONA, knows={"order_id": "A-54558"}))

    assert lost("Shipment A-81225 departed this morning.") == [1]
    assert lost("Shipment A-54558 departed this morning.") == []
    assert lost("I opened case A-81225 for you.") == []
    assert lost("Your ticket reference is A-81225.") == []


def test_another_number_is_seen_where_no_space_parts_words() -> None:
    assert lost(TELLS, said("Ann", "ご注文A-99999をキャンセルしました。order A-99999は取り消し済みです。")) == [2]
