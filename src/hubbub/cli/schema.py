"""`hubbub schema`: what an editor needs for spec files, and a program for what a run leaves."""

import asyncio
import json

import click

from hubbub.connectors.option_schemas import option_schemas
from hubbub.specs.schema import FORMATS, OUTPUTS, schema_text


@click.command("schema")
@click.argument("format_name", metavar="NAME", type=click.Choice((*FORMATS, *OUTPUTS, "options")))
def command(format_name: str) -> None:
    """Print the JSON Schema (draft 2020-12) of persona or workload files, or of a run's summary, verdict or comparison.

    `options` prints those of the connectors' own settings, by connector; a workload's schema holds them too.

    Editors that speak the YAML language server complete and check a file whose first line names its schema.

    \b
    hubbub schema persona > persona.schema.json
    then begin a persona with:   # yaml-language-server: $schema=persona.schema.json
    """
    if format_name == "options":
        click.echo(json.dumps(asyncio.run(option_schemas()), indent=2, ensure_ascii=False))
        return
    click.echo(schema_text(format_name), nl=False)
