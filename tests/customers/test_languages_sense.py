"""What a native would not write, no customer writes: registers do not mix, marks fit, nobody looks up its own name."""

import re

import pytest
from msgspec.structs import replace

from hubbub.chance import stream
from hubbub.customers.contacts import UNASKED
from hubbub.customers.customer import Customer, Style
from hubbub.customers.grammar import expand, options_of
from hubbub.customers.hearing import Ear
from hubbub.customers.mind import Mind
from hubbub.customers.pack import pack
from hubbub.customers.population import Population
from hubbub.customers.wording import word
from hubbub.model import Fact, Goal, Manner, Persona, Say, Source
from tests.customers.test_languages import LOCALES, OTHERS, PACKS

OPENED = Mind(turn=2, opened=True)
TO_A_FRIEND = {  # words said to one friend and to no stranger
    "de": r"du|dir|dich|dein\w*|euch|euer\w*",
    "fr": r"tu|te|toi|ton|ta|tes|stp|salut|coucou",
    "es": r"tú|te|ti|contigo|tu|tus|vosotros|vuestr\w+|\w+áis",
    "it": r"tu|ti|te|tuo|tua|ciao|scusa|aspetta",
    "nl": r"je|jij|jou|hoi|hey|ajb",
    "hi": r"karo|batao|dekho|suno|yaar",
}
TO_A_STRANGER = {
    "de": r"Sie|Ihnen|Ihre?\w?",
    "fr": r"vous|votre|vos|svp",
    "es": r"usted|ustedes",
    "it": r"lei|scusi|aspetti",
    "nl": r"u|uw|alstublieft|aub",
    "hi": r"kijiye|bataiye|dijiye|suniye|dekhiye",
}
OWN_NAME_LOOKED_UP = re.compile(
    r"rechnung|zettel|mail:|facture|sous les yeux|courrier|factura|delante|carta|fattura|davanti|lettera|na nota"
    r"|minha frente|factuur|voor me|fakturan|framför mig|bill pe|sms me|invoice|控え|履歴",
    re.IGNORECASE,
)
STATEMENTS = {
    "de": [
        "noch einmal: ich möchte das stornieren",
        "das ist unfair",
        "jemand benutzt mein konto",
        "wie gesagt, es geht",
        "danke, noch einen schönen tag",
    ],
    "fr": [
        "ce que je veux dire: je voudrais un remboursement",
        "c'est pas normal",
        "quelqu'un utilise mon compte",
        "c'est important, je peux pas attendre",
    ],
    "es": [
        "lo que quiero decir: quiero cancelar",
        "eso no es justo",
        "alguien está usando mi cuenta",
        "gracias, qué rápido",
    ],
    "it": ["come dicevo, voglio disdire", "non è giusto", "qualcuno usa il mio account", "può succedere qualcosa"],
    "pt": [
        "como eu disse, quero cancelar",
        "isso não é normal",
        "pode ser",
        "tem que ter um jeito",
        "que bom que deu certo",
    ],
    "nl": ["zoals gezegd, ik wil opzeggen", "dat is niet eerlijk", "iemand gebruikt mijn pas"],
    "sv": ["som sagt, jag vill avbeställa", "det är inte rimligt", "någon använder mitt kort"],
}
QUESTIONS = {
    "de": ["guten tag, wann kommt das paket", "ok, kostet das was", "bist du noch da", "kurze frage: wo ist es"],
    "fr": [
        "bonjour il y a une panne",
        "est-ce que je vais recevoir un mail",
        "il faut combien de jours",
        "je fais quoi",
    ],
    "es": ["buenas tardes cómo lo hago", "y cuándo llega", "eso cuesta algo", "hay alguien"],
    "it": ["buongiorno come faccio", "e quando arriva", "serve altro", "salve c'è qualcuno"],
    "pt": ["bom dia tem como cancelar", "e quando chega", "isso custa algo", "tem alguém"],
    "nl": ["goedemiddag hoe werkt dat", "en wanneer komt het", "kost dat iets", "is er iemand"],
    "sv": ["god kväll hur gör jag", "och när kommer det", "kostar det något", "är någon där"],
}


def crowd(language: str, number: int, register: str = "plain") -> list[Customer]:
    """Customers of a language who know what many know."""
    persona = Persona(
        persona="x",
        locale=LOCALES[language],
        goal=Goal(intent="get_refund"),
        manner=Manner(register=register),  # type: ignore[arg-type]
        knows={"name": Source(faker="name"), "phone": Source(faker="phone_number"), "item": Source(value="Zenit")},
    )
    population = Population(((persona, 1.0),), 5)
    return [population.draw(number_) for number_ in range(number)]


def phrases(language: str, formal: bool) -> str:
    """All that a pack can say, but what an injection says to the machine, as one text."""
    pages = "rules", "acts", "intents", "slots", "facts", "reasons"
    lines = [
        line for page in pages for line in PACKS.joinpath(language, f"{page}.yaml").read_text("utf-8").splitlines()
    ]
    mine = [line for line in lines if not line.startswith(("#", "inject", "  formal:")) and "{canary}" not in line]
    return re.sub(r"~([^~]*)~([^~]*)~", r"\2" if formal else r"\1", "\n".join(mine))


@pytest.mark.parametrize("language", TO_A_FRIEND)
def test_who_is_addressed_formally_is_never_addressed_as_a_friend(language: str):
    assert not re.findall(rf"(?<![\w'])(?:{TO_A_FRIEND[language]})(?!\w)", phrases(language, formal=True))


@pytest.mark.parametrize("language", TO_A_STRANGER)
def test_a_friend_is_never_addressed_formally(language: str):
    assert not re.findall(rf"(?<![\w'])(?:{TO_A_STRANGER[language]})(?!\w)", phrases(language, formal=False))


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("slot", ["name", "phone", "item"])
def test_nobody_looks_up_its_own_name_or_number_or_what_it_bought(language: str, slot: str):
    for who in crowd(language, 150):
        text = " ".join(word(who, OPENED, Say("inform", (slot,))))
        aside = text.partition(who.knows[slot])[0]  # what comes before it; asides come after
        assert not OWN_NAME_LOOKED_UP.search(aside), text


@pytest.mark.parametrize("language", STATEMENTS)
def test_a_statement_ends_without_a_question_mark(language: str):
    assert not [text for text in STATEMENTS[language] if pack(language).question.search(text)]


@pytest.mark.parametrize("language", QUESTIONS)
def test_a_question_ends_with_one(language: str):
    assert not [text for text in QUESTIONS[language] if not pack(language).question.search(text)]


@pytest.mark.parametrize("language", OTHERS)
def test_two_thoughts_in_one_message_are_parted_by_a_mark(language: str):
    assert all(joint.strip() or "\u3000" in joint for joint in pack(language).joints)


@pytest.mark.parametrize("language", OTHERS)
def test_formal_openings_of_one_matter_hardly_repeat(language: str):
    first = Mind(turn=1, opened=True)
    people = crowd(language, 2000, "formal")
    texts = [text for who in people for text in word(who, first, Say("open", (), "card_lost"))]
    assert 1 - len(set(texts)) / len(texts) < 0.02


def test_germans_write_the_names_of_what_they_tell_with_a_capital():
    words = pack("de", True)
    assert words.capitals is not None
    nouns = ["bestellnummer", "auftragsnummer", "kundennummer", "kundennr", "mailadresse", "abbuchungen", "erstattung"]
    assert all(words.capitals.fullmatch(noun) for noun in nouns)


TWO_THINGS = {
    "de": "Ich brauche die Bestellnummer und die Postleitzahl.",
    "fr": "Il me faut le numéro de commande et le code postal.",
    "es": "Necesito el número de pedido y el código postal.",
    "it": "Mi servono il numero d'ordine e il CAP.",
    "pt": "Preciso do número do pedido e do CEP.",
    "nl": "Ik heb het bestelnummer en de postcode nodig.",
    "sv": "Jag behöver ordernumret och postnumret.",
    "ja": "注文番号と郵便番号をお願いします。",
    "hi": "Mujhe order number aur pincode chahiye.",
}


@pytest.mark.parametrize("language", OTHERS)
def test_who_is_asked_for_two_things_in_one_breath_hears_both(language: str):
    heard = Ear(language, {}, ("order_id", "postcode")).hear(TWO_THINGS[language])
    assert (heard.acts, heard.asked) == (("request",), ("order_id", "postcode"))


READ = ("de", "es", "fr", "it", "pt")  # languages whose customers have been read as a native speaker would
STORIES = {  # why a human is needed: the industry, and the customer's own story
    "identity_fraud": ("banking", "own_fraud"),
    "safety": ("retail", "own_harm"),
    "vulnerable": ("banking", "own_trouble"),
}


def plain_writer(who: Customer) -> Customer:
    """The same customer, who mistypes and shortens nothing."""
    return replace(who, style=Style(lower=True, bare=True, unquoted=False, short=False, typos=0.0, bursts=False))


def reasons(who: Customer, trigger: str, times: int) -> list[str]:
    """What a customer says for a human, the first time and each time again, in small letters."""
    about = f"/{trigger}"
    said = [word(who, Mind(turn=2 + n, opened=True, reasons=n), Say("inform", (), about)) for n in range(1, times + 1)]
    return [" ".join(texts).lower() for texts in said]


def told_by(who: Customer, texts: list[str], own: str) -> set[str]:
    """The stories among these texts, of all that the pack has of this kind."""
    phrases = pack(who.language, who.formal).acts["own"][own]
    return {story for story in map(str.strip, map(str, options_of(phrases))) if any(story in text for text in texts)}


@pytest.mark.parametrize("language", READ)
@pytest.mark.parametrize("trigger", STORIES)
def test_a_story_is_told_first_and_never_becomes_another(language: str, trigger: str):
    industry, own = STORIES[trigger]
    persona = Persona(
        persona="x",
        industry=industry,
        locale=LOCALES[language],
        goal=Goal(intent="complaint"),
        manner=Manner(typos=0.0),
    )
    population = Population(((persona, 1.0),), 5)
    told = []
    for number in range(60):
        who = plain_writer(population.draw(number))
        said = reasons(who, trigger, 6)
        assert len(told_by(who, said, own)) == 1, said
        told.append(told_by(who, said[:1], own))
    assert all(told)


@pytest.mark.parametrize("language", READ)
def test_what_is_put_again_is_put_without_the_words_that_open_a_chat(language: str):
    for who in crowd(language, 300):
        text = " ".join(word(who, OPENED, Say("rephrase", (), "get_refund")))
        assert text.count(":") <= 1, text


@pytest.mark.parametrize("language", READ)
def test_nobody_says_sure_before_what_was_not_asked_for(language: str):
    nods = {str(nod).strip() for nod in options_of(pack(language).acts["preface"]["any"])}
    for who in map(plain_writer, crowd(language, 150)):
        first = word(who, OPENED, Say("inform", ("phone",), UNASKED))[0].lower()
        assert re.split(r"[.,] | - |$", first, maxsplit=1)[0] not in nods, first


def test_what_a_german_wants_ends_in_its_verb():
    for intent, phrases in pack("de").intents.items():
        for number in range(100 if "want" in phrases else 0):
            text = expand(phrases["want"], stream(number, intent), dict.fromkeys(("item", "amount", "plan"), "x"))
            assert any(clause.endswith("n") for clause in text.split(", ")), text


def test_french_words_are_drawn_together_before_a_vowel():
    persona = Persona(
        persona="x",
        locale="fr-FR",
        goal=Goal(intent="get_refund", asks=("card_eta",)),
        facts={"card_eta": Fact(days=9)},
    )
    population = Population(((persona, 1.0),), 5)
    for number in range(200):
        text = " ".join(word(population.draw(number), OPENED, Say("claim", (), "card_eta")))
        assert not re.search(r"\b[qQ]ue [aeiouéêh]", text), text
