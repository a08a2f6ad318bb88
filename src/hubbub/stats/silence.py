"""Did the agent stop answering for the rest of the run? Told from when replies came, and from what got none after."""

from itertools import groupby

from hubbub.model import Silence, Turn

_AT_LEAST = 5  # turns in vain, and of this many customers: fewer may be bad luck, or one customer's own trouble
_CUSTOMERS = 3
_CLEARLY = 2  # times as many in a row as ever before in the run: an agent that fails often also fails last


class Ending:
    """What each second of a run brought, by the seconds alone, so that several processes' turns come in any order."""

    __slots__ = ("_answered", "_last_s", "_vain")

    def __init__(self) -> None:
        self._last_s = -1.0
        self._answered: set[int] = set()  # seconds in which a reply came
        self._vain: dict[int, _Vain] = {}  # by the second of sending

    def answered(self, at_s: float) -> None:
        """A reply came."""
        self._answered.add(int(at_s))
        if at_s > self._last_s:
            self._last_s = at_s

    def in_vain(self, turn: Turn) -> None:
        """A turn got no reply, by the agent's doing.

        Of one in a log of conversations held elsewhere nobody knows whether a reply was waited for: thanks need none.
        """
        if turn.over_s is None:
            return
        vain = self._vain.get(int(turn.sent_s))
        if vain is None:
            vain = self._vain[int(turn.sent_s)] = _Vain()
        vain.add(turn)

    def silence(self) -> Silence | None:
        """The silence that the run ended in; None where it ended in none, or was silent all along."""
        last = int(self._last_s)
        after = [vain for second, vain in self._vain.items() if second > last]
        turns = sum(vain.turns for vain in after)
        customers: set[int] = set().union(*(vain.customers for vain in after))
        if self._last_s < 0 or turns < _AT_LEAST or len(customers) < _CUSTOMERS:
            return None
        if turns <= _CLEARLY * self._longest_before(last):
            return None
        outcomes: dict[str, int] = {}
        for vain in after:
            for name, number in vain.outcomes.items():
                outcomes[name] = outcomes.get(name, 0) + number
        return Silence(self._last_s, turns, dict(sorted(outcomes.items())))

    def _longest_before(self, last: int) -> int:
        """The most turns in vain between two replies, by seconds that brought none."""
        seconds = sorted(second for second in self._answered | self._vain.keys() if second <= last)
        streaks = groupby(seconds, key=lambda second: second in self._answered)
        return max(
            (sum(self._vain[one].turns for one in some) for answered, some in streaks if not answered), default=0
        )


class _Vain:
    """Turns that were sent in one second and got no reply."""

    __slots__ = ("customers", "outcomes", "turns")

    def __init__(self) -> None:
        self.turns = 0
        self.outcomes: dict[str, int] = {}
        self.customers: set[int] = set()  # some of them: no more than it takes

    def add(self, turn: Turn) -> None:
        self.turns += 1
        self.outcomes[turn.outcome] = self.outcomes.get(turn.outcome, 0) + 1
        if len(self.customers) < _CUSTOMERS:
            self.customers.add(turn.number)
