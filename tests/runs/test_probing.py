"""A probe says what it understood, and which setting to change where it did not."""

import json
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from hubbub.cli.probe import command
from hubbub.errors import AgentUnreachable

SHIPPED = Path(__file__).parents[2] / "personas" / "retail"


@pytest.fixture
def probing(tmp_path: Path) -> Callable[..., tuple[str, BaseException | None]]:
    """`hubbub probe` of an agent's settings: what it printed, and the error it ended in."""

    def probe(**settings: object) -> tuple[str, BaseException | None]:
        workload = {
            "workload": "probed",
            "agent": settings,
            "customers": {"from": str(SHIPPED)},
            "arrivals": {"rate_per_s": 1},
        }
        file = tmp_path / "probed.yaml"
        file.write_text(json.dumps(workload))
        result = CliRunner().invoke(command, [str(file)])
        return result.output, result.exception

    return probe


def test_a_well_set_agent_shows_text_session_and_escalation(agent, probing):
    def answer(said):
        if "human" in said["message"]:
            return 200, {"reply": "One moment.", "escalation": {"queue": "tier-2"}}
        return 200, {"reply": "Order A-48213 arrives on Friday."}

    reply = {"text": "$.reply", "escalation": {"path": "$.escalation", "queue_path": "$.escalation.queue"}}
    shown, error = probing(connector="http-json", url=agent(answer), options={"reply": reply})
    assert error is None
    assert "kept: the second reply knew" in shown
    assert "initiated by field to tier-2" in shown


def test_a_flag_that_is_always_there_is_no_sign_of_a_human(agent, probing):
    """As of an agent whose field says `no` where it does not hand over."""

    def answer(said):
        human = "human" in said["message"]
        return 200, {"reply": "Order A-48213 is on its way.", "lane_shift": "yes" if human else "no"}

    rule = {"path": "$.lane_shift"}
    shown, _ = probing(
        connector="http-json", url=agent(answer), options={"reply": {"text": "$.reply", "escalation": rule}}
    )
    assert "BAD   escalation  shown by the first reply already" in shown
    assert "change: agent.options.reply.escalation.equals" in shown
    told = {"reply": {"text": "$.reply", "escalation": rule | {"equals": "yes"}}}
    shown, _ = probing(connector="http-json", url=agent(answer), options=told)
    assert "ok    escalation  asked for a human: initiated by field" in shown


def test_a_wrong_path_to_the_text_is_told_with_the_right_one(agent, probing):
    url = agent(lambda _: (200, {"result": {"output": "Your order is on its way."}, "id": "7"}))
    _, error = probing(connector="http-json", url=url)
    assert isinstance(error, AgentUnreachable)
    assert "there is text at $.result.output" in str(error)
    assert "agent.options.reply.text" in str(error)


def test_a_wrong_protocol_is_told_by_its_right_name(agent, probing):
    chat = {"choices": [{"message": {"content": "Hello."}}]}
    _, error = probing(connector="http-json", url=agent(lambda _: (200, chat)))
    assert "looks like the protocol of the connector openai-chat" in str(error)
    rasa = [{"recipient_id": "x", "text": "Hello."}]
    _, error = probing(connector="openai-chat", url=agent(lambda _: (200, rasa)), options={"stream": False})
    assert isinstance(error, AgentUnreachable)


def test_a_lost_session_is_told(agent, probing):
    url = agent(lambda _: (200, {"reply": "Could you please tell me your order number?"}))
    shown, _ = probing(connector="http-json", url=url)
    assert "lost: it asked for the order number" in shown
    assert "agent.options.body: $session" in shown
    assert "where that is right, the agent itself forgets" in " ".join(shown.split())


@pytest.mark.parametrize(("status", "setting"), [(401, "agent.auth"), (404, "agent.url (path)"), (500, "agent's log")])
def test_a_refusal_ends_in_exit_code_4_with_the_setting_to_look_at(agent, probing, status, setting):
    _, error = probing(connector="http-json", url=agent(lambda _: (status, {"error": "no"})))
    assert isinstance(error, AgentUnreachable)
    assert error.exit_code == 4
    assert setting in str(error)


def test_nobody_there_is_told_before_anything_is_sent(probing):
    _, error = probing(connector="http-json", url="http://127.0.0.1:9/chat")
    assert isinstance(error, AgentUnreachable)
    assert "connect_refused" in str(error)


def test_what_a_protocol_cannot_show_is_listed(agent, probing):
    shown, _ = probing(connector="http-json", url=agent(lambda _: (200, {"reply": "Hello."})))
    assert "these cannot show here: phantom_handoff, agent_error" in shown


def _post(place, document):
    request = urllib.request.Request(place, json.dumps(document).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request):
        pass


def test_an_agent_that_calls_back_is_told_of_with_its_deadline_and_what_went_astray(agent, probing):
    def answer(said):
        _post(said["callback"].rpartition("/")[0] + "/nobody-1", {"reply": "for another"})
        _post(said["callback"], {"reply": f"Order A-48213. {len(said['message'])}"})
        return 200, {}

    options = {"callback": {}, "quiet_s": 0.05, "deadline_s": 9}
    shown, error = probing(connector="http-json", url=agent(answer), options=options)
    assert error is None
    assert "where the agent's own base address must point" in shown
    assert "a webhook must be answered within 9 s" in shown
    assert "3 unmatched: for another" in shown


def test_an_agent_that_never_calls_back_is_told_where_it_should(agent, probing):
    url, limits = agent(lambda _: (200, {})), {"first_text_s": 0.2}
    _, error = probing(connector="http-json", url=url, options={"callback": {}}, timeouts=limits)
    assert "first_text_timeout" in str(error)
    assert "calls back: at http://127.0.0.1:" in str(error)


def test_an_agent_whose_replies_are_all_empty_was_not_understood(agent, probing):
    shown, error = probing(connector="http-json", url=agent(lambda _: (200, {"reply": ""})))
    assert isinstance(error, AgentUnreachable)
    assert "none had text; look at agent.options.reply.text" in str(error)
    assert "BAD   text" in shown


def test_only_settings_that_a_connector_has_are_named(agent, probing):
    shown, _ = probing(connector="http-json", url=agent(lambda _: (200, {"reply": "Hello."})))
    assert "agent.options.stream" not in shown
    chat = {"choices": [{"message": {"content": "Hello."}, "finish_reason": "stop"}]}
    shown, _ = probing(connector="openai-chat", url=agent(lambda _: (200, chat)))
    assert "agent.options.stream" in shown
    assert "agent.options.reply" not in shown


def test_a_session_is_told_as_kept_when_a_reply_could_not_be_given_without_it(agent, probing):
    shown, _ = probing(connector="http-json", url=agent(lambda _: (200, {"reply": "It arrives in 2 to 4 days."})))
    assert "kept, it seems" in shown


def test_a_platform_does_not_deliver_again_to_a_probe(agent, probing):
    came = []
    url = agent(lambda said: (503, {}) if not came.append(said) else None)
    _, error = probing(connector="sinch", url=url)
    assert "http_5xx" in str(error)
    assert "look at the agent's log" in str(error)
    assert len(came) == 1


@pytest.mark.parametrize(
    ("status", "document", "line"),
    [
        (400, {"error": "no JSON"}, 'ok    error       a broken request ends in http_4xx: 400 {"error"'),
        (500, {}, "note  error       a broken request ends in http_5xx: 500 {}"),
        (
            200,
            {"error": {"code": -32700}},
            "ok    error       a broken request is answered under a good status, with an er",
        ),
        (200, {"oops": 1}, "note  error       a broken request is answered as if it were good"),
    ],
)
def test_what_an_error_looks_like_is_found_out_by_a_broken_request(agent, probing, status, document, line):
    def answer(_):
        return 200, {"reply": "Hello."}

    answer.broken = status, document
    shown, error = probing(connector="http-json", url=agent(answer))
    assert error is None
    assert line in shown
    assert ("agent.options.reply.error" in shown) == ("oops" in document)
