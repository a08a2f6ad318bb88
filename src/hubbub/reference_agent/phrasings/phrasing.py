"""What a set of phrases holds."""

from collections.abc import Mapping

from msgspec import Struct


class Phrasing(Struct, frozen=True):
    """Ways to say things. `sayings` and `questions` have the same names in every set; `offers` offer a human."""

    sayings: Mapping[str, tuple[str, ...]]
    questions: Mapping[str, tuple[str, ...]]
    courtesies: tuple[str, ...] = ()
    apologies: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
