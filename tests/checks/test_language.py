"""A reply in another language is found in six words; a foreign name, a short word or a quotation is not one."""

import pytest

from hubbub.checks.language import wrong_language
from hubbub.tongues import foreign_tongue
from tests.checks.telling import a_persona, fails, said, story

OF = {
    "en": "I am sorry to hear that. What is the order number, and what would you like me to do?",
    "de": "Das tut mir leid. Können Sie mir bitte die Bestellnummer nennen, damit ich Ihnen helfen kann?",
    "fr": "Je suis désolé. Pouvez-vous me donner le numéro de la commande pour que je vérifie, s'il vous plaît ?",
    "es": "Lo siento mucho. ¿Me puede dar el número de su pedido para que lo revise, por favor?",
    "pt": "Sinto muito. Você pode me dar o número do seu pedido para que eu verifique, por favor?",
    "it": "Mi dispiace. Può darmi il numero del suo ordine per favore, così che possiamo verificare?",
    "sv": "Jag är ledsen för det. Kan du ge mig ditt ordernummer så att vi kan hjälpa dig?",
    "nl": "Het spijt me. Kunt u mij uw bestelnummer geven, zodat ik het voor u kan nakijken? Dank u.",
    "ja": "申し訳ございません。注文番号を教えていただけますか。",
}


@pytest.mark.parametrize("own", OF)
@pytest.mark.parametrize("other", OF)
def test_every_language_is_told_from_every_other(own: str, other: str) -> None:
    assert (foreign_tongue(OF[other], own) != "") == (own != other)


@pytest.mark.parametrize(
    "reply",
    [
        "OK.",
        "Merci beaucoup!",
        "Your order goes to Rue de la Paix 12, Paris, and arrives in 3 days.",
        "The subject says 'Wo ist meine Bestellung', so I searched for it in your orders.",
        "A-12345 B-23456 C-34567",
        "I found: Crème brûlée set, Café au lait mug. Which of them is broken?",
        "\u7e41 = traditional, which is what the label on your parcel says.",
    ],
)
def test_english_with_something_foreign_in_it_is_english(reply: str) -> None:
    assert fails(wrong_language, story(said("a", reply))) == []


def test_the_reply_in_another_language_is_the_one_found() -> None:
    told = story(said("a", OF["en"]), said("b", OF["es"]))
    assert fails(wrong_language, told) == [2]
    assert fails(wrong_language, story(said("a", OF["de"]), persona=a_persona(locale="de-DE"))) == []


def test_who_writes_two_languages_is_answered_in_either() -> None:
    hindi = a_persona(locale="hi-IN")
    assert fails(wrong_language, story(said("a", OF["en"]), persona=hindi)) == []
    assert fails(wrong_language, story(said("a", OF["fr"]), persona=hindi)) == [1]


def test_a_paragraph_in_another_language_counts_beside_one_in_the_customers_own() -> None:
    mixed = f"{OF['en']}\n{OF['de']}"
    assert fails(wrong_language, story(said("hi", mixed))) == [1]
    assert fails(wrong_language, story(said("hi", f"{OF['en']}\nDie Lampe, bitte!"))) == []
