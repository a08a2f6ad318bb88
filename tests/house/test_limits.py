"""The house limits: small files, small functions, honest excepts, plain names."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 60
NOT_A_NAME = re.compile(r"(Manager|Handler|Factory|Mixin|Utils?|Helpers?)$|(^|_)(utils?|helpers?|misc|manager|mixin)$")
PROMISE = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b")
NOQA = re.compile(r"noqa(: *[A-Z0-9, ]+)?|type: ignore\S*")
BROAD = {"Exception", "BaseException"}
Functions = ast.FunctionDef | ast.AsyncFunctionDef


def files(*folders: str) -> list[Path]:
    return sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py"))


ALL = files("src", "tests", "benchmarks", "locustfiles")
OURS = files("src", "benchmarks", "locustfiles")


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text())


@cache
def nodes(file: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(tree(file)))


def place(file: Path, line: int) -> str:
    return f"{file.relative_to(ROOT)}:{line}"


def functions(file: Path) -> Iterator[Functions]:
    return (node for node in nodes(file) if isinstance(node, Functions))


@cache
def comments(file: Path) -> tuple[tuple[int, str], ...]:
    text = file.read_text()
    if "#" not in text:
        return ()
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return tuple((t.start[0], t.string.lstrip("# ")) for t in tokens if t.type == tokenize.COMMENT)


def is_broad(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(isinstance(name, ast.Name) and name.id in BROAD for name in caught)


def optional_imports(function: Functions) -> set[ast.AST]:
    """What is imported inside `try: ... except ImportError:`, which is how an optional extra is asked for."""
    tries = (node for node in ast.walk(function) if isinstance(node, ast.Try))
    optional = (t for t in tries if any(isinstance(h.type, ast.Name) and "Import" in h.type.id for h in t.handlers))
    return {node for t in optional for part in t.body for node in ast.walk(part)}


def test_no_file_is_longer_than_can_be_read_at_once() -> None:
    long = [
        f"{file.relative_to(ROOT)}: {n} lines"
        for file in ALL
        if (n := len(file.read_text().splitlines())) > MAX_FILE_LINES
    ]
    assert not long, f"over {MAX_FILE_LINES} lines: part them by idea"


def test_no_function_is_longer_than_a_screen() -> None:
    sizes = (
        (place(file, f.lineno), f.name, (f.end_lineno or 0) - f.lineno + 1) for file in ALL for f in functions(file)
    )
    long = [size for size in sizes if size[2] > MAX_FUNCTION_LINES]
    assert not long, f"over {MAX_FUNCTION_LINES} lines: name its steps"


def test_a_broad_except_says_why() -> None:
    unexplained = []
    for file in ALL:
        broad = [node for node in nodes(file) if isinstance(node, ast.ExceptHandler) and is_broad(node)]
        reasons = {line for line, text in comments(file) if NOQA.sub("", text).strip(" #:-")} if broad else set()
        unexplained += [place(file, handler.lineno) for handler in broad if handler.lineno not in reasons]
    assert not unexplained, "catch less, or say on the same line why everything must be caught"


def test_nothing_is_global() -> None:
    found = [place(f, n.lineno) for f in ALL for n in nodes(f) if isinstance(n, ast.Global)]
    assert not found, "pass it in"


def test_nothing_is_left_for_later() -> None:
    likely = (file for file in ALL if PROMISE.search(file.read_text()))
    left = [place(file, line) for file in likely for line, text in comments(file) if PROMISE.search(text)]
    assert not left, "do it, or file it"


def test_imports_stand_at_the_top() -> None:
    inside = [
        place(file, node.lineno)
        for file in OURS
        if file.name != "registry.py"
        for function in functions(file)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom) and node not in optional_imports(function)
    ]
    assert not inside, "move it up; only the registry loads by name"


def test_each_module_says_its_idea_in_its_first_line() -> None:
    silent = [
        str(file.relative_to(ROOT))
        for file in OURS
        if not (text := ast.get_docstring(tree(file), clean=False))
        or text.splitlines()[0].strip()[-1:] not in (".", "?")
    ]
    assert not silent, "the first line is a sentence that says what the module is for"


def test_names_say_what_a_thing_is() -> None:
    named = [
        place(file, node.lineno) + f" {node.name}"
        for file in ALL
        for node in nodes(file)
        if isinstance(node, Functions | ast.ClassDef) and NOT_A_NAME.search(node.name)
    ]
    named += [str(file.relative_to(ROOT)) for file in ALL if NOT_A_NAME.search(file.stem)]
    assert not named, "nouns for values, verbs for functions"


def test_chance_comes_in_by_the_door() -> None:
    strays = [
        place(file, node.lineno)
        for file in files("src")
        for node in nodes(file)
        if (isinstance(node, ast.Import) and any(a.name == "random" for a in node.names))
        or (isinstance(node, ast.ImportFrom) and node.module == "random" and {a.name for a in node.names} != {"Random"})
        or (isinstance(node, ast.Call) and not node.args and ast.unparse(node.func).endswith("default_rng"))
    ]
    assert not strays, "take a hubbub.chance.Stream; a library that asks for a Random gets one seeded from it"


CLOCKS = {"time": {"time", "time_ns", "monotonic", "monotonic_ns", "perf_counter", "process_time", "sleep"},
          "datetime": {"now", "today", "utcnow"}, "date": {"today"}}  # fmt: skip
LOOKED_AT_IN = {  # the doors: where a run begins, where this machine is measured, and Locust's side, which has no loop
    *("cli/check.py", "health.py", "runs/conductor.py", "runs/opening.py", "runs/portion.py"),
    *("locust_bridge/moments.py", "locust_bridge/player.py", "locust_bridge/staging.py"),
}


def named_call(node: ast.AST) -> tuple[str, str]:
    """`time` and `sleep` of `time.sleep(...)`; nothing of any other node."""
    function = node.func if isinstance(node, ast.Call) else None
    if not isinstance(function, ast.Attribute) or not isinstance(function.value, ast.Name):
        return "", ""
    return function.value.id, function.attr


def test_time_comes_in_by_the_door() -> None:
    """Who may be given a clock takes it as an argument; those who look at one themselves are listed, and do."""
    looking = {
        str(file.relative_to(ROOT / "src" / "hubbub"))
        for file in files("src")
        for module, name in map(named_call, nodes(file))
        if name in CLOCKS.get(module, ())
    }
    assert looking == LOOKED_AT_IN, "take a hubbub.clock.Clock, or a function that tells the time"


POSSESSIVE_GROUP = re.compile(r"\)(?:\+\+|\*\+|\?\+|\{[0-9,{}]+\}\+)|\(\?>")


def test_no_pattern_has_a_possessive_group() -> None:
    """Python before 3.11.5, Debian 12's too, mismatches those (gh-106052): `1.234,56` was 56. `\\d++` is fine."""
    texts = (
        (place(file, node.lineno), node.value)
        for file in OURS
        for node in nodes(file)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    assert [where for where, text in texts if POSSESSIVE_GROUP.search(text)] == []
