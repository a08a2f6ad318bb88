"""What was wanted: personas and workloads as checked values, straight from their YAML files.

The annotations are the file format: the loader walks them to find mistakes, and the JSON Schemas are made from them.
Every name here is part of the interface.
"""

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from hubbub.model.reaching import Auth, Busy, Inbound, Positive, Timeouts, Wanted
from hubbub.model.voiced import VoiceSpec

Phrasing = Literal["plain", "varied", "unseen"]
Channel = Literal["web-chat", "sms", "whatsapp", "email", "voice"]
Decision = Literal["must", "may", "must_not"]
Trigger = Literal[
    "explicit_request",
    "no_progress",
    "policy_gap",
    "authority_limit",
    "regulated",
    "safety",
    "vulnerable",
    "identity_fraud",
    "vip",
    "sentiment",
    "tool_outage",
    "out_of_scope",
    "language",
]
Shown = Literal["tools", "audit_id"]
Register = Literal["plain", "polite", "blunt", "chatty", "formal"]
Disclosure = Literal["when_asked", "one_per_message", "all_at_once"]
Name = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]
Probability = Annotated[float, Meta(ge=0, le=1)]
Seconds = Annotated[float, Meta(ge=0, le=604_800)]
Scalar = str | int | float | bool


Sayings = Annotated[tuple[Annotated[str, Meta(min_length=1, max_length=500)], ...], Meta(max_length=100)]


class Source(Wanted, frozen=True, kw_only=True):
    """Where a value the customer knows comes from. Exactly one of these is set; a plain scalar means `value`."""

    faker: Annotated[str | None, Meta(description="A Faker provider's name, such as `name` or `postcode`.")] = None
    pattern: Annotated[str | None, Meta(description="Text to fill: `#` is a digit, `?` a capital letter.")] = None
    one_of: Annotated[
        Annotated[tuple[str, ...], Meta(min_length=1)] | None, Meta(description="One of these, drawn per customer.")
    ] = None
    phrase: Annotated[str | None, Meta(description="A name under `detail` in the pack: one of its phrases.")] = None
    value: Annotated[str | None, Meta(description="This very text, for every customer.")] = None


class Goal(Wanted, frozen=True, kw_only=True):
    """What the customer came for."""

    intent: Annotated[str, Meta(min_length=1, description="What it is about: a Bitext intent name where one fits.")]
    says: Annotated[
        Sayings,
        Meta(description="How the customer puts it, in whole clauses of your own; without, by the intent's name."),
    ] = ()
    tells: Annotated[tuple[str, ...], Meta(description="Names under `knows` that the customer must get across.")] = ()
    asks: Annotated[tuple[str, ...], Meta(description="Facts that the customer wants to learn.")] = ()
    after_s: Annotated[
        Seconds | None, Meta(description="Under `then`: comes back with it so many seconds after the goal before.")
    ] = None
    after_days: Annotated[
        Annotated[float, Meta(gt=0, le=365)] | None, Meta(description="The same in days; only one of the two.")
    ] = None
    channel: Annotated[
        Channel | None, Meta(description="Under `then`: comes back with it on this channel, over a new line.")
    ] = None


class Manner(Wanted, frozen=True, kw_only=True):
    """How the customer writes."""

    register: Annotated[Register, Meta(description="The tone of the wording.")] = "plain"
    disclosure: Annotated[Disclosure, Meta(description="How much is told per message.")] = "one_per_message"
    typos: Annotated[float, Meta(ge=0, le=0.5, description="Chance of a typing error per word.")] = 0.02
    bursts: Annotated[bool, Meta(description="May send one thought as several short messages.")] = True
    pack: Annotated[str | None, Meta(description="A folder of its own words, as `hubbub learn` writes.")] = None


class Patience(Wanted, frozen=True, kw_only=True):
    """When the customer gives up."""

    turns: Annotated[int, Meta(ge=1, le=200, description="Turns without reaching the goal before leaving.")] = 12
    wait_s: Annotated[
        Positive | None,
        Meta(description="Mean seconds of waiting for one reply before leaving; the channel's if unset."),
    ] = None


class Moves(Wanted, frozen=True, kw_only=True):
    """Chances, per turn, of doing something other than the next step."""

    ask_for_human: Annotated[Probability, Meta(description="Asks for a human.")] = 0.0
    change_mind: Annotated[Probability, Meta(description="Changes a value told before, or the goal.")] = 0.0
    correct: Annotated[Probability, Meta(description="First tells a wrong value, then corrects it.")] = 0.0
    false_claim: Annotated[Probability, Meta(description="Claims something that the persona's facts deny.")] = 0.0
    second_intent: Annotated[Probability, Meta(description="Brings up a goal from `then` early.")] = 0.0
    inject: Annotated[Probability, Meta(description="Tries a prompt injection that carries a canary word.")] = 0.0
    pressure: Annotated[Probability, Meta(description="Presses for an exception, whatever the rules say.")] = 0.0
    follow_up: Annotated[Probability, Meta(description="Once, at the end: comes back days later, same session.")] = 0.0


class EscalationExpectation(Wanted, frozen=True, kw_only=True):
    """Whether a human is needed, and by when."""

    decision: Annotated[
        Decision, Meta(description="must: a human is needed; must_not: it is not; may: either is right.")
    ]
    trigger: Annotated[Trigger | None, Meta(description="Why a human is needed.")] = None
    says: Annotated[Sayings, Meta(description="Why, in the customer's own words; without, by the trigger.")] = ()
    by_turn: Annotated[
        Annotated[int, Meta(ge=1, le=200)] | None, Meta(description="The latest turn at which it is in time.")
    ] = None
    within_s: Annotated[
        Positive | None, Meta(description="The latest second of the conversation at which it is in time.")
    ] = None
    queue: Annotated[str | None, Meta(description="The queue or team it must go to.")] = None
    handed: Annotated[tuple[str, ...], Meta(description="Names under `knows` that the hand-off must contain.")] = ()
    looks_like: Annotated[
        Trigger | None, Meta(description="With `must_not`: the reason for a human that the words only look like.")
    ] = None


class Expectation(Wanted, frozen=True, kw_only=True):
    """What a well-behaved agent does for this customer."""

    escalation: EscalationExpectation | None = None
    resolves: Annotated[bool | None, Meta(description="Whether the agent should reach the goal on its own.")] = None
    reply_within_s: Annotated[
        Positive | None, Meta(description="Seconds from a message to the first words of its reply, at most.")
    ] = None


class Fact(Wanted, frozen=True, kw_only=True, rename={"truth": "bool"}):
    """A typed truth that replies are held against. Exactly one kind is set, as one value or as a range [low, high]."""

    money: float | tuple[float, float] | None = None
    currency: Annotated[
        Annotated[str, Meta(pattern=r"^[A-Z]{3}$")] | None, Meta(description="ISO 4217 code, with `money`.")
    ] = None
    percent: float | tuple[float, float] | None = None
    days: float | tuple[float, float] | None = None
    hours: float | tuple[float, float] | None = None
    minutes: float | tuple[float, float] | None = None
    date: str | tuple[str, str] | None = None
    time: str | tuple[str, str] | None = None
    id: str | None = None
    phone: str | None = None
    url: str | None = None
    enum: tuple[str, ...] | None = None
    truth: bool | None = None
    about: Annotated[
        tuple[str, ...], Meta(description="Words in a reply that show that it speaks of this fact, besides its name's.")
    ] = ()
    asked: Annotated[Sayings, Meta(description="How the customer asks about it, in questions of your own.")] = ()


class Statement(Wanted, frozen=True, kw_only=True):
    """Something a reply must, or must never, say. Exactly one of the two is set."""

    claim: Annotated[str | None, Meta(description="The name of a fact.")] = None
    text: Annotated[str | None, Meta(description="Words to look for, letter case ignored.")] = None
    before: Annotated[
        str | None, Meta(description="Only before a reply that holds these words; `handoff` is a human being called.")
    ] = None
    after: Annotated[str | None, Meta(description="Only after a reply that holds these words, or `handoff`.")] = None
    within: Annotated[
        Annotated[int, Meta(ge=1, le=200)] | None,
        Meta(description="Only within so many replies, from the first or from `after`."),
    ] = None


class Persona(Wanted, frozen=True, kw_only=True):
    """A kind of customer."""

    persona: Annotated[Name, Meta(description="Its name, unique within a folder.")]
    summary: Annotated[str, Meta(description="What it is for, in a sentence.")] = ""
    extends: Annotated[str | None, Meta(description="A base file beside this one; this file's keys win.")] = None
    industry: Annotated[str, Meta(description="retail, banking, telecom, healthcare, travel, utilities, ...")] = (
        "retail"
    )
    locale: Annotated[
        str, Meta(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$", description="Language and region, such as en-US.")
    ] = "en-US"
    channel: Annotated[Channel, Meta(description="What the customer is on.")] = "web-chat"
    knows: Annotated[dict[str, Source], Meta(description="What the customer knows, and could be asked for.")] = {}
    goal: Goal
    then: Annotated[tuple[Goal, ...], Meta(description="Further goals in the same conversation.")] = ()
    manner: Manner = Manner()
    patience: Patience = Patience()
    moves: Moves = Moves()
    expects: Annotated[
        dict[str, tuple[str, ...]],
        Meta(description="The persona's own hearing: act name to regular expressions found in replies."),
    ] = {}
    expect: Expectation = Expectation()
    facts: Annotated[dict[str, Fact], Meta(description="Truths that replies are held against.")] = {}
    never: Annotated[tuple[Statement, ...], Meta(description="What a reply must never say.")] = ()
    must_say: Annotated[tuple[Statement, ...], Meta(description="What some reply must say.")] = ()


class Delivery(Wanted, frozen=True, kw_only=True):
    """A probe: deliver messages as a network does that delivers them at least once. Chances per turn."""

    twice: Annotated[Probability, Meta(description="Once more with the same id, right behind itself.")] = 0.0
    swapped: Annotated[Probability, Meta(description="The rest of a burst before its first message.")] = 0.0


class EmbeddedAgent(Wanted, frozen=True, kw_only=True):
    """The reference agent, started for the run and ended with it."""

    workers: Annotated[int, Meta(ge=1, le=100_000, description="Replies worked on at once.")] = 32
    queue: Annotated[int, Meta(ge=0, le=1_000_000, description="Replies that may wait; more are answered 429.")] = 256
    service_s: Annotated[Seconds, Meta(description="Median seconds until the first text.")] = 0.25
    service_sigma: Annotated[float, Meta(ge=0, le=3, description="Log-sd of the service time.")] = 0.35
    tokens_per_s: Annotated[Positive, Meta(description="Rate of a streamed reply.")] = 120.0
    faults: Annotated[tuple[str, ...], Meta(description="Planted faults: NAME[:probability][@load>N].")] = ()
    phrasing: Annotated[Phrasing, Meta(description="How it speaks: a set of phrases.")] = "plain"
    opening: Annotated[str, Meta(max_length=500, description="Said before its first reply, as a disclosure.")] = ""
    languages: Annotated[tuple[Literal["de", "es", "fr"], ...], Meta(description="Spoken besides English.")] = ()
    industries: Annotated[
        tuple[Literal["retail", "banking", "telecom", "healthcare", "travel", "utilities"], ...],
        Meta(description="Whom it works for; without any, for all of them."),
    ] = ()
    seed: int = 1
    fixed_first_text_s: Annotated[
        Seconds | None, Meta(description="For calibration: every first text after exactly this long, without a queue.")
    ] = None
    fixed_chunks: Annotated[int, Meta(ge=1, le=10_000, description="With it: pieces per reply.")] = 16
    fixed_gap_s: Annotated[Seconds, Meta(description="With it: seconds between pieces; 0 sends them at once.")] = 0.01


class AgentSpec(Wanted, frozen=True, kw_only=True):
    """The agent under test, and how to speak to it."""

    connector: Annotated[str, Meta(min_length=1, description="openai-chat, http-json, or file.py:name.")]
    url: Annotated[
        str | None, Meta(description="Where it listens. Loopback, unless the host is under `allow_hosts`.")
    ] = None
    embedded: Annotated[EmbeddedAgent | None, Meta(description="Start the reference agent instead of using `url`.")] = (
        None
    )
    allow_hosts: Annotated[tuple[str, ...], Meta(description="Hosts beyond loopback that may be loaded.")] = ()
    auth: Auth | None = None
    headers: Annotated[dict[str, str], Meta(description="Headers to add; `${env:NAME}` reads the environment.")] = {}
    escalation: Annotated[str | None, Meta(description="How an escalation shows: a preset's name.")] = None
    shows: Annotated[
        tuple[Shown, ...],
        Meta(description="What its replies always show: `tools`, every deed as a tool call; `audit_id`, a trace id."),
    ] = ()
    traceparent: Annotated[
        bool, Meta(description="Send a W3C traceparent with each turn, so that the agent's own traces join ours.")
    ] = True
    timeouts: Timeouts = Timeouts()
    busy: Busy = Busy()
    delivery: Delivery = Delivery()
    inbound: Inbound = Inbound()
    max_reply_bytes: Annotated[int, Meta(ge=1024, le=1_073_741_824, description="Largest decoded reply.")] = 2_097_152
    options: Annotated[dict[str, Any], Meta(description="The connector's own settings.")] = {}


class CustomersSpec(Wanted, frozen=True, kw_only=True, rename={"from_": "from"}):
    """Who comes: persona files and their shares."""

    from_: Annotated[str | tuple[str, ...], Meta(description="Folders or files of personas, beside the workload.")]
    mix: Annotated[
        dict[str, Annotated[float, Meta(gt=0)]],
        Meta(description="Persona to weight. Empty: all found, equally."),
    ] = {}
    languages: Annotated[
        tuple[Annotated[str, Meta(pattern="^[a-z]{2,3}$")], ...],
        Meta(description="Languages of those who come, as in their locale, such as en. Empty: all.", examples=[["en"]]),
    ] = ()


class Stage(Wanted, frozen=True, kw_only=True):
    """A stretch of time at one rate, reached by a ramp at its start."""

    for_s: Positive
    rate_per_s: Annotated[float, Meta(ge=0, le=100_000)]
    ramp_s: Annotated[Seconds, Meta(description="Seconds at the start to climb or fall from the stage before.")] = 0.0


class Arrivals(Wanted, frozen=True, kw_only=True):
    """When customers come."""

    process: Annotated[str, Meta(description="constant, poisson, stages, closed, or file.py:name.")] = "poisson"
    rate_per_s: Annotated[
        Annotated[float, Meta(gt=0, le=100_000)] | None, Meta(description="Conversations per second.")
    ] = None
    open: Annotated[
        Annotated[int, Meta(ge=1, le=1_000_000)] | None,
        Meta(description="With `closed`: conversations held open at once."),
    ] = None
    stages: tuple[Stage, ...] = ()


class Budget(Wanted, frozen=True, kw_only=True):
    """How unfit the generator may be before its verdict is void."""

    late_p99_s: Annotated[Positive, Meta(description="99th percentile of how late we sent.")] = 0.1
    loop_lag_p99_s: Annotated[Positive, Meta(description="99th percentile of the event loop's lag.")] = 0.1
    dropped_rate: Annotated[Probability, Meta(description="Arrivals not held, as a share.")] = 0.0
    unknown_rate: Annotated[Probability, Meta(description="Replies not understood, as a share.")] = 0.3


class Workload(Wanted, frozen=True, kw_only=True):
    """What a run is: arrivals, population, agent and gates."""

    workload: Annotated[Name, Meta(description="Its name; results are filed under it.")]
    summary: str = ""
    agent: AgentSpec
    customers: CustomersSpec
    arrivals: Arrivals
    duration_s: Annotated[Positive, Meta(description="Seconds during which customers arrive.")] = 60.0
    warm_up_s: Annotated[Seconds, Meta(description="Seconds at the start that are kept but not judged.")] = 0.0
    drain_s: Annotated[Seconds, Meta(description="Seconds that open conversations get after the last arrival.")] = 30.0
    seed: int = 1
    speed: Annotated[
        float, Meta(gt=0, le=1000, description="Compresses reading, thinking and typing: 10 means a tenth of the time.")
    ] = 1.0
    max_open: Annotated[
        int, Meta(ge=1, le=1_000_000, description="Open conversations per process; more are dropped.")
    ] = 20_000
    max_turns: Annotated[int, Meta(ge=1, le=1000, description="Turns at which a conversation is ended.")] = 40
    budget: Budget = Budget()
    gates: Annotated[tuple[str, ...], Meta(description="Limits such as `turn_p95_s <= 4`.")] = ()
    voice: Annotated[VoiceSpec | None, Meta(description="Who words the messages, instead of the grammar.")] = None
    checks: Annotated[tuple[str, ...], Meta(description="Checks of your own, as file.py:name beside this file.")] = ()


class Gate(Struct, frozen=True):
    """A limit that a run must keep: `metric op limit`, as parsed from its text."""

    text: str
    metric: str
    op: Literal["<=", ">=", "==", "<", ">"]
    limit: float
