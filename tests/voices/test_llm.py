"""A model words what was decided, and the grammar stands behind it whatever the model does."""

from pathlib import Path
from typing import Any

import pytest
from customers.people import PLAIN, customer
from msgspec.structs import replace
from voices.served import Script, said, serving

from hubbub.customers.mind import Mind
from hubbub.errors import UsageError
from hubbub.model import Say, VoiceBudget, VoiceSpec
from hubbub.voices.llm import open_voice
from hubbub.voices.voice import Wanted

WHO = customer(3, manner=PLAIN)
ORDER = WHO.knows["order_id"]
GRAMMAR = (f"it's order {ORDER}",)
TELLS = Wanted(WHO, Mind(), Say("inform", ("order_id",)), 2, "What is your order number?", GRAMMAR)


async def reworded(script: Script, *wanted: Wanted, beside: Path = Path(), **spec: Any):
    """What becomes of messages, the counts, and what the server was sent."""
    async with serving(script) as (url, bodies):
        voice = await open_voice(VoiceSpec(url=url, **spec), 7, beside, {"KEY": "secret"})
        try:
            return [await voice.reword(one) for one in wanted], voice.tally, bodies
        finally:
            await voice.close()


async def test_the_models_words_are_sent_when_they_hold_the_value():
    words, tally, bodies = await reworded(lambda _: said(f'"Sure, that would be {ORDER}"'), TELLS)
    assert words == [(f"Sure, that would be {ORDER}",)]
    assert tally == {"asked": 1, "worded": 1}
    assert ORDER in bodies[0]["messages"][0]["content"]
    assert "What is your order number?" in bodies[0]["messages"][1]["content"]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (said("I don't have it here"), "value_missing"),
        (said(f"it's {ORDER}9"), "value_missing"),
        (said(f"{ORDER}, and my account is 99812"), "invented"),
        (said(f"{ORDER}, write to me at x@y.example"), "invented"),
        (said(f"{ORDER} by {WHO.knows['name']}"), "told_too_much"),
        (said(f"How can I help you with {ORDER}?"), "not_a_customer"),
        (said(f"You play a customer who writes to a company. {ORDER}"), "instruction"),
        (said(f"Copy these exactly: {ORDER}"), "instruction"),
        (said(f"<think>the user wants {ORDER}"), "instruction"),
        (said(f"ja das ist die Nummer {ORDER} und ich habe sie von der Rechnung, bitte"), "wrong_language"),
        (said(f"注文番号は {ORDER} です、よろしくお願いします"), "wrong_language"),
        (said(""), "empty"),
        (said(f"{ORDER} " + "so " * 400), "too_long"),
        ({"choices": [{"message": {"content": f"{ORDER} and"}, "finish_reason": "length"}]}, "too_long"),
        ({"choices": []}, "empty"),
        ([], "empty"),
        ("not json", "error"),
        ("[" * 100_000, "error"),
        (500, "http_error"),
        (307, "error"),
    ],
)
async def test_words_that_may_not_be_said_are_the_grammars_and_counted(answer: Any, reason: str):
    words, tally, _ = await reworded(lambda _: answer, TELLS)
    assert words == [GRAMMAR]
    assert tally == {"asked": 1, f"grammar: {reason}": 1}


async def test_a_value_at_the_end_of_a_sentence_is_the_value():
    mail = f"{ORDER.lower()}@shop.example"
    knows = {**WHO.knows, "email": mail, "amount": "$12.50"}
    asked = replace(TELLS, customer=replace(WHO, knows=knows), say=Say("inform", ("email", "amount")),
                    texts=(f"{mail} and $12.50",))  # fmt: skip
    words, tally, _ = await reworded(lambda _: said(f"I paid $12.50. My address is {mail}."), asked)
    assert words == [(f"I paid $12.50. My address is {mail}.",)]
    assert tally == {"asked": 1, "worded": 1}


async def test_a_server_that_counts_what_cannot_be_counted_is_taken_not_to_count():
    words, tally, _ = await reworded(lambda _: said(f"that is {ORDER}", 10**400, 10), TELLS)
    assert (words, tally["worded"]) == ([(f"that is {ORDER}",)], 1)


@pytest.mark.parametrize(
    "answer",
    [
        f"<think>It has to hold {ORDER}.\nOkay.</think>\nthat would be {ORDER}",
        f"Sure, here is the rewritten message: 'that would be {ORDER}'",
        f"Customer: that would be {ORDER}",
    ],
)
async def test_what_a_model_puts_before_the_message_is_left_out(answer: str):
    words, tally, _ = await reworded(lambda _: said(answer), TELLS)
    assert words == [(f"that would be {ORDER}",)]
    assert tally == {"asked": 1, "worded": 1}


async def test_a_slow_model_and_one_that_is_not_there_are_waited_for_no_longer_than_said():
    words, tally, _ = await reworded(lambda _: 5.0, TELLS, timeout_s=0.05)
    assert (words, tally["grammar: timeout"]) == ([GRAMMAR], 1)
    voice = await open_voice(VoiceSpec(url="http://127.0.0.1:9/v1"), 7, Path(), {})
    assert await voice.reword(TELLS) == GRAMMAR
    assert voice.tally["grammar: error"] == 1
    await voice.close()


@pytest.mark.parametrize(
    ("budget", "worded"),
    [
        (VoiceBudget(calls=2), 2),
        (VoiceBudget(tokens=0), 0),
        (VoiceBudget(tokens=100_000), 4),
        (VoiceBudget(money=0.0001, price_in=1.0, price_out=1.0), 0),
        (VoiceBudget(money=1.0, price_in=1.0, price_out=1.0), 4),
    ],
)
async def test_no_budget_is_overrun(budget: VoiceBudget, worded: int):
    turns = [replace(TELLS, turn=turn) for turn in range(4)]
    words, tally, bodies = await reworded(lambda _: said(f"{ORDER} it is"), *turns, budget=budget)
    assert len(bodies) == tally["worded"] == worded
    assert tally["grammar: over_budget"] == 4 - worded
    assert words[worded:] == [GRAMMAR] * (4 - worded)


async def test_what_was_worded_once_is_not_worded_again(tmp_path: Path):
    first, _, _ = await reworded(lambda _: said(f"{ORDER} it is"), TELLS, beside=tmp_path, cache="words.jsonl")
    again, tally, bodies = await reworded(lambda _: 500, TELLS, beside=tmp_path, cache="words.jsonl")
    assert again == first
    assert tally == {"asked": 1, "cached": 1}
    assert bodies == []
    other, _, _ = await reworded(lambda _: 500, replace(TELLS, turn=9), beside=tmp_path, cache="words.jsonl")
    assert other == [GRAMMAR]


async def test_a_damaged_cache_is_a_mistake_with_its_line(tmp_path: Path):
    (tmp_path / "words.jsonl.0").write_text("{}\n")
    with pytest.raises(UsageError, match=r"words.jsonl.0:1: not a line"):
        await open_voice(VoiceSpec(url="http://127.0.0.1:9", cache="words.jsonl"), 7, tmp_path, {})


@pytest.mark.parametrize("act", ["inject", "claim", "nudge"])
async def test_exact_words_are_never_given_to_a_model(act: Any):
    words, tally, bodies = await reworded(lambda _: said("x"), replace(TELLS, say=Say(act)))
    assert (words, tally, bodies) == ([GRAMMAR], {}, [])


async def test_the_key_is_sent_and_nowhere_else():
    _, _, bodies = await reworded(lambda _: said(f"{ORDER}"), TELLS, key_env="KEY")
    assert "secret" not in str(bodies)


@pytest.mark.parametrize(("channel", "place"), [("voice", "on the phone"), ("email", "by e-mail"), ("sms", "by text")])
async def test_the_model_is_told_where_the_customer_writes(channel: Any, place: str):
    who = customer(3, manner=PLAIN, channel=channel)
    _, _, bodies = await reworded(lambda _: said(""), replace(TELLS, customer=who))
    assert place in bodies[0]["messages"][0]["content"]
