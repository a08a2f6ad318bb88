"""A workload's file, and the personas it names, to checked values."""

import os
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from hubbub.model import AgentSpec, Arrivals, CustomersSpec, Gate, Persona, Workload
from hubbub.registry import near
from hubbub.specs import workload_rules
from hubbub.specs.pages import TooManyMistakes, shown
from hubbub.specs.population import Found, find
from hubbub.specs.shape import build
from hubbub.specs.shelf import Sheet, Shelf, tidy

_STAND_INS = {
    "workload": "unnamed",
    "agent": AgentSpec(connector="http-json"),
    "customers": CustomersSpec(from_=()),
    "arrivals": Arrivals(),
}


class LoadedWorkload(Struct, frozen=True):
    """A workload that can be run. `personas` are in the order of their names, each with its weight.

    `sources` and `texts` hold every file that was read, by its name relative to the workload's folder: its SHA-256,
    and its text.
    """

    path: Path
    workload: Workload
    personas: tuple[tuple[Persona, float], ...]
    gates: tuple[Gate, ...]
    sources: dict[str, str]
    texts: dict[str, str]


def load_workload(path: Path, environ: Mapping[str, str] | None = os.environ) -> LoadedWorkload:
    """The workload in a file, with its personas. Raises SpecError with every mistake in all of their files.

    Secrets that it names must be in `environ`; None does not look for them. `auth.bearer_file` becomes a path from
    the working folder.
    """
    shelf = Shelf()
    loaded = None
    try:
        loaded = read_workload(path, shelf, environ)
    except TooManyMistakes:
        pass  # the ledger says enough
    shelf.ledger.settle()
    assert loaded is not None, "a file without mistakes gives a workload"
    return loaded


def read_workload(path: Path, shelf: Shelf, environ: Mapping[str, str] | None) -> LoadedWorkload | None:
    """A workload as far as it can be read; what is wrong goes to the shelf's ledger."""
    path = tidy(path)
    root = shelf.root(path)
    if root is None:
        return None
    if "persona" in root.entries and "workload" not in root.entries:
        problem = "this is a persona, and no workload: `hubbub talk` shows it, a workload names it under `customers`"
        shelf.ledger.add(root.page.mistake(root.line, root.column, (), problem))
        return None
    built = build(Workload, root, shelf.ledger, stand_ins=_STAND_INS)
    workload = built.value
    sheet = Sheet(root, shelf.ledger, built.wrong)
    setting = workload_rules.Setting(path.parent, environ)
    workload_rules.keep(workload, sheet, setting)
    gates = workload_rules.gates_of(workload, sheet)
    personas = _mixed(workload.customers, path.parent, sheet, shelf) if _are_told(workload.customers, sheet) else ()
    names = {file: Path(os.path.relpath(file, path.parent)).as_posix() for file in shelf.pages}
    return LoadedWorkload(
        path,
        _beside(workload, path.parent),
        personas,
        gates,
        {names[file]: page.sha256 for file, page in shelf.pages.items()},
        {names[file]: page.text for file, page in shelf.pages.items()},
    )


def _beside(workload: Workload, folder: Path) -> Workload:
    auth = workload.agent.auth
    if auth is None or (auth.bearer_file is None and auth.secret_file is None):
        return workload
    files = {"bearer_file": auth.bearer_file, "secret_file": auth.secret_file}
    auth = replace(auth, **{name: str(folder / file) for name, file in files.items() if file is not None})
    return replace(workload, agent=replace(workload.agent, auth=auth))


def _are_told(customers: CustomersSpec, sheet: Sheet) -> bool:
    """Whether it is plain which personas are meant; of a mix, what is left of it."""
    plain = sheet.sound("customers", "from") and sheet.sound("customers", "languages")
    return plain and (bool(customers.mix) or sheet.sound("customers", "mix"))


def _mixed(customers: CustomersSpec, folder: Path, sheet: Sheet, shelf: Shelf) -> tuple[tuple[Persona, float], ...]:
    found = find(customers, folder, sheet, shelf)
    for name in customers.mix:
        if name not in found.there and not found.gaps:
            hint = near(name, found.there) if len(name) <= 64 else ""
            sheet.wrong_key(f"there is no persona {shown(name)}{hint}", "customers", "mix", name)
        elif name in found.foreign:
            problem = f"{shown(name)} writes {found.foreign[name]}, which customers.languages leaves out"
            sheet.wrong_key(problem, "customers", "mix", name)
    return _weighted(found, customers.mix)


def _weighted(found: Found, mix: Mapping[str, float]) -> tuple[tuple[Persona, float], ...]:
    chosen = mix or dict.fromkeys(found.wanted, 1.0)
    return tuple((found.wanted[name], chosen[name]) for name in sorted(chosen) if name in found.wanted)
