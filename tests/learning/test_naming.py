"""A number goes by the name by which agents ask for it."""

from hubbub.learning.naming import by_name, names_of_numbers
from hubbub.learning.observed import observe
from hubbub.learning.scrubbing import scrub
from hubbub.learning.values import sources
from hubbub.transcripts.values import Message, Transcript

ASKED = "Could you give me your order number, please?"


def told(number: int) -> Transcript:
    return Transcript(
        f"c{number}",
        1,
        (
            Message("customer", "hello, where is my parcel"),
            Message("agent", ASKED),
            Message("customer", f"my number is KX-{10_000 + 37 * number}"),
        ),
    )


def test_a_number_is_called_what_was_asked_for():
    answers = [(ASKED, scrub(f"KX-{10_000 + n}")) for n in range(5)]
    assert names_of_numbers(answers, "en") == {"code_7": "order_id"}
    german = [("Wie lautet Ihre Bestellnummer?", scrub(f"KX-{10_000 + n}", (), "de")) for n in range(5)]
    assert names_of_numbers(german, "de") == {"code_7": "order_id"}


def test_a_number_that_is_told_to_many_questions_keeps_its_shape_for_a_name():
    answers = [("What is your order number?", scrub("KX-10001")), ("What is your account number?", scrub("KX-10002"))]
    assert names_of_numbers(answers * 5, "en") == {}
    assert names_of_numbers([("", scrub("KX-10001"))] * 9, "en") == {}


def test_a_second_number_of_that_name_is_numbered():
    said = by_name(scrub("KX-10001 and then KX-100022"), {"code_7": "order_id", "code_8": "order_id"})
    assert said is not None
    assert said.text == "{order_id} and then {order_id_no_2}"
    assert said.slots == ("order_id", "order_id_no_2")


def test_an_order_number_has_the_letters_that_all_of_the_companys_have():
    seen = observe([told(number) for number in range(30)], 2)
    assert {slot for one in seen for spoken in one.spoken for slot in spoken.slots} == {"order_id"}
    assert sources(seen, 2, "en-US")["order_id"].pattern == "KX-#####"
