"""`hubbub agent`: serve the reference agent, until it is told to stop."""

import asyncio
import ipaddress
import os
import signal
import sys
from pathlib import Path

import click
import msgspec

from hubbub.errors import UsageError
from hubbub.reference_agent.faults import FAULTS
from hubbub.reference_agent.knowledge import INDUSTRIES
from hubbub.reference_agent.phrasings import PHRASINGS
from hubbub.reference_agent.planting import MEASURES, parse
from hubbub.reference_agent.server import Listening, serve
from hubbub.reference_agent.settings import AgentSettings
from hubbub.runs.loops import run_fast

_STDIN = 0
_MEASURES = "; ".join(f"{name}, {meaning}" for name, meaning in MEASURES.items())
_FAULT_HELP = (
    "Plant a fault: NAME[:probability][@load>N][:SECONDSs], e.g. leaks-another-session:0.02@open>50 or "
    f"freeze@t>10:2s; repeatable. What is measured: {_MEASURES}. "
    f"There are: {', '.join(sorted(FAULTS))}."
)


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _say_where(place: Listening, announce: bool) -> None:
    if announce:
        line = {"url_openai": place.url_openai, "url_json": place.url_json, "port": place.port, "pid": os.getpid()}
        print(msgspec.json.encode(line).decode(), flush=True)
        return
    click.echo(
        f"The reference agent listens. Stop it with Ctrl-C.\n  openai-chat  {place.url_openai}\n"
        f"  http-json    {place.url_json}\n\nTry it:\n"
        f'  curl {place.url_json} -d \'{{"session": "me", "message": "hi, where is my order?"}}\''
    )


async def _serve(
    settings: AgentSettings, host: str, port: int, truth: Path | None, announce: bool, with_parent: bool
) -> None:
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    if with_parent:
        loop.add_reader(_STDIN, lambda: None if os.read(_STDIN, 4096) else _orphaned(loop, stop))
    await serve(settings, host, port, stop=stop, ready=lambda place: _say_where(place, announce), truth=truth)


def _orphaned(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    loop.remove_reader(_STDIN)
    stop.set()


@click.command("agent", help="Serve the reference agent, over openai-chat and http-json on one port.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen; beyond loopback needs --expose.")
@click.option("--expose", is_flag=True, help="Allow a host that other machines can reach.")
@click.option("--port", default=8089, show_default=True, type=click.IntRange(0, 65535), help="0 picks a free one.")
@click.option("--workers", default=32, show_default=True, type=click.IntRange(1), help="Replies worked on at once.")
@click.option("--queue", default=256, show_default=True, type=click.IntRange(0), help="Replies that may wait.")
@click.option("--service-s", default=0.25, show_default=True, type=click.FloatRange(0), help="Median to first text.")
@click.option("--service-sigma", default=0.35, show_default=True, type=click.FloatRange(0, 3), help="Its log-sd.")
@click.option("--tokens-per-s", default=120.0, show_default=True, type=click.FloatRange(0, min_open=True),
              help="Rate of a reply's words.")  # fmt: skip
@click.option("--fault", "faults", multiple=True, metavar="FAULT", help=_FAULT_HELP)
@click.option("--language", "languages", multiple=True, metavar="CODE",
              help="Speak this too, besides English: de, es or fr; repeatable.")  # fmt: skip
@click.option("--industry", "industries", multiple=True, type=click.Choice(INDUSTRIES),
              help="Whom it works for; repeatable. Without it, for all of them.")  # fmt: skip
@click.option("--truth", type=click.Path(dir_okay=False, path_type=Path), help="Append every turn, as JSON lines.")
@click.option("--phrasing", type=click.Choice(sorted(PHRASINGS)), default="plain", show_default=True,
              help="The set of phrases that it speaks in.")  # fmt: skip
@click.option("--opening", default="", help="Said before its first reply, as a disclosure.")
@click.option("--seed", default=1, show_default=True, help="Chance: service times, faults, phrases.")
@click.option("--fixed-first-text-s", type=click.FloatRange(0), help="Calibration: exactly so late, and no queue.")
@click.option(
    "--fixed-chunks", default=16, show_default=True, type=click.IntRange(1), help="With it: pieces per reply."
)
@click.option("--fixed-gap-s", default=0.01, show_default=True, type=click.FloatRange(0),
              help="With it: between pieces; 0 sends all at once.")  # fmt: skip
@click.option("--announce", is_flag=True, help="Print one JSON line when listening, for programs.")
@click.option("--with-parent", is_flag=True, help="Stop when standard input closes.")
def command(
    host: str, expose: bool, port: int, truth: Path | None, announce: bool, with_parent: bool, faults: tuple[str, ...],
    languages: tuple[str, ...], industries: tuple[str, ...], **figures: float | int | str | None,
) -> None:  # fmt: skip
    """Check the words, then serve."""
    for fault in faults:
        parse(fault)
    if not expose and not _loopback(host):
        raise UsageError(f"{host} can be reached from other machines; add --expose if that is meant")
    try:
        several = {"faults": faults, "languages": languages, "industries": industries}
        settings = msgspec.convert({**figures, **several}, AgentSettings)
    except msgspec.ValidationError as error:
        raise UsageError(str(error)) from error
    run_fast(_serve(settings, host, port, truth, announce, with_parent))
    sys.stdout.flush()
