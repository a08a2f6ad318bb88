"""What a workload must keep beyond the shapes of its values. Nothing here opens a connection."""

import re
from collections.abc import Callable, Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import cast
from urllib.parse import SplitResult, urlsplit

from msgspec import Struct

from hubbub.errors import UsageError
from hubbub.gates import parse_gate, unknown_check
from hubbub.model import Delivery, Gate, Workload
from hubbub.registry import BUILT_IN, check_name, load
from hubbub.specs.faces import no_face_for
from hubbub.specs.option_rules import settings_fit
from hubbub.specs.pages import shown
from hubbub.specs.shelf import Sheet
from hubbub.specs.url_secrets import secret_in

_NEEDS = {"constant": "rate_per_s", "poisson": "rate_per_s", "stages": "stages", "closed": "open"}
_REDELIVERING = ("openai-chat", "http-json", "rasa-rest", "lex", "dialogflow-cx")  # connectors of the delivery probe
_ENV_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_ENV = re.compile(r"\$\{env:([^}]*)(\}?)")
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110, section 5.6.2: token
_HOST = re.compile(r"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+")
_ELSEWHERE = (
    "name its environment variable: under `auth`, where `query: NAME` sends it in a URL, or as a voice's `key_env`"
)
_URL_TEXT = re.compile(
    r"[!#-;=?-\[\]_a-~]+"
)  # RFC 3986, and braces for connectors that fill them in; no space, no backslash


class Setting(Struct, frozen=True):
    """Where a workload is read: its folder, and the environment, or None when secrets are not looked for."""

    folder: Path
    environ: Mapping[str, str] | None


class Rule(Struct, frozen=True):
    """A rule over a workload. It runs when nothing is wrong in the places that it `needs` whole."""

    weigh: Callable[[Workload, Sheet, Setting], None]
    needs: tuple[tuple[str, ...], ...] = ()


def keep(workload: Workload, sheet: Sheet, setting: Setting) -> None:
    """Note every way in which a workload breaks the rules."""
    for rule in RULES:
        if all(sheet.sound(*place) for place in rule.needs):
            rule.weigh(workload, sheet, setting)


def gates_of(workload: Workload, sheet: Sheet) -> tuple[Gate, ...]:
    """The gates that parse; what is wrong with the others is noted."""
    gates = []
    for i, text in enumerate(workload.gates):
        gate = parse_gate(text)
        if isinstance(gate, str):
            sheet.wrong(gate, "gates", i)
            continue
        problem = unknown_check(gate, workload.checks)
        if problem and sheet.sound("checks"):
            sheet.wrong(problem, "gates", i)
        gates.append(gate)
    return tuple(gates)


def _one_target(workload: Workload, sheet: Sheet, _: Setting) -> None:
    agent = workload.agent
    if agent.url is None and agent.embedded is None:
        sheet.wrong("needs `url`, or `embedded: {}` to start the reference agent", "agent")
    if agent.url is not None and agent.embedded is not None:
        sheet.wrong_key("goes with no `url`: it is one or the other", "agent", "embedded")


def _embedded_speaks_it(workload: Workload, sheet: Sheet, _: Setting) -> None:
    agent = workload.agent
    if agent.embedded is None or agent.connector not in BUILT_IN["connector"]:
        return
    problem = no_face_for(agent.connector)
    if problem:
        sheet.wrong(problem, "agent", "connector")


def _faults_can_be_planted(workload: Workload, sheet: Sheet, _: Setting) -> None:
    """By the reference agent's own rules: it would not start."""
    faults = workload.agent.embedded.faults if workload.agent.embedded else ()
    for i, fault in enumerate(faults):
        try:
            cast(Callable[[str], object], load("grammar", "faults"))(fault)
        except UsageError as error:
            sheet.wrong(str(error), "agent", "embedded", "faults", i)


def _delivers_again(workload: Workload, sheet: Sheet, _: Setting) -> None:
    agent = workload.agent
    if agent.delivery != Delivery() and ":" not in agent.connector and agent.connector not in _REDELIVERING:
        can = ", ".join(_REDELIVERING)
        sheet.wrong_key(f"{agent.connector} cannot deliver a message twice; these can: {can}", "agent", "delivery")


def _url_is_sound(workload: Workload, sheet: Sheet, _: Setting) -> None:
    agent = workload.agent
    if agent.url is not None:
        problem = url_problem(agent.url, agent.allow_hosts)
        if problem:
            sheet.wrong(problem, "agent", "url")
    for i, host in enumerate(agent.allow_hosts):
        if not _HOST.fullmatch(host):
            sheet.wrong(f"{shown(host)} is not a bare host name or address", "agent", "allow_hosts", i)


def url_problem(url: str, allow_hosts: tuple[str, ...] = ()) -> str | None:
    """What keeps a URL from being loaded; None when nothing does. Never shows what could be a password."""
    if not _URL_TEXT.fullmatch(url):
        return "not a URL: it holds a space, a backslash or a letter that must be percent-encoded"
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        return f"not a URL: {error}"
    if parts.scheme not in ("http", "https", "ws", "wss"):
        return "expected a URL that starts with http:// or https://"
    if "@" in parts.netloc:
        return f"credentials do not belong in a URL; {_ELSEWHERE}"
    if name := secret_in(parts.query):
        return f"what {name} holds would stand in every result; take it out of the URL, and {_ELSEWHERE}"
    return _host_problem(parts, allow_hosts)


def _host_problem(parts: SplitResult, allow_hosts: tuple[str, ...]) -> str | None:
    host = parts.hostname
    if not host or not _HOST.fullmatch(host):
        return "the URL names no host"
    if is_loopback(host) or host in allow_hosts:
        return None
    return f"the host {host} is not this machine; to load it, list it: `allow_hosts: [{host}]`"


def is_loopback(host: str) -> bool:
    """Whether a host is this very machine: localhost, 127.0.0.0/8 or ::1."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _names_are_known(workload: Workload, sheet: Sheet, setting: Setting) -> None:
    agent = workload.agent
    for kind, name, place in (
        ("connector", agent.connector, ("agent", "connector")),
        ("escalation", agent.escalation, ("agent", "escalation")),
        ("arrivals", workload.arrivals.process, ("arrivals", "process")),
    ):
        problem = None if name is None else _name_problem(kind, name, setting.folder)
        if problem:
            sheet.wrong(problem, *place)
    for i, name in enumerate(workload.checks):
        problem = _name_problem("check", name, setting.folder)
        if problem:
            sheet.wrong(problem, "checks", i)


def _name_problem(kind: str, name: str, folder: Path) -> str | None:
    if len(name) > 200 or "\0" in name:
        return "not a name"
    return check_name(kind, name, folder)


def _arrivals_are_sound(workload: Workload, sheet: Sheet, _: Setting) -> None:
    arrivals = workload.arrivals
    needed = _NEEDS.get(arrivals.process)
    if needed is None:
        return  # a process of the user's own
    for key in ("rate_per_s", "open", "stages"):
        there = bool(getattr(arrivals, key))
        if key == needed and not there:
            sheet.wrong(f"the process {arrivals.process} needs `{key}`", "arrivals")
        if key != needed and there:
            sheet.wrong_key(f"has no meaning with the process {arrivals.process}", "arrivals", key)
    for i, stage in enumerate(arrivals.stages):
        if stage.ramp_s > stage.for_s:
            sheet.wrong(f"the ramp is longer than its stage ({stage.for_s:g} s)", "arrivals", "stages", i, "ramp_s")
    if arrivals.stages and not any(stage.rate_per_s for stage in arrivals.stages):
        sheet.wrong("no stage has a rate above 0: nobody would come", "arrivals", "stages")


def _warm_up_ends(workload: Workload, sheet: Sheet, _: Setting) -> None:
    staged_s = sum(stage.for_s for stage in workload.arrivals.stages)
    if workload.warm_up_s >= workload.duration_s:
        sheet.wrong(f"must be less than `duration_s` ({workload.duration_s:g}): nothing would be judged", "warm_up_s")
    elif workload.arrivals.process == "stages" and 0 < staged_s <= workload.warm_up_s:
        sheet.wrong(f"the stages end before it, after {staged_s:g} s: nothing would be judged", "warm_up_s")


_SECRETS = ("bearer_env", "bearer_file", "secret_env", "secret_file")
_WAYS = ("header", "query", "basic_user", "oauth2", "hmac", "sigv4")


def _voice_is_sound(workload: Workload, sheet: Sheet, setting: Setting) -> None:
    voice = workload.voice
    if voice is None:
        return
    problem = _name_problem("voice", voice.name, setting.folder)
    if problem:
        sheet.wrong(problem, "voice", "name")
    elif voice.name == "llm" and voice.url is None:
        sheet.wrong("the voice llm needs `url`: where its model is served", "voice")
    if voice.url is not None and (wrong := url_problem(voice.url, voice.allow_hosts)):
        sheet.wrong(wrong, "voice", "url")
    if voice.key_env is not None and (wrong := _env_problem(voice.key_env, setting)):
        sheet.wrong(wrong, "voice", "key_env")
    if voice.budget.money is not None and not (voice.budget.price_in or voice.budget.price_out):
        sheet.wrong("needs `price_in` or `price_out`: nothing would ever cost anything", "voice", "budget", "money")


def _secrets_are_there(workload: Workload, sheet: Sheet, setting: Setting) -> None:
    auth = workload.agent.auth
    if auth is None:
        return
    named = [name for name in _SECRETS if getattr(auth, name) is not None]
    if len(named) != 1:
        sheet.wrong(f"needs exactly one of {', '.join(_SECRETS)}", "agent", "auth")
    for way in [way for way in _WAYS if getattr(auth, way) is not None][1:]:
        sheet.wrong_key("one secret is used in one way", "agent", "auth", way)
    for name in named:
        problem = _secret_problem(name, getattr(auth, name), setting)
        if problem:
            sheet.wrong(problem, "agent", "auth", name)
    if auth.header is not None and not _HEADER_NAME.fullmatch(auth.header):
        sheet.wrong(f"{shown(auth.header)} is not a header's name", "agent", "auth", "header")
    for name in ("access_key_env", "session_token_env") if auth.sigv4 is not None else ():
        variable = getattr(auth.sigv4, name)
        if variable is not None and (problem := _env_problem(variable, setting)):
            sheet.wrong(problem, "agent", "auth", "sigv4", name)
    if auth.oauth2 is not None and (wrong := url_problem(auth.oauth2.token_url, workload.agent.allow_hosts)):
        sheet.wrong(wrong, "agent", "auth", "oauth2", "token_url")


def _secret_problem(name: str, value: str, setting: Setting) -> str | None:
    if name.endswith("_env"):
        return _env_problem(value, setting)
    there = setting.environ is None or _is_file(setting.folder, value)
    return None if there else "there is no such file beside the workload"


def _is_file(folder: Path, name: str) -> bool:
    try:
        return (folder / name).is_file()
    except ValueError:  # a NUL in the name
        return False


def _env_problem(name: str, setting: Setting) -> str | None:
    if not _ENV_NAME.fullmatch(name):
        return "not the name of an environment variable: letters, digits and _ only (never the secret itself)"
    if setting.environ is not None and not setting.environ.get(name):
        return f"the environment variable {name} is not set"
    return None


def _headers_are_sound(workload: Workload, sheet: Sheet, setting: Setting) -> None:
    for name, value in workload.agent.headers.items():
        if not _HEADER_NAME.fullmatch(name):
            sheet.wrong_key("not a header's name", "agent", "headers", name)
        if not value.isprintable():
            sheet.wrong("a header holds one line of printable text", "agent", "headers", name)
        for found in _ENV.finditer(value):
            problem = _env_problem(found[1], setting) if found[2] else "`${env:NAME}` is not closed"
            if problem:
                sheet.wrong(problem, "agent", "headers", name)


RULES = (
    Rule(_one_target),
    Rule(_url_is_sound, needs=(("agent", "allow_hosts"),)),
    Rule(_delivers_again),
    Rule(_embedded_speaks_it),
    Rule(_faults_can_be_planted),
    Rule(
        lambda workload, sheet, _: settings_fit(workload, sheet), needs=(("agent", "connector"), ("agent", "options"))
    ),
    Rule(_names_are_known),
    Rule(_arrivals_are_sound, needs=(("arrivals", "process"),)),
    Rule(_warm_up_ends, needs=(("warm_up_s",), ("duration_s",), ("arrivals",))),
    Rule(_secrets_are_there, needs=(("agent", "allow_hosts"),)),
    Rule(_headers_are_sound),
    Rule(_voice_is_sound, needs=(("voice",),)),
)
