"""Before any load: does anything listen there at all?"""

import asyncio
import socket
import ssl
from urllib.parse import urlsplit

from hubbub.errors import AgentUnreachable


async def reach(url: str, within_s: float) -> None:
    """Open one connection, with TLS where the URL says so, and close it. Raises AgentUnreachable with the reason."""
    parts = urlsplit(url)
    secure = parts.scheme in ("https", "wss")
    host, port = parts.hostname or "", parts.port or (443 if secure else 80)
    where = f"{host}:{port}"
    try:
        async with asyncio.timeout(within_s):
            _, writer = await asyncio.open_connection(host, port, ssl=ssl.create_default_context() if secure else None)
    except TimeoutError:
        raise AgentUnreachable(f"{where} did not answer within {within_s:g} s (connect_timeout)") from None
    except socket.gaierror as error:
        raise AgentUnreachable(f"{host} has no address (dns): {error.strerror}") from None
    except ssl.SSLError as error:
        raise AgentUnreachable(f"TLS with {where} failed (tls): {error.reason or error}") from None
    except OSError as error:
        raise AgentUnreachable(f"{where} refused the connection (connect_refused): {error.strerror}") from None
    writer.close()
