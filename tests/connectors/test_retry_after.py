"""When to come again, in every spelling."""

import pytest

from hubbub.connectors.retry_after import retry_after_s

DATE = "Tue, 15 Nov 1994 08:12:31 GMT"
LATER = "Tue, 15 Nov 1994 08:12:41 GMT"
NOON = 784_887_151.0  # DATE, in seconds since 1970


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Retry-After": "7"}, 7.0),
        ({"Retry-After": " 1.5 "}, 1.5),
        ({"Retry-After": "-3"}, 0.0),
        ({"Retry-After": "0"}, 0.0),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": ""}, None),
        ({"Retry-After": "nan"}, None),
        ({"Retry-After": "inf"}, None),
        ({"Retry-After": "99999999999999999999 GMT"}, None),
        ({"Retry-After-Ms": "250", "Retry-After": "1"}, 0.25),
        ({"Retry-After": LATER, "Date": DATE}, 10.0),
        ({"Retry-After": DATE, "Date": LATER}, 0.0),
        ({"Retry-After": LATER}, 10.0),
        ({"Retry-After": LATER, "Date": "today"}, 10.0),
    ],
)
def test_every_form_is_understood_or_none(headers, seconds):
    assert retry_after_s(headers, lambda: NOON) == seconds
