"""Who reads fifty conversations of one language finds no story that changes, and no answer that fits nothing asked."""

import re

import pytest

from hubbub.customers.customer import Customer
from hubbub.customers.lacking import lacking
from hubbub.customers.mind import Mind
from hubbub.customers.wording import word
from hubbub.model import Goal, Manner, Say, Source
from tests.customers.people import crowd, customer, expecting
from tests.customers.test_languages import LOCALES

READ = ("sv", "nl", "ja", "hi")  # the languages whose customers were read for this
OPENED = Mind(turn=2, opened=True)
PARTING = {
    "sv": r"med vänlig hälsning|vänliga hälsningar|tack på förhand|tacksam för",
    "nl": r"vriendelijke groet|alvast bedankt|bij voorbaat dank|hartelijk dank",
    "ja": r"よろしくお願い(?:いた)?します|お待ちしております|お願い申し上げます",
    "hi": r"kindly help|meharbani hogi|regards|thank you",
}
HARDSHIP = {
    "sv": ("min man", "min fru", "skilja mig", "sjukskriven", "uppsagd", "färre timmar"),
    "nl": ("mijn man", "mijn vrouw", "scheiding", "ziektewet", "ontslagen", "minder uren"),
    "ja": ("夫が", "妻が", "離婚", "休職", "解雇", "勤務時間"),
    "hi": ("pati", "talaq", "salary", "company band", "job chali", "naukri"),
}
ONLY_OF_WHAT_WAS_ASKED = {  # consent that answers "is that right?" and not "shall I go ahead?", or the other way round
    "sv": r"stämmer|gör det|precis",
    "nl": r"klopt|doe maar|juist",
    "ja": r"合って|そうです|間違いありません",
    "hi": r"sahi|correct|kar do|kar dijiye",
}
TAKES_UP = {
    "sv": r"^(ja|tack)\b",
    "nl": r"^(ja|graag)\b",
    "ja": r"^(はい|お願い|助かり|それで)",
    "hi": r"^(haa?n?|yes|ji)\b",
}
STEADY = Manner(register="plain", typos=0.0, bursts=False)


def said(who: Customer, say: Say, mind: Mind = OPENED) -> str:
    return " ".join(word(who, mind, say)).lower()


@pytest.mark.parametrize("language", READ)
def test_thanks_and_regards_come_behind_all_that_is_told(language: str):
    formal = Manner(register="formal", typos=0.0, bursts=False)
    say = Say("open", ("order_id",), "get_refund/regulated")
    parted = 0
    for who in crowd(300, locale=LOCALES[language], manner=formal):
        text = said(who, say, Mind(turn=1, opened=True))
        if found := re.search(PARTING[language], text):
            parted += 1
            assert found.start() > text.index(who.knows["order_id"].lower()), text
    assert parted > 40


@pytest.mark.parametrize("language", READ)
def test_who_is_in_need_is_so_for_one_reason(language: str):
    for number in range(40):
        who = customer(number, locale=LOCALES[language], industry="banking", expect=expecting("must", "vulnerable"))
        texts = [said(who, Say("inform", about="/vulnerable"), Mind(turn=n, opened=True)) for n in range(2, 9)]
        told = {story for story in HARDSHIP[language] for text in texts if story in text}
        assert len(told) <= 1, texts


@pytest.mark.parametrize("language", READ)
@pytest.mark.parametrize("trigger", ["safety", "vulnerable", "policy_gap", "out_of_scope"])
def test_a_reason_that_was_given_is_not_given_again_in_the_same_words(language: str, trigger: str):
    for number in range(40):
        who = customer(number, locale=LOCALES[language], manner=STEADY, expect=expecting("must", trigger))
        texts = [
            said(who, Say("inform", about=f"/{trigger}"), Mind(turn=n + 1, opened=True, reasons=n)) for n in range(1, 4)
        ]
        assert len(set(texts)) == 3, texts


@pytest.mark.parametrize("language", READ)
def test_consent_fits_whatever_was_asked(language: str):
    wrong = re.compile(ONLY_OF_WHAT_WAS_ASKED[language])
    for who in crowd(300, locale=LOCALES[language], manner=STEADY):
        assert not wrong.search(said(who, Say("confirm", about="confirm")))


@pytest.mark.parametrize("language", READ)
def test_who_takes_up_an_offer_says_so_before_it_tells_what_is_needed(language: str):
    for who in crowd(60, locale=LOCALES[language], manner=STEADY):
        text = said(who, Say("inform", ("order_id",), "offer"))
        assert re.search(TAKES_UP[language], text), text
        assert who.knows["order_id"].lower() in text


@pytest.mark.parametrize("language", READ)
def test_everybody_has_a_day_of_birth_and_may_keep_it(language: str):
    who = customer(locale=LOCALES[language], knows={"name": Source(faker="name")}, goal=Goal(intent="get_refund"))
    assert "date_of_birth" in lacking(who.persona)
