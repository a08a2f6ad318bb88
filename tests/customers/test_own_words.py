"""A folder of a persona's own words: laid over its language's, and told apart from what is none."""

from pathlib import Path

import pytest

from hubbub.customers.mind import Mind
from hubbub.customers.pack import habits_of, pack, tempo_of
from hubbub.customers.population import Population
from hubbub.customers.preview import glimpses
from hubbub.customers.wording import word
from hubbub.errors import SpecError, UsageError
from hubbub.model import Say
from hubbub.specs.persona import load_persona

PERSONA = """\
persona: own
goal: {intent: track_order, tells: [what]}
knows: {what: {phrase: thing}}
manner: {pack: words, typos: 0}
"""


@pytest.fixture
def write(tmp_path: Path):
    def writing(persona: str = PERSONA, **files: str) -> Path:
        (tmp_path / "words").mkdir()
        for name, text in {"pack": "habits: {greets: 1, lower: 1}\n", **files}.items():
            (tmp_path / "words" / f"{name}.yaml").write_text(text)
        (tmp_path / "own.yaml").write_text(persona)
        return tmp_path / "own.yaml"

    return writing


ACTS = "smalltalk: {any: moin}\ndetail: {thing: a zebra^3 | a yak}\naside: {}\n"


def test_its_phrases_are_said_and_all_others_stay(write):
    persona = load_persona(write(acts=ACTS))
    assert {glimpse.texts[0].rstrip(".").lower() for glimpse in glimpses(persona, 1, 30)} == {"moin"}
    own = pack(persona.manner.pack)
    assert own.intents == pack("en").intents
    assert "aside" not in own.acts
    assert {Population([(persona, 1.0)], 1).draw(n).knows["what"] for n in range(40)} == {"a zebra", "a yak"}


def test_it_brings_habits_and_a_tempo(write):
    laws = "read_s_per_char: [0, 0], think_s: [3, 0.5], type_s_per_char: [0.1, 0.4]"
    tempo = f"tempo: {{{laws}, bursts: [1], first_wait_s: 9, wait_s: 9, nudges: 1}}\n"
    persona = load_persona(write(acts=ACTS, pack="habits: {greets: 0.25}\n" + tempo))
    assert habits_of(persona).greets == 0.25
    assert tempo_of(persona).think_s == (3.0, 0.5)


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({"acts": "a: [b"}, "cannot be read"),
        ({"acts": "a: b"}, "expected phrases"),
        ({"acts": "- a"}, "not a mapping"),
        ({"acts": "bye: {any: '[never closed'}\n"}, "never closed"),
        ({"acts": "bye: {any: <nobody>}\n"}, "no rule"),
        ({"acts": f"bye: {{any: '{'[' * 5000}bye{']' * 5000}'}}\n"}, "too deep"),
        (
            {"acts": "bye: {any: bye^99999999999999 | see you}\n"},
            "a weight of 99999999999999, which has more than 7 digits",
        ),
        ({"pack": "habits: {lower: often}"}, "habits.lower"),
        ({"pack": "habit: {}"}, "habit"),
        ({"acts": "bye: {any: x}\n"}, "no phrases 'thing'"),
    ],
)
def test_what_is_wrong_in_it_is_said_before_the_run(write, files: dict[str, str], problem: str):
    persona = load_persona(write(**files))
    with pytest.raises(UsageError, match=problem):
        Population([(persona, 1.0)], 1)


def test_a_pack_that_is_not_there_is_a_mistake_at_its_place(write):
    file = write(PERSONA.replace("words", "nowhere"))
    with pytest.raises(SpecError, match=r"own.yaml:4:16: manner.pack: expected the path of a folder"):
        load_persona(file)


def test_a_phrase_without_a_pack_is_a_mistake(write):
    file = write(PERSONA.replace("manner: {pack: words, typos: 0}\n", ""))
    with pytest.raises(SpecError, match="phrases come from a pack"):
        load_persona(file)


@pytest.mark.parametrize("slot", ["what", "lacking"])
def test_words_for_one_slot_alone_are_its_own_whatever_it_is_called(write, slot: str):
    words = f"smalltalk: {{any: moin}}\ninform: {{+{slot}: 'behold {{{slot}}}'}}\naside: {{}}\npreface: {{}}\n"
    knows = f"goal: {{intent: track_order, tells: [{slot}]}}\nknows: {{{slot}: {{value: zebra}}}}\n"
    persona = load_persona(write(f"persona: own\n{knows}manner: {{pack: words, typos: 0}}\n", acts=words))
    customer = Population([(persona, 1.0)], 1).draw(0)
    assert word(customer, Mind(turn=2, opened=True), Say("inform", (slot,)))[0].lower().rstrip(".") == "behold zebra"
