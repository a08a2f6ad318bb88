"""The scripted agent behind AG-UI's own Python SDK: `agui_server.py PORT`."""

import sys
from collections.abc import AsyncIterator

import answers
import uvicorn
from ag_ui.core import (
    EventType,
    Interrupt,
    RunAgentInput,
    RunErrorEvent,
    RunFinishedEvent,
    RunFinishedInterruptOutcome,
    RunStartedEvent,
    TextMessageContentEvent,
    TextMessageEndEvent,
    TextMessageStartEvent,
)
from ag_ui.encoder import EventEncoder
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.routing import Route


async def _events(run: RunAgentInput) -> AsyncIterator[object]:
    said = [message.content for message in run.messages if message.role == "user"]
    named = {"thread_id": run.thread_id, "run_id": run.run_id}
    yield RunStartedEvent(**named)
    message = f"reply-{len(said)}"
    yield TextMessageStartEvent(message_id=message, role="assistant")
    for number, piece in enumerate(answers.pieces_of(answers.text_of(len(said), said[-1]))):
        if number == 2 and answers.fault_of(said[-1]) == "break":
            raise RuntimeError("the model went away")
        if number == 2 and answers.fault_of(said[-1]) == "error":
            yield RunErrorEvent(message="the model went away", code="MODEL")
            return
        yield TextMessageContentEvent(message_id=message, delta=piece)
    yield TextMessageEndEvent(message_id=message)
    outcome = None
    if answers.wants_human(said[-1]):
        interrupt = Interrupt(
            id=f"i-{len(said)}", reason="handoff", message="A human takes over.", metadata=answers.HANDOFF
        )
        outcome = RunFinishedInterruptOutcome(interrupts=[interrupt])
    yield RunFinishedEvent(type=EventType.RUN_FINISHED, outcome=outcome, **named)


async def run(request: Request) -> StreamingResponse:
    """Take a run's input, and stream its events."""
    encoder = EventEncoder(accept=request.headers.get("accept"))
    asked = RunAgentInput.model_validate_json(await request.body())

    async def encoded() -> AsyncIterator[str]:
        async for event in _events(asked):
            yield encoder.encode(event)

    return StreamingResponse(encoded(), media_type=encoder.get_content_type())


app = Starlette(routes=[Route("/", run, methods=["POST"])])
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
