"""Secrets go into headers and nowhere else."""

import pytest

from hubbub.connectors.auth import read_credentials
from hubbub.model import AgentSpec, Auth


def _read(environ=(), **spec):
    problems = []
    return read_credentials(AgentSpec(connector="x", **spec), dict(environ), problems), problems


def test_a_bearer_comes_from_the_environment_or_a_file(tmp_path):
    (tmp_path / "token").write_text("from-file\n")
    credentials, problems = _read({"TOKEN": "from-env"}, auth=Auth(bearer_env="TOKEN"))
    assert (credentials.headers, problems) == ((("Authorization", "Bearer from-env"),), [])
    credentials, problems = _read(auth=Auth(bearer_file=str(tmp_path / "token")))
    assert (credentials.headers, problems) == ((("Authorization", "Bearer from-file"),), [])


def test_another_header_carries_the_secret_bare():
    credentials, _ = _read({"KEY": "k-123"}, auth=Auth(bearer_env="KEY", header="X-Api-Key"))
    assert credentials.headers == (("X-Api-Key", "k-123"),)


def test_headers_are_filled_from_the_environment():
    credentials, problems = _read(
        {"A": "one", "B": "two-two"}, headers={"X-Tenant": "t-${env:A}-${env:B}", "X-N": "$A"}
    )
    assert (credentials.headers, problems) == ((("X-Tenant", "t-one-two-two"), ("X-N", "$A")), [])


def test_no_secret_is_in_the_repr_and_every_one_is_hidden_in_text():
    credentials, _ = _read({"T": "topsecret", "A": "other-one"}, auth=Auth(bearer_env="T"), headers={"X": "${env:A}"})
    assert "topsecret" not in repr(credentials)
    assert "Authorization" in repr(credentials)
    assert credentials.secrets.hide("bad token topsecret for other-one") == "bad token [secret] for [secret]"


@pytest.mark.parametrize(
    ("spec", "problem"),
    [
        ({"auth": Auth()}, "set one of bearer_env, bearer_file, or of secret_env"),
        ({"auth": Auth(bearer_env="A", bearer_file="b")}, "set one of"),
        ({"auth": Auth(bearer_env="MISSING")}, "the environment has no MISSING"),
        ({"auth": Auth(bearer_file="/no/such/file")}, "cannot read /no/such/file"),
        ({"headers": {"X": "${env:MISSING}"}}, "agent.headers.X: the environment has no MISSING"),
        ({"headers": {"X Y": "1"}}, "not a header name"),
        ({"headers": {"Content-Length": "5"}}, "set by the connector"),
        ({"headers": {"X": "a\r\nEvil: 1"}}, "control character"),
    ],
)
def test_what_cannot_be_sent_is_a_problem(spec, problem):
    assert problem in _read(**spec)[1][0]


def test_a_secret_with_a_line_end_is_a_problem_that_does_not_show_it():
    _, problems = _read({"T": "abc\r\nHost: evil"}, auth=Auth(bearer_env="T"))
    assert "control character" in problems[0]
    assert "abc" not in problems[0]
