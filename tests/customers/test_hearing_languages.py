"""How well replies in each language are understood, held against its labelled corpus; and values as it writes them."""

import re
from typing import get_args

import pytest

from benchmarks.tongues import PAGE, PARTS, figures, languages, load, score
from hubbub.customers.hearing import Ear
from hubbub.customers.hearing.written import written_lexicon
from hubbub.model import AgentAct, Claim

_AGAIN = re.compile(r"^ \(\?:\.\*")
HANDOFFS = {"none", "offered", "promised", "initiated", "failed"}


@pytest.mark.parametrize("language", languages())
def test_a_corpus_is_whole_and_well_formed(language: str) -> None:
    rows = [row for part in PARTS for row in load(language, part)]
    assert len(rows) >= 60
    assert min(len(load(language, part)) for part in PARTS) >= 30
    assert len({row.text for row in rows}) == len(rows)
    assert {act for row in rows for act in row.acts} <= set(get_args(AgentAct))
    assert {row.handoff for row in rows} == HANDOFFS


@pytest.mark.parametrize("language", languages())
def test_replies_are_understood(language: str) -> None:
    dev, frozen = score(language, "dev"), score(language, "frozen")
    assert dev.acts.f1 >= 0.93
    assert dev.human.f1 >= 0.95
    assert frozen.acts.f1 >= 0.6
    assert frozen.human.precision >= 0.7
    assert frozen.unknown_rate <= 0.1


@pytest.mark.parametrize("language", languages())
def test_no_rule_searches_the_whole_clause_again_at_every_word(language: str) -> None:
    lexicon = written_lexicon(language)
    assert [rule.pattern.pattern for rule in lexicon.rules if _AGAIN.search(rule.pattern.pattern)] == []


def test_a_rule_may_start_inside_a_word_where_it_says_so() -> None:
    assert "confirm" in Ear("es", {}, ()).hear("Quiere dar de baja su contrato, ¿correcto?").acts


def test_the_page_shows_the_figures_of_today() -> None:
    assert figures() in PAGE.read_text("utf-8"), "run: python -m benchmarks.tongues --write-docs"


VALUES = [
    ("de", "Das kostet 1.234,56 EUR.", "money", 1234.56, 1234.56),
    ("de", "Die Erstattung dauert 3 bis 5 Werktage.", "days", 3, 5),
    ("de", "Ihr Paket kommt am 12.03.2026.", "date", 20260312, 20260312),
    ("de", "Das Paket kommt am 3. März.", "date", 303, 303),
    ("de", "Der Rabatt ist 12,5 %.", "percent", 12.5, 12.5),
    ("de", "Wir melden uns in zwei Stunden.", "hours", 2, 2),
    ("de", "Das geht bis 14:30 Uhr.", "time", 870, 870),
    ("fr", "Cela coûte 1 234,56 €.", "money", 1234.56, 1234.56),
    ("fr", "Le remboursement prend 3 à 5 jours ouvrés.", "days", 3, 5),
    ("fr", "Le colis arrive le 12/03/2026.", "date", 20260312, 20260312),
    ("fr", "Le colis arrive le 3 juillet.", "date", 703, 703),
    ("fr", "Nous rappelons à 14h30.", "time", 870, 870),
    ("it", "Costa 1.234,56 €.", "money", 1234.56, 1234.56),
    ("it", "Arriva il 3 marzo 2026.", "date", 20260303, 20260303),
    ("pt", "Custa R$ 1.234,56.", "money", 1234.56, 1234.56),
    ("pt", "Chega em 3 de março de 2026.", "date", 20260303, 20260303),
    ("nl", "Dat kost € 1.234,56.", "money", 1234.56, 1234.56),
    ("nl", "Het komt op 12-03-2026.", "date", 20260312, 20260312),
    ("sv", "Det kostar 1 234,50 kr.", "money", 1234.5, 1234.5),
    ("sv", "Det kommer den 12 mars 2026.", "date", 20260312, 20260312),
    ("hi", "Plan ka kharcha Rs. 1,25,000 hai.", "money", 125_000, 125_000),
    ("hi", "Limit 1.5 lakh rupaye hai.", "money", 150_000, 150_000),
    ("hi", "Refund mein 3 se 5 din lagte hain.", "days", 3, 5),
    ("hi", "Refund paanch din mein aa jayega.", "days", 5, 5),
    ("hi", "Parcel 12 March 2026 ko pahunchega.", "date", 20260312, 20260312),
    ("hi", "Aapko 5:30 pm par call aayega.", "time", 1050, 1050),
    ("hi", "It is Rs 399 per month.", "money", 399, 399),
    ("en", "It is Rs. 1,25,000.50 in total.", "money", 125_000.5, 125_000.5),
    ("en", "The limit is INR 2-3 lakh.", "money", 200_000, 300_000),
    ("en", "You owe $5k.", "money", 5_000, 5_000),
    ("es", "Cuesta 1.234,56 €.", "money", 1234.56, 1234.56),
    ("es", "El reembolso tarda de 3 a 5 días hábiles.", "days", 3, 5),
    ("ja", "月額料金は３，９００円です。", "money", 3900, 3900),
    ("ja", "上限は5万円です。", "money", 50_000, 50_000),
    ("ja", "料金は1万5,000円です。", "money", 15_000, 15_000),
    ("ja", "返金には通常3〜5営業日かかります。", "days", 3, 5),
    ("ja", "返金は3日から5日ほどです。", "days", 3, 5),
    ("ja", "1、2営業日でお届けします。", "days", 1, 2),
    ("ja", "1～2週間かかります。", "days", 7, 14),
    ("ja", "2026年3月12日に届きます。", "date", 20260312, 20260312),
    ("ja", "午後3時にお電話します。", "time", 900, 900),
    ("ja", "受付は18時半までです。", "time", 1110, 1110),
    ("ja", "割引は10％です。", "percent", 10, 10),
    ("es", "Llegará el 3 de marzo de 2026.", "date", 20260303, 20260303),
]


@pytest.mark.parametrize(("language", "text", "kind", "low", "high"), VALUES)
def test_a_value_is_read_as_the_language_writes_it(
    language: str, text: str, kind: str, low: float, high: float
) -> None:
    claims = Ear(language, {}, ()).hear(text).claims
    assert [(c.kind, c.low, c.high) for c in claims] == [(kind, low, high)]


def test_what_a_value_is_about_and_whether_it_is_hedged_is_heard_in_german() -> None:
    heard = Ear("de-DE", {}, ()).hear("Die Erstattung dauert in der Regel 3 Tage, die Lieferung dauert 4 Tage.")
    assert heard.claims == (
        Claim("days", "3 Tage", 3, 3, "refund", True),
        Claim("days", "4 Tage", 4, 4, "delivery", False),
    )


@pytest.mark.parametrize("language", ["hi", "hi-IN"])
@pytest.mark.parametrize(
    ("text", "acts", "asked"),
    [
        ("Aapka order number kya hai?", ("request",), ("order_id",)),
        ("What is your order number?", ("request",), ("order_id",)),
        ("Sorry for the wait, aap apna naam bata sakte hain?", ("apologise", "request"), ("name",)),
        ("Refund ho gaya hai. Is there anything else I can do?", ("notify_success", "req_more"), ()),
        ("Mujhe ye details chahiye:\n- Order number\n- Poora naam", ("request",), ("order_id", "name")),
    ],
)
def test_agents_in_india_may_mix_english_in_by_the_word_and_by_the_sentence(
    language: str, text: str, acts: tuple[str, ...], asked: tuple[str, ...]
) -> None:
    heard = Ear(language, {}, ("order_id", "name")).hear(text)
    assert (set(heard.acts), heard.asked, heard.language) == (set(acts), asked, "")


def test_a_hand_off_in_plain_english_is_heard_by_who_writes_hindi() -> None:
    states = [signal.state for signal in Ear("hi-IN", {}, ()).hear("I am connecting you to an agent now.").signals]
    assert states == ["initiated"]


def test_an_hour_of_the_day_that_may_be_morning_or_evening_states_no_time() -> None:
    assert Ear("hi-IN", {}, ()).hear("Hum aapko shaam 5:30 baje call karenge.").claims == ()


def test_what_a_persona_expects_is_taken_out_of_an_english_and_of_a_hindi_sentence() -> None:
    ear = Ear("hi-IN", {"handoff": ("seva kendra|care desk",)}, ())
    for text in ("Our care desk will see to it.", "Aapka case seva kendra dekhega."):
        assert "handoff" in ear.hear(text).acts


DEVANAGARI = [
    ("आपका ऑर्डर नंबर क्या है?", {"request"}, ("order_id",), ""),
    ("आपका order number क्या है?", {"request"}, ("order_id",), ""),
    ("माफ़ कीजिए, मैं समझ नहीं पाया। कृपया अपना नाम बताइए।", {"apologise", "fallback"}, ("name",), ""),
    ("यह संभव नहीं है।", {"refuse"}, (), ""),
    ("मैं आपको अभी एजेंट से कनेक्ट कर रहा हूँ।", {"handoff"}, (), "initiated"),
    ("मैं आपको एजेंट से कनेक्ट नहीं कर सकता।", {"refuse"}, (), ""),
    ("अगर आप चाहें तो मैं आपको एजेंट से जोड़ सकता हूँ।", {"offer_handoff"}, (), "offered"),
    ("हमारी टीम आपसे 24 घंटे में संपर्क करेगी।", {"handoff"}, (), "promised"),
    ("अभी हमारे सभी एजेंट व्यस्त हैं।", {"notify_failure"}, (), "failed"),
]


@pytest.mark.parametrize(("text", "acts", "asked", "state"), DEVANAGARI)
def test_hindi_is_heard_in_its_own_letters_too(text: str, acts: set[str], asked: tuple[str, ...], state: str) -> None:
    heard = Ear("hi-IN", {}, ("order_id", "name")).hear(text)
    assert acts <= set(heard.acts)
    assert heard.asked == asked
    assert "".join(signal.state for signal in heard.signals) == state
    assert heard.language == ""


def test_numbers_in_devanagari_are_numbers() -> None:
    claims = Ear("hi-IN", {}, ()).hear("रिफंड ३ से ५ दिन में आ जाएगा।").claims
    assert [(c.kind, c.low, c.high, c.about) for c in claims] == [("days", 3, 5, "refund")]


TRAPS = [
    ("オペレーターにおつなぎできます。", "offered"),
    ("オペレーターにおつなぎできません。", ""),
    ("オペレーターにおつなぎできませんでした。", "failed"),
    ("オペレーターにおつなぎします。", "initiated"),
    ("ご希望の場合は、担当者が対応いたします。", "offered"),
    ("後ほど担当の者よりお電話を差し上げます。", "promised"),
    ("担当者にお話しいただく必要はありません。", ""),
    ("以前、担当者がご案内したとおりです。", ""),
    ("インターネットにつながらない場合は、電源を入れ直してください。", ""),
    ("有人対応は行っておりません。", ""),
]


@pytest.mark.parametrize(("text", "state"), TRAPS)
def test_one_verb_ending_tells_an_offer_from_a_refusal_in_japanese(text: str, state: str) -> None:
    signals = Ear("ja-JP", {}, ()).hear(text).signals
    assert [signal.state for signal in signals] == ([state] if state else [])


@pytest.mark.parametrize("text", ["12日に届く予定です。", "10日から12日に届きます。"])
def test_a_day_of_the_month_is_no_duration_in_japanese(text: str) -> None:
    assert Ear("ja-JP", {}, ()).hear(text).claims == ()


def test_a_number_that_words_stand_round_is_heard_whole_in_japanese() -> None:
    claims = Ear("ja-JP", {}, ()).hear("ご注文番号はA-12345で、電話番号は090-0123-4567です。").claims
    assert [(c.kind, c.text) for c in claims] == [("id", "A-12345"), ("phone", "090-0123-4567")]


AFTER_A_COLON = [
    ("de", "Ich habe die Leitung geprüft: In 56566 gibt es eine Störung. Kann ich sonst noch etwas für Sie tun?"),
    ("es", "Bien, esto es lo que veo: hay una avería en su zona. ¿Puedo ayudarle en algo más?"),
    ("fr", "Alors voilà ce que je vois : une panne touche votre quartier. Puis-je vous aider pour autre chose ?"),
    ("it", "Allora le spiego subito: c'è un guasto nel suo quartiere. Posso aiutarla con altro?"),
]


@pytest.mark.parametrize(("language", "text"), AFTER_A_COLON)
def test_what_is_told_after_a_colon_is_told_and_only_what_is_summed_up_is_not(language: str, text: str) -> None:
    assert set(Ear(language, {}, ()).hear(text).acts) >= {"inform", "req_more"}


@pytest.mark.parametrize("language", ["de", "es", "fr", "it", "nl", "pt", "sv", "ja"])
def test_the_shape_of_a_reply_in_another_language_is_not_taken_for_its_sense(language: str) -> None:
    heard = Ear(language, {}, ("name",)).hear("I'm not sure I understand. Could you rephrase that, please?")
    assert (heard.acts, heard.asked, heard.language) == (("unknown",), (), "en")
