"""A bounded memory of what was worked out: two generations, of which the older is forgotten as the younger fills up."""

from typing import Generic, TypeVar

Value = TypeVar("Value")


class Memory(Generic[Value]):
    """Remembers the last `size` to twice `size` different keys that were asked for or noted."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._young: dict[str, Value] = {}
        self._old: dict[str, Value] = {}
        self.lately = self._young.get  # knows less than `get`, and costs a tenth

    def get(self, key: str) -> Value | None:
        """What was noted under the key, if it is still known."""
        value = self._young.get(key)
        if value is None and (value := self._old.get(key)) is not None:
            self.note(key, value)
        return value

    def note(self, key: str, value: Value) -> None:
        """Remembers the value."""
        if len(self._young) >= self._size:
            self._old = self._young.copy()
            self._young.clear()
        self._young[key] = value

    def forget(self) -> None:
        """Empties the memory."""
        self._young.clear()
        self._old.clear()

    def __len__(self) -> int:
        return len(self._young) + len(self._old)
