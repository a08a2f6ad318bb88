"""Devanagari in the Latin letters that Hindi is typed in, so that one set of rules hears both.

As people type, not as scholars do: no length of vowels, no dots. The short a that is written nowhere is left out where
it is not spoken: at a word's end, and between two consonants that both have a vowel on their other side.
"""

import re
from functools import lru_cache
from unicodedata import normalize

_CONSONANTS = "कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसहळ"
_AS_TYPED = "k kh g gh n ch chh j jh n t th d dh n t th d dh n p f b bh m y r l v sh sh s h l"
_CONSONANT = dict(zip(_CONSONANTS, _AS_TYPED.split(), strict=True))
_VOWELS_TYPED = "a i i u u ri e ai o o au e"
_VOWEL = {"अ": "a"} | dict(zip("आइईउऊऋएऐऑओऔऍ", _VOWELS_TYPED.split(), strict=True)) | {"आ": "aa"}
_SIGN = dict(zip("ािीुूृेैॉोौॅ", _VOWELS_TYPED.split(), strict=True))
_NUKTA, _MUTE, _NASAL = "\u093c", "\u094d", "\u0902\u0901"
_DOTTED = {"j": "z"}  # what a dot below makes of a sound; of others it makes what is typed alike
_DIGITS = str.maketrans("०१२३४५६७८९।॥", "0123456789..")
_WORD = re.compile("[\u0900-\u0963\u0970-\u097f]+")
_UNSPOKEN = re.compile(
    r"(?<=[aeiouA])((?:[kgcjtdpbs]h|chh|[bcdfghjklmnprstvyz]))A(?=(?:[bcdfghjklmnprstvyz]h?)[aeiou])"
)
_GLIDE = re.compile(r"i(?=e)|(?<=[^aeiou]a)(?=eg)")  # bataie is typed bataiye, jaega jayega
_LIPS = re.compile(r"N(?=[pbm])")
# Words whose spelling by sound is not how they are typed: English ones, and a few of Hindi's commonest.
_TYPED_TEXT = """
में=mein एजेंट=agent एजेंटों=agents ऑर्डर=order आर्डर=order नंबर=number नम्बर=number रिफंड=refund
रिफ़ंड=refund ईमेल=email फोन=phone फ़ोन=phone मोबाइल=mobile अकाउंट=account खाता=khata कार्ड=card
कैंसिल=cancel कैंसल=cancel प्रोसेस=process चेक=check मिनट=minute टीम=team कॉल=call चैट=chat केस=case
प्लान=plan पेमेंट=payment कन्फर्म=confirm कंफर्म=confirm कन्फ़र्म=confirm डिलीवरी=delivery पार्सल=parcel
एड्रेस=address पता=pata पिन=pin कोड=code सिस्टम=system एरर=error टेक्निकल=technical सुपरवाइजर=supervisor
सुपरवाइज़र=supervisor मैनेजर=manager कस्टमर=customer केयर=care सपोर्ट=support स्पेशलिस्ट=specialist
एग्जीक्यूटिव=executive एक्जीक्यूटिव=executive अपडेट=update ब्लॉक=block रजिस्टर=register डिटेल्स=details
प्रोडक्ट=product बुकिंग=booking वेबसाइट=website ऐप=app इंटरनेट=internet नेटवर्क=network सॉरी=sorry
हेलो=hello हैलो=hello ओके=ok प्लीज=please प्लीज़=please थैंक=thank यू=you वेट=wait होल्ड=hold डेट=date
ऑफ=of बर्थ=birth लास्ट=last कनेक्ट=connect ट्रांसफर=transfer ट्रांसफ़र=transfer बिज़ी=busy बिजी=busy
उपलब्ध=uplabdh क्यों=kyun यहाँ=yahan कहाँ=kahan हाँ=haan जी=ji पूरा=poora नाम=naam गए=gaye गई=gayi
हुई=hui लाइन=line पर=par सहायता=sahayata विभाग=vibhag आईडी=id ओटीपी=otp रद्द=cancel वापसी=return
फ्रॉड=fraud हमारे=hamare हमारी=hamari दर्ज=darj संपर्क=sampark सम्पर्क=sampark खेद=khed स्वागत=swagat
दें=dein बात=baat इंसान=insaan जाँच=jaanch जांच=jaanch ज़रूर=zaroor जरूर=zaroor मैंने=maine चार=chaar
पाँच=paanch पांच=paanch सात=saat आठ=aath इंतज़ार=intezaar इंतजार=intezaar सवाल=sawaal जवाब=jawab
वापस=wapas दोबारा=dobara दुबारा=dobara अन्य=anya अच्छा=accha यह=yeh वह=woh कुछ=kuch हुआ=hua पहले=pehle
वाउचर=voucher दिजिए=dijiye दीजिये=dijiye साथ=saath धन्यवाद=dhanyavaad माफ़ी=maafi माफी=maafi
प्रतीक्षा=pratiksha
"""
_TYPED = dict(pair.split("=") for pair in normalize("NFKC", _TYPED_TEXT).split())


def in_latin(text: str) -> str:
    """The text with its Devanagari in Latin letters; all else as it is."""
    return _WORD.sub(lambda m: _word(m.group()), text.translate(_DIGITS))


@lru_cache(maxsize=4096)
def _word(written: str) -> str:
    known = _TYPED.get(written)
    return known or _spoken("".join(_sounds(written)))


def _sounds(written: str) -> list[str]:
    """The sounds of a word: A for each short a that is not written, N for what makes the vowel before it nasal."""
    sounds: list[str] = []
    for sign in written:
        if sign in _CONSONANT:
            sounds += [_CONSONANT[sign], "A"]
        elif sign == _NUKTA and len(sounds) > 1:
            sounds[-2] = _DOTTED.get(sounds[-2], sounds[-2])
        elif sign in _SIGN or sign == _MUTE:
            if sounds and sounds[-1] == "A":
                sounds.pop()
            sounds.append(_SIGN.get(sign, ""))
        elif sign in _NASAL:
            sounds.append("N")
        else:
            sounds.append(_VOWEL.get(sign, ""))
    return sounds


def _spoken(sounds: str) -> str:
    if len(sounds) > 2 and sounds.endswith("A"):
        sounds = sounds[:-1]
    spoken = _LIPS.sub("m", _UNSPOKEN.sub(r"\1", sounds)).replace("A", "a").replace("N", "n")
    return _GLIDE.sub(lambda m: f"{m[0]}y", spoken)
