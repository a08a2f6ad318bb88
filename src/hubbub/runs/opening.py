"""A run before its first customer: the agent reached or started, the folder made, plan and manifest in it."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from hubbub.checks.own import load_checks
from hubbub.errors import UsageError
from hubbub.runs.embedded import TRUTH, EmbeddedProcess, start_embedded
from hubbub.runs.manifest import read_manifest, write_manifest
from hubbub.runs.meeting import meet
from hubbub.runs.origin import manifest_of
from hubbub.runs.plan import Plan, Weighted, write_plan
from hubbub.specs.workload import LoadedWorkload


class Opened(Struct, frozen=True):
    """A run that can begin. `close` ends the agent that was started for it, if one was."""

    folder: Path
    plan: Plan
    agent: EmbeddedProcess | None

    async def close(self) -> None:
        """End the embedded agent, and wait until it has written its log. One that ended before is noted."""
        if self.agent is None:
            return
        if self.agent.ended:
            write_manifest(self.folder, replace(read_manifest(self.folder), agent_ended=self.agent.ended))
        await self.agent.stop()

    async def discard(self) -> None:
        """Leave nothing of it: it has not begun, and never will."""
        await _discard(self.folder, self.agent)


async def open_run(
    loaded: LoadedWorkload, results: Path, workers: int, *, probe: bool = True, wait_s: float = 0.0
) -> Opened:
    """Make everything ready that all processes of a run share. With `probe`, an agent of the user's is greeted first;
    it gets `wait_s` seconds to start.

    Raises AgentUnreachable before any load when nothing answers at the agent's address, AgentNotUnderstood when its
    answer is not what the workload says, UnknownName or UsageError for a check that is none, and UsageError when the
    folder cannot be made. Whatever it raises, also when it is cancelled, no folder and no agent of it is left.
    """
    workload = loaded.workload
    load_checks(workload.checks, loaded.path.parent)  # for its mistakes, here and not in every process
    greeting = None
    if workload.agent.url is not None:
        greeting = await meet(workload.agent, loaded.path.parent, probe=probe, wait_s=wait_s)
    folder = new_folder(results, workload.workload, workload.seed)
    agent: EmbeddedProcess | None = None
    try:
        if workload.agent.embedded is not None:
            agent = await start_embedded(workload.agent.embedded, folder / TRUTH)
        url = agent.url(workload.agent.connector) if agent else str(workload.agent.url)
        people = tuple(Weighted(persona, weight) for persona, weight in loaded.personas)
        plan = Plan(folder.name, workload, people, url, workers, str(loaded.path.parent.resolve()))
        write_plan(folder, plan)
        write_manifest(folder, manifest_of(loaded, workers, greeting))
    except BaseException:  # also when cancelled: it goes on its way once nothing is left
        await _discard(folder, agent)
        raise
    return Opened(folder, plan, agent)


async def _discard(folder: Path, agent: EmbeddedProcess | None) -> None:
    if agent is not None:
        await agent.kill()
    shutil.rmtree(folder, ignore_errors=True)


def new_folder(results: Path, of: str, seed: int) -> Path:
    """Make `<workload>-<utc>-<seed>` under results, with a number behind it where that is taken."""
    try:
        results.mkdir(parents=True, exist_ok=True)
    except FileExistsError:  # a file, or a link to nothing
        raise UsageError(f"cannot write results to {results}: it is there, and no folder") from None
    except OSError as error:
        raise UsageError(f"cannot write results to {results}: {error.strerror}") from None
    utc = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    name = f"{of}-{utc}-{seed}"
    for suffix in ("", *(f"-{n}" for n in range(2, 1000))):
        folder = results / (name + suffix)
        try:
            folder.mkdir()
        except FileExistsError:
            continue
        except OSError as error:
            raise UsageError(f"cannot write results to {results}: {error.strerror}") from None
        return folder
    raise UsageError(f"too many runs named {name} in {results}")
