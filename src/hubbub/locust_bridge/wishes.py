"""What a user asks for in Locust's fields or options, and the workload that this makes."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from hubbub.errors import UsageError
from hubbub.model import Arrivals
from hubbub.registry import near
from hubbub.runs.overrides import overridden
from hubbub.specs.workload import LoadedWorkload

_MOST_PER_S = 100_000.0
_LONGEST_S = 604_800.0
FIELDS = ("arrival_rate", "mix", "seed", "duration", "speed")
LOOPBACK = "127.0.0.1"
_EMBEDDED_HOST = "http://127.0.0.1"  # the embedded agent takes any free port


class Wishes(Struct, frozen=True):
    """What differs from the workload's file. Empty and None mean: as it says."""

    arrival_rate: float | None = None
    mix: dict[str, float] = {}
    seed: int | None = None
    duration_s: float | None = None
    speed: float | None = None


def add_options(parser: Any, loaded: LoadedWorkload) -> None:
    """Our options on Locust's command line, a Locust parser; those of a run are fields in its web page too.

    Only this machine is listened to, unless an option says otherwise.
    """
    workload = loaded.workload
    parser.add_argument(
        "--arrival-rate",
        type=str,
        default="",
        help="Conversations per second; empty: as the workload says",
    )
    parser.add_argument("--mix", type=str, default=mix_text(loaded), help="Personas and their weights")
    parser.add_argument("--seed", type=int, default=workload.seed, help="Decides who comes, and when")
    parser.add_argument("--duration", type=float, default=workload.duration_s, help="Seconds during which they come")
    parser.add_argument("--speed", type=float, default=workload.speed, help="Compresses reading, thinking and typing")
    outside: dict[str, Any] = {"include_in_web_ui": False}
    parser.add_argument("--results", type=str, default="results", help="Where runs are kept", **outside)
    parser.add_argument(
        "--no-probe",
        action="store_true",
        help="Load the agent without greeting it first with a single message",
        **outside,
    )
    parser.add_argument(
        "--send-journals",
        action="store_true",
        help="Send a worker's journal to the master even where both see one folder",
        **outside,
    )
    parser.set_defaults(web_host=LOOPBACK, master_bind_host=LOOPBACK)


def mix_text(loaded: LoadedWorkload) -> str:
    """A workload's mix as it is written in the field."""
    return mix_words({persona.persona: weight for persona, weight in loaded.personas})


def mix_words(mix: Mapping[str, float]) -> str:
    """A mix as it is written in the field."""
    return ", ".join(f"{name}={_told(weight)}" for name, weight in sorted(mix.items()))


def _told(weight: float) -> str:
    """A weight in as many digits as say it all: by another, other customers would come."""
    short = f"{weight:g}"
    return short if float(short) == weight else repr(weight)


def read_wishes(fields: Mapping[str, Any]) -> Wishes:
    """Wishes from the texts or values of fields. Raises UsageError that says which field is wrong."""
    duration = fields.get("run_time") or fields.get("duration")
    return Wishes(
        arrival_rate=_number("arrival rate", fields.get("arrival_rate"), _MOST_PER_S),
        mix=_mix(str(fields.get("mix") or "")),
        seed=_whole("seed", fields.get("seed")),
        duration_s=_number("duration", duration, _LONGEST_S),
        speed=_number("speed", fields.get("speed"), 1000.0),
    )


def wanted(loaded: LoadedWorkload, wishes: Wishes) -> LoadedWorkload:
    """The workload that is wished for. Raises UsageError when the wishes do not fit it."""
    changed = overridden(loaded, seed=wishes.seed, speed=wishes.speed, duration_s=wishes.duration_s)
    if wishes.arrival_rate is not None:
        arrivals = at_rate(wishes.arrival_rate)
        changed = replace(changed, workload=replace(changed.workload, arrivals=arrivals))
    if wishes.mix:
        changed = replace(changed, personas=_mixed(loaded, wishes.mix))
    return changed


def at_rate(rate_per_s: float) -> Arrivals:
    """Customers who come independently of each other, so many a second."""
    return Arrivals(process="poisson", rate_per_s=rate_per_s)


def shown_host(loaded: LoadedWorkload) -> str:
    """What Locust shows as the host: the agent's address, which only the workload's file can change."""
    return loaded.workload.agent.url or _EMBEDDED_HOST


def results_folder(options: Any) -> Path:
    """Where runs are kept."""
    return Path(str(getattr(options, "results", None) or "results"))


def _mixed(loaded: LoadedWorkload, mix: dict[str, float]) -> Any:
    there = {persona.persona: persona for persona, _ in loaded.personas}
    for name in mix:
        if name not in there:
            raise UsageError(f"mix: the workload has no persona {name[:64]!r}{near(name[:64], there)}")
    return tuple((there[name], mix[name]) for name in sorted(mix))


def _mix(text: str) -> dict[str, float]:
    mix: dict[str, float] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, equals, weight = part.partition("=")
        number = _number("mix", weight, 1e6) if equals else 1.0
        if number is None:
            raise UsageError(f"mix: {part[:80]!r} is not a persona and its weight, such as broken-blender=3")
        mix[name.strip()] = number
    return mix


def _number(field: str, value: Any, most: float) -> float | None:
    if value is None or value == "":
        return None
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise UsageError(f"{field}: {str(value)[:80]!r} is not a number") from None
    if not 0 < number <= most:
        raise UsageError(f"{field}: {number:g} is not above 0 and at most {most:g}")
    return number


def _whole(field: str, value: Any) -> int | None:
    if value is None or value == "":
        return None
    try:
        return int(value)
    except (TypeError, ValueError):
        raise UsageError(f"{field}: {str(value)[:80]!r} is not a whole number") from None
