"""How each channel sets the pace: fitted numbers, each with its basis.

M measured on a corpus, L from literature, A an assumption. Lognormals are (median, log-sd).
"""

from msgspec import Struct

from hubbub.model import Channel

LogNormal = tuple[float, float]


class Tempo(Struct, frozen=True):
    """Pace, bursts and patience of a channel."""

    read_s_per_char: LogNormal
    think_s: LogNormal
    type_s_per_char: LogNormal
    bursts: tuple[float, ...]  # chances of 1, 2, 3, ... messages for one thought
    first_wait_s: float  # mean patience for the first reply
    wait_s: float  # mean patience for a later reply
    nudges: float  # nudges expected per mean patience
    away: float = 0.0  # chance that the customer is not looking when the reply comes
    away_s: LogNormal = (0.0, 0.0)
    away_cap_s: float = 0.0


_CHAT = Tempo(
    read_s_per_char=(0.020, 0.5),  # M: STAR corpus
    think_s=(7.5, 1.0),  # M: STAR corpus
    type_s_per_char=(0.215, 0.45),  # M: STAR corpus; its mean .238 is that of L: Dhakal 2018
    bursts=(0.877, 0.107, 0.013, 0.003),  # M: MultiDoGO
    first_wait_s=180.0,  # A
    wait_s=120.0,  # A
    nudges=1.0,  # A
)
_PHONE_APP = Tempo(
    read_s_per_char=(0.020, 0.5),  # A: as web chat
    think_s=(7.5, 1.0),  # A: as web chat
    type_s_per_char=(0.30, 0.40),  # L: Palin 2019, 36.2 words per minute = .331 s a character
    bursts=(0.549, 0.279, 0.103, 0.037, 0.032),  # M: chitchat corpus
    first_wait_s=3600.0,  # A
    wait_s=1800.0,  # A
    nudges=0.5,  # A
    away=0.25,  # A
    away_s=(988.0, 2.6),  # M: customers' replies in TWCS
    away_cap_s=86_400.0,
)
_EMAIL = Tempo(
    read_s_per_char=(0.0, 0.0),
    think_s=(2820.0, 2.67),  # L: Kooti 2015, half within 47 minutes, 90 % within a day; the whole delay
    type_s_per_char=(0.0, 0.0),
    bursts=(1.0,),
    first_wait_s=172_800.0,  # A
    wait_s=172_800.0,  # A
    nudges=0.2,  # A
    away_cap_s=604_800.0,
)
_VOICE = Tempo(
    read_s_per_char=(0.0, 0.0),  # the agent's speech is heard as it is spoken
    think_s=(0.2, 0.0),  # L: Levinson and Torreira 2015, gaps of about 200 ms; sd .4 s (A), see pace.py
    type_s_per_char=(1 / 15.0, 0.0),  # A: 2.5 words a second, six characters a word
    bursts=(1.0,),
    first_wait_s=120.0,  # A; L: Zeltyn's slides use two minutes
    wait_s=120.0,  # A
    nudges=3.0,  # A: silence is noticed sooner when speaking
)
VOICE_GAP_SD_S = 0.4

TEMPI: dict[Channel, Tempo] = {
    "web-chat": _CHAT,
    "sms": _PHONE_APP,
    "whatsapp": _PHONE_APP,
    "email": _EMAIL,
    "voice": _VOICE,
}
