"""Names in Japanese, where nothing stands between words: by lists, by what follows them, and by who said them."""

import re
from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from unicodedata import normalize

_SIGNS = r"[\u3400-\u9fff\u3005\u30a1-\u30fa\u30fc]"  # kanji and katakana
_STATED = re.compile(
    rf"(?P<name>{_SIGNS}{{2,10}}(?:[ \u3000]{_SIGNS}{{1,6}})?)(?=と申し|と言い|といい)|"
    rf"(?:名前|氏名|名義)(?:は|：|:) ?(?P<after>{_SIGNS}{{2,10}}(?:[ \u3000]{_SIGNS}{{1,6}})?)|"
    rf"(?P<addressed>{_SIGNS}{{2,6}})(?:様|さん|さま)(?!方)"
)
_JOINT = re.compile(r"(?<=[!-~])(?=[\u3041-\u9fff])|(?<=[\u3041-\u9fff])(?=[!-~])")
_NOBODY = re.compile(r"^(?:お客|皆|担当者?|業者|管理人?|店員|係|隣|大家|子供|奥|旦那|お姉|お兄)$")
_ASKS_NAME = re.compile(r"お?名前|ご?氏名|お名義")
_ANSWER = re.compile(
    rf"^\s*(?P<name>{_SIGNS}{{1,6}}[ \u3000]?{_SIGNS}{{1,6}})(?:です|と申します|といいます|。|、|\s)*$"
)


def set_apart(text: str) -> str:
    """The text with a space round what is written in Latin letters and digits: `K-1です` as `K-1 です`."""
    return _JOINT.sub(" ", normalize("NFKC", text))


def stated(asked: str, text: str) -> set[str]:
    """The names that a customer says are its own, or that somebody is addressed by."""
    found = {name for match in _STATED.finditer(text) for name in match.groups() if name and not _NOBODY.match(name)}
    answer = _ANSWER.match(text) if _ASKS_NAME.search(asked) else None
    return found | ({answer["name"]} if answer else set())


def without_names(text: str, people: Iterable[str], take: Callable[[re.Match[str]], str]) -> str:
    """The text with each name taken out: listed ones, and those of `people`."""
    own = sorted({*people, *stated("", text)}, key=lambda name: (-len(name), name))
    signs = [re.escape(name) for name in own if len(name) > 1 and re.search(_SIGNS, name)]
    return re.sub("|".join((*signs, _listed())), take, text)


@cache
def _listed() -> str:
    provider = import_module("faker.providers.person.ja_JP").Provider
    last = sorted({str(name) for name in provider.last_names}, key=lambda name: (-len(name), name))
    pairs = (*provider.first_name_female_pairs, *provider.first_name_male_pairs)
    first = "|".join(sorted({str(pair[0]) for pair in pairs}, key=lambda name: (-len(name), name)))
    return rf"(?:{'|'.join(name for name in last if len(name) > 1)})(?:[ \u3000]?(?:{first}))?"
