"""How well replies in each language are understood, held against its labelled corpus; and values as it writes them."""

from typing import get_args

import pytest

from benchmarks.tongues import PAGE, PARTS, figures, languages, load, score
from hubbub.customers.hearing import Ear
from hubbub.model import AgentAct, Claim

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
    ("es", "Cuesta 1.234,56 €.", "money", 1234.56, 1234.56),
    ("es", "El reembolso tarda de 3 a 5 días hábiles.", "days", 3, 5),
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
