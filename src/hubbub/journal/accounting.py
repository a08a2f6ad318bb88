"""What became of every customer: started = ended + unfinished, always."""

from msgspec import Struct

from hubbub.model import Conversation, Dropped, Record, Started


class Account(Struct, frozen=True):
    """How many conversations were started (those dropped afterwards taken back), ended, dropped and left open."""

    started: int
    ended: int
    dropped: int
    unfinished: int
    unfinished_numbers: tuple[int, ...]
    problems: tuple[str, ...] = ()


class Accounting:
    """Counts conversations over the records of one or more journals."""

    def __init__(self) -> None:
        self._started: set[int] = set()
        self._ended: set[int] = set()
        self._dropped: set[int] = set()
        self._problems: list[str] = []

    def add(self, record: Record) -> None:
        """Take a record into account; those that do not open or close a conversation change nothing."""
        kind = type(record)
        if kind is Started:
            self._note(self._started, record, "started")
        elif kind is Conversation:
            self._note(self._ended, record, "ended")
        elif kind is Dropped:
            self._note(self._dropped, record, "dropped")

    def _note(self, numbers: set[int], record: Record, what: str) -> None:
        assert isinstance(record, Started | Conversation | Dropped)
        if record.number in numbers:
            self._problems.append(f"conversation {record.number} {what} twice")
        numbers.add(record.number)

    def account(self) -> Account:
        """The account so far. Its `problems` name what cannot be, such as an ending without a start."""
        started = (self._started | self._ended) - self._dropped
        ended = self._ended & started
        unfinished = started - ended
        problems = list(self._problems)
        problems += [f"conversation {n} ended without having started" for n in sorted(self._ended - self._started)]
        problems += [f"conversation {n} ended and was dropped" for n in sorted(self._ended & self._dropped)]
        return Account(
            len(started), len(ended), len(self._dropped), len(unfinished), tuple(sorted(unfinished)), tuple(problems)
        )
