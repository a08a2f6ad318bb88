"""An agent that asks each customer for what it came to tell, confirms, and says goodbye: it hears what people say.

The reference agent knows three industries; customers learnt from a log come with matters that nobody can foresee. This
one reads what they came for from their persona, so that they speak as they would with an agent that understands.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from msgspec import Struct

from hubbub.chance import stream
from hubbub.connectors.protocol import Caller, Session, Watch
from hubbub.customers.customer import Customer
from hubbub.customers.grammar import options_of
from hubbub.customers.pack import pack, told_together, words_of
from hubbub.model import Reply
from hubbub.realism.features import plainly


class Lines(Struct, frozen=True):
    """What is said in a language; `question` has a place for what is asked for, `link` stands between two of it."""

    greeting: str
    question: str
    link: str
    confirm: str
    done: str
    more: str
    bye: str


LINES = {
    "en": Lines(
        "Hello, how can I help you?",
        "Could you please tell me your {}?",
        " and your ",
        "Shall I go ahead with that?",
        "Your request has been completed. Is there anything else I can help you with?",
        "Is there anything else I can help you with?",
        "Thank you for chatting with us. Goodbye!",
    ),
    "de": Lines(
        "Hallo, wie kann ich Ihnen helfen?",
        "Können Sie mir bitte Ihre {} nennen?",
        " und Ihre ",
        "Soll ich fortfahren?",
        "Ihr Anliegen ist erledigt. Kann ich sonst noch etwas für Sie tun?",
        "Kann ich sonst noch etwas für Sie tun?",
        "Vielen Dank für Ihre Nachricht. Auf Wiedersehen!",
    ),
    "fr": Lines(
        "Bonjour, comment puis-je vous aider ?",
        "Pouvez-vous me donner votre {} ?",
        ", votre ",
        "Est-ce correct ?",
        "C'est fait. Puis-je faire autre chose pour vous ?",
        "Puis-je faire autre chose pour vous ?",
        "Merci de nous avoir contactés. Au revoir !",
    ),
    "es": Lines(
        "Hola, ¿en qué puedo ayudarle?",
        "¿Puede indicarme su {}?",
        " y ",
        "¿Es correcto?",
        "Su solicitud está resuelta. ¿Puedo ayudarle en algo más?",
        "¿Puedo ayudarle en algo más?",
        "Gracias por contactarnos. ¡Adiós!",
    ),
    "pt": Lines(
        "Olá, como posso ajudar?",
        "Pode me informar o seu {}?",
        " e ",
        "Posso prosseguir com isso?",
        "O seu pedido foi concluído. Posso ajudar em mais alguma coisa?",
        "Posso ajudar em mais alguma coisa?",
        "Obrigado pelo contato. Até logo!",
    ),
    "it": Lines(
        "Buongiorno, come posso aiutarla?",
        "Può indicarmi il suo {}?",
        " e ",
        "Vuole che proceda?",
        "Fatto. Posso aiutarla in altro?",
        "Posso aiutarla in altro?",
        "Grazie per averci contattato. Arrivederci!",
    ),
    "sv": Lines(
        "Hej, hur kan jag hjälpa dig?",
        "Kan du ange din {}?",
        " och din ",
        "Ska jag göra det?",
        "Ditt ärende är klart. Kan jag hjälpa dig med något annat?",
        "Kan jag hjälpa dig med något annat?",
        "Tack för att du kontaktade oss. Ha en bra dag!",
    ),
    "nl": Lines(
        "Hallo, waarmee kan ik u helpen?",
        "Kunt u mij uw {} geven?",
        " en uw ",
        "Klopt dat?",
        "Het is geregeld. Kan ik nog iets anders voor u doen?",
        "Kan ik nog iets anders voor u doen?",
        "Bedankt voor uw bericht. Tot ziens!",
    ),
    "ja": Lines(
        "こんにちは。ご用件をお聞かせください。",
        "{}を教えてください。",
        "と",
        "この内容でよろしいですか。",
        "お手続きが完了しました。他にご用件はございますか。",
        "他にご用件はございますか。",
        "お問い合わせありがとうございました。失礼いたします。",
    ),
}
_TOGETHER = 0.3  # of the times that it could ask for several things at once
_NO = re.compile(
    r"(?:no|nope|nothing|none|that'?s|thanks|thank|nein|nö|nee?|nichts|das war'?s?|danke|vielen dank|non|rien|merci|"
    r"nada|gracias|eso|não|nao|obrigad[oa]|só|niente|grazie|è|nej|nä|inget|tack|det|niets|niks|bedankt|dat|dank)\b|"
    r"いい?え|特に|以上|それだけ|大丈夫|結構|もう|ありがとう",
    re.IGNORECASE,
)


class Listener:
    """A connector in shape, without a wire. `draw` gives the customer of a conversation's number."""

    blind: tuple[str, ...] = ()

    def __init__(self, draw: Callable[[int], Customer]) -> None:
        self._draw = draw

    def session(self, caller: Caller) -> Session:
        """A line for one conversation."""
        return _Line(self._draw(caller.number))

    async def close(self) -> None:
        """Nothing to release."""


class _Heard(Struct):
    """What was said so far."""

    confirmed: bool = False
    done: bool = False
    asked_more: bool = False
    asked: tuple[str, ...] = ()


class _Line:
    def __init__(self, customer: Customer) -> None:
        self._customer = customer
        self._left = [(slot, customer.knows[slot]) for slot in customer.persona.goal.tells if slot in customer.knows]
        self._heard = _Heard()
        self._greeted = False
        self._chance = stream(customer.key, "listener")
        self._lines = LINES.get(customer.locale.partition("-")[0], LINES["en"])

    async def say(self, texts: tuple[str, ...], watch: Watch) -> Reply:
        """The next reply; times are the clock's."""
        watch.byte()
        watch.event()
        watch.text()
        return Reply(text=self._reply("\n".join(texts)), completed_by="in-process")

    async def close(self) -> None:
        """Nothing to hang up."""

    def _reply(self, said: str) -> str:
        told = [slot for slot, value in self._left if slot in self._heard.asked or value in said]
        if not self._greeted:
            self._greeted = True
            if plainly(said) in _greetings(self._customer.language):
                return self._lines.greeting
        self._left = [pair for pair in self._left if pair[0] not in told]
        if self._left:
            self._heard.asked = self._together()
            return self._lines.question.format(self._lines.link.join(words_of(slot) for slot in self._heard.asked))
        return self._wind_up(said)

    def _together(self) -> tuple[str, ...]:
        """The next slot; at times two or three that the customer's pack has words for together."""
        known = pack(self._customer.language).acts["inform"]
        slots = [slot for slot, _ in self._left]
        if self._chance.happens(_TOGETHER):
            for size in (3, 2):
                if len(slots) >= size and told_together(slots[:size]) in known:
                    return tuple(slots[:size])
        return (slots[0],)

    def _wind_up(self, said: str) -> str:
        heard = self._heard
        if not heard.confirmed:
            heard.confirmed = True
            return self._lines.confirm
        if not heard.done:
            heard.done = True
            return self._lines.done
        if not heard.asked_more and not _NO.match(said):
            heard.asked_more = True
            return self._lines.more
        return self._lines.bye


@lru_cache(maxsize=8)
def _greetings(name: str) -> frozenset[str]:
    """What customers with this pack say when they only greet, as far as it is fixed text."""
    options = options_of(pack(name).acts["smalltalk"]["any"])
    return frozenset(plainly(option) for option in options if isinstance(option, str))
