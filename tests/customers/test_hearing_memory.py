"""Claims about what hearing remembers: it is bounded, and changes no answer."""

from hubbub.customers.hearing import Ear
from hubbub.customers.hearing.ear import LANGUAGES
from hubbub.customers.hearing.memory import Memory

SLOTS = ("order_id", "postcode")


def test_a_memory_holds_at_most_twice_its_size() -> None:
    memory: Memory[int] = Memory(10)
    for n in range(1000):
        memory.note(str(n), n)
        assert len(memory) <= 20
    assert memory.get("999") == 999
    assert memory.get("0") is None


def test_what_is_asked_for_again_and_again_is_not_forgotten() -> None:
    memory: Memory[int] = Memory(10)
    memory.note("often", 1)
    for n in range(1000):
        memory.note(str(n), n)
        assert memory.get("often") == 1


def test_what_was_noted_lately_is_there_at_once_and_what_is_older_only_for_who_asks() -> None:
    memory: Memory[int] = Memory(2)
    lately = memory.lately
    for n in range(3):
        memory.note(str(n), n)
    assert [lately(str(n)) for n in range(3)] == [None, None, 2]
    assert memory.get("1") == 1
    assert lately("1") == 1


def test_a_forgotten_memory_is_empty() -> None:
    memory: Memory[int] = Memory(10)
    memory.note("a", 1)
    memory.forget()
    assert memory.get("a") is None
    assert len(memory) == 0


def test_sentences_that_differ_in_their_numbers_keep_their_own_claims() -> None:
    ear = Ear("en", {}, SLOTS)
    for number in ("A-48213", "A-99120", "A-1"):
        for days in (3, 45):
            heard = ear.hear(f"Your order {number} arrives in {days} days.")
            assert heard.acts == ("inform",)
            assert (heard.claims[-1].kind, heard.claims[-1].low) == ("days", days)


def test_a_signal_quotes_the_numbers_that_were_said() -> None:
    ear = Ear("en", {}, SLOTS)
    for ticket in ("48213", "99120"):
        (signal,) = ear.hear(f"I've escalated this under ticket {ticket}.").signals
        assert ticket in signal.reason


def test_two_customers_hear_the_same_sentence_with_their_own_slots() -> None:
    text = "Please tell me your postcode."
    assert Ear("en", {}, ("postcode",)).hear(text).asked == ("postcode",)
    assert Ear("en", {}, ("order_id",)).hear(text).asked == ()


def test_a_reply_is_heard_the_same_fresh_and_remembered() -> None:
    ear = Ear("en", {}, SLOTS)
    text = "Sorry, that failed! If you like, I'll transfer you, but first: what is your order number?"
    LANGUAGES["en"].forget()
    assert ear.hear(text) == ear.hear(text)


def test_references_that_begin_with_ever_other_letters_are_heard_alike_and_fill_no_memory() -> None:
    ear = Ear("en", {}, SLOTS)
    shapes = LANGUAGES["en"]._shapes
    LANGUAGES["en"].forget()
    for letters in ("abc", "abe", "abfade", "abdcbafe"):
        heard = ear.hear(f"Your reference is {letters}48ac213.")
        assert [claim.text for claim in heard.claims] == [f"{letters}48ac213"]
        assert heard.acts == ("inform",)
    assert len(shapes) == 1
