"""How a run fares while it runs, for Prometheus to fetch: text format 0.0.4, on this machine alone."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress

from hubbub.errors import UsageError
from hubbub.stats.live import Live, recent_quantile

_HEAD_BYTES = 16_384
_HEAD_S = 5.0
_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})
_QUANTILES = (0.5, 0.95, 0.99)


def exposition(live: Live, elapsed_s: float, workload: str) -> str:
    """A snapshot as metrics. Counts are since the start, warm-up included; latencies are of recent turns."""
    return "\n".join(_lines(live, elapsed_s, f'workload="{workload.translate(_ESCAPES)}"')) + "\n"


def _lines(live: Live, elapsed_s: float, of: str) -> Iterator[str]:
    yield from _one("run_elapsed_seconds", "gauge", "Seconds since the run's start.", of, max(0.0, elapsed_s))
    yield from _one("conversations_open", "gauge", "Conversations that are held now.", of, live.open)
    for name, number, meaning in (
        ("conversations_started_total", live.started, "Conversations begun."),
        ("conversations_ended_total", live.ended, "Conversations ended."),
        ("conversations_dropped_total", live.dropped, "Customers who were due and not held, by our own doing."),
        ("turns_total", live.turns, "Turns over."),
    ):
        yield from _one(name, "counter", meaning, of, number)
    yield from _family("escalation_decisions_total", "counter", "Escalation decisions, by whether they were right.", {
        f'{of},right="true"': live.right, f'{of},right="false"': live.wrong})  # fmt: skip
    yield from _counts("failed_turns_total", "Turns that failed, by class.", of, "class", live.failures)
    yield from _counts("findings_total", "Conversations by failed check.", of, "check", live.findings)
    for name, recent_s in (("first_text", live.recent_first_text_s), ("turn", live.recent_turn_s)):
        values = {f'{of},quantile="{q:g}"': recent_quantile(recent_s, q) for q in _QUANTILES}
        known = {labels: value for labels, value in values.items() if value is not None}
        yield from _family(
            f"recent_{name}_seconds", "gauge", "Quantiles over recent turns, from the intended moment.", known
        )
    yield from _one("generator_late_p99_seconds", "gauge", "How late we ourselves sent.", of, live.late_p99_s)
    yield from _one(
        "generator_loop_lag_seconds", "gauge", "The last second's worst lag of our loop.", of, live.loop_lag_s
    )
    yield from _one("generator_cpu_share", "gauge", "Of one core; the busiest process.", of, live.cpu_share)


def _counts(name: str, meaning: str, of: str, label: str, counts: dict[str, int]) -> Iterator[str]:
    labelled = {f'{of},{label}="{key.translate(_ESCAPES)}"': value for key, value in sorted(counts.items())}
    return _family(name, "counter", meaning, labelled)


def _one(name: str, kind: str, meaning: str, of: str, value: float) -> Iterator[str]:
    return _family(name, kind, meaning, {of: value})


def _family(name: str, kind: str, meaning: str, values: dict[str, int] | dict[str, float]) -> Iterator[str]:
    yield f"# HELP hubbub_{name} {meaning}"
    yield f"# TYPE hubbub_{name} {kind}"
    for labels, value in values.items():
        yield f"hubbub_{name}{{{labels}}} {value:.10g}"


class Exposed:
    """Serves the last snapshot on 127.0.0.1, from `open` to `close`, and counts nothing itself."""

    def __init__(self, workload: str) -> None:
        self._workload = workload
        self._live = Live()
        self._elapsed_s = 0.0
        self._server: asyncio.Server | None = None

    def tell(self, live: Live, elapsed_s: float) -> None:
        """Take a snapshot."""
        self._live, self._elapsed_s = live, elapsed_s

    async def open(self, port: int) -> int:
        """Listen, on a free port for 0; returns the port. Raises UsageError when it is taken."""
        try:
            self._server = await asyncio.start_server(self._answer, "127.0.0.1", port, limit=_HEAD_BYTES)
        except OSError as error:
            raise UsageError(f"cannot serve metrics on port {port}: {error.strerror}") from None
        return int(self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        """Stop listening."""
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            async with asyncio.timeout(_HEAD_S):
                head = await reader.readuntil(b"\r\n\r\n")
            writer.write(self._page(head))
            await writer.drain()
        writer.close()

    def _page(self, head: bytes) -> bytes:
        method, _, rest = head.partition(b" ")
        found = method == b"GET" and rest.partition(b" ")[0].partition(b"?")[0] == b"/metrics"
        body = exposition(self._live, self._elapsed_s, self._workload).encode() if found else b"see /metrics\n"
        status = "200 OK" if found else "404 Not Found"
        kind = "text/plain; version=0.0.4; charset=utf-8"
        lines = (f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", "Connection: close")
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + body
