"""The list of intents that have words of their own is the pack's list."""

import re
from pathlib import Path

from hubbub.customers.pack import pack

LANGUAGES = ("de", "fr", "es", "it", "pt", "nl", "sv", "hi", "ja")
PAGE = Path(__file__).parents[2] / "docs" / "personas.md"


def test_the_intents_with_words_of_their_own_are_listed():
    listed = PAGE.read_text(encoding="utf-8").partition("<!-- intents:")[2].partition("<!-- end of intents")[0]
    known = pack("en").intents.keys() - {"_any"}
    assert set(re.findall(r"`(\w+)`", listed)) == known
    assert all(len(known & pack(language).intents.keys()) >= 17 for language in LANGUAGES)
