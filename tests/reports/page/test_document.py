"""The page: one file that asks for nothing, runs nothing but its own, and tells all that there is to tell."""

import json
import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from hubbub.model import Finding, Record, Reply, Started
from hubbub.reports.evidence import Evidence
from hubbub.reports.page.document import page
from tests.made import closed, ended, header, turn, whole_run
from tests.reports.evidence import evidence_of
from tests.reports.hostile import HOSTILE, hostile_run

GATES = ("turn_p95_s <= 10", "turn_p50_s <= 0.1", "missed_escalation_rate <= 5 %")


class Seen(HTMLParser):
    """Elements with their attributes, and the text of scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, list[str]] = {"script": [], "style": []}
        self._in = ""
        self.text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in self.inside:
            self._in = tag
            self.inside[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._in:
            self._in = ""

    def handle_data(self, data: str) -> None:
        if self._in:
            self.inside[self._in][-1] += data
        else:
            self.text.append(data)


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    spec = "workload: peak\nseed: 7\n"
    return evidence_of(whole_run(400), GATES, spec=spec, versions={"hubbub": "0.1"}, machine={"cores": 2})


@pytest.fixture(scope="module")
def html(evidence: Evidence) -> str:
    return page(evidence)


def test_the_policy_allows_by_hash_what_is_there_and_nothing_else(html: str) -> None:
    seen = Seen(html)
    (policy,) = (a["content"] or "" for tag, a in seen.elements if tag == "meta" and "http-equiv" in a)
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    hashes = {f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in seen.inside["script"][2:]}
    assert len(hashes) == 2
    assert hashes == set(re.findall("'sha256-[^']+'", policy.split("style-src")[0]))
    style = b64encode(sha256(seen.inside["style"][0].encode()).digest()).decode()
    assert f"'sha256-{style}'" in policy.split("style-src")[1]


def assert_harmless(html: str) -> None:
    seen = Seen(html)
    tags = [tag for tag, _ in seen.elements]
    assert tags.count("script") == 4
    assert tags.count("style") == 1
    assert not {"img", "link", "iframe", "object", "form", "embed", "base"} & set(tags)
    for _, attributes in seen.elements:
        assert not {name for name in attributes if name.startswith("on")} | ({"src", "style"} & set(attributes))
        assert (attributes.get("href") or "#").startswith("#")


def test_it_asks_for_nothing(html: str) -> None:
    assert_harmless(html)


@pytest.mark.parametrize("bad", HOSTILE)
def test_hostile_text_is_only_text(bad: str) -> None:
    html = page(evidence_of(hostile_run(bad), (), spec=bad * 3, versions={bad: bad}, machine={bad: bad}))
    assert_harmless(html)
    html.encode()
    shown = html.split('id="transcripts"')[0]
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", shown)


def test_two_pages_of_one_run_are_the_same_bytes(html: str) -> None:
    spec = "workload: peak\nseed: 7\n"
    again = evidence_of(whole_run(400), GATES, spec=spec, versions={"hubbub": "0.1"}, machine={"cores": 2})
    assert page(again) == html


def test_it_says_at_the_top_whether_it_held_and_what_broke_first(html: str) -> None:
    top = " ".join(" ".join(Seen(html.split('id="load"')[0]).text).split())
    assert "Did not hold" in top
    assert "First to break, at" in top
    assert "turn_p50_s <= 0.1" in top


def test_every_section_is_there_and_every_chart_has_a_table(html: str) -> None:
    seen = Seen(html)
    ids = {attributes.get("id") for _, attributes in seen.elements}
    linked = {(a["href"] or "")[1:] for tag, a in seen.elements if tag == "a" and "href" in a}
    sections = {"verdict", "load", "timeline", "latency", "escalation", "failures", "conversations"}
    assert sections | {"people", "generator", "origin"} <= ids & linked
    charts = [a["data-chart"] for _, a in seen.elements if "data-chart" in a]
    assert len(charts) >= 8
    assert set(charts) == set(json.loads(seen.inside["script"][0])["charts"])
    after = html.partition("<body>")[2].partition('id="data"')[0].split('data-chart="')[1:]
    assert len(after) == len(charts)
    assert all("<table" in part for part in after)


def test_the_timeline_names_the_classes_that_it_stacks_and_has_no_room_for_none(html: str) -> None:
    charts = json.loads(Seen(html).inside["script"][0])["charts"]
    stacked = [trace["name"] for trace in charts["timeline"]["data"] if trace["type"] == "bar"]
    legend = html.partition('class="legend"')[2].partition("</ul>")[0]
    assert stacked
    assert re.findall(r'class="k-c\d">([^<]+)<', legend) == stacked
    quiet = page(evidence_of([header(), *one_conversation(), closed(1)]))
    timeline = json.loads(Seen(quiet).inside["script"][0])["charts"]["timeline"]
    assert "No turn failed." in quiet
    assert [axis for axis in sorted(timeline["layout"]) if axis.startswith("yaxis")][-1] == "yaxis4"
    assert timeline["layout"]["xaxis"]["anchor"] == "y4"


def test_failures_link_to_conversations_that_are_in_the_page(html: str) -> None:
    seen = Seen(html)
    linked = {int(a["href"][3:]) for _, a in seen.elements if (a.get("href") or "").startswith("#c-") and a["href"]}
    entries = json.loads(seen.inside["script"][0])["conversations"]
    lines = seen.inside["script"][1].split("\n")
    assert linked
    assert linked <= {entry["number"] for entry in entries}
    assert [json.loads(line)["number"] for line in lines] == [entry["number"] for entry in entries]


def test_a_class_of_any_name_links_to_its_examples() -> None:
    for bad in HOSTILE:
        linked = {a.get("href") for tag, a in Seen(page(evidence_of(hostile_run(bad)))).elements if tag == "a"}
        assert {f"#c-{number}" for number in range(6)} <= linked


def test_the_cap_on_transcripts_is_said(html: str) -> None:
    text = " ".join(" ".join(Seen(html).text).split())
    assert re.search(r"\d+ of 390 conversations are in this page: \d+ of the \d+ with a finding or a failed turn", text)


def test_one_load_makes_no_curve_and_says_so() -> None:
    html = page(evidence_of([header(), *one_conversation(), closed(1)]))
    assert "The run had one load" in html
    assert 'data-chart="curve' not in html


def test_a_run_without_a_single_conversation_has_a_page() -> None:
    html = page(evidence_of([header(), closed(0)], GATES))
    assert "Invalid" in html
    assert "Not one turn was answered" in html
    assert_harmless(html)


def one_conversation() -> list[Record]:
    finding = Finding(0, "my_own_check", "unsure", 1, "who knows")
    return [Started(0, "p", 1.0), turn(0, reply=Reply(text="yes")), finding, ended(0)]
