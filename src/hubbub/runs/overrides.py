"""A workload as its file says, and what the caller wants otherwise."""

from msgspec.structs import replace

from hubbub.errors import UsageError
from hubbub.specs.workload import LoadedWorkload


def overridden(
    loaded: LoadedWorkload,
    *,
    seed: int | None = None,
    speed: float | None = None,
    duration_s: float | None = None,
) -> LoadedWorkload:
    """The workload with what is given replaced. Raises UsageError when nothing would be left to judge."""
    workload = loaded.workload
    workload = replace(
        workload,
        seed=workload.seed if seed is None else seed,
        speed=workload.speed if speed is None else speed,
        duration_s=workload.duration_s if duration_s is None else duration_s,
    )
    if workload.warm_up_s >= workload.duration_s:
        raise UsageError(f"{workload.duration_s:g} s leave nothing to judge: warm-up takes {workload.warm_up_s:g} s")
    return replace(loaded, workload=workload)
