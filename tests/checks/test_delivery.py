"""Replies that come twice, in the wrong order, or out of an older stream."""

from msgspec.structs import replace

from hubbub.checks.delivery import double_effect, duplicate_reply, out_of_order, stale_stream
from hubbub.model import Signal, Source, ToolCall
from tests.checks.telling import a_persona, fails, found, heard, said, story

ANSWER = "I have cancelled your order for you."
ASKS = "Could you give me your order number?"
PERSONA = a_persona(knows={"order_id": Source(pattern="A-#####")})


def test_a_text_twice_in_one_reply_is_a_duplicate() -> None:
    assert fails(duplicate_reply, story(said("a", f"{ANSWER} {ANSWER}"))) == [1]
    assert fails(duplicate_reply, story(said("a", f"{ANSWER} {ASKS}"))) == []
    assert fails(duplicate_reply, story(said("a", "bye bye"))) == []


def test_one_reply_id_on_two_replies_is_a_duplicate_unless_it_is_on_all() -> None:
    ids = ("x1", "x2", "x1")
    assert fails(duplicate_reply, story(*(said("a", f"{i}. {ANSWER}", reply_trace=t) for i, t in enumerate(ids)))) == [
        3
    ]
    assert fails(duplicate_reply, story(*(said("a", f"{i}. {ANSWER}", reply_trace="v7") for i in range(3)))) == []


def test_the_same_words_to_what_was_asked_for_are_a_duplicate() -> None:
    told = story(said("a", ASKS), said("A-12345", ASKS, told=("order_id",)), persona=PERSONA)
    assert fails(duplicate_reply, told) == [2]
    assert fails(duplicate_reply, story(said("a", ASKS), said("why?", ASKS), persona=PERSONA)) == []


def test_the_same_words_to_thanks_are_a_duplicate_and_to_a_repeated_question_are_none() -> None:
    assert fails(duplicate_reply, story(said("a", ANSWER), said("thanks", ANSWER, "thank"))) == [2]
    assert fails(duplicate_reply, story(said("a", ANSWER, "ask"), said("a?", ANSWER, "ask"))) == []


def test_not_understanding_twice_is_no_duplicate() -> None:
    puzzled = "Sorry, I did not understand that. Could you rephrase it?"
    assert fails(duplicate_reply, story(said("a", puzzled), said("thanks", puzzled, "thank"))) == []


def crossed(late_act: str, late_reply: str):
    early = said("where is it", "It left today.", due_s=10.0, done_s=40.0)
    return story(early, said("are you there", late_reply, late_act, due_s=20.0, done_s=30.0, overlap=True))


def test_an_answer_that_overtakes_an_earlier_one_is_out_of_order() -> None:
    assert fails(out_of_order, crossed("ask_human", "Which order is it?")) == [1]


def test_a_quick_word_to_a_nudge_and_a_request_to_wait_are_not() -> None:
    assert fails(out_of_order, crossed("nudge", "Which order is it?")) == []
    assert fails(out_of_order, crossed("ask_human", "One moment, please.")) == []
    in_order = said("where is it", "It left today.", due_s=10.0, done_s=15.0)
    assert fails(out_of_order, story(in_order, said("and", "Soon.", due_s=20.0, done_s=30.0, overlap=True))) == []


def test_a_reply_that_begins_with_the_rest_of_an_older_one_is_stale() -> None:
    rest = "cancelled your order for you. Is there anything else?"
    assert fails(stale_stream, story(said("a", ANSWER), said("b", rest))) == [2]


def test_quoting_whole_sentences_is_not_stale() -> None:
    assert fails(stale_stream, story(said("a", f"Sorry. {ASKS}"), said("b", f"{ASKS} Or your e-mail address?"))) == []
    assert fails(stale_stream, story(said("a", ANSWER), said("b", f"{ANSWER} Anything else?"))) == []


def test_a_question_put_again_after_a_hand_off_is_no_duplicate() -> None:
    handed = said("a", "Done.", reply_signals=(Signal("initiated", "tool"),))
    again = (said("a", ANSWER), said("thanks", ANSWER, "thank"))
    assert fails(duplicate_reply, story(*again, handed)) == [2]
    assert fails(duplicate_reply, story(handed, *again)) == []


def test_a_reply_that_begins_like_the_last_line_of_an_older_one_is_not_stale() -> None:
    listed = "- Seat: 12A\n- Total: **$120**\nWould you like to go on with this booking?"
    assert fails(stale_stream, story(said("a", listed), said("b", listed[listed.index("Would") :] + " Say yes."))) == []


def test_a_reply_that_nobody_understood_may_be_a_word_in_between() -> None:
    german = a_persona(locale="de-DE")
    early = said("a", ANSWER, sent_s=1.0, due_s=1.0, over_s=9.0, done_s=9.0)
    late = said("b", "Xyzzy plugh.", overlap=True, due_s=2.0, over_s=3.0, done_s=3.0, heard=heard("unknown"))
    assert fails(out_of_order, story(early, late, persona=german)) == []
    assert fails(out_of_order, story(early, replace(late, heard=heard("inform")), persona=german)) == [1]


REFUNDS = (ToolCall("start_refund", '{"order":"A-1"}'), ToolCall("get_order"))


def doubled(copy: str, texts: str = "refund it", **reply: object) -> list[tuple[str, str, int]]:
    first = said("refund it", "Refunded.", reply_tools=REFUNDS, reply_trace=reply.pop("first", "t1"))
    again = replace(said(texts, copy, **reply), turn=2, copy_of=1, overlap=True)
    return found(double_effect, story(first, shows=("tools",), copies=(again,)))


def test_what_is_done_again_for_a_second_delivery_is_a_double_effect() -> None:
    assert doubled("Refunded.", reply_tools=REFUNDS, reply_trace="t2") == [("double_effect", "failed", 2)]
    called = (Signal("initiated", "tool"),)
    assert doubled("Transferring you.", reply_signals=called, reply_trace="t2") == [("double_effect", "failed", 2)]


def test_a_remembered_reply_or_one_that_does_nothing_is_none() -> None:
    assert doubled("Refunded.", reply_tools=REFUNDS, reply_trace="t1") == []
    assert doubled("You have told me.", reply_trace="t2", reply_tools=(ToolCall("get_order"),)) == []
    assert doubled("Refunded.", reply_tools=REFUNDS, first="") == [("double_effect", "unsure", 2)]


def test_the_parts_of_a_burst_may_each_do_something_and_not_the_same_thing() -> None:
    other = (ToolCall("note_reason"),)
    assert doubled("Noted.", "it broke", reply_tools=other, reply_trace="t2") == []
    assert doubled("Refunded.", "it broke", reply_tools=REFUNDS, reply_trace="t2") == [("double_effect", "failed", 2)]


def test_without_tools_double_effects_are_not_observable() -> None:
    copy = replace(said("a", ANSWER, reply_trace="t2"), turn=2, copy_of=1)
    told = story(said("a", ANSWER), copies=(copy,))
    assert found(double_effect, told) == [("double_effect", "not_observable", 2)]
    assert found(double_effect, story(said("a", ANSWER))) == []


def test_asking_for_a_human_once_more_may_get_the_same_words_once_more() -> None:
    first = said("a human please", ANSWER, "open", about="complaint/explicit_request")
    assert fails(duplicate_reply, story(first, said("a human!", ANSWER, "ask_human"))) == []
    assert fails(duplicate_reply, story(said("a", ANSWER, "open"), said("a human!", ANSWER, "ask_human"))) == [2]
