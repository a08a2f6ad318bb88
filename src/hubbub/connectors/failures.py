"""Every way a wire can break, and the class of ours that it is. One table; a test finds an error that is missing."""

import asyncio
import errno
import socket
import ssl
import zlib
from collections.abc import Mapping

import aiohttp
import httptools
import msgspec
from aiohttp import http_exceptions
from aiohttp.client_exceptions import UnixClientConnectorError

FAILURE_OF: Mapping[type[BaseException], str] = {
    # Connecting
    aiohttp.ClientConnectorError: "connect_refused",
    aiohttp.ClientConnectorDNSError: "dns",
    aiohttp.ClientProxyConnectionError: "connect_refused",
    UnixClientConnectorError: "connect_refused",
    aiohttp.ClientSSLError: "tls",
    aiohttp.ClientConnectorSSLError: "tls",
    aiohttp.ClientConnectorCertificateError: "tls",
    aiohttp.ServerFingerprintMismatch: "tls",
    aiohttp.ConnectionTimeoutError: "connect_timeout",
    socket.gaierror: "dns",
    socket.herror: "dns",
    ssl.SSLError: "tls",
    ssl.CertificateError: "tls",
    # Losing the connection
    aiohttp.ClientConnectionError: "closed",
    aiohttp.ClientConnectionResetError: "reset",
    aiohttp.ClientOSError: "reset",
    aiohttp.ServerConnectionError: "closed",
    aiohttp.ServerDisconnectedError: "closed",
    aiohttp.ServerTimeoutError: "stall",
    aiohttp.SocketTimeoutError: "stall",
    aiohttp.ClientPayloadError: "truncated",
    asyncio.IncompleteReadError: "truncated",
    aiohttp.EofStream: "closed",
    # Answers that are not HTTP, or not what the protocol says
    aiohttp.ClientResponseError: "malformed",
    aiohttp.ContentTypeError: "malformed",
    aiohttp.WSServerHandshakeError: "malformed",
    http_exceptions.HttpProcessingError: "malformed",
    httptools.HttpParserError: "malformed",
    msgspec.DecodeError: "malformed",
    UnicodeDecodeError: "malformed",
    RecursionError: "malformed",
    zlib.error: "malformed",
    asyncio.LimitOverrunError: "too_large",
    # Redirects are never followed, so these would come from a proxy of ours
    aiohttp.TooManyRedirects: "redirect",
    aiohttp.RedirectClientError: "redirect",
    aiohttp.InvalidUrlRedirectClientError: "redirect",
    aiohttp.NonHttpUrlRedirectClientError: "redirect",
    aiohttp.ClientHttpProxyError: "connect_refused",
    # The system's own words
    ConnectionRefusedError: "connect_refused",
    ConnectionResetError: "reset",
    ConnectionAbortedError: "reset",
    BrokenPipeError: "reset",
    ConnectionError: "reset",
    TimeoutError: "connect_timeout",
    OSError: "reset",
    # Ours: a request that could not have been sent
    aiohttp.InvalidURL: "own_error",
    aiohttp.InvalidUrlClientError: "own_error",
    aiohttp.NonHttpUrlClientError: "own_error",
    aiohttp.UploadAbortedError: "own_error",
    aiohttp.ClientError: "own_error",
    Exception: "own_error",
}

FAILURE_OF_ERRNO: Mapping[int, str] = {
    errno.EMFILE: "fd_exhausted",
    errno.ENFILE: "fd_exhausted",
    errno.EADDRNOTAVAIL: "fd_exhausted",  # no local port is left: as with descriptors, the generator ran out
    errno.ENOBUFS: "fd_exhausted",
    errno.ENOMEM: "fd_exhausted",
    errno.ECONNREFUSED: "connect_refused",
    errno.EHOSTUNREACH: "connect_refused",
    errno.ENETUNREACH: "connect_refused",
    errno.EHOSTDOWN: "connect_refused",
    errno.ENETDOWN: "connect_refused",
    errno.EACCES: "connect_refused",
    errno.EPERM: "connect_refused",
    errno.ETIMEDOUT: "connect_timeout",
    errno.ECONNRESET: "reset",
    errno.ECONNABORTED: "reset",
    errno.EPIPE: "reset",
}


def failure_of(error: BaseException) -> str:
    """The class of FAILURES that an error of a library or of the system belongs to; never raises.

    What the system said (an errno) outranks what the library made of it, but for name look-ups and TLS, whose numbers
    mean something else.
    """
    cause = getattr(error, "os_error", None) or error
    named = next((FAILURE_OF[kind] for kind in type(error).__mro__ if kind in FAILURE_OF), "own_error")
    if not isinstance(cause, socket.gaierror | socket.herror | ssl.SSLError):
        number = cause.errno if isinstance(cause, OSError) else None
        return FAILURE_OF_ERRNO.get(number or 0, named)
    return named


def describe(error: BaseException) -> str:
    """An error in one short line, without addresses of memory or the URL's query."""
    said = " ".join(str(getattr(error, "os_error", None) or error).split())[:200]
    return f"{type(error).__name__}: {said}" if said else type(error).__name__
