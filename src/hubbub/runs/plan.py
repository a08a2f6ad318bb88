"""What every process of a run is told: the checked workload and personas, whole, so that a run can be held again."""

from pathlib import Path

import msgspec

from hubbub.errors import UsageError
from hubbub.model import Persona, Workload
from hubbub.timetable import Revision
from hubbub.written import write_whole

_FILE = "plan.json"


class Weighted(msgspec.Struct, frozen=True):
    """A persona and its share of the customers."""

    persona: Persona
    weight: float


class Plan(msgspec.Struct, frozen=True):
    """One run. `url` is where the agent listens, also when the run started it itself. Holds no secrets.

    `revisions` are what was changed on the way.
    """

    run_id: str
    workload: Workload
    customers: tuple[Weighted, ...]
    url: str
    workers: int
    beside: str  # the folder of the workload's file, for `file.py:name`
    revisions: tuple[Revision, ...] = ()

    @property
    def personas(self) -> tuple[tuple[Persona, float], ...]:
        """Personas with their weights, as a population takes them."""
        return tuple((c.persona, c.weight) for c in self.customers)


def write_plan(folder: Path, plan: Plan) -> None:
    """Keep the plan in the run's folder. Raises NotWritten."""
    write_whole(folder / _FILE, msgspec.json.format(msgspec.json.encode(plan)))


def read_plan(folder: Path) -> Plan:
    """The plan of a run. Raises UsageError when the folder holds none, or a damaged one."""
    try:
        return msgspec.json.decode((folder / _FILE).read_bytes(), type=Plan)
    except FileNotFoundError:
        raise UsageError(f"{folder} is not a run's folder: it has no {_FILE}") from None
    except msgspec.MsgspecError as error:
        raise UsageError(f"{folder / _FILE} is damaged: {error}") from None
