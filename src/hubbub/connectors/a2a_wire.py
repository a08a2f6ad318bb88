"""What an Agent2Agent agent says, of versions 1.0 and 0.3: tasks, messages, and updates of status and artifacts.

Proof of completion: a message, or a task that is completed or waits for input (`final: true` in 0.3). Artifacts grow by
appending and are replaced by their id. Timestamps are passed over: there are agents that write a zone, and that do not.
https://a2a-protocol.org/latest/specification/ (1.0), https://a2a-protocol.org/v0.3.0/specification/ (0.3)
"""

from typing import Any

from msgspec import UNSET, Raw, Struct, UnsetType
from msgspec.json import Decoder

from hubbub.connectors.gathering import Gathering, maps, part, word
from hubbub.errors import ExchangeFailed
from hubbub.model import Signal

WAITS = ("input-required", "auth-required")
_DONE = ("completed", *WAITS)
_FAILED = ("failed", "canceled", "rejected")
_KINDS = {"task": "task", "message": "message", "statusUpdate": "status-update", "artifactUpdate": "artifact-update"}
_VERSION_CODES = (-32009, -32601, -32600)  # not this version; no such method; not a request as it knows them
_METHOD = "agent.options.version (1.0 or 0.3)"


class _Text(Struct, frozen=True, gc=False):
    text: str


class _Artifact(Struct, frozen=True, gc=False):
    artifactId: str
    parts: tuple[_Text]
    metadata: Raw | UnsetType = UNSET


class _Update(Struct, frozen=True, gc=False):
    artifact: _Artifact
    append: bool = False


class _Result(Struct, frozen=True, gc=False):
    artifactUpdate: _Update | None = None
    artifact: _Artifact | None = None  # 0.3
    append: bool = False


class _Piece(Struct, frozen=True, gc=False):
    """An event that appends text to an artifact, in either version."""

    result: _Result
    id: str | int | None = None
    error: Raw | UnsetType = UNSET


class TaskGathering(Gathering):
    """A reply in the making: the artifacts of a task, what its status says, or a message.

    `pending` is set when all that came is a receipt, and the task is to be looked at again.
    """

    quick = Decoder(_Piece).decode
    connector = "a2a"
    wanted = "a message, or a task that is completed or waits for input"

    def __init__(self, request: str, *, waiting_is_handoff: bool = False, progress: bool = False) -> None:
        super().__init__()
        self.task = self.state = ""
        self.pending = False
        self.last = []
        self._request = request
        self._waiting_is_handoff = waiting_is_handoff
        self._progress = progress
        self._artifacts: dict[str, list[str]] = {}
        self._notes: list[str] = []  # what the status said on the way
        self._said = ""  # what the last status, or the message, says
        self._final = False

    @property
    def text(self) -> str:
        """Artifacts, then the last word unless they hold it already; with neither, what was said on the way."""
        lines = list(self._notes) if self._progress else []
        lines += [text for pieces in self._artifacts.values() if (text := "".join(pieces))]
        if self._said and not any(self._said in line for line in lines):
            lines.append(self._said)
        return "\n".join(lines or self._notes)

    def piece(self, name: str, piece: _Piece) -> bool:
        update = piece.result.artifactUpdate or piece.result
        artifact = update.artifact
        if artifact is None or not update.append or artifact.metadata is not UNSET or piece.error is not UNSET:
            return False
        held, text = self._artifacts.get(artifact.artifactId), artifact.parts[0].text
        if held is None or not text or piece.id not in (self._request, None):
            return False
        held.append(text)
        return True

    def event(self, name: str, document: dict[str, Any]) -> bool:
        kind, result = self._opened(document)
        if kind == "artifact-update":
            return self._artifact(result)
        self.last.append(result)
        if kind == "status-update":
            self.task = word(result, "taskId") or self.task
            self._final = result.get("final") is True
            return self._status(result.get("status"))
        return self._snapshot(kind, result)

    def document(self, document: dict[str, Any]) -> None:
        kind, result = self._opened({**document, "result": _wrapped(document.get("result"))})
        self.last = [result]
        self._snapshot(kind, result)
        self.pending = not self.proof
        self.proof = self.proof or self.state

    def over(self) -> bool:
        """A stream of 0.3 says which event is its last; in 1.0 the state says it."""
        return bool(self.proof)

    def _opened(self, document: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """What a response holds, whichever version's way of saying it."""
        if document.get("error") is not None:
            raise ExchangeFailed("agent_error", _error_text(document["error"]))
        result = document.get("result")
        if not isinstance(result, dict):
            raise ExchangeFailed(
                "malformed", f"not an answer of A2A: it has {', '.join(list(document)[:8]) or 'nothing'}"
            )
        if document.get("id") not in (self._request, None):
            raise ExchangeFailed("malformed", f"an answer to the request {document['id']!r}, not to {self._request!r}")
        for name, kind in _KINDS.items():
            if isinstance(result.get(name), dict):
                return self._known(kind, result[name])
        return self._known(word(result, "kind"), result)

    def _known(self, kind: str, result: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        if kind not in _KINDS.values():
            raise ExchangeFailed(
                "malformed", f"neither task nor message: it has {', '.join(list(result)[:8]) or 'nothing'}"
            )
        self.session = word(result, "contextId") or self.session
        return kind, result

    def _snapshot(self, kind: str, result: dict[str, Any]) -> bool:
        if kind == "message":
            self.task = word(result, "taskId") or self.task
            self._said = _text_of(result.get("parts"), "\n")
            self.proof = "message"
            return bool(self._said)
        self.task = self.trace = word(result, "id") or self.task
        artifacts = maps(result.get("artifacts"))
        if artifacts:
            self._artifacts = {word(a, "artifactId"): [_text_of(a.get("parts"), "")] for a in artifacts}
        said = self._status(result.get("status"))
        if self.proof and not self.text:
            self._said = _last_words(maps(result.get("history")))
        return said or any(pieces[0] for pieces in self._artifacts.values())

    def _artifact(self, update: dict[str, Any]) -> bool:
        self.task = word(update, "taskId") or self.task
        parts = maps(part(update, "artifact", "parts"))
        if part(update, "artifact", "metadata") or not all(word(one, "text") for one in parts):
            self.last.append(update)  # more than text: presets may find a hand-off in it
        text = _text_of(parts, "")
        held = self._artifacts.setdefault(word(update, "artifact", "artifactId"), [])
        if update.get("append") is not True:
            held.clear()
        held.append(text)
        return bool(text)

    def _status(self, status: Any) -> bool:
        """Take in a state, and what it says. Raises ExchangeFailed when the task has failed."""
        self.state = word(status, "state").removeprefix("TASK_STATE_").lower().replace("_", "-")
        said = _text_of(part(status, "message", "parts") if isinstance(status, dict) else None, "\n")
        if self.state in _FAILED:
            raise ExchangeFailed("agent_error", f"the task is {self.state}" + (f": {said}" if said else ""))
        if self.state not in _DONE and not self._final:
            if said and said not in self._notes:
                self._notes.append(said)
            return bool(said) and self._progress
        self._said = said
        self.proof = f"state={self.state}"
        if self.state in WAITS and self._waiting_is_handoff:
            self.signals.append(Signal("initiated", "control", "", said))
        return bool(self.text)


def _wrapped(result: Any) -> Any:
    """What `GetTask` of 1.0 answers is a task without its name."""
    bare = isinstance(result, dict) and "status" in result and "id" in result and "kind" not in result
    return {"task": result} if bare else result


def _text_of(parts: Any, between: str) -> str:
    """The text in parts: those of kind text in 0.3, those with a text in 1.0."""
    return between.join(text for one in maps(parts) if (text := word(one, "text")))


def _last_words(history: list[dict[str, Any]]) -> str:
    """What the agent said since the user's last message, where a task keeps its words in its history."""
    words: list[str] = []
    for message in history:
        if word(message, "role").removeprefix("ROLE_").lower() == "user":
            words.clear()
        else:
            words.append(_text_of(message.get("parts"), "\n"))
    return "\n".join(filter(None, words))


def _error_text(error: Any) -> str:
    code = error.get("code") if isinstance(error, dict) else None
    said = word(error, "message") or str(error)
    return f"{code}: {said}" + (f"; look at {_METHOD}" if code in _VERSION_CODES else "")
