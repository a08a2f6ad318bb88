"""What happened: the records of a run. What is written to the journal is what was passed between rooms.

Times ending in `_s` are seconds since the run's start, unless a docstring says otherwise.
"""

from typing import Literal

from msgspec import Struct

from hubbub.model.decided import Act
from hubbub.model.wanted import Decision

EndingName = Literal["resolved", "escalated", "abandoned", "agent_ended", "agent_failed", "turn_limit", "cut_off"]
JudgementName = Literal["passed", "failed", "unsure", "not_observable"]
AgentAct = Literal[
    "greet",
    "inform",
    "request",
    "confirm",
    "offer",
    "offer_handoff",
    "handoff",
    "notify_success",
    "notify_failure",
    "refuse",
    "fallback",
    "wait",
    "req_more",
    "apologise",
    "thank",
    "goodbye",
    "unknown",
]
SignalState = Literal["offered", "promised", "initiated", "confirmed", "failed"]
Provenance = Literal["field", "tool", "control", "transport", "text"]
Leads = Literal["", "human", "other", "back", "yes", "no"]
UnaskedKind = Literal["late", "duplicate", "unmatched", "refused"]
MATTER = "problem"  # the slot for what a customer comes for, where it is asked for by itself
UNFAILED = frozenset(("ok", "left", "cut"))  # outcomes of a turn that are no failure; see Turn


class Usage(Struct, frozen=True, omit_defaults=True):
    """Tokens, as the agent counted them."""

    tokens_in: int = 0
    tokens_out: int = 0


class ToolCall(Struct, frozen=True, omit_defaults=True):
    """A tool that the agent said it called. `arguments` is the JSON text as received."""

    name: str
    arguments: str = ""


class Signal(Struct, frozen=True, omit_defaults=True):
    """Evidence that the conversation is going to a human, and where the evidence was."""

    state: SignalState
    provenance: Provenance
    queue: str = ""
    reason: str = ""
    payload: str = ""  # what was handed over, as JSON text, where it shows


class Reply(Struct, frozen=True, omit_defaults=True):
    """The agent's whole answer to a turn, as the connector understood it."""

    text: str = ""
    status: int = 0
    completed_by: str = ""  # the protocol's own proof of completion, such as finish_reason=stop
    events: int = 0  # stream events with content; 0 when the reply was not streamed
    size: int = 0  # decoded bytes
    session: str = ""  # the agent's name for the conversation, where it gives one
    trace: str = ""  # a trace, request or decision id, where it gives one
    signals: tuple[Signal, ...] = ()
    tools: tuple[ToolCall, ...] = ()
    usage: Usage | None = None
    ended: bool = False  # the agent closed the conversation


class Claim(Struct, frozen=True, omit_defaults=True):
    """A typed value that a reply states, bound to what it speaks of where that is clear."""

    kind: str
    text: str
    low: float = 0.0
    high: float = 0.0
    about: str = ""
    hedged: bool = False


class Choice(Struct, frozen=True, omit_defaults=True):
    """One option of a menu. Without a label it stood in an earlier reply."""

    label: str
    key: str = ""  # what is typed for it, where the menu asks for that
    leads: Leads = ""  # to a human, to other matters, back, or what it says to a question


class Heard(Struct, frozen=True, omit_defaults=True):
    """A reply as the customer understood it."""

    acts: tuple[AgentAct, ...] = ()  # sorted; `unknown` alone when nothing was understood
    asked: tuple[str, ...] = ()  # slots that the agent asked for
    claims: tuple[Claim, ...] = ()
    signals: tuple[Signal, ...] = ()  # structured evidence first, then what the text says
    confidence: float = 1.0
    chars: int = 0  # length of the reply, for reading time
    language: str = ""  # language code of a reply that is clearly in another language than the customer's
    beside: bool = False  # deals with another matter than the customer's
    choices: tuple[Choice, ...] = ()  # of a menu or buttons, in order


class Attempt(Struct, frozen=True, omit_defaults=True):
    """A send of a turn that the agent did not take, and that was made again after `waited_s`: by what the workload
    says of a busy agent, or as the messaging platform that is played delivers again."""

    failure: str
    status: int
    at_s: float
    waited_s: float


class Turn(Struct, frozen=True, omit_defaults=True, tag="turn"):
    """One customer message, or burst of messages, and the agent's whole reply to it.

    `due_s` is the intended moment of sending; latency is measured from it. `outcome` is `ok` or one failure class.
    A moment that never came is None. Two outcomes are no failures: `left` (the customer gave up waiting, at `over_s`)
    and `cut` (our run ended first).
    """

    number: int
    turn: int
    act: Act
    told: tuple[str, ...]
    texts: tuple[str, ...]
    due_s: float
    sent_s: float
    first_byte_s: float | None = None
    first_event_s: float | None = None
    first_text_s: float | None = None
    done_s: float | None = None
    over_s: float | None = None  # when the exchange was over for the customer, however it ended
    outcome: str = "ok"
    detail: str = ""
    reply: Reply | None = None
    heard: Heard | None = None
    frustration: float = 0.0
    max_gap_s: float = 0.0  # longest silence between two chunks of the reply
    fresh_retries: int = 0  # connection-reuse races that were sent once more on a fresh socket
    retry_after_s: float | None = None
    pool_wait_s: float = 0.0
    overlap: bool = False  # sent while the reply to an earlier turn was still missing
    about: str = ""  # the slot, fact or intent that the message was about
    channel: str = ""  # where it was said, once the customer has come back on another channel than it began on
    copy_of: int = 0  # of the delivery probe: the turn whose message this delivers again, or from whose burst it is
    attempts: tuple[Attempt, ...] = ()  # sends before the one that this tells of, where it was made again


class Started(Struct, frozen=True, tag="started"):
    """A conversation begins at `due_s`. Written before its first message is sent."""

    number: int
    persona: str
    due_s: float
    stage: int = 0


class Conversation(Struct, frozen=True, omit_defaults=True, tag="conversation"):
    """A conversation has ended. `expected` is the persona's word on escalation; `escalated` is what the agent did."""

    number: int
    persona: str
    ending: EndingName
    reason: str
    turns: int
    due_s: float
    started_s: float
    ended_s: float
    stage: int = 0
    warm_up: bool = False
    expected: Decision | None = None
    trigger: str = ""
    escalated: SignalState | None = None  # the furthest state reached
    provenance: Provenance | None = None
    escalated_turn: int | None = None  # the turn at which it was first initiated or confirmed
    escalated_after_s: float | None = None  # seconds from the conversation's start to then
    queue: str = ""
    judged: bool = True  # False: too short, or failed too early, to say whether the escalation was right
    resolves: bool | None = None  # the persona's word on whether the agent can reach the goal alone
    unknown_replies: int = 0
    failed_checks: tuple[str, ...] = ()
    answers: dict[str, str] = {}  # fact to the value that the agent gave for it, such as `3-5 days`
    claims: dict[str, int] = {}  # verdict to how many claims got it: supported, contradicted, unsupported, ...
    channel: str = ""


class Finding(Struct, frozen=True, omit_defaults=True, tag="finding"):
    """A check's verdict on a conversation. Passed ones are not written: a judged conversation without one passed."""

    number: int
    check: str  # the class, such as missed_escalation
    verdict: JudgementName
    turn: int
    reason: str


class Dropped(Struct, frozen=True, tag="dropped"):
    """A customer who was due and never held: the generator's doing, or the run was stopped first."""

    number: int
    due_s: float
    reason: Literal["max_open", "late", "stopped"]


class Unasked(Struct, frozen=True, omit_defaults=True, tag="unasked"):
    """Something that the agent sent and no turn waited for, or that its platform refuses.

    `late`: the conversation's turns were over; `duplicate`: said before in it; `unmatched`: for nobody that we know.
    """

    at_s: float
    kind: UnaskedKind
    number: int | None = None  # the conversation, where it is known
    turn: int = 0  # the last turn that was sent before
    to: str = ""  # the recipient as the agent named it, where that is nobody we know
    text: str = ""
    detail: str = ""
    signals: tuple[Signal, ...] = ()


class Health(Struct, frozen=True, omit_defaults=True, tag="health"):
    """How fit the generator was during the second before `at_s`. Lags are in seconds."""

    at_s: float
    open: int
    loop_lag_max_s: float
    loop_lag_mean_s: float
    cpu_share: float = 0.0  # of one core
    rss_bytes: int = 0
    fds: int = 0
    fd_limit: int = 0
    clock_step_s: float = 0.0  # how far the wall clock moved against the steady one
    journal_backlog_bytes: int = 0
    incidents: tuple[str, ...] = ()  # generator classes seen, such as fd_exhausted


class Header(Struct, frozen=True, tag="header"):
    """The first record of every journal."""

    format: int
    worker: int
    workers: int
    seed: int
    workload: str
    warm_up_s: float
    speed: float
    stages: tuple[str, ...] = ()  # labels; a conversation's `stage` is an index into them
    blind: tuple[str, ...] = ()  # classes that this endpoint cannot show


class Closed(Struct, frozen=True, tag="closed"):
    """The last record of a journal that was closed in order. Without it the worker was lost."""

    at_s: float
    scheduled: int
    started: int
    ended: int
    dropped: int
    late: int
    interrupted: bool = False
    began_at_s: float = 0.0  # the run's start by the wall clock, in seconds since 1970 in UTC; 0 where nobody looked
    voice: dict[str, int] = {}  # what became of the messages that a voice was asked to word


class Seal(Struct, frozen=True, tag="seal"):
    """Ends a batch: SHA-256 over the seal before and the batch's bytes, so that nothing can be changed unseen."""

    records: int
    sha256: str


Record = Header | Started | Turn | Conversation | Finding | Dropped | Health | Unasked | Closed | Seal
