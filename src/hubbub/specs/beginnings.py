"""The first draft of a spec file: small, with comments that say what to change, and without a mistake."""

import json
import os
import re
from pathlib import Path

import msgspec
from msgspec import Struct

from hubbub.errors import UsageError
from hubbub.model import Decision, Name

SLOTS = {  # what a customer of an industry is asked for first, and how such a number looks
    "retail": ("order_id", "A-#####"),
    "banking": ("reference", "BR-######"),
    "telecom": ("account_number", "T-#######"),
    "healthcare": ("patient_number", "P-######"),
    "travel": ("booking_number", "??####"),
    "utilities": ("customer_number", "U-#######"),
}
_PLAIN = re.compile(r"[A-Za-z][\w ./-]*[\w.]", re.ASCII)
_OTHER = ("case_number", "C-######")


class PersonaDraft(Struct, frozen=True):
    """What is asked of an author before a persona's file is begun."""

    name: str
    intent: str
    decision: Decision
    industry: str = "retail"
    summary: str = ""


class WorkloadDraft(Struct, frozen=True):
    """What is asked of an author before a workload's file is begun. Without a `url`, the reference agent is used.

    `languages` are those of the personas: where there are several, English among them, English is asked first.
    """

    name: str
    personas: str
    url: str = ""
    connector: str = "openai-chat"
    rate_per_s: float = 1.0
    duration_s: float = 60.0
    languages: frozenset[str] = frozenset()


def checked_name(name: str) -> str:
    """A name as a file may bear it. Raises UsageError."""
    try:
        return msgspec.convert(name, Name)
    except msgspec.ValidationError:
        raise UsageError(f"{name!r} is no name: letters, digits, `_`, `-` and `.`, and no path") from None


def persona_text(draft: PersonaDraft, schema: str) -> str:
    """A persona's file."""
    slot, pattern = SLOTS.get(draft.industry, _OTHER)
    trigger = ", trigger: explicit_request" if draft.decision == "must" else ""
    resolves = "  resolves: true  # the agent can reach the goal alone\n" if draft.decision == "must_not" else ""
    return f"""\
# yaml-language-server: $schema={schema}
persona: {_text(draft.name)}
summary: {_text(draft.summary or f"{draft.intent.replace('_', ' ').capitalize()}.")}
industry: {_text(draft.industry)}
locale: en-US
channel: web-chat  # web-chat, sms, whatsapp, email or voice: sets pace and patience

# What the customer can tell when asked: {{faker: ...}}, {{pattern: ...}} with # for a digit, {{one_of: [...]}}, text.
knows:
  name: {{faker: name}}
  {slot}: {{pattern: "{pattern}"}}

# What the customer came for, and what it must get across for that. An intent that docs/personas.md does not list is
# put by its name; better in clauses of your own:
#   says: [I still cannot get into my account, my login does not work since Monday]
goal:
  intent: {_text(draft.intent)}
  tells: [{slot}]

manner: {{register: plain, disclosure: one_per_message, typos: 0.02}}
patience: {{turns: 12}}  # turns without success before it leaves

# What a well-behaved agent does: must, may or must_not call a human.
expect:
  escalation: {{decision: {draft.decision}{trigger}}}
{resolves}"""


def workload_text(draft: WorkloadDraft, schema: str) -> str:
    """A workload's file."""
    own = f"  url: {_text(draft.url)}\n"
    agent = own if draft.url else "  embedded: {}  # the reference agent; for your own write url: instead\n"
    others = ", ".join(sorted(draft.languages - {"en"}))
    only = f"  languages: [en]  # add those that your agent speaks; there are personas in {others}\n"
    return f"""\
# yaml-language-server: $schema={schema}
workload: {_text(draft.name)}
agent:
  connector: {_text(draft.connector)}
{agent}
# Who comes. `mix: {{persona: weight}}` picks some; without it all come equally.
customers:
  from: {_text(draft.personas)}
{only if others and "en" in draft.languages else ""}
# When they come: conversations per second, whatever the agent does.
arrivals: {{process: poisson, rate_per_s: {draft.rate_per_s:g}}}
duration_s: {draft.duration_s:g}
drain_s: 30  # what open conversations get after the last arrival
seed: 1
speed: {10 if draft.url else 20}  # compresses reading, thinking and typing; 1 is life

# What a release hangs on; docs/gates-and-metrics.md lists all that can be measured.
gates:
  - turn_p95_s <= 5
  - failed_turn_rate <= 2 %
  - needless_escalation_rate <= 20 %
  - cross_talk == 0
"""


def relative(path: Path, folder: Path) -> str:
    """A path as a file in `folder` would name it."""
    return Path(os.path.relpath(path, folder)).as_posix()


def _text(text: str) -> str:
    """Text as a YAML scalar: plain where that is safe, else quoted as JSON does, which is YAML too."""
    plain = _PLAIN.fullmatch(text) and text.lower() not in ("null", "true", "false")
    return text if plain else json.dumps(text, ensure_ascii=False)
