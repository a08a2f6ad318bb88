"""What the tests with foreign servers share."""

import pytest


class Silent:
    """A watch that keeps nothing."""

    pool_wait_s = 0.0
    fresh_retries = 0

    def byte(self): ...
    def event(self): ...
    def text(self): ...


@pytest.fixture
def silent():
    return Silent()
