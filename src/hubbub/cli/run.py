"""`hubbub run`: a whole rehearsal, from a workload's file to a verdict."""

import asyncio
import errno
import os
import sys
from pathlib import Path

import click
from rich.console import Console

from hubbub.cli import INTERRUPTED
from hubbub.cli.outputs import tell
from hubbub.cli.page import become_locust
from hubbub.model import Verdict
from hubbub.reports.evidence import read_evidence
from hubbub.reports.files import write_reports
from hubbub.reports.progress import Progress
from hubbub.reports.prometheus import Exposed
from hubbub.reports.terminal import show
from hubbub.runs.conductor import Held, Tell, conduct
from hubbub.runs.overrides import overridden
from hubbub.specs.shipped import demo_workload
from hubbub.specs.workload import LoadedWorkload, load_workload
from hubbub.stats.live import Live


@click.command("run")
@click.argument("workload", required=False, type=click.Path(path_type=Path))
@click.option(
    "--processes", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes to share the load."
)
@click.option(
    "--results",
    type=click.Path(path_type=Path),
    default=Path("results"),
    show_default=True,
    help="Where runs are kept.",
)
@click.option("--seed", type=int, help="Overrides the workload's seed.")
@click.option("--speed", type=click.FloatRange(min=0, min_open=True), help="Overrides the workload's speed.")
@click.option("--duration-s", type=click.FloatRange(min=0, min_open=True), help="Overrides the workload's duration.")
@click.option("--prometheus", "port", type=click.IntRange(0, 65535), metavar="PORT",
              help="Serve live metrics at http://127.0.0.1:PORT/metrics; 0 picks a free port.")  # fmt: skip
@click.option("--no-probe", is_flag=True, help="Load the agent without greeting it first with a single message.")
@click.option("--wait-s", type=click.FloatRange(0, 3600), default=0, show_default=True,
              help="How long the agent may take to be there, as after a start in the background.")  # fmt: skip
@click.option("--quiet", is_flag=True, help="No progress; only the summary and the verdict.")
@click.option("--web", is_flag=True, help="Open Locust's page on 127.0.0.1 instead, to start, watch and change runs.")
@click.option("--web-port", type=click.IntRange(1, 65535), default=8089, show_default=True, help="Where it listens.")
def command(
    workload: Path | None,
    processes: int,
    results: Path,
    seed: int | None,
    speed: float | None,
    duration_s: float | None,
    port: int | None,
    no_probe: bool,
    wait_s: float,
    quiet: bool,
    web: bool,
    web_port: int,
) -> None:
    """Hold the conversations of a WORKLOAD and judge them; without one, the shipped demo.

    Leaves a folder under results/ with the journal, the summary, the verdict, report.html and junit.xml.
    Ctrl-C ends the run early with a partial report; a second Ctrl-C ends it at once.

    \b
    Exit codes: 0 pass, 1 a gate failed or the agent stopped answering, 2 usage or spec,
                3 invalid (the generator was not fit to judge), 4 the agent was never reached or understood,
                5 unsure (too few samples), 130 interrupted.
    \b
    Examples:   hubbub run
                hubbub run my-workload.yaml
                hubbub run my-workload.yaml --processes 2 --seed 8
                hubbub run my-workload.yaml --wait-s 60
                hubbub run my-workload.yaml --web
    """
    loaded = overridden(load_workload(workload or demo_workload()), seed=seed, speed=speed, duration_s=duration_s)
    _warn_about_cores(processes)
    if web and port is not None:
        raise click.UsageError("--prometheus does not go with --web: Locust's page shows the figures")
    if web and wait_s:
        raise click.UsageError("--wait-s does not go with --web: press Start once the agent is there")
    if web:
        wishes: dict[str, object] = {"seed": seed, "speed": speed, "duration": duration_s, "no-probe": no_probe}
        become_locust(workload or demo_workload(), results, processes, web_port, wishes)
    console = _Patient(highlight=False)
    with Progress(console, loaded.workload, quiet=quiet) as progress:
        held = asyncio.run(_conduct(loaded, results, processes, progress.tell, port, probe=not no_probe, wait_s=wait_s))
    try:
        verdict = _report(held.folder, console)
    except KeyboardInterrupt:
        click.echo(f"hubbub: the run was over; `hubbub report {held.folder}` makes its reports", err=True)
        raise
    except OSError as error:  # a terminal that was closed ends the run, and hears no more of it
        if not held.interrupted:
            raise
        tell(f"hubbub: interrupted, and the summary could not be printed: {error.strerror or error}")
        sys.exit(INTERRUPTED)
    if held.agent_ended:
        tell(f"hubbub: the embedded agent {held.agent_ended} before the run was over: later turns failed for that")
    sys.exit(INTERRUPTED if held.interrupted else verdict.exit_code)


class _Patient(Console):
    """A console whose reader may leave (`| head`): rich's own would end the run, and everybody in it."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))


def _report(folder: Path, console: Console) -> Verdict:
    evidence = read_evidence(folder)
    try:
        write_reports(folder, evidence)
    finally:  # a full disk takes no file; what was found is shown all the same
        show(console, evidence.summary, evidence.verdict, folder)
    return evidence.verdict


async def _conduct(
    loaded: LoadedWorkload, results: Path, processes: int, tell: Tell, port: int | None, *, probe: bool, wait_s: float
) -> Held:
    """Hold the run, with its figures open to Prometheus where that is asked for."""
    if port is None:
        return await conduct(loaded, results, processes, tell, probe=probe, wait_s=wait_s)
    exposed = Exposed(loaded.workload.workload)
    click.echo(f"metrics at http://127.0.0.1:{await exposed.open(port)}/metrics", err=True)

    def tell_both(live: Live, elapsed_s: float) -> None:
        exposed.tell(live, elapsed_s)
        tell(live, elapsed_s)

    try:
        return await conduct(loaded, results, processes, tell_both, probe=probe, wait_s=wait_s)
    finally:
        await exposed.close()


def _warn_about_cores(processes: int) -> None:
    cores = os.cpu_count() or 1
    if processes > cores:
        click.echo(f"hubbub: {processes} processes on {cores} cores will disturb one another", err=True)
