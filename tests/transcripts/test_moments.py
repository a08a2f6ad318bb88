import pytest

from hubbub.transcripts.moments import day_comes_first, moment, with_its_day

AT_S = 1772446500.0  # 2026-03-02 10:15 UTC


@pytest.mark.parametrize(
    "written",
    [
        *(AT_S, AT_S * 1000, "1772446500", "2026-03-02T10:15:00Z", "2026-03-02 12:15:00 +0200", "2026-03-02 10:15 GMT"),
        *("3/2/2026 10:15 AM", "3/2/26, 10:15", "02.03.2026 10:15:00", "2.3.2026, 10.15", "02-03-2026 10:15"),
        *("Mar 2, 2026 10:15 AM", "2 Mar 2026 10:15", "March 02, 2026 10:15 AM", "2026/03/02 10:15"),
        "Mon, 02 Mar 2026 10:15:00 +0000",
    ],
)
def test_a_time_is_the_same_however_it_is_written(written: object):
    assert moment(written) == AT_S


def test_a_slashed_date_has_its_day_first_where_the_log_does():
    assert moment("2/3/2026 10:15", day_first=True) == AT_S
    assert day_comes_first(["2/3/2026", None, 7, "13/3/2026 10:15"])
    assert not day_comes_first(["2/3/2026", "13.3.2026"])


@pytest.mark.parametrize(
    "written",
    [
        *("yesterday", "10:15", "2026-13-01", "nan", 10**400, "9" * 400, f"Sun, 01 Mar {10**20} 10:15:00"),
        f"Sun, 01 Mar 2026 10:15:00 +{10**20}",
    ],
    ids=lambda written: str(written)[:16],
)
def test_what_is_no_time_is_told(written: object):
    told = moment(written)
    assert isinstance(told, str)
    assert len(told) < 120


def test_a_clock_gets_its_day_and_a_whole_time_keeps_its_own():
    assert with_its_day("10:15", "02.03.2026") == "02.03.2026 10:15"
    assert with_its_day("2026-03-02T10:15:00Z", "1.1.1970") == "2026-03-02T10:15:00Z"
    assert with_its_day(None, "1.1.1970") is None
