"""How long a customer takes to read, think and type: delay = read + think + type, times its own tempo.

agent_chars * LN(read) + LN(think) + reply_chars * LN(type), each drawn once per turn; the numbers are in channels.py.
"""

from hubbub.chance import Stream, substream
from hubbub.customers.channels import VOICE_GAP_SD_S, Tempo
from hubbub.customers.customer import PACE, Customer, moment
from hubbub.customers.pack import tempo_of

_STAYS = 1  # messages after which one is still looking: who has just written hello waits for the answer


def delay_s(customer: Customer, turn: int, heard_chars: int, texts: tuple[str, ...]) -> float:
    """Seconds from the end of the agent's reply to the sending of these texts, at natural speed. Never negative."""
    channel = customer.persona.channel
    tempo = tempo_of(customer.persona)
    chance = substream(customer.key, moment(turn, PACE))
    typed = sum(map(len, texts))
    if channel == "voice":
        return max(0.0, tempo.think_s[0] + VOICE_GAP_SD_S * chance.normal()) + typed * tempo.type_s_per_char[0]
    if channel == "email":
        return min(tempo.away_cap_s, customer.pace * chance.lognormal(*tempo.think_s))
    seconds = heard_chars * chance.lognormal(*tempo.read_s_per_char) + chance.lognormal(*tempo.think_s)
    seconds += typed * chance.lognormal(*tempo.type_s_per_char)
    return customer.pace * seconds + (_notice_s(tempo, chance) if turn > _STAYS else 0.0)


def _notice_s(tempo: Tempo, chance: Stream) -> float:
    """How long the reply lies unseen."""
    if not chance.happens(tempo.away):
        return 0.0
    return min(tempo.away_cap_s, chance.lognormal(*tempo.away_s))
