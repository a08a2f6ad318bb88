"""The agent speaks a customer's language to the end of the conversation, and says all that it says in English."""

import msgspec
import pytest

from hubbub.customers.population import Population
from hubbub.model import Conversation, Record, Turn
from hubbub.reference_agent import brain
from hubbub.reference_agent.knowledge import FACTS, INTENTS, banking, retail, telecom
from hubbub.reference_agent.memory import Memory
from hubbub.reference_agent.phrasings.plain import PLAIN
from hubbub.reference_agent.settings import AgentSettings
from hubbub.reference_agent.tongue import ENGLISH, LANGUAGES, addressed, in_english, tongue
from hubbub.runs.talking import with_reference
from hubbub.tongues import foreign_tongue
from tests.customers.people import shipped

OURS = [name for name, persona in shipped().items() if persona.locale.partition("-")[0] in LANGUAGES]
_AT_LEAST = {intent.name for room in (retail, banking, telecom) for intent in room.INTENTS}


class Looking:
    """Who looks on, and remembers."""

    def __init__(self) -> None:
        self.turns: list[Turn] = []
        self.end: Conversation | None = None

    def said(self, texts: tuple[str, ...], at_s: float) -> None:
        pass

    def record(self, record: Record) -> None:
        if isinstance(record, Turn):
            self.turns.append(record)
        elif isinstance(record, Conversation):
            self.end = record

    def decided(self, step: object) -> None:
        pass


@pytest.mark.parametrize("name", OURS)
def test_a_conversation_is_held_in_the_customers_language_to_its_end(name: str) -> None:
    persona = shipped()[name]
    must = persona.expect.escalation is not None and persona.expect.escalation.decision == "must"
    population, well, foreign = Population([(persona, 1.0)], 11), 0, 0
    for number in range(20):
        looking = Looking()
        with_reference(population.draw(number), looking)
        assert looking.end is not None
        well += looking.end.ending == ("escalated" if must else "resolved")
        foreign += sum(1 for turn in looking.turns if turn.heard is not None and turn.heard.language)
    assert well >= 18
    assert foreign <= 1


def test_the_setting_knows_the_languages_that_there_are() -> None:
    assert msgspec.convert({"languages": LANGUAGES}, AgentSettings).languages == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_is_said_in_english_is_said_in_each_language(language: str) -> None:
    spoken = tongue(language)
    assert spoken.phrasing is not None
    assert spoken.phrasing.sayings.keys() == PLAIN.sayings.keys()
    assert spoken.phrasing.questions.keys() == PLAIN.questions.keys()
    assert spoken.view.keys() >= ENGLISH.view.keys()
    assert spoken.nouns.keys() == ENGLISH.nouns.keys()
    assert _AT_LEAST <= spoken.matters.keys() <= INTENTS.keys()
    assert spoken.facts.keys() == FACTS.keys()
    for name, intent in ((name, INTENTS[name]) for name in spoken.matters):
        assert bool(spoken.matters[name].confirm) == bool(intent.confirm)
        assert bool(spoken.matters[name].in_general) == bool(intent.in_general)
    said = [
        *(way for ways in spoken.phrasing.sayings.values() for way in ways),
        *(m.answers[0] for m in spoken.matters.values()),
    ]
    assert [text for text in said if foreign_tongue(text, language)] == []


def test_the_first_messages_show_which_language_is_meant() -> None:
    assert addressed(Memory(), "hallo, wo ist mein paket", ("fr", "de")).language == "de"
    assert addressed(Memory(), "hi, where is my order", ("fr", "de")).language == ""
    assert addressed(Memory(), "A-12345", ("fr", "de")).language == "fr"
    assert addressed(Memory(turns=1, language="fr"), "wo ist mein paket", ("fr", "de")).language == "de"
    assert addressed(Memory(turns=5, language="fr"), "wo ist mein paket", ("fr", "de")).language == "fr"
    assert addressed(Memory(), "hallo, wo ist mein paket", ()).language == ""


def test_a_message_keeps_its_values_and_loses_words_that_look_english() -> None:
    german = Memory(language="de")
    assert in_english(german, "die war not gut, Bestellnummer A-12345").split() == [",", "order", "A-12345"]
    assert "249.00" in in_english(german, "mir wurden 249,00 EUR abgebucht")
    assert "1234.50" in in_english(german, "es geht um 1.234,50 €")
    assert in_english(Memory(), "the order A-1") == "the order A-1"


def test_a_german_amount_beyond_its_authority_goes_to_a_human() -> None:
    memory = brain.begin(1, "s")
    memory = addressed(memory, "hallo, ich möchte eine abbuchung reklamieren", ("de",))
    memory = brain.answer(memory, "hallo, ich möchte eine abbuchung reklamieren").memory
    decision = brain.answer(memory, "karte endet auf 1234, es geht um 1.249,00 EUR")
    assert decision.escalation is not None
    assert decision.escalation.reason == "authority_limit"


def test_a_word_or_two_that_english_has_too_change_no_language() -> None:
    known = Memory(turns=2, language="de")
    assert addressed(known, "nur so aus interesse, kostet es was", ("de",)).language == "de"
    assert addressed(known, "sorry, could you please tell me the price", ("de",)).language == ""


@pytest.mark.parametrize(
    ("language", "opening", "nod"),
    [
        ("de", "wo ist mein paket A-12345", "ok"),
        ("fr", "où est mon colis A-12345", "d'accord"),
        ("es", "dónde está mi pedido A-12345", "vale"),
    ],
)
def test_a_nod_after_anything_else_is_one_in_every_language(language: str, opening: str, nod: str) -> None:
    memory, kinds = addressed(brain.begin(1, "s"), opening, (language,)), []
    for line in (opening, nod, nod):
        decision = brain.answer(memory, line)
        memory = decision.memory
        kinds.append(decision.kind)
    assert kinds == ["answered", "greeted", "farewell"]
