"""The choices that a reply offers: options with what is typed for each, in order. Steps, facts and forms are none."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from msgspec import Struct

from hubbub.customers.hearing.memory import Memory
from hubbub.model import Choice, Leads

_EXAMINED_CHARS = 1500  # a menu is no longer; a longer text is one only in what it ends with
_LABEL_CHARS, _LABEL_WORDS = 60, 9  # what is longer is a sentence
_REMEMBERED = 512  # replies, of each language
_TITLE_CHARS = 40
_MOST = 20  # more are a catalogue
_KEYCAP = re.compile(r"([0-9])\ufe0f?\u20e3[ .):-]*")
_LINE_TAG = re.compile(r"<(?:br|/p|/li|/div|li)\b[^<>]{0,200}>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,400}>")
_BOLD = re.compile(r"\*+|`+|__|~~")
_BULLET = re.compile(r"[-•·◦▪‣>+–—]\s+|[•·◦▪‣]")
_KEYS = ("[0-9]{1,2}", "[A-Z]{2,12}", "[A-Z]")  # a menu has keys of one kind
_KEY = r"[0-9]{1,2}|[A-Za-z]"
_KEYED = re.compile(rf"[\[(]?({_KEY})(?:[\])][.):]?\s*|[.):：、]\s*|\s*=\s*|\s+[-–—=]+>?\s+)(\S.*)")
_BARE_KEYED = re.compile(r"([0-9]{1,2}) +([^\W\d].*)")
_IN_LINE = re.compile(
    r"(?:(?<=\s)|(?<=[:：,;(、])|^)[\[(]?([0-9]{1,2}|[A-H](?=\)))(?:[\])][.):]?\s*|[.:]\s+|\s*=\s*|\s+-+\s+|\s+)(?=[^\W\d]|[\"'])"
)
_BEFORE_KEYS = ".:?!：？。"
_BRACKETED = re.compile(r"\[([^\[\]\n]{1,40})\](?!\()")
_QUOTED = re.compile(r'"([^"\n]{1,30})"')
_SENTENCE = re.compile(r"[.!?] ")
_SENTENCE_END = re.compile(r"[.!?:：。？！\n]")
_TRIMMED = " \t.,;:\"'“”、。-–—"
_TOLD_MARKS = (".", "!", ":", ",", ";", "。")
_WORD = re.compile(r"[^\W_]+")
_SIGN = re.compile(r"^[^\w\"'(£$€¥]+|[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f]+$")


class MenuWords(Struct, frozen=True):
    """How agents of one language offer choices, and what options are called that stand in any menu."""

    press: str  # words that ask for a key: press, reply with
    leads: str  # words between a key and what it is for
    joins: str  # or, and
    chooses: re.Pattern[str]  # what stands before or behind options
    lists: re.Pattern[str]  # what stands before steps, facts and what is asked for; `chooses` outweighs it
    which: re.Pattern[str]  # asks for one of them, whatever they look like
    addressed: re.Pattern[str]  # in an item: it is said to the customer, who would not say so itself
    kinds: tuple[tuple[Leads, re.Pattern[str]], ...]  # of labels, first match counts


class Menus:
    """Hears choices in one language. What it remembers changes no answer."""

    def __init__(self, words: MenuWords) -> None:
        self._words = words
        self._known: Memory[tuple[Choice, ...]] = Memory(_REMEMBERED)
        self._leads = re.compile(rf"^(?:{words.leads})\s+(?=\w)")
        self._press = re.compile(rf"\b(?:{words.press})\b", re.IGNORECASE)
        self._asks = re.compile(rf"[ \n(](?:{words.press})[ :\n]")
        self._ways = [(re.compile(rf"\b{key}\b"), _forward(words, key), _backward(words, key)) for key in _KEYS]
        between = r"\s*(?:,?\s*(?:\w{1,3}|-|–|/)\s*)"
        self._keys = re.compile(
            rf"\b(?i:{words.press})\b(?: [^\W\d]{{1,7}}){{0,4}} ?(?<!between )"
            rf"([0-9](?:\s*,\s*[0-9])*){between}([0-9])\b(?![:%]|[.,]\d)"
        )

    def choices(self, text: str) -> tuple[Choice, ...]:
        """The options of a reply; empty where it offers none. One of which only the key is told has no label."""
        known = self._known.get(text)
        if known is None:
            known = self._read(text)
            self._known.note(text, known)
        return known

    def _read(self, text: str) -> tuple[Choice, ...]:
        shown = _shown(text)
        found = self._in_lines(shown) if "\n" in shown else []
        asks = not found and self._asks.search(f" {shown.lower()} ") is not None
        if asks:
            found = self._pressed(shown)
        if not found and ("1" in shown or "A)" in shown):
            found = self._in_line(shown)
        if not found:
            found = self._named(shown)
        if asks and not found:
            found = self._only_keys(shown)
        if len(found) > _MOST or not all(choice.label or choice.key for choice in found):
            return ()
        return tuple(found)

    def heading(self, text: str) -> str:
        """What stands before the options of a reply that has some."""
        shown = _shown(text)
        labels = [choice.label for choice in self.choices(text) if choice.label]
        at = shown.find(labels[0]) if labels else -1
        return shown[:at].rstrip("0123456789.)-•*([ \t") if at > 0 else shown

    # -- one option a line ---------------------------------------------------------------------------------------------

    def _in_lines(self, shown: str) -> list[Choice]:
        lines = [line.strip() for line in shown.split("\n") if line.strip()]
        if len(lines) < 2 or not self._may_ask(shown):
            return []
        bulleted = any(_BULLET.match(line) for line in lines)
        for split in (_keyed, _keyed_by_space, _bulleted if bulleted else _titled):
            start, items = _run([split(line) for line in lines], bulleted=bulleted)
            if len(items) < 2 or not self._offers(lines, start, len(items), items):
                continue
            return [self._choice(key, label) for key, label in items]
        return []

    def _may_ask(self, shown: str) -> bool:
        """Whether there is any need to look: most lists neither ask to choose nor ask at all, nor are numbered."""
        return "?" in shown or "1" in shown or "？" in shown or self._words.chooses.search(shown) is not None

    def _offers(self, lines: list[str], start: int, count: int, items: list[tuple[str, str]]) -> bool:
        """Whether lines are options: what stands round them asks to choose, and none of them is a sentence."""
        before = _last_sentence(lines[start - 1]) if start else ""
        behind = " ".join(lines[start + count :])
        keyed = bool(items[0][0])
        named = sum(": " in label for _, label in items) > len(items) // 2
        if named and not keyed and not self._words.which.search(behind):
            return False  # what is what, and nothing to choose from
        if any(self._told(label) for _, label in items) or len(behind) > 200:
            return False
        if self._words.chooses.search(before) or (behind and self._words.chooses.search(behind)):
            return True
        if self._words.lists.search(before):
            return False
        if before.endswith(("?", "？")):
            return not behind
        kinds = sum(bool(self._kind(label)) for _, label in items)
        return keyed and not behind and (kinds > 0 or not before)

    def _told(self, label: str) -> bool:
        """Whether an item is no name of something to choose: a sentence, or a question put to the customer."""
        if len(label) > _LABEL_CHARS or len(_WORD.findall(label)) > _LABEL_WORDS:
            return True
        if label.endswith("?"):
            return self._words.addressed.search(label) is not None
        return label.endswith(_TOLD_MARKS) and len(_WORD.findall(label)) > 2

    # -- all in one line -----------------------------------------------------------------------------------------------

    def _pressed(self, shown: str) -> list[Choice]:
        """Reply 1 for orders, 2 for billing; for orders, press 1."""
        ways: list[list[tuple[str, str]]] = [[]]
        for stands, forward, backward in self._ways:
            if stands.search(shown) is not None:
                ways.append(self._after_press(list(forward.finditer(shown))))
                ways.append([(m[2], m[1]) for m in backward.finditer(shown)])
        found = max(ways, key=len)
        keys = [key for key, _ in found]
        if len(set(keys)) < len(keys) or (len(keys) == 1 and keys[0].isdigit() and len(keys[0]) > 1):
            return []
        return [self._choice(key, label) for key, label in found]

    def _after_press(self, marks: list[re.Match[str]]) -> list[tuple[str, str]]:
        if not marks or self._press.match(marks[0].group()) is None:
            return []
        return [(m[1], m[2]) for m in marks]

    def _in_line(self, shown: str) -> list[Choice]:
        """1. Orders 2. Returns, or A) Orders B) Returns: keys that count up from the first."""
        marks = list(_IN_LINE.finditer(shown))
        if not marks or marks[0][1] not in ("1", "A") or _in_a_sentence(marks[0]):
            return []
        run = marks[:1]
        for mark in marks[1:]:
            if _follows(run[-1][1], mark[1]):
                run.append(mark)
        if len(run) < 2 or "\n" in shown[run[0].end() : run[-1].end()]:
            return []
        ends = [m.start() for m in run[1:]]
        last = _SENTENCE_END.search(shown, run[-1].end())
        labels = [
            shown[m.end() : end] for m, end in zip(run, [*ends, last.start() if last else len(shown)], strict=True)
        ]
        if any(self._told(label.strip(_TRIMMED)) or _SENTENCE.search(label.strip()) for label in labels):
            return []
        before, behind = shown[: run[0].start()], shown[last.start() :] if last else ""
        if not (self._words.chooses.search(before) or self._words.chooses.search(behind)):
            if self._words.lists.search(before):
                return []
            if "?" not in behind and (before.strip() or not any(self._kind(_clean(label)) for label in labels)):
                return []
        return [self._choice(m[1], label) for m, label in zip(run, labels, strict=True)]

    def _named(self, shown: str) -> list[Choice]:
        """[Orders] [Returns], Orders | Returns, 9:00 / 9:30, "orders" or "returns"."""
        found = _BRACKETED.findall(shown)
        if len(found) > 1:
            return [self._choice("", label) for label in found]
        line = shown.rpartition("\n")[2] if "|" in shown.rpartition("\n")[2] else shown
        for mark in (" | ", " / "):
            if mark in line and not line.startswith("|"):
                labels = line.split(mark)
                before, _, first = _parted(labels[0])
                last = _SENTENCE_END.split(labels[-1].strip())[0] if mark == " / " else labels[-1]
                asks = self._words.chooses.search(before) or "?" in before or (mark == " | " and not before)
                if asks and not any(self._told(label.strip(_TRIMMED)) for label in (first, *labels[1:-1], last)):
                    return [self._choice("", label) for label in (first, *labels[1:-1], last)]
        quoted = _QUOTED.findall(shown)
        if len(quoted) > 1 and self._press.search(shown):
            return [self._choice("", label) for label in quoted]
        return []

    def _only_keys(self, shown: str) -> list[Choice]:
        """Please reply with 1, 2 or 3: which they are stood in an earlier reply."""
        found = self._keys.search(shown)
        if found is None:
            return []
        told = [int(key) for key in re.findall("[0-9]", found[1])] + [int(found[2])]
        keys: Iterable[int] = told if len(told) > 2 or "or" in found[0] else range(told[0], told[-1] + 1)
        return [Choice("", str(key)) for key in keys]

    def _choice(self, key: str, label: str) -> Choice:
        label = self._leads.sub("", _clean(label))
        return Choice(label, key, self._kind(label) or (self._kind(key) if key.isalpha() else ""))

    def _kind(self, label: str) -> Leads:
        low = label.lower()
        return next((kind for kind, pattern in self._words.kinds if pattern.search(low)), "")


def _in_a_sentence(mark: re.Match[str]) -> bool:
    """Whether what looks like a key, with no mark of its own, is a number that a sentence tells: packed on 1 May."""
    before = mark.string[: mark.start()].rstrip()
    return not mark.group().strip("0123456789 ") and bool(before) and before[-1] not in _BEFORE_KEYS


def _forward(words: MenuWords, key: str) -> re.Pattern[str]:
    """Reply 1 for orders, 2 for billing: the first has the word that asks for a key, the others may."""
    press, joins = rf"\b(?i:{words.press}):?\s+", rf"\b(?i:{words.joins})\s+"
    named = rf"(?:number |option |key )?[\"'(]?({key})[\"')]?"
    ends = rf"(?=\s*(?:[,;.?!)\n]|$|{joins}(?:{press})?[\"']?(?:{key})\b))"
    leads = rf"\s*(?:(?i:{words.leads})\s+|=\s*|-+\s+)"
    first = rf"(?:{press}|(?<=[,;.:(\n])\s*|{joins})"
    return re.compile(rf"{first}{named}{leads}([^,;.?!\n]{{2,60}}?){ends}")


def _backward(words: MenuWords, key: str) -> re.Pattern[str]:
    """For orders, press 1."""
    press = rf"(?i:please\s+)?(?i:{words.press})\s+(?:number |option |key )?[\"']?({key})[\"']?(?=\W|$)"
    return re.compile(rf"(?:^|[,;.:?!]\s*|\s)(?i:{words.leads})\s+([^,;.?!\n]{{2,60}}?),?\s+{press}", re.MULTILINE)


def _shown(text: str) -> str:
    """The reply as lines that a customer sees, without mark-up, but with its bullets and numbers."""
    if len(text) > _EXAMINED_CHARS:
        text = text[-_EXAMINED_CHARS:]
    if "<" in text:
        text = _TAG.sub("", _LINE_TAG.sub("\n", text))
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _KEYCAP.sub(r"\1. ", text).replace("’", "'"))
    return _BOLD.sub("", text).strip()


def _keyed(line: str) -> tuple[str, str] | None:
    bullet = _BULLET.match(line)
    found = _KEYED.fullmatch(line[bullet.end() :] if bullet else line)
    return (found[1], found[2]) if found is not None else None


def _keyed_by_space(line: str) -> tuple[str, str] | None:
    found = _BARE_KEYED.fullmatch(line)
    return (found[1], found[2]) if found is not None else None


def _bulleted(line: str) -> tuple[str, str] | None:
    bullet = _BULLET.match(line)
    return ("", line[bullet.end() :].strip()) if bullet else None


def _titled(line: str) -> tuple[str, str] | None:
    """A line as the title of a button, unless it is a table's or a sentence."""
    if line.startswith("|") or len(line) > _TITLE_CHARS or line.endswith(_TOLD_MARKS) or not _WORD.search(line):
        return None
    return ("", line)


def _run(items: list[tuple[str, str] | None], *, bulleted: bool) -> tuple[int, list[tuple[str, str]]]:
    """Where the last unbroken run of items starts, and the run."""
    end = len(items)
    while end and items[end - 1] is None:
        end -= 1
    start = end
    while start and items[start - 1] is not None:
        start -= 1
    run = [item for item in items[start:end] if item is not None]
    if (
        run and not bulleted and not run[0][0] and run[0][1].endswith(("?", "？"))
    ):  # what is asked, and none of the answers
        start, run = start + 1, run[1:]
    if run and run[0][0] and not _counts([key for key, _ in run]):
        return start, []
    return start, run


def _counts(keys: list[str]) -> bool:
    """Whether keys count up, but for a last one such as 0."""
    return len(set(keys)) == len(keys) and all(_follows(a, b) for a, b in pairwise(keys))


def _follows(key: str, after: str) -> bool:
    if key.isdigit() and after.isdigit():
        return int(after) == int(key) + 1 or int(after) in (0, 9, 99)
    return len(key) == len(after) == 1 and ord(after.lower()) == ord(key.lower()) + 1


def _last_sentence(line: str) -> str:
    """The last sentence of a line, with its mark."""
    ends = [m.end() for m in re.finditer(r"[.!?。？！](?=\s)", line)]
    return line[ends[-1] :].strip() if ends else line


def _parted(text: str) -> tuple[str, str, str]:
    """What stands before the first option of a list, and that option."""
    ends = [m.end() for m in re.finditer(r"[:?!.：？](?=\s)", text)]
    return (text[: ends[-1]], "", text[ends[-1] :]) if ends else ("", "", text)


def _clean(label: str) -> str:
    """A label without quotes, pictures and the marks of its list."""
    label = _SIGN.sub("", label.strip()).strip(_TRIMMED)
    for joint in (" or", " and", ", or"):
        label = label.removesuffix(joint)
    label = label.strip(_TRIMMED)
    return label if label.count("(") == label.count(")") else label.strip("()")
