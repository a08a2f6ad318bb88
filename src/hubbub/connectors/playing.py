"""From a workload's settings to a platform that is played: what all of them share, and every mistake told at once."""

import os
from collections.abc import Mapping
from typing import Literal

from msgspec.structs import replace

from hubbub.clock import Clock
from hubbub.connectors.auth import Credentials, read_credentials
from hubbub.connectors.callback import Callback, Manner, Platform
from hubbub.connectors.options import Options
from hubbub.connectors.spoken import Presets
from hubbub.connectors.target import NOTHING, read_target
from hubbub.model import AgentSpec

QUIET_S = 1.0
Bursts = Literal["joined", "apart"]


def read_manner(options: Options) -> Manner:
    """How turns are sent and replies ended, as the options say."""
    quiet_s = options.take("quiet_s", float, QUIET_S)
    if not 0 <= quiet_s <= 600:
        options.problem("quiet_s", "must be from 0 to 600 seconds")
    apart = options.choose("bursts", Bursts, "joined") == "apart"
    return Manner(quiet_s, apart)


async def play(
    agent: AgentSpec, clock: Clock, platform: Platform, presets: Presets, options: Options, secrets: tuple[str, ...],
    problems: list[str], fixed: Mapping[str, str] = NOTHING,
) -> Callback:  # fmt: skip
    """A connector that plays a platform, listening. Raises UsageError with every mistake in the settings.

    `secrets` appear in no output. The secret under `auth` signs, and is never sent.
    """
    manner = read_manner(options)
    connections = options.take("connections", int, 0)
    target = read_target(replace(agent, auth=None), problems, accept="*/*", connections=connections, fixed=fixed)
    options.finish(tuple(problems))
    credentials = target.credentials
    hidden = Credentials(credentials.headers, credentials.secrets.and_also(*secrets))
    callback = Callback(replace(target, credentials=hidden), clock, platform, presets, manner, agent.inbound)
    await callback.inbox.open()
    return callback


def read_secret(agent: AgentSpec, problems: list[str], environ: Mapping[str, str] = os.environ) -> str:
    """The secret under `auth`, by which the platform signs; empty where there is none."""
    auth = agent.auth
    if auth is None:
        return ""
    for way in ("header", "query", "basic_user", "oauth2", "hmac", "sigv4"):
        if getattr(auth, way) is not None:
            problems.append(f"agent.auth.{way}: this platform signs in its own way; name the secret alone")
    return read_credentials(replace(agent, headers={}), environ, problems).secret


def read_env(options: Options, name: str, environ: Mapping[str, str] = os.environ) -> str:
    """The secret in the environment variable that an option names; empty where the option is not set."""
    variable = options.take(name, str, "")
    value = environ.get(variable, "") if variable else ""
    if variable and not value:
        options.problem(name, f"the environment has no {variable}, or it is empty")
    return value
