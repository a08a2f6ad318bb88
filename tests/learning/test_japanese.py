"""Japanese, where nothing stands between words."""

import pytest

from hubbub.learning.japanese import stated
from hubbub.learning.purposes import purpose_of
from hubbub.learning.scrubbing import scrub


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("佐藤由美です", "佐藤"),
        ("渡辺と申します", "渡辺"),
        ("小鳥遊翼と申します", "小鳥遊"),
        ("名前は四月一日健太です", "四月一日"),
        ("先日、鈴木様に聞きました", "鈴木"),
    ],
)
def test_names_are_taken_out(text: str, name: str):
    found = scrub(text, (), "ja")
    assert found is not None
    assert name not in found.text
    assert "name" in found.slots


def test_a_name_that_answers_who_asks_is_taken_out_of_the_whole_conversation():
    people = stated("お名前をお願いします。", "小鳥遊直樹です")
    assert people == {"小鳥遊直樹"}
    found = scrub("昨日、小鳥遊直樹で予約しました", people, "ja")
    assert found is not None
    assert "小鳥遊" not in found.text


@pytest.mark.parametrize("text", ["K-012345です", "電話は090-1234-5678です", "番号は１２３４５６です"])
def test_numbers_that_touch_words_are_taken_out(text: str):
    found = scrub(text, (), "ja")
    assert found is not None
    assert not any(sign.isdigit() for sign in found.text.partition("{")[0] + found.text.partition("}")[2])
    assert found.slots


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        ("こんにちは", "greet"),
        ("はい、お願いします", "affirm"),
        ("特にありません", "negate"),
        ("ありがとうございました", "thank"),
        ("失礼します", "bye"),
        ("担当者と話したいです", "ask_human"),
        ("いいえ、まだ給湯器が動かないので困っています", "detail"),
        ("給湯器が動きません", "detail"),
    ],
)
def test_what_a_message_is_for(text: str, purpose: str):
    assert purpose_of(text, (), opened=True, language="ja") == purpose
