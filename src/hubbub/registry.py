"""Names to things: built in, then `file.py:name` beside the spec, then an installed entry point."""

import importlib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from traceback import walk_tb

from hubbub.errors import UnknownName, UsageError

BUILT_IN: Mapping[str, Mapping[str, str]] = {
    "command": {
        "run": "hubbub.cli.run:command",
        "agent": "hubbub.cli.agent:command",
        "selfcheck": "hubbub.cli.selfcheck:command",
        "check": "hubbub.cli.check:command",
        "judge": "hubbub.cli.judge:command",
        "new": "hubbub.cli.new:command",
        "preview": "hubbub.cli.preview:command",
        "talk": "hubbub.cli.talk:command",
        "learn": "hubbub.cli.learn:command",
        "realism": "hubbub.cli.realism:command",
        "schema": "hubbub.cli.schema:command",
        "report": "hubbub.cli.report:command",
        "findings": "hubbub.cli.findings:command",
        "show": "hubbub.cli.show:command",
        "recover": "hubbub.cli.recover:command",
        "verify": "hubbub.cli.verify:command",
        "replay": "hubbub.cli.replay:command",
        "probe": "hubbub.cli.probe:command",
        "compare": "hubbub.cli.compare:command",
        "agree": "hubbub.cli.agree:command",
    },
    "connector": {
        "http-json": "hubbub.connectors.http_json:connect",
        "openai-chat": "hubbub.connectors.openai_chat:connect",
        "openai-responses": "hubbub.connectors.openai_responses:connect",
        "anthropic-messages": "hubbub.connectors.anthropic_messages:connect",
        "rasa-rest": "hubbub.connectors.presets:connect_rasa_rest",
        "lex": "hubbub.connectors.presets:connect_lex",
        "dialogflow-cx": "hubbub.connectors.presets:connect_dialogflow_cx",
        "a2a": "hubbub.connectors.a2a:connect",
        "langgraph": "hubbub.connectors.langgraph:connect",
        "adk": "hubbub.connectors.adk:connect",
        "ag-ui": "hubbub.connectors.ag_ui:connect",
        "websocket": "hubbub.connectors.websocket:connect",
        "twilio-relay": "hubbub.connectors.twilio_relay:connect",
        "sinch": "hubbub.connectors.sinch:connect",
        "twilio-messaging": "hubbub.connectors.twilio_messaging:connect",
        "whatsapp-cloud": "hubbub.connectors.whatsapp_cloud:connect",
        "chatwoot": "hubbub.connectors.chatwoot:connect",
        "bot-framework": "hubbub.connectors.bot_framework:connect",
    },
    "arrivals": {
        "constant": "hubbub.arrivals:constant",
        "poisson": "hubbub.arrivals:poisson",
        "stages": "hubbub.arrivals:stages",
        "closed": "hubbub.arrivals:closed",
    },
    "check": {},
    "voice": {
        "llm": "hubbub.voices.llm:open_voice",
    },
    "escalation": {
        "openai-tools": "hubbub.connectors.escalation:openai_tools",
        "field": "hubbub.connectors.escalation:field",
        "rasa": "hubbub.connectors.platforms:rasa",
        "dialogflow-cx": "hubbub.connectors.platforms:dialogflow_cx",
        "lex-connect": "hubbub.connectors.platforms:lex_connect",
        "twilio-relay": "hubbub.connectors.platforms:twilio_relay",
        "intercom-fin": "hubbub.connectors.platforms:intercom_fin",
        "zendesk": "hubbub.connectors.platforms:zendesk",
        "botpress": "hubbub.connectors.platforms:botpress",
        "bot-framework": "hubbub.connectors.platforms:bot_framework",
        "a2a": "hubbub.connectors.platforms:a2a",
        "langgraph": "hubbub.connectors.platforms:langgraph",
        "ag-ui": "hubbub.connectors.platforms:ag_ui",
        "sinch": "hubbub.connectors.platforms:sinch",
        "twilio-flex": "hubbub.connectors.platforms:twilio_flex",
        "chatwoot": "hubbub.connectors.platforms:chatwoot",
        "text": "hubbub.connectors.escalation:text",
    },
    "grammar": {
        "faults": "hubbub.reference_agent.planting:parse",
    },
}


def names(kind: str) -> tuple[str, ...]:
    """What can be named without a file: built-in names, then installed ones."""
    from importlib.metadata import entry_points  # here, because it costs as much as all else of `hubbub --help`

    installed = (e.name for e in entry_points(group=f"hubbub.{kind}"))
    return (*BUILT_IN[kind], *installed)


def near(name: str, options: object) -> str:
    """A hint such as ` (did you mean poisson?)`, or nothing when nothing is near.

    What only lacks its end, such as the unit, is near however long that is: `rate` for `rate_per_s`.
    """
    names = [str(option) for option in options]  # type: ignore[attr-defined]
    close = get_close_matches(name, names, n=1, cutoff=0.6) or [one for one in names if one.startswith(f"{name}_")]
    return f" (did you mean {close[0]}?)" if close else ""


def check_name(kind: str, name: str, beside: Path | None = None) -> str | None:
    """What is wrong with a name, without loading what it names; None when it would be found."""
    if ".py:" in name:
        file = (beside or Path()) / name.rpartition(":")[0]
        return None if file.is_file() else f"there is no file {file}"
    if name in BUILT_IN[kind] or name in names(kind):
        return None
    return f"unknown {kind} {name!r}{near(name, names(kind))}; there are: {', '.join(names(kind))}"


def load(kind: str, name: str, beside: Path | None = None) -> object:
    """What a name stands for. `beside` is the folder of the spec that names it.

    Raises UnknownName, and UsageError for a file that fails when it is loaded.
    """
    problem = check_name(kind, name, beside)
    if problem:
        raise UnknownName(problem)
    if ".py:" in name:
        return _from_file((beside or Path()), name)
    if name in BUILT_IN[kind]:
        module, _, attribute = BUILT_IN[kind][name].partition(":")
        return getattr(importlib.import_module(module), attribute)
    from importlib.metadata import entry_points

    return next(e for e in entry_points(group=f"hubbub.{kind}") if e.name == name).load()


def _from_file(beside: Path, name: str) -> object:
    import importlib.util

    path, _, attribute = name.rpartition(":")
    file = beside / path
    spec = importlib.util.spec_from_file_location(f"hubbub_user_{file.stem}", file)
    if spec is None or spec.loader is None:
        raise UnknownName(f"{file} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:  # whatever a user's own file raises is told with its place
        raise UsageError(f"{file}{_line_in(file, error)}: {type(error).__name__}: {error}") from error
    if not hasattr(module, attribute):
        raise UnknownName(f"{file} has no {attribute}{near(attribute, vars(module))}")
    return getattr(module, attribute)


def _line_in(file: Path, error: BaseException) -> str:
    """`:7` for the line of a file that raised, or that cannot be read; empty when it is not known."""
    if isinstance(error, SyntaxError):
        return f":{error.lineno}"
    lines = [lineno for frame, lineno in walk_tb(error.__traceback__) if frame.f_code.co_filename == str(file)]
    return f":{lines[-1]}" if lines else ""
