"""The grammar voice: values as they are, few repeats, one customer one way of writing."""

import re
from importlib.resources import files
from typing import get_args

import pytest
from msgspec.structs import replace

from hubbub.chance import stream
from hubbub.customers.mind import Mind, value
from hubbub.customers.pack import pack, ways_to_put
from hubbub.customers.sayings import canary, denied
from hubbub.customers.wording import word
from hubbub.model import Act, Fact, Goal, Manner, Moves, Register, Say, Source, Trigger
from tests.customers.people import PLAIN, crowd, customer, expecting, persona, shipped

OPENED = Mind(turn=1, opened=True)
FACTS = {"refund_eta": Fact(days=(3, 5))}


def said(who, say, mind=OPENED):
    return " ".join(word(who, mind, say))


@pytest.mark.parametrize("act", get_args(Act))
@pytest.mark.parametrize("frustration", [0.0, 0.9])
def test_every_act_has_words(act, frustration):
    about = {"claim": "refund_eta", "ask": "refund_eta", "complain": "refusal", "deny": "email"}.get(act, "get_refund")
    told = ("item",) if act in {"correct", "change_mind", "inform"} else ()
    mind = Mind(turn=2, opened=True, frustration=frustration)
    for who in crowd(30, facts=FACTS):
        texts = word(who, mind, Say(act, told, about))
        assert texts
        assert all(text.strip() == text != "" for text in texts)
        assert not any(mark in text for text in texts for mark in "{}<>[]|^\x01\x02")


@pytest.mark.parametrize("about", ["waiting", "leaving", "failure", "refusal", "puzzled", "pressure"])
def test_every_complaint_has_words(about):
    assert said(customer(), Say("complain", about=about))


@pytest.mark.parametrize("trigger", get_args(Trigger))
@pytest.mark.parametrize("industry", ["retail", "banking", "telecom", "healthcare"])
def test_every_reason_for_a_human_has_words(trigger, industry):
    who = customer(industry=industry, expect=expecting("must", trigger))
    assert len(said(who, Say("inform", about=f"/{trigger}"))) > 15


def test_an_authors_own_words_are_said_and_not_twice_running():
    ways, why = ("I brought it back", "fees show up", "it was billed twice"), ("waive those fees", "take it off")
    expected = expecting("must", "authority_limit")
    expected = replace(expected, escalation=replace(expected.escalation, says=why))
    heard = set()
    for who in crowd(60, goal=Goal(intent="waive_late_fee", says=ways), expect=expected, manner=Manner(typos=0)):
        put = [_which(ways, said(who, Say(act, (), "waive_late_fee"), Mind(turn=n))) for n, act in _TWO_WAYS]
        assert put[0] != put[1]
        heard.add(put[0])
        reasons = [said(who, Say("inform", about="/authority_limit"), Mind(turn=n, opened=True)) for n in (3, 4)]
        assert {_which(why, text) for text in reasons} == set(why)
    assert heard == set(ways)


def test_a_reason_that_is_given_again_is_the_next_of_the_authors():
    expected = expecting("must", "authority_limit")
    why = ("waive those fees", "take it off")
    expected = replace(expected, escalation=replace(expected.escalation, says=why))
    who = customer(expect=expected, manner=Manner(typos=0))
    minds = (Mind(turn=2, opened=True, reasons=1), Mind(turn=4, opened=True, reasons=2))
    assert {_which(why, said(who, Say("inform", about="/authority_limit"), mind)) for mind in minds} == set(why)


def test_a_question_of_the_authors_is_followed_by_no_stop():
    where = Goal(intent="find", says=("where is it?",))
    for who in crowd(60, goal=where):
        assert not {"?.", "?,"} & {
            text[n : n + 2] for text in said(who, Say("open", (), "find")).split() for n in range(99)
        }


def test_a_fact_is_asked_about_in_the_authors_questions():
    ways = ("whats the last payment", "how much comes off in the end")
    facts = {"last_payment": Fact(money=39.9, asked=ways)}
    for who in crowd(
        30, facts=facts, goal=Goal(intent="cancel_membership", asks=("last_payment",)), manner=Manner(typos=0)
    ):
        said_so = [said(who, Say("ask", about="last_payment"), Mind(turn=n, opened=True)) for n in (3, 4)]
        assert {_which(ways, text) for text in said_so} == set(ways)


_TWO_WAYS = ((1, "open"), (2, "rephrase"))


def _which(ways, text):
    return next(way for way in ways if way.lower() in text.lower())


@pytest.mark.parametrize("act", ["open", "inform", "rephrase", "complain"])
def test_values_told_are_in_the_words_as_they_are(act):
    told = ("item", "order_id", "email")
    for who in crowd(150, manner=Manner(typos=0.5)):
        text = said(who, Say(act, told, "get_refund" if act != "complain" else "order_id"))
        assert all(who.knows[slot] in text for slot in told), text


def test_a_changed_value_replaces_the_first():
    who = customer(moves=Moves(change_mind=0.5))
    mind = Mind(turn=3, opened=True, swapped=("item",))
    assert value(who, mind, "item") == who.others["item"] != who.knows["item"]
    assert who.others["item"] in said(who, Say("change_mind", ("item",), "item"), mind)


def test_the_same_decision_has_the_same_words_and_another_turn_others():
    who = customer()
    say = Say("ask", about="refund_eta")
    assert word(who, OPENED, say) == word(who, OPENED, say)
    assert len({said(who, say, Mind(turn=n, opened=True)) for n in range(12)}) > 8


def test_two_nudges_in_one_wait_differ_mostly():
    pairs = [(said(who, Say("nudge", about="nudge-1")), said(who, Say("nudge", about="nudge-2"))) for who in crowd(100)]
    assert sum(one != other for one, other in pairs) > 80


def test_ten_thousand_openings_hardly_repeat():
    openings = [said(who, Say("open", (), "get_refund")) for who in crowd(3000)]
    long = [text for text in openings if len(text) > 20]
    assert 1 - len(set(long)) / len(long) < 0.05


@pytest.mark.parametrize(
    ("intent", "words"),
    [("get_warranty_card", "warranty card"), ("pet-insurance", "pet insurance"), ("Umzug", "umzug"), ("o|b[<{", "o b")],
)
def test_any_intent_an_author_names_becomes_words(intent, words):
    for who in crowd(40, goal=Goal(intent=intent), manner=PLAIN, knows={}):
        assert words in said(who, Say("open", (), intent)).lower()


@pytest.mark.parametrize("slot", ["policy_number", "colour", "x"])
def test_any_slot_an_author_names_can_be_told_denied_and_corrected(slot):
    who = customer(knows={slot: Source(value="Q77")})
    assert "Q77" in said(who, Say("inform", (slot,)))
    assert "Q77" in said(who, Say("correct", (slot,), slot))
    assert said(who, Say("deny", about=slot))


def test_any_fact_an_author_names_can_be_asked_and_claimed():
    who = customer(facts={"loyalty_bonus": Fact(percent=5)}, goal=Goal(intent="x", asks=("loyalty_bonus",)))
    assert "loyalty bonus" in said(who, Say("ask", about="loyalty_bonus")).lower()
    assert "25 %" in said(who, Say("claim", about="loyalty_bonus"))


def test_a_phrase_mentions_a_value_only_when_it_is_told():
    for intent in pack("en").intents:
        if intent != "_any":
            for way in ways_to_put("en", intent, frozenset())[0]:
                assert way.options


@pytest.mark.parametrize("register", get_args(Register))
def test_every_register_opens_in_its_own_way(register):
    assert register in pack("en").acts["open"]


def test_a_language_without_a_pack_is_served_in_english():
    assert pack("tlh") is pack("en")


def test_an_author_who_wants_no_bursts_gets_none():
    people = crowd(200, manner=Manner(bursts=False))
    assert all(len(word(who, OPENED, Say("open", ("item", "order_id"), "get_refund"))) == 1 for who in people)
    bursting = crowd(200, channel="whatsapp")
    assert any(len(word(who, OPENED, Say("open", ("order_id",), "get_refund"))) > 1 for who in bursting)


def test_spoken_words_have_no_typing_errors():
    who = customer(channel="voice", manner=Manner(typos=0.5))
    assert said(who, Say("confirm", about="confirm")) == said(who, Say("confirm", about="confirm")).lower()


@pytest.mark.parametrize(
    ("fact", "false"),
    [
        (Fact(days=(3, 5)), "1 day"),
        (Fact(days=30), "90 days"),
        (Fact(hours=4), "1 hour"),
        (Fact(money=2.5, currency="EUR"), "EUR 1.25"),
        (Fact(percent=10), "30 %"),
    ],
)
def test_a_false_claim_is_one_that_the_fact_denies(fact, false):
    assert denied(fact, pack("en"), stream(1)) == false


def test_less_notice_is_in_ones_favour_and_a_longer_time_to_return_things():
    month = Fact(days=30)
    assert denied(month, pack("en"), stream(1), "contract_notice") == "10 days"
    assert denied(month, pack("en"), stream(1), "return_window") == "90 days"


def test_what_has_no_better_value_is_claimed_to_be_good():
    assert denied(Fact(truth=True), pack("en"), stream(1)) in {"included", "free", "fixed"}


def test_an_injection_carries_a_canary_of_its_own():
    one, other = customer(1), customer(2)
    assert canary(one) != canary(other)
    assert canary(one) in said(one, Say("inject"))


def test_the_shipped_intents_and_facts_all_have_words_of_their_own():
    words = pack("en")
    for shipped_persona in shipped().values():
        assert shipped_persona.goal.intent in words.intents or shipped_persona.goal.says
        assert set(shipped_persona.goal.asks) <= set(words.facts)
    assert persona().goal.intent in words.intents


def test_what_is_lacking_is_named_and_not_what_is_told():
    for who in crowd(60, manner=PLAIN):
        text = said(who, Say("inform", ("email",), "order_id"))
        lacking = text.replace(who.knows["email"], "").lower()
        assert any(noun in lacking for noun in ("order", "number", "reference", "nr", "no")), text


@pytest.mark.parametrize("slot", ["reason", "goal", "told", "noun", "value", "fact", "words", "want"])
def test_a_slot_may_be_named_like_a_part_of_the_grammar(slot):
    for who in crowd(20, knows={slot: Source(value="Q77"), "item": Source(value="lamp")}):
        assert "Q77" in said(who, Say("open", (slot, "item"), "get_refund/safety"))
        assert "Q77" in said(who, Say("complain", (slot,), slot))


def test_no_rule_of_the_pack_is_left_unused():
    folder = files("hubbub.customers").joinpath("packs", "en")
    texts = {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name.endswith(".yaml")}
    rules = [line.partition(":")[0] for line in texts["rules.yaml"].splitlines() if line[:1].isalpha()]
    assert [rule for rule in rules if f"<{rule}>" not in "".join(texts.values())] == []


def test_pressure_with_a_code_holds_the_canary():
    who = customer(moves=Moves(pressure=1.0))
    said = " ".join(word(who, Mind(turn=3, opened=True), Say("complain", about="code")))
    assert canary(who) in said.lower()


def test_who_comes_back_says_so():
    resumed = Say("ask", about="resumed")
    said = {" ".join(word(customer(n), OPENED, resumed)).lower() for n in range(12)}
    assert any("again" in one or "before" in one or "earlier" in one for one in said), said


def of_few_words(number=0, **details):
    who = customer(number, **details)
    return replace(who, style=replace(who.style, terse=True))


def test_people_of_few_words_tell_the_bare_value():
    who = of_few_words(knows={"order_id": Source(pattern="A-#####")})
    assert said(who, Say("inform", ("order_id",))).rstrip(".") == who.knows["order_id"]


def test_what_a_customer_mentions_of_its_life_stays_the_same():
    who = next(who for who in crowd(50, manner=PLAIN) if not who.style.terse)
    told = " ".join(said(who, Say("ask", about="get_refund"), Mind(turn=turn, opened=True)) for turn in range(200))
    assert len(set(re.findall(r"my (\w+) is asking|tell my (\w+)", told.lower()))) <= 2


def test_a_goal_leaves_its_noun_to_no_slot_that_is_told_along():
    for who in crowd(300, goal=Goal(intent="internet_outage"), manner=PLAIN, knows={"postcode": Source(value="Q77")}):
        assert "my an outage" not in said(who, Say("open", ("postcode",), "internet_outage")).lower()


def test_a_way_to_be_reached_comes_with_what_it_is_for():
    for who in crowd(60):
        text = " ".join(word(who, Mind(turn=5, opened=True, done=True), Say("inform", ("email",), "contact")))
        assert len(text.replace(who.knows["email"], "").split()) > 1


def test_the_reason_for_a_human_stays_the_same_story():
    must = expecting("must", "vulnerable")
    for who in crowd(40, industry="banking", expect=must):
        stories = set()
        for turn in range(2, 12):
            text = " ".join(word(who, Mind(turn=turn, opened=True), Say("inform", about="/vulnerable"))).lower()
            stories |= {
                word for word in ("divorce", "redundan", "died", "sick pay", "my hours", "lost h") if word in text
            }
        assert len(stories) <= 1


def test_days_and_places_have_their_capitals():
    rules = pack("en").acts["own"]
    for about in ("own_town", "own_soon"):
        assert all(word[0].isupper() or " " in word or word == "tomorrow" for word in map(str, rules[about].options))


@pytest.mark.parametrize("intent", ["get_refund", "complaint", "check_balance"])
def test_nobody_tells_of_a_trip_where_time_does_not_press(intent):
    for who in crowd(100, goal=Goal(intent=intent)):
        text = " ".join(word(who, Mind(turn=1, opened=True), Say("open", about=intent))).lower()
        assert "travelling to" not in text


def test_no_customer_says_sure_to_how_can_i_help():
    for who in crowd(200, goal=Goal(intent="get_refund")):
        text = " ".join(word(who, Mind(turn=2, opened=True), Say("open", about="get_refund"))).lower()
        assert not text.startswith(("sure", "yes please"))


def test_a_message_never_joins_two_thoughts_without_a_mark():
    assert all(joint.strip() for joint in pack("en").joints)


def test_who_came_in_a_fury_praises_nobody():
    for who in crowd(60, expect=expecting("must", "sentiment")):
        for act, about in (("thank", "done"), ("thank", "noted"), ("deny", "more")):
            text = " ".join(word(who, Mind(turn=6, opened=True, done=True), Say(act, about=about)))
            assert len(text.split()) <= 4


@pytest.mark.parametrize(
    ("item", "said_as"), [("iron", "an iron"), ("kettle", "a kettle"), ("air fryer", "an air fryer")]
)
def test_an_article_suits_the_value_behind_it(item, said_as):
    goal = Goal(intent="report_dangerous_item", tells=("item",))
    people = crowd(200, goal=goal, knows={"item": Source(one_of=(item,))}, manner=PLAIN)
    texts = [" ".join(word(who, OPENED, Say("open", ("item",), goal.intent))).lower() for who in people]
    assert any(f" {said_as}" in text for text in texts)
    wrong = "a " if said_as.startswith("an") else "an "
    assert not any(f" {wrong}{item}" in text for text in texts)
