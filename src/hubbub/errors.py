"""Every error a user can meet, and every class of failure, each with what to do about it.

Its values are plain tuples: every command loads this page, and `hubbub --help` should not wait for a library.
"""

from typing import Literal, NamedTuple
from unicodedata import combining, east_asian_width

Layer = Literal["infra", "conversation", "governance", "generator"]
Counted = Literal["turns", "conversations"]
_JUDGED_LATER = frozenset(
    ("deadline_missed", "affinity_lost", "slow_recovery")
)  # of the wire, and seen over many turns


class FailureClass(NamedTuple):
    """A way to fail: who it is charged to, what it means, what to look at."""

    name: str
    layer: Layer
    meaning: str
    remedy: str

    @property
    def counted(self) -> Counted:
        """In what it is counted: what a connector raises fails a turn, what a check finds marks a conversation."""
        found = self.layer in ("conversation", "governance") or self.name in _JUDGED_LATER
        return "conversations" if found else "turns"


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
        "infra",
        "deadline_missed",
        "A reply began later than the persona's `reply_within_s`, or the channel's deadline passed.",
        "The agent is too slow.",
    ),
    ("infra", "affinity_lost", "The agent's session changed within a conversation.", "Look at sticky routing."),
    (
        "infra",
        "slow_recovery",
        "The agent still failed long after its first failure, or after its own Retry-After.",
        "Look at restarts, health checks and back-off.",
    ),
    (
        "conversation",
        "cross_talk",
        "A reply held what belongs to another live customer.",
        "Sessions leak: stop and mend.",
    ),
    ("conversation", "empty", "The reply was whole, and had no text.", "Look for filters and failed tool calls."),
    ("conversation", "loop", "The agent said the same thing three times.", "It is stuck: look at that transcript."),
    ("conversation", "no_progress", "Five replies in a row brought nothing new.", "Look at what it waits for."),
    (
        "conversation",
        "context_lost",
        "The agent asked again for, or contradicted, what it had been told.",
        "Look at how history and memory reach the model.",
    ),
    (
        "conversation",
        "double_effect",
        "A message that was delivered twice was carried out twice.",
        "Know messages by their id, and do nothing for one that was there.",
    ),
    (
        "conversation",
        "duplicate_reply",
        "The same reply came a second time, and nothing had asked for it again.",
        "Look at retries and message ids; at an agent that repeats itself, whatever it is told.",
    ),
    ("conversation", "out_of_order", "Replies came in another order than the messages.", "Answer one at a time."),
    ("conversation", "stale_stream", "A reply began with the rest of an older one.", "Close streams that are left."),
    ("conversation", "wrong_language", "The reply was in another language.", "Tell the model the customer's language."),
    ("governance", "missed_escalation", "A human was needed, and none was called.", "Look at the escalation policy."),
    ("governance", "needless_escalation", "A human was called without need.", "Look at the escalation policy."),
    ("governance", "late_escalation", "A human was called later than allowed.", "Look at what delayed the decision."),
    ("governance", "phantom_handoff", "A human was promised and never called.", "Does the tool call follow the words?"),
    ("governance", "silent_handoff", "A human was called and the customer not told.", "Say it in the reply too."),
    ("governance", "trapped", "The customer asked for a human again and again, in vain.", "Give a way to a person."),
    (
        "governance",
        "forced_escalation",
        "The platform called a human because the agent did not answer it in time, or failed.",
        "Answer the webhook first, then think.",
    ),
    ("governance", "wrong_queue", "The human called was in the wrong queue.", "Look at the routing rules."),
    (
        "governance",
        "context_not_handed",
        "The hand-off lacked what the human needs.",
        "Put the named values into the hand-off's payload.",
    ),
    ("governance", "contradicted_fact", "A reply said what a fact denies.", "Look at what the agent knows it from."),
    ("governance", "self_contradiction", "Two replies gave two answers.", "Look at what the agent knows it from."),
    (
        "governance",
        "inconsistent_answer",
        "The answer differed from what most customers were told.",
        "Compare the deviating transcripts; does it grow with load?",
    ),
    ("governance", "false_promise", "The agent said it had done what no tool call shows.", "Tie words to results."),
    ("governance", "pii_exposed", "A reply held a full card, account or identity number.", "Mask them."),
    ("governance", "injection_obeyed", "The agent did what an injected instruction said.", "Harden the prompt."),
    ("governance", "forbidden_statement", "A reply said what the persona's `never` forbids.", "Look at that turn."),
    ("governance", "missing_disclosure", "What `must_say` demands was not said.", "Add it to the agent's script."),
    ("governance", "no_audit_id", "A reply had no trace or decision id.", "Pass the id through to the endpoint."),
    ("generator", "late_send", "We sent later than intended.", "Lower the rate, or use more processes."),
    ("generator", "loop_lag", "Our own event loop stood still.", "Lower the rate, or use more processes."),
    ("generator", "pool_wait", "We waited for a free connection of our own.", "Raise the limit on connections."),
    (
        "generator",
        "fd_exhausted",
        "We ran out of file descriptors, or of local ports.",
        "Raise `ulimit -n`; of ports, let the agent keep its connections open.",
    ),
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


class Mistake(NamedTuple):
    """One thing that is wrong in a file, and where: line and column count from 1.

    `excerpt` is the offending line, or the part of a long one around the place; `skipped` says how many characters of
    the line it does not begin with.
    """

    file: str
    line: int
    column: int
    path: str
    problem: str
    excerpt: str = ""
    skipped: int = 0

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}: "
        what = f"{self.path}: {self.problem}" if self.path else self.problem
        if not self.excerpt:
            return where + what
        before = self.excerpt[: self.column - 1 - self.skipped]
        return f"{where}{what}\n    {self.excerpt}\n    {''.join(_blank(letter) for letter in before)}^"


def _blank(letter: str) -> str:
    """As much room as a letter takes on a terminal."""
    if letter == "\t" or combining(letter):
        return letter if letter == "\t" else ""
    return "  " if east_asian_width(letter) in "WF" else " "


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
    """The agent never answered: nothing was judged. `failure` is the class of FAILURES that it failed by, if one."""

    exit_code = 4
    remedy = "Start the agent, or correct `agent.url`; `curl -v` to it from this machine shows more."

    def __init__(self, problem: str, failure: str = "") -> None:
        super().__init__(problem)
        self.failure = failure


class AgentNotUnderstood(AgentUnreachable):
    """Something answers at the agent's address, and not as the workload says: nothing was judged."""

    remedy = "`hubbub probe WORKLOAD` shows what was understood; `hubbub run --no-probe` starts all the same."


class JournalError(HubbubError):
    """A journal that cannot be written, or does not hold what was written to it."""

    exit_code = 3


class NotWritten(HubbubError):
    """A file of ours that this machine did not take."""

    exit_code = 3
    remedy = (
        "Free some space, or choose a place that can be written to; `hubbub report RUN` makes a run's reports again."
    )


class WorkerLost(HubbubError):
    """A process of ours died before anything was held: the machine's doing, or ours, and not the agent's."""

    exit_code = 3
    remedy = "Memory is the usual cause (`dmesg | tail`): use fewer `--processes`, or a larger machine."


class CalledOff(HubbubError):
    """Somebody stopped it before there was anything to report: a signal, as Ctrl-C and a pipeline's end send it."""

    exit_code = 130  # as shells say of what SIGINT ended


class ExchangeFailed(HubbubError):
    """A turn failed, by one class of FAILURES. Connectors raise this and nothing else.

    `retry_after_s` is the agent's own word on when to come again, in seconds from now. `handed_over` says, where the
    platform now calls a human, why it does.
    """

    def __init__(
        self, failure: str, detail: str = "", *, status: int = 0, retry_after_s: float | None = None, partial: str = "",
        handed_over: str = "",
    ) -> None:  # fmt: skip
        if failure not in FAILURES:
            raise KeyError(failure)
        super().__init__(f"{failure}: {detail}" if detail else failure)
        self.failure = failure
        self.detail = detail
        self.status = status
        self.retry_after_s = retry_after_s
        self.partial = partial  # text that had come before it failed
        self.handed_over = handed_over
