"""YAML 1.2, its limits, and the place of every mistake."""

from pathlib import Path

import pytest
from rich.cells import cell_len

from hubbub.specs.nodes import Entries, Leaf
from hubbub.specs.pages import Ledger, Page, TooManyMistakes, read_page
from hubbub.specs.scalars import NotANumber, core_value, plain_value, read_float, read_int
from hubbub.specs.yaml12 import compose


def composed(text: str) -> tuple[Entries | None, list[str]]:
    ledger = Ledger()
    root = compose(Page("f.yaml", text), ledger)
    return root, [f"{m.line}:{m.column}: {m.problem}" for m in ledger.mistakes]


def only_problem(text: str) -> str:
    _, problems = composed(text)
    assert len(problems) == 1, problems
    return problems[0]


def from_bytes(folder: Path, data: bytes) -> list[str]:
    (folder / "f.yaml").write_bytes(data)
    ledger = Ledger()
    page = read_page(folder / "f.yaml", ledger)
    if page is not None:
        compose(page, ledger)
    return [f"{m.line}:{m.column}: {m.problem}" for m in ledger.mistakes]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NO", "NO"),
        ("on", "on"),
        ("yes", "yes"),
        ("12:30", "12:30"),
        ("1_000", "1_000"),
        ("2026-03-01", "2026-03-01"),
        ("0b11", "0b11"),
        ("0x", "0x"),
        ("1.2.3", "1.2.3"),
        (".", "."),
        ("- 1", "- 1"),
        ("+12025550112", 12025550112),
        ("017", 17),
        ("0o17", 15),
        ("0x1F", 31),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("-3.", -3.0),
        ("True", True),
        ("FALSE", False),
        ("tRue", "tRue"),
        ("~", None),
        ("", None),
        ("Null", None),
    ],
)
def test_a_plain_scalar_means_what_the_1_2_core_schema_says(text: str, value: object):
    leaf = Leaf(Page("f", ""), 1, 1, text, plain=True)
    assert core_value(leaf) == value
    assert type(core_value(leaf)) is type(value)


@pytest.mark.parametrize("text", ["null", "true", "12", "1.5", ""])
def test_a_quoted_scalar_is_text(text: str):
    root, _ = composed(f"a: \"{text}\"\nb: '{text}'\nc: !!str {text}\n")
    assert root is not None
    assert plain_value(root) == {"a": text, "b": text, "c": text}


@pytest.mark.parametrize("text", ["1" * 5000, "9223372036854775808", "-9223372036854775809", "0x" + "f" * 17])
def test_an_integer_beyond_64_bits_is_refused(text: str):
    with pytest.raises(NotANumber, match="too large"):
        read_int(text)


@pytest.mark.parametrize("text", [".inf", "-.INF", ".nan", "1e999"])
def test_a_number_must_be_finite(text: str):
    with pytest.raises(NotANumber):
        read_float(text)


def test_an_underscore_in_a_number_is_told_what_to_write():
    with pytest.raises(NotANumber, match="write 1000"):
        read_float("1_000")


def test_every_node_knows_its_place():
    root, problems = composed("a: 1\nlist:\n  - x\n  - {k: v}\n")
    assert not problems
    assert root is not None
    (key, items) = root.entries["list"]
    assert (key.line, key.column) == (2, 1)
    assert (items.line, items.column) == (3, 3)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "1:1: the file is empty"),
        ("# only a comment\n", "1:1: the file is empty"),
        ("---\n...\n", "1:1: the file is empty"),
        ("- a\n- b\n", "1:1: expected `key: value` lines at the top"),
        ("just words\n", "1:1: expected `key: value` lines at the top"),
        ("a: 1\n---\nb: 2\n", "2:1: a second document starts here; write one document a file"),
        ("a: 1\nb: 2\na: 3\n", "3:1: the key 'a' is here twice, first in line 1"),
        ("a: {x: 1, x: 2}\n", "1:11: the key 'x' is here twice, first in line 1"),
        ("a: !secret 1\n", "1:4: the tag !secret is refused: what a key means decides how it is read"),
        ("a: !!python/object:os.system x\n", "1:4: the tag !!python/object:os.system is refused"),
        ("a: !!map [1]\n", "1:4: the tag !!map is refused"),
        ("? [a, b]\n: 1\n", "1:3: a key must be text, not a list or a mapping"),
        ("a: &x {k: 1}\nb:\n  <<: *x\n", "3:3: merge keys (`<<`) are not YAML 1.2; share a base with `extends:`"),
        ("a: *nobody\n", "1:4: the alias *nobody names nothing that is complete before it"),
        ("a: &a [1, *a]\n", "1:11: the alias *a names nothing that is complete before it"),
        ('"": 1\n', "1:1: a key is missing before the colon"),
        ("a: 1\n\tb: 2\n", "2:1: not YAML: a tab in the indentation; use spaces"),
        ("a: [1, 2\n", "1:4: not YAML: "),
        ('a: "open\n\n', "1:4: not YAML: found unexpected end of stream (while scanning a quoted scalar)"),
        (
            "a:\n  {b: 1\nc: 2\n",
            "3:2: not YAML: did not find expected ',' or '}' (while parsing a flow mapping, which begins in line 2)",
        ),
        ("a: b: c\n", "1:5: not YAML: mapping values are not allowed"),
        ("a: @x\n", "1:4: not YAML: "),
        ('a: "\\0"\n', "1:4: a NUL character is refused"),
    ],
)
def test_what_is_not_one_plain_mapping_is_one_clear_mistake(text: str, problem: str):
    assert only_problem(text).startswith(problem)


def test_all_duplicate_keys_of_a_file_are_told_at_once():
    _, problems = composed("a: 1\na: 2\nb: {c: 1, c: 2}\nb: 3\n")
    assert [p.split(" is")[0] for p in problems] == ["2:1: the key 'a'", "3:11: the key 'c'", "4:1: the key 'b'"]


def test_an_anchor_may_be_used_again_with_care():
    root, problems = composed("a: &x [1, 2]\nb: *x\n")
    assert not problems
    assert root is not None
    assert plain_value(root) == {"a": [1, 2], "b": [1, 2]}


def test_an_alias_bomb_is_refused_before_it_is_unfolded():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 9)]
    assert "aliases stand for more than 10000 values" in only_problem("\n".join(lines))


def test_depth_is_bounded_also_through_aliases():
    assert composed("a: " + "[" * 31 + "]" * 31)[1] == []
    assert only_problem("a: " + "[" * 32 + "]" * 32) == "1:35: nested deeper than 32 levels"
    deep = "a: &a " + "[" * 20 + "]" * 20 + "\nb: " + "[" * 20 + "*a" + "]" * 20
    assert only_problem(deep) == "2:24: nested deeper than 32 levels"


def test_a_hundred_thousand_brackets_do_not_end_the_process():
    assert "deeper" in only_problem("[" * 100_000)
    assert "deeper" in only_problem("- " * 100_000)
    assert "deeper" in only_problem("{a: " * 60_000)


def test_a_file_full_of_mistakes_is_not_read_to_its_end():
    ledger = Ledger()
    with pytest.raises(TooManyMistakes):
        compose(Page("f.yaml", "a: 1\n" * 50_000), ledger)
    assert len(ledger) == 100


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"a: \xff\n", "1:4: byte 0xff is not UTF-8; save the file as UTF-8"),
        (b"a: 1\n# caf\xe9\n", "2:6: byte 0xe9 is not UTF-8; save the file as UTF-8"),
        (b"a: 1\nb: x\x00y\n", "2:5: character U+0000 is not allowed in YAML"),
        (b"a: \x1b[31m\n", "1:4: character U+001B is not allowed in YAML"),
        ("a: 1\n".encode("utf-16"), "1:1: encoded as UTF-16; save it as UTF-8"),
        (b"a: " + b"x" * 300_000, "1:1: larger than 256 kB, which no spec needs"),
    ],
)
def test_bytes_that_are_no_text_are_one_clear_mistake(tmp_path: Path, data: bytes, problem: str):
    assert from_bytes(tmp_path, data) == [problem]


@pytest.mark.parametrize(
    "data", [b"\xef\xbb\xbfa: 1\n", b"a: 1\r\nb: 2\r\n", b"%YAML 1.2\n---\na: 1\n", "ü: ß\n".encode()]
)
def test_a_byte_order_mark_and_foreign_line_ends_are_fine(tmp_path: Path, data: bytes):
    assert from_bytes(tmp_path, data) == []


def test_an_excerpt_holds_the_line_and_points_at_the_place():
    ledger = Ledger()
    compose(Page("f.yaml", "a: 1\nb: {c: 1, c: 2}\n"), ledger)
    assert str(ledger.mistakes[0]).splitlines()[1:] == ["    b: {c: 1, c: 2}", "              ^"]


def test_of_a_long_line_the_part_around_the_place_is_shown():
    ledger = Ledger()
    compose(Page("f.yaml", "a: [" + "x, " * 500 + "!t y]\n"), ledger)
    place, excerpt, caret = str(ledger.mistakes[0]).splitlines()
    assert place.startswith("f.yaml:1:1505: ")
    assert len(excerpt) <= 164
    assert excerpt[len(caret) - 1 :] == "!t y]"


def test_the_caret_stands_under_its_place_after_wide_letters():
    ledger = Ledger()
    compose(Page("f.yaml", "{a: 注文, b: e\u0301, a: 1}\n"), ledger)
    _, excerpt, caret = str(ledger.mistakes[0]).splitlines()
    assert len(caret) - 1 == cell_len(excerpt[: excerpt.rindex("a")])
