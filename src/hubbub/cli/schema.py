"""`hubbub schema`: what an editor needs for spec files, and a program for what a run leaves."""

import click

from hubbub.specs.schema import FORMATS, OUTPUTS, schema_text


@click.command("schema")
@click.argument("format_name", metavar="NAME", type=click.Choice((*FORMATS, *OUTPUTS)))
def command(format_name: str) -> None:
    """Print the JSON Schema (draft 2020-12) of persona or workload files, or of a run's summary, verdict or comparison.

    Editors that speak the YAML language server complete and check a file whose first line names its schema.

    \b
    hubbub schema persona > persona.schema.json
    then begin a persona with:   # yaml-language-server: $schema=persona.schema.json
    """
    click.echo(schema_text(format_name), nl=False)
