"""Agent2Agent 1.0 over JSON-RPC: POST /a2a with SendMessage, SendStreamingMessage or GetTask, and the agent's card.

https://a2a-protocol.org/latest/specification/: a task for each message, its reply as an artifact that grows by
appending; a hand-off is a data part. A task that asks the customer something waits for input.
"""

from typing import Any

import msgspec
from aiohttp import web
from msgspec import Struct

from hubbub.reference_agent.agent import Agent, Reckoning, Request
from hubbub.reference_agent.capacity import Full
from hubbub.reference_agent.faces.body import Unreadable, decoded
from hubbub.reference_agent.wire import give_stream, give_whole

PATH = "/a2a"
_CARD = "/.well-known/agent-card.json"
_VERSION = "1.0"
_KEPT = 10_000  # tasks that can be looked at again
_encode = msgspec.json.encode


class _Part(Struct, frozen=True):
    text: str = ""


class _Message(Struct, frozen=True, rename="camel"):
    message_id: str
    role: str
    parts: tuple[_Part, ...]
    context_id: str = ""
    task_id: str = ""


class _Params(Struct, frozen=True):
    message: _Message | None = None
    id: str = ""


class _Call(Struct, frozen=True):
    method: str
    jsonrpc: str
    id: str | int | None = None
    params: _Params = _Params()


class _Refused(Exception):
    """A call that is answered with an error of JSON-RPC's, or of A2A's own."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


_decoder = msgspec.json.Decoder(_Call)


class _Tasks:
    """Tasks by their names, so that they can be looked at; the oldest are forgotten."""

    def __init__(self) -> None:
        self._tasks: dict[str, dict[str, Any]] = {}
        self._count = 0

    def name(self) -> int:
        """A number that no task or context had before."""
        self._count += 1
        return self._count

    def keep(self, task: dict[str, Any]) -> None:
        """Remember how a task ended."""
        self._tasks[task["id"]] = task
        if len(self._tasks) > _KEPT:
            del self._tasks[next(iter(self._tasks))]

    def get(self, name: str) -> dict[str, Any]:
        """A task as it ended. Raises _Refused for one that is not known."""
        if name not in self._tasks:
            raise _Refused(-32001, "Task not found")
        return self._tasks[name]


def add_routes(app: web.Application, agent: Agent) -> None:
    """Speak this protocol on an application."""
    tasks = _Tasks()

    async def call(request: web.Request) -> web.StreamResponse:
        arrival_s = agent.clock.now()
        asked: _Call | None = None
        try:
            asked = _called(request, await request.read())
            if asked.method == "GetTask":
                return web.json_response(_result(asked.id, tasks.get(asked.params.id)))
            return await _spoken(request, agent, tasks, asked, arrival_s)
        except _Refused as refused:
            error = {"code": refused.code, "message": str(refused)}
            return web.json_response({"jsonrpc": "2.0", "id": asked.id if asked else None, "error": error})

    async def card(request: web.Request) -> web.Response:
        return web.json_response(_card(str(request.url.with_path(PATH))))

    app.router.add_post(PATH, call)
    app.router.add_get(_CARD, card)


def _called(request: web.Request, body: bytes) -> _Call:
    """A call that can be answered. Raises _Refused."""
    try:
        asked = decoded(_decoder, body)
    except Unreadable as error:
        misfit = isinstance(error.__cause__, msgspec.ValidationError)
        raise _Refused(-32602 if misfit else -32700, str(error)) from None
    version = request.headers.get("A2A-Version", "0.3")  # as the specification takes a missing one
    if version.partition(".")[0] != "1":
        raise _Refused(-32009, f"A2A version {version!r} is not supported; this agent speaks {_VERSION}")
    if asked.method not in ("SendMessage", "SendStreamingMessage", "GetTask"):
        raise _Refused(-32601, "Method not found")
    if asked.method != "GetTask" and asked.params.message is None:
        raise _Refused(-32602, "params.message: is missing")
    return asked


async def _spoken(
    request: web.Request, agent: Agent, tasks: _Tasks, asked: _Call, arrival_s: float
) -> web.StreamResponse:
    message = asked.params.message
    assert message is not None
    context = message.context_id or f"context-{tasks.name()}"
    text = "\n".join(part.text for part in message.parts if part.text)
    name = f"{message.context_id} {message.message_id}" if message.message_id else ""
    turn = Request(context, text, arrival_s, "a2a", id=name)
    try:
        async with agent.turn(turn) as reckoning:
            task = _task(reckoning, context, f"task-{tasks.name()}")
            tasks.keep(task)
            if asked.method == "SendMessage":
                return await give_whole(request, agent, reckoning, _encode(_result(asked.id, {"task": task})))
            return await give_stream(request, agent, reckoning, frames(reckoning, asked.id, task))
    except Full as full:
        return web.json_response({"error": str(full)}, status=429, headers={"Retry-After": str(full.retry_after_s)})


def _result(name: str | int | None, result: dict[str, Any]) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": name, "result": result}


def _task(reckoning: Reckoning, context: str, name: str) -> dict[str, Any]:
    """A task as it stands when the reply is given."""
    state = "TASK_STATE_INPUT_REQUIRED" if reckoning.decision.asked else "TASK_STATE_COMPLETED"
    artifacts = [{"artifactId": "reply", "parts": [{"text": reckoning.decision.reply}]}]
    if reckoning.escalation is not None:
        handed = {"type": "handoff", **msgspec.to_builtins(reckoning.escalation)}
        artifacts.append({"artifactId": "handoff", "parts": [{"data": handed, "mediaType": "application/json"}]})
    trace = {"metadata": {"trace": reckoning.trace}} if reckoning.trace else {}
    return {"id": name, "contextId": context, "status": {"state": state}, "artifacts": artifacts, **trace}


def frames(reckoning: Reckoning, name: str | int | None, task: dict[str, Any]) -> list[bytes]:
    """A reply as a stream, one frame per moment: the task opens it, and its last state is the proof."""
    of = {"taskId": task["id"], "contextId": task["contextId"]}

    def event(**result: Any) -> bytes:
        return b"data: " + _encode(_result(name, result)) + b"\n\n"

    def artifact(parts: list[dict[str, Any]], number: int, of_name: str = "reply") -> bytes:
        return event(artifactUpdate={**of, "append": number > 0, "artifact": {"artifactId": of_name, "parts": parts}})

    made = [artifact([{"text": piece}], number) for number, piece in enumerate(reckoning.chunks)] or [b""]
    submitted = {"id": task["id"], "contextId": task["contextId"], "status": {"state": "TASK_STATE_SUBMITTED"}}
    working = {**of, "status": {"state": "TASK_STATE_WORKING"}}
    made[0] = event(task=submitted) + event(statusUpdate=working) + made[0]
    for more in task["artifacts"][1:]:
        made[-1] += artifact(more["parts"], 0, more["artifactId"])
    made[-1] += event(statusUpdate={**of, "status": task["status"]})
    return made


def _card(url: str) -> dict[str, Any]:
    skill = {"id": "service", "name": "Customer service", "description": "Answers customers.", "tags": ["service"]}
    return {
        "name": "hubbub-reference-agent",
        "description": "The agent that Hubbub brings along.",
        "version": "1",
        "supportedInterfaces": [{"url": url, "protocolBinding": "JSONRPC", "protocolVersion": _VERSION}],
        "capabilities": {"streaming": True, "pushNotifications": False},
        "defaultInputModes": ["text/plain"],
        "defaultOutputModes": ["text/plain"],
        "skills": [skill],
    }
