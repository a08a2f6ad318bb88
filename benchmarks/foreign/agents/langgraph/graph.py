"""The scripted agent as a graph for `langgraph dev`: a chat model of our own, and an interrupt that calls a human."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langgraph.graph import END, START, MessagesState, StateGraph
from langgraph.types import interrupt

sys.path.insert(0, str(Path(__file__).parents[1]))
import answers


def _said(messages: list[BaseMessage]) -> list[str]:
    return [str(message.content) for message in messages if message.type == "human"]


class Scripted(BaseChatModel):
    """A chat model whose answer is a function of what was said."""

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _generate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        said = _said(messages)
        return ChatResult(generations=[ChatGeneration(message=AIMessage(answers.text_of(len(said), said[-1])))])

    def _stream(self, messages: list[BaseMessage], *_: Any, **__: Any) -> Iterator[ChatGenerationChunk]:
        said = _said(messages)
        for number, piece in enumerate(answers.pieces_of(answers.text_of(len(said), said[-1]))):
            if answers.fault_of(said[-1]) == "break" and number == 2:
                raise RuntimeError("the model went away")
            yield ChatGenerationChunk(message=AIMessageChunk(piece))


_model = Scripted()


async def speak(state: MessagesState) -> dict[str, Any]:
    """Say what is to be said."""
    if answers.fault_of(_said(state["messages"])[-1]) == "error":
        raise RuntimeError("the model went away")
    return {"messages": [await _model.ainvoke(state["messages"])]}


async def hand_over(state: MessagesState) -> dict[str, Any]:
    """Stop, and wait for a person; what the person says, the customer hears as said by the customer, for counting."""
    word = interrupt({"type": "handoff", **answers.HANDOFF})
    return {"messages": [{"role": "user", "content": str(word)}]}


def _next(state: MessagesState) -> str:
    return "hand_over" if answers.wants_human(_said(state["messages"])[-1]) else END


builder = StateGraph(MessagesState)
builder.add_node("speak", speak)
builder.add_node("hand_over", hand_over)
builder.add_edge(START, "speak")
builder.add_conditional_edges("speak", _next)
builder.add_edge("hand_over", "speak")
graph = builder.compile()
