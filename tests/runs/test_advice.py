"""Which setting to look at: by the status, the address, the words and the connector of a failure."""

import pytest

from hubbub.errors import FAILURES
from hubbub.model import AgentSpec, Auth
from hubbub.registry import BUILT_IN
from hubbub.runs.advice import look_at, options_of


def advice(failure, status=0, detail="", *, connector="openai-chat", path="/talk", auth=None, called_back=False):
    agent = AgentSpec(connector=connector, url=f"http://127.0.0.1:1{path}", auth=auth)
    return look_at(agent, failure, status, detail, called_back=called_back)


@pytest.mark.parametrize(
    ("failure", "status", "how", "setting"),
    [
        ("http_4xx", 401, {}, "agent.auth, which is not set"),
        ("http_4xx", 403, {"auth": Auth(bearer_env="KEY")}, "agent.auth"),
        ("http_4xx", 404, {}, "agent.url (path)"),
        ("http_4xx", 405, {"connector": "adk"}, "agent.url (path), or agent.options.app"),
        ("http_4xx", 404, {"connector": "langgraph"}, "agent.url (path), or agent.options.assistant"),
        ("http_4xx", 422, {"connector": "http-json"}, "agent.options.body, or agent.connector"),
        ("http_4xx", 400, {"detail": "400 Client sent an HTTP request to an HTTPS server."}, "https instead of http"),
        ("http_4xx", 400, {"path": "/v1/responses"}, "is one for openai-responses"),
        ("truncated", 200, {"connector": "anthropic-messages", "path": "/v1/chat/completions"}, "for openai-chat"),
        ("http_4xx", 401, {"detail": "from the token endpoint: 401"}, "agent.auth.oauth2 (token_url"),
        ("connect_refused", 0, {"detail": "from the token endpoint: refused"}, "agent.auth.oauth2 (token_url"),
        ("malformed", 200, {"connector": "http-json"}, "agent.connector, or agent.options.reply.text"),
        ("malformed", 200, {"detail": "the answer of type text/html begins"}, "a web page answers there"),
        ("agent_error", 200, {"detail": "-32602: no method"}, "JSON-RPC, which a2a speaks"),
        ("first_text_timeout", 0, {"connector": "sinch", "called_back": True}, "agent.inbound"),
        ("first_text_timeout", 0, {}, "agent.timeouts.first_text_s"),
        ("connect_refused", 0, {}, "agent.url (host and port)"),
    ],
)
def test_a_failure_names_the_setting_that_may_mend_it(failure, status, how, setting):
    assert setting in advice(failure, status, **how)


def test_malformed_names_no_setting_that_the_connector_lacks():
    assert advice("malformed", 200) == "agent.connector"


def test_every_infra_failure_of_a_first_message_has_advice():
    said_elsewhere = {"deadline_missed", "affinity_lost", "slow_recovery"}
    infra = {name for name, one in FAILURES.items() if one.layer == "infra"} - said_elsewhere
    assert [name for name in sorted(infra) if not advice(name, 418)] == []


@pytest.mark.parametrize("connector", sorted(BUILT_IN["connector"]))
def test_the_settings_of_each_connector_are_known(connector):
    assert options_of(connector) or connector == "in-process"
