"""A folder of a persona's own words, such as `hubbub learn` writes: what it says of itself, and its phrases."""

from pathlib import Path
from typing import Any

import msgspec
import yaml
from msgspec import Struct

from hubbub.customers.channels import TEMPI, Tempo
from hubbub.customers.habits import Habits
from hubbub.errors import UsageError

PHRASED = ("acts", "intents", "slots", "facts", "reasons")  # files of phrases; all others have a shape of their own
TERSE = "/terse"  # ends the name of phrases for people of few words
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # every scalar stays the text that was written
Texts = dict[str, dict[str, Any]]  # the files of a pack, by their names


class Own(Struct, frozen=True, forbid_unknown_fields=True):
    """What a folder says of itself: `pack.yaml`. `about` is for readers; without `tempo` the channel's counts."""

    language: str = "en"
    about: str = ""
    habits: Habits = Habits()
    tempo: Tempo | None = None


def is_folder(name: str) -> bool:
    """Whether the name of a pack is a folder's, and not a language's."""
    return "/" in name or "\\" in name


def own_of(name: str) -> Own:
    """What a folder says of itself. Raises UsageError."""
    try:
        return msgspec.convert(_read(Path(name), "pack"), Own, strict=False)
    except msgspec.ValidationError as error:
        raise UsageError(f"{name}/pack.yaml: {error}") from None


def texts_in(name: str) -> Texts:
    """The phrases, rules and noise that a folder brings. Raises UsageError."""
    texts = {page: _read(Path(name), page) for page in (*PHRASED, "rules", "noise")}
    for page in PHRASED:
        for key, phrases in texts[page].items():
            if not isinstance(phrases, dict) or not all(isinstance(phrase, str) for phrase in phrases.values()):
                raise UsageError(f"{name}/{page}.yaml: {key}: expected phrases by what they are about")
    return texts


def _read(folder: Path, page: str) -> dict[str, Any]:
    file = folder / f"{page}.yaml"
    try:
        found = yaml.load(file.read_text(encoding="utf-8"), _LOADER) if file.is_file() else {}  # noqa: S506 - makes text only
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UsageError(f"{file} cannot be read: {error}") from None
    if not isinstance(found, dict):
        raise UsageError(f"{file} is not a mapping")
    return found


def laid_over(base: Texts, own: Texts) -> Texts:
    """A folder's phrases over those of its language, about by about; an empty mapping takes an act away.

    What the folder says anew, the terse say as it has it. What is told together is told in the folder's words alone.
    """
    merged = {page: base[page] | own[page] for page in base}
    for page in PHRASED:
        for key, phrases in own[page].items():
            said = base[page].get(key, {})
            left = (about for about in said if about[0] != "+" and about.removesuffix(TERSE) not in phrases)
            merged[page][key] = {about: said[about] for about in left} | phrases if phrases else {}
        merged[page] = {key: phrases for key, phrases in merged[page].items() if phrases}
    return merged


def tempo_or(own: Own | None, channel: str) -> Tempo:
    """How fast customers are: as their folder says, or by their channel."""
    return TEMPI[channel] if own is None or own.tempo is None else own.tempo  # type: ignore[index]
