"""Which of a persona's slots a request asks for: by the pack's synonyms, and by the words of the slot's own name."""

import re
from collections.abc import Iterable

from hubbub.customers.hearing.lexicon import Lexicon

_REMEMBERED = 512  # namings, of each persona


class SlotFinder:
    """Finds slot names in requests. Built once per persona; it remembers which slots a naming stands for."""

    def __init__(self, lexicon: Lexicon, slots: Iterable[str]) -> None:
        self._purpose = lexicon.purpose
        self._purpose_first = lexicon.purpose_first
        starts, ends = (" ", r"(?!\w)") if lexicon.spaced else ("", "")
        named = {slot: _phrases(lexicon, slot) for slot in dict.fromkeys(slots)}
        self._patterns = [(slot, re.compile(rf"{starts}(?:{'|'.join(ps)}){ends}")) for slot, ps in named.items()]
        every = sorted({phrase for phrases in named.values() for phrase in phrases}, key=len, reverse=True)
        self._any = re.compile(rf"{starts}(?:{'|'.join(every)}){ends}") if every else None
        self._meant: dict[str, tuple[str, ...]] = {}

    def asked(self, clause: str) -> list[str]:
        """Slots named in a requesting clause, before it says what they are for."""
        first = self._purpose_first.match(clause)
        if first is not None and " require " not in first.group() and " need " not in first.group():
            clause = clause[first.end() :]
        clause = " " + clause.replace("/", " ").replace("(", " ")
        why = self._purpose.search(clause, 12) if len(clause) > 24 else None
        if why is None:
            return self._named(clause, 0, len(clause))
        return self._named(clause, 0, why.start()) or self._named(clause, why.end(), len(clause))

    def _named(self, clause: str, start: int, end: int) -> list[str]:
        if self._any is None:
            return []
        return [slot for m in self._any.finditer(clause, start, end) for slot in self._slots_of(m, end)]

    def _slots_of(self, naming: re.Match[str], end: int) -> tuple[str, ...]:
        known = self._meant.get(naming.group())
        if known is not None:
            return known
        meant = tuple(
            slot
            for slot, pattern in self._patterns
            if (m := pattern.match(naming.string, naming.start(), end)) is not None and m.end() == naming.end()
        )
        if len(self._meant) < _REMEMBERED:
            self._meant[naming.group()] = meant
        return meant


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


def unowned(lexicon: Lexicon, lacking: Iterable[str], own: Iterable[str]) -> tuple[str, ...]:
    """Of the slots that are lacking those that have phrases, and mean nothing that is owned under another name."""
    owned = {slot.lower() for slot in own}
    return tuple(
        slot for slot in lacking for group in lexicon.slots if slot in group.names and owned.isdisjoint(group.names)
    )
