"""Reading a connector's own settings: every mistake in them is told at once."""

from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any, TypeVar, cast, get_args

import msgspec
from msgspec import ValidationError, convert

from hubbub.connectors.json_path import BadPath, JsonPath, compile_path
from hubbub.errors import UsageError
from hubbub.registry import near

T = TypeVar("T")
asked_of: "ContextVar[list[Options] | None]" = ContextVar("asked_of", default=None)  # all Options made meanwhile
_PLACE: dict[str, Any] = {
    "anyOf": [{"type": "string"}, {"type": "object", "properties": {"path": {"type": "string"}, "equals": {}}}]
}
_NOTHING: tuple[Any, ...] = (None, "", {}, [], ())


def _schema_of(kind: Any) -> dict[str, Any]:
    return msgspec.json.schema(kind)


class Options:
    """A map of settings that is taken apart key by key; `finish` raises UsageError with all that was wrong."""

    def __init__(self, settings: Mapping[str, Any], where: str = "agent.options") -> None:
        self._left = dict(settings)
        self._where = where
        self._known: list[str] = []
        self._inner: list[Options] = []
        self._problems: list[str] = []
        self._asked: dict[str, dict[str, Any]] = {}
        if (made := asked_of.get()) is not None:
            made.append(self)

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the settings that were asked for: the type of each, and its default where it has one."""
        inner = {options._where.rpartition(".")[2]: options.schema() for options in self._inner}
        return {"type": "object", "properties": {**self._asked, **inner}}

    def take(self, name: str, kind: type[T], default: T) -> T:
        """The setting of this name, which must be of this kind."""
        self._known.append(name)
        self._asked[name] = _schema_of(kind) | ({"default": default} if default not in _NOTHING else {})
        if name not in self._left:
            return default
        value = self._left.pop(name)
        try:
            return convert(value, kind)
        except ValidationError as error:
            self.problem(name, str(error).split(" - at ")[0][:1].lower() + str(error).split(" - at ")[0][1:])
            return default

    def choose(self, name: str, choices: Any, default: T) -> T:
        """The setting of this name, which must be one of a Literal's words."""
        words = get_args(choices)
        value = self.take(name, str, str(default))
        self._asked[name]["enum"] = list(words)
        if value not in words:
            self.problem(name, f"{value!r} is none of {', '.join(words)}{near(value, words)}")
            return default
        return value  # type: ignore[return-value]

    def added(self, *ours: str) -> dict[str, Any]:
        """What the user adds to a request's body; what the connector itself puts there cannot be among it."""
        added = self.take("extra", dict[str, Any], {})
        for name in sorted(added.keys() & set(ours)):
            self.problem("extra", f"{name!r} is set by the connector")
        return added

    def path(self, name: str, default: str | None = None) -> JsonPath | None:
        """The setting of this name, read as a JSON path; None when it is not set and has no default."""
        return self._compiled(name, self.take(name, str, default or ""))

    def place(self, name: str) -> tuple[JsonPath | None, Any]:
        """The setting of this name, a JSON path or `{path, equals}`, and what must stand there (None: anything)."""
        value: Any = self.take(name, cast(Any, str | dict[str, Any]), "")
        self._asked[name] = _PLACE
        if isinstance(value, str):
            return self._compiled(name, value), None
        inner = Options(value, f"{self._where}.{name}")
        self._inner.append(inner)
        path, equals = inner.path("path"), inner.take("equals", Any, None)
        if path is None:
            inner.problem("path", "say where it shows in the answer")
        return path, equals

    def _compiled(self, name: str, text: str) -> JsonPath | None:
        try:
            return compile_path(text) if text else None
        except BadPath as error:
            self.problem(name, str(error))
            return None

    def inner(self, name: str) -> "Options":
        """The map of settings under this name; empty when it is not set."""
        options = Options(self.take(name, dict[str, Any], {}), f"{self._where}.{name}")
        self._inner.append(options)
        return options

    def has(self, name: str) -> bool:
        """Whether a setting of this name is there and not yet taken."""
        return name in self._left

    def problem(self, name: str, what: str) -> None:
        """Note a mistake in the setting of this name."""
        self._problems.append(f"{self._where}.{name}: {what}" if name else f"{self._where}: {what}")

    def problems(self) -> list[str]:
        """All mistakes so far, those in inner maps included, and every setting that nobody asked for."""
        unknown = [f"{self._where}.{n}: unknown setting{near(n, self._known)}" for n in self._left]
        return [*self._problems, *unknown, *(p for inner in self._inner for p in inner.problems())]

    def finish(self, others: tuple[str, ...] = ()) -> None:
        """Raise UsageError when anything was wrong, here or among the others' problems."""
        wrong = [*others, *self.problems()]
        if wrong:
            raise UsageError("the agent's settings cannot be used:\n  " + "\n  ".join(wrong))
