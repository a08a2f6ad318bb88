"""`hubbub schema`: what an editor needs to complete and check a spec file while it is written."""

import click

from hubbub.specs.schema import FORMATS, schema_text


@click.command("schema")
@click.argument("format_name", metavar="persona|workload", type=click.Choice(tuple(FORMATS)))
def command(format_name: str) -> None:
    """Print the JSON Schema (draft 2020-12) of persona or workload files.

    Editors that speak the YAML language server complete and check a file whose first line names its schema.

    \b
    hubbub schema persona > persona.schema.json
    then begin a persona with:   # yaml-language-server: $schema=persona.schema.json
    """
    click.echo(schema_text(format_name), nl=False)
