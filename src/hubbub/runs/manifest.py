"""What a run was, in a file of its own: enough to judge it again, and to know where it came from."""

from pathlib import Path

import msgspec

from hubbub.errors import UsageError
from hubbub.model import Budget
from hubbub.written import write_whole

FORMAT = 1
_FILE = "manifest.json"


class Greeting(msgspec.Struct, frozen=True, omit_defaults=True):
    """The conversation of one turn that was held before any load, and is in no other figure.

    `outcome` is `ok` or a failure class, of the last of so many `sends`; `took_s` are its seconds.
    """

    outcome: str
    detail: str = ""
    sends: int = 1
    took_s: float = 0.0
    chars: int = 0  # of the reply's text
    completed_by: str = ""
    status: int = 0  # of the answer to the last send, where it failed


class Invited(msgspec.Struct, frozen=True):
    """A persona that was to come: its weight in the mix, and what it is on and speaks."""

    persona: str
    weight: float
    channel: str = ""
    locale: str = ""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """One run: what was asked, by which versions, on which machine. Holds no secrets."""

    format: int = FORMAT
    workload: str  # its name
    seed: int
    gates: tuple[str, ...] = ()
    budget: Budget = Budget()
    duration_s: float = 0.0
    versions: dict[str, str] = {}  # of hubbub, Python and what we stand on
    machine: dict[str, str | int | float] = {}
    sources: dict[str, str] = {}  # spec file to the SHA-256 of its bytes
    spec: str = ""  # the workload's text, as its author wrote it
    probe: Greeting | None = None  # None: none was held
    agent_ended: str = ""  # how the embedded agent ended before the run did, where it did; noted when the run is over
    invited: tuple[Invited, ...] = ()  # empty: nobody was asked for by name, as in a log


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Keep the manifest in the run's folder, its keys in a stable order. Raises NotWritten."""
    text = msgspec.json.format(msgspec.json.encode(manifest, order="deterministic"), indent=2)
    write_whole(folder / _FILE, text + b"\n")


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a run. Raises UsageError when the folder holds none, or a damaged or newer one."""
    path = folder / _FILE
    try:
        manifest = msgspec.json.decode(path.read_bytes(), type=Manifest)
    except OSError:
        raise UsageError(f"{folder} is not a run's folder: it has no readable {_FILE}") from None
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is damaged: {error}") from None
    if manifest.format != FORMAT:
        raise UsageError(f"{path} has format {manifest.format}; this version reads {FORMAT}")
    return manifest
