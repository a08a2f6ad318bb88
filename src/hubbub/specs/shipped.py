"""Where the files that come with Hubbub are: inside an installed package, or at the top of a source checkout."""

from pathlib import Path
from typing import Literal

from hubbub.errors import UsageError

Kind = Literal["personas", "workloads", "schema"]
_PACKAGE = Path(__file__).resolve().parent.parent
_CHECKOUT = _PACKAGE.parent.parent


def shipped_dir(kind: Kind) -> Path:
    """The folder of the shipped personas, workloads or schemas. Raises UsageError when this copy came without."""
    for folder in (_PACKAGE / "shipped" / kind, _CHECKOUT / kind):
        if folder.is_dir() and (folder.parent.name == "shipped" or (_CHECKOUT / "pyproject.toml").is_file()):
            return folder
    raise UsageError(f"this copy of Hubbub came without its {kind}; install it again")


def demo_workload() -> Path:
    """The workload that `hubbub run` holds when none is named."""
    return shipped_dir("workloads") / "demo.yaml"
