"""The timeline's table says the same as its chart, in rows that a reader can take in."""

from hubbub.model import Started
from hubbub.reports.chronicle import Chronicle
from hubbub.reports.page.timetable import MOST_ROWS, stretches, timetable
from tests.made import header


def rates(seconds: int) -> list[str]:
    """Customers due per second, row by row, where ten were due in each."""
    chronicle = Chronicle()
    chronicle.add(header())
    for number in range(10 * seconds):
        chronicle.add(Started(number, "p", number / 10))
    return [row[1] for row in timetable(stretches(chronicle, float(seconds))).rows]


def test_a_second_is_a_row_while_there_are_few() -> None:
    assert rates(MOST_ROWS) == ["10"] * MOST_ROWS


def test_the_last_row_is_of_the_seconds_that_are_left_for_it() -> None:
    assert rates(MOST_ROWS + 1) == ["10"] * (MOST_ROWS // 2 + 1)
