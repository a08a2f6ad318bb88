"""A first message before any load: what only other settings can mend ends there, all else goes on to be measured."""

import asyncio
import json
import logging
import shutil
import socket
import ssl
import subprocess
from itertools import count
from pathlib import Path

import pytest
from click.testing import CliRunner

from hubbub.cli.run import command
from hubbub.errors import AgentNotUnderstood, UsageError
from hubbub.journal import read_folder
from hubbub.model import AgentSpec, Auth, Closed, Timeouts
from hubbub.runs.manifest import read_manifest
from hubbub.runs.preflight import greet

SHIPPED = Path(__file__).parents[2] / "personas" / "retail"


@pytest.fixture
def said():
    """What is logged, whatever libraries that were loaded by other tests have made of logging in this process."""
    logger, texts = logging.getLogger("hubbub"), []
    before = logger.disabled, logger.level, logging.root.manager.disable
    handler = logging.Handler()
    handler.emit = lambda record: texts.append(record.getMessage())
    logger.disabled = False
    logger.setLevel(logging.WARNING)
    logging.disable(logging.NOTSET)
    logger.addHandler(handler)
    yield texts
    logger.removeHandler(handler)
    logger.disabled, logger.level, logging.root.manager.disable = before


def greeted(url, *, connector="http-json", beside=Path(), **spec):
    return asyncio.run(greet(AgentSpec(connector=connector, url=url, **spec), beside))


def test_an_agent_that_answers_is_greeted_once_under_a_name_of_its_own(agent):
    heard = []
    greeting = greeted(agent(lambda said: (200, {"reply": "Hi there."}) if not heard.append(said) else None))
    assert (greeting.outcome, greeting.sends, greeting.chars, greeting.completed_by) == ("ok", 1, 9, "body")
    assert [said["message"] for said in heard] == ["Hello."]
    assert heard[0]["session"].startswith("probe-")


@pytest.mark.parametrize(
    ("status", "document", "outcome", "setting"),
    [
        (401, {"error": "who are you?"}, "http_4xx", "agent.auth"),
        (404, {"error": "no such page"}, "http_4xx", "agent.url (path)"),
        (307, {}, "redirect", "redirects to"),
        (200, {"output": "Hello, you."}, "malformed", "agent.options.reply.text"),
        (200, {"choices": [{"message": {"content": "Hi."}}]}, "malformed", "the connector openai-chat"),
    ],
)
def test_what_only_other_settings_can_mend_is_told_with_the_setting_and_is_exit_code_4(
    agent, status, document, outcome, setting
):
    with pytest.raises(AgentNotUnderstood, match=outcome) as told:
        greeted(agent(lambda _: (status, document)))
    assert setting in str(told.value)
    assert told.value.exit_code == 4


def test_a_secret_that_is_refused_is_not_shown(agent, monkeypatch):
    monkeypatch.setenv("TOKEN", "sesame-open")
    with pytest.raises(AgentNotUnderstood) as told:
        greeted(agent(lambda _: (401, {"error": "sesame-open is wrong"})), auth=Auth(bearer_env="TOKEN"))
    assert "[secret] is wrong" in str(told.value)
    assert "sesame" not in str(told.value)


def test_an_agent_that_speaks_tls_where_the_url_says_http_is_told_as_that():
    alert = b"\x15\x03\x01\x00\x02\x02\x46"

    async def main():
        async def refuse(reader, writer):
            await reader.read(100)
            writer.write(alert)
            writer.close()

        server = await asyncio.start_server(refuse, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        try:
            await greet(AgentSpec(connector="http-json", url=f"http://127.0.0.1:{port}/chat"), Path())
        finally:
            server.close()

    with pytest.raises(AgentNotUnderstood, match=r"\(tls\).*http or https"):
        asyncio.run(main())


def certified(place):
    """A server's TLS with a certificate of its own."""
    words = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
             "2", "-subj", "/CN=localhost", "-keyout", place / "key.pem", "-out", place / "cert.pem"]  # fmt: skip
    if shutil.which("openssl") is None:
        pytest.skip("needs the openssl command")
    subprocess.run(words, check=True, capture_output=True)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(place / "cert.pem", place / "key.pem")
    return context


def test_an_agent_that_hangs_up_on_what_is_no_tls_is_told_as_that(tmp_path):
    context = certified(tmp_path)

    async def main():
        server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0, ssl=context)
        port = server.sockets[0].getsockname()[1]
        try:
            await greet(AgentSpec(connector="http-json", url=f"http://127.0.0.1:{port}/chat"), Path())
        finally:
            server.close()

    with pytest.raises(AgentNotUnderstood, match=r"https instead of http.*: TLS is spoken there"):
        asyncio.run(main())


def test_an_agent_that_fails_by_chance_is_asked_again(agent):
    answers = iter([(200, {"oops": 1}), (400, {}), (200, {"reply": "Hi."})])
    greeting = greeted(agent(lambda _: next(answers)))
    assert (greeting.outcome, greeting.sends) == ("ok", 3)


@pytest.mark.parametrize(("status", "outcome"), [(429, "http_429"), (503, "http_5xx")])
def test_an_agent_that_is_busy_or_failing_inside_is_said_and_loaded_all_the_same(agent, said, status, outcome):
    greeting = greeted(agent(lambda _: (status, {})))
    assert (greeting.outcome, greeting.sends) == (outcome, 1)
    assert f"a first message failed ({outcome})" in said[0]


def test_a_slow_agent_is_left_to_the_run(said):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/chat"
        greeting = greeted(url, timeouts=Timeouts(first_text_s=0.01))
    assert greeting.outcome == "first_text_timeout"
    assert "agent.timeouts.first_text_s" in said[0]


def test_a_reply_without_text_is_said(agent, said):
    greeted(agent(lambda _: (200, [])), options={"reply": {"text": "$[*].text"}})
    assert "had no text" in said[0]


def test_a_connector_of_ones_own_that_fails_is_a_mistake_in_a_file(agent, tmp_path):
    (tmp_path / "mine.py").write_text(
        "from hubbub.connectors.in_process import in_process\n"
        "async def answer(caller, texts, watch):\n    raise KeyError('nothing')\n"
        "async def connect(agent, clock):\n    return in_process(answer)\n"
    )
    with pytest.raises(UsageError, match=r"mine\.py:connect failed by a mistake of its own: KeyError: 'nothing'"):
        greeted(agent(lambda _: (200, {})), connector="mine.py:connect", beside=tmp_path)


@pytest.fixture
def run(tmp_path, monkeypatch):
    """`hubbub run` of a workload without customers: its exit code, and what it left."""
    monkeypatch.chdir(tmp_path)

    def go(url, *words):
        workload = {
            "workload": "empty", "agent": {"connector": "http-json", "url": url}, "duration_s": 0.1, "drain_s": 0,
            "customers": {"from": str(SHIPPED)},
            "arrivals": {"process": "stages", "stages": [{"for_s": 1, "rate_per_s": 0}, {"for_s": 1, "rate_per_s": 1}]},
        }  # fmt: skip
        (tmp_path / "empty.yaml").write_text(json.dumps(workload))
        result = CliRunner().invoke(command, ["empty.yaml", "--quiet", *words])
        return result, sorted((tmp_path / "results").glob("*"))

    return go


def test_a_run_keeps_the_greeting_in_its_manifest_and_in_no_figure(agent, run):
    _, (folder,) = run(agent(lambda _: (200, {"reply": "Hi."})))
    assert read_manifest(folder).probe.outcome == "ok"
    (closed,) = (record for record in read_folder(folder) if isinstance(record, Closed))
    assert (closed.scheduled, closed.started) == (0, 0)


def test_a_run_that_would_only_measure_a_wrong_setting_leaves_nothing(agent, run):
    result, folders = run(agent(lambda _: (403, {})))
    assert isinstance(result.exception, AgentNotUnderstood)
    assert folders == []


def test_without_the_greeting_nothing_is_sent_before_the_first_customer(agent, run):
    asked = count()
    _, (folder,) = run(agent(lambda _: (403, next(asked))), "--no-probe")
    assert read_manifest(folder).probe is None
    assert next(asked) == 0
