"""Text that means harm, and a run that has it wherever text comes from elsewhere."""

from collections.abc import Iterator

from hubbub.model import Claim, Finding, Heard, Record, Reply, Signal, Started, ToolCall
from tests.made import closed, ended, failed, header, turn

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>document.title='owned'</script>",
    "</style><img src=x onerror=alert(1)><style>*{display:none}</style>",
    '"><svg onload=alert(1)>',
    "' autofocus onfocus=alert(1) x='",
    "{{ 7 * 7 }}{% raw %}",
    "$fail <b>bold</b> <a href='javascript:alert(1)'>x</a> &lt;",
    "\x1b[31mred\x1b]0;title\x07",
    "\u202etxt.exe\u2066",
    "]]>&amp;<!--<script>",
    "=cmd|' /C calc'!A1",
    "line\u2028break\u2029s\r\nand\ttabs",
    "__proto__",
    "W" * 5000,
    "x" * 1_000_000,
)


def hostile_run(*bads: str) -> Iterator[Record]:
    """Two stages; each text in turn as persona, message, reply, finding, class, claim and name, the first as labels."""
    held = max(6, len(bads))
    yield header(workload=bads[0], stages=(bads[0], bads[0] + "2"), warm_up_s=0.0)
    for number in range(held):
        bad, stage = bads[number % len(bads)], int(number > held / 2)
        yield Started(number, bad, number + 1.0, stage)
        heard = Heard(("inform",), (bad,), (Claim(bad, bad, about=bad),), (Signal("confirmed", "tool", bad, bad, bad),))
        reply = Reply(text=bad, session=bad, trace=bad, tools=(ToolCall(bad, bad),))
        yield turn(number, told=(bad,), texts=(bad, bad), heard=heard, reply=reply)
        yield failed(bad, number, turn=2, detail=bad)
        yield Finding(number, bad, "failed", 1, bad)
        decided = {"expected": "must", "trigger": bad, "escalated": "confirmed", "failed_checks": (bad,)}
        yield ended(number, persona=bad, reason=bad, queue=bad, stage=stage, **decided)
    yield closed(held)
