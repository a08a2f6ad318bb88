"""What a request's body says, or that it is not what the protocol says: never the agent's own failure."""

from typing import TypeVar

import msgspec

Document = TypeVar("Document")


class Unreadable(ValueError):
    """A body that is no document of its protocol; the message says how."""


def decoded(decoder: msgspec.json.Decoder[Document], body: bytes | str) -> Document:
    """The document in a body. Raises Unreadable, also for text that is not UTF-8 and for lists in lists without end."""
    try:
        return decoder.decode(body)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise Unreadable(str(error)) from error
    except RecursionError as error:
        raise Unreadable("the document is nested too deeply") from error
