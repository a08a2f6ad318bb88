"""Run by .foreign's Python: talks to a server by a real SDK, and prints what the SDK understood, as JSON.

sdk_talk.py openai-chat|openai-responses|anthropic-messages|a2a BASE

Two conversations, one streamed and one whole: a map of these words to the turns of each.
"""

import asyncio
import json
import sys

SAID = ("Hi, where is my order? The order number is A-48213.", "I want to talk to a human agent, please.")


def openai_chat(base, stream):
    from openai import OpenAI

    client, history = OpenAI(base_url=f"{base}/v1", api_key="none", max_retries=0), []
    for said in SAID:
        history.append({"role": "user", "content": said})
        if stream:
            with client.chat.completions.stream(model="m", messages=history) as events:
                for _ in events:
                    pass
                choice = events.get_final_completion().choices[0]
        else:
            choice = client.chat.completions.create(model="m", messages=history).choices[0]
        calls = [call.function.name for call in choice.message.tool_calls or ()]
        yield choice.message.content, calls, choice.finish_reason
        history.append({"role": "assistant", "content": choice.message.content})


def openai_responses(base, stream):
    from openai import OpenAI

    client, previous = OpenAI(base_url=f"{base}/v1", api_key="none", max_retries=0), None
    for said in SAID:
        asked = {"model": "m", "input": said} | ({"previous_response_id": previous} if previous else {})
        if stream:
            with client.responses.stream(**asked) as events:
                for _ in events:
                    pass
                response = events.get_final_response()
        else:
            response = client.responses.create(**asked)
        calls = [item.name for item in response.output if item.type == "function_call"]
        yield response.output_text, calls, response.status
        previous = response.id


def anthropic_messages(base, stream):
    from anthropic import Anthropic

    client, history = Anthropic(base_url=base, api_key="none", max_retries=0), []
    for said in SAID:
        history.append({"role": "user", "content": said})
        asked = {"model": "m", "max_tokens": 100, "messages": history}
        if stream:
            with client.messages.stream(**asked) as events:
                message = events.get_final_message()
        else:
            message = client.messages.create(**asked)
        text = "".join(block.text for block in message.content if block.type == "text")
        calls = [block.name for block in message.content if block.type == "tool_use"]
        yield text, calls, message.stop_reason
        history.append({"role": "assistant", "content": text})


async def _a2a(base, stream):
    """What a2a-sdk makes of each reply; the card that it reads first says where the agent is."""
    from a2a.client import ClientConfig, create_client
    from a2a.helpers.proto_helpers import get_data_parts, get_text_parts, new_text_message
    from a2a.types.a2a_pb2 import GetTaskRequest, Role, SendMessageRequest, TaskState

    client, context = await create_client(base, ClientConfig(streaming=stream)), None
    for said in SAID:
        message = new_text_message(said, context_id=context, role=Role.ROLE_USER)
        states, grown = [], {}
        async for event in client.send_message(SendMessageRequest(message=message)):
            if event.HasField("task"):
                task, context = event.task.id, event.task.context_id
                states.append(event.task.status.state)
                for artifact in event.task.artifacts:
                    grown[artifact.artifact_id] = list(artifact.parts)
            elif event.HasField("artifact_update"):
                update = event.artifact_update
                held = grown.setdefault(update.artifact.artifact_id, [])
                grown[update.artifact.artifact_id] = (held if update.append else []) + list(update.artifact.parts)
            else:
                states.append(event.status_update.status.state)
        parts = [part for held in grown.values() for part in held]
        kept = await client.get_task(GetTaskRequest(id=task))
        whole = "".join(get_text_parts([part for artifact in kept.artifacts for part in artifact.parts]))
        assert whole == "".join(get_text_parts(parts)), "the task that is kept says what the stream said"
        yield whole, [data["type"] for data in get_data_parts(parts)], TaskState.Name(states[-1])
    await client.close()


def a2a(base, stream):
    async def all_of_it():
        return [reply async for reply in _a2a(base, stream)]

    return asyncio.run(all_of_it())


if __name__ == "__main__":
    kind, base = sys.argv[1:]
    talk = {"openai-chat": openai_chat, "openai-responses": openai_responses, "anthropic-messages": anthropic_messages}
    speak = (talk | {"a2a": a2a})[kind]
    print(json.dumps({how: list(speak(base, how == "stream")) for how in ("stream", "whole")}))
