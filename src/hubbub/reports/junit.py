"""A run as JUnit XML: a test case per gate, one for the generator, one per class that failed. Red unless it passed."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement, indent, tostring  # we only write XML here

from msgspec import Struct

from hubbub.errors import FAILURES
from hubbub.gates import beyond_gates
from hubbub.model import Summary, Verdict
from hubbub.reports.plain import plain


class _Case(Struct, frozen=True):
    """A test case; `kind` is `failure` or `error` when it did not pass."""

    group: str
    name: str
    told: str
    kind: str = ""


def junit(summary: Summary, verdict: Verdict) -> bytes:
    """The report as XML. An unsure gate and an unfit generator are errors, a broken gate is a failure."""
    cases = list(_cases(summary, verdict))
    counts = {
        "tests": str(len(cases)),
        "failures": str(sum(case.kind == "failure" for case in cases)),
        "errors": str(sum(case.kind == "error" for case in cases)),
        "time": f"{summary.duration_s:.3f}",
    }
    root = Element("testsuites", {"name": "hubbub", **counts})
    suite = SubElement(root, "testsuite", {"name": plain(summary.workload), **counts, "skipped": "0"})
    for case in cases:
        element = SubElement(suite, "testcase", {"classname": f"hubbub.{case.group}", "name": case.name, "time": "0"})
        if case.kind:
            problem = SubElement(element, case.kind, {"message": case.told, "type": case.group})
            problem.text = case.told
        else:
            SubElement(element, "system-out").text = case.told
    indent(root)
    text: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _cases(summary: Summary, verdict: Verdict) -> Iterator[_Case]:
    invalid = verdict.verdict == "invalid"
    why = "; ".join(plain(reason) for reason in verdict.reasons)
    yield _Case("generator", "the generator was fit to judge", why if invalid else "it was", "error" if invalid else "")
    if gone := [plain(reason) for reason in beyond_gates(verdict) if not reason.startswith("cross_talk:")]:
        yield _Case("agent", "the agent answered", "; ".join(gone), "failure")
    for result in verdict.gates:
        kind = {"pass": "", "fail": "failure", "unsure": "error"}[result.verdict]
        yield _Case("gates", plain(result.gate), plain(result.reason), kind)
    for name, number in sorted(summary.failures.items()):
        yield _Case("failures", plain(name), f"{number} turns: {_meaning(name)}")
    for name, number in sorted(summary.findings.items()):
        alone = name == "cross_talk"  # fails a run without a gate
        yield _Case("findings", plain(name), f"{number} conversations: {_meaning(name)}", "failure" if alone else "")


def _meaning(name: str) -> str:
    return FAILURES[name].meaning if name in FAILURES else "a check of your own"
