"""Phrases with choices."""

import pytest

from hubbub.chance import stream
from hubbub.customers.grammar import (
    GrammarError,
    compile_phrase,
    compile_rules,
    expand,
    fills_in,
    options_of,
    spread,
    tidied,
)


def texts(phrase, fills=None, rules=None, draws=400):
    node = compile_phrase(phrase, rules or {})
    chance = stream(1, phrase)
    return [tidied(expand(node, chance, fills or {})) for _ in range(draws)]


def test_every_alternative_is_met_and_nothing_else():
    assert set(texts("a [b|c [d|e]|]f | g")) == {"a bf", "a c df", "a c ef", "a f", "g"}


def test_a_weight_makes_an_alternative_likelier():
    drawn = texts("yes^3 | no", draws=2000)
    assert 0.7 < drawn.count("yes") / 2000 < 0.8


def test_a_rule_and_a_place_are_filled():
    rules = compile_rules({"hi": "hello", "greet": "<hi> {name}"})
    assert texts("<greet>!", {"name": "Ann"}, rules, 1) == ["hello Ann!"]


def test_a_place_can_be_filled_with_a_phrase():
    assert set(texts("the {thing}", {"thing": compile_phrase("cat|dog", {})})) == {"the cat", "the dog"}


def test_spaces_are_put_right():
    assert texts("well [|] , yes  [ ] .", draws=1) == ["well, yes."]


@pytest.mark.parametrize("phrase", ["<nobody>", "a [b", "a ] b", "[[a]"])
def test_a_phrase_that_cannot_be_read_is_refused(phrase):
    with pytest.raises(GrammarError):
        compile_phrase(phrase, {})


def test_places_and_alternatives_can_be_told():
    node = compile_phrase("a {x} | b [{y}|c]", {})
    assert fills_in(node) == {"x", "y"}
    assert len(options_of(node)) == 2
    assert spread(compile_phrase("[a|b] [c|d|e] | f^4", {})) == 7


def test_the_same_chance_gives_the_same_text():
    assert texts("[a|b|c] [d|e|f]") == texts("[a|b|c] [d|e|f]")


def test_a_smile_keeps_its_space():
    assert tidied("das ist gut :) und dann : mehr") == "das ist gut :) und dann: mehr"
