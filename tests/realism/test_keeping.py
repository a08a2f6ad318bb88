"""What is a matter of how a corpus was kept is taken from both sides before they are compared."""

from hubbub.realism.keeping import keeping_of

PLAIN = ["where is my order", "ok", "thanks for that"] * 40


def test_a_corpus_as_people_typed_it_leaves_texts_as_they_are():
    assert keeping_of(["Where is it?", "OK!", "a-1"] * 10)("My no. is A-4218!") == "My no. is A-4218!"


def test_a_corpus_without_capitals_and_marks_takes_them_away():
    assert keeping_of([*PLAIN, "a4218", "5th"] * 20)("My no. is A-4218!") == "my no is a4218"


def test_a_corpus_that_sets_letters_and_digits_apart_sets_them_apart():
    assert (
        keeping_of([*PLAIN, *("a 4218", "the 5 th") * 20])("My no. is A-4218, N14 3FD!") == "my no is a 4218 n 14 3 fd"
    )


def test_a_corpus_with_hardly_a_digit_says_nothing_of_them():
    assert keeping_of([*PLAIN, "a 4218"])("A-4218") == "a4218"
