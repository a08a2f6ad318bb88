"""Where a run comes from: the versions, the machine and the files that it is made of."""

import os
import platform
from importlib.metadata import PackageNotFoundError, version

from hubbub import __version__
from hubbub.runs.manifest import Greeting, Invited, Manifest
from hubbub.specs.workload import LoadedWorkload

_STANDS_ON = ("aiohttp", "uvloop", "msgspec", "numpy", "scipy", "faker", "hdrhistogram", "pyyaml")


def manifest_of(loaded: LoadedWorkload, workers: int, probe: Greeting | None = None) -> Manifest:
    """The manifest of a run of this workload, on this machine, now."""
    workload = loaded.workload
    return Manifest(
        workload=workload.workload,
        seed=workload.seed,
        gates=workload.gates,
        budget=workload.budget,
        duration_s=workload.duration_s,
        versions=versions(),
        machine={**machine(), "workers": workers},
        sources=loaded.sources,
        spec=loaded.texts.get(loaded.path.name, ""),
        probe=probe,
        invited=tuple(Invited(one.persona, weight, one.channel, one.locale) for one, weight in loaded.personas),
    )


def machine() -> dict[str, str | int | float]:
    """This machine, as far as figures depend on it."""
    return {
        "system": platform.system(),
        "release": platform.release(),
        "processor": platform.machine(),
        "cores": os.cpu_count() or 1,
    }


def versions() -> dict[str, str]:
    """The versions of Hubbub, Python and what we stand on."""
    found = {"hubbub": __version__, "python": platform.python_version()}
    for name in _STANDS_ON:
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # an optional one that is not there, such as uvloop on some systems
            continue
    return found
