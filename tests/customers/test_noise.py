"""What fingers and habits do to words."""

import pytest

from hubbub.chance import stream
from hubbub.customers.customer import Style
from hubbub.customers.noise import fence, roughen, unfence
from hubbub.customers.pack import pack

NEAT = Style(lower=False, bare=False, unquoted=False, short=False, typos=0.0, bursts=False)


def typed(text, chance=None, **habits):
    style = Style(**{name: habits.get(name, getattr(NEAT, name)) for name in NEAT.__struct_fields__})
    return roughen(text, style, pack("en"), chance or stream(1))


def test_a_neat_customer_starts_with_a_capital_and_ends_with_a_stop():
    assert typed("my kettle broke. it is new") == "My kettle broke. It is new."


@pytest.mark.parametrize(
    "text",
    [
        "where is my order",
        "hello, can you help me",
        "ok, so how long does it take",
        "did you get that",
        "hi got a minute",
    ],
)
def test_a_neat_customer_ends_a_question_as_one(text):
    assert typed(text).endswith("?")


@pytest.mark.parametrize("text", ["I want to know where my order is", "it's broken", "thanks a lot"])
def test_a_statement_is_no_question(text):
    assert typed(text).endswith(".")


def test_someone_who_never_uses_capitals_never_does():
    assert typed("I know. It's Late", lower=True) == "i know. it's late."


def test_someone_careless_leaves_out_the_end_and_the_apostrophes():
    assert typed("where's my order?", bare=True, unquoted=True) == "Wheres my order"
    assert typed("?", bare=True) == "?"


def test_someone_brief_abbreviates():
    assert typed("please tell me about your refund", short=True, bare=True, lower=True) in {
        f"{please} tell me abt ur refund" for please in ("pls", "plz")
    }


@pytest.mark.parametrize("seed", range(40))
def test_a_value_stays_as_it_is_whatever_the_habits(seed):
    value = "Please-It's ABC. your@Example.com"
    text = f"please note that number {fence(value)}, thanks"
    rough = typed(text, stream(seed), lower=True, bare=True, unquoted=True, short=True, typos=0.5)
    assert value in rough


def test_nothing_is_put_behind_a_value_that_could_be_read_as_part_of_it():
    assert typed(f"it's {fence('a@b.test')}") == "It's a@b.test"


def test_typing_errors_come_as_often_as_the_habit_says_and_only_in_words():
    sentence = "something went wrong with order number twelve"
    chance = stream(5)
    changed = sum(typed(sentence, chance, typos=0.03, bare=True) != sentence.capitalize() for _ in range(4000)) / 4000
    assert changed == pytest.approx(1 - 0.97**7, abs=0.03)  # near it: a slip may leave a word as it was


def test_a_slip_is_one_key_away():
    chance = stream(9)
    slips = {typed("kettle", chance, typos=0.5, bare=True, lower=True) for _ in range(800)} - {"kettle"}
    assert all(abs(len(slip) - 6) <= 1 for slip in slips)
    assert all(slip[0] == "k" for slip in slips)
    assert len(slips) > 10


def test_fences_can_be_taken_away():
    assert unfence(fence("x")) == "x"


def test_the_table_of_keys_is_a_keyboard():
    assert sorted("".join(pack("en").keyboard)) == sorted("abcdefghijklmnopqrstuvwxyz")


JAPANESE = pack("ja")


def test_a_japanese_message_has_no_stray_space_and_a_name_keeps_its_own():
    text = f"名前は {fence('山田 太郎')} です"
    assert roughen(text, NEAT, JAPANESE, stream(1)) == "名前は山田 太郎です。"


@pytest.mark.parametrize(
    ("text", "ending"),
    [("いつ届きますか", "？"), ("まだ届きません", "。"), ("いつ届きますでしょうか", "。"), ("困ってます～", "～")],
)
def test_a_japanese_message_ends_as_its_last_words_ask(text, ending):
    assert roughen(text, NEAT, JAPANESE, stream(1)).endswith(ending)


def test_slips_of_japanese_are_those_of_its_keyboard_and_of_choosing_characters():
    careless = Style(lower=False, bare=True, unquoted=False, short=False, typos=0.5, bursts=False)
    texts = {roughen("回線がつながりません", careless, JAPANESE, stream(seed)) for seed in range(200)}
    assert {"海鮮がつながりません", "回線がつながりませn"} <= texts


def test_a_long_message_without_spaces_is_mistyped_oftener_than_a_short_one():
    careless = Style(lower=False, bare=True, unquoted=False, short=False, typos=0.1, bursts=False)
    text = "返金してほしいです"
    short = sum(roughen(text, careless, JAPANESE, stream(seed)) != text for seed in range(300))
    long = sum(roughen(text * 4, careless, JAPANESE, stream(seed)) != text * 4 for seed in range(300))
    assert long > short * 1.5
