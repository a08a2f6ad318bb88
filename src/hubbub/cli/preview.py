"""`hubbub preview`: the customers that a persona makes, before any of them comes."""

from pathlib import Path

import click
from rich.console import Console

from hubbub.customers.preview import glimpses
from hubbub.reports.people import gallery, show_glimpses
from hubbub.specs.named import persona_files, persona_named
from hubbub.specs.persona import load_persona


@click.command("preview")
@click.argument("persona")
@click.option("-n", "--customers", "many", default=20, show_default=True, type=click.IntRange(1, 10_000),
              help="How many customers.")  # fmt: skip
@click.option("--seed", default=1, show_default=True, help="Whose customers: the same seed makes the same ones.")
@click.option("--first", default=0, show_default=True, type=click.IntRange(0), help="The first one's number.")
@click.option("--gallery", "as_gallery", is_flag=True, help="Print a page of all personas below a folder, in markdown.")
def command(persona: str, many: int, seed: int, first: int, as_gallery: bool) -> None:
    """Show customers of PERSONA, a file or the name of a shipped one: who they are, what they say until they have said
    what they came for, and when they would give up. Nothing is sent anywhere.

    \b
    hubbub preview broken-blender -n 3
    hubbub preview personas --gallery > gallery.md
    """
    if as_gallery:
        click.echo(gallery(load_persona(file) for file in persona_files(Path(persona))), nl=False)
        return
    kind = persona_named(persona)
    show_glimpses(Console(highlight=False), kind, tuple(glimpses(kind, seed, many, first)))
