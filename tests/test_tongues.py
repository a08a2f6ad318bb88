"""Claims about the language of a reply: told where it is clear, and silent where it is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.customers.hearing import Ear
from hubbub.tongues import LITTLE_WORDS, _is_own, foreign_tongue, tongue_of

SAID = {
    "en": "Thank you for your patience, the parcel will be with you on Friday and we have sent you the link.",
    "de": "Vielen Dank für Ihre Geduld, das Paket ist am Freitag bei Ihnen und wir haben Ihnen den Link geschickt.",
    "fr": "Merci pour votre patience, le colis sera chez vous vendredi et nous vous avons envoyé le lien.",
    "es": "Gracias por su paciencia, el paquete le llegará el viernes y ya le hemos enviado el enlace.",
    "pt": "Obrigado pela sua paciência, a encomenda chega na sexta-feira e já lhe enviamos o link para a devolução.",
    "it": "Grazie per la pazienza, il pacco arriva venerdì e le abbiamo inviato il link per il reso con una mail.",
    "sv": "Tack för ditt tålamod, paketet kommer till dig på fredag och vi har skickat länken som du bad om.",
    "nl": "Bedankt voor uw geduld, het pakket is vrijdag bij u en wij hebben u de link met een mail gestuurd.",
    "ja": "お待たせしました。ご注文の商品は金曜日に届きます。",
    "hi": "धन्यवाद, आपका पार्सल शुक्रवार तक पहुँच जाएगा।",
}


@pytest.mark.parametrize("language", sorted(SAID))
def test_running_text_tells_its_language(language: str) -> None:
    assert tongue_of(SAID[language]) == language


@pytest.mark.parametrize("language", sorted(SAID.keys() - {"en"}))
def test_a_reply_in_another_language_is_heard_as_such(language: str) -> None:
    assert Ear("en-US", {}, ()).hear(SAID[language]).language == language


@pytest.mark.parametrize("language", sorted(SAID))
def test_nobody_finds_their_own_language_foreign(language: str) -> None:
    assert foreign_tongue(SAID[language], language) == ""


def test_a_german_customer_finds_english_foreign() -> None:
    assert foreign_tongue(SAID["en"], "de") == "en"


@pytest.mark.parametrize("text", ["", "ok", "No.", "Bonjour !", "Pizza Napoli", "A-48213", "👍 👍", "Sí, claro."])
def test_short_texts_tell_nothing(text: str) -> None:
    assert tongue_of(text) == ""
    assert Ear("en", {}, ()).hear(text).language == ""


def test_a_foreign_name_or_a_quoted_phrase_makes_no_reply_foreign() -> None:
    ear = Ear("en", {}, ())
    assert ear.hear("Your table at La Casa de los Abuelos is booked for 8 pm.").language == ""
    assert ear.hear("The label says 'nicht stürzen', which is German for do not drop.").language == ""


def test_hindi_customers_mix_english_and_find_it_not_foreign() -> None:
    assert foreign_tongue(SAID["en"], "hi") == ""


def test_japanese_is_not_foreign_to_the_japanese_when_it_has_few_kana() -> None:
    assert foreign_tongue("株式会社東京電力配送状況確認中", "ja") == ""


def test_a_long_text_costs_no_more_than_its_beginning() -> None:
    assert tongue_of(SAID["fr"] * 8 + "the and you your is are " * 5000) == "fr"


@given(
    st.lists(st.sampled_from(["the", "to", "parcel", "x", ".", ". ", " ", "\n", "\u00a0", "you. ", "e.g. "])).map(
        "".join
    )
)
def test_counting_a_text_by_its_parts_tells_what_counting_it_whole_does(text: str) -> None:
    words = text.split()
    assert _is_own(text, "en") == (len([word for word in words if word in LITTLE_WORDS["en"]]) * 4 >= len(words))
