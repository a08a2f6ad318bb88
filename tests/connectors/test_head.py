"""What an answer's head says, however its names are spelt."""

import pytest

from hubbub.connectors.head import head_of


@pytest.mark.parametrize("name", [b"Content-Type", b"content-type", b"CONTENT-TYPE", b"Content-type"])
def test_a_header_is_found_in_any_spelling(name):
    head = head_of(200, {b"Date": b"now", name: b"Text/HTML; charset=utf-8"})
    assert head.media_type == "text/html"
    assert head.headers["content-type"] == "Text/HTML; charset=utf-8"


def test_a_header_that_another_one_ends_in_is_not_there():
    head = head_of(200, {b"X-Content-Length": b"5", b"X-Transfer-Encoding-Was": b"chunked"})
    assert (head.length, head.framed, head.media_type) == (None, False, "")


def test_of_several_the_first_counts_in_whatever_spelling():
    head = head_of(200, {b"content-encoding": b"gzip", b"Content-Encoding": b"br"})
    assert head.coding == "gzip" == head.headers["Content-Encoding"]


@pytest.mark.parametrize("name", [b"Content-Length", b"content-length", b"Transfer-Encoding", b"TRANSFER-ENCODING"])
def test_a_body_with_a_length_or_in_chunks_says_where_it_ends(name):
    assert head_of(200, {name: b"5"}).framed
    assert not head_of(200, {}).framed
    assert head_of(204, {}).framed


def test_what_is_no_text_is_kept_as_it_came():
    head = head_of(200, {b"X-Na\xefve": b"\xff\xfe", b"Retry-After": b"3"})
    assert head.headers["retry-after"] == "3"
    assert head.headers["X-Na\xefve"] == "\udcff\udcfe"
