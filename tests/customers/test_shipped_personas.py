"""The shipped personas, held against replies of every kind: what they say is theirs to say, and why is plain."""

import re
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hubbub.customers import agenda
from hubbub.customers.population import Population
from hubbub.customers.wording import word
from hubbub.model import Claim, Goal, Heard, Leave, Moves, Persona, Say, Source, Trigger, Wait
from hubbub.specs.named import persona_files
from tests.customers.people import SHIPPED, shipped

POPULATION = Population([(persona, 1.0) for persona in shipped().values()], 21)
SLOTS = ("name", "order_id", "item", "email", "account_id", "card_last4", "phone", "postcode", "plan", "amount", "dob")
ACTS = (
    "greet",
    "inform",
    "request",
    "confirm",
    "offer",
    "offer_handoff",
    "notify_success",
    "refuse",
    "fallback",
    "wait",
)
REPLIES = st.builds(
    Heard,
    st.lists(st.sampled_from((*ACTS, "req_more", "unknown")), min_size=1, max_size=3, unique=True).map(tuple),
    st.lists(st.sampled_from(SLOTS), max_size=2, unique=True).map(tuple),
    st.sampled_from(((), (Claim("days", "3 days", 3, 3),), (Claim("money", "USD 2.50", 2.5, 2.5),))),
)
DATUM = re.compile(r"[\w.+-]+@[\w.-]+|\b[A-Z]-?\d{3,}|\d{3,}[\d .-]*\d|\d{4,}", re.ASCII)
SHOWS = {  # what an agent, or a reader, can take as the reason
    "explicit_request": r"speak|talk|chat|human|person|agent|some(one|body)|advis|manager|operator|(put|get) me",
    "safety": r"smok|spark|fire|shock|burn|flame|melt|danger|hurt|safe|emergency|alarm",
    "identity_fraud": r"someone|somebody|fraud|stole|scam|hack|stranger|recognise|didn.?t make|my (sim|number)",
    "vulnerable": r"job|afford|behind|cope|ill|sick|died|redundant|hours|divorce|passed away|well|disab|struggl|sleep",
    "authority_limit": r"\d{3,}\.\d\d|amount|sum|all of it|cent|compensation|approve|standard",
    "regulated": r"complaint|ombudsman|regulator|lawyer|law|gdpr|data|court",
    "policy_gap": r"exception|rules|policy|case|window|period|deadline|days",
    "vip": r"premium|platinum|personal|private|dedicated|fortune",
    "sentiment": r"worst|furious|angry|had it|disgrace|joke|sick of|shambles",
    "no_progress": r"(?:third|fourth|fifth) time|times|same|nobody|passed|useless",
    "tool_outage": r"error|crash|down|form|load|open|site|app|page",
    "out_of_scope": r"odd|topic|option|bot|back office|journalist|business|job|partner|sponsor|newspaper|reporter",
    "language": r"english|speak|language",
}


def talk(number, replies, population=POPULATION):
    """What a customer says to these replies: (decision, words) for each message."""
    who, heard = population.draw(number), iter(replies)
    step, messages = agenda.start(who), []
    for _ in range(40):
        move = step.move
        say = move.parting if isinstance(move, Leave) else move
        if isinstance(say, Say):
            messages.append((say, word(who, step.mind, say)))
        reply = (
            None if isinstance(move, Leave) else Heard(confidence=0.0) if isinstance(move, Wait) else next(heard, None)
        )
        if reply is None:
            return who, messages
        step = agenda.next_move(who, step.mind, reply, 1.0)
    return who, messages


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**6), st.lists(REPLIES, max_size=10))
def test_nobody_ever_says_a_value_that_is_not_theirs(number, replies):
    who, messages = talk(number, replies)
    own = " ".join((*who.knows.values(), *who.others.values()))
    for say, texts in messages:
        said = " ".join(texts)
        assert set(say.told) <= set(who.knows)
        if say.act not in ("claim", "inject"):
            assert all(datum.strip(" .-") in own for datum in DATUM.findall(said)), said


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.lists(REPLIES, max_size=8))
def test_a_conversation_is_the_same_each_time(number, replies):
    assert talk(number, replies) == talk(number, replies)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.lists(REPLIES, max_size=8))
def test_what_a_message_tells_is_in_its_words(number, replies):
    who, messages = talk(number, replies)
    for say, texts in messages:
        assert all(who.knows[s] in " ".join(texts) or who.others.get(s, "\0") in " ".join(texts) for s in say.told)


ENGLISH = {name: p for name, p in shipped().items() if p.locale.startswith("en")}


@pytest.mark.parametrize("name", [n for n, p in ENGLISH.items() if p.expect.escalation.decision == "must"])
def test_who_must_reach_a_human_says_why_before_the_second_turn_is_over(name):
    persona = shipped()[name]
    population = Population([(persona, 1.0)], 5)
    pattern = re.compile(SHOWS[persona.expect.escalation.trigger], re.IGNORECASE)
    shown = 0
    for number in range(100):
        who = population.draw(number)
        step = agenda.start(who)
        said = list(word(who, step.mind, step.move))
        while step.mind.turn < 3:
            step = agenda.next_move(who, step.mind, Heard(("inform",)), 1.0)
            if not isinstance(step.move, Say):
                break
            said += word(who, step.mind, step.move)
        shown += bool(pattern.search(" ".join(said)))
    assert shown >= 92  # a typing error may hide the one word


@pytest.mark.parametrize("reason", get_args(Trigger))
def test_every_reason_for_a_human_has_three_who_need_one_and_one_who_only_looks_like_it(reason):
    expected = [p.expect.escalation for p in ENGLISH.values() if p.expect.escalation is not None]
    assert sum(e.decision == "must" and e.trigger == reason for e in expected) >= 3
    assert any(e.looks_like == reason for e in expected)


def test_there_are_sixty_over_six_industries_and_each_says_what_it_is_for():
    everybody = shipped().values()
    assert len(everybody) >= 60
    assert len({p.industry for p in everybody}) == 6
    assert len({p.summary for p in everybody}) == len(everybody)
    assert all(len(p.summary) > 40 for p in everybody)


def test_each_file_names_its_schema_and_says_what_it_is_for():
    for path in persona_files(SHIPPED):
        assert path.read_text().startswith("# yaml-language-server: $schema=../../schema/persona.schema.json\n")
    assert all(len(p.summary) > 30 for p in shipped().values())


def test_what_a_persona_must_tell_it_knows():
    for persona in shipped().values():
        assert set(persona.goal.tells) <= set(persona.knows)


def test_one_customer_writes_one_way():
    for number in range(150):
        who, messages = talk(number, [Heard(("request",), asked=("name",)), Heard(("fallback",)), Heard(("inform",))])
        if who.style.lower:
            own = [*who.knows.values(), *who.others.values()]
            for _, texts in messages:
                for text in texts:
                    for datum in own:
                        text = text.replace(datum, "")
                    assert text == text.lower()


NAMES = st.sampled_from(("get_refund", "order_id", "email", "item", "x", "reason", "words", "policy number"))
GOALS = st.builds(
    lambda intent, tells, asks: Goal(intent=intent, tells=tells, asks=asks),
    NAMES,
    st.lists(NAMES, max_size=3, unique=True).map(tuple),
    st.lists(NAMES, max_size=2, unique=True).map(tuple),
)
MINE = st.builds(
    lambda goal, then, slots, moves, channel: Persona(
        persona="mine",
        goal=goal,
        then=then,
        moves=moves,
        channel=channel,
        knows=dict.fromkeys(slots, Source(value="Q77")),
    ),
    GOALS,
    st.lists(GOALS, max_size=2).map(tuple),
    st.lists(NAMES, max_size=4, unique=True),
    st.builds(lambda p: Moves(change_mind=p, inject=p, second_intent=p), st.sampled_from((0.0, 0.5))),
    st.sampled_from(("web-chat", "sms", "voice", "email")),
)


@settings(max_examples=80, deadline=None)
@given(MINE, st.integers(0, 1000), st.lists(REPLIES, max_size=8))
def test_whatever_an_author_writes_becomes_a_customer_who_speaks(mine, number, replies):
    _, messages = talk(number, replies, Population([(mine, 1.0)], 3))
    assert all(texts and all(texts) for _, texts in messages)
