"""The embedded agent is started by its own command: every setting of a workload is an option that the command takes."""

import click

from hubbub.cli.agent import command
from hubbub.model import EmbeddedAgent
from hubbub.reference_agent.settings import settings_from
from hubbub.runs.embedded import words_of


def test_every_setting_comes_back_from_the_words_that_tell_it() -> None:
    asked = EmbeddedAgent(
        workers=3,
        faults=("errors-500:0.1", "freeze"),
        languages=("de", "fr"),
        industries=("travel", "retail"),
        opening="hello",
    )
    told = command.make_context("agent", words_of(asked, None)).params
    settings = settings_from(asked)
    assert {name: told[name] for name in EmbeddedAgent.__struct_fields__} == {
        name: getattr(settings, name) for name in EmbeddedAgent.__struct_fields__
    }


def test_no_setting_is_without_an_option() -> None:
    options = {option.name for option in command.params if isinstance(option, click.Option)}
    assert set(EmbeddedAgent.__struct_fields__) <= options
