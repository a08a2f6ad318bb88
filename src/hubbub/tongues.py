"""Which language a text is in: by its script, or by the commonest little words of ten languages in Latin letters.

A cheap guess, made for telling that an agent answered in a language that the customer does not speak. It says nothing
of short texts, nor where two languages are near each other, so that what it does say can be relied on.
"""

import re
from collections.abc import Collection
from functools import lru_cache

_LEAST_WORDS = 6  # a shorter text is not judged
_LEAST_HITS = 3  # little words of the language that the other one has not
_LEAST_SHARE = 0.2  # little words among all words: running text has .3 to .5 of them
_LEAD = 3  # times as many words of its own as the language it is held against
_READ_CHARS = 600
_STOP = ". "
_REMEMBERED = 2048  # parts of texts, each up to a stop
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_LEAST_SIGNS = 6
_SCRIPTS = (  # the first that half of the letters belong to
    ("ja", re.compile(r"[\u3040-\u30ff]"), 6),  # kana stand among Chinese characters
    ("hi", re.compile(r"[\u0900-\u097f]"), 2),
    ("zh", re.compile(r"[\u3400-\u9fff]"), 2),
    ("ko", re.compile(r"[\uac00-\ud7af]"), 2),
    ("ru", re.compile(r"[\u0400-\u04ff]"), 2),
    ("ar", re.compile(r"[\u0600-\u06ff]"), 2),
    ("el", re.compile(r"[\u0370-\u03ff]"), 2),
    ("he", re.compile(r"[\u0590-\u05ff]"), 2),
    ("th", re.compile(r"[\u0e00-\u0e7f]"), 2),
)

# the commonest function words of each language, those it shares with a neighbour among them
_TEXTS = {
    "en": "the and you your is are to of for in that it this we can i have please with my be not on will do at was "
    "what would sorry thank thanks our if from or any has been me so but by as an there when which how could get may "
    "need help here",
    "de": "der die das und sie ihr ihre ihnen ihren ist sind zu von für in dass es wir können ich haben bitte mit "
    "nicht auf werden den dem ein eine einen oder auch noch wenn wie bei uns leider kann wird hat mir mich aber sich "
    "im am um danke du dir dein deine hab ja mal",
    "fr": "le la les et vous votre vos est sont de des du pour en que ce cette nous pouvez je avez merci avec ne pas "
    "sur un une ou si par dans au aux être plus mais qui il elle ma mon a été quel quelle bonjour avons veuillez "
    "suis me donner où cela",
    "es": "el la los las y usted su sus es son de del para en que esto esta nos puede yo tiene gracias por favor con "
    "no se un una o si lo le al más pero como cuando está ha mi qué cuál fue hay nuestro hemos hola ayudar me siento "
    "dar tu te ya muy",
    "pt": "o a os as e você seu sua é são de do da dos das para em no na que isso este esta nós pode eu tem obrigado "
    "obrigada me por favor com não se um uma ou mas como quando está foi mais ao à pelo pela meu minha qual lhe "
    "olá ajudar há já muito",
    "it": "il lo la i gli le e lei suo sua è sono di del della per in che questo questa noi può io ha grazie con non "
    "si un una o se ma come quando più al alla dal nel ci mi sul anche abbiamo vuole quale prego ho possiamo dei "
    "dispiace ti tuo",
    "sv": "och du din ditt är att av för i som det detta vi kan jag har tack med inte på en ett eller om men hur när "
    "från till den de er ert var vill blir också vad mig oss ska skulle vänligen hos dig så här hjälpa",
    "nl": "de het een en u uw je jouw is zijn van voor in dat dit we wij kunt kan ik heb heeft dank met niet op te aan "
    "of als maar hoe wanneer er bij om ook nog naar wordt onze ons mijn graag wat deze door bedankt kunnen zodat",
    "hi": "hai hain nahi nahin kya aap aapka aapke aapki main mein ka ki ke ko se ho kar karna kripya hum humne yeh ye "
    "woh mera meri mere tha thi raha rahe rahi gaya diya liye bhi par aur jo toh kuch abhi karein dijiye batayein "
    "mujhe",
}  # fmt: skip
LITTLE_WORDS = {language: frozenset(words.split()) for language, words in _TEXTS.items()}
_ENOUGH_OWN = 4  # of so many words one is a little word of the customer's language: no need to look further
_UNDERSTOOD = {"hi": ("hi", "en"), "ja": ("ja", "zh")}  # mixed with English; written with few kana
LANGUAGES = tuple(LITTLE_WORDS)  # those told by their words
_IN_LATIN = {"hi": "en_IN"}  # whose speakers write it in Latin letters, names and addresses too


def names_locale(locale: str, known: Collection[str]) -> str:
    """The locale, as Faker writes it, that a customer's names and values are drawn from; `known` are those it has.

    The customer's own (`de_DE` for de-DE), else the first that has its language, else American English.
    """
    wanted = locale.replace("-", "_")
    language = wanted.partition("_")[0]
    if language in _IN_LATIN:
        return _IN_LATIN[language]
    if wanted in known:
        return wanted
    same_language = sorted(one for one in known if one.partition("_")[0] == language and language != "en")
    return next(iter(same_language), "en_US")


def tongue_of(text: str) -> str:
    """The language code of a text; empty where the text does not tell. Of a long one 600 characters are looked at."""
    return foreign_tongue(text, "")


def foreign_tongue(text: str, own: str) -> str:
    """The language that a text is clearly in, where a customer who writes `own` does not read it; else empty.

    By script, or by little words: a fifth of all words, three of them words that `own` has not, and three times as many
    as `own` has for itself. Who writes Hindi in Latin letters reads English, too.
    """
    text = text[:_READ_CHARS]
    understood = _UNDERSTOOD.get(own, (own,))
    if not text.isascii() and (script := _by_script(text)):
        return "" if script in understood else script
    low = text.lower()
    if own in LITTLE_WORDS and _is_own(low, own) and not _may_be_near(low, own):
        return ""
    words = _WORD.findall(low)
    if len(words) < _LEAST_WORDS:
        return ""
    hits = {language: sum(map(known.__contains__, words)) for language, known in LITTLE_WORDS.items()}
    most = max(hits.values())
    if most < _LEAST_SHARE * len(words):
        return ""
    there = frozenset(words)
    best = max(hits, key=lambda language: (len(there & LITTLE_WORDS[language]), hits[language]))
    others = understood if own else tuple(language for language in LITTLE_WORDS if language != best)
    leads = all(_leads(there, best, other, 1 if not own else _LEAD) for other in others if other in LITTLE_WORDS)
    return "" if best in understood or not leads else best


def _is_own(low: str, own: str) -> bool:
    """Whether enough of a text in lower case are little words of the customer's language: most replies are left here.

    Its parts are counted one by one, since agents repeat themselves.
    """
    *parts, last = low.split(_STOP)
    hits, words = _counted(last, own)
    for part in parts:
        more_hits, more_words = _counted(f"{part}.", own)
        hits += more_hits
        words += more_words
    return hits * _ENOUGH_OWN >= words


@lru_cache(_REMEMBERED)
def _counted(part: str, own: str) -> tuple[int, int]:
    """How many words of a part of a text are little words of a language, and how many there are."""
    little, words = LITTLE_WORDS[own], part.split()
    return len([word for word in words if word in little]), len(words)


def _leads(words: frozenset[str], language: str, other: str, lead: int) -> bool:
    """Whether words of a language that the other has not are many, and many more than the other way round."""
    only, mine = words & _only(language, other), words & _only(other, language)
    return len(only) >= _LEAST_HITS and len(only) > lead * len(mine)


@lru_cache(maxsize=256)
def _only(language: str, other: str) -> frozenset[str]:
    return LITTLE_WORDS[language] - LITTLE_WORDS[other]


def _may_be_near(low: str, own: str) -> bool:
    """Whether most little words of the customer's language here are some other language's, too."""
    near = _NEAR[own]
    return bool(near) and len(near.intersection(low.split())) >= _LEAST_HITS


def _words_of_near(own: str) -> frozenset[str]:
    """Words of languages that share many with one's own, where one's own has not got them."""
    mine = LITTLE_WORDS[own]
    return frozenset().union(*(theirs - mine for theirs in LITTLE_WORDS.values() if len(mine & theirs) > _NEAR_FROM))


_NEAR_FROM = 5  # shared words from which two languages are near
_NEAR = {language: _words_of_near(language) for language in LITTLE_WORDS}


def _by_script(text: str) -> str:
    letters = sum(map(str.isalpha, text))
    for name, script, share in _SCRIPTS:
        count = len(script.findall(text))
        if count >= _LEAST_SIGNS and count * share > letters:
            return name
    return ""
