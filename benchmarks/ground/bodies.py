"""What is posted and what is answered: the same bytes for every client; replies that differ, as an agent's do."""

import json
from itertools import cycle, islice, pairwise

_REPLY = (
    "Thanks for getting in touch. I have found your order, and it left our warehouse yesterday. Your reference is {}. "
    "Could you tell me the postcode it is going to, so that I can check the delivery date?"
)
_SAID = (
    "hi, my parcel hasn't arrived yet",
    "its order A-48213, ordered on monday",
    "ok and when will it be here?",
    "no thats not what i asked",
    "can you check again please, the blender is a birthday present",
    "alright",
)


def reply(reference: str) -> str:
    """A reply that holds this reference: no two alike, so that nobody who remembers replies is flattered."""
    return _REPLY.format(reference)


def _json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def chat_request(turns: int, *, stream: bool) -> bytes:
    """The request of an `openai-chat` customer at its `turns`-th message, with all that was said before."""
    messages: list[dict[str, str]] = []
    for said in islice(cycle(_SAID), turns):
        if messages:
            messages.append({"role": "assistant", "content": reply(f"{len(messages):032x}")})
        messages.append({"role": "user", "content": said})
    return _json({"model": "agent", "messages": messages, "stream": stream, "user": "hubbub-000017"})


def requests(*, stream: bool) -> tuple[bytes, ...]:
    """The requests of one conversation of six turns."""
    return tuple(chat_request(n, stream=stream) for n in range(1, len(_SAID) + 1))


def chat(reference: str) -> bytes:
    """A whole `openai-chat` answer."""
    choice = {"index": 0, "message": {"role": "assistant", "content": reply(reference)}, "finish_reason": "stop"}
    usage = {"prompt_tokens": 60, "completion_tokens": 48, "total_tokens": 108}
    head = {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "agent"}
    return _json({**head, "choices": [choice], "usage": usage})


def plain(reference: str) -> bytes:
    """A whole `http-json` answer."""
    return _json({"reply": reply(reference), "session": "s-1", "escalated": False})


def _event(delta: dict[str, str], finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    chunk = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "agent", "choices": [choice]}
    return b"data: " + _json(chunk) + b"\n\n"


def events(reference: str, count: int) -> tuple[bytes, ...]:
    """A reply in `count` events with text; the last one also carries the protocol's two proofs of completion."""
    text = reply(reference)
    cuts = [len(text) * i // count for i in range(count + 1)]
    told = [_event({"content": text[a:b]}) for a, b in pairwise(cuts)]
    return (*told[:-1], told[-1] + _event({}, "stop") + b"data: [DONE]\n\n")
