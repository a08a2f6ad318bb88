"""A secret in a URL is named by its parameter, and shown nowhere."""

import pytest

from hubbub.specs.url_secrets import hidden, secret_in


def test_a_parameter_is_named_as_it_is_written() -> None:
    assert secret_in("a=b&X-Api-Key=hunter22&c=d") == "X-Api-Key"
    assert secret_in("a=b&c=d") is None


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ('  url: "http://u:hunter22@127.0.0.1:1/", b: 2', '  url: "http://**********@127.0.0.1:1/", b: 2'),
        ("url: http://127.0.0.1/?a=b&api_key=hunter22&c=d", "url: http://127.0.0.1/?a=b&api_key=********&c=d"),
        ("url: http://127.0.0.1/?code=hunter22hunter22", "url: http://127.0.0.1/?code=****************"),
        ("url: http://127.0.0.1/?code=en", "url: http://127.0.0.1/?code=en"),
        (
            "write to us at a@b.example, or see http://b.example/",
            "write to us at a@b.example, or see http://b.example/",
        ),
    ],
)
def test_a_line_keeps_its_length_and_all_but_the_secret(line: str, shown: str) -> None:
    assert hidden(line) == shown
