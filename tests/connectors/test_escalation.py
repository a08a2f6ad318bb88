"""How an escalation shows."""

import pytest

from hubbub.connectors.escalation import FieldRule, Parts, field, load_preset, openai_tools, signals_of, text
from hubbub.connectors.json_path import compile_path
from hubbub.errors import ExchangeFailed, UnknownName
from hubbub.model import Signal, ToolCall


@pytest.mark.parametrize(
    "name",
    ["transfer_to_human", "transferToHuman", "transfer_to_human_agent", "transfer_to_live_agent", "escalate",
     "escalate_ticket", "escalate_to_supervisor", "EscalateCase", "create_escalation", "handoff", "hand_off",
     "handoff_to_agent", "human_handoff", "handover", "connect_to_representative", "request_human", "call_a_human",
     "route-to-human", "support.transfer_to_human", "live_agent_transfer", "human_takeover", "forward_to_supervisor"],
)  # fmt: skip
def test_names_of_tools_that_call_a_human(name):
    assert openai_tools(Parts((ToolCall(name),))) == (Signal("initiated", "tool"),)


@pytest.mark.parametrize(
    "name",
    ["transfer_money", "transfer_to_refunds", "get_escalation_policy", "check_handoff_status", "lookup_order",
     "should_escalate", "cancel_escalation", "deescalate", "de_escalate", "connect_bank_account", "humanize_text", "",
     "list_human_agents", "transfer_balance", "switch_plan", "assign_ticket"],
)  # fmt: skip
def test_names_of_tools_that_do_not(name):
    assert openai_tools(Parts((ToolCall(name),))) == ()


def test_queue_reason_and_payload_are_in_the_arguments():
    arguments = '{"department": "billing", "why": "", "reason": "double charge", "order": 7}'
    (signal,) = openai_tools(Parts((ToolCall("lookup"), ToolCall("escalate", arguments))))
    assert signal == Signal("initiated", "tool", "billing", "double charge", arguments)


@pytest.mark.parametrize("arguments", ["", "not json", "[1]", "null", '"x"', "[" * 9000])
def test_arguments_that_are_no_map_leave_the_call_standing(arguments):
    (signal,) = openai_tools(Parts((ToolCall("escalate", arguments),)))
    assert (signal.state, signal.queue, signal.reason, signal.payload) == ("initiated", "", "", arguments)


def test_named_tools_and_no_others_when_the_options_name_them():
    calls = (ToolCall("escalate"), ToolCall("open_case"))
    (signal,) = openai_tools(Parts(calls, tool_names=("open_case",)))
    assert signal.provenance == "tool"
    assert openai_tools(Parts(calls[:1], tool_names=("open_case",))) == ()


def _rule(path, **more):
    return FieldRule(compile_path(path), **more)


@pytest.mark.parametrize(
    ("document", "rule", "shows"),
    [
        ({"human": True}, _rule("$.human"), True),
        ({"human": False}, _rule("$.human"), False),
        ({"human": {"queue": "x"}}, _rule("$.human"), True),
        ({"human": {}}, _rule("$.human"), False),
        ({"human": 0}, _rule("$.human"), False),
        ({}, _rule("$.human"), False),
        ({"state": "human"}, _rule("$.state", equals=("human",)), True),
        ({"state": "bot"}, _rule("$.state", equals=("human",)), False),
        ({"state": 1}, _rule("$.state", equals=(True,)), False),
        ({"events": [{"t": "a"}, {"t": "handoff"}]}, _rule("$.events[*].t", equals=("handoff", "transfer")), True),
        (None, _rule("$.human"), False),
    ],
)
def test_a_field_shows_it_or_not(document, rule, shows):
    assert bool(field(Parts(document=document, rule=rule))) is shows


def test_a_fields_queue_reason_and_payload():
    rule = _rule("$.h", queue_path=compile_path("$.h.to"), reason_path=compile_path("$.h.n"))
    assert field(Parts(document={"h": {"to": "vip", "n": 3}}, rule=rule)) == (
        Signal("initiated", "field", "vip", "3", '{"to":"vip","n":3}'),
    )


def test_text_shows_nothing_and_says_what_that_hides():
    preset, blind = load_preset("text")
    assert preset is text
    assert preset(Parts((ToolCall("escalate"),))) == ()
    assert "phantom_handoff" in blind


def test_a_preset_may_be_the_users_own(tmp_path):
    (tmp_path / "mine.py").write_text(
        "from hubbub.model import Signal\n"
        "def preset(parts):\n    return [Signal('confirmed', 'control')] if parts.finish == 'human' else []\n"
        "preset.blind = ('late_escalation',)\n"
        "def broken(parts):\n    return 1 / 0\n"
    )
    preset, blind = load_preset("mine.py:preset", tmp_path)
    assert signals_of(preset, Parts(finish="human")) == (Signal("confirmed", "control"),)
    assert blind == ("late_escalation",)
    with pytest.raises(ExchangeFailed, match=r"own_error.*ZeroDivisionError"):
        signals_of(load_preset("mine.py:broken", tmp_path)[0], Parts())


def test_an_unknown_preset_says_what_is_near():
    with pytest.raises(UnknownName, match="did you mean openai-tools"):
        load_preset("openai-tool")
