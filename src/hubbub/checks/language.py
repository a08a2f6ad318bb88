"""Which language a reply is in, by its commonest words and its script: enough to see that it is another one."""

import re
from collections.abc import Iterator
from functools import lru_cache

from hubbub.checks.story import Story
from hubbub.model import Finding

_WORD = re.compile(r"[^\W\d_]+")
_LEAST_WORDS = 6
_LEAST_FOREIGN = 4  # common words of another language
_CLEARLY = 3  # times as many as of the customer's own
_FUNCTION_WORDS = {  # the commonest ones of each language
    "en": (
        "the and you your is are to of for we have can will it this that with i be in on not what do please my if was "
        "has would could from or an as any so there here may need get me our thank thanks sorry help"
    ),
    "de": (
        "der die das und ich sie ist nicht ein eine einen mit für auf den dem zu wir haben hat ihr ihre ihren wird "
        "von können bitte sich auch werden kann uns ihnen danke oder wie noch bei wenn im am leider"
    ),
    "fr": (
        "le la les et vous je est pas un une des de du votre vos nous pour que qui dans sur avec ne ce cette sont "
        "avez pouvez être merci plus au aux mais ou bonjour avons veuillez je suis donner où si"
    ),
    "es": (
        "el la los las y usted es no un una de del su sus para que en con por se le nos está puede gracias hemos como "
        "más al pero lo esta este ha tiene hola favor ayudar me lo siento mucho dar hay cuál"
    ),
    "pt": (
        "o os as e você é não um uma de do da seu sua para que em com por se nos está pode obrigado obrigada mais ao "
        "mas foi são tem olá nós dos das isso ajudar eu me muito qual há"
    ),
    "it": (
        "il lo la gli e lei è non un una di del della suo sua per che in con si ci sono può grazie abbiamo come più "
        "al ma questo ha le mi dei alla nel possiamo prego"
    ),
    "sv": (
        "och jag du är inte en ett det som att för med på av vi har din ditt kan om till den ni er eller men tack "
        "från vad hur så här vill ska hjälpa"
    ),
    "nl": (
        "de het een en ik u je is niet van voor met op te dat uw we hebben heeft kan wij zijn naar aan ook maar bij "
        "of dank bedankt kunnen wordt deze mijn graag"
    ),
    "hi": "hai hain nahi kya aap aapka aapke main mein ka ki ke ko se ho kar kripya hum yeh",
}
_COMMON = {name: frozenset(words.split()) for name, words in _FUNCTION_WORDS.items()}
_SCRIPTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
)
_SCRIPT_OF = frozenset(name for name, _ in _SCRIPTS)
_SAME_SCRIPT = {"ja": "zh"}  # Japanese is written with Chinese characters too


def wrong_language(story: Story) -> Iterator[Finding]:
    """A reply of six words or more is in another language, or in another script, than the persona's.

    By function words: at least four of another language, and three times as many as of the customer's own. A customer
    who writes a second language (`hi-en`) may be answered in either.
    """
    own = story.persona.locale.lower().split("-")
    languages = frozenset((own[0], "en") if own[0] in ("hi",) else (own[0],))
    for turn, text in story.spoken:
        other = foreign(text, languages)
        if other:
            yield story.finding(
                "wrong_language", turn.turn, f"the reply is in {other!r}, not in {own[0]!r}: {text[:60]!r}"
            )
            return


def foreign(text: str, own: frozenset[str]) -> str:
    """The language of a text in lower case, when it is plainly none of `own`; else nothing."""
    if not text.isascii():
        script = _script(text, own)
        if script:
            return script
    if len(_foreign_words(own).intersection(text.split())) < _LEAST_FOREIGN - 1:  # one may stand beside a comma
        return ""
    words = _WORD.findall(text)
    if len(words) < _LEAST_WORDS:
        return ""
    there = frozenset(words)
    if any(len(there & _COMMON[one]) * 2 >= len(there) for one in own if one in _COMMON):
        return ""
    leads = (_lead(there, language, own) for language in _COMMON if language not in own)
    most, name = max(leads)
    return name if most >= _LEAST_FOREIGN else ""


@lru_cache(maxsize=64)
def _foreign_words(own: frozenset[str]) -> frozenset[str]:
    """Function words of every other language that none of `own` has."""
    others = frozenset[str]().union(*(words for language, words in _COMMON.items() if language not in own))
    return others.difference(*(_COMMON.get(one, frozenset()) for one in own))


def _lead(words: frozenset[str], other: str, own: frozenset[str]) -> tuple[int, str]:
    """How many words only the other language has; nothing unless that is clearly more than only the own one has."""
    only = len(words & _COMMON[other])
    for one in own:
        shared = _COMMON.get(one, frozenset())
        mine = len(words & (shared - _COMMON[other]))
        only = min(only, len(words & (_COMMON[other] - shared)))
        if only < _CLEARLY * mine:
            return 0, other
    return only, other


def _script(text: str, own: frozenset[str]) -> str:
    letters = sum(map(str.isalpha, text))
    for name, script in _SCRIPTS:
        count = len(script.findall(text))
        if count * 2 > letters and letters >= _LEAST_WORDS:
            fits = name in own or any(_SAME_SCRIPT.get(one) == name for one in own)
            return "" if fits else name
    return ""
