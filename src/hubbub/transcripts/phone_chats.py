"""What WhatsApp exports of a chat: lines with time, name and words, cut into conversations where it was silent."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from hubbub.transcripts.moments import day_comes_first, moment

APART_S = 12 * 3600.0  # who writes after so long begins another conversation
_MARKS = "\u200e\u200f\u202a\u202c"  # of direction; they stand before what the program itself put there
_LINE = re.compile(
    rf"[{_MARKS}]?\[?(?P<day>\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{2,4}}),? (?P<clock>\d{{1,2}}[:.]\d\d(?:[:.]\d\d)?"
    r"(?:[ \u202f\u00a0]?[AaPp]\.?[Mm]\.?)?)(?:\] | - )(?P<rest>.*)"
)
_SAID = re.compile(r"(?P<who>[^:]{1,60}): (?P<text>.*)", re.DOTALL)
_BEGINS = re.compile(r"end-to-end|ende-zu-ende|extremo a extremo|bout en bout|end-to-end|ponta a ponta", re.IGNORECASE)
_NO_WORDS = re.compile(r"<[^<>]{3,40}>|.{1,80}\((?:file attached|Datei angehängt|archivo adjunto|fichier joint)\)")
_TELLING = 3  # lines of a chat, and chats, that show what they are
_LOOKED_AT = 40  # lines
_MOSTLY = 0.6  # of the chats, in which whoever answers them speaks


def is_phone_chat(text: str) -> bool:
    """Whether a text is such an export."""
    first = text.split("\n", _LOOKED_AT)[:_LOOKED_AT]
    return sum(_LINE.match(line) is not None for line in first) >= min(_TELLING, len([x for x in first if x.strip()]))


def messages_exported(text: str, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each message with its line: conversation, time, sender and text. `name` is the chat's."""
    found = list(_entries(text))
    day_first = day_comes_first(at for _, at, _ in found)
    number, before = 1, None
    for line, at, rest in found:
        said = _SAID.fullmatch(rest)
        if said is None or said["text"][:1] in _MARKS or _NO_WORDS.fullmatch(said["text"].strip()):
            number += before is not None and _BEGINS.search(rest) is not None
            before = None if _BEGINS.search(rest) else before
            continue
        now = moment(at, day_first)
        if isinstance(now, float):
            number += before is not None and now - before > APART_S
            before = now
        yield line, {"conversation": f"{name}-{number}", "time": at, "sender": said["who"].strip(_MARKS + "~ \u202f"),
                     "text": said["text"].strip()}  # fmt: skip


def _entries(text: str) -> Iterator[tuple[int, str, str]]:
    """Line, time and the rest of each entry; a line without a time goes on with the one before."""
    entry: tuple[int, str, list[str]] | None = None
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        begun = _LINE.fullmatch(line)
        if begun is None:
            if entry is not None:
                entry[2].append(line)
            continue
        if entry is not None:
            yield entry[0], entry[1], "\n".join(entry[2])
        clock = begun["clock"].replace("\u202f", " ").replace("\u00a0", " ")
        entry = (number, f"{begun['day']} {clock}", [begun["rest"]])
    if entry is not None:
        yield entry[0], entry[1], "\n".join(entry[2])


def who_answers(rows: Sequence[tuple[str, str]]) -> str:
    """Who speaks in most of the chats, given conversation and sender of each message; nobody, where it is not clear."""
    senders: dict[str, set[str]] = {}
    for conversation, sender in rows:
        senders.setdefault(conversation, set()).add(sender)
    spoke = Counter(sender for there in senders.values() for sender in there).most_common(2)
    clear = len(senders) >= _TELLING and len(spoke) > 1 and spoke[0][1] > 2 * spoke[1][1]
    return spoke[0][0] if clear and spoke[0][1] >= _MOSTLY * len(senders) else ""
