"""Every error a user can meet, and every class of failure, each with what to do about it."""

from typing import Literal

from msgspec import Struct

Layer = Literal["infra", "conversation", "governance", "generator"]


class FailureClass(Struct, frozen=True):
    """A way to fail: who it is charged to, what it means, what to look at."""

    name: str
    layer: Layer
    meaning: str
    remedy: str


_ROWS: tuple[tuple[Layer, str, str, str], ...] = (
    ("infra", "connect_refused", "Nothing accepted the connection.", "Is the agent running, on this host and port?"),
    ("infra", "dns", "The host name has no address.", "Check the host in `agent.url`."),
    ("infra", "tls", "The TLS handshake failed.", "Check http/https in `agent.url`, and the certificate."),
    ("infra", "connect_timeout", "No connection within `connect_s`.", "Look at the accept queue and the network."),
    ("infra", "reset", "The agent reset the connection before its reply was whole.", "Look for crashes and proxies."),
    ("infra", "closed", "The agent closed the connection without a reply.", "Look for restarts and idle timeouts."),
    ("infra", "truncated", "The reply ended without the protocol's proof of completion.", "Look for cut streams."),
    ("infra", "first_text_timeout", "No visible text within `first_text_s`.", "The agent is too slow, or queueing."),
    ("infra", "stall", "The reply stood still for longer than `gap_s`.", "Look at what the stream waits for."),
    ("infra", "total_timeout", "The reply was not whole within `turn_s`.", "The agent is too slow, or too wordy."),
    ("infra", "http_429", "The agent refused for being too busy.", "Its rate limit or queue is smaller than the load."),
    ("infra", "http_4xx", "The agent refused the request.", "Check `agent:` settings, and the credentials."),
    ("infra", "http_5xx", "The agent failed inside.", "Look at its own log at that time."),
    (
        "infra",
        "redirect",
        "The agent answered with a redirect, which is never followed.",
        "Set `agent.url` to the target.",
    ),
    ("infra", "malformed", "The reply is not what the protocol says.", "Check the connector and its `options`."),
    ("infra", "too_large", "The reply is larger than `max_reply_bytes`.", "Raise the limit if that is meant."),
    ("infra", "agent_error", "The agent answered with its protocol's error.", "Look at the detail."),
    (
        "conversation",
        "cross_talk",
        "A reply held what belongs to another live customer.",
        "Sessions leak: stop and mend.",
    ),
    ("conversation", "empty", "The reply was whole, and had no text.", "Look for filters and failed tool calls."),
    ("conversation", "loop", "The agent said the same thing three times.", "It is stuck: look at that transcript."),
    ("governance", "missed_escalation", "A human was needed, and none was called.", "Look at the escalation policy."),
    ("governance", "needless_escalation", "A human was called without need.", "Look at the escalation policy."),
    ("governance", "late_escalation", "A human was called later than allowed.", "Look at what delayed the decision."),
    ("governance", "phantom_handoff", "A human was promised and never called.", "Does the tool call follow the words?"),
    ("generator", "late_send", "We sent later than intended.", "Lower the rate, or use more processes."),
    ("generator", "loop_lag", "Our own event loop stood still.", "Lower the rate, or use more processes."),
    ("generator", "pool_wait", "We waited for a free connection of our own.", "Raise the limit on connections."),
    ("generator", "fd_exhausted", "We ran out of file descriptors.", "Raise `ulimit -n`."),
    ("generator", "clock_step", "The machine's clock was set during the run.", "Run again with a steady clock."),
    ("generator", "disk_full", "The journal could not be written.", "Free some space; nothing was judged."),
    ("generator", "worker_lost", "A process of ours died.", "Look at its last lines; memory is the usual cause."),
    ("generator", "dropped", "A customer who was due was not held.", "Raise `max_open`, or lower the rate."),
    ("generator", "own_error", "A mistake of ours, not the agent's.", "Please report it, with the detail."),
)
FAILURES: dict[str, FailureClass] = {row[1]: FailureClass(row[1], row[0], row[2], row[3]) for row in _ROWS}


class HubbubError(Exception):
    """Base of our errors. `exit_code` is what the command ends with; `remedy` says what to do."""

    exit_code = 2
    remedy = ""


class Mistake(Struct, frozen=True, order=True):
    """One thing that is wrong in a file, and where: line and column count from 1; `excerpt` is the offending line."""

    file: str
    line: int
    column: int
    path: str
    problem: str
    excerpt: str = ""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}: "
        what = f"{self.path}: {self.problem}" if self.path else self.problem
        if not self.excerpt:
            return where + what
        caret = "".join("\t" if c == "\t" else " " for c in self.excerpt[: self.column - 1]) + "^"
        return f"{where}{what}\n    {self.excerpt}\n    {caret}"


class SpecError(HubbubError):
    """Files that cannot be used as they are: every mistake in them, at once."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__("\n".join(str(m) for m in sorted(mistakes)))
        self.mistakes = tuple(sorted(mistakes))


class UsageError(HubbubError):
    """The command's words do not fit together, or name something that is not there."""


class UnknownName(HubbubError):
    """A name that nothing is registered under. The message says what is near."""


class AgentUnreachable(HubbubError):
    """The agent never answered: nothing was judged."""

    exit_code = 4
    remedy = "Start the agent, or correct `agent.url`; `curl -v` to it from this machine shows more."


class JournalError(HubbubError):
    """A journal that cannot be written, or does not hold what was written to it."""

    exit_code = 3


class ExchangeFailed(HubbubError):
    """A turn failed, by one class of FAILURES. Connectors raise this and nothing else.

    `retry_after_s` is the agent's own word on when to come again, in seconds from now.
    """

    def __init__(
        self, failure: str, detail: str = "", *, status: int = 0, retry_after_s: float | None = None, partial: str = ""
    ) -> None:
        if failure not in FAILURES:
            raise KeyError(failure)
        super().__init__(f"{failure}: {detail}" if detail else failure)
        self.failure = failure
        self.detail = detail
        self.status = status
        self.retry_after_s = retry_after_s
        self.partial = partial  # text that had come before it failed
