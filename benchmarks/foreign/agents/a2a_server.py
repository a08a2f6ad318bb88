"""The scripted agent behind a2a-sdk, which serves versions 1.0 and 0.3 at one address: `a2a_server.py PORT`."""

import asyncio
import sys
from collections import Counter

import answers
import uvicorn
from a2a.helpers.proto_helpers import new_data_part, new_task_from_user_message, new_text_message, new_text_part
from a2a.server.agent_execution import AgentExecutor, RequestContext
from a2a.server.events import EventQueue
from a2a.server.request_handlers import DefaultRequestHandler
from a2a.server.routes.agent_card_routes import create_agent_card_routes
from a2a.server.routes.jsonrpc_routes import create_jsonrpc_routes
from a2a.server.tasks import InMemoryTaskStore, TaskUpdater
from a2a.types.a2a_pb2 import AgentCapabilities, AgentCard, AgentInterface, AgentSkill, Role
from starlette.applications import Starlette

_WORKS_S = 0.05  # so that who does not wait sees a task that is not done


class Scripted(AgentExecutor):
    """Answers as a task with one artifact in pieces; `[message]`, `[question]`, `[error]` and `[break]` otherwise."""

    def __init__(self) -> None:
        self._said: Counter[str] = Counter()

    async def execute(self, context: RequestContext, event_queue: EventQueue) -> None:
        said = context.get_user_input()
        fault = answers.fault_of(said)
        name = context.context_id or ""
        self._said[name] += 1
        text = answers.text_of(self._said[name], said)
        if fault == "message" and context.current_task is None:
            await event_queue.enqueue_event(new_text_message(text, context_id=name, role=Role.ROLE_AGENT))
            return
        if context.current_task is None:
            await event_queue.enqueue_event(new_task_from_user_message(context.message))
        updater = TaskUpdater(event_queue, context.task_id or "", name)
        await updater.start_work()
        await asyncio.sleep(_WORKS_S)
        if fault == "error":
            await updater.failed(new_text_message("the model went away"))
        elif fault == "question":
            await updater.requires_input(new_text_message(text))
        else:
            await self._answer(updater, said, text)
            await updater.complete()

    async def _answer(self, updater: TaskUpdater, said: str, text: str) -> None:
        pieces = answers.pieces_of(text)
        name = f"reply-{updater.task_id}"
        for at, piece in enumerate(pieces):
            if at == 2 and answers.fault_of(said) == "break":
                raise RuntimeError("the model went away")
            parts = [new_text_part(piece)]
            await updater.add_artifact(parts, name, append=at > 0, last_chunk=at + 1 == len(pieces))
        if answers.wants_human(said):
            await updater.add_artifact([new_data_part({"type": "handoff", **answers.HANDOFF})], f"{name}-handoff")

    async def cancel(self, context: RequestContext, event_queue: EventQueue) -> None:
        """Nothing here takes long enough to be called off."""


port = int(sys.argv[1])
url = f"http://127.0.0.1:{port}/"
card = AgentCard(
    name="scripted",
    description="Says what it is scripted to say.",
    version="1",
    supported_interfaces=[AgentInterface(url=url, protocol_binding="JSONRPC", protocol_version="1.0")],
    capabilities=AgentCapabilities(streaming=True),
    default_input_modes=["text/plain"],
    default_output_modes=["text/plain"],
    skills=[AgentSkill(id="talk", name="talk", description="Talks.", tags=["talk"])],
)
handler = DefaultRequestHandler(agent_executor=Scripted(), task_store=InMemoryTaskStore(), agent_card=card)
routes = [*create_agent_card_routes(card), *create_jsonrpc_routes(handler, "/", enable_v0_3_compat=True)]
uvicorn.run(Starlette(routes=routes), host="127.0.0.1", port=port, log_level="warning")
