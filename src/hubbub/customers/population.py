"""Who comes: a customer drawn from a mix of personas by (seed, conversation number), whatever came before."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from hubbub.chance import Stream, key, substream
from hubbub.customers import identity, mailbox
from hubbub.customers.customer import TRAITS, Style, moment
from hubbub.customers.customer import Customer as Customer
from hubbub.customers.pack import check_pack, detail_of, habits_of
from hubbub.customers.permutation import capacity, free_places, number_of, shape_of, unique_fill
from hubbub.errors import UnknownName, UsageError
from hubbub.model import Persona, Source

PACE_SIGMA = 0.27  # log-sd of a customer's own tempo; fitted, see channels.py
PATIENCE_SIGMA = 0.28  # log-sd of the turns a person has in it: that of messages per conversation in MultiDoGO
_TERSE = {"plain": 1.0, "polite": 0.7, "blunt": 1.5, "chatty": 0.3, "formal": 0.4}  # factor on terseness; an assumption
_FORMAL = {"formal": 0.25, "polite": 0.6, "blunt": 1.4}  # factor on careless habits by register; an assumption
_FORMAL_SHARE = {"formal": 1.0, "polite": 1.0, "plain": 0.7, "blunt": 0.4, "chatty": 0.15}  # who says Sie, vous (A)
_TOKEN_PLACES = 4
_PHRASE_WORDS = 4
_PHRASE_SIGNS = 8
_KANA_ENDS = re.compile(r"[\u3040-\u309f]$")  # a Japanese sentence ends in them, a name or an address does not


class Population:
    """The customers of a run. Drawing is pure: the same seed and number give the same customer, in any order.

    Raises UsageError for an empty mix or a pack that cannot be read, UnknownName for a Faker provider there is not.
    """

    def __init__(self, personas: Sequence[tuple[Persona, float]], seed: int) -> None:
        if not personas or sum(weight for _, weight in personas) <= 0:
            raise UsageError("a population needs at least one persona with a weight above 0")
        self.personas = tuple(persona for persona, _ in personas)
        self.seed = seed
        self._weights = [(0, tuple(weight for _, weight in personas))]  # from a number on
        self._shared = _most_shared(self.personas)
        _check_providers(self.personas)
        for persona in self.personas:
            check_pack(persona)

    def draw(self, number: int) -> Customer:
        """Customer `number` (0, 1, 2, ...)."""
        base = key(self.seed, number, "customer")
        chance = substream(base, moment(-1, TRAITS))
        persona = chance.weighted(self.personas, self._weights_of(number))
        provider = identity.name_provider(source.faker for source in persona.knows.values())
        name = identity.generator(persona.locale).person(chance, provider)
        knows = self._knows(persona, number, name, chance)
        return Customer(
            number=number,
            persona=persona,
            name=knows.get("name", name),
            locale=persona.locale,
            language=persona.manner.pack or persona.locale.partition("-")[0],
            knows=knows,
            others=_others(persona, knows, name, chance),
            tokens=_tokens(persona, knows),
            key=base,
            pace=chance.lognormal(1.0, PACE_SIGMA),
            patience_turns=chance.lognormal(persona.patience.turns, PATIENCE_SIGMA),
            style=_style(persona, chance),
            formal=_FORMAL_SHARE[persona.manner.register] * 100 > base % 100,
        )

    def remix(self, number: int, mix: Mapping[str, float]) -> None:
        """Let customers from `number` on come by these weights; a persona that is not named does not come.

        Raises UsageError for a mix of nobody, or of a persona who is not of this population.
        """
        there = {persona.persona for persona in self.personas}
        if not mix.keys() <= there or sum(mix.values()) <= 0:
            raise UsageError(f"a mix is of these personas: {', '.join(sorted(there))}")
        self._weights.append((number, tuple(mix.get(persona.persona, 0.0) for persona in self.personas)))

    def _weights_of(self, number: int) -> tuple[float, ...]:
        return next(weights for first, weights in reversed(self._weights) if first <= number)

    def token_shape(self) -> re.Pattern[str]:
        """What matches, whole, everything that could be a token of one of these customers, and little else."""
        sources = [source for persona in self.personas for source in persona.knows.values() if _is_token(source)]
        patterns = {shape_of(source.pattern) for source in sources if source.pattern is not None}
        mails = any(source.faker is not None for source in sources)
        return re.compile("|".join(sorted((*patterns, *((mailbox.SHAPE,) if mails else ())))) or r"(?!)")

    def owner_of(self, token: str, newest: int) -> int | None:
        """The latest customer up to `newest` who owns a token; None when nobody could. Costs a draw per pattern."""
        candidates = {c for p in self.personas for s in p.knows.values() for c in self._candidates(s, token, newest)}
        return next((n for n in sorted(candidates, reverse=True) if token in self.draw(n).tokens), None)

    def _candidates(self, source: Source, token: str, newest: int) -> list[int]:
        pattern = source.pattern or ""
        if source.faker in identity.MAIL_PROVIDERS:
            found = mailbox.owner(token, self.seed)
        else:
            found = number_of(pattern, self.seed, token, of=self._shared.get(pattern, 1)) if pattern else None
        if found is None:
            return []
        first, period = found
        return list(range(newest - (newest - first) % period, -1, -period))[:64]

    def _knows(self, persona: Persona, number: int, name: str, chance: Stream) -> dict[str, str]:
        """Every value of a customer. `ordinal` counts the slots that share a pattern."""
        knows: dict[str, str] = {}
        seen: dict[str, int] = {}
        named: set[str] = set()
        for slot, source in persona.knows.items():
            if source.pattern is not None:
                of, ordinal = self._shared[source.pattern], seen.get(source.pattern, 0)
                seen[source.pattern] = ordinal + 1
                knows[slot] = unique_fill(source.pattern, self.seed, number, ordinal=ordinal, of=of)
            elif source.faker in identity.MAIL_PROVIDERS:
                knows[slot] = identity.email(name, persona.locale, self.seed, number, chance)
            elif identity.is_somebody_elses(slot, source.faker, named):
                knows[slot] = _plain(
                    source, persona, identity.generator(persona.locale).person(chance, source.faker or "name"), chance
                )
            else:
                knows[slot] = _plain(source, persona, name, chance)
        return knows


def is_phrase(value: str) -> bool:
    """Whether a value is a remark rather than a datum: it is said as it is, and in the first message."""
    if value.count(" ") >= _PHRASE_WORDS - 1:
        return value[:1].islower() or value.startswith(("I ", "I'"))
    return len(value) >= _PHRASE_SIGNS and _KANA_ENDS.search(value) is not None


def is_remark(slot: str, value: str) -> bool:
    """Whether what a customer knows under this name is a remark: an address never is, however it is written."""
    return slot != "address" and is_phrase(value)


def _plain(source: Source, persona: Persona, name: str, chance: Stream) -> str:
    if source.one_of is not None:
        return chance.choice(source.one_of)
    if source.faker is not None:
        return identity.drawn(source.faker, persona.locale, name, chance)
    if source.phrase is not None and persona.manner.pack is not None:
        return detail_of(persona.manner.pack, source.phrase, chance)
    return source.value or ""


def _others(persona: Persona, knows: dict[str, str], name: str, chance: Stream) -> dict[str, str]:
    """Second values, for personas who change their mind or slip. Never of a token: it could be a neighbour's."""
    if not (persona.moves.change_mind or persona.moves.correct):
        return {}
    others: dict[str, str] = {}
    for slot, source in persona.knows.items():
        if source.one_of is not None and not is_remark(slot, knows[slot]):
            left = tuple(option for option in source.one_of if option != knows[slot])
            others |= {slot: chance.choice(left)} if left else {}
        elif source.faker is not None and identity.may_change(source.faker):
            others[slot] = identity.drawn(source.faker, persona.locale, name, chance)
    return {slot: value for slot, value in others.items() if value != knows[slot]}


def _tokens(persona: Persona, knows: dict[str, str]) -> tuple[str, ...]:
    return tuple([knows[slot] for slot, source in persona.knows.items() if _is_token(source)])


@lru_cache(maxsize=4096)
def _is_token(source: Source) -> bool:
    """Unique, and long or odd enough that nobody says it by chance: four bare digits could be a year."""
    if source.faker is not None:
        return source.faker in identity.MAIL_PROVIDERS
    pattern = source.pattern or ""
    return free_places(pattern) >= _TOKEN_PLACES and (len(pattern) > _TOKEN_PLACES + 1 or "?" in pattern)


def _style(persona: Persona, chance: Stream) -> Style:
    manner, habits = persona.manner, habits_of(persona)
    careless = _FORMAL.get(manner.register, 1.0)
    return Style(
        lower=chance.happens(habits.lower * careless),
        bare=chance.happens(habits.bare * min(careless, 1.2)),
        unquoted=chance.happens(habits.unquoted * careless),
        short=chance.happens(habits.short * careless),
        typos=min(0.5, manner.typos * chance.lognormal(1.0, 0.5)),
        bursts=manner.bursts,
        terse=chance.happens(habits.terse * _TERSE[manner.register]),
        clipped=chance.happens(habits.clipped * careless),
        full=chance.happens(habits.full),
    )


def _most_shared(personas: Sequence[Persona]) -> dict[str, int]:
    """Pattern to the largest count of slots that use it within one persona."""
    most: Counter[str] = Counter()
    for persona in personas:
        most |= Counter(source.pattern for source in persona.knows.values() if source.pattern is not None)
    return {pattern: min(count, capacity(pattern)) for pattern, count in most.items()}


def _check_providers(personas: Sequence[Persona]) -> None:
    wrong = (
        f"{persona.persona}: knows.{slot}: {problem}"
        for persona in personas
        for slot, source in persona.knows.items()
        if source.faker is not None and (problem := identity.problem(source.faker, persona.locale))
    )
    first = next(wrong, None)
    if first:
        raise UnknownName(first)
