"""A voice as it is wanted: who puts into words what customers decided to say, and what that may cost."""

from typing import Annotated

from msgspec import Meta, Struct

_Count = Annotated[int, Meta(ge=0, le=1_000_000_000)]
_Price = Annotated[float, Meta(ge=0, le=1_000_000)]


class VoiceBudget(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What the words of a run may cost, over all its processes. What is not set has no limit."""

    calls: Annotated[_Count | None, Meta(description="Messages that may be worded.")] = None
    tokens: Annotated[_Count | None, Meta(description="Tokens in and out, together.")] = None
    money: Annotated[_Price | None, Meta(description="In the currency of the prices.")] = None
    price_in: Annotated[_Price, Meta(description="Of a million tokens sent.")] = 0.0
    price_out: Annotated[_Price, Meta(description="Of a million tokens received.")] = 0.0


class VoiceSpec(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Who words the messages. What is said is decided without it, and the grammar serves where it fails."""

    name: Annotated[str, Meta(min_length=1, description="llm, or file.py:name.")] = "llm"
    url: Annotated[
        str | None, Meta(description="Chat completions of any OpenAI-compatible server. Loopback, or in `allow_hosts`.")
    ] = None
    model: Annotated[str, Meta(description="The model's name, as the server knows it.")] = "default"
    key_env: Annotated[str | None, Meta(description="Environment variable that holds the key.")] = None
    allow_hosts: Annotated[tuple[str, ...], Meta(description="Hosts beyond loopback that words may come from.")] = ()
    timeout_s: Annotated[float, Meta(gt=0, le=600, description="Longest wait for one message's words.")] = 10.0
    at_once: Annotated[int, Meta(ge=1, le=1000, description="Calls at a time, of each process.")] = 4
    temperature: Annotated[float, Meta(ge=0, le=2, description="How freely the model words.")] = 0.8
    max_tokens: Annotated[int, Meta(ge=8, le=4096, description="Of one message.")] = 80
    budget: VoiceBudget = VoiceBudget()
    cache: Annotated[
        str | None, Meta(description="A file beside the workload: what was worded once is not worded again.")
    ] = None
