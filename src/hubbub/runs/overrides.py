"""A workload as its file says, and what the caller wants otherwise."""

from typing import TypeVar, cast

from msgspec import ValidationError, convert
from msgspec.structs import fields, replace

from hubbub.errors import UsageError
from hubbub.model import Workload
from hubbub.specs.workload import LoadedWorkload

T = TypeVar("T", int, float)
_KINDS = {field.name: field.type for field in fields(Workload)}


def overridden(
    loaded: LoadedWorkload,
    *,
    seed: int | None = None,
    speed: float | None = None,
    duration_s: float | None = None,
) -> LoadedWorkload:
    """The workload with what is given replaced.

    Raises UsageError for what no workload could say, and when nothing would be left to judge.
    """
    workload = loaded.workload
    workload = replace(
        workload,
        seed=override("seed", seed, workload.seed),
        speed=override("speed", speed, workload.speed),
        duration_s=override("duration_s", duration_s, workload.duration_s),
    )
    if workload.warm_up_s >= workload.duration_s:
        raise UsageError(f"{workload.duration_s:g} s leave nothing to judge: warm-up takes {workload.warm_up_s:g} s")
    return replace(loaded, workload=workload)


def override(name: str, given: T | None, said: T) -> T:
    """What is given, else what the workload says under this name. Raises UsageError for what it could not say."""
    try:
        return said if given is None else cast(T, convert(given, _KINDS[name]))
    except ValidationError as error:
        must = str(error).replace("Expected `float`", "must be")
        raise UsageError(f"--{name.replace('_', '-')} {given:g}: {must}") from None
