"""What a customer's message is for, by its words."""

import pytest

from hubbub.learning.purposes import purpose_of


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        ("hi there", "greet"),
        ("good morning sir", "greet"),
        ("ok sure", "affirm"),
        ("yes please", "affirm"),
        ("no thanks", "negate"),
        ("nothing else thank you", "negate"),
        ("that's all", "negate"),
        ("thank you so much for your help", "thank"),
        ("ok thanks", "thank"),
        ("bye", "bye"),
        ("have a nice day", "bye"),
        ("are you there", "nudge"),
        ("can i talk to a human", "ask_human"),
        ("where is my order", "detail"),
        ("no i ordered the blue one last week", "detail"),
    ],
)
def test_a_purpose_is_seen(text: str, purpose: str):
    assert purpose_of(text, (), opened=True) == purpose


PURPOSES = ["greet", "affirm", "negate", "thank", "bye", "nudge", "ask_human", "detail"]


@pytest.mark.parametrize(
    "said",
    [
        ("de", "Guten Tag", "ja bitte", "nein danke", "vielen Dank für Ihre Hilfe", "schönen Tag noch", "noch da?",
         "ich will mit einem Menschen sprechen", "die Jacke passt nicht"),
        ("fr", "bonjour", "oui c'est ça", "non c'est tout", "merci beaucoup pour votre aide", "bonne journée",
         "vous êtes là ?", "je veux parler à une vraie personne", "mon colis est perdu"),
        ("es", "buenos días", "sí, claro", "no, nada más", "muchas gracias por su ayuda", "hasta luego",
         "¿sigue ahí?", "quiero hablar con una persona", "mi pedido no llega"),
        ("pt", "bom dia", "sim, pode ser", "não, só isso", "muito obrigada pela ajuda", "até logo", "você está aí",
         "quero falar com um atendente", "meu pedido não chegou"),
        ("it", "buongiorno", "sì, va bene", "no, è tutto", "grazie mille per l'aiuto", "arrivederci", "c'è qualcuno",
         "vorrei parlare con un operatore", "il pacco non arriva"),
        ("sv", "hej", "ja, det stämmer", "nej, det var allt", "tack så mycket för hjälpen", "ha en bra dag",
         "är du kvar", "jag vill prata med en människa", "paketet kom aldrig"),
        ("nl", "goedemiddag", "ja, dat klopt", "nee, dat was alles", "hartelijk dank voor uw hulp", "fijne dag",
         "bent u er nog", "ik wil met een medewerker spreken", "mijn pakket is kwijt"),
        ("hi", "namaste", "haan ji", "bas itna hi", "bahut shukriya", "alvida", "koi hai",
         "kisi insaan se baat karni hai", "mera order nahi aaya"),
    ],
)  # fmt: skip
def test_a_purpose_is_seen_in_other_languages(said: tuple[str, ...]):
    language, *texts = said
    assert [purpose_of(text, (), opened=True, language=language) for text in texts] == PURPOSES


def test_what_holds_a_value_tells_it():
    assert purpose_of("ok {code_6}", ("code_6",), opened=True) == "told"
    assert purpose_of("my name is {name}", ("name",), opened=True) == "told"
