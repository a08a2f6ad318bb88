"""One table from every library error to our classes."""

import asyncio
import errno
import socket
import ssl

import aiohttp
import pytest
from aiohttp import client_exceptions, http_exceptions

from hubbub.connectors.failures import FAILURE_OF, FAILURE_OF_ERRNO, describe, failure_of
from hubbub.errors import FAILURES


def _below(kind):
    return {kind, *(c for child in kind.__subclasses__() for c in _below(child))}


def _of_aiohttp(kind):
    return {c for c in _below(kind) if c.__module__.startswith("aiohttp")}


@pytest.mark.parametrize("kind", sorted(_of_aiohttp(aiohttp.ClientError), key=lambda kind: kind.__name__))
def test_every_client_error_of_aiohttp_has_a_class_of_its_own_choosing(kind):
    assert kind in FAILURE_OF, f"{kind.__name__} is only mapped through a parent: choose its class"
    assert FAILURE_OF[kind] in FAILURES


@pytest.mark.parametrize("kind", sorted(_of_aiohttp(http_exceptions.HttpProcessingError), key=lambda k: k.__name__))
def test_every_error_of_the_http_parser_is_malformed(kind):
    assert failure_of(kind.__new__(kind)) == "malformed"


@pytest.mark.parametrize(
    "kind",
    [asyncio.TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ssl.SSLError, ssl.SSLZeroReturnError,
     ssl.SSLEOFError, ssl.SSLCertVerificationError, socket.gaierror, socket.herror, *_below(ConnectionError)],
)  # fmt: skip
def test_every_error_of_sockets_and_tls_has_a_class_that_is_not_our_own_mistake(kind):
    assert failure_of(kind.__new__(kind)) != "own_error"


def test_every_class_in_the_table_exists():
    assert {*FAILURE_OF.values(), *FAILURE_OF_ERRNO.values()} <= FAILURES.keys()


def test_what_only_a_generator_can_run_out_of_is_never_charged_to_the_agent():
    for number in (errno.EMFILE, errno.ENFILE, errno.EADDRNOTAVAIL):
        bare = OSError(number, "gone")
        wrapped = aiohttp.ClientConnectorError(_key(), bare)
        assert failure_of(bare) == failure_of(wrapped) == "fd_exhausted"
        assert FAILURES[failure_of(wrapped)].layer == "generator"


def test_the_systems_word_outranks_the_librarys():
    assert failure_of(aiohttp.ClientConnectorError(_key(), OSError(errno.ETIMEDOUT, "late"))) == "connect_timeout"
    assert failure_of(aiohttp.ClientConnectorError(_key(), OSError(errno.EHOSTUNREACH, "far"))) == "connect_refused"
    assert failure_of(aiohttp.ClientOSError(errno.EPIPE, "pipe")) == "reset"


def test_the_numbers_of_name_look_ups_are_no_errnos():
    shared = int(socket.EAI_AGAIN)
    assert failure_of(aiohttp.ClientConnectorDNSError(_key(), socket.gaierror(shared, "again"))) == "dns"
    assert failure_of(socket.gaierror(errno.ECONNREFUSED, "odd")) == "dns"


def test_a_client_error_of_tomorrow_is_our_own_mistake_until_it_is_mapped():
    class NewError(aiohttp.ClientError):
        pass

    assert failure_of(NewError()) == "own_error"
    assert failure_of(KeyError("x")) == "own_error"


def test_errors_are_described_in_one_short_line():
    assert describe(OSError(errno.EPIPE, "a\n  b")) == "BrokenPipeError: [Errno 32] a b"
    assert describe(client_exceptions.ServerDisconnectedError()) == "ServerDisconnectedError: Server disconnected"
    assert describe(ValueError()) == "ValueError"
    assert len(describe(ValueError("x" * 10_000))) < 300


def _key():
    return aiohttp.ClientRequest.connection_key.fget(_Request())


class _Request:
    proxy = proxy_auth = proxy_headers = server_hostname = None
    _ssl = True

    class url:
        raw_host, port, scheme = "127.0.0.1", 80, "http"
