"""The scripted agent behind Google's Agent Development Kit: a model class of our own, a tool that calls a human."""

import sys
from collections.abc import AsyncGenerator
from pathlib import Path

from google.adk.agents import Agent
from google.adk.models.base_llm import BaseLlm
from google.adk.models.llm_request import LlmRequest
from google.adk.models.llm_response import LlmResponse
from google.genai import types

sys.path.insert(0, str(Path(__file__).parents[2]))
import answers


def transfer_to_human(queue: str, reason: str) -> dict[str, str]:
    """Hands the conversation to a human."""
    return {"status": "queued", "queue": queue, "reason": reason}


def _content(*parts: types.Part) -> types.Content:
    return types.Content(role="model", parts=list(parts))


class Scripted(BaseLlm):
    """A model whose answer is a function of what was said."""

    async def generate_content_async(
        self, llm_request: LlmRequest, stream: bool = False
    ) -> AsyncGenerator[LlmResponse, None]:
        said = [part.text for c in llm_request.contents if c.role == "user" for part in c.parts or [] if part.text]
        last = llm_request.contents[-1].parts or []
        fault = answers.fault_of(said[-1])
        if fault == "error":
            yield LlmResponse(error_code="RESOURCE_EXHAUSTED", error_message="the quota is used up")
            return
        if answers.wants_human(said[-1]) and not any(part.function_response for part in last):
            yield LlmResponse(
                content=_content(types.Part.from_function_call(name="transfer_to_human", args=answers.HANDOFF))
            )
            return
        text = answers.text_of(len(said), said[-1])
        if stream:
            for number, piece in enumerate(answers.pieces_of(text)):
                if fault == "break" and number == 2:
                    raise RuntimeError("the model went away")
                yield LlmResponse(content=_content(types.Part(text=piece)), partial=True)
        yield LlmResponse(content=_content(types.Part(text=text)), turn_complete=True)


root_agent = Agent(name="scripted", model=Scripted(model="scripted"), tools=[transfer_to_human])
