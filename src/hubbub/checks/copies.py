"""Second deliveries of one message: which turns the customer knows of, and what the agent showed in all of them."""

from collections.abc import Sequence

from msgspec.structs import replace

from hubbub.model import Turn


def seen(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """The turns that the customer knows of: all but second deliveries of the same words, which the network made up."""
    if not [turn for turn in turns if turn.copy_of]:
        return tuple(turns)
    texts = {turn.turn: turn.texts for turn in turns}
    return tuple(turn for turn in turns if not turn.copy_of or texts.get(turn.copy_of) != turn.texts)


def shown(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """All turns, in order, each second delivery as part of the turn whose message it is.

    An agent may answer the second delivery first. A human whom it calls then has been called, whichever reply shows it.
    """
    if not [turn for turn in turns if turn.copy_of]:
        return tuple(turns)
    of = {turn.turn for turn in seen(turns)}
    folded = (turn if turn.turn in of else replace(turn, turn=turn.copy_of) for turn in turns)
    return tuple(sorted(folded, key=lambda turn: turn.turn))
