"""Claims about fitted numbers: sums are exact, unknown words are left to the rules, and guards outrank words."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.customers.hearing import Ear
from hubbub.customers.hearing.ear import LANGUAGES
from hubbub.customers.hearing.english import ENGLISH as LEXICON
from hubbub.customers.hearing.english import WEIGHTS
from hubbub.customers.hearing.grammar import BIT, GUARDED, Grammar
from hubbub.customers.hearing.sentences import Sentences
from hubbub.customers.hearing.weights import (
    SHARE,
    Fitted,
    Weights,
    bit_of,
    pairs_of,
    read_as,
    shapes_of,
    weights_of,
    words_of,
    write_weights,
)
from hubbub.model import SignalState

HEADS = ("handoff", "inform", "notify_failure", "offer_handoff", "refuse", "initiated", "promised", "failed")
NONE = (0,) * len(HEADS)
ENGLISH = weights_of(WEIGHTS)


def of_words(**rows: tuple[int, ...]) -> Weights:
    """Weights that know a few words, and for which rules count nothing."""
    names = sorted(rows)
    numbers = bytes(number & 255 for name in names for number in rows[name])
    return Weights(Fitted(HEADS, "\n".join(names), numbers, ((-8,) * len(HEADS),) * 6, NONE, NONE, NONE, {}))


def judged(weights: Weights, low: str, does: int) -> tuple[int, tuple[SignalState, ...], float] | None:
    weighed = weights.weigh(low)
    return None if weighed is None else weights.judge(weighed, does, ())[:3]


def row(**scores: int) -> tuple[int, ...]:
    return tuple(scores.get(head, 0) for head in HEADS)


@given(st.lists(st.tuples(*[st.integers(-127, 127)] * len(HEADS)), min_size=1, max_size=12))
def test_lanes_add_up_like_numbers_of_their_own(rows: list[tuple[int, ...]]) -> None:
    about_people = row()  # without such a word there is no hand-off
    weights = of_words(agent=about_people, **{f"w{chr(97 + at)}": row for at, row in enumerate(rows)})
    verdict = judged(weights, " ".join(["agent", *(f"w{chr(97 + at)}" for at in range(len(rows)))]), 0)
    sums = dict(zip(HEADS, map(sum, zip(*rows, strict=True)), strict=True))
    root = round(16 * (len(rows) + 1) ** 0.5)
    over = {head for head in HEADS[:5] if 16 * sums[head] - 8 * root >= 0}
    best = max(sums[head] for head in HEADS[:5])
    assert verdict is not None
    assert verdict[0] in {bit_of(head) for head in HEADS[:5] if sums[head] == best}
    assert (verdict[2] == 1.0) == bool(over)


def test_words_never_seen_are_left_to_the_rules() -> None:
    weights = of_words(no=row(refuse=90))
    assert judged(weights, "no", 0) == (BIT["refuse"], (), 1.0)
    assert judged(weights, "no vale eso", 0) is None
    assert judged(weights, "!", 0) is None


def test_where_nothing_is_over_its_limit_the_nearest_is_taken_and_less_sure() -> None:
    assert judged(of_words(well=row(inform=3)), "well", 0) == (BIT["inform"], (), 0.6)


def test_a_guess_at_one_sentence_gives_way_to_what_another_surely_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heads = ("greet", "inform", "notify_success", "initiated", "promised", "failed")
    none = (0,) * len(heads)
    numbers = bytes([0, 3, 0, 0, 0, 0, 0, 0, 90, 0, 0, 0, 90, 0, 0, 0, 0, 0])
    few = Fitted(heads, "blue\ngone\nhello", numbers, ((-8,) * len(heads),) * 6, none, none, none, {})
    write_weights(tmp_path / "few.weights", few)
    lexicon = msgspec.structs.replace(LEXICON, weights=tmp_path / "few.weights")
    monkeypatch.setitem(LANGUAGES, "en", Sentences(Grammar(lexicon)))
    ear = Ear("en", {}, ())
    assert ear.hear("Blue.").acts == ("inform",)
    assert ear.hear("Gone. Blue.").acts == ("notify_success",)
    assert ear.hear("Hello. Blue.").acts == ("greet", "inform")


def test_the_kind_of_a_hand_off_is_told_with_it() -> None:
    weights = of_words(agent=row(handoff=60, initiated=9, promised=3), human=row(handoff=60, promised=9), gone=row())
    assert judged(weights, "agent", 0) == (BIT["handoff"], ("initiated",), 1.0)
    assert judged(weights, "human", 0) == (BIT["handoff"], ("promised",), 1.0)


def test_where_nobody_is_named_a_hand_off_must_be_likelier() -> None:
    weights = of_words(help=row(handoff=20, initiated=9, inform=14), agent=row(handoff=20, inform=14))
    assert judged(weights, "help", 0) == (BIT["inform"], (), 1.0)
    assert judged(weights, "agent", 0) == (BIT["handoff"], ("initiated",), 1.0)
    verdict = judged(weights, "help", BIT["handoff"])
    assert verdict is not None
    assert verdict[0] == BIT["handoff"]


def test_a_guess_hands_nobody_over_where_nobody_is_named() -> None:
    weights = of_words(help=row(handoff=22, inform=4), agent=row(handoff=6, inform=4))
    assert judged(weights, "help", BIT["inform"]) == (BIT["inform"], (), 0.6)
    assert judged(weights, "agent", BIT["inform"]) == (BIT["handoff"], ("initiated",), 0.6)


def test_a_sentence_counts_beside_others_by_its_words_its_margin_and_what_they_do() -> None:
    heads = ("inform", "refuse", "initiated", "promised", "failed", "counts")
    none = (0,) * len(heads)
    numbers = bytes([40, 0, 0, 0, 0, 20, 40, 0, 0, 0, 0, 256 - 20])
    beside = ((SHARE, 0, 0, 3, 5, 0, -9), (0,) * 7)
    few = Fitted(heads, "blue\ngrey", numbers, (none,) * 6, none[:-1], none[:-1], none[:-1], {}, "", beside)
    weights = Weights(few)
    for word, worth in (("blue", 20), ("grey", -20)):
        weighed = weights.weigh(word)
        assert weighed is not None
        assert weights.judge(weighed, 0, ())[3] == worth
    assert weights.bias(BIT["inform"], BIT["refuse"], True, True) == 3 + 5 - 9
    assert weights.bias(BIT["inform"], BIT["inform"], False, True) == 5


def test_all_names_are_one_word_and_whoever_has_a_verb_is_a_name() -> None:
    names = frozenset(("ben",))
    assert [read_as(word, names) for word in ("ben", "ben's", "fatou'll", "plinth", "0")] == [
        "Name", "Name's", "Name'll", "Unseen", "0"
    ]  # fmt: skip


def test_a_name_names_somebody() -> None:
    rows = {"Name's": row(handoff=20, inform=14), "here": row(), "now": row()}
    numbers = bytes(number & 255 for name in sorted(rows) for number in rows[name])
    bases = ((-8,) * len(HEADS),) * 6
    weights = Weights(Fitted(HEADS, "\n".join(sorted(rows)), numbers, bases, NONE, NONE, NONE, {}, "ben"))
    assert judged(weights, "ben's here now", 0) == (BIT["handoff"], ("initiated",), 1.0)


def test_a_guard_outranks_the_words() -> None:
    weights = of_words(agent=row(handoff=90), said=row(inform=9))
    assert judged(weights, "agent said", GUARDED) == (BIT["inform"], (), 0.6)
    assert judged(weights, "agent said", 0) == (BIT["handoff"], ("initiated",), 1.0)


def test_numbers_and_ends_are_words_of_their_own() -> None:
    assert words_of("ready at 9:40?") == (["ready", "at", "0", "0"], "?")
    assert words_of("your order a-12-77 shipped.") == (["your", "order", "a", "0", "shipped"], ".")
    assert pairs_of(["all", "done"], "!") == ["all done", "^ all", "done $!", "$!", "all !", "all done !"]


def test_the_shape_of_a_sentence_leaves_out_what_has_no_class() -> None:
    classes = {"i'll": "I WILL", "call": "CALL", "you": "YOU"}
    assert shapes_of(["i'll", "gladly", "call", "you"], "?", classes)[:5] == [
        "<~I", "I~WILL", "WILL~CALL", "CALL~YOU", "YOU~?"
    ]  # fmt: skip
    assert shapes_of(["hm"], "", classes) == ["<~>", "*", "+"]  # and nobody is named
    assert "WILL~CALL~YOU" in shapes_of(["i'll", "call", "you"], "", classes)


def test_a_shape_counts_like_a_word() -> None:
    weights = Weights(
        Fitted(
            HEADS, "<~NOT\nmaybe", bytes([0, 0, 0, 0, 90, 0, 0, 0, *NONE]), (NONE,) * 6, NONE, NONE, NONE, {"no": "NOT"}
        )
    )
    assert judged(weights, "maybe no", 0) == (BIT["refuse"], (), 1.0)


def test_a_file_gives_back_what_was_written(tmp_path: Path) -> None:
    fitted = Fitted(HEADS, "no", bytes(len(HEADS)), (NONE,) * 6, NONE, NONE, NONE, {})
    write_weights(tmp_path / "some.weights", fitted)
    assert judged(weights_of(tmp_path / "some.weights"), "no", 0) is not None


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The depot hopes to have your sofa on the road by midweek.", "inform"),
        ("A second exchange is out of the question.", "refuse"),
        ("Mind telling me which order it belongs to?", "request"),
        ("The upload fell over halfway.", "notify_failure"),
        ("Would a spare battery make up for it?", "offer"),
    ],
)
def test_phrasing_that_no_rule_knows_is_heard_by_its_words(text: str, act: str) -> None:
    assert Ear("en", {}, ()).hear(text).acts == (act,)


@pytest.mark.parametrize(
    "text",
    [
        "Nobody from the night shift will be calling you.",
        "Our nurses won't ring you back.",
        "Someone from the desk phoned you on Tuesday.",
        "We'd have had a colleague call you, had the form asked for it.",
        "Hang up if anybody from the bank calls you and wants your code.",
        "Getting a supervisor on the line isn't going to happen.",
    ],
)
def test_people_who_do_not_come_are_no_hand_off(text: str) -> None:
    assert "handoff" not in Ear("en", {}, ()).hear(text).acts


@pytest.mark.parametrize(
    "text", ["Press 2 and an adviser will ring you.", "I'll get the branch to phone you if you wish."]
)
def test_people_who_come_only_if_asked_are_offered(text: str) -> None:
    heard = Ear("en", {}, ()).hear(text)
    assert "offer_handoff" in heard.acts
    assert "handoff" not in heard.acts


def test_a_sentence_without_end_is_read_in_bounded_part() -> None:
    words, _ = words_of("word " * 5000)
    assert len(words) == 60
    assert judged(ENGLISH, "please " * 5000, 0) is not None
