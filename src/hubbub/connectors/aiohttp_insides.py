"""What we use of aiohttp beyond its public face, and a clear word when a version of it has that elsewhere."""

import importlib
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

from hubbub.errors import UsageError

FITS = ">=3.14,<3.15"  # as in pyproject.toml

# Module, and the name in it, with what must hang on that.
INSIDES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("aiohttp.client_proto", "ResponseHandler", ("connection_lost", "is_connected", "close", "should_close", "closed")),
    ("aiohttp.client_reqrep", "ConnectionKey", ()),
    ("aiohttp.connector", "Connection", ("protocol", "release", "close")),
    ("aiohttp", "ClientRequest", ("connection_key",)),
    ("aiohttp", "TCPConnector", ("connect",)),
)


def missing(find: Callable[[str], Any] = importlib.import_module) -> tuple[str, ...]:
    """The insides that are not where we use them; none when this aiohttp fits."""
    gone: list[str] = []
    for module, name, attributes in INSIDES:
        try:
            thing = getattr(find(module), name, None)
        except ImportError:
            thing = None
        if thing is None:
            gone.append(f"{module}.{name}")
        else:
            gone += [f"{module}.{name}.{attribute}" for attribute in attributes if not hasattr(thing, attribute)]
    return tuple(gone)


def ensure_fit(gone: tuple[str, ...]) -> None:
    """Raises UsageError when anything is gone: which, what version this is, and which would fit."""
    if gone:
        raise UsageError(
            f"aiohttp {version('aiohttp')} has no {', '.join(gone)}, which the connectors need; "
            f"install one that fits: pip install 'aiohttp{FITS}'"
        )


ensure_fit(missing())
