"""A connector's own settings are checked where they are written, before anything is sent."""

import pytest

from hubbub.specs.workload import load_workload

HEAD = """\
workload: set
agent:
  connector: {connector}
  url: "http://127.0.0.1:8080/"
  options: {options}
customers: {{from: people}}
arrivals: {{rate_per_s: 1}}
"""


@pytest.fixture
def weighed(write):
    """A workload with these settings of this connector, read."""

    def read(connector: str, options: str) -> object:
        write("people/ann.yaml", "persona: ann\ngoal: {intent: track_order}\n")
        return load_workload(write("set.yaml", HEAD.format(connector=connector, options=options)), {})

    return read


@pytest.mark.parametrize(("connector", "options", "mistake"), [
    ("http-json", "{bdy: {a: 1}}", "5:13: agent.options.bdy: unknown setting (did you mean body?)"),
    ("http-json", "{reply: {txt: $.x}}", "5:21: agent.options.reply.txt: unknown setting (did you mean text?)"),
    ("http-json", "{connections: many}", "5:26: agent.options.connections: expected a whole number"),
    ("http-json", "{connections: true}", "5:26: agent.options.connections: expected a whole number"),
    ("http-json", "{reply: {trace: {path: $.id}}}", "5:28: agent.options.reply.trace: expected text: only a path"),
    ("http-json", "{reply: {ended: 3}}", "5:28: agent.options.reply.ended: expected text or a map"),
    ("http-json", '{body: {a: ["to $mesage"]}}', "agent.options.body.a[0]: there is no $mesage (did you mean message?"),
    ("http-json", "{body: {id: $session, text: hello}}", "5:19: agent.options.body: the agent would never hear what"),
    ("http-json", "{body: hello}", "5:19: agent.options.body: the agent would never hear what the customer says"),
    ("langgraph", "{input: {ask: $$message}}", "5:20: agent.options.input: the agent would never hear what"),
    ("http-json", "{reply: {text: reply}}", "agent.options.reply.text: 'reply': a path starts with $"),
    ("http-json", "{reply: {ended: {path: state}}}", "agent.options.reply.ended.path: 'state': a path starts with $"),
    ("http-json", "{reply: {escalation: $.handoff}}", "agent.options.reply.escalation: expected a map of path, equals, "
     "exists, queue_path, reason_path: write {path: $.handoff}"),
    ("http-json", "{reply: {queue: $.q}}", "5:21: agent.options.reply.queue: unknown setting; there are: text, escal"),
    ("websocket", "{growth: delt}", "5:21: agent.options.growth: 'delt' is none of delta, cumulative (did you mean"),
])  # fmt: skip
def test_a_wrong_setting_is_told_with_its_place(weighed, told, connector, options, mistake):
    (found,) = told(lambda: weighed(connector, options))
    assert mistake in str(found)


@pytest.mark.parametrize(("connector", "options"), [
    ("http-json", "{body: {any: [thing, 'said: $message']}, reply: {ended: {path: $.state, equals: [closed, done]}}}"),
    ("http-json", "{reply: {error: $.error}}"),
    ("websocket", "{body: {said: $messages}, opening: {hello: true}}"),
    ("http-json", "{send: form, quiet_s: 2, callback: {text: $.answer, escalation: {path: $.x}}}"),
    ("bot-framework", "{delivery: directLine, poll_s: 0.5, quiet_s: 1}"),
    ("openai-chat", "{extra: {stop: [a, null, 1.5]}}"),
    ("own.py:spoken", "{what: ever}"),
])  # fmt: skip
def test_what_a_connector_asks_for_is_fine_and_of_anothers_settings_nothing_is_said(weighed, write, connector, options):
    write("own.py", "async def spoken(agent, clock): ...\n")
    weighed(connector, options)
