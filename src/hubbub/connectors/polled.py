"""http-json's submit and poll: how the settings say where a reply is to be looked for, and when it is there."""

from typing import Any
from urllib.parse import quote

import msgspec
from msgspec import Struct
from yarl import URL

from hubbub.connectors.escalation import FieldRule
from hubbub.connectors.json_path import JsonPath
from hubbub.connectors.options import Options
from hubbub.connectors.polling import Pauses, read_pauses
from hubbub.connectors.wire import Head
from hubbub.errors import ExchangeFailed


class Poll(Struct, frozen=True):
    """Where and until when to look. Without a `path`, the receipt's Location header says where."""

    path: str
    id: JsonPath
    done: FieldRule
    failed: FieldRule | None
    pauses: Pauses

    def waits(self, document: Any) -> bool:
        """Whether this is a receipt and no reply yet. Raises ExchangeFailed(agent_error) for a task that failed."""
        if self.failed is not None and self.failed.holds(document):
            said = msgspec.json.encode(self.failed.path.first(document)).decode()
            raise ExchangeFailed("agent_error", f"{self.failed.path.text} is {said[:200]}")
        return not self.done.holds(document)

    def address(self, head: Head, document: Any, url: URL) -> str:
        """The path to look at, on the agent's own host. Raises ExchangeFailed(malformed) when nothing says it."""
        if self.path:
            name = self.id.first(document)
            if not isinstance(name, str | int) or isinstance(name, bool):
                raise ExchangeFailed("malformed", f"the receipt has no {self.id.text} to look at")
            return self.path.replace("$id", quote(str(name), safe=""))
        place = url.join(URL(head.headers.get("Location", "")))
        if "Location" not in head.headers or place.origin() != url.origin():
            raise ExchangeFailed("malformed", "the receipt has no Location on the agent's own host to look at")
        return place.raw_path_qs


def read_poll(options: Options) -> Poll | None:
    """The settings under `poll`."""
    path = options.take("path", str, "")
    if path and not path.startswith("/"):
        options.problem("path", "begins with /, as it is on the agent's own host")
    if path and "$id" not in path:
        options.problem("path", "has no $id, so that all replies would be the same")
    name, pauses = options.path("id", "$.id"), read_pauses(options, "every_s", "longest_s")
    done = _rule(options.inner("done"))
    failed = _rule(options.inner("failed")) if options.has("failed") else None
    return Poll(path, name, done, failed, pauses) if name is not None and done is not None else None


def _rule(options: Options) -> FieldRule | None:
    path, equals = options.path("path"), options.take("equals", Any, None)
    if path is None:
        options.problem("path", "say where it shows in the answer")
        return None
    return FieldRule(path, None if equals is None else tuple(equals) if isinstance(equals, list) else (equals,))
