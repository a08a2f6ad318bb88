"""Which language a text is in: by its script, or by the commonest little words of eight European languages.

A cheap guess, made for telling that an agent answered in a language that the customer does not speak. It says nothing
of short texts, nor where two languages are near each other, so that what it does say can be relied on.
"""

import re

_LEAST_WORDS = 6  # a shorter text is not judged
_LEAST_HITS = 3  # little words of the language
_LEAST_SHARE = 0.2  # of all words: running text has .3 to .5 of them
_LEAD = 1.8  # times as many as any other language has
_READ_CHARS = 600
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_KANA = re.compile(r"[\u3040-\u30ff]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_DEVANAGARI = re.compile(r"[\u0900-\u097f]")
_LEAST_SIGNS = 6

# the commonest function words of each language, those it shares with a neighbour among them
_LITTLE_WORDS = {
    "en": "the and you your is are to of for in that it this we can i have please with my be not on will do at was "
    "what would sorry thank our if from or any has been me so but by as an there when which how could",
    "de": "der die das und sie ihr ihre ihnen ist sind zu von für in dass es wir können ich haben bitte mit nicht auf "
    "werden den dem ein eine einen oder auch noch wenn wie bei uns leider kann wird hat mir mich aber sich im am um",
    "fr": "le la les et vous votre vos est sont de des du pour en que ce cette nous pouvez je avez merci avec ne pas "
    "sur un une ou si par dans au aux être plus mais qui il elle ma mon a été quel quelle",
    "es": "el la los las y usted su sus es son de del para en que esto esta nos puede yo tiene gracias por favor con "
    "no se un una o si lo le al más pero como cuando está ha mi qué cuál fue hay nuestro",
    "pt": "o a os as e você seu sua é são de do da dos das para em no na que isso este esta nós pode eu tem obrigado "
    "por favor com não se um uma ou mas como quando está foi mais ao à pelo pela meu minha qual lhe",
    "it": "il lo la i gli le e lei suo sua è sono di del della per in che questo questa noi può io ha grazie con non "
    "si un una o se ma come quando più al alla dal nel ci mi sul anche abbiamo vuole quale prego ho",
    "sv": "och du din ditt är att av för i som det detta vi kan jag har tack med inte på en ett eller om men hur när "
    "från till den de er ert var vill blir också vad mig oss ska skulle vänligen hos",
    "nl": "de het een en u uw je jouw is zijn van voor in dat dit we wij kunt kan ik heb heeft dank met niet op te "
    "aan of als maar hoe wanneer er bij om ook nog naar wordt onze ons mijn graag wat deze door",
}  # fmt: skip
_OWN_WORDS = {language: frozenset(words.split()) for language, words in _LITTLE_WORDS.items()}
_ENOUGH_OWN = 4  # of so many words one is a little word of the customer's language: no need to look further
_UNDERSTOOD = {"hi": ("hi", "en"), "ja": ("ja", "zh")}  # mixed with English; written with few kana
_TONGUES: dict[str, tuple[str, ...]] = {}
for _language, _words in _LITTLE_WORDS.items():
    for _word in _words.split():
        _TONGUES[_word] = (*_TONGUES.get(_word, ()), _language)


def tongue_of(text: str) -> str:
    """The language code of a text (en de fr es pt it sv nl ja hi zh); empty where the text does not tell.

    Of a long text the first 600 characters are looked at. Hindi in Latin letters is not told from other languages.
    """
    text = text[:_READ_CHARS]
    if not text.isascii() and (script := _by_script(text)):
        return script
    words = _WORD.findall(text.lower())
    if len(words) < _LEAST_WORDS:
        return ""
    hits = dict.fromkeys(_LITTLE_WORDS, 0)
    for word in words:
        for language in _TONGUES.get(word, ()):
            hits[language] += 1
    first, second = sorted(hits.values())[:-3:-1]
    if first < _LEAST_HITS or first < _LEAST_SHARE * len(words) or first < _LEAD * second:
        return ""
    return next(language for language, count in hits.items() if count == first)


def foreign_tongue(text: str, own: str) -> str:
    """The language that a text is clearly in, where it is not `own` (a language code); else empty."""
    little = _OWN_WORDS.get(own)
    if little is not None:
        words = text[:_READ_CHARS].lower().split()
        if sum(map(little.__contains__, words)) * _ENOUGH_OWN >= len(words):
            return ""
    tongue = tongue_of(text)
    return "" if tongue in _UNDERSTOOD.get(own, (own,)) else tongue


def _by_script(text: str) -> str:
    if len(_KANA.findall(text)) >= _LEAST_SIGNS:
        return "ja"
    if len(_DEVANAGARI.findall(text)) >= _LEAST_SIGNS:
        return "hi"
    return "zh" if len(_HAN.findall(text)) >= _LEAST_SIGNS else ""
