import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.errors import UsageError
from hubbub.transcripts.columns import Columns, Senders
from hubbub.transcripts.reading import read_log
from tests.transcripts.logs import ASK, lines

TELL = {"conversation": "a", "time": 12.5, "sender": "agent", "text": "hi", "tool_calls": ["look_up"]}
CHAT = [{"role": "system", "content": "be kind"}, {"role": "user", "content": "hello"}]
CALLS = {
    "role": "assistant",
    "content": None,
    "tool_calls": [{"id": "1", "function": {"name": "transfer_to_human", "arguments": '{"reason": "asked"}'}}],
}


def test_rows_of_a_conversation_belong_together(read):
    log = read("log.jsonl", lines(ASK, {**ASK, "conversation": "b"}, TELL))
    assert [t.name for t in log.transcripts] == ["a", "b"]
    said = log.transcripts[0].messages
    assert [(m.sender, m.text, m.at_s) for m in said] == [("customer", "hello", 10.0), ("agent", "hi", 12.5)]
    assert said[1].tools[0].name == "look_up"


def test_times_order_rows(read):
    assert [m.sender for m in read("log.jsonl", lines(TELL, ASK)).transcripts[0].messages] == ["customer", "agent"]


def test_csv_is_read_with_any_usual_delimiter(read):
    for mark in ",;\t|":
        text = f'session_id{mark}role{mark}content\na{mark}user{mark}"one\ntwo"\na{mark}bot{mark}hi\n'
        (transcript,) = read("log.csv", text).transcripts
        assert [m.text for m in transcript.messages] == ["one\ntwo", "hi"]


@pytest.mark.parametrize(
    "shape", [CHAT, {"messages": CHAT}, [CHAT], [{"id": "x", "messages": CHAT}], {"simulations": [{"messages": CHAT}]}]
)
def test_messages_as_chat_apis_write_them_are_a_conversation(read, shape: object):
    (transcript,) = read("log.json", shape).transcripts
    assert [(m.sender, m.text) for m in transcript.messages] == [("customer", "hello")]


def test_a_trajectory_has_its_tool_calls_and_no_stage_marks(read):
    traj = [{"role": "user", "content": "hi ###STOP###"}, CALLS, {"role": "tool", "content": "done"}]
    (one, two) = read(
        "t.json", [{"task_id": 3, "trial": 0, "traj": traj}, {"task_id": 3, "trial": 1, "traj": traj}]
    ).transcripts
    assert (one.name, two.name) == ("3-0", "3-1")
    assert [(m.sender, m.text) for m in one.messages] == [("customer", "hi"), ("agent", ""), ("tool", "done")]
    assert one.messages[1].tools[0].arguments == '{"reason": "asked"}'


def test_tool_calls_may_stand_among_the_parts_of_a_content(read):
    parts = [{"type": "text", "text": "one moment"}, {"type": "tool_use", "name": "escalate", "input": {"why": "fire"}}]
    (transcript,) = read(
        "c.jsonl", lines({"id": 1, "messages": [*CHAT, {"role": "assistant", "content": parts}]})
    ).transcripts
    reply = transcript.messages[-1]
    assert (reply.text, reply.tools[0].name, reply.tools[0].arguments) == ("one moment", "escalate", '{"why": "fire"}')


def test_the_customers_side_alone_is_a_conversation_with_labels(read):
    row = {"task": 1, "trial": 0, "escalated": True, "gold_escalate": False, "user_turns": ["hi", "ok"]}
    (transcript,) = read("u.jsonl.gz", lines(row, {**row, "trial": 1})).transcripts[:1]
    assert (transcript.whole, transcript.labels.escalated, transcript.labels.expected.decision) == (
        False,
        True,
        "must_not",
    )


def test_columns_and_senders_can_be_named(read):
    row = {"ticket": 7, "wer": "Kundin", "text": "hallo"}
    log = read("log.jsonl", lines(row, row), "conversation=ticket", "sender=wer", customers=("kundin",))
    assert log.transcripts[0].name == "7"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("{broken", "not JSON"),
        ("3", "int instead of an object"),
        ({"sender": "customer", "text": "hi"}, "no conversation"),
        ({"conversation": "a", "text": "hi"}, "no sender"),
        ({"conversation": "a", "sender": "martian", "text": "hi"}, "unknown sender 'martian'"),
        ({"conversation": "a", "sender": "customer", "text": {}}, "the text is dict"),
        ({**ASK, "time": "yesterday"}, "neither seconds nor"),
        ({**ASK, "time": "inf"}, "no moment"),
        ({**ASK, "escalated": "perhaps"}, "neither true nor false"),
        ({"conversation": "c", "sender": "agent", "text": "anybody?"}, "no word of a customer"),
    ],
)
def test_a_bad_row_is_told_with_its_line_and_left_out(read, row: object, problem: str):
    bad = row if isinstance(row, str) else json.dumps(row)
    log = read("log.jsonl", f"{json.dumps(ASK)}\n\n{bad}\n{json.dumps(TELL)}\n")
    assert len(log.transcripts) == 1
    (skipped,) = log.skipped
    assert str(skipped).startswith("log.jsonl:3: ")
    assert problem in skipped.problem


def test_a_date_with_dots_has_the_day_first(read):
    log = read("log.jsonl", lines({**ASK, "time": "05.04.2026 10:15:30"}, {**ASK, "time": "04/05/2026 10:15:30"}))
    first, second = (message.at_s for message in log.transcripts[0].messages)
    assert first == second == datetime(2026, 4, 5, 10, 15, 30, tzinfo=UTC).timestamp()


def test_a_file_whose_columns_are_not_known_says_what_they_are_called(read):
    with pytest.raises(UsageError, match=r"there is Ticket, Von, Worte \(--column sender=NAME says which\)"):
        read("log.csv", "Ticket;Von;Worte\n1;Kunde;hallo\n")


def test_csv_rows_of_another_width_are_left_out(read):
    log = read("log.csv", "id,sender,text\na,user,hi\na,user\na,user,hi,more\n")
    assert [s.line for s in log.skipped] == [3, 4]


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("none.jsonl", "", "holds no conversation"),
        ("log.jsonl", '{"a": 1}\n', "holds no conversation"),
        ("log.json", "[1, 2", "not JSON"),
        ("log.csv", "text\nhello\n", "must name the columns"),
    ],
)
def test_a_file_that_is_of_no_use_is_an_error(read, name: str, content: str, problem: str):
    with pytest.raises(UsageError, match=problem):
        read(name, content)


def test_what_is_no_text_is_an_error(tmp_path: Path):
    (tmp_path / "x.csv").write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "x.csv", tmp_path / "missing.csv", tmp_path):
        with pytest.raises(UsageError):
            read_log(path, Columns(), Senders())


def test_a_mistaken_column_is_named():
    with pytest.raises(UsageError, match="did you mean sender"):
        Columns(["sendr=who"])


_json = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["messages", "role", "content", "id", "user_turns", "time", "tool_calls", "data"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(st.lists(_json, max_size=4))
def test_any_json_is_read_or_told(tmp_path_factory: pytest.TempPathFactory, values: list):
    path = tmp_path_factory.getbasetemp() / "any.jsonl"
    path.write_text("\n".join(json.dumps(value) for value in values))
    try:
        read_log(path, Columns(), Senders())
    except UsageError:
        pass


def test_a_simulators_reward_says_whether_the_goal_was_reached(read):
    runs = [{"id": str(n), "messages": CHAT, "reward_info": {"reward": n}} for n in (0.0, 1.0)]
    assert [t.labels.resolved for t in read("t.json", {"simulations": runs}).transcripts] == [False, True]


def test_columns_of_a_helpdesk_are_known_however_they_are_written(read):
    text = (
        "Ticket ID,Created at,Author type,Comment\n7,2026-03-01T10:15:00Z,end-user,hi\n7,2026-03-01T10:16:00Z,Bot,yes\n"
    )
    (transcript,) = read("tickets.csv", text).transcripts
    assert [(m.sender, m.text) for m in transcript.messages] == [("customer", "hi"), ("agent", "yes")]
    assert transcript.name == "7"


def test_an_agent_beside_a_bot_is_a_person_and_the_reader_is_told(read):
    rows = [{**ASK, "sender": "end-user"}, {**TELL, "sender": "bot"}, {**TELL, "time": 20}]
    log = read("log.jsonl", lines(*rows))
    assert [m.sender for m in log.transcripts[0].messages] == ["customer", "agent", "person"]
    assert "'agent' is taken for a person" in log.notes[0]
    log = read("log.jsonl", lines(*rows), agents=("agent",))
    assert [m.sender for m in log.transcripts[0].messages] == ["customer", "agent", "agent"]
    assert log.notes == ()


@pytest.mark.parametrize(
    ("written", "at_s"),
    [
        ("2026-03-01 10:15:00 UTC", 1772360100.0),
        ("3/1/2026 10:15", 1772360100.0),
        ("3/1/2026, 10:15:00 AM", 1772360100.0),
        ("13/1/2026 1:00 PM", 1768309200.0),
    ],
)
def test_times_are_read_as_spreadsheets_and_helpdesks_write_them(read, written: str, at_s: float):
    assert read("log.jsonl", lines({**ASK, "time": written})).transcripts[0].messages[0].at_s == at_s


def test_a_date_that_is_none_is_told(read):
    log = read("log.jsonl", lines(ASK, {**ASK, "time": "31/31/2026 10:15"}))
    assert "no moment" in log.skipped[0].problem


EXCHANGES = [{"user_message": "hello", "bot_response": "hi"}, {"user_message": "a human", "bot_response": "sure"}]


def test_a_row_may_be_a_question_with_its_answer(read):
    log = read("log.jsonl", lines(*({"session_id": "a", **row} for row in EXCHANGES)))
    said = [(m.sender, m.text) for m in log.transcripts[0].messages]
    assert said == [("customer", "hello"), ("agent", "hi"), ("customer", "a human"), ("agent", "sure")]
    assert len(read("log.jsonl", lines(*EXCHANGES)).transcripts) == 2


def test_turns_may_be_questions_with_their_answers_and_calls(read):
    turns = [{"user": "a human", "assistant": "sure", "tool_calls": [{"name": "to_human"}]}]
    (transcript,) = read("log.json", {"id": "a", "turns": turns}).transcripts
    assert [(m.sender, [t.name for t in m.tools]) for m in transcript.messages] == [
        ("customer", []),
        ("agent", ["to_human"]),
    ]


def test_a_column_that_says_what_somebody_is_goes_before_one_that_says_who(read):
    text = "id,Participant,Participant Type,Message\n1,Jo,Customer,hi\n1,Ava,Bot,yes\n"
    assert [m.sender for m in read("t.csv", text).transcripts[0].messages] == ["customer", "agent"]


def test_a_log_without_words_is_an_error_and_not_a_crowd_that_says_nothing(read):
    with pytest.raises(
        UsageError, match=r"no text: there is no text .*; there is case_id, role, Said \(--column text="
    ):
        read("log.csv", "case_id,role,Said\n1,user,hi\n")


def test_a_reply_that_is_nothing_but_a_call_needs_no_words(read):
    said = {"conversation": "a", "sender": "agent", "tool_calls": ["to_human"]}
    assert len(read("log.jsonl", lines(ASK, said)).transcripts[0].messages) == 2


def test_an_export_of_tickets_is_read_by_its_own_names(read):
    head = "\ufeffTicket ID;Comment Created At;Author;Author Role;Comment Body;Public\n"
    rows = '7;02.03.2026 10:15:00;Ines Ruiz;end-user;"hi\n\nsent from my phone";true\n'
    rows += "7;02.03.2026 10:16;Support;agent;yes;true\n"
    (transcript,) = read("tickets.csv", head + rows).transcripts
    assert [(m.sender, m.at_s) for m in transcript.messages] == [("customer", 1772446500.0), ("agent", 1772446560.0)]


def test_a_date_and_a_clock_may_stand_in_two_columns(read):
    (transcript,) = read(
        "t.csv", "chat,date,time,from,message\na,02/03/2026,10:15,user,hi\na,13/03/2026,10:15,bot,yes\n"
    ).transcripts
    assert [m.at_s for m in transcript.messages] == [1772446500.0, 1773396900.0]


def test_one_date_whose_first_number_is_no_month_says_how_all_are_written(read):
    text = "id,time,role,text\n1,2/3/2026 10:15,user,hi\n1,13/3/2026 10:15,user,bye\n"
    assert [m.at_s for m in read("t.csv", text).transcripts[0].messages] == [1772446500.0, 1773396900.0]


def test_a_date_within_a_conversation_says_so_too(read):
    said = [{"role": "user", "content": "hi", "time": f"{day}/3/2026 10:15"} for day in (2, 13)]
    for log in ({"messages": said}, [said], {"simulations": [{"messages": said}]}, lines({"messages": said})):
        (transcript,) = read("log.json", log).transcripts
        first, second = (m.at_s for m in transcript.messages)
        assert first == datetime(2026, 3, 2, 10, 15, tzinfo=UTC).timestamp()
        assert second - first == 11 * 86_400


def test_everybody_else_may_be_a_customer(read):
    text = "id,from,text\n1,Ines Ruiz,hi\n1,Gym Support,yes\n"
    (transcript,) = read("t.csv", text, customers=("*",), agents=("Gym Support",)).transcripts
    assert [m.sender for m in transcript.messages] == ["customer", "agent"]


def test_a_text_within_an_object_is_the_text(read):
    for held in ({"type": "text", "text": "hello"}, {"body": "hello"}, {"text": {"body": "hello"}}):
        assert read("l.jsonl", lines({**ASK, "text": held})).transcripts[0].messages[0].text == "hello"


def test_a_conversation_may_stand_in_one_cell(read):
    text = 'ticket_id,transcript\n1,"Customer: hi\nmy card is lost\n[10:16] Agent: which: one?"\n'
    text += '2,"Customer: yo\nBot: yes"\n'
    first, second = read("wide.csv", text).transcripts
    assert [(m.sender, m.text) for m in first.messages] == [
        ("customer", "hi\nmy card is lost"),
        ("agent", "which: one?"),
    ]
    assert second.line == 5


def test_what_a_spreadsheet_calls_unicode_text_is_read(tmp_path: Path):
    path = tmp_path / "chats.txt"
    path.write_text("conversation\tsender\ttext\na\tcustomer\tgrüß dich\n", encoding="utf-16")
    assert read_log(path, Columns(), Senders()).transcripts[0].messages[0].text == "grüß dich"


@pytest.mark.parametrize(
    "below",
    [
        "\n\nSent from my iPhone",
        "\nGet Outlook for iOS",
        "\nVon meinem iPad gesendet",
        "\n\nOn Mon, 2 Mar 2026 at 10:15, Shop wrote:\n> hello\n> there",
        "\n-----Original Message-----\nFrom: shop",
    ],
)
def test_what_a_mail_program_puts_below_is_not_the_customers_word(read, below: str):
    said = read("l.jsonl", lines({**ASK, "text": "hi\nI sent it from my phone" + below})).transcripts[0].messages
    assert said[0].text == "hi\nI sent it from my phone"


@pytest.mark.parametrize("of_a_second", [1, 1e3, 1e6, 1e9])
def test_seconds_and_their_parts_are_told_by_their_size(read, of_a_second: float):
    row = {"conversation": "c", "time": int(1772446500 * of_a_second), "sender": "customer", "text": "hello"}
    assert read("log.jsonl", lines(row)).transcripts[0].messages[0].at_s == 1772446500.0


@pytest.mark.parametrize(
    ("written", "means"), [("1.0", True), ("0.0", False), ("t", True), ("f", False), ("1", True), ("", None)]
)
def test_what_a_table_says_of_an_outcome_may_be_a_number_or_a_letter(read, written: str, means: bool | None):
    log = read("log.csv", f"conversation,role,text,resolved\na,user,hi,{written}\n")
    assert (log.transcripts[0].labels.resolved, log.skipped) == (means, ())


def test_a_cell_may_hold_a_whole_long_chat(read):
    (transcript,) = read("log.csv", f"conversation,role,text\na,user,{'word ' * 50_000}\n").transcripts
    assert len(transcript.messages[0].text) > 200_000


def test_the_files_of_a_folder_are_one_log(tmp_path: Path):
    one = {"conversation": "c", "time": 1, "sender": "customer", "text": "one"}
    (tmp_path / "monday.jsonl").write_text(lines(one))
    (tmp_path / "tuesday.csv").write_text("conversation,time,sender,text\nc,2,customer,two\nd,3,nobody\n")
    (tmp_path / ".hidden").write_bytes(b"\xff\x00")
    log = read_log(tmp_path, Columns(), Senders())
    assert [m.text for m in log.transcripts[0].messages] == ["one", "two"]
    assert str(log.skipped[0]).startswith("tuesday.csv:3: ")


def test_an_empty_folder_is_an_error(tmp_path: Path):
    with pytest.raises(UsageError, match="without files"):
        read_log(tmp_path, Columns(), Senders())
