"""Workloads: what they name is there, what they load is allowed, and secrets stay secret."""

from hashlib import sha256
from pathlib import Path

import pytest

from hubbub.errors import SpecError
from hubbub.model import Gate
from hubbub.specs.workload import load_workload
from hubbub.specs.workload_rules import is_loopback, url_problem

WORKLOAD = """\
workload: peak
agent: {connector: openai-chat, url: "http://127.0.0.1:8080/v1"}
customers: {from: people, mix: {zoe: 3, ann: 1}}
arrivals: {process: poisson, rate_per_s: 2}
duration_s: 60
warm_up_s: 5
gates:
  - turn_p95_s <= 4
"""


@pytest.fixture
def peak(write):
    """The good workload, after some replacements of its text."""

    def put(*changes: tuple[str, str]) -> Path:
        for name in ("ann", "bob", "zoe"):
            write(f"people/{name}.yaml", f"persona: {name}\ngoal: {{intent: track_order}}\n")
        text = WORKLOAD
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        return write("peak.yaml", text)

    return put


@pytest.fixture
def wrong(peak, told):
    """What is wrong after one replacement, with an empty environment."""
    return lambda old, new: told(lambda: load_workload(peak((old, new)), {}))


def test_a_workload_holds_its_personas_by_name_its_gates_and_its_sources(peak):
    path = peak()
    loaded = load_workload(path)
    assert [(persona.persona, weight) for persona, weight in loaded.personas] == [("ann", 1.0), ("zoe", 3.0)]
    assert loaded.gates == (Gate("turn_p95_s <= 4", "turn_p95_s", "<=", 4.0),)
    assert set(loaded.texts) == {"peak.yaml", "people/ann.yaml", "people/bob.yaml", "people/zoe.yaml"}
    assert loaded.sources["peak.yaml"] == sha256(path.read_bytes()).hexdigest()
    assert loaded.texts["peak.yaml"] == WORKLOAD


def test_without_a_mix_all_personas_come_equally(peak):
    loaded = load_workload(peak((", mix: {zoe: 3, ann: 1}", "")))
    assert [(persona.persona, weight) for persona, weight in loaded.personas] == [("ann", 1), ("bob", 1), ("zoe", 1)]


def test_only_those_come_who_write_one_of_the_languages(peak, write):
    write("people/yui.yaml", "persona: yui\nlocale: ja-JP\ngoal: {intent: track_order}\n")
    path = peak((", mix: {zoe: 3, ann: 1}", ", languages: [en, de]"))
    assert [persona.persona for persona, _ in load_workload(path).personas] == ["ann", "bob", "zoe"]


def test_a_mix_names_nobody_whose_language_is_left_out(peak, write, told):
    write("people/yui.yaml", "persona: yui\nlocale: ja-JP\ngoal: {intent: track_order}\n")
    path = peak(("zoe: 3, ann: 1}", "yui: 3, ann: 1}, languages: [en]"))
    said = told(lambda: load_workload(path, {}))
    assert "3:33: customers.mix.yui: 'yui' writes ja, which customers.languages leaves out" in "\n".join(said)


def test_files_and_folders_may_be_mixed_and_bases_do_not_come(peak, write):
    write("base/calm.yaml", "manner: {register: polite}\n")
    write("eve.yaml", "persona: eve\nextends: base/calm.yaml\ngoal: {intent: a}\n")
    loaded = load_workload(peak(("from: people, mix: {zoe: 3, ann: 1}", "from: [people/bob.yaml, .]")))
    assert [persona.persona for persona, _ in loaded.personas] == ["ann", "bob", "eve", "zoe"]
    assert loaded.personas[2][0].manner.register == "polite"
    assert "base/calm.yaml" in loaded.sources


def test_a_persona_outside_the_mix_may_be_half_done(peak, write):
    path = peak()
    write("people/bob.yaml", "persona: bob\n")
    assert len(load_workload(path).personas) == 2


def test_mistakes_in_the_personas_it_names_are_told_with_its_own(peak, write):
    path = peak(("rate_per_s: 2", "rate_per_s: 0"))
    write("people/zoe.yaml", "persona: zoe\ngoal: {}\n")
    with pytest.raises(SpecError) as caught:
        load_workload(path)
    assert [(Path(m.file).name, m.path) for m in caught.value.mistakes] == [
        ("peak.yaml", "arrivals.rate_per_s"),
        ("zoe.yaml", "goal"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('url: "http://127.0.0.1:8080/v1"', "headers: {}", "2:8: agent: needs `url`, or `embedded: {}`"),
        ('8080/v1"', '8080/v1", embedded: {}', "2:66: agent.embedded: goes with no `url`"),
        (
            'connector: openai-chat, url: "http://127.0.0.1:8080/v1"',
            "connector: lex, embedded: {}",
            "2:20: agent.connector: the reference agent does not speak lex: give a `url`",
        ),
        ("warm_up_s: 5", "timeouts: {turn_s: 9}", "6:1: timeouts: unknown key (it belongs under `agent`)"),
        ("warm_up_s: 5", "tone: 9", "6:1: tone: unknown key; there are: workload, summary, agent, customers"),
        ("warm_up_s: 5", "rate_per_s: 9", "6:1: rate_per_s: unknown key (it belongs under `arrivals`)"),
        (
            'url: "http://127.0.0.1:8080/v1"',
            "embedded: {faults: [resets, stall]}",
            "2:61: agent.embedded.faults[1]: unknown fault 'stall' (did you mean stalls?)",
        ),
        (
            'url: "http://127.0.0.1:8080/v1"',
            'embedded: {faults: ["stalls:2"]}',
            "2:53: agent.embedded.faults[0]: fault 'stalls:2': a probability is between 0 and 1, not 2",
        ),
        ("127.0.0.1", "example.com", "2:38: agent.url: the host example.com is not this machine; to load it"),
        (
            '8080/v1"',
            '8080/v1", allow_hosts: ["http://x"]',
            "2:80: agent.allow_hosts[0]: 'http://x' is not",
        ),
        (
            "openai-chat",
            "openai-chta",
            "2:20: agent.connector: unknown connector 'openai-chta' (did you",
        ),
        ("openai-chat", "mine.py:go", "2:20: agent.connector: there is no file "),
        ("{connector", "{escalation: tools, connector", "2:21: agent.escalation: unknown escalation 'tools'"),
        (
            "process: poisson",
            "process: poison",
            "4:21: arrivals.process: unknown arrivals 'poison' (did you",
        ),
        (", rate_per_s: 2", "", "4:11: arrivals: the process poisson needs `rate_per_s`"),
        ("rate_per_s: 2", "rate_per_s: 2, open: 3", "4:45: arrivals.open: has no meaning with the process poisson"),
        ("poisson, rate_per_s: 2", "stages", "4:11: arrivals: the process stages needs `stages`"),
        ("poisson, rate_per_s: 2", "closed", "4:11: arrivals: the process closed needs `open`"),
        (
            "poisson, rate_per_s: 2",
            "stages, stages: [{for_s: 5, rate_per_s: 1, ramp_s: 6}]",
            "4:72: arrivals.stages[0].ramp_s: the ramp is longer than its stage (5 s)",
        ),
        (
            "poisson, rate_per_s: 2",
            "stages, stages: [{for_s: 5, rate_per_s: 0}]",
            "4:37: arrivals.stages: no stage",
        ),
        ("warm_up_s: 5", "warm_up_s: 60", "6:12: warm_up_s: must be less than `duration_s` (60)"),
        (
            "poisson, rate_per_s: 2",
            "stages, stages: [{for_s: 5, rate_per_s: 1}]",
            "6:12: warm_up_s: the stages end before it, after 5 s",
        ),
        ("zoe: 3", "zoo: 3", "3:33: customers.mix.zoo: there is no persona 'zoo' (did you mean zoe?)"),
        (
            ", mix: {zoe: 3, ann: 1}",
            ", languages: [fr]",
            "3:38: customers.languages: nobody here writes these; there are en",
        ),
        (", mix: {zoe: 3, ann: 1}", ", languages: [French]", "3:39: customers.languages[0]: "),
        ("zoe: 3", "zoe: 0", "3:38: customers.mix.zoe: 0 is out of range: must be > 0"),
        (
            "from: people",
            "from: peeple",
            "3:19: customers.from: there is no file or folder 'peeple'",
        ),
        ("from: people", 'from: "a\\u0001b"', "3:19: customers.from: there is no file or folder"),
        ("turn_p95_s <= 4", "turn_p95 <= 4", "8:5: gates[0]: unknown metric 'turn_p95' (did you mean turn_p95_s?)"),
        ("turn_p95_s <= 4", "turn_p95_s is fine", "8:5: gates[0]: "),
        ("turn_p95_s <= 4", "check.mine == 0", "8:5: gates[0]: no check 'mine' is listed under `checks`"),
        ("{connector", "{auth: {}, connector", "2:15: agent.auth: needs exactly one of bearer_env, bearer_file"),
        (
            "{connector",
            "{auth: {bearer_env: NOT_SET}, connector",
            "2:28: agent.auth.bearer_env: the",
        ),
        ("{connector", "{auth: {bearer_file: none}, connector", "2:29: agent.auth.bearer_file: there is no such file"),
        (
            "{connector",
            "{auth: {bearer_env: A, header: 'x y'}, connector",
            "2:28: agent.auth.bearer_env: the",
        ),
        (
            "{connector",
            '{headers: {X: "${env:NO}"}, connector',
            "2:22: agent.headers.X: the environment",
        ),
        ("{connector", '{headers: {X: "${env:A"}, connector', "2:22: agent.headers.X: `${env:NAME}` is not closed"),
        (
            "{connector",
            '{headers: {X: "${env:a-b}"}, connector',
            "2:22: agent.headers.X: not the name",
        ),
        ("{connector", '{headers: {X: "a\\r\\nB: c"}, connector', "2:22: agent.headers.X: a header holds one line"),
        ("{connector", '{headers: {"X:": a}, connector', "2:19: agent.headers.'X:': not a header's name"),
        ("{connector", "{options: {deep: [1, .nan]}, connector", "2:29: agent.options.deep[1]: '.nan' must be finite"),
    ],
)
def test_a_rule_that_is_broken_is_told_at_its_place(wrong, old: str, new: str, problem: str):
    problems = wrong(old, new)
    assert problems[0].startswith(problem), problems


@pytest.mark.parametrize(
    ("voice", "problem"),
    [
        ("{}", "voice: the voice llm needs `url`"),
        ("{url: 'http://models.example/v1'}", "voice.url: the host models.example is not this machine"),
        ("{name: lmm}", "voice.name: unknown voice 'lmm' (did you mean llm?)"),
        ("{url: 'http://127.0.0.1:1', key_env: NO}", "voice.key_env: the environment variable NO is not set"),
        ("{url: 'http://127.0.0.1:1', budget: {money: 1}}", "voice.budget.money: needs `price_in` or `price_out`"),
    ],
)
def test_a_voice_that_cannot_speak_is_told_at_its_place(wrong, voice: str, problem: str):
    problems = wrong("warm_up_s: 5", f"warm_up_s: 5\nvoice: {voice}")
    assert any(problem in found for found in problems), problems


def test_options_are_plain_yaml_values(peak):
    loaded = load_workload(
        peak(("{connector", '{options: {extra: {a: 1, b: [1.5, yes, null, "2"], c: {d: true}}}, connector'))
    )
    assert loaded.workload.agent.options["extra"] == {"a": 1, "b": [1.5, "yes", None, "2"], "c": {"d": True}}


def test_a_secret_is_looked_for_but_never_shown(peak, told):
    path = peak(("{connector", '{auth: {bearer_env: TOKEN, header: "b d"}, headers: {X: "${env:OTHER}"}, connector'))
    problems = told(lambda: load_workload(path, {"TOKEN": "s3cret", "OTHER": "s3cret"}))
    assert problems == ["2:43: agent.auth.header: 'b d' is not a header's name"]


def test_a_check_without_an_environment_does_not_ask_for_secrets(peak):
    path = peak(("{connector", "{auth: {bearer_env: TOKEN}, connector"))
    assert load_workload(path, None).workload.agent.auth is not None


def test_a_secrets_file_lies_beside_the_workload(peak, write):
    secret = write("token", "s3cret\n")
    loaded = load_workload(peak(("{connector", "{auth: {bearer_file: token}, connector")))
    assert loaded.workload.agent.auth is not None
    assert loaded.workload.agent.auth.bearer_file == str(secret)
    assert "s3cret" not in str(loaded)


def test_a_folder_without_personas_is_told(write, told):
    text = WORKLOAD.replace("from: people, mix: {zoe: 3, ann: 1}", "from: .")
    path = write("peak.yaml", text)
    assert told(lambda: load_workload(path)) == [
        "3:19: customers.from: there are no personas here: no YAML file with `persona:` in it"
    ]


def test_two_personas_of_one_name_are_told(peak, write, told):
    path = peak()
    write("people/zz.yaml", "persona: zoe\ngoal: {intent: a}\n")
    problems = told(lambda: load_workload(path))
    assert len(problems) == 1
    assert problems[0].startswith("1:10: persona: the name 'zoe' is taken by ")


@pytest.mark.parametrize(
    "url", ["http://localhost/", "https://127.9.9.9:1/a?b=c", "http://[::1]:8080", "HTTP://LOCALHOST/{x}"]
)
def test_this_machine_may_be_loaded(url: str):
    assert url_problem(url) is None


@pytest.mark.parametrize(
    "url",
    [
        "ftp://127.0.0.1",
        "127.0.0.1:8080",
        "http://",
        "http:///path",
        "http://127.0.0.1:99999",
        "http://[::1",
        "http://127.0.0.1@example.com/",
        "http://user:secret@127.0.0.1/",
        "http://example.com\\@127.0.0.1/",
        "http://127.0.0.1 .example.com/",
        "http://127.0.0.1\n.example.com/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0.0.0.0/",
        "http://[::ffff:127.0.0.1%25eth0]/",
        "http://localhost.example.com/",
        "http://{host}/",
        "http://①②⑦.0.0.1/",
        "",
    ],
)
def test_nothing_else_may_be_loaded_unasked(url: str):
    problem = url_problem(url)
    assert problem
    assert "secret" not in problem


@pytest.mark.parametrize(
    "query",
    ["api_key=hunter22", "apikey=x", "x-api-key=hunter22", "a=b&access_token=hunter22", "TOKEN=hunter22",
     "Ocp-Apim-Subscription-Key=hunter22", "code=hunter22hunter22hunter22", "sv=1&sig=hunter22hunter22"],
)  # fmt: skip
def test_a_secret_in_a_url_is_refused_and_not_shown(query: str):
    problem = url_problem(f"http://127.0.0.1:1/chat?{query}")
    assert problem
    assert "query: NAME" in problem
    assert "hunter" not in problem


@pytest.mark.parametrize("query", ["keyword=returns", "code=en", "key=orders", "tokens=200", "authority=x", "api_key="])
def test_a_parameter_that_only_sounds_like_a_secret_is_none(query: str):
    assert url_problem(f"http://127.0.0.1:1/chat?{query}") is None


def test_a_host_that_is_listed_may_be_loaded():
    assert url_problem("https://Agent.Example.com/v1", ("agent.example.com",)) is None
    assert url_problem("https://other.example.com/v1", ("agent.example.com",)) is not None


def test_loopback_is_the_whole_block():
    assert is_loopback("127.255.255.254")
    assert is_loopback("LocalHost")
    assert not is_loopback("128.0.0.1")


def test_only_connectors_that_can_deliver_twice_are_asked_to(wrong, peak):
    problems = wrong("connector: openai-chat", "connector: websocket, delivery: {twice: 0.1}")
    assert any("agent.delivery: websocket cannot deliver a message twice" in problem for problem in problems)
    loaded = load_workload(peak(("connector: openai-chat", "connector: openai-chat, delivery: {twice: 0.1}")), {})
    assert loaded.workload.agent.delivery.twice == 0.1


# -- all at once -----------------------------------------------------------------------------------------------------


def test_one_mistake_hides_no_other_of_the_same_key(peak, told):
    path = peak(
        ('connector: openai-chat, url: "http://127.0.0.1:8080/v1"',
         'connector: openai-chatt, url: "http://example.com/v1", timeouts: {connect_s: 0}, ecsalation: x'),
        ("{process: poisson, rate_per_s: 2}", "{process: poison, rate_per_s: 0}"),
        ("mix: {zoe: 3, ann: 1}", "mix: {zoe: 0, anne: 1}"),
        ("- turn_p95_s <= 4", "- {a: b}\n  - turn_p42_s <= 4"),
    )  # fmt: skip
    problems = told(lambda: load_workload(path, {}))
    places = [problem.split(": ")[1] for problem in problems]
    assert places == [
        *("agent.connector", "agent.url", "agent.timeouts.connect_s", "agent.ecsalation"),
        *("customers.mix.zoe", "customers.mix.anne", "arrivals.process", "arrivals.rate_per_s", "gates[0]", "gates[1]"),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('url: "http://127.0.0.1:8080/v1"', 'url: "http://agent.test/v1", allow_hosts: [{a: b}]'),
        ('url: "http://127.0.0.1:8080/v1"', "ulr: x"),
        ("rate_per_s: 2", "rate_per_s: two"),
        ("process: poisson, rate_per_s: 2", "process: stages, stages: [{for_s: 9, rate_per_s: x}]"),
        ("from: people", "from: [people, [x]]"),
        ("mix: {zoe: 3, ann: 1}", "mix: {zoe: x}"),
        ("- turn_p95_s <= 4", "- check.mine == 0\nchecks: mine.py:mine"),
    ],
)
def test_what_follows_from_a_mistake_is_not_told_beside_it(wrong, old, new):
    assert len(wrong(old, new)) == 1


def test_a_persona_is_told_to_be_none_in_one_mistake(write, told):
    (problem,) = told(lambda: load_workload(write("ann.yaml", "persona: ann\ngoal: {intent: track_order}\n"), {}))
    assert "this is a persona, and no workload" in problem
