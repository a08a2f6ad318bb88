"""`hubbub new`: a first draft of a persona or a workload that is already without a mistake."""

import sys
from pathlib import Path
from typing import cast

import click

from hubbub.errors import UsageError
from hubbub.model import Decision
from hubbub.registry import check_name
from hubbub.specs.beginnings import (
    SLOTS,
    PersonaDraft,
    WorkloadDraft,
    checked_name,
    persona_text,
    relative,
    workload_text,
)
from hubbub.specs.checking import check_paths
from hubbub.specs.faces import no_face_for
from hubbub.specs.population import languages_of
from hubbub.specs.schema import schema_text
from hubbub.specs.shipped import shipped_dir
from hubbub.written import write_whole

_SCHEMAS = Path("schema")


@click.group("new")
def command() -> None:
    """Begin a persona or a workload: a small file with comments, which passes `hubbub check`.

    On a terminal, what is not given as an option is asked; elsewhere the defaults hold.

    \b
    hubbub new persona late-parcel --intent track_order
    hubbub new workload mine --url http://127.0.0.1:8080/v1/chat/completions
    """


@command.command("persona")
@click.argument("name")
@click.option("--intent", help="What the customer came for, such as get_refund.  [default: ask_question]")
@click.option("--human", type=click.Choice(["must", "may", "must_not"]), help="Is one needed?  [default: must_not]")
@click.option("--industry", help=f"{', '.join(SLOTS)}, or any other word.  [default: retail]")
@click.option("--summary", default="", help="What it is for, in a sentence.")
@click.option("--into", type=click.Path(path_type=Path), help="Folder to write to.  [default: personas/INDUSTRY]")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
def persona(
    name: str, intent: str | None, human: str | None, industry: str | None, summary: str, into: Path | None, force: bool
) -> None:
    """Begin a persona NAME."""
    checked_name(name)
    industry = industry or _asked("Which industry", "retail")
    intent = intent or _asked("What does the customer want, in a word or two", "ask_question")
    decision = cast(Decision, human or _asked("Must a human be called: must, may, must_not", "must_not", Decision))
    if not intent.strip() or not industry.strip():
        raise UsageError("an intent and an industry are words, and neither may be empty")
    folder = into or Path("personas") / checked_name(industry)
    path = folder / f"{name}.yaml"
    draft = PersonaDraft(name, intent.strip(), decision, industry.strip(), summary.strip())
    _write(path, persona_text(draft, _schema("persona", folder)), force)
    click.echo(f"see it talk:  hubbub talk {path}")


@command.command("workload")
@click.argument("name")
@click.option("--url", help="Where your agent listens.  [default: none, the reference agent is started]")
@click.option("--connector", default="openai-chat", show_default=True, help="How it is spoken to.")
@click.option(
    "--personas", type=click.Path(path_type=Path), help="Who comes.  [default: personas, or the shipped ones]"
)
@click.option("--rate-per-s", default=1.0, show_default=True, type=click.FloatRange(0, min_open=True))
@click.option("--duration-s", default=60.0, show_default=True, type=click.FloatRange(0, min_open=True))
@click.option("--into", type=click.Path(path_type=Path), default=Path("workloads"), show_default=True)
@click.option("--force", is_flag=True, help="Replace a file that is there.")
def workload(
    name: str, url: str | None, connector: str, personas: Path | None, rate_per_s: float, duration_s: float, into: Path,
    force: bool,
) -> None:  # fmt: skip
    """Begin a workload NAME."""
    checked_name(name)
    url = _asked("Where does your agent listen (empty: start the reference agent)", "") if url is None else url
    problem = check_name("connector", connector, into) or (None if url.strip() else no_face_for(connector))
    if problem:
        raise UsageError(problem)
    who = personas or Path("personas")
    languages = languages_of(who)
    if personas is None and not languages:
        who = shipped_dir("personas")
        languages = languages_of(who)
    draft = WorkloadDraft(name, relative(who, into), url.strip(), connector, rate_per_s, duration_s, languages)
    path = into / f"{name}.yaml"
    _write(path, workload_text(draft, _schema("workload", into)), force)
    click.echo(f"hold it:  hubbub run {path}")


def _asked(question: str, default: str, choices: object = None) -> str:
    """An answer from a terminal; without one, the default."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return default
    kind = click.Choice(["must", "may", "must_not"]) if choices is not None else str
    return str(click.prompt(question, default=default, type=kind, show_default=bool(default)))


def _schema(name: str, folder: Path) -> str:
    """The schema as a file in `folder` names it; put under schema/ when it is not there, for the editor to find."""
    path = _SCHEMAS / f"{name}.schema.json"
    if not path.exists():
        _SCHEMAS.mkdir(exist_ok=True)
        write_whole(path, schema_text(name).encode())
        click.echo(f"wrote {path}, for completion in an editor")
    return relative(path, folder)


def _write(path: Path, text: str, force: bool) -> None:
    """Write a draft, and make sure that it is without a mistake."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and not force:
        raise UsageError(f"{path} is there already; --force replaces it")
    write_whole(path, text.encode())
    click.echo(f"wrote {path}")
    mistakes = check_paths((path,)).mistakes
    for mistake in mistakes:
        click.echo(str(mistake), err=True)
    if mistakes:
        raise UsageError("the draft needs mending before it can be used")
