from hubbub.transcripts.told import messages_told


def test_a_line_is_a_message_of_whom_it_names():
    found = messages_told("2026-03-02 10:15 - Customer: hi\nare you there\nAgent: yes: here")
    assert [(m["role"], m["content"]) for m in found] == [("Customer", "hi\nare you there"), ("Agent", "yes: here")]
    assert found[0]["time"] == 1772446500.0


def test_a_text_that_names_nobody_is_no_conversation():
    assert messages_told("my card is lost\nplease help") == []
    assert messages_told("Subject: my card is lost") == []
