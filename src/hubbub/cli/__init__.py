"""Words in, one function call per command, exit code out."""

import errno
import signal
import sys
import traceback
from types import FrameType

import click

from hubbub import __version__
from hubbub.cli.outputs import fit_to_print, let_go, tell, unread
from hubbub.errors import HubbubError, SpecError
from hubbub.registry import BUILT_IN, load, near

SUMMARIES = {
    "probe": "Hold one conversation, and say what was understood of the agent.",
    "run": "Hold the conversations of a workload and judge them.",
    "agent": "Serve the reference agent.",
    "selfcheck": "Find out how much load this machine measures honestly.",
    "judge": "Judge conversations that were held elsewhere, from their logs.",
    "check": "Check persona and workload files.",
    "new": "Begin a persona or a workload: a small file with comments.",
    "preview": "Show the customers that a persona makes.",
    "talk": "Watch one conversation of a persona, or play the agent yourself.",
    "learn": "Learn from your own logs how customers write and behave.",
    "realism": "Measure how near the customers come to people.",
    "schema": "Print the JSON Schema of a file format.",
    "report": "Show a run's summary again, from its journal alone.",
    "findings": "List what the checks found in a run, with the evidence.",
    "show": "Print one conversation of a run, as it went.",
    "recover": "Mend the journal of a run that was cut off, and account for every conversation.",
    "verify": "Check that a run's journal is as it was written.",
    "compare": "Hold a run against another: what is worse, by how much, and is that sure?",
    "agree": "Hold two runs of the same customers in other words against each other.",
    "replay": "Hold one conversation of a run again.",
}


INTERRUPTED = 130  # as shells say of what SIGINT ended
_MACHINE = 3  # this machine was not fit for what was asked
_UNPRINTED = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)  # without a name: files of ours have theirs
_UNTOLD = "what it prints could not be written: "
_UNREAD = 141  # and of what SIGPIPE did


class _Commands(click.Group):
    """Loads a command when it is used, so that `--help` is quick."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except (KeyboardInterrupt, click.Abort):  # click's own exit code says that a gate failed
            tell("hubbub: interrupted")
            ctx.exit(INTERRUPTED)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name in SUMMARIES if name in BUILT_IN["command"]]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in BUILT_IN["command"]:
            ctx.fail(f"there is no command {cmd_name!r}{near(cmd_name, BUILT_IN['command'])}")
        command = load("command", cmd_name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, SUMMARIES[name]) for name in self.list_commands(ctx)])


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="hubbub")
def hubbub() -> None:
    """A dress rehearsal for AI agents that talk to customers.

    Synthetic customers hold realistic conversations with your agent, at production-like load. Hubbub records how fast
    it answered, whether it called a human when it should, and how it failed, and ends in a verdict.

    \b
    Try it:     hubbub run                      the shipped demo, against the embedded agent
    Your agent: hubbub run my-workload.yaml     see docs/getting-started.md
    """


def _end_as_ctrl_c_does(number: int, frame: FrameType | None) -> None:
    """SIGTERM's part: what is open is closed, and a line says so; Python alone would die of it without a word."""
    if callable(signal.getsignal(signal.SIGINT)):
        signal.raise_signal(signal.SIGINT)
    else:  # what a shell started in the background is deaf to Ctrl-C
        raise KeyboardInterrupt


def main() -> None:
    """Run the command line; one of our errors is one message and an exit code, never a traceback."""
    fit_to_print()
    if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, _end_as_ctrl_c_does)
    try:
        _obey()
    except SystemExit as ended:
        sys.exit(_when_said(ended.code))


def _when_said(code: str | int | None) -> str | int | None:
    """The exit code once all is printed that a command held back, or could not be."""
    failed = let_go(sys.stdout)
    if failed is None or code not in (None, 0, 1):
        return code
    if isinstance(failed, BrokenPipeError):
        return _UNREAD
    tell(f"hubbub: {_UNTOLD}{failed.strerror}")
    return _MACHINE


def _obey() -> None:
    """Run the command, and leave with its exit code."""
    try:
        hubbub(prog_name="hubbub")
    except SpecError as error:  # each mistake begins with its place, for editors and terminals that make links of it
        many = len(error.mistakes)
        tell(f"{error}\nhubbub: {many} mistake{'s' * (many > 1)} to mend; nothing was run")
        sys.exit(error.exit_code)
    except HubbubError as error:
        tell(f"hubbub: {error}" + (f"\n  {error.remedy}" if error.remedy else ""))
        sys.exit(error.exit_code)
    except OSError as error:  # a full disk, a folder of somebody else's: the machine's doing, and no mistake of ours
        where = f": {error.filename}" if error.filename else ""
        what = "" if where or error.errno not in _UNPRINTED else _UNTOLD
        tell(f"hubbub: {what}{error.strerror or error}{where}")
        sys.exit(_MACHINE)
    except SystemExit as ended:
        if ended.code == 1 and (isinstance(ended.__context__, BrokenPipeError) or unread()):  # rich's way, click's way
            sys.exit(_UNREAD)
        raise
    except Exception:  # noqa: BLE001 - Python's own exit code, 1, would say that a gate failed
        tell(traceback.format_exc())
        tell("hubbub: a mistake of ours, or of a file of your own that is named above; not of the agent")
        sys.exit(_MACHINE)
