"""Voice `llm`: a model words what the customer decided to say; whatever goes wrong, the grammar's words are sent."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zlib import crc32

import aiohttp
from msgspec.structs import replace

from hubbub.customers.mind import goal_of, value
from hubbub.customers.pack import words_of
from hubbub.errors import UsageError
from hubbub.model import VoiceSpec
from hubbub.voices.faithful import objection, tidied
from hubbub.voices.memory import Line, Memory
from hubbub.voices.purse import Cost, Purse
from hubbub.voices.voice import Voice, Wanted

_KEPT = frozenset(("inject", "claim", "nudge"))  # acts whose words are exact, or are said while others wait
_CHARS_PER_TOKEN = 2  # at least; used where a server does not count, so that no budget is overrun
_MOST_TOKENS = 10**9  # of one call; who counts more does not count
_SYSTEM = (
    "You play a customer who writes to a company {channel}. You are never the company's agent. "
    "Rewrite the customer's message in your own words: the same meaning, nothing added, nothing left out, {manner}, "
    "in {language}. Copy these exactly: {values}. Answer with the message alone."
)
_CHANNELS = {
    "web-chat": "in a web chat",
    "sms": "by text message",
    "whatsapp": "on WhatsApp",
    "email": "by e-mail",
    "voice": "by speaking on the phone",
}
_MANNERS = {
    "plain": "short and plain, as people type",
    "polite": "short and polite",
    "blunt": "very short and blunt",
    "chatty": "chatty",
    "formal": "formal",
}


async def open_voice(
    spec: VoiceSpec, seed: int, beside: Path, environ: Mapping[str, str], worker: int = 0, workers: int = 1
) -> Voice:
    """Make a voice. Raises UsageError for settings that do not make one."""
    if spec.url is None:
        raise UsageError("the voice llm needs `voice.url`: where its model is served")
    key = environ.get(spec.key_env, "") if spec.key_env else ""
    memory = Memory(None if spec.cache is None else beside / spec.cache, worker)
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    session = aiohttp.ClientSession(headers=headers, cookie_jar=aiohttp.DummyCookieJar())
    return LLM(spec, seed, session, memory, Purse(spec.budget, workers))


class LLM:
    """A voice with a model behind it. `tally` counts: asked, worded, cached, and why the grammar served instead."""

    def __init__(
        self, spec: VoiceSpec, seed: int, session: aiohttp.ClientSession, memory: Memory, purse: Purse
    ) -> None:
        self.tally: Counter[str] = Counter()
        self.purse = purse
        self._spec = spec
        self._seed = seed
        self._session = session
        self._memory = memory
        self._seats = asyncio.Semaphore(spec.at_once)

    async def reword(self, wanted: Wanted) -> tuple[str, ...]:
        """The model's words as one message, or the grammar's."""
        if wanted.say.act in _KEPT or wanted.say.about.startswith("#"):  # a key is typed as it is
            return wanted.texts
        self.tally["asked"] += 1
        asked = crc32(f"{self._spec.model}{wanted.customer.persona.persona}{wanted.say}{wanted.texts}".encode())
        line = Line(self._seed, wanted.customer.number, wanted.turn, asked, "")
        known = self._memory.find(line)
        if known is not None and not objection(known, wanted):
            self.tally["cached"] += 1
            return (known,)
        try:
            words, problem = await self._worded(wanted)
        except asyncio.CancelledError:
            self.tally["grammar: cut_off"] += 1
            raise
        problem = problem or objection(words, wanted)
        if problem:
            self.tally[f"grammar: {problem}"] += 1
            return wanted.texts
        self.tally["worded"] += 1
        self._memory.keep(replace(line, words=words))
        return (words,)

    async def close(self) -> None:
        """Hang up."""
        await self._session.close()

    async def _worded(self, wanted: Wanted) -> tuple[str, str]:
        """The model's words, or why there are none."""
        body = self._body(wanted)
        sent = sum(len(message["content"]) for message in body["messages"]) // _CHARS_PER_TOKEN
        most = Cost(sent, self._spec.max_tokens)
        if not self.purse.take(most):
            return "", "over_budget"
        try:
            async with asyncio.timeout(self._spec.timeout_s), self._seats:
                answer = await self._post(body)
        except TimeoutError:
            return "", "timeout"
        except (aiohttp.ClientError, OSError, ValueError, RecursionError) as error:  # the last: of JSON's brackets
            return "", "http_error" if isinstance(error, aiohttp.ClientResponseError) else "error"
        words, spent = _read(answer)
        self.purse.settle(most, spent or most)
        return ("", "too_long") if _is_cut_short(answer) else (tidied(words), "")

    async def _post(self, body: dict[str, Any]) -> Any:
        async with self._session.post(str(self._spec.url), json=body, allow_redirects=False) as response:
            response.raise_for_status()
            if response.status >= 300:
                raise ValueError("redirected")
            return await response.json(content_type=None)

    def _body(self, wanted: Wanted) -> dict[str, Any]:
        customer, say = wanted.customer, wanted.say
        values = [value(customer, wanted.mind, slot) for slot in say.told]
        system = _SYSTEM.format(
            channel=_CHANNELS[customer.persona.channel],
            manner=_MANNERS[customer.persona.manner.register],
            language=customer.locale,
            values=", ".join(values) or "nothing",
        )
        about = words_of(goal_of(customer, wanted.mind).intent)
        told = f"The agent said: {wanted.heard[-600:]}\n" if wanted.heard else ""
        content = f"{told}The customer came about: {about}\nThe customer's message: {' '.join(wanted.texts)}"
        return {
            "model": self._spec.model,
            "messages": [{"role": "system", "content": system}, {"role": "user", "content": content}],
            "temperature": self._spec.temperature,
            "max_tokens": self._spec.max_tokens,
            "seed": crc32(f"{self._seed}/{customer.number}/{wanted.turn}".encode()) & 0x7FFFFFFF,
        }


def _is_cut_short(answer: Any) -> bool:
    """Whether the server stopped at `max_tokens`, in the middle of a sentence most of the time."""
    try:
        return bool(answer["choices"][0]["finish_reason"] == "length")
    except (KeyError, IndexError, TypeError):
        return False


def _read(answer: Any) -> tuple[str, Cost | None]:
    """Words and cost of an answer; no words where it has none, no cost where the server does not count."""
    try:
        words = answer["choices"][0]["message"]["content"]
    except (KeyError, IndexError, TypeError):
        words = ""
    try:
        sent, received = answer["usage"]["prompt_tokens"], answer["usage"]["completion_tokens"]
    except (KeyError, TypeError):
        return _text(words), None
    counted = all(isinstance(tokens, int) and 0 <= tokens <= _MOST_TOKENS for tokens in (sent, received))
    return _text(words), Cost(sent, received) if counted else None


def _text(words: object) -> str:
    return words if isinstance(words, str) else ""
