"""Who may use the page, and who may not."""

import pytest

from hubbub.locust_bridge.guard import Guard, is_loopback, token_problem

TOKEN = "correct horse battery staple"
HERE = {"Host": "127.0.0.1:8089"}


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]", "127.8.8.8", "my.localhost"])
def test_this_machine_is_this_machine(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["", "0.0.0.0", "::", "10.0.0.1", "localhost.example.com", "127.0.0.1.nip.example"])
def test_everything_else_is_not(host: str) -> None:
    assert not is_loopback(host)


def test_a_name_that_someone_points_at_this_machine_is_refused() -> None:
    assert Guard().refusal("GET", {"Host": "rebound.example:8089"})
    assert not Guard().refusal("GET", HERE)


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "http://127.0.0.1:9999", "null", "https://127.0.0.1.evil:8089", "http://["]
)
def test_another_origin_changes_nothing(origin: str) -> None:
    assert Guard().refusal("POST", {**HERE, "Origin": origin})


def test_the_pages_own_requests_are_served() -> None:
    assert not Guard().refusal("POST", {**HERE, "Origin": "http://127.0.0.1:8089", "Sec-Fetch-Site": "same-origin"})
    assert not Guard().refusal("POST", HERE), "curl sends no origin"


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_sites_request_is_refused_also_without_an_origin(site: str) -> None:
    assert Guard().refusal("POST", {**HERE, "Sec-Fetch-Site": site})


def test_with_a_token_other_names_are_served_and_other_origins_still_are_not() -> None:
    elsewhere = {"Host": "load.example"}
    assert not Guard(TOKEN).refusal("GET", elsewhere)
    assert Guard(TOKEN).refusal("POST", {**elsewhere, "Origin": "http://evil.example"})


def test_a_session_is_made_with_the_token_alone() -> None:
    guard = Guard(TOKEN)
    assert guard.log_in("guess") is None
    session = guard.log_in(TOKEN)
    assert session
    assert guard.knows("", session)
    assert not guard.knows("", "another")
    assert not guard.knows("", "")


def test_a_bearer_of_the_token_needs_no_session() -> None:
    assert Guard(TOKEN).knows(f"Bearer {TOKEN}", "")
    assert not Guard(TOKEN).knows("Bearer guess", "")
    assert not Guard(TOKEN).knows(TOKEN, "")


def test_without_a_token_nobody_logs_in_and_everybody_here_is_known() -> None:
    assert Guard().log_in("") is None
    assert Guard().knows("", "")


def test_a_short_token_is_none() -> None:
    assert token_problem("")
    assert token_problem("short")
    assert not token_problem(TOKEN)
