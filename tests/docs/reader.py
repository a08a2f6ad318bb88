"""A reader who follows a page to the letter: a checkout, a shell, and every file that the page says to write.

Commands are run as they stand. Only workloads are shortened, and ports exchanged for free ones, so that pages can be
read side by side.
"""

import doctest
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from shlex import quote
from typing import Self

from benchmarks.ports import free_port
from tests.docs.blocks import ROOT, Block, Command, commands
from tests.docs.shortening import shortened

SHOWN = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
VERDICTS = frozenset({0, 1, 3, 5})  # what a command that judges may end with, where the page does not say
PATIENCE_S = 300.0  # with a command: a busy machine takes ten times as long as an idle one
_JUDGES = re.compile(r"\bhubbub (?:run|compare|report|judge|replay)\b|\blocust |scripts/demo\b")
_PORT = re.compile(r"(?:127\.0\.0\.1:|localhost:|--port |--prometheus |--web-port )(\d{4,5})\b")
_RUN = re.compile(r"\bresults/[\w-]+-\d{8}T\d{6}Z-\d+\b")
_COPIED = ("personas", "workloads", "schema", "scripts", "locustfiles", "deploy")
_LINKED = ("src", "pyproject.toml", "constraints.txt", "README.md")
# A clone gets the .venv that is here: making one takes a minute, and CI has just done it.
_GIT = 'git() { command git "$@" && (cd "$HERE" && .venv/bin/python -m tests.docs.reader "$OLDPWD/${@: -1}"); }\n'
_ENV = {"COLUMNS": "200", "LC_ALL": "C.UTF-8", "HERE": str(ROOT), "PYTHONUNBUFFERED": "1", "NO_COLOR": "1"}
_OURS = ("LOCUST", "HUBBUB", "VIRTUAL_ENV")  # what tests and developers set, and a reader has not


def furnish(folder: Path) -> None:
    """Lay the .venv of this checkout into another, as `scripts/setup` would have made it, and shorten its workloads."""
    here, there = ROOT / ".venv", folder / ".venv"
    (there / "bin").mkdir(parents=True)
    for program in (here / "bin").iterdir():
        (there / "bin" / program.name).symlink_to(program)
    for name in ("lib", "pyvenv.cfg"):
        (there / name).symlink_to(here / name)
    stamped = ("pyproject.toml", "constraints.txt", "scripts/setup", "src/hubbub/__init__.py")
    sums = subprocess.run(["cksum", *stamped], cwd=folder, capture_output=True, text=True, check=True).stdout
    (there / "stamp").write_text(f"{folder}\n{sums}")
    for workload in (folder / "workloads").glob("*.yaml"):
        workload.write_text(shortened(workload.read_text()))


class Reader:
    """One reader of one page. Ends every process that the page began."""

    def __init__(self, folder: Path, exhibit: Path | None = None) -> None:
        self._exhibit = exhibit
        self._home = folder
        self._ports: dict[str, str] = {}
        self.checkout = folder / "hubbub"

    def __enter__(self) -> Self:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
        env = {**kept, **_ENV, **_locusts_port(), "PATH": f"{self.checkout}/.venv/bin:{os.environ['PATH']}"}
        self._shell = subprocess.Popen(
            ["bash", "--noprofile", "--norc"], cwd=self._home, env=env, start_new_session=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self._do(_GIT)
        return self

    def __exit__(self, *_: object) -> None:
        for how in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(self._shell.pid, how)
            except ProcessLookupError:
                break
            time.sleep(0.2)
        self._shell.wait()
        for pipe in (self._shell.stdin, self._shell.stdout):
            if pipe is not None:
                pipe.close()

    def has_a_checkout(self) -> None:
        """What `git clone` and `scripts/setup` leave, and go there."""
        self.checkout.mkdir(parents=True)
        for name in _COPIED:
            shutil.copytree(ROOT / name, self.checkout / name)
        for name in _LINKED:
            (self.checkout / name).symlink_to(ROOT / name)
        furnish(self.checkout)
        self._do(f"cd {self.checkout}")

    def writes(self, block: Block) -> None:
        """A file that the page shows, where it says."""
        file = self.checkout / block.file
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(shortened(self._exchanged(block.text)))

    def runs(self, block: Block) -> None:
        """Every command of a block, in order; fails where one does not do what is shown."""
        if block.first:
            self._runs_one(block, Command(block.first, ""), "")
        every = commands(block)
        for at, command in enumerate(every):
            following = every[at + 1].words.strip() if at + 1 < len(every) else ""
            self._runs_one(block, command, following)

    def _runs_one(self, block: Block, command: Command, following: str) -> None:
        words = self._exchanged(command.words.replace("<this repository>", quote(str(ROOT))))
        self._has_runs(words)
        if words.rstrip().endswith("&"):
            code, printed = self._begins(words, command.shown)
        else:
            code, printed = self._do(words)
        for shown, free in self._ports.items():
            printed = printed.replace(free, shown)
        allowed = VERDICTS if _JUDGES.search(words) else {0}
        assert following == "echo $?" or code in allowed, f"{block.where}: {words}ended with {code}\n{printed}"
        if command.shown.strip():
            assert_shown(command.shown, printed, f"{block.where}: {words}")

    def _exchanged(self, text: str) -> str:
        for port in dict.fromkeys(_PORT.findall(text)):
            self._ports.setdefault(port, str(free_port()))
        return re.sub(r"\b\d{4,5}\b", lambda found: self._ports.get(found[0], found[0]), text)

    def _has_runs(self, words: str) -> None:
        """The results of runs that a page speaks of are those of a run that was really held."""
        for name in _RUN.findall(words):
            if not (self.checkout / name).exists() and self._exhibit is not None:
                shutil.copytree(self._exhibit, self.checkout / name)

    def _begins(self, words: str, shown: str) -> tuple[int, str]:
        """Something that goes on beside: wait for what it is shown to say, and for the ports that it names."""
        log = self._home / "beside.txt"
        log.write_text("")
        code, _ = self._do(words, into=f">{log} 2>&1")
        ports = [int(port) for port in _PORT.findall(words)]
        over_s = time.monotonic() + PATIENCE_S
        while not (_says(log.read_text(), shown, self._ports) and all(map(_listens, ports))):
            assert time.monotonic() < over_s, f"{words}never began\n{log.read_text()}"
            time.sleep(0.05)
        return code, log.read_text()

    def _do(self, words: str, into: str = "") -> tuple[int, str]:
        """Have the shell run something; its exit code, and what it printed."""
        script = self._home / "words.sh"
        script.write_text(words if words.endswith("\n") else words + "\n")
        mark = f"==over {time.monotonic_ns()}"
        # `source` keeps folders, variables and jobs from one command to the next, and `(exit)` the code for `echo $?`
        line = f'source {script} </dev/null {into}; code=$?; printf "\\n{mark} %d\\n" $code; (exit $code)\n'
        assert self._shell.stdin is not None
        self._shell.stdin.write(line.encode())
        self._shell.stdin.flush()
        printed, _, code = self._heard(mark).rpartition(f"\n{mark} ")
        return int(code), printed

    def _heard(self, mark: str) -> str:
        """All that the shell says until the mark's line."""
        assert self._shell.stdout is not None
        heard, over_s = "", time.monotonic() + PATIENCE_S
        with DefaultSelector() as selector:
            selector.register(self._shell.stdout, EVENT_READ)
            while not re.search(rf"\n{mark} \d+\n\Z", heard):
                left_s = over_s - time.monotonic()
                assert left_s > 0, f"went on for more than {PATIENCE_S:.0f} s\n{heard}"
                if selector.select(left_s):
                    piece = os.read(self._shell.stdout.fileno(), 65536)
                    assert piece, f"the shell ended\n{heard}"
                    heard += piece.decode(errors="replace")
        return heard


def assert_shown(shown: str, printed: str, where: str) -> None:
    """What was printed is what the page shows, where `...` stands for anything, and blanks for any blanks."""
    checker = doctest.OutputChecker()
    if not checker.check_output(shown, printed, SHOWN):
        difference = checker.output_difference(doctest.Example("", shown), printed, SHOWN)
        raise AssertionError(f"{where}\n{difference}")


def _says(printed: str, shown: str, ports: dict[str, str]) -> bool:
    for port, free in ports.items():
        printed = printed.replace(free, port)
    return not shown.strip() or doctest.OutputChecker().check_output(shown, printed, SHOWN)


def _listens(port: int) -> bool:
    with socket.socket() as knock:
        return knock.connect_ex(("127.0.0.1", port)) == 0


def _locusts_port() -> dict[str, str]:
    """A port of this reader's own for `--processes`, where Locust would take 5557 whoever else has it."""
    port = str(free_port())
    return {"LOCUST_MASTER_BIND_PORT": port, "LOCUST_MASTER_NODE_PORT": port}


if __name__ == "__main__":
    furnish(Path(sys.argv[1]).resolve())
