"""Whether a message says yes, says no, or wants something more."""

from hubbub.reference_agent.reading import Reading, word_set

_YES = word_set("yes yeah yep yup sure ok okay please correct right absolutely definitely ye ya go y")
NODS_TOO = word_set(
    "sure ok okay right correct absolutely definitely"
)  # after "anything else?" these close what was said, and ask for nothing
_MORE = word_set("more else another other something question questions one thing also need")
_NO = word_set("no nope nah don't dont not never n stop")


def is_yes(reading: Reading) -> bool:
    """Whether it agrees."""
    return bool(_YES.intersection(reading.words)) and not is_no(reading)


def wants_more(reading: Reading) -> bool:
    """Whether a yes to "anything else?" is one: "sure" and "ok" alone are not."""
    words = set(reading.words)
    return is_yes(reading) and bool(words & (_YES - NODS_TOO) or words & _MORE or reading.question)


def is_no(reading: Reading) -> bool:
    """Whether it begins with a refusal."""
    return bool(_NO.intersection(reading.words[:4]))
