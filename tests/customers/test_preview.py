from hubbub.customers.preview import glimpses
from hubbub.model import Goal, Manner
from tests.customers.people import persona

SAYS = ("I broke my leg", "I cannot train")


def test_a_preview_shows_what_everybody_came_for_behind_the_greeting():
    kind = persona(goal=Goal(intent="freeze", says=SAYS), manner=Manner(typos=0))
    seen = tuple(glimpses(kind, 1, 40))
    assert all(any(way.lower() in " ".join(one.texts).lower() for way in SAYS) for one in seen)
    assert any(len(one.texts) > 1 for one in seen)
