"""Personas: shapes, rules, and every mistake at once."""

from pathlib import Path

import pytest

from hubbub.model import EscalationExpectation, Fact, Goal, Source
from hubbub.specs.checking import check_paths
from hubbub.specs.persona import load_persona


@pytest.fixture
def load(write):
    return lambda text: load_persona(write("p.yaml", text))


@pytest.fixture
def wrong(write, told):
    """What is wrong with a persona, as `line:column: path: problem`."""
    return lambda text: told(lambda: load_persona(write("p.yaml", text)))


@pytest.fixture
def after(persona_text, wrong):
    """The one thing that is wrong with the good persona after one replacement."""

    def change(old: str, new: str) -> str:
        assert old in persona_text
        problems = wrong(persona_text.replace(old, new, 1))
        assert len(problems) == 1, problems
        return problems[0]

    return change


def test_a_persona_of_two_lines_is_a_persona(load):
    persona = load("persona: where-is-my-order\ngoal: {intent: track_order}\n")
    assert persona.goal == Goal(intent="track_order")
    assert persona.channel == "web-chat"


def test_the_whole_file_becomes_values(load, persona_text):
    persona = load(persona_text)
    assert persona.knows == {"order_id": Source(pattern="A-#####"), "item": Source(one_of=("blender", "kettle"))}
    assert persona.expect.escalation == EscalationExpectation(decision="must_not")
    assert persona.facts == {"refund_eta": Fact(days=(3.0, 5.0))}


def test_own_words_for_a_reason_want_a_trigger_and_a_human(after):
    assert "says: needs a `trigger`" in after(
        "{decision: must_not}\n  resolves: true", "{decision: must, says: [waive it]}"
    )
    assert "says: has no meaning with" in after("{decision: must_not}", "{decision: must_not, says: [waive it]}")


def test_text_stays_as_it_was_written(load):
    persona = load("""
        persona: 007
        goal: {intent: on}
        knows:
          phone: +12025550112
          when: 12:30
          size: {one_of: [NO, 1_000, 0o17, true, null, 2026-03-01, 1.50]}
          surname: Null
          quoted: {value: "null"}
    """)
    assert persona.persona == "007"
    assert persona.goal.intent == "on"
    assert persona.knows["phone"] == Source(value="+12025550112")
    assert persona.knows["when"] == Source(value="12:30")
    assert persona.knows["size"].one_of == ("NO", "1_000", "0o17", "true", "null", "2026-03-01", "1.50")
    assert persona.knows["surname"] == Source(value="Null")
    assert persona.knows["quoted"] == Source(value="null")


def test_every_kind_of_fact_is_read(load):
    facts = load("""
        persona: a
        goal: {intent: b}
        facts:
          fee: {money: 12.50, currency: USD}
          rate: {percent: [1, 2.5]}
          wait: {minutes: 5}
          opens: {time: ["09:00", "17:30"]}
          day: {date: 2026-03-01}
          plan: {enum: [basic, NO]}
          open: {bool: false}
          line: {phone: +12025550112}
    """).facts
    assert facts["fee"] == Fact(money=12.5, currency="USD")
    assert facts["rate"] == Fact(percent=(1.0, 2.5))
    assert facts["opens"] == Fact(time=("09:00", "17:30"))
    assert facts["day"] == Fact(date="2026-03-01")
    assert facts["plan"] == Fact(enum=("basic", "NO"))
    assert facts["open"] == Fact(truth=False)
    assert facts["line"] == Fact(phone="+12025550112")


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file(wrong):
    problems = wrong("""\
        persona: no spaces here
        chanel: sms
        goal: {intent: "", tell: [x], tells: order_id}
        manner: {register: blnt, typos: 3}
        patience: {turns: 2.5, wait_s: "9"}
        expect: {escalation: {decison: must}, resolves: yes}
        facts: {fee: {money: [1, 2, 3]}, when: {date: {}}}
        never: [claim]
    """)
    assert [problem.split(" (did")[0] for problem in problems] == [
        "1:10: persona: 'no spaces here' does not have the form ^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$",
        "2:1: chanel: unknown key",
        "3:16: goal.intent: must not be empty",
        "3:20: goal.tell: unknown key",
        "3:38: goal.tells: expected a list, found 'order_id': write [order_id]",
        "4:20: manner.register: 'blnt' is not one of blunt, chatty, formal, plain, polite",
        "4:33: manner.typos: 3 is out of range: must be >= 0 and <= 0.5",
        "5:19: patience.turns: '2.5' is not a whole number",
        "5:32: patience.wait_s: expected a number, found the text '9': no quotes here",
        "6:22: expect.escalation: the key 'decision' is missing",
        "6:23: expect.escalation.decison: unknown key",
        "6:49: expect.resolves: expected true or false, found 'yes': yes is text in YAML 1.2; write true",
        "7:22: facts.fee.money: expected a list of 2 values, found 3 of them",
        "7:47: facts.when.date: expected text or a list of 2, found keys and values",
        "8:9: never[0]: expected keys and values (claim, text, before, after, within), found 'claim': "
        "write {text: claim}",
    ]
    assert "did you mean channel?" in problems[1]
    assert "did you mean blunt?" in problems[5]
    assert "did you mean decision?" in problems[10]


def test_rules_are_kept_where_shapes_are_fine_though_others_are_not(wrong, persona_text):
    text = persona_text.replace("days: [3, 5]", "days: [5, 3]").replace("resolves: true", "resolves: maybe")
    assert [problem.split(": ")[1] for problem in wrong(text)] == ["expect.resolves", "facts.refund_eta.days"]


def test_a_missing_key_is_told_at_the_top(wrong):
    assert wrong("summary: nothing else\n") == [
        "1:1: : the key 'goal' is missing",
        "1:1: : the key 'persona' is missing",
    ]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            '{pattern: "A-#####"}',
            "{}",
            "4:13: knows.order_id: needs exactly one of faker, pattern, one_of, phrase, value; has none",
        ),
        (
            '{pattern: "A-#####"}',
            "{pattern: A, faker: name}",
            "4:13: knows.order_id: needs exactly one of faker, pattern, one_of, phrase, value; has faker and pattern",
        ),
        (
            '{pattern: "A-#####"}',
            "",
            "4:12: knows.order_id: expected keys and values (faker, pattern, one_of, phrase, value), found nothing",
        ),
        ("[blender, kettle]", "[]", "5:18: knows.item.one_of: the list must not be empty"),
        ("[item, order_id]", "[itm, order_id]", "8:11: goal.tells[0]: 'itm' is not under `knows` (did you mean item?)"),
        (
            "must_not}",
            "must_not, trigger: vip}",
            "11:36: expect.escalation.trigger: has no meaning with `decision: must_not`",
        ),
        ("must_not}", "must}", "12:13: expect.resolves: contradicts `escalation: {decision: must}`"),
        (
            "must_not}",
            "may, handed: [ordr_id]}",
            "11:40: expect.escalation.handed[0]: 'ordr_id' is not under `knows` (did you",
        ),
        (
            "must_not}",
            "may, by_turn: 0}",
            "11:40: expect.escalation.by_turn: 0 is out of range: must be >= 1 and <= 200",
        ),
        ("{days: [3, 5]}", "{days: 3, hours: 4}", "14:15: facts.refund_eta: needs exactly one of money, percent"),
        ("{days: [3, 5]}", "{currency: USD, days: 3}", "14:16: facts.refund_eta.currency: only goes with `money`"),
        (
            "{days: [3, 5]}",
            "{money: 3, currency: usd}",
            "14:36: facts.refund_eta.currency: 'usd' does not have the form",
        ),
        ("{days: [3, 5]}", "{date: soon}", "14:22: facts.refund_eta.date: 'soon' is no date: write it like 2026-03-01"),
        ("{days: [3, 5]}", '{time: ["10:00", "9"]}', "14:32: facts.refund_eta.time[1]: '9' is no time"),
        ("{days: [3, 5]}", '{time: ["10:00", "09:00"]}', "14:22: facts.refund_eta.time: the range runs backwards"),
        ("{days: [3, 5]}", "{days: .inf}", "14:22: facts.refund_eta.days: '.inf' must be finite"),
        ("{days: [3, 5]}", "{enum: []}", "14:22: facts.refund_eta.enum: the list must not be empty"),
        (
            "{claim: refund_eta}",
            "{claim: refund}",
            "16:13: never[0].claim: 'refund' is not under `facts` (did you mean refund_eta?)",
        ),
        ("{claim: refund_eta}", "{}", "16:5: never[0]: needs exactly one of claim, text; has none"),
        ("{claim: refund_eta}", '{text: " "}', "16:12: never[0].text: must not be empty"),
        ("never:", "expects: {refus: [no]}\nnever:", "15:11: expects.refus: unknown act (did you mean refuse?)"),
        ("never:", "expects: {refuse: ['(']}\nnever:", "15:20: expects.refuse[0]: not a regular expression: missing )"),
        (
            "never:",
            'expects: {refuse: [""]}\nnever:',
            "15:20: expects.refuse[0]: not a regular expression: it is empty",
        ),
        ('{pattern: "A-#####"}', "{faker: nam}", "4:21: knows.order_id.faker: Faker has no provider 'nam' for en-US"),
        (
            '{pattern: "A-#####"}',
            "{faker: profile}",
            "4:21: knows.order_id.faker: the provider 'profile' does not give one",
        ),
        ('{pattern: "A-#####"}', "{faker: enum}", "4:21: knows.order_id.faker: the provider 'enum' needs settings"),
        ("locale: en-US", "locale: en_US", "2:9: locale: 'en_US' does not have the form"),
    ],
)
def test_a_rule_that_is_broken_is_told_at_its_place(after, old: str, new: str, problem: str):
    assert after(old, new).startswith(problem)


def test_a_locale_without_names_is_told_when_names_are_drawn(wrong, load):
    text = "persona: a\nlocale: en-ZZ\ngoal: {intent: b}\nknows: {who: %s}\n"
    assert wrong(text % "{faker: name}") == [
        "2:9: locale: Faker has no names for the locale 'en-ZZ' (did you mean en-NZ?)"
    ]
    assert load(text % "Ann").locale == "en-ZZ"


@pytest.mark.parametrize("pattern", ["(" * 5000, "a{99999999999999999999}", "(?P<a>)(?P<a>)"])
def test_regular_expressions_that_break_the_compiler_are_mistakes(wrong, pattern: str):
    problems = wrong(f"persona: a\ngoal: {{intent: b}}\nexpects: {{wait: ['{pattern}']}}\n")
    assert problems[0].startswith("3:18: expects.wait[0]: not a regular expression")


def test_a_missing_file_a_folder_and_an_impossible_name_are_mistakes(told, tmp_path: Path):
    assert told(lambda: load_persona(tmp_path / "none.yaml")) == ["1:1: : there is no such file"]
    assert told(lambda: load_persona(tmp_path)) == ["1:1: : this is a folder, not a file"]
    assert "1:1" in told(lambda: load_persona(Path("a\0b")))[0]
    assert "1:1" in told(lambda: load_persona(Path("x" * 5000)))[0]


def test_pauses_belong_to_later_goals_and_are_given_once(wrong):
    problems = wrong("""\
        persona: a
        goal: {intent: x, after_s: 5}
        then:
          - {intent: y, after_s: 5, after_days: 1}
    """)
    assert problems == [
        "2:19: goal.after_s: only goes with a goal under `then`",
        "4:29: then[0].after_days: give `after_s` or `after_days`, not both",
    ]


def test_one_mistake_hides_no_other_of_the_same_key(wrong):
    problems = wrong("""\
        persona: p
        knows: {order_id: {patern: "A-#"}, name: {faker: nmae}, item: [a]}
        goal: {intent: x, tells: [order_id, item, ordr]}
        facts: {fee: {money: x, currency: EUR}, eta: {days: [5, 3]}, of: {dayz: 1}}
        never: [{clam: fee}, {claim: fees}]
        expects: {inform: [[x]], refuse: ["("]}
        """)
    assert [problem.split(": ")[1] for problem in problems] == [
        *("knows.order_id.patern", "knows.name.faker", "knows.item", "goal.tells[2]"),
        *("facts.fee.money", "facts.eta.days", "facts.of.dayz"),
        *("never[0].clam", "never[1].claim", "expects.inform[0]", "expects.refuse[0]"),
    ]


def test_a_mistake_of_a_base_is_the_same_whoever_reads_it_first(write, tmp_path):
    write("base.yaml", "persona: base\ngoal: {intent: x}\nfacts: {of: {dayz: 1}}\n")
    write("child.yaml", "persona: child\nextends: base.yaml\nknowz: 1\n")
    for paths in (("base.yaml", "child.yaml"), ("child.yaml", "base.yaml")):
        mistakes = check_paths([tmp_path / name for name in paths]).mistakes
        assert [mistake.path for mistake in mistakes] == ["facts.of.dayz", "knowz"]


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("goal: get_refund", "write {intent: get_refund}"),
        ("expect: {escalation: must_not}", "write {decision: must_not}"),
        ("must_say: [this is recorded]", "write {text: this is recorded}"),
        ("knows: {item: [blender, kettle]}", "write {one_of: [blender, kettle]}"),
        ("facts: {eta: 3 days}", "write, say, {days: [3, 5]}"),
        ("facts: {fee: {money: $5}}", "'$5' is not a number: write 5"),
        ("facts: {rate: {percent: 1.5%}}", "'1.5%' is not a number: write 1.5"),
        ('facts: {fee: {money: "5 USD"}}', "found the text '5 USD': write 5"),
        ("manner: {typos: 3%}", "'3%' is not a number: write 0.03"),
        ("patience: {wait_s: 30s}", "'30s' is not a number: write 30"),
        ("patience: {wait_s: 2m}", "'2m' is not a number: write 120"),
        ("facts: {eta: {days: 3 days}}", "'3 days' is not a number: write 3"),
        ("locale: en_us", "(did you mean en-US?)"),
        ("then: {intent: track_order}", "expected a list, found keys and values: write them as the list's one entry"),
        ("knows: {tel: {faker: phone}}", "no provider 'phone' for en-US (did you mean phone_number?)"),
        ("expects: {wait: [a, b], wait: [(a]}", "is here twice"),
    ],
)
def test_a_slip_that_people_make_is_told_with_what_to_write(wrong, line: str, hint: str):
    goal = "" if line.startswith("goal") else "goal: {intent: b}\n"
    assert any(hint in problem for problem in wrong(f"persona: a\n{goal}{line}\n"))


def test_a_name_with_spaces_is_told_with_one_that_would_do(wrong):
    assert wrong("persona: My Customer\ngoal: {intent: b}\n")[0].endswith("(did you mean My-Customer?)")


@pytest.mark.parametrize("clause", ["where is {order_id}", "[hi|hello] it is late", "<hi> it is late"])
def test_what_a_pack_would_fill_in_is_a_mistake_in_an_authors_clause(wrong, clause: str):
    (problem,) = wrong(f"persona: a\ngoal: {{intent: b, says: ['{clause}']}}\n")
    assert problem.startswith("2:26: goal.says[0]: is plain text")


def test_clauses_lose_the_stop_that_habits_bring(load):
    persona = load("""
        persona: a
        goal: {intent: b, says: [It is lost., Where is it?, "It is lost!"]}
        facts: {eta: {days: 3, asked: [when is it here?]}}
        expect: {escalation: {decision: must, trigger: safety, says: [it smokes.]}}
    """)
    assert persona.goal.says == ("It is lost", "Where is it?", "It is lost")
    assert persona.facts["eta"].asked == ("when is it here",)
    assert persona.expect.escalation.says == ("it smokes",)


def test_no_unit_is_taken_off_that_is_not_the_keys_own(wrong):
    (problem,) = wrong("persona: a\ngoal: {intent: b}\nfacts: {eta: {days: 2 weeks}}\n")
    assert problem.endswith("'2 weeks' is not a number")


def test_a_workload_is_told_to_be_none_in_one_mistake(wrong):
    assert wrong("workload: a\nagent: {connector: openai-chat, embedded: {}}\n") == [
        "1:1: : this is a workload, and no persona: `hubbub run` holds it"
    ]


def test_a_later_goal_loses_the_words_that_changing_the_subject_brings(load):
    says = '[and I need seats, "Oh and also, send an invoice", "one more thing: a bill", android phones, and also]'
    (later,) = load(f"persona: a\ngoal: {{intent: b}}\nthen: [{{intent: c, says: {says}}}]\n").then
    assert later.says == ("I need seats", "send an invoice", "a bill", "android phones", "and also")
