"""How long a command takes to say something: `hubbub --help`, and `hubbub check` of a hundred personas.

Each is started over and over, turn by turn with `python -c pass`, so that all see the same machine. Prints medians and
the middle half of what was measured, in milliseconds.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

from hubbub.specs.shelf import yaml_files
from hubbub.specs.shipped import shipped_dir

PERSONAS = 100


def copies(folder: Path) -> None:
    """A hundred personas: the shipped ones over and over, each under a name of its own."""
    whole = (path for path in yaml_files(shipped_dir("personas")) if path.parent.name != "base")
    sources = [path for path in whole if "extends:" not in path.read_text(encoding="utf-8")]
    for number in range(PERSONAS):
        text = sources[number % len(sources)].read_text(encoding="utf-8")
        lines = [f"persona: p-{number}" if line.startswith("persona:") else line for line in text.splitlines()]
        (folder / f"p-{number}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def took_ms(words: list[str]) -> float:
    """One start, to its end."""
    began = time.perf_counter()
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    return (time.perf_counter() - began) * 1000


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    hubbub = str(Path(sys.executable).with_name("hubbub"))
    with tempfile.TemporaryDirectory() as scratch:
        copies(Path(scratch))
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "python -c 'import click'": [sys.executable, "-c", "import click"],
            "hubbub --help": [hubbub, "--help"],
            f"hubbub check, {PERSONAS} personas": [hubbub, "check", scratch],
        }
        taken: dict[str, list[float]] = {name: [] for name in commands}
        for round_ in range(rounds + 1):
            for name, words in commands.items():
                ms = took_ms(words)
                if round_:  # the first fills the caches
                    taken[name].append(ms)
    for name, values in taken.items():
        low, _, high = quantiles(values, n=4)
        print(f"{name:28} {median(values):7.0f} ms   ({low:.0f} to {high:.0f})")


if __name__ == "__main__":
    main()
