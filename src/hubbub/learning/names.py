"""Which words are people's names: by a list of thousands, by the words in front of them, and by capitals."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from importlib.resources import files

from hubbub.learning import japanese
from hubbub.realism.features import FUNCTION_WORDS
from hubbub.tongues import LITTLE_WORDS

_LOCALES = (
    *("en_US", "en_GB", "en_IN", "de_DE", "fr_FR", "es_ES", "es_MX", "it_IT", "pt_BR", "pt_PT", "sv_SE", "nl_NL"),
    *("pl_PL", "tr_TR", "id_ID", "ro_RO", "cs_CZ", "da_DK", "fi_FI", "no_NO"),
)
_LISTS = ("first_names", "first_names_male", "first_names_female", "last_names")
CAPITALS_FOR_ALL = ("de",)  # every noun has one, so that it says nothing of names
_MANY, _MANY_SHARE = 10, 0.03  # customers who use a listed name as a word, before it is taken for one
_RARELY = 5  # of whom one in so many may use it as a name
_SHORT = 5  # letters
_PACK_FILES = ("rules", "acts", "intents", "slots", "facts", "reasons")
_WORD = re.compile(r"[^\W\d_]+")
_TITLES = "mr|mrs|ms|miss|mx|dr|prof|herr|frau|madame|monsieur|senor|senora|señor|señora|signor|signora"
_TITLE = re.compile(_TITLES)
_WORDS = r"(?:[^\W\d_][\w'.-]*)(?: +[^\W\d_][\w'.-]*){0,3}"
# What stands in front of a name. After these a word is a name unless it is an ordinary one.
_STATES = (
    rf"my (?:full |first |last |sur|given |family |maiden )?name(?:'s| is|s)?:?|name(?: is|'s)?:?|call me|"
    rf"(?:ich|jag|ik) (?:heiße|heisse|heter|heet)|mein (?:vor|nach)?name(?: ist|:)?|je m'appelle|"
    rf"(?:me|mi) (?:llamo|chiamo)|(?:mi|meu|mio|mijn|mitt|mon|mera) (?:nombre|nome|naam|namn|nom|naam)(?: es| é| è| is|"
    rf" är| est| hai)?:?|me chamo|(?:{_TITLES})\.?"
)
_STATED = re.compile(rf"\b(?:{_STATES}) +(?P<name>{_WORDS})", re.IGNORECASE)
_CUE = re.compile(
    rf"\b(?:{_STATES}|(?:this|it) is|"
    rf"i am|i'm|im|it's|called|(?:hi|hello|hey|hai|dear|thanks|thank you|thx|ok|okay|bye|goodbye|sorry|"
    rf"morning|afternoon|evening)(?: again)?,?|sincerely,?|regards,?|cheers,?|ask for|speak(?:ing)? (?:to|with)) +"
    rf"(?P<name>{_WORDS})",
    re.IGNORECASE,
)
_ASKS_NAME = re.compile(r"\b(?:sur|vor|nach|full ?|last ?)?(?:name|nombre|nom|nome|naam|namn|naam)s?\b", re.IGNORECASE)
_ANSWER = 6  # words of an answer to that
_I_AM, _IM = re.compile(r"im\b", re.IGNORECASE), ("de",)  # where it is a word of its own: "im Sommer"
_NEVER = frozenset(  # ordinary words that the shipped grammar happens not to use, and that follow such words often
    _WORD.findall(
        "sir madam mam maam dear guys all everyone everybody support agent bot buddy bro friend folks ya hii "
        "helo hlo hola looking facing having getting going calling writing using interested unable able "
        "afraid happy glad aware sure not very so too really also now here back done ready fine okay good "
        "great bad sad mad angry upset stuck worried confused new old first last second third next previous "
        "monday tuesday wednesday thursday friday saturday sunday january february march april june july august "
        "september october november december christmas easter english spanish french german italian arabic greek "
        "japanese hindi dutch swedish portuguese "
        "current same different correct right wrong true false from in on at for to of with about by as if or "
        "and but because due since still just only again soon later "
    )
)


@cache
def known_names() -> frozenset[str]:
    """First and last names of twenty locales, lower case, from Faker's lists."""
    found: set[str] = set()
    for locale in _LOCALES:
        provider = import_module(f"faker.providers.person.{locale}").Provider
        for name in _LISTS:
            for value in getattr(provider, name, ()):
                found.update(part for part in str(value).lower().split() if len(part) > 2)
    return frozenset(found)


@cache
def ordinary_words(language: str = "en") -> frozenset[str]:
    """Words that the shipped grammar uses in English and in a language: they are no names, unless a capital or what
    precedes says so.
    """
    if language == "en":
        return _words_of_pack("en") | FUNCTION_WORDS | _NEVER
    return ordinary_words() | _words_of_pack(language) | little_words(language)


@cache
def little_words(language: str) -> frozenset[str]:
    """Words that say how something is put rather than what it is about."""
    return FUNCTION_WORDS if language == "en" else LITTLE_WORDS.get(language, frozenset()) | _short_words(language)


def _short_words(language: str) -> frozenset[str]:
    """The short words of a grammar's general phrases: its lists of little words are too short for telling matters."""
    return frozenset(word for word in _words_of_pack(language, ("rules", "acts")) if len(word) <= _SHORT)


def _words_of_pack(language: str, pages: tuple[str, ...] = _PACK_FILES) -> frozenset[str]:
    pack = files("hubbub.customers").joinpath("packs", language)
    if not pack.joinpath("rules.yaml").is_file():
        return frozenset()
    texts = (pack.joinpath(f"{name}.yaml").read_text(encoding="utf-8") for name in pages)
    words = {word for text in texts for word in _WORD.findall(text)}
    if language not in CAPITALS_FOR_ALL:  # relatives, colleagues and towns that the grammar speaks of
        return frozenset(word for word in words if word.islower())
    return frozenset(word.lower() for word in words if word.islower() or word.lower() not in known_names())


def introduced(text: str, language: str = "en") -> set[str]:
    """The names that somebody is called by in a text: words after "my name is", "hi" and the like, lower case."""
    return _after(_CUE, text, language)


def stated(asked: str, text: str, language: str = "en") -> set[str]:
    """The names that a customer says are its own: after "my name is", or in a short answer to who asks for it."""
    if language == "ja":
        return japanese.stated(asked, text)
    found = _after(_STATED, text, language)
    words = [word.lower() for word in _WORD.findall(text)]
    if _ASKS_NAME.search(asked) and len(words) <= _ANSWER:
        found |= {word for word in words if len(word) > 1} - ordinary_words(language)
    return found


def _after(cue: re.Pattern[str], text: str, language: str) -> set[str]:
    found: set[str] = set()
    for match in cue.finditer(text):
        if language in _IM and _I_AM.match(match[0]):
            continue
        for word in match["name"].split():
            plain = word.strip(".'-").lower()
            if _TITLE.fullmatch(plain):
                continue
            if not is_name(word, after_cue=True, language=language):
                break
            found.add(plain)
    return found


def is_name(word: str, *, after_cue: bool = False, language: str = "en") -> bool:
    """Whether a word is taken for a name: a listed one that is no ordinary word, or after a cue any unordinary one."""
    plain = word.strip(".'-").lower().removesuffix("'s")
    if len(plain) < 2 or not plain.replace("'", "").replace("-", "").replace(".", "").isalpha():
        return False
    ordinary = plain in ordinary_words(language)
    capital = word[:1].isupper() and not word.isupper()
    if plain in known_names():
        return not ordinary or (capital and after_cue)
    return after_cue and not ordinary


def no_names(said: Sequence[Sequence[str]], language: str) -> frozenset[str]:
    """Listed names that are words of what these customers came for: `caldera`, in a log of heating. Lower case.

    `said` are the texts of each customer. A word is one that many use after a little word ("my caldera"), and hardly
    anybody to say who he is: after "my name is" and the like, with a capital, or as all that is said.
    """
    used: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for texts in said:
        found = [one for text in texts for one in _uses(text, language)]
        used.update({word for word, as_name in found if not as_name})
        named.update({word for word, as_name in found if as_name})
    many = max(_MANY, round(_MANY_SHARE * len(said)))
    return frozenset(word for word, n in used.items() if n >= many and _RARELY * named[word] <= n)


def _uses(text: str, language: str) -> Iterator[tuple[str, bool]]:
    """Each listed name in a text that is used as one, or as a word; those that could be either are left out."""
    words = _WORD.findall(text)
    plain = [word.lower() for word in words]
    ordinary, little = ordinary_words(language), little_words(language)
    listed = [at for at, word in enumerate(plain) if word in known_names() and word not in ordinary]
    if not listed:
        return
    people, bare = introduced(text, language), known_names().issuperset(plain)
    for at in listed:
        capital = at > 0 and words[at][0].isupper() and language not in CAPITALS_FOR_ALL
        if bare or capital or plain[at] in people:
            yield plain[at], True
        elif at > 0 and plain[at - 1] in little and plain[at - 1] not in known_names():
            yield plain[at], False
