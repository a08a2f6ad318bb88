"""Empty replies and loops are found, and what only looks like them is not."""

from hubbub.checks.replies import empty, loop, no_progress
from hubbub.checks.story import Story
from hubbub.model import Conversation, Goal, Persona, Reply, Signal, Source, ToolCall, Turn
from tests.checks.telling import a_persona, fails, said, story


def told(*pairs: tuple[str, str], signals: tuple[Signal, ...] = (), outcome: str = "ok") -> Story:
    turns = tuple(
        Turn(
            number=1, turn=i, act="inform", told=(), texts=(said,), due_s=0, sent_s=0, outcome=outcome,
            reply=Reply(text=reply, signals=signals),
        )
        for i, (said, reply) in enumerate(pairs, 1)
    )  # fmt: skip
    ending = Conversation(
        number=1, persona="p", ending="resolved", reason="", turns=len(turns), due_s=0, started_s=0, ended_s=1
    )
    return Story(Persona(persona="p", goal=Goal(intent="x")), turns, ending)


def test_a_whole_reply_without_a_word_is_empty() -> None:
    assert [(f.check, f.turn) for f in empty(told(("hi", "hello"), ("why", "  \n")))] == [("empty", 2)]


def test_a_reply_that_only_calls_a_human_is_not_empty() -> None:
    assert not list(empty(told(("help", ""), signals=(Signal("initiated", "tool"),))))


def test_a_failed_turn_is_not_empty_too() -> None:
    assert not list(empty(told(("hi", ""), outcome="truncated")))


def test_the_same_words_three_times_running_are_a_loop() -> None:
    again = "Please give me your order number."
    assert [f.turn for f in loop(told(("a", again), ("b", again.upper()), ("c", again)))] == [3]


def test_other_space_between_the_words_makes_them_no_others() -> None:
    assert [f.turn for f in loop(told(("a", "one moment"), ("b", "one  moment\n"), ("c", " one\u00a0moment")))] == [3]


def test_twice_is_no_loop_nor_is_the_same_answer_to_the_same_question() -> None:
    assert not list(loop(told(("a", "x"), ("b", "x"), ("c", "y"), ("d", "x"))))
    assert not list(loop(told(("a", "x"), ("a", "x"), ("a", "x"))))


IDLE = (
    "I'm sorry about that.",
    "I understand.",
    "I'm so sorry to hear that.",
    "I see.",
    "Thank you for your patience.",
)


def test_five_replies_that_bring_nothing_new_are_no_progress() -> None:
    assert fails(no_progress, story(*(said("where is it", reply) for reply in IDLE))) == [5]


def test_four_of_them_or_one_that_asks_states_or_does_something_are_progress() -> None:
    assert fails(no_progress, story(*(said("where is it", reply) for reply in IDLE[:4]))) == []
    for news in ("It left on 12 March.", "I have cancelled your order.", "I'm sorry, we cannot refund that."):
        replies = (*IDLE[:3], news, *IDLE[3:])
        assert fails(no_progress, story(*(said("where is it", reply) for reply in replies))) == [], news


def test_japanese_replies_that_say_something_new_get_on() -> None:
    replies = (
        "電源ランプは緑色に点灯するのが正常です。",
        "壁面の端子に配線を挿し直すと改善します。",
        "ファームウェアは自動で更新されます。",
        "周波数帯は二種類から選べます。",
        "電子レンジの近くでは電波が弱くなります。",
    )
    persona = a_persona(locale="ja-JP")
    told = story(*(said("どうすればいいですか", reply) for reply in replies), persona=persona)
    assert fails(no_progress, told) == []
    told = story(*(said("どうすればいいですか", "承知しました。") for _ in replies), persona=persona)
    assert fails(no_progress, told) == [5]


def test_who_asks_for_the_matter_again_once_it_was_told_gets_nowhere() -> None:
    asks = "Could you give me some more information on your request?"
    hears = a_persona(knows={"problem": Source(value="a parcel")})
    opened = said("where is my parcel", IDLE[0], "open")
    replies = [said("where is it", reply) for reply in (*IDLE[1:4], asks)]
    assert fails(no_progress, story(opened, *replies, persona=hears)) == [5]
    greeted = said("my parcel", asks, "open")
    told = story(greeted, *(said("where is it", reply) for reply in IDLE[:4]), persona=hears)
    assert fails(no_progress, told) == [], "at the opening it is a question like others"


def test_small_talk_needs_no_progress() -> None:
    assert fails(no_progress, story(*(said("thanks", reply, "thank") for reply in IDLE))) == []


def test_who_asks_for_something_new_gets_on_also_where_we_have_no_name_for_it() -> None:
    replies = (
        "Could you tell me your frequent flyer status?",
        "Which seat row would you prefer, window or aisle?",
        "And how many suitcases travel along?",
        "May I have the passport expiry month?",
        "Will a vegetarian meal suit everybody aboard?",
    )
    assert fails(no_progress, story(*(said("ok then", reply) for reply in replies))) == []


def test_tools_that_are_called_and_words_of_acknowledgement_are_no_circles() -> None:
    tool = (ToolCall("get_order"),)
    assert fails(no_progress, story(*(said("a", reply, reply_tools=tool) for reply in IDLE))) == []
    assert fails(no_progress, story(*(said("ok", reply, "confirm", about="noted") for reply in IDLE))) == []


def test_what_is_said_while_a_human_is_on_the_way_may_be_said_again() -> None:
    waits = "You are next in line, thank you."
    handed = said("a", waits, reply_signals=(Signal("initiated", "tool"),))
    assert fails(loop, story(handed, said("b", waits), said("c", waits), said("d", waits))) == []
    assert fails(loop, story(said("z", "x"), said("a", waits), said("b", waits), said("c", waits))) == [4]


def test_a_tool_call_without_words_is_empty_only_where_the_reply_is_known_to_be_whole() -> None:
    tool = (ToolCall("get_order"),)
    assert fails(empty, story(said("a", "", reply_tools=tool))) == []
    assert fails(empty, story(said("a", "", reply_tools=tool, reply_completed_by="finish_reason=stop"))) == [1]
