"""Which of a persona's slots a request asks for: by the pack's synonyms, and by the words of the slot's own name."""

import re
from collections.abc import Iterable

from hubbub.customers.hearing.lexicon import Lexicon


class SlotFinder:
    """Finds slot names in requests. Built once per persona."""

    def __init__(self, lexicon: Lexicon, slots: Iterable[str]) -> None:
        self._purpose = lexicon.purpose
        self._patterns = [
            (slot, re.compile(rf"(?<![\w-])(?:{'|'.join(_phrases(lexicon, slot))})(?!\w)")) for slot in dict.fromkeys(slots)
        ]
        every = [phrase for slot in dict.fromkeys(slots) for phrase in _phrases(lexicon, slot)]
        self._any = re.compile(rf"(?<![\w-])(?:{'|'.join(every)})(?!\w)") if every else None

    def asked(self, clause: str) -> list[str]:
        """Slots named in a requesting clause, before it says what they are for."""
        why = self._purpose.search(clause, 12) if len(clause) > 24 else None
        scope = clause[: why.start()] if why is not None else clause
        if self._any is None or (self._any.search(scope) is None and self._any.search(scope := clause) is None):
            return []
        return [slot for slot, pattern in self._patterns if pattern.search(scope) is not None]


def _phrases(lexicon: Lexicon, slot: str) -> list[str]:
    """Regular expressions that name the slot."""
    name = slot.lower()
    words = [w for w in re.split(r"[\W_]+", name) if w]
    phrases = [phrase for group in lexicon.slots if name in group.names for phrase in group.phrases]
    if not words:
        return phrases or [re.escape(name)]
    phrases.append(r"[ -]".join(re.escape(w) for w in words) + "s?")
    suffixes = lexicon.generic_suffixes.get(words[-1], ())
    if len(words) > 1 and suffixes:
        stem = r"[ -]".join(re.escape(w) for w in words[:-1])
        phrases.append(rf"{stem} (?:{'|'.join(suffixes)})")
    return phrases
