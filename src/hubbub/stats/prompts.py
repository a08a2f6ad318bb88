"""How often customers' words repeat: exact for small runs, a fair sample of texts for large ones."""

from zlib import crc32

_LONG_ENOUGH = 20  # characters; "yes please" repeats among real customers too
_KEPT = 65_536  # distinct texts


class Prompts:
    """Counts texts by their hash. When too many differ, it keeps those whose hash ends in so many zeros.

    Which texts are kept depends on what was seen and not on its order, so that merging gives the same everywhere.
    """

    __slots__ = ("_counts", "_mask")

    def __init__(self) -> None:
        self._counts: dict[int, int] = {}
        self._mask = 0

    def add(self, text: str) -> None:
        """Take a customer's text into account."""
        if len(text) <= _LONG_ENOUGH:
            return
        self._count(crc32(text.encode("utf-8", "surrogatepass")) | len(text) << 32, 1)

    def merge(self, other: "Prompts") -> None:
        """Add another's texts."""
        self._mask |= other._mask
        self._thin()
        for key, count in other._counts.items():
            self._count(key, count)

    def repeats(self) -> tuple[int, int]:
        """How many texts had been seen before, of how many (both within the sample)."""
        total = sum(self._counts.values())
        return total - len(self._counts), total

    def _count(self, key: int, count: int) -> None:
        if key & self._mask:
            return
        self._counts[key] = self._counts.get(key, 0) + count
        while len(self._counts) > _KEPT:
            self._mask = self._mask << 1 | 1
            self._thin()

    def _thin(self) -> None:
        if self._mask:
            self._counts = {key: count for key, count in self._counts.items() if not key & self._mask}
